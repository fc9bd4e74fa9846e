//! What can be read off the texts by counting and comparing, without anybody's judgement.
//!
//! Plain functions over the model. Knows no browser, no JSON, no clock and no chance.

/// Whether the colours of labels can be read and told apart.
pub mod color;
mod find;
mod missing;
mod speakers;

pub use find::{FoldCase, Folded, find};
pub use missing::{Missing, Questions, answer, asked, asked_of_document, missing, missing_in};
pub use speakers::{counts as quotes_by_speaker, likely_speakers};
