//! Makes Python environments with packages of fixed versions. Knows no particular package.

use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use super::jobs::Job;
use super::{apt, cache, download, tool};
use crate::steps::{self, Outcome};

/// A Python with packages, in a folder of its own.
#[derive(Clone)]
pub struct Environment {
    /// What it is called in the folder of tools.
    pub name: &'static str,
    /// The file that names its packages and their versions.
    pub requirements: PathBuf,
    /// What it is for, to be read after "because".
    pub why: &'static str,
}

impl Environment {
    /// The installation, unless it is there.
    pub fn job(&self) -> Outcome<Option<Job>> {
        if self.python()?.is_file() {
            return Ok(None);
        }
        let own = self.clone();
        let work = move || own.install();
        Ok(Some(download(
            format!("Python with {}", self.name),
            self.why,
            work,
        )))
    }

    /// Its Python, whether it is there yet or not.
    pub fn python(&self) -> Outcome<PathBuf> {
        Ok(self.folder()?.join(if cfg!(windows) {
            "Scripts/python.exe"
        } else {
            "bin/python"
        }))
    }

    /// Other requirements are another environment.
    fn folder(&self) -> Outcome<PathBuf> {
        let listed = std::fs::read(&self.requirements)
            .map_err(|error| format!("{} cannot be read: {error}.", self.requirements.display()))?;
        let hash = Sha256::digest(listed);
        let hash: String = hash[..4].iter().map(|it| format!("{it:02x}")).collect();
        Ok(cache::folder()?.join(format!("python-{}-{hash}", self.name)))
    }

    fn install(&self) -> Outcome<()> {
        let program = program_for_sure()?;
        cache::install(&self.folder()?, |unfinished, log| {
            let mut make = Command::new(&program);
            make.args(["-m", "venv"]).arg(unfinished);
            steps::run_logged(self.name, &mut make, log)?;
            let python = unfinished.join(if cfg!(windows) { "Scripts" } else { "bin" });
            let mut install = Command::new(python.join("python"));
            install.args(["-m", "pip", "install", "--disable-pip-version-check"]);
            install.arg("--requirement").arg(&self.requirements);
            steps::run_logged(self.name, &mut install, log)
        })
    }
}

const MISSING: &str = "Python 3 with its module `venv` is missing (Debian: `apt install python3-venv`; \
    else https://www.python.org). Install it and run this again.";

fn program() -> Option<PathBuf> {
    let program = tool::on_path("python3").or_else(|| tool::on_path("python"))?;
    makes_environments(&program).then_some(program)
}

fn makes_environments(program: &Path) -> bool {
    steps::output_of(program, &["-c", "import venv, ensurepip"]).is_some()
}

/// A Python that makes environments, installed first where it is missing.
fn program_for_sure() -> Outcome<PathBuf> {
    if let Some(program) = program() {
        return Ok(program);
    }
    if !apt::is_there() {
        return Err(MISSING.to_owned());
    }
    apt::install(&["python3-venv"]).map_err(|sentence| format!("{sentence}\n{MISSING}"))?;
    program().ok_or_else(|| MISSING.to_owned())
}
