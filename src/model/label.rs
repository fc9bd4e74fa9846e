//! One label: a kind of span. Knows nothing of how it is painted beyond colour and line.

use super::annotation::{Extra, no_extra};
use super::change::Record;
use super::id::LabelId;

/// The most labels a project may have.
pub const MAX_LABELS: usize = 200;

/// An opaque colour, red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Color(pub u8, pub u8, pub u8);

impl Color {
    /// Reads `#rrggbb`, the only form that files may use; anything else is no colour.
    pub fn parse(text: &str) -> Option<Color> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Color(part(0)?, part(2)?, part(4)?))
    }
}

impl std::fmt::Display for Color {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// How the line under marked words looks: the cue that needs no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineStyle {
    /// One line.
    Solid,
    /// Two thin lines.
    Double,
    /// Points.
    Dotted,
    /// Dashes.
    Dashed,
    /// A wave.
    Wavy,
}

impl LineStyle {
    /// All of them.
    pub const ALL: [LineStyle; 5] = [
        LineStyle::Solid,
        LineStyle::Double,
        LineStyle::Dotted,
        LineStyle::Dashed,
        LineStyle::Wavy,
    ];

    /// Its name in files, which is that of style sheets.
    pub fn word(self) -> &'static str {
        match self {
            LineStyle::Solid => "solid",
            LineStyle::Double => "double",
            LineStyle::Dotted => "dotted",
            LineStyle::Dashed => "dashed",
            LineStyle::Wavy => "wavy",
        }
    }
}

/// Whether a label is offered and its marks are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LabelState {
    /// Offered, and its marks are shown.
    #[default]
    Shown,
    /// Offered, but its marks are not shown until somebody asks for them.
    Hidden,
    /// Not offered any more; what was marked with it stays and is shown.
    Retired,
}

/// One kind of span.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Its stable name in files.
    pub id: LabelId,
    /// What people read.
    pub name: String,
    /// The colour of its line; tints are derived from it.
    pub color: Color,
    /// Its line; `None` where its place in the order decides.
    pub line: Option<LineStyle>,
    /// The key that gives it; `None` where its place in the order decides.
    pub key: Option<char>,
    /// When to use it, shown at the moment of choice.
    pub definition: String,
    /// Words that should be marked so.
    pub examples: Vec<String>,
    /// Words that look as if they should, and should not.
    pub counter_examples: Vec<String>,
    /// The label of which this is a kind.
    pub parent: Option<LabelId>,
    /// Whether it is offered and seen.
    pub state: LabelState,
    /// How often what it means has changed: marks made under an earlier revision may have to be
    /// looked at again.
    pub revision: u32,
    /// Its place in the order: lower comes first.
    pub rank: u32,
    /// Fields of its file that this version does not know.
    pub extra: Extra,
}

impl Label {
    /// A label with a name and a colour, else empty.
    pub fn new(id: LabelId, name: impl Into<String>, color: Color) -> Self {
        Self {
            id,
            name: name.into(),
            color,
            line: None,
            key: None,
            definition: String::new(),
            examples: Vec::new(),
            counter_examples: Vec::new(),
            parent: None,
            state: LabelState::default(),
            revision: 0,
            rank: 0,
            extra: no_extra(),
        }
    }
}

impl From<Label> for Record {
    fn from(label: Label) -> Record {
        Record::Label(label.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_hexadecimal_colours_are_colours() {
        assert_eq!(Color::parse("#1f62B5"), Some(Color(0x1f, 0x62, 0xb5)));
        for bad in ["1f62b5", "#fff", "#12345g", "red", "#1234567", "#12é45"] {
            assert_eq!(Color::parse(bad), None, "{bad}");
        }
        let whole_rule = "red;background:url(//x)";
        assert_eq!(Color::parse(whole_rule), None);
    }
}
