//! What the panels about marks are doing at this moment. Small, and known to the first part of the page;
//! everything that reads it comes later.

use crate::model::{AnnotationId, AttributeId};

/// What waits for another mark to be chosen.
#[derive(Debug, Clone, PartialEq)]
pub enum Waiting {
    /// A relation that begins at this mark.
    Relation(AnnotationId),
    /// This question about this mark, which is answered by marks.
    Answer(AnnotationId, AttributeId),
}

/// What the panels about marks are doing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Desk {
    /// The mark of which it is asked beside the text who speaks.
    pub asking: Option<AnnotationId>,
    /// What waits for another mark.
    pub waiting: Option<Waiting>,
    /// Whether the relations of the mark in focus are drawn.
    pub draws: bool,
    /// Whether questions that need no answer and have none are shown.
    pub asks_all: bool,
    /// Whether the guide stands beside the text.
    pub guide: bool,
}

/// What a command asks of the panels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Go to the questions about the mark in focus, or about those that are picked.
    Answer,
    /// Go to the next mark that lacks a required answer.
    NextMissing,
    /// Begin a relation at the mark in focus, or lead it there.
    Relate,
    /// Draw the relations of the mark in focus, or hide them.
    Draw,
    /// Set the open article to done, or say what is missing.
    Finish,
}
