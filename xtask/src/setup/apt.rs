//! Installs packages of Debian. Knows no particular package.

use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use super::{cache, tool};
use crate::steps::{self, Outcome};

/// apt lets one process at a time change the machine.
static TURN: Mutex<()> = Mutex::new(());

/// Whether this computer has apt.
pub fn is_there() -> bool {
    tool::on_path("apt-get").is_some()
}

/// Installs the packages with all they need.
pub fn install(packages: &[&str]) -> Outcome<()> {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let apt = tool::on_path("apt-get").ok_or("This computer has no apt-get.")?;
    let folder = cache::folder()?;
    std::fs::create_dir_all(&folder)
        .map_err(|error| format!("{} cannot be made: {error}.", folder.display()))?;
    let run = |arguments: &[&str]| {
        let mut command = as_root(&apt);
        command
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive");
        steps::run_logged("apt-get", &mut command, &folder.join(".apt.log"))
    };
    run(&["update"])?;
    run(&[&["install", "--yes"], packages].concat())
}

/// `sudo -n` asks for no password: it either may, or says that it may not.
fn as_root(program: &Path) -> Command {
    if steps::output_of("id", &["-u"]).as_deref() == Some("0") {
        Command::new(program)
    } else {
        let mut command = Command::new("sudo");
        command.arg("-n").arg(program);
        command
    }
}
