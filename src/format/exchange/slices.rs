//! Large files of lines, one article each, cut so that they can be read part by part while the page stays
//! at hand. Knows nothing of what stands in the lines.

use std::ops::Range;

use crate::format::{Joining, Reading};

/// The formats of which each line says all of its article. Articles alone have no name.
const OF_LINES: [&str; 5] = [
    "prodigy",
    "hugging-face",
    "doccano",
    "doccano-code-points",
    "",
];

/// Some of the lines of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    /// Where they stand, in bytes.
    pub range: Range<usize>,
    /// The number of the first, from 1.
    pub first_line: u32,
}

/// The slices of a file in a format, each of about so many bytes; one of all where it cannot be cut.
pub fn slices(format: &str, bytes: &[u8], length: usize) -> Vec<Slice> {
    let whole = Slice {
        range: 0..bytes.len(),
        first_line: 1,
    };
    if !OF_LINES.contains(&format) || bytes.first() != Some(&b'{') || bytes.contains(&0) {
        return vec![whole];
    }
    let mut slices: Vec<Slice> = Vec::new();
    let (mut start, mut first_line) = (0, 1);
    let mut lines = 0;
    for (at, _) in bytes.iter().enumerate().filter(|it| *it.1 == b'\n') {
        lines += 1;
        let next = at + 1;
        if next - start < length || next == bytes.len() {
            continue;
        }
        match bytes[next] {
            b'{' => {}
            b'\n' | b'\r' => continue,
            // An object that goes over several lines is one value, not lines.
            _ => return vec![whole],
        }
        slices.push(Slice {
            range: start..next,
            first_line,
        });
        start = next;
        first_line += lines;
        lines = 0;
    }
    slices.push(Slice {
        range: start..bytes.len(),
        first_line,
    });
    slices
}

/// What slices gave, as one. Notices that say how many are added up.
#[derive(Default)]
pub struct Joined {
    joining: Joining,
    /// The number with which a notice begins, and the rest of it.
    told: Vec<(Option<usize>, String)>,
}

impl Joined {
    /// Adds what the next slice gave.
    pub fn add(&mut self, mut next: Reading) {
        for notice in std::mem::take(&mut next.notices) {
            let Some((count, rest)) = counted(&notice) else {
                self.told.push((None, notice));
                continue;
            };
            let known = |it: &&mut (Option<usize>, String)| it.0.is_some() && it.1 == rest;
            match self.told.iter_mut().find(known) {
                Some((sum, _)) => *sum = sum.map(|it| it + count),
                None => self.told.push((Some(count), rest)),
            }
        }
        self.joining.add(next);
    }

    /// What there is so far, without notices.
    pub fn so_far(&self) -> &Reading {
        self.joining.so_far()
    }

    /// All of it.
    pub fn finish(self) -> Reading {
        let mut all = self.joining.finish();
        let told = self.told.into_iter().map(|(count, rest)| match count {
            Some(count) => format!("{count} {rest}"),
            None => rest,
        });
        all.notices = told.collect();
        all
    }
}

/// The number with which a sentence begins, and the rest.
fn counted(notice: &str) -> Option<(usize, String)> {
    let (count, rest) = notice.split_once(' ')?;
    Some((count.parse().ok()?, rest.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_cut_between_its_lines() {
        let text = b"{1}\n{22}\n{3}\n\n{4}";
        let cut = |format, bytes, length| {
            let slices = slices(format, bytes, length).into_iter();
            slices
                .map(|it| (it.range, it.first_line))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            cut("prodigy", text, 4),
            [(0..4, 1), (4..9, 2), (9..14, 3), (14..17, 5)],
            "before an empty line is no place to cut"
        );
        for (format, bytes) in [
            ("csv", &text[..]),
            ("prodigy", b"[{1},\n{2}]"),
            ("prodigy", b"{\n1\n}\n"),
        ] {
            assert_eq!(cut(format, bytes, 2), [(0..bytes.len(), 1)]);
        }
    }

    #[test]
    fn numbers_of_slices_are_added_up() {
        let told = |notices: &[&str]| Reading {
            notices: notices.iter().map(|&it| it.to_owned()).collect(),
            ..Reading::default()
        };
        let mut joined = Joined::default();
        joined.add(told(&["2 marks moved.", "Odd."]));
        joined.add(told(&["3 marks moved."]));
        assert_eq!(joined.finish().notices, ["5 marks moved.", "Odd."]);
    }
}
