//! What people choose about the files that are written. Knows nothing of the formats.

/// How a person wants files to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether cells that a spreadsheet would take for formulas get an apostrophe. That changes the text.
    pub defuse_formulas: bool,
    /// Which of two marks a format takes that can have only one of them.
    pub overlaps: Overlaps,
    /// The licence of a data set, as its card says it: a short name such as `cc-by-4.0`, or words. May be
    /// empty.
    pub licence: String,
    /// How far the annotators agree, as the card of a data set says it: the name of each measure and its value.
    /// It is counted elsewhere; none where nobody has counted, or one person has marked alone.
    pub agreement: Vec<(&'static str, String)>,
}

/// Which of marks that overlap goes into a format that can have only one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overlaps {
    /// The one that begins first, and of those that begin together the longest.
    #[default]
    First,
    /// The one of the most characters, and of those as long the first.
    Longest,
}
