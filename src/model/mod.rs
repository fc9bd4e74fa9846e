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
mod attribute;
mod block;
mod change;
mod counts;
mod dictionary;
mod doctor;
mod document;
mod edit;
mod edit_error;
mod entry;
mod first_label;
mod fragments;
mod history;
mod id;
mod import;
mod label;
mod leaning;
mod project;
mod relation;
mod reshape;
mod schema;
mod segment;
mod selector;
pub mod sorted;
mod speaker;
mod text;
mod text_hash;
mod token;
mod typed;
mod value;
mod walk;
mod wishes;

pub use annotation::{
    Anchor, Annotation, Annotator, Extra, Provenance, Timestamp, Unplaced, no_extra,
};
pub use annotation_set::AnnotationSet;
pub use attribute::{
    Answer, Answers, Attribute, AttributeKind, Certainty, Choice, Condition, Details, EXACT,
    MaybeDetails, Subject,
};
pub use block::{Block, BlockKind, Layout};
pub use change::{Change, GUIDELINES, Record, RecordChange, RecordId};
pub use counts::{count_code_points, count_utf16};
pub use dictionary::{Dictionary, use_dictionary};
pub use doctor::{Finding, examine};
pub use document::{Document, DocumentMeta, Progress};
pub use edit::{Edit, EditContext, IMPORT, Planned, Planner, Wish, plan};
pub use edit_error::EditError;
pub use entry::Entry;
pub use first_label::FirstLabel;
pub use history::History;
pub use id::{
    AnnotationId, AnnotatorId, AttributeId, CommentId, DocumentId, LabelId, RelationId,
    RelationTypeId, SpeakerId,
};
pub use import::Import;
pub use label::{Color, Label, LabelState, LineStyle, MAX_LABELS};
pub use project::Project;
pub use relation::{Comment, Reach, Relation, RelationType};
pub use reshape::touches;
pub use schema::LabelSchema;
pub use segment::{Layer, Segment, Segments, segments};
pub use selector::{Match, Quote, Selector, Similarity};
pub use speaker::{Speaker, SpeakerKind};
pub use text::{MAX_TEXT_BYTES, Offset, Span, Text, TextError};
pub use text_hash::TextHash;
pub use token::{Boundary, End, is_grapheme_boundary, snap, step, trim, widen_to_graphemes};
pub use value::{Fields, Value};
pub use walk::{Unit, around, beyond, pieces, sentences};
pub use wishes::{
    AnnotatorEdit, AnswerEdit, AttributeEdit, CastEdit, Decisions, Fate, ForgetFirstLabels,
    GuidelinesEdit, HandIns, LabelEdit, RelationEdit, RelationTypeEdit, Together,
};
