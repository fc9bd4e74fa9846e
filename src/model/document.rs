//! An article. Knows nothing of where it was loaded from beyond what it says of itself.

use std::sync::Arc;

use super::annotation::{Extra, Timestamp};
use super::attribute::MaybeDetails;
use super::block::{BlockKind, Layout};
use super::id::{AnnotatorId, DocumentId};
use super::text::Text;

/// What is known of an article besides its text. Empty strings mean "not known".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DocumentMeta {
    /// Its headline, or what stands for it.
    pub title: String,
    /// Who published it.
    pub outlet: String,
    /// Who wrote it.
    pub author: String,
    /// When it was published, as it was given; ISO 8601 sorts best.
    pub date: String,
    /// Where it stands on the web. Shown as text.
    pub url: String,
    /// The event it reports; articles of one event are read side by side.
    pub event: String,
    /// The code of its language, such as `en` or `zh-Hant`; as it was given.
    pub language: String,
}

impl DocumentMeta {
    /// The code of its language, where it has the form of one (BCP 47): what reads aloud is told it.
    pub fn language_code(&self) -> Option<&str> {
        let code = self.language.trim();
        let mut parts = code.split('-');
        let is_word = |part: &str| part.bytes().all(|it| it.is_ascii_alphanumeric());
        let first = parts.next()?;
        let is_language = (2..=3).contains(&first.len());
        let is_name = is_language && first.bytes().all(|it| it.is_ascii_alphabetic());
        let fits = |part: &str| (1..=8).contains(&part.len()) && is_word(part);
        (is_name && parts.all(fits)).then_some(code)
    }

    /// Whether two articles have one headline or one address, as the versions of an article do.
    pub fn is_titled_as(&self, other: &Self) -> bool {
        let same = |one: &str, other: &str| !one.trim().is_empty() && one.trim() == other.trim();
        same(&self.title, &other.title) || same(&self.url, &other.url)
    }
}

/// How far the reader has come with an article, as the reader sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Progress {
    /// Not begun.
    #[default]
    ToDo,
    /// Begun.
    InProgress,
    /// Finished.
    Done,
}

/// An article: frozen text and what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its name, unique in the project.
    pub id: DocumentId,
    /// What is known of it.
    pub meta: DocumentMeta,
    /// How far the reader has come.
    pub progress: Progress,
    /// Who has said that they have been through it, by id: they have seen what they left unmarked.
    pub finished_by: Vec<AnnotatorId>,
    /// Its place in the list: lower comes first.
    pub rank: u32,
    /// Its text.
    pub text: Arc<Text>,
    /// What each block is, where the file said so; as long as the text has blocks.
    pub layout: Option<Layout>,
    /// The file it came from; empty where it was pasted.
    pub imported_from: String,
    /// The article here of which this is a later text.
    pub version_of: Option<DocumentId>,
    /// What more is said of it as a whole.
    pub details: MaybeDetails,
    /// When it was added.
    pub created: Timestamp,
    /// When what is known of it was last changed.
    pub modified: Timestamp,
    /// Unknown fields of its file.
    pub extra: Extra,
}

impl Document {
    /// A document with a title and a text, else empty.
    pub fn new(id: DocumentId, title: impl Into<String>, text: Arc<Text>) -> Self {
        Self {
            id,
            meta: DocumentMeta {
                title: title.into(),
                ..DocumentMeta::default()
            },
            progress: Progress::default(),
            finished_by: Vec::new(),
            rank: 0,
            text,
            layout: None,
            imported_from: String::new(),
            version_of: None,
            details: None,
            created: Timestamp::default(),
            modified: Timestamp::default(),
            extra: Extra::default(),
        }
    }

    /// What the block with this index is: what its file said, else what it looks to be.
    pub fn block_kind(&self, index: usize) -> BlockKind {
        let said = self.layout.as_ref().and_then(|layout| layout.get(index));
        *said.unwrap_or(&self.text.blocks()[index].kind())
    }

    /// Enters that somebody has been through it, or has not.
    pub fn set_finished(&mut self, by: &AnnotatorId, is_finished: bool) {
        match self.finished_by.binary_search(by) {
            Ok(at) if !is_finished => drop(self.finished_by.remove(at)),
            Err(at) if is_finished => self.finished_by.insert(at, by.clone()),
            _ => {}
        }
    }

    /// The title, or a stand-in that can be clicked.
    pub fn title(&self) -> &str {
        if self.meta.title.trim().is_empty() {
            "Untitled article"
        } else {
            &self.meta.title
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_by_its_code_alone() {
        for (given, code) in [
            ("en", Some("en")),
            (" pt-BR ", Some("pt-BR")),
            ("zh-Hant-TW", Some("zh-Hant-TW")),
            ("", None),
            ("English", None),
            ("e1", None),
            ("en_GB", None),
            ("en-", None),
            ("en-\u{e9}", None),
        ] {
            let language = given.to_owned();
            let meta = DocumentMeta {
                language,
                ..DocumentMeta::default()
            };
            assert_eq!(meta.language_code(), code, "{given}");
        }
    }
}
