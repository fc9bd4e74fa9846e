//! Finding words in a text, with places that are true in the text as it stands.
//!
//! Knows nothing of where the words come from and what becomes of the places.
//!
//! # What counts as the same
//!
//! - Every white space, line ends among them, is a space. `‘ ’ ‚ ‛ ʼ ′` are `'`, and `“ ” „ ‟ ″` are
//!   `"`. `‐ ‑ ‒ – — ―` and the minus sign are `-`. People type the plain ones. This holds with
//!   exact case, too.
//! - Without exact case, two letters are the same where the small letters of the capitals of their
//!   small letters are: `ß` and `ẞ` are `ss`, both small sigmas are one, `ﬁ` is `fi`. `İ` is an `i`
//!   with a dot above.
//! - All else is compared as it stands. An `é` of one character and one of two are different.
//! - A match begins and ends between two characters as people see them, never inside of one: `s` is
//!   not found in `ß`, `e` not in an `é` of two.
//! - A match is of *whole words* where no letter, digit or underscore inside of it touches another
//!   outside of it. In `Anna’s` there is the word `Anna`. In writing without spaces (Chinese,
//!   Japanese, Thai, Lao, Khmer, Burmese) every place may be the border of a word.
//! - Matches do not overlap: the first one from the left counts.

use crate::model::sorted::SortedMap;
use crate::model::{Span, Text, is_grapheme_boundary};

/// The small letters of the capitals of the small letter. The tables behind it are large, and the browser
/// has them already.
pub type FoldCase = dyn Fn(char) -> String;

/// A text in the form in which it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    content: String,
    /// The characters that are not one character of the same length in `content`, in order.
    others: Vec<Other>,
}

/// Where such a character stands, in bytes: in the folded text and in the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Other {
    folded: (u32, u32),
    itself: (u32, u32),
}

impl Folded {
    /// The form of `text`; letters are made the same by `fold_case`, and stay as they are without.
    pub fn new(text: &str, fold_case: Option<&FoldCase>) -> Self {
        let mut folded = Self {
            content: String::with_capacity(text.len()),
            others: Vec::new(),
        };
        let mut known = SortedMap::default();
        for (at, c) in text.char_indices() {
            match (plain(c), fold_case) {
                (' '..='~', None) => folded.put(at, c, plain(c)),
                (plain @ ' '..='~', Some(_)) => folded.put(at, c, plain.to_ascii_lowercase()),
                (_, Some(fold_case)) if may_have_case(c) => {
                    if known.get(&c).is_none() {
                        known.insert(c, fold_case(c));
                    }
                    folded.put_all(at, c, known.get(&c).map_or("", |it: &String| it));
                }
                _ => folded.content.push(c),
            }
        }
        folded
    }

    fn put(&mut self, at: usize, c: char, one: char) {
        self.put_all(at, c, one.encode_utf8(&mut [0; 4]));
    }

    fn put_all(&mut self, at: usize, c: char, folded: &str) {
        let start = self.content.len();
        self.content.push_str(folded);
        let is_alike = folded.len() == c.len_utf8() && folded.chars().nth(1).is_none();
        if !is_alike {
            self.others.push(Other {
                folded: (start as u32, self.content.len() as u32),
                itself: (at as u32, (at + c.len_utf8()) as u32),
            });
        }
    }

    /// The byte of the text at a byte of the folded one; `None` inside of a character. `near` is how
    /// many of the others begin before an earlier byte, and then how many begin before this one: to
    /// look them up by halving would take longer than the search.
    fn place(&self, at: usize, near: &mut usize) -> Option<usize> {
        let at = at as u32;
        let begins_before = |it: &Other| it.folded.0 <= at;
        while self.others.get(*near).is_some_and(begins_before) {
            *near += 1;
        }
        let Some(other) = near.checked_sub(1).map(|last| self.others[last]) else {
            return Some(at as usize);
        };
        let place = match at.checked_sub(other.folded.1) {
            Some(after) => other.itself.1 + after,
            None if at == other.folded.0 => other.itself.0,
            None => return None,
        };
        Some(place as usize)
    }
}

/// All places of `words` in `text`, which `folded` is the form of, from the left. Both forms are made
/// in the same way.
pub fn find(text: &Text, folded: &Folded, words: &Folded, whole_words: bool) -> Vec<Span> {
    let (all, wanted) = (folded.content.as_bytes(), words.content.as_bytes());
    let mut found = Vec::new();
    let Some((rare, byte)) = rarest(wanted) else {
        return found;
    };
    let (mut at, mut near) = (0, 0);
    while let Some(place) = next_of(&folded.content, at + rare, byte) {
        let start = place - rare;
        at = start + 1;
        if all[start..].starts_with(wanted) {
            let end = start + wanted.len();
            let from = folded.place(start, &mut near);
            let places = from.zip(folded.place(end, &mut near.clone()));
            let is_border = |at| is_border(text.as_str(), at, whole_words);
            if let Some((from, to)) = places.filter(|it| is_border(it.0) && is_border(it.1)) {
                found.extend(text.span(from, to));
                at = end;
            }
        }
    }
    found
}

/// The letters of European texts, the commonest first.
const COMMON: &[u8] = b" etaoinsrhldcumfpgwybvkxjqz";

/// The byte of some words that stands most seldom in texts, and its place: it is what one looks for, and most
/// other places are never looked at.
fn rarest(words: &[u8]) -> Option<(usize, u8)> {
    let rank = |byte: u8| match byte {
        // What begins characters of other scripts is the same for most of these.
        0xc0.. => 0,
        0x80.. => 8,
        _ => COMMON.iter().position(|it| *it == byte).unwrap_or(12),
    };
    let found = words.iter().enumerate().max_by_key(|it| rank(*it.1));
    found.map(|(at, byte)| (at, *byte))
}

/// The next place of a byte.
fn next_of(content: &str, from: usize, byte: u8) -> Option<usize> {
    if byte.is_ascii() && !COMMON[..12].contains(&byte) {
        // The standard library goes several bytes at once, which pays where few are the one.
        let from = content.ceil_char_boundary(from);
        return Some(from + content.get(from..)?.find(byte as char)?);
    }
    let rest = content.as_bytes().get(from..)?;
    Some(from + rest.iter().position(|it| *it == byte)?)
}

/// What people type for a character.
fn plain(c: char) -> char {
    match c {
        ' '..='~' => c,
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' => '\'',
        '“' | '”' | '„' | '‟' | '″' => '"',
        '‐'..='―' | '−' => '-',
        _ if c.is_whitespace() => ' ',
        _ => c,
    }
}

/// Not so for most of the writing of Asia, whose many characters need then not be looked up.
fn may_have_case(c: char) -> bool {
    !matches!(c, '\u{590}'..='\u{109f}' | '\u{2e80}'..='\u{a63f}' | '\u{ac00}'..='\u{faff}' | '\u{20000}'..)
}

/// Whether a match may begin or end at a byte of the text.
fn is_border(text: &str, at: usize, whole_words: bool) -> bool {
    let sides = (text[..at].chars().next_back(), text[at..].chars().next());
    let (Some(before), Some(after)) = sides else {
        return true;
    };
    let joins = whole_words && in_word(before) && in_word(after);
    is_grapheme_boundary(text, at) && !(joins && !is_unspaced(before) && !is_unspaced(after))
}

/// Letters, digits, the underscore, and what stands between or over letters of one word.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}')
}

/// Whether a character is of a writing without spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests;
