//! The same words in several articles: who quotes them whole, trimmed, changed, put together anew.
//!
//! A place counts as a version where the words that it shares with the span tell more than chance would:
//! a word tells the more the rarer it is in all articles, a word in the same order the more, and a place
//! must be told from all others there are. What stands between the shared words counts against it,
//! and it counts for it where they make up what stands in quotation marks. Knows nothing of marks and
//! judges nobody: it shows where to look.

mod alignment;
mod base;
mod version;

use super::index::TextIndex;
use crate::model::{DocumentId, Span};
use base::Base;
pub(super) use base::quoted_parts;

/// The least [`score`](Version::score) of a version, unless one wants more or less of them.
pub const ENOUGH: f32 = 0.5;

/// How a version comes by its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VersionKind {
    /// All of them, in order, and nothing else.
    Exact,
    /// A part of them; a word may be missing or changed.
    Trimmed,
    /// Some stand in brackets.
    Bracketed,
    /// What was apart is put together, with or without dots, or something is put between.
    Joined,
    /// Their order is another.
    Reordered,
    /// Some of them, among others.
    Paraphrased,
}

impl VersionKind {
    /// Its name in files and for scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Trimmed => "trimmed",
            Self::Bracketed => "bracketed",
            Self::Joined => "joined",
            Self::Reordered => "reordered",
            Self::Paraphrased => "paraphrased",
        }
    }
}

/// A place where the words of a span stand again.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// The article.
    pub document: DocumentId,
    /// From the first shared word to the last, with the quotation marks around them.
    pub span: Span,
    /// How the words came there.
    pub kind: VersionKind,
    /// How sure it is that these are the same words: 0 to below 1, [`ENOUGH`] where it is likely.
    pub score: f32,
}

/// Where the words of a span stand in the other articles.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Thread {
    /// In the order of the articles and their texts.
    pub versions: Vec<Version>,
    /// The articles that have none.
    pub not_found: Vec<DocumentId>,
}

/// Looks for the words of a span of one article in all others that the index has read. Of a span with
/// more than 150 words the first 150 are looked for.
pub fn thread(index: &TextIndex, document: &DocumentId, span: Span, enough: f32) -> Thread {
    let mut thread = Thread::default();
    let Some(text) = index.text(document) else {
        return thread;
    };
    let base = Base::new(index, text, span);
    for other in index.texts.iter().filter(|it| it.id != *document) {
        let mut versions: Vec<Version> = Vec::new();
        for region in base.regions(&other.words) {
            let found = version::look(&base, other, region).filter(|it| it.score >= enough);
            let Some(found) = found else {
                continue;
            };
            match versions.last_mut() {
                Some(last) if last.span.overlaps(found.span) => {
                    if last.score < found.score {
                        *last = found;
                    }
                }
                _ => versions.push(found),
            }
        }
        if versions.is_empty() {
            thread.not_found.push(other.id.clone());
        }
        thread.versions.append(&mut versions);
    }
    thread
}
