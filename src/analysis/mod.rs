//! What can be read off the texts by counting and comparing, without anybody's judgement.
//!
//! Plain functions over the model. Knows no browser, no JSON, no clock and no chance.

/// What several people marked, and what is proposed of it.
pub mod adjudication;
/// How far people agree, and where they do not.
pub mod agreement;
mod attribution;
/// Whether the colours of labels can be read and told apart.
pub mod color;
mod compare;
/// Places with the words around them, line by line.
pub mod concordance;
mod edition;
mod figures;
mod find;
mod headline;
mod index;
mod ledger;
mod matching;
mod missing;
mod names;
mod notices;
mod places;
/// What is looked for in all articles.
pub mod query;
mod quotation;
/// Marks set against a key.
pub mod score;
mod shared;
mod speakers;
mod thread;
mod words;

pub use attribution::{Attribution, attribution};
pub use compare::{Piece, compare, compare_wordings};
pub use edition::{Carried, CarryOver, Edition, Fate, Landing, Rewritten, Watched};
pub use figures::{Figure, FigureGroup, Hedge, Measure, figures, figures_in};
pub use find::{FoldCase, Folded, find};
pub use headline::{HeadlineCheck, headline};
pub use index::TextIndex;
pub use ledger::{LedgerRow, common_speakers, ledger};
pub use missing::{Missing, Questions, answer, asked, asked_of_document, missing, missing_in};
pub use names::{Name, NameGroup, NameSearch, Naming};
pub use places::Places;
pub use shared::{Matrix, SharedPassage, SharedSearch, shared};
pub use speakers::{counts as quotes_by_speaker, likely_speakers};
pub use thread::{ENOUGH, Thread, Version, VersionKind, thread};
