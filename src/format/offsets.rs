//! The border between the positions of a file and the bytes of a text. Knows nothing of what
//! stands at the positions.

use crate::model::sorted::{SortedMap, SortedSet};

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

    fn width(self, c: char, ends_in_lf: bool) -> usize {
        match self {
            Unit::CodePoint => 1,
            Unit::Utf16 => c.len_utf16(),
            Unit::Byte => c.len_utf8(),
            Unit::CodePointOfLines => usize::from(!ends_in_lf),
            Unit::Utf16OfLines => usize::from(!ends_in_lf) * c.len_utf16(),
        }
    }
}

/// For each wanted position in `raw`, a text as its file has it, the byte in the
/// [`Text`](crate::model::Text) made of it (no byte order mark, LF line ends). Positions that
/// split a character or lie past the end have none.
pub(super) fn locate(raw: &str, unit: Unit, wanted: &SortedSet<u32>) -> SortedMap<u32, usize> {
    let mut wanted = wanted.keys().map(|&it| it as usize).peekable();
    let mut found = SortedMap::default();
    let (mut count, mut byte) = (0, 0);
    let mut note = |count: usize, byte: usize| {
        while wanted.next_if(|&it| it < count).is_some() {}
        if wanted.next_if_eq(&count).is_some() {
            found.insert(count as u32, byte);
        }
    };
    let mut letters = raw.chars().peekable();
    let mut at_start = true;
    while let Some(c) = letters.next() {
        note(count, byte);
        let ends_in_lf = c == '\r' && letters.peek() == Some(&'\n');
        at_start &= c == '\u{feff}';
        let dropped = ends_in_lf || at_start;
        count += unit.width(c, ends_in_lf);
        byte += if dropped { 0 } else { c.len_utf8() };
    }
    note(count, byte);
    found
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
}
