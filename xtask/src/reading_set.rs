//! A folder of articles as a reading set: its list in the format of `articles/index.json`, made anew at each request, and
//! the bytes of its files. Nothing is copied. Knows nothing of HTTP.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::steps::Outcome;
use crate::{dist, titles, workspace};

const ENDINGS: [&str; 6] = ["txt", "md", "html", "htm", "json", "jsonl"];
/// The name under which the list is asked for; an article of that name cannot be read.
const INDEX: &str = "index.json";
/// Ids are `[A-Za-z_][A-Za-z0-9_-]{0,63}`.
const ID_LENGTH: usize = 64;
/// A title stands in the first part of a file; this many bytes of it are read.
const TITLE_BYTES: u64 = 8 << 20;

/// A folder with at least one article.
pub struct ReadingSet {
    folder: PathBuf,
}

/// One article of the list.
#[derive(Debug, PartialEq)]
pub struct Entry {
    id: String,
    file: String,
    title: String,
}

impl ReadingSet {
    /// Fails with a sentence when the folder cannot be read or has no article.
    pub fn open(folder: PathBuf) -> Outcome<Self> {
        if !folder.is_dir() {
            return Err(format!(
                "`--articles {}`: there is no such folder.",
                folder.display()
            ));
        }
        let set = Self { folder };
        if set.file_names()?.is_empty() {
            let endings = ENDINGS.map(|ending| format!(".{ending}")).join(", ");
            return Err(format!(
                "`--articles {}`: there is no article in it (no {endings}).",
                set.folder.display()
            ));
        }
        Ok(set)
    }

    /// The folder, as it was given.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// All articles, sorted by file name.
    pub fn entries(&self) -> Outcome<Vec<Entry>> {
        let mut ids = BTreeSet::new();
        let entry = |file: String| {
            let title = titles::title_of(&file, &self.beginning(&file));
            Entry {
                id: new_id(&file, &mut ids),
                file,
                title,
            }
        };
        Ok(self.file_names()?.into_iter().map(entry).collect())
    }

    /// The bytes of an article, or of the list itself; nothing for any other name.
    pub fn file(&self, name: &str) -> Option<Vec<u8>> {
        if name == INDEX {
            return self.index().ok().map(String::into_bytes);
        }
        let known = self.file_names().ok()?;
        known
            .iter()
            .any(|known| known == name)
            .then(|| std::fs::read(self.folder.join(name)).ok())
            .flatten()
    }

    fn index(&self) -> Outcome<String> {
        let articles: Vec<_> = self
            .entries()?
            .into_iter()
            .map(|entry| json!({ "id": entry.id, "file": entry.file, "title": entry.title }))
            .collect();
        let absolute = std::path::absolute(&self.folder).unwrap_or_else(|_| self.folder.clone());
        let title = absolute.file_name().map_or_else(
            || "Articles".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        );
        Ok(json!({ "format": "sourcelight-reading-set", "version": "1.0", "title": title, "articles": articles }).to_string())
    }

    fn file_names(&self) -> Outcome<Vec<String>> {
        let is_article = |name: &String| {
            let ending = name
                .rsplit_once('.')
                .map(|(_, ending)| ending.to_ascii_lowercase())
                .unwrap_or_default();
            ENDINGS.contains(&ending.as_str())
                && !name.starts_with('.')
                && name != INDEX
                && self.folder.join(name).is_file()
        };
        Ok(workspace::names_in(&self.folder)?
            .into_iter()
            .filter(is_article)
            .collect())
    }

    fn beginning(&self, name: &str) -> Vec<u8> {
        use std::io::Read;
        let mut bytes = Vec::new();
        // A file that cannot be read keeps its place in the list under its name; opening it tells the reason.
        if let Ok(file) = std::fs::File::open(self.folder.join(name)) {
            let _ = file.take(TITLE_BYTES).read_to_end(&mut bytes);
        }
        bytes
    }
}

/// An id that stays the same whatever else comes into the folder: a plain name of a text file is its own id, any other
/// gets a piece of its hash.
fn new_id(file: &str, taken: &mut BTreeSet<String>) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut plain: String = stem
        .chars()
        .map(|sign| if is_id_sign(sign) { sign } else { '-' })
        .collect();
    if !plain.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '_') {
        plain.insert(0, '_');
    }
    let own = plain.len() <= ID_LENGTH && format!("{plain}.txt") == file;
    let hash = dist::short_hash(file.as_bytes());
    plain.truncate(ID_LENGTH - 1 - hash.len());
    let id = if own {
        stem.to_owned()
    } else {
        format!("{plain}-{hash}")
    };
    taken.insert(id.clone());
    id
}

fn is_id_sign(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-')
}
