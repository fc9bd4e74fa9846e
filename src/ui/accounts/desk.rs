//! Which accounts stand beside each other, and what is looked at below them. Small, and known to the
//! first part of the page; everything that reads it comes later.

use crate::model::DocumentId;

/// What is shown below the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// All articles of the event, to choose from.
    List,
    /// The same words in several articles.
    Quote,
    /// What articles share word for word or nearly.
    Passages,
    /// Numbers that seem to count the same.
    Figures,
    /// Who speaks where.
    Sources,
    /// Each headline and the sentence behind it.
    Headlines,
    /// All of it to be read.
    Report,
}

/// The accounts that stand beside each other.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparing {
    /// The event as the articles call it; empty for those that name none.
    pub event: String,
    /// The articles in the columns; none until the part of the program is here that shows them.
    pub columns: Vec<DocumentId>,
    /// What is shown below them.
    pub panel: Option<Panel>,
}

impl Comparing {
    /// The accounts of an event; which of them come into columns is still to be seen.
    pub fn of(event: String) -> Self {
        Self {
            event,
            ..Self::default()
        }
    }
}
