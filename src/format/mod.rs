//! What files hold: the model to bytes and back. JSON lives in this layer only, and files' units
//! become byte offsets here.
//!
//! Pure: bytes in, an [`Import`](crate::model::Import) out, ready for
//! [`Edit::Merge`](crate::model::Edit::Merge). Knows nothing of the browser, the screen or the
//! clock; time, fresh ids and a parser for HTML come in with a [`ReadContext`]. Nothing is guessed
//! in silence: what could not be read is a [`Problem`], what was found by search a [`Placement`].

mod annotation_entry;
mod articles;
/// Which files are for a class.
pub mod class_file;
/// How a mark of the common version came to be.
pub mod decision;
mod encoding;
/// The formats of other programs.
pub mod exchange;
mod file_document;
/// What people hand in, and many such files merged.
pub mod hand_in;
mod identity;
/// JSON as text: taken apart, and put together.
pub(crate) mod json;
mod json_articles;
/// What a model answer marks, and why.
pub mod key;
mod known;
mod laid_out;
/// Lessons.
pub mod lesson;
mod linked;
mod markdown;
mod merge;
mod offsets;
/// The page in one file, with work in it.
pub mod one_file;
/// Other names for those who marked.
pub mod people;
mod placing;
mod positions;
mod project_json;
mod project_reading;
mod read;
/// The list of articles that a teacher hands out, or a site serves.
pub mod reading_set;
/// Single records, as the browser keeps them.
pub mod record;
mod register;
/// A schema as a file of its own.
pub mod schema_file;
mod scheme;
/// Articles and marks within an address.
pub mod share;
mod shelf;
mod time;
#[cfg(test)]
#[expect(dead_code, reason = "the types are there for their schema")]
mod wire;
/// Marks of texts that may not be passed on.
pub mod withheld;

use crate::model::{AnnotationId, BlockKind, Document, DocumentId, Import, Project, Timestamp};

pub use markdown::{Run, blocks_with_looks};
pub use merge::Joining;
pub use project_json::{render, render_all};
pub use read::{
    MAX_FILE_BYTES, MAX_LINES_BYTES, has_lines, is_plain, is_too_large, read_file, read_plain_file,
    read_text,
};
pub use shelf::are_versions;

/// What reading a file needs from outside.
pub struct ReadContext<'a> {
    /// The time now.
    pub now: Timestamp,
    /// What is here already. Reading changes nothing of it.
    pub project: &'a Project,
    /// Makes a fresh id, fit for any id type.
    pub new_id: &'a mut dyn FnMut() -> String,
    /// Takes an HTML page apart into blocks of text.
    pub html: &'a dyn Fn(&str) -> HtmlArticle,
}

impl ReadContext<'_> {
    /// A fresh id of the type whose constructor is given.
    fn fresh<T>(&mut self, make: impl Fn(&str) -> Option<T>) -> T {
        make(&(self.new_id)()).expect("the caller's fresh ids are fit for any id type")
    }
}

/// An HTML page as text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HtmlArticle {
    /// Its headline; may be empty.
    pub title: String,
    /// The code of its language; may be empty.
    pub language: String,
    /// Its paragraphs, headings and list items in order.
    pub blocks: Vec<(BlockKind, String)>,
}

/// Why a file, or a part of it, could not be read, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {message}", .line.map_or(String::new(), |line| format!(", line {line}")))]
pub struct Problem {
    /// The file's name; for pasted text what stands for it.
    pub file: String,
    /// The line, from 1, where one can be named.
    pub line: Option<u32>,
    /// What is wrong, and what to do where something can be done.
    pub message: String,
}

impl Problem {
    /// A problem with a file as a whole.
    pub fn new(file: &str, message: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            message: message.into(),
        }
    }

    /// A problem with a line, counted from 1.
    pub fn at(file: &str, line: u32, message: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            ..Self::new(file, message)
        }
    }
}

/// What reading one file, or several, gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// What can be taken over.
    pub import: Import,
    /// Articles with the same text as one that is here or came earlier in this reading. They are
    /// left out unless somebody asks for them.
    pub duplicates: Vec<Document>,
    /// What became of each annotation, in the order of the file.
    pub placements: Vec<Placement>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// What was read otherwise than it stands, in whole sentences.
    pub notices: Vec<String>,
    /// Whether it is of another program, which knows nothing of the questions here.
    pub is_foreign: bool,
}

impl Reading {
    /// Adds what another file gave. Articles with a text that came before are duplicates, unless
    /// something is marked in them: then it goes to the one that is there. Ids that are taken by
    /// something else get a number.
    pub fn merge(&mut self, next: Reading) {
        merge::merge_into(self, next);
    }
}

/// What became of one annotation of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Placement {
    /// Its id in the project.
    pub annotation: AnnotationId,
    /// Its article in the project.
    pub document: DocumentId,
    /// The words it marks in the file; empty where the file does not say.
    pub quote: String,
    /// Where it is now.
    pub outcome: Outcome,
}

/// How an annotation of a file was placed, surest first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// The words stand where the file says.
    Exact,
    /// The words, or this share of them (0 to 1), were found at another place.
    Moved {
        /// The share of characters that are the same.
        similarity: f32,
    },
    /// The words stand at several places; the likeliest was taken.
    Ambiguous,
    /// The words were not found; it waits in the tray.
    Unplaced,
}
