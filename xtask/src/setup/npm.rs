//! Installs a package of npm into a folder. Knows no particular package.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::tool;
use crate::steps::{self, Outcome};

const MISSING: &str = "npm is missing. It brings wasm-opt, which makes the page small, and axe-core, which checks its \
    accessibility. Install Node.js with npm (Debian: `apt install npm`; macOS: `brew install node`; else https://nodejs.org) \
    and run this again.";

/// Says what to do where there is no npm.
pub fn check() -> Outcome<()> {
    program().map(drop)
}

fn program() -> Outcome<PathBuf> {
    tool::on_path("npm").ok_or_else(|| MISSING.to_owned())
}

/// Installs `package` (`NAME@VERSION`) into `folder`; its messages go to `log`.
pub fn install(title: &str, package: &str, folder: &Path, log: &Path) -> Outcome<()> {
    let mut command = Command::new(program()?);
    command.current_dir(folder);
    // No install scripts: nothing of these packages has to run on this computer to be there.
    command.args([
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        package,
    ]);
    command.arg("--prefix").arg(folder);
    steps::run_logged(title, &mut command, log)
}
