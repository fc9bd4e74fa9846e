//! What lasts: articles, spans and the rules they keep.
//!
//! Plain Rust. Knows nothing of the browser, Leptos, JSON, the clock or chance: time, ids and the
//! annotator come in as arguments ([`EditContext`]). Everything here runs under `cargo test`.
//!
//! Rules the tests cite by number:
//!
//! - **M1** A [`Text`] never changes. It is made once, with LF line ends, and its SHA-256 is kept.
//! - **M2** A [`Span`] is made by [`Text::span`] alone: not empty, on character bounds, in its text.
//! - **M3** Lasting state changes in one place, [`Project::apply`], and only by a [`Change`].
//! - **M4** A [`Change`] holds each record before and after, so its inverse needs no logic of its own.
//! - **M5** [`plan`] is the only judge of a wish ([`Edit`]): it answers with a change or with a sentence.
//! - **M6** [`segments`] of a block join up to exactly the block's text, and none of them is empty.

mod annotation;
mod annotation_set;
mod approximate;
mod block;
mod change;
mod doctor;
mod document;
mod edit;
mod fragments;
mod history;
mod id;
mod import;
mod label;
mod project;
mod reshape;
mod segment;
mod selector;
pub mod sorted;
mod text;
mod text_hash;
mod token;
mod walk;

pub use annotation::{
    Anchor, Annotation, Annotator, Extra, Provenance, Timestamp, Unplaced, no_extra,
};
pub use annotation_set::AnnotationSet;
pub use block::{Block, BlockKind, Layout};
pub use change::{Change, Record, RecordChange, RecordId};
pub use doctor::{Finding, examine};
pub use document::{Document, DocumentMeta, Progress};
pub use edit::{Edit, EditContext, EditError, IMPORT, plan};
pub use history::History;
pub use id::{AnnotationId, AnnotatorId, DocumentId, LabelId};
pub use import::Import;
pub use label::{Color, Label, LabelSchema};
pub use project::Project;
pub use reshape::touches;
pub use segment::{Layer, Segment, segments};
pub use selector::{Match, Quote, Selector, Similarity};
pub use text::{MAX_TEXT_BYTES, Offset, Span, Text, TextError};
pub use text_hash::TextHash;
pub use token::{Boundary, is_grapheme_boundary, snap_to_words, step, trim, widen_to_graphemes};
pub use walk::{Unit, around, beyond, pieces};
