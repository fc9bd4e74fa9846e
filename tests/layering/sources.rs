//! What the rules are held against: the sources below a folder, the crates that `Cargo.toml` names,
//! and the code map. Knows no rule.

use std::path::{Path, PathBuf};

/// A source file: its path below the folder, with slashes, and what it holds.
pub struct Source {
    pub path: String,
    pub content: String,
}

impl Source {
    pub fn new(path: &str, content: &str) -> Self {
        Self {
            path: path.to_owned(),
            content: content.to_owned(),
        }
    }

    pub fn layer(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.trim_end_matches(".rs")
    }

    /// The lines that are code, with their numbers. Ends of lines that are comments are cut off.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.content.lines().enumerate();
        lines
            .map(|(at, line)| (at + 1, line.split("//").next().unwrap_or_default()))
            .filter(|(_, line)| !line.trim().is_empty())
    }

    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.trim_end_matches(".rs")
    }
}

/// The paths below `src` that the code map in `lib.rs` names.
pub fn mapped(lib: &str) -> Vec<String> {
    let map = lib.lines().filter_map(|line| line.strip_prefix("//!"));
    map.flat_map(|line| line.split('`').skip(1).step_by(2))
        .filter(|it| it.ends_with('/') || it.ends_with(".rs"))
        .map(str::to_owned)
        .collect()
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sources below a folder of the repository.
pub fn sources(below: &str) -> Vec<Source> {
    let mut waiting: Vec<PathBuf> = vec![root().join(below)];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder)
            .expect("a folder of sources")
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let content = std::fs::read_to_string(&path).expect("a source is UTF-8");
                let path = path
                    .strip_prefix(root().join(below))
                    .expect("it is below the folder");
                let parts: Vec<_> = path.iter().map(|it| it.to_string_lossy()).collect();
                found.push(Source::new(&parts.join("/"), &content));
            }
        }
    }
    found
}

/// The crates of others that `Cargo.toml` names, as code writes them.
pub fn crates() -> Vec<String> {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let mut section = "";
    let mut found = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        }
        let table = section
            .strip_prefix("[dependencies.")
            .and_then(|it| it.strip_suffix(']'));
        found.extend(table.map(str::to_owned));
        if section.ends_with("dependencies]")
            && let Some((name, _)) = line.split_once('=')
        {
            found.push(name.trim().to_owned());
        }
    }
    for name in &mut found {
        *name = name.replace('-', "_");
    }
    found.sort();
    found.dedup();
    found
}
