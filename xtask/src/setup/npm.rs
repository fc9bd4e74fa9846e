//! Installs packages of npm into a folder. Knows no particular package.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{apt, tool};
use crate::steps::{self, Outcome};

const MISSING: &str = "npm is missing. It brings wasm-opt, which makes the page small, and axe-core, which checks its \
    accessibility. Install Node.js with npm (Debian: `apt install npm`; macOS: `brew install node`; else https://nodejs.org) \
    and run this again.";

/// Says what to do where there is no npm, and no apt to get it with.
pub fn check() -> Outcome<()> {
    if apt::is_there() {
        return Ok(());
    }
    program().map(drop)
}

fn program() -> Outcome<PathBuf> {
    tool::on_path("npm").ok_or_else(|| MISSING.to_owned())
}

/// npm, installed first where it is missing.
fn program_for_sure() -> Outcome<PathBuf> {
    program().or_else(|missing| {
        apt::install(&["npm"]).map_err(|sentence| format!("{sentence}\n{missing}"))?;
        program()
    })
}

/// Installs packages (`NAME@VERSION`) into `folder`; its messages go to `log`.
pub fn install(title: &str, packages: &[&str], folder: &Path, log: &Path) -> Outcome<()> {
    let mut command = Command::new(program_for_sure()?);
    command.current_dir(folder);
    // No install scripts: nothing of these packages has to run on this computer to be there.
    command.args([
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
    ]);
    command.args(packages);
    command.arg("--prefix").arg(folder);
    steps::run_logged(title, &mut command, log)
}
