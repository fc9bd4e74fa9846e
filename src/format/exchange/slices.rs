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

/// The slices of a file in a format, in bytes, each of about so many; one of all where it cannot be cut.
pub fn slices(format: &str, bytes: &[u8], length: usize) -> Vec<Range<usize>> {
    let whole = 0..bytes.len();
    if !OF_LINES.contains(&format) || bytes.first() != Some(&b'{') || bytes.contains(&0) {
        return vec![whole];
    }
    let mut slices = Vec::new();
    let (mut start, mut from) = (0, length);
    while let Some(at) = bytes.get(from..).and_then(line_end) {
        let next = from + at + 1;
        match bytes.get(next) {
            None => break,
            Some(b'{') => {
                slices.push(start..next);
                start = next;
                from = next + length;
            }
            Some(b'\n' | b'\r') => from = next,
            // An object that goes over several lines is one value, not lines.
            Some(_) => return vec![whole],
        }
    }
    slices.push(start..bytes.len());
    slices
}

fn line_end(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|it| *it == b'\n')
}

/// How many lines end in some bytes.
pub fn count_lines(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|it| **it == b'\n').count() as u32
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
        assert_eq!(
            slices("prodigy", text, 3),
            [0..4, 4..9, 9..14, 14..17],
            "before an empty line is no place to cut"
        );
        assert_eq!(count_lines(&text[..14]), 4);
        for (format, bytes) in [
            ("csv", &text[..]),
            ("prodigy", b"[{1},\n{2}]"),
            ("prodigy", b"{\n1\n}\n"),
        ] {
            let whole = 0..bytes.len();
            assert_eq!(slices(format, bytes, 1), [whole]);
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
