//! The border between the positions of a file and the bytes of a text. Knows nothing of what
//! stands at the positions.

use crate::model::sorted::{SortedMap, SortedSet};
use crate::model::{count_code_points, count_utf16};

/// What the positions of a file may count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Code points of the text as it stands in the file; what our own files count.
    CodePoint,
    /// UTF-16 units, as JavaScript and Java count.
    Utf16,
    /// UTF-8 bytes, as Rust and Go count.
    Byte,
    /// Code points, with CR LF as one.
    CodePointOfLines,
    /// UTF-16 units, with CR LF as one.
    Utf16OfLines,
}

impl Unit {
    /// All units, the likeliest first.
    pub(super) const ALL: [Unit; 5] = [
        Unit::CodePoint,
        Unit::Utf16,
        Unit::Byte,
        Unit::CodePointOfLines,
        Unit::Utf16OfLines,
    ];

    /// The unit as a notice names it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Unit::CodePoint => "code points",
            Unit::Utf16 => "UTF-16 units",
            Unit::Byte => "UTF-8 bytes",
            Unit::CodePointOfLines => "code points with each line end as one",
            Unit::Utf16OfLines => "UTF-16 units with each line end as one",
        }
    }

    fn width(self, c: char, ends_in_lf: bool) -> u32 {
        match self {
            Unit::CodePointOfLines | Unit::Utf16OfLines if ends_in_lf => 0,
            Unit::CodePoint | Unit::CodePointOfLines => 1,
            Unit::Utf16 | Unit::Utf16OfLines => c.len_utf16() as u32,
            Unit::Byte => c.len_utf8() as u32,
        }
    }

    /// How many there are in whole characters of UTF-8 without CR.
    fn count(self, bytes: &[u8]) -> u32 {
        match self {
            Unit::CodePoint | Unit::CodePointOfLines => count_code_points(bytes),
            Unit::Utf16 | Unit::Utf16OfLines => count_utf16(bytes),
            Unit::Byte => bytes.len() as u32,
        }
    }
}

/// How far positions are looked for at once, in bytes.
const STRETCH: usize = 64;

/// For each wanted position in `raw`, a text as its file has it, the byte in the
/// [`Text`](crate::model::Text) made of it (no byte order mark, LF line ends). Positions that
/// split a character or lie past the end have none.
pub(super) fn locate(raw: &str, unit: Unit, wanted: &SortedSet<u32>) -> SortedMap<u32, usize> {
    let mut found = SortedMap::default();
    let mut place = Place::start(raw, unit);
    for &position in wanted.keys() {
        place.go_to(position);
        if place.count == position {
            found.insert(position, place.byte);
        }
    }
    found
}

/// A place in a text as its file has it.
struct Place<'a> {
    raw: &'a str,
    unit: Unit,
    /// Where the text begins behind byte order marks, in bytes of the file.
    beginning: usize,
    /// In bytes of the file.
    at: usize,
    /// In bytes of the text here.
    byte: usize,
    /// In units of the file.
    count: u32,
}

impl<'a> Place<'a> {
    fn start(raw: &'a str, unit: Unit) -> Self {
        Self {
            raw,
            unit,
            beginning: raw.len() - raw.trim_start_matches('\u{feff}').len(),
            at: 0,
            byte: 0,
            count: 0,
        }
    }

    /// Goes on to a position, or to the first place behind it where there is no place at it.
    fn go_to(&mut self, position: u32) {
        while self.count < position && (self.skip(position) || self.step()) {}
    }

    /// Skips a stretch that does not go past the position and in which every letter is counted alike.
    fn skip(&mut self, position: u32) -> bool {
        let end = self.raw.floor_char_boundary(self.at + STRETCH);
        let stretch = &self.raw.as_bytes()[self.at..end];
        let count = self.count + self.unit.count(stretch);
        let is_plain = self.at >= self.beginning && !stretch.contains(&b'\r');
        let skips = is_plain && !stretch.is_empty() && count <= position;
        if skips {
            self.at = end;
            self.byte += stretch.len();
            self.count = count;
        }
        skips
    }

    /// Goes a character on; says no at the end.
    fn step(&mut self) -> bool {
        let mut letters = self.raw[self.at..].chars();
        let Some(c) = letters.next() else {
            return false;
        };
        let ends_in_lf = c == '\r' && letters.next() == Some('\n');
        let dropped = ends_in_lf || self.at < self.beginning;
        self.at += c.len_utf8();
        self.byte += if dropped { 0 } else { c.len_utf8() };
        self.count += self.unit.width(c, ends_in_lf);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, unit: Unit, position: u32, byte: Option<usize>) {
        let wanted = SortedSet::of_keys([position, 2, 7]);
        let found = locate(raw, unit, &wanted).get(&position).copied();
        assert_eq!(found, byte, "{raw:?} {unit:?} {position}");
    }

    #[test]
    fn positions_count_the_text_as_it_stands_in_its_file() {
        let raw = "🚲é\r\nx\ry";
        for (unit, position, byte) in [
            (Unit::CodePoint, 0, Some(0)),
            (Unit::CodePoint, 4, Some(7)),
            (Unit::CodePoint, 7, Some(10)),
            (Unit::CodePoint, 8, None),
            (Unit::Utf16, 1, None),
            (Unit::Utf16, 2, Some(4)),
            (Unit::Utf16, 5, Some(7)),
            (Unit::Byte, 4, Some(4)),
            (Unit::Byte, 5, None),
            (Unit::Byte, 8, Some(7)),
            (Unit::CodePointOfLines, 3, Some(7)),
            (Unit::Utf16OfLines, 4, Some(7)),
            (Unit::Utf16OfLines, 7, Some(10)),
        ] {
            check(raw, unit, position, byte);
        }
        check("\u{feff}ab", Unit::CodePoint, 1, Some(0));
        check("\u{feff}ab", Unit::CodePoint, 2, Some(1));
        check("\u{feff}\u{feff}ab", Unit::CodePoint, 3, Some(1));
        check("a\u{feff}b", Unit::CodePoint, 2, Some(4));
    }

    /// As [`locate`], letter by letter.
    fn slowly(raw: &str, unit: Unit, position: u32) -> Option<usize> {
        let mut place = Place::start(raw, unit);
        while place.count < position && place.step() {}
        (place.count == position).then_some(place.byte)
    }

    proptest::proptest! {
        #[test]
        fn what_is_skipped_is_counted(raw in "\u{feff}{0,2}([a-z é—🚲]{0,90}\r?\n?){0,9}", at in 0..600u32, next in 0..9u32) {
            let wanted = SortedSet::of_keys([at, at + next]);
            for unit in Unit::ALL {
                let found = locate(&raw, unit, &wanted);
                for position in [at, at + next] {
                    proptest::prop_assert_eq!(found.get(&position).copied(), slowly(&raw, unit, position));
                }
            }
        }
    }
}
