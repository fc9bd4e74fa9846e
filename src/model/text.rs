//! Frozen text, byte offsets into it, and the conversions to the two other units.
//!
//! Bytes are the unit inside the program; `lib.rs` says where the others are spoken. Those borders
//! convert here. Knows nothing of blocks' looks or of annotations.

use std::fmt;
use std::sync::OnceLock;

use super::block::{self, Block};
use super::counts::{count_code_points, count_long, count_utf16};
use super::text_hash::TextHash;

/// The longest text an article may have, in UTF-8 bytes. Local storage holds about five million
/// characters in all, so a longer one could not be kept.
pub const MAX_TEXT_BYTES: usize = 4 * 1024 * 1024;

/// A place in a text: the number of UTF-8 bytes before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offset(u32);

impl Offset {
    /// The offset as a number of bytes, for slicing.
    pub fn bytes(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Debug for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A stretch of one text, in bytes, half open.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    // Invariant: start < end, both on character bounds of the text that made the span.
    start: Offset,
    end: Offset,
}

impl Span {
    /// Where the span begins.
    pub fn start(self) -> Offset {
        self.start
    }

    /// The first place after the span.
    pub fn end(self) -> Offset {
        self.end
    }

    /// Length in bytes; never 0.
    pub fn byte_len(self) -> usize {
        self.end.bytes() - self.start.bytes()
    }

    /// Whether the two share at least one character.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The part that lies in both.
    pub fn intersection(self, other: Span) -> Option<Span> {
        self.overlaps(other).then(|| Span {
            start: self.start.max(other.start),
            end: self.end.min(other.end),
        })
    }

    /// The shortest span that holds both.
    pub fn hull(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    pub(super) fn of_bytes(start: usize, end: usize) -> Span {
        debug_assert!(start < end);
        Span {
            start: Offset(start as u32),
            end: Offset(end as u32),
        }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start.0, self.end.0)
    }
}

/// Why something cannot be the text of an article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("there is no text in it")]
    Empty,
    /// More than [`MAX_TEXT_BYTES`].
    #[error("its text is {} MB long; an article can have {} MB", .0.div_ceil(1_000_000), MAX_TEXT_BYTES / 1_000_000)]
    TooLong(usize),
}

/// Distance of the checkpoints that make unit conversion local, in bytes. They take a sixteenth of the text, and
/// a place takes some sixty bytes to count, which who writes every word of a text needs.
const STRIDE: usize = 128;

/// The text of an article. Frozen (M1): it has LF line ends and is otherwise as it came.
pub struct Text {
    content: Box<str>,
    /// Made when it is first asked for: thousands of texts are opened that nobody asks about.
    hash: OnceLock<TextHash>,
    blocks: Box<[Block]>,
    /// UTF-16 units and code points before every `STRIDE`th byte (rounded down to a character
    /// bound); empty where the text is ASCII and all three units are the same number.
    checkpoints: Box<[(u32, u32)]>,
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.content == other.content
    }
}

impl Eq for Text {}

/// The two units that are counted only at the borders.
#[derive(Clone, Copy)]
enum Unit {
    Utf16,
    CodePoint,
}

impl Unit {
    fn width(self, c: char) -> u32 {
        match self {
            Unit::Utf16 => c.len_utf16() as u32,
            Unit::CodePoint => 1,
        }
    }

    /// How many there are in whole characters of UTF-8.
    fn count(self, bytes: &[u8]) -> u32 {
        match self {
            Unit::Utf16 => count_utf16(bytes),
            Unit::CodePoint => count_code_points(bytes),
        }
    }

    fn of(self, checkpoint: (u32, u32)) -> u32 {
        match self {
            Unit::Utf16 => checkpoint.0,
            Unit::CodePoint => checkpoint.1,
        }
    }
}

impl Text {
    /// Freezes `raw`: drops byte order marks at its beginning, turns CRLF and CR into LF, changes nothing
    /// else.
    pub fn new(raw: &str) -> Result<Text, TextError> {
        // All of them, so that freezing a frozen text changes nothing.
        let raw = raw.trim_start_matches('\u{feff}');
        let content: Box<str> = if raw.contains('\r') {
            raw.replace("\r\n", "\n").replace('\r', "\n").into()
        } else {
            raw.into()
        };
        if content.len() > MAX_TEXT_BYTES {
            return Err(TextError::TooLong(content.len()));
        }
        let blocks = block::cut(&content);
        if blocks.is_empty() {
            return Err(TextError::Empty);
        }
        Ok(Text {
            hash: OnceLock::new(),
            checkpoints: checkpoints(&content),
            blocks: blocks.into(),
            content,
        })
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// SHA-256 of the text.
    pub fn hash(&self) -> &TextHash {
        self.hash.get_or_init(|| TextHash::of(&self.content))
    }

    /// The blocks (paragraphs), in order; never empty. White space between them belongs to none.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The index of the block that holds `offset`, or of the next one where it lies between two.
    pub fn block_at(&self, offset: Offset) -> usize {
        self.blocks
            .partition_point(|block| block.span().end() <= offset)
            .min(self.blocks.len() - 1)
    }

    /// The indices of the blocks that share a character with `span`.
    pub fn blocks_of(&self, span: Span) -> std::ops::Range<usize> {
        let first = self
            .blocks
            .partition_point(|block| block.span().end() <= span.start());
        let last = self
            .blocks
            .partition_point(|block| block.span().start() < span.end());
        first..last.max(first)
    }

    /// The span from byte `start` to byte `end`; `None` unless it is a span of this text (M2).
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        (start < end && self.content.get(start..end).is_some()).then(|| Span::of_bytes(start, end))
    }

