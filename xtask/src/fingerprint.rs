//! One value that changes when anything changes that the page is made of. Knows nothing of what is done with it.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::steps::{self, Outcome};
use crate::workspace;

/// Folders of the root that never reach the page. A new folder counts until it is named here.
const NOT_IN_THE_PAGE: [&str; 3] = ["target", "dist", "tests"];
/// Of the hidden folders this one has a say.
const CARGO_SETTINGS: &str = ".cargo";

/// Of everything the page is built from: the repository's files, Rust's version and its flags.
pub fn of_sources() -> Outcome<String> {
    let mut hash = Sha256::new();
    add(
        &mut hash,
        steps::output_of("rustc", &["-vV"])
            .unwrap_or_default()
            .as_bytes(),
    );
    add(
        &mut hash,
        std::env::var("RUSTFLAGS").unwrap_or_default().as_bytes(),
    );
    let root = workspace::root();
    for name in workspace::names_in(&root)? {
        let path = root.join(&name);
        if !counts(&name) {
            continue;
        }
        if path.is_dir() {
            add(&mut hash, name.as_bytes());
            add(&mut hash, of_folder(&path)?.as_bytes());
        } else {
            add_file(&mut hash, &name, &path)?;
        }
    }
    Ok(finish(hash))
}

/// Of the names and bytes of all files in a folder.
pub fn of_folder(folder: &Path) -> Outcome<String> {
    let mut hash = Sha256::new();
    for name in workspace::files_under(folder)? {
        add_file(&mut hash, &name, &folder.join(&name))?;
    }
    Ok(finish(hash))
}

fn counts(name: &str) -> bool {
    name == CARGO_SETTINGS
        || !(name.starts_with('.') || name.ends_with(".md") || NOT_IN_THE_PAGE.contains(&name))
}

fn add_file(hash: &mut Sha256, name: &str, path: &Path) -> Outcome<()> {
    let bytes = std::fs::read(path)
        .map_err(|error| format!("{} cannot be read: {error}.", path.display()))?;
    add(hash, name.as_bytes());
    add(hash, &bytes);
    Ok(())
}

/// With its length, so that two parts can never be taken for others of the same sum.
fn add(hash: &mut Sha256, part: &[u8]) {
    hash.update(part.len().to_le_bytes());
    hash.update(part);
}

fn finish(hash: Sha256) -> String {
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_bytes_count() {
        let folder =
            std::env::temp_dir().join(format!("sourcelight-fingerprint-{}", std::process::id()));
        let write = |name: &str, text: &str| {
            std::fs::write(folder.join(name), text).expect("the folder is writable")
        };
        std::fs::create_dir_all(folder.join("deep")).expect("temporary folders can be made");
        write("deep/a", "bc");
        let first = of_folder(&folder).expect("readable");
        assert_eq!(of_folder(&folder).expect("readable"), first);
        write("deep/a", "bd");
        let second = of_folder(&folder).expect("readable");
        assert_ne!(first, second);
        std::fs::rename(folder.join("deep/a"), folder.join("deep/ab")).expect("it is there");
        assert_ne!(of_folder(&folder).expect("readable"), second);
        std::fs::remove_dir_all(&folder).expect("it was made above");
    }

    #[test]
    fn what_does_not_reach_the_page_is_left_out() {
        for name in ["target", "dist", "tests", ".git", ".ci", "README.md"] {
            assert!(!counts(name), "{name}");
        }
        for name in [
            "src",
            "style",
            "articles",
            "index.html",
            "Cargo.lock",
            ".cargo",
            "a-new-folder",
        ] {
            assert!(counts(name), "{name}");
        }
    }
}
