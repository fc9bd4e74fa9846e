//! One tool: where it may be found and how it is installed. Knows no particular tool.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::jobs::{Job, Lane};
use super::{cache, download, npm};
use crate::steps::{self, Outcome};
use crate::workspace;

/// A program (or file) of one version.
#[derive(Clone)]
pub struct Tool {
    /// Its name in the registry it comes from.
    pub name: &'static str,
    /// Its version there.
    pub version: String,
    /// The word that its `--version` prints for this version; empty for a file that is no program.
    pub prints: String,
    /// What it is for, to be read after "because".
    pub why: &'static str,
    /// Where it lies in its folder, without the ending that Windows gives to programs.
    pub file: &'static str,
    /// Where it comes from.
    pub source: Source,
}

/// The registry a tool comes from.
#[derive(Clone, Copy)]
pub enum Source {
    /// Built by `cargo install` with these options.
    Cargo {
        /// For example the features to build.
        options: &'static [&'static str],
    },
    /// Fetched by `npm install`.
    Npm,
}

impl Tool {
    /// Name and version.
    pub fn title(&self) -> String {
        format!("{} {}", self.name, self.version)
    }

    /// The installation, unless the tool is there; fails at once if it cannot be installed here.
    pub fn job(&self) -> Outcome<Option<Job>> {
        if self.find()?.is_some() {
            return Ok(None);
        }
        if matches!(self.source, Source::Npm) {
            npm::check()?;
        }
        let tool = self.clone();
        let work = move || tool.install();
        Ok(Some(match self.source {
            Source::Npm => download(self.title(), self.why, work),
            Source::Cargo { .. } => Job {
                title: self.title(),
                why: self.why,
                lane: Lane::Compiles,
                work: Box::new(work),
            },
        }))
    }

    /// Its place: on PATH if the version is right, else in the folder of tools.
    pub fn find(&self) -> Outcome<Option<PathBuf>> {
        let name = self.file.rsplit('/').next().unwrap_or(self.file);
        let fits = |program: &Path| {
            let printed = steps::output_of(program, &["--version"]).unwrap_or_default();
            prints_version(&printed, &self.prints)
        };
        if !self.prints.is_empty()
            && let Some(program) = on_path(name).filter(|program| fits(program))
        {
            return Ok(Some(program));
        }
        Ok(existing(&self.folder()?.join(self.file)))
    }

    /// Its place, or a sentence that it is still missing.
    pub fn find_or_say(&self) -> Outcome<PathBuf> {
        self.find()?.ok_or_else(|| {
            format!(
                "{} was installed and still cannot be found; {} is what was expected.",
                self.title(),
                self.file
            )
        })
    }

    fn folder(&self) -> Outcome<PathBuf> {
        Ok(cache::folder()?.join(self.title().replace(' ', "-")))
    }

    fn install(&self) -> Outcome<()> {
        cache::install(&self.folder()?, |unfinished, log| match self.source {
            Source::Cargo { options } => self.cargo_install(options, unfinished, log),
            Source::Npm => npm::install(
                &self.title(),
                &[&format!("{}@{}", self.name, self.version)],
                unfinished,
                log,
            ),
        })
    }

    /// With the versions its author tested, if the registry has them all; else with the newest that fit.
    fn cargo_install(&self, options: &[&str], unfinished: &Path, log: &Path) -> Outcome<()> {
        let target = cache::build_folder(self.name)?;
        let attempt = |locked: &[&str]| {
            let mut command = Command::new(workspace::cargo_program());
            // Elsewhere than in the repository, whose settings are for the page and not for its tools.
            command.current_dir(unfinished);
            command
                .arg("install")
                .args(locked)
                .arg(format!("{}@{}", self.name, self.version))
                .args(options);
            command
                .arg("--root")
                .arg(unfinished)
                .arg("--target-dir")
                .arg(&target);
            command
                .envs(QUICK_PROFILE)
                .env_remove("RUSTFLAGS")
                .env_remove("CARGO_ENCODED_RUSTFLAGS");
            steps::run_logged(&self.title(), &mut command, log)
        };
        if attempt(&["--locked"]).is_err() {
            println!(
                "    {}: not with its own lock file; trying the newest versions that fit …",
                self.title()
            );
            attempt(&[])?;
        }
        // The intermediate files are kept until here, so that an interrupted build goes on where it was.
        std::fs::remove_dir_all(&target)
            .map_err(|error| format!("{} cannot be removed: {error}.", target.display()))
    }
}

/// Tools are built once and run for seconds: a quick build beats a quick tool.
const QUICK_PROFILE: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
];

/// The first program of that name on PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find_map(|folder| existing(&folder.join(name)))
}

/// The file, with one of the endings that programs have on Windows if need be.
pub fn existing(file: &Path) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) {
        &[".exe", ".cmd", ""]
    } else {
        &[""]
    };
    endings
        .iter()
        .map(|ending| {
            let mut name = OsString::from(file);
            name.push(ending);
            PathBuf::from(name)
        })
        .find(|candidate| candidate.is_file())
}

fn prints_version(printed: &str, version: &str) -> bool {
    printed
        .split(|sign: char| sign.is_whitespace() || matches!(sign, '(' | ')' | ','))
        .any(|word| word == version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_whole() {
        assert!(prints_version("trunk 0.21.14", "0.21.14"));
        assert!(prints_version("wasm-opt version 132 (version_132)", "132"));
        assert!(prints_version(
            "geckodriver 0.37.1 ( 2026-09-01)\n\nThe source",
            "0.37.1"
        ));
        assert!(!prints_version("trunk 0.21.1", "0.21.14"));
        assert!(!prints_version("wasm-opt version 108 (version_108)", "132"));
        assert!(!prints_version("wasm-bindgen 0.2.1300", "0.2.130"));
    }
}
