//! Where things lie in the repository and which versions its lock file names. Knows no command.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::Outcome;

/// The repository's root folder: the parent of `xtask/`.
pub fn root() -> PathBuf {
    // `cargo run` sets it; checkouts that share a target folder also share the compiled value.
    let own = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    own.parent().unwrap_or(&own).to_path_buf()
}

/// Where the finished page lies.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The cargo that runs this program, working in the root folder.
pub fn cargo() -> Command {
    let mut command = Command::new(cargo_program());
    command.current_dir(root());
    command
}

/// The cargo that runs this program.
pub fn cargo_program() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The version `Cargo.lock` names for a crate that occurs in it once.
pub fn locked_version(name: &str) -> Outcome<String> {
    let file = root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&file)
        .map_err(|error| format!("{} cannot be read: {error}.", file.display()))?;
    version_in(&lock, name)
        .ok_or_else(|| format!("{} does not name the crate `{name}`.", file.display()))
}

/// All files under a folder, as relative paths with `/` between their parts, sorted.
pub fn files_under(folder: &Path) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    collect(folder, "", &mut found)?;
    found.sort();
    Ok(found)
}

/// The names of what lies in a folder, sorted.
pub fn names_in(folder: &Path) -> Outcome<Vec<String>> {
    let unreadable =
        |error: std::io::Error| format!("{} cannot be read: {error}.", folder.display());
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        names.push(
            entry
                .map_err(unreadable)?
                .file_name()
                .to_string_lossy()
                .into_owned(),
        );
    }
    names.sort();
    Ok(names)
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Outcome<()> {
    for name in names_in(folder)? {
        let path = folder.join(&name);
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), found)?;
        } else {
            found.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

fn version_in(lock: &str, name: &str) -> Option<String> {
    let mut lines = lock.lines();
    lines.find(|line| *line == format!("name = \"{name}\""))?;
    let version = lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_names_a_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.9\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "bindgen"), None);
    }

    #[test]
    fn our_own_lock_file_can_be_read() {
        assert!(locked_version("leptos").is_ok_and(|version| version.starts_with("0.8.")));
    }
}
