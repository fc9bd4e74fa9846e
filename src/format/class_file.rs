//! Which files are for a class, by what stands at their beginning: so that they are led to where they are read.
//! Reads nothing of them.

use super::project_json::FORMAT;
use super::{hand_in, key, lesson};

/// What a file for a class is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClassFile {
    /// Somebody's marks, handed in.
    HandIn,
    /// What is to be done, with its articles.
    Lesson,
    /// What a model answer marks.
    Key,
}

/// So much of a file is looked at, in bytes: what it says of itself stands before all else.
const BEGINNING: usize = 2_000;

impl ClassFile {
    /// What a file is; `None` where it is for no class.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let has = |word: &str| says(bytes, word);
        // What is handed in names its lesson.
        match has(FORMAT) {
            true if has(hand_in::HAND_IN) => Some(Self::HandIn),
            true if has(lesson::LESSON) => Some(Self::Lesson),
            false if has(key::FORMAT) => Some(Self::Key),
            _ => None,
        }
    }
}

/// Whether a file has this word in quotation marks at its beginning.
pub(super) fn says(bytes: &[u8], word: &str) -> bool {
    let beginning = bytes.get(..BEGINNING).unwrap_or(bytes);
    let beginning = String::from_utf8_lossy(beginning);
    beginning.contains(&format!("\"{word}\""))
}
