//! A folder of articles as a reading set: its list in the format of `articles/index.json`, made anew at each request, and
//! the bytes of its files. Nothing is copied. Knows nothing of HTTP.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::steps::Outcome;
use crate::{file_names, titles, workspace};

const ENDINGS: [&str; 6] = ["txt", "md", "html", "htm", "json", "jsonl"];
/// The name under which the list is asked for; an article of that name cannot be read.
const INDEX: &str = "index.json";
const FORMAT: &str = "sourcelight-reading-set";
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
        let entry = |file: String| {
            let title = titles::title_of(&file, &self.beginning(&file));
            Entry {
                id: id_of(&file),
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

    /// The folder's own list if it has one in our format, with all it says of outlet, author and date; else a new one.
    fn index(&self) -> Outcome<String> {
        let own = std::fs::read_to_string(self.folder.join(INDEX)).unwrap_or_default();
        if serde_json::from_str(&own).is_ok_and(|own: serde_json::Value| own["format"] == FORMAT) {
            return Ok(own);
        }
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
        Ok(
            json!({ "format": FORMAT, "version": "1.0", "title": title, "articles": articles })
                .to_string(),
        )
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

/// An id that stays the same whatever else comes into the folder: `NAME.txt` has the id `NAME` (or `_NAME`, as none begins
/// with a digit) if that is allowed; any other name gets a piece of its hash.
fn id_of(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut plain: String = stem
        .chars()
        .map(|sign| if is_id_sign(sign) { sign } else { '-' })
        .collect();
    // A leading `_` of its own could be taken for one that was put there.
    let unmistakable = format!("{plain}.txt") == file && !plain.starts_with('_');
    if !plain.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '_') {
        plain.insert(0, '_');
    }
    if unmistakable && plain.len() <= ID_LENGTH {
        return plain;
    }
    let hash = file_names::short_hash(file.as_bytes());
    plain.truncate(ID_LENGTH - 1 - hash.len());
    format!("{plain}-{hash}")
}

fn is_id_sign(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn is_id(id: &str) -> bool {
        let first = |sign: char| sign.is_ascii_alphabetic() || sign == '_';
        (1..=ID_LENGTH).contains(&id.len()) && id.starts_with(first) && id.chars().all(is_id_sign)
    }

    #[test]
    fn ids_are_allowed_and_all_different() {
        let long = format!("{}.txt", "x".repeat(70));
        let files = [
            "wire-report.txt",
            "wire-report.md",
            "wire report.txt",
            "Wire-report.txt",
            "2031.txt",
            "_2031.txt",
            "-.txt",
            ".txt",
            "été.txt",
            "_.txt",
            "no-ending",
            &long,
        ];
        let ids: BTreeSet<String> = files.iter().map(|file| id_of(file)).collect();
        assert_eq!(ids.len(), files.len(), "{ids:?}");
        assert!(ids.iter().all(|id| is_id(id)), "{ids:?}");
        assert_eq!(id_of("wire-report.txt"), "wire-report");
        assert_eq!(id_of("2031.txt"), "_2031");
        assert!(id_of("wire-report.md").starts_with("wire-report-"));
    }

    #[test]
    fn a_folder_becomes_a_list_sorted_by_name() {
        let folder = std::env::temp_dir().join(format!("sourcelight-set-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("sub.txt")).expect("temporary folders can be made");
        for (name, text) in [
            ("b.txt", "Title: Second\n"),
            ("a #1%.md", "# First"),
            ("picture.png", ""),
            (".hidden.txt", "x"),
            ("index.json", "{}"),
        ] {
            std::fs::write(folder.join(name), text).expect("the folder is writable");
        }
        let set = ReadingSet::open(folder.clone()).expect("it has articles");
        let list: serde_json::Value =
            serde_json::from_slice(&set.file(INDEX).expect("there is a list"))
                .expect("the list is JSON");
        assert_eq!(list["format"], "sourcelight-reading-set");
        assert_eq!(list["articles"].as_array().map(Vec::len), Some(2), "{list}");
        assert_eq!(
            (&list["articles"][0]["file"], &list["articles"][0]["title"]),
            (&json!("a #1%.md"), &json!("First"))
        );
        assert_eq!(
            list["articles"][1],
            json!({ "id": "b", "file": "b.txt", "title": "Second" })
        );
        assert_eq!(set.file("a #1%.md").as_deref(), Some(b"# First".as_slice()));
        let own = json!({ "format": FORMAT, "version": "1.0", "articles": [{ "file": "b.txt" }] })
            .to_string();
        std::fs::write(folder.join(INDEX), &own).expect("the folder is writable");
        assert_eq!(
            set.file(INDEX),
            Some(own.into_bytes()),
            "a list of one's own is kept"
        );
        for name in [
            "picture.png",
            ".hidden.txt",
            "sub.txt",
            "key.json",
            "../b.txt",
        ] {
            assert_eq!(set.file(name), None, "{name}");
        }
        std::fs::remove_dir_all(&folder).expect("it was made above");
    }

    #[test]
    fn a_wrong_folder_ends_in_a_sentence() {
        let missing = ReadingSet::open(PathBuf::from("no/such/folder"))
            .err()
            .expect("it does not exist");
        assert!(missing.contains("no such folder"), "{missing}");
        let empty = std::env::temp_dir().join(format!("sourcelight-empty-{}", std::process::id()));
        std::fs::create_dir_all(&empty).expect("temporary folders can be made");
        let sentence = ReadingSet::open(empty.clone())
            .err()
            .expect("it has no article");
        assert!(sentence.contains("no article"), "{sentence}");
        std::fs::remove_dir_all(&empty).expect("it was made above");
    }
}
