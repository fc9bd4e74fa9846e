//! The wasm32 target's standard library: is it there, and, where rustup cannot fetch it, how to build it from the
//! sources that Debian ships. Reached only when rustup has failed; knows nothing of the other tools.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::rust::TARGET;
use super::{cache, tool};
use crate::steps::{self, Outcome};
use crate::workspace;

/// Debian's newer suites; one of them usually has the sources of a recent Rust.
const SUITES: [&str; 4] = ["stable", "stable-backports", "testing", "unstable"];
/// Debian's own keys, as its package `debian-archive-keyring` installs them.
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Whether rustc has a standard library for the target.
pub fn is_there() -> Outcome<bool> {
    let Ok(files) = std::fs::read_dir(target_folder()?.join("lib")) else {
        return Ok(false);
    };
    Ok(files
        .flatten()
        .any(|file| file.file_name().to_string_lossy().starts_with("libstd-")))
}

/// Builds the target's standard library with the installed Rust and puts it where rustc looks for it.
pub fn install_from_debian() -> Outcome<()> {
    let work = cache::build_folder("wasm32")?;
    make_folder(&work)?;
    let sources = sysroot()?.join("lib/rustlib/src/rust");
    if !sources.join("library").is_dir() {
        let library = debian_library(&work)?;
        copy_whole(&[library], &sources, "library")?;
    }
    let libraries = build_std(&work)?;
    copy_whole(&libraries, &target_folder()?, "lib")?;
    std::fs::remove_dir_all(&work)
        .map_err(|error| format!("{} cannot be removed: {error}.", work.display()))
}

fn sysroot() -> Outcome<PathBuf> {
    steps::output_of("rustc", &["--print", "sysroot"])
        .map(PathBuf::from)
        .ok_or_else(|| "`rustc --print sysroot` failed.".to_owned())
}

fn target_folder() -> Outcome<PathBuf> {
    Ok(sysroot()?.join("lib/rustlib").join(TARGET))
}

/// Fetches and unpacks Debian's `rust-src` of rustc's own version, without installing it; gives its `library` folder.
fn debian_library(work: &Path) -> Outcome<PathBuf> {
    let apt = Apt::new(work)?;
    let printed = steps::output_of("rustc", &["--version"]).unwrap_or_default();
    let version = printed
        .split_whitespace()
        .nth(1)
        .ok_or("rustc does not tell its version.")?;
    apt.run("apt-get", &["update"])?;
    let offered = apt.output("apt-cache", &["madison", "rust-src"])?;
    let package = package_version(&offered, version).ok_or_else(|| {
        format!(
            "Debian offers no `rust-src` of version {version} (it has: {}).",
            offered.replace('\n', ";")
        )
    })?;
    apt.run("apt-get", &["download", &format!("rust-src={package}")])?;
    let archive = first_entry(work, |name| {
        name.starts_with("rust-src") && name.ends_with(".deb")
    })?;
    let unpacked = work.join("unpacked");
    steps::run_logged(
        "dpkg",
        Command::new("dpkg").arg("-x").arg(archive).arg(&unpacked),
        &work.join("log"),
    )?;
    let sources = first_entry(&unpacked.join("usr/src"), |name| name.starts_with("rustc-"))?;
    Ok(sources.join("library"))
}

/// The first version in `apt-cache madison`'s table whose upstream part is `version`.
fn package_version(madison: &str, version: &str) -> Option<String> {
    madison
        .lines()
        .filter_map(|line| line.split('|').nth(1))
        .map(str::trim)
        .find(|offered| offered.split(['+', '~', '-']).next() == Some(version))
        .map(str::to_owned)
}

/// apt with lists of its own, so that the computer's are left as they are.
struct Apt {
    work: PathBuf,
    options: Vec<String>,
}

