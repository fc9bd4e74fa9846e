//! The labels a project offers. Knows nothing of how they are painted beyond their colour.

use super::annotation::Extra;
use super::id::LabelId;

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

/// One kind of span.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Its stable name in files.
    pub id: LabelId,
    /// What people read.
    pub name: String,
    /// The colour of its line; tints are derived from it.
    pub color: Color,
    /// When to use it, shown at the moment of choice.
    pub definition: String,
    /// Fields of its file that this version does not know.
    pub extra: Extra,
}

/// The labels in the order of their keys: the first is `1`.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelSchema {
    labels: Vec<Label>,
}

impl LabelSchema {
    /// A schema without labels.
    pub fn empty() -> Self {
        Self { labels: Vec::new() }
    }

    /// All labels, in order.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// The label with this id.
    pub fn get(&self, id: &LabelId) -> Option<&Label> {
        self.labels.iter().find(|label| label.id == *id)
    }

    /// The place of a label in the order, from 0.
    pub fn position(&self, id: &LabelId) -> Option<usize> {
        self.labels.iter().position(|label| label.id == *id)
    }

    pub(super) fn put(&mut self, label: Label) {
        match self.position(&label.id) {
            Some(at) => self.labels[at] = label,
            None => self.labels.push(label),
        }
    }

    pub(super) fn remove(&mut self, id: &LabelId) {
        self.labels.retain(|label| label.id != *id);
    }
}

impl Default for LabelSchema {
    /// Claim, quote, opinion.
    fn default() -> Self {
        let label = |id: &str, name: &str, color, definition: &str| Label {
            id: LabelId::new(id).expect("the built-in ids are valid"),
            name: name.to_owned(),
            color,
            definition: definition.to_owned(),
            extra: Extra::default(),
        };
        Self {
            labels: vec![
                label(
                    "claim",
                    "Claim",
                    Color(0x1f, 0x62, 0xb5),
                    "A statement of fact that somebody could check.",
                ),
                label(
                    "quote",
                    "Quote",
                    Color(0x94, 0x66, 0x00),
                    "Words the text gives as somebody’s own.",
                ),
                label(
                    "opinion",
                    "Opinion",
                    Color(0xb0, 0x2f, 0x4a),
                    "A judgement, a wish or loaded wording, by the writer or a speaker.",
                ),
            ],
        }
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