    /// The span of the whole text.
    pub fn whole(&self) -> Span {
        Span::of_bytes(0, self.content.len())
    }

    /// The span between two places given in code points; `None` where there is none.
    pub fn span_of_code_points(&self, start: u32, end: u32) -> Option<Span> {
        let start = self.byte_at(Unit::CodePoint, start)?;
        self.span(start, self.byte_at(Unit::CodePoint, end)?)
    }

    /// The byte at which `utf16` units of the text have gone by; `None` past the end or within a
    /// surrogate pair.
    pub fn byte_of_utf16(&self, utf16: u32) -> Option<usize> {
        self.byte_at(Unit::Utf16, utf16)
    }

    /// The characters of `span`.
    ///
    /// # Panics
    /// Where `span` was made by another text and does not fit this one.
    pub fn slice(&self, span: Span) -> &str {
        &self.content[span.start.bytes()..span.end.bytes()]
    }

    /// `offset` in UTF-16 units.
    pub fn utf16(&self, offset: Offset) -> u32 {
        self.units_at(Unit::Utf16, offset.bytes())
    }

    /// `offset` in code points.
    pub fn code_points(&self, offset: Offset) -> u32 {
        self.units_at(Unit::CodePoint, offset.bytes())
    }

    fn units_at(&self, unit: Unit, byte: usize) -> u32 {
        let Some(&checkpoint) = self.checkpoints.get(byte / STRIDE) else {
            return byte as u32;
        };
        let base = self.content.floor_char_boundary(byte / STRIDE * STRIDE);
        unit.of(checkpoint) + unit.count(&self.content.as_bytes()[base..byte])
    }

    fn byte_at(&self, unit: Unit, count: u32) -> Option<usize> {
        if self.checkpoints.is_empty() {
            return (count as usize <= self.content.len()).then_some(count as usize);
        }
        let index = self
            .checkpoints
            .partition_point(|&checkpoint| unit.of(checkpoint) <= count)
            .checked_sub(1)?;
        let base = self.content.floor_char_boundary(index * STRIDE);
        let mut left = count - unit.of(self.checkpoints[index]);
        for (at, c) in self.content[base..].char_indices() {
            if left == 0 {
                return Some(base + at);
            }
            left = left.checked_sub(unit.width(c))?;
        }
        (left == 0).then_some(self.content.len())
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({:?}, {} bytes)", self.hash, self.content.len())
    }
}

fn checkpoints(content: &str) -> Box<[(u32, u32)]> {
    if content.is_ascii() {
        return Box::default();
    }
    let (mut utf16, mut code_points) = (0, 0);
    let mut made = Vec::with_capacity(content.len() / STRIDE + 1);
    let mut from = 0;
    for mark in (0..=content.len()).step_by(STRIDE) {
        let to = content.floor_char_boundary(mark);
        let characters = &content.as_bytes()[from..to];
        let count = count_code_points(characters);
        code_points += count;
        utf16 += count + count_long(characters);
        made.push((utf16, code_points));
        from = to;
    }
    made.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_become_lf_and_nothing_else_changes() {
        for (raw, kept) in [
            ("a\r\nb\rc\nd", "a\nb\nc\nd"),
            ("\u{feff}\u{feff}a\u{feff}b", "a\u{feff}b"),
            ("e\u{301} é\u{a0}\t ", "e\u{301} é\u{a0}\t "),
            ("\r\r\n\n x", "\n\n\n x"),
        ] {
            assert_eq!(Text::new(raw).expect("has text").as_str(), kept);
        }
    }

    #[test]
    fn text_needs_something_to_read() {
        assert_eq!(Text::new(" \n\t\u{a0}"), Err(TextError::Empty));
        let long = "x".repeat(MAX_TEXT_BYTES + 1);
        let error = Text::new(&long).expect_err("too long");
        assert_eq!(
            error.to_string(),
            "its text is 5 MB long; an article can have 4 MB"
        );
    }

    #[test]
    fn the_shared_sample_counts_alike_in_all_units() {
        // The same sentence as in the format notes: bytes, UTF-16 and code points all differ.
        let text = Text::new("🚲 — 👩‍🚒 é").expect("has text");
        for (bytes, utf16, code_points) in [
            (0, 0, 0),
            (4, 2, 1),
            (5, 3, 2),
            (8, 4, 3),
            (9, 5, 4),
            (20, 10, 7),
        ] {
            let offset = text.span(0, bytes).map_or(Offset(0), Span::end);
            assert_eq!(
                (text.utf16(offset), text.code_points(offset)),
                (utf16, code_points)
            );
            assert_eq!(text.byte_of_utf16(utf16), Some(bytes));
        }
        assert_eq!(text.byte_of_utf16(1), None, "inside a surrogate pair");
        assert_eq!(text.byte_of_utf16(99), None, "past the end");
    }

    #[test]
    fn spans_lie_on_character_bounds() {
        let text = Text::new("aéb").expect("has text");
        assert!(text.span(1, 3).is_some());
        for (start, end) in [(1, 2), (2, 3), (1, 1), (3, 1), (0, 9)] {
            assert_eq!(text.span(start, end), None, "{start}..{end}");
        }
    }
}