impl Apt {
    fn new(work: &Path) -> Outcome<Self> {
        if tool::on_path("apt-get").is_none() {
            return Err("This computer has no apt-get.".to_owned());
        }
        let known = steps::output_of(
            "apt-get",
            &[
                "indextargets",
                "--format",
                "$(REPO_URI)",
                "Created-By: Packages",
            ],
        )
        .unwrap_or_default();
        let mirror = known
            .lines()
            .find(|address| address.trim_end_matches('/').ends_with("/debian"))
            .ok_or("apt is not set up for Debian on this computer.")?;
        let signed = if Path::new(KEYRING).is_file() {
            format!("[signed-by={KEYRING}] ")
        } else {
            String::new()
        };
        let list: String = SUITES
            .iter()
            .map(|suite| format!("deb {signed}{mirror} {suite} main\n"))
            .collect();
        for folder in ["lists/partial", "cache/archives/partial"] {
            make_folder(&work.join(folder))?;
        }
        let sources = work.join("sources.list");
        std::fs::write(&sources, list)
            .map_err(|error| format!("{} cannot be written: {error}.", sources.display()))?;
        let options = [
            format!("Dir::Etc::SourceList={}", sources.display()),
            "Dir::Etc::SourceParts=-".to_owned(),
            format!("Dir::State::Lists={}", work.join("lists").display()),
            format!("Dir::Cache={}", work.join("cache").display()),
            "APT::Sandbox::User=".to_owned(),
            "APT::Get::List-Cleanup=false".to_owned(),
        ];
        Ok(Self {
            work: work.to_path_buf(),
            options: options
                .into_iter()
                .flat_map(|option| ["-o".to_owned(), option])
                .collect(),
        })
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Outcome<()> {
        let mut command = Command::new(program);
        command
            .args(&self.options)
            .args(arguments)
            .current_dir(&self.work);
        steps::run_logged("rust-src", &mut command, &self.work.join("log"))
    }

    fn output(&self, program: &str, arguments: &[&str]) -> Outcome<String> {
        let options = self.options.iter().map(String::as_str);
        let all: Vec<&str> = options.chain(arguments.iter().copied()).collect();
        steps::output_of(program, &all).ok_or_else(|| format!("`{program}` failed."))
    }
}

/// Builds an empty crate with its own standard library and gives the files of the latter.
fn build_std(work: &Path) -> Outcome<Vec<PathBuf>> {
    let package = work.join("empty");
    make_folder(&package.join("src"))?;
    let write = |name: &str, text: &str| {
        std::fs::write(package.join(name), text)
            .map_err(|error| format!("{name} of an empty crate cannot be written: {error}."))
    };
    write(
        "Cargo.toml",
        "[package]\nname = \"empty\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n",
    )?;
    write("src/lib.rs", "")?;
    let target = work.join("target");
    let mut command = Command::new(workspace::cargo_program());
    command
        .current_dir(&package)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Cembed-bitcode=yes");
    command.args([
        "build",
        "--release",
        "--target",
        TARGET,
        "-Zbuild-std=std,panic_abort,proc_macro,test",
        "--target-dir",
    ]);
    steps::run_logged("standard library", command.arg(&target), &work.join("log"))?;
    let built = target.join(TARGET).join("release/deps");
    let files = std::fs::read_dir(&built)
        .map_err(|error| format!("{} cannot be read: {error}.", built.display()))?;
    let is_library = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".rlib") && !name.starts_with("libempty-")
    };
    Ok(files
        .flatten()
        .map(|file| file.path())
        .filter(is_library)
        .collect())
}

/// Makes `folder/name` out of copies: one folder becomes it, files become its contents. Only a complete copy gets the name.
fn copy_whole(from: &[PathBuf], folder: &Path, name: &str) -> Outcome<()> {
    let unfinished = folder.join(format!(".unfinished-{name}"));
    let fails = |error: std::io::Error| {
        format!("{} cannot be put into {}: {error}.", name, folder.display())
    };
    if unfinished.exists() {
        std::fs::remove_dir_all(&unfinished).map_err(fails)?;
    }
    make_folder(&unfinished)?;
    let mut copy = Command::new("cp");
    copy.arg("--recursive");
    match from {
        [one] if one.is_dir() => copy.arg(one.join(".")),
        files => copy.args(files),
    };
    steps::run(copy.arg(&unfinished))?;
    let target = folder.join(name);
    if target.exists() {
        std::fs::remove_dir_all(&target).map_err(fails)?;
    }
    std::fs::rename(&unfinished, target).map_err(fails)
}

fn make_folder(folder: &Path) -> Outcome<()> {
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("{} cannot be made: {error}.", folder.display()))
}

fn first_entry(folder: &Path, fits: impl Fn(&str) -> bool) -> Outcome<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| format!("{} cannot be read: {error}.", folder.display()))?;
    entries
        .flatten()
        .find(|entry| fits(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .ok_or_else(|| format!("What was looked for is not in {}.", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_of_the_very_version_is_chosen() {
        let madison = " rust-src | 1.96.0+dfsg1-1 | unstable/main\n rust-src | 1.95.0+dfsg1-2~bpo13+1 | backports\n rust-src | 1.9+dfsg | x";
        assert_eq!(
            package_version(madison, "1.95.0").as_deref(),
            Some("1.95.0+dfsg1-2~bpo13+1")
        );
        assert_eq!(package_version(madison, "1.9").as_deref(), Some("1.9+dfsg"));
        assert_eq!(package_version(madison, "1.94.0"), None);
    }
}
