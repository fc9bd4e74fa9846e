//! Which page about people is asked for. Small, and known to the first part of the page; everything that reads
//! it comes later.

use std::sync::Arc;

/// Files by their names, with their bytes.
pub type Files = Arc<Vec<(String, Vec<u8>)>>;

/// A page about people.
#[derive(Clone)]
pub enum PeoplePage {
    /// Who marked, with all that is done with their marks.
    People,
    /// Handing in one's own marks.
    HandIn,
    /// How marks compare with a key.
    Scores,
    /// What one first took one's marks for.
    FirstLabels,
    /// The lesson that was opened, before one begins.
    Lesson,
    /// Files for a class, to be taken over.
    Files(Files),
}
