//! Numbers with what they count, how firmly they are given, and by whom; and which of them, in accounts
//! of one event, seem to count the same thing.
//!
//! Rules, and few of them: a number that none of them fits is left out, as a wrong figure costs more trust
//! than a missing one. They know the English words for numbers, hedges and units; digits with signs
//! (`38 %`, `€52`) are read in any language. Whether two figures contradict each other is asked, not
//! said. Knows nothing of marks.

mod groups;
mod hedges;
mod nouns;
mod numbers;
mod reading;
mod tokens;
mod units;

use std::sync::Arc;

use super::index::TextIndex;
use crate::model::{BlockKind, Document, DocumentId, Span};

pub use groups::FigureGroup;

/// What a number is a number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// People or things.
    Count,
    /// A sum of money, in whole units of a currency.
    Money,
    /// Hundredths.
    Percent,
    /// A length of time, in minutes.
    Time,
    /// A day: a hundred times the month, and the day.
    Date,
    /// Two counts against each other, as in a vote.
    Score,
    /// From one number to another.
    Change,
    /// Something that is measured, such as a length or a speed; told by its unit.
    Quantity,
}

impl Measure {
    /// Its name for scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Time => "minutes",
            Self::Date => "date",
            Self::Score => "score",
            Self::Change => "change",
            Self::Quantity => "quantity",
        }
    }
}

/// How firmly a number is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hedge {
    /// “at least”, “or more”.
    AtLeast,
    /// “more than”, “over”, “and change”.
    MoreThan,
    /// “up to”, “at most”.
    AtMost,
    /// “under”, “fewer than”.
    LessThan,
    /// “almost”, “nearly”, “the best part of”.
    Almost,
    /// “about”, “some”, “or so”.
    About,
}

impl Hedge {
    /// Its name for scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::AtLeast => "at-least",
            Self::MoreThan => "more-than",
            Self::AtMost => "at-most",
            Self::LessThan => "less-than",
            Self::Almost => "almost",
            Self::About => "about",
        }
    }
}

/// A number in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The article.
    pub document: DocumentId,
    /// The words: the hedge, the number, and what is counted.
    pub span: Span,
    /// The number, in the unit of its measure.
    pub value: f64,
    /// The second number of a score or a change.
    pub second: Option<f64>,
    /// What it is a number of.
    pub measure: Measure,
    /// How firmly it is given.
    pub hedge: Option<Hedge>,
    /// What is counted or measured, as a noun in small letters; empty where the text does not say it
    /// beside the number.
    pub what: String,
    /// Who is named for it in the same sentence.
    pub source: Option<Span>,
}

/// The figures of an article, in text order. Lines with its date and author are left out.
pub fn figures_in(document: &Document) -> Vec<Figure> {
    let mut found = Vec::new();
    for block in 0..document.text.blocks().len() {
        if document.block_kind(block) != BlockKind::Byline {
            reading::read_block(document, block, &mut found);
        }
    }
    found
}

/// The figures of some articles, those that seem to count the same thing together: the groups with
/// different numbers first, then those with most figures. The index tells how much it says that two
/// sentences share a word.
pub fn figures(index: &TextIndex, documents: &[Arc<Document>]) -> Vec<FigureGroup> {
    groups::group(index, documents)
}

#[cfg(test)]
mod tests;
