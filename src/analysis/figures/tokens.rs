//! A sentence as words, numbers and signs. Knows nothing of what they mean.

use std::borrow::Cow;

use super::super::words::fold;
use crate::model::{Span, Text};

/// In the place of digits of which nobody can say what number they are.
const NO_NUMBER: &str = "0?";

/// A word, a number with its points and commas, or one sign.
pub(super) struct Token {
    /// Small letters without accents; a number without commas.
    pub word: String,
    /// Where it stands in the text, in bytes.
    pub start: usize,
    pub end: usize,
}

impl Token {
    /// Whether it is no word and no number.
    pub fn is_sign(&self) -> bool {
        !self.word.starts_with(char::is_alphanumeric)
    }
}

/// The tokens of a span.
pub(super) fn tokens(text: &Text, span: Span) -> Vec<Token> {
    let (slice, base) = (text.slice(span), span.start().bytes());
    let mut found: Vec<Token> = Vec::new();
    let mut from = 0;
    for (at, c) in slice.char_indices().filter(|it| !it.1.is_whitespace()) {
        if at < from {
            continue;
        }
        let end = at + length(&slice[at..]).max(c.len_utf8());
        let mut word = String::new();
        fold(&plain(&slice[at..end]), &mut word);
        found.push(Token {
            word,
            start: base + at,
            end: base + end,
        });
        from = end;
    }
    found
}

/// A number with a point before its fractions, whatever stood there: “12,5” is twelve and a half, “12,500” are
/// thousands. What could be either, or neither, is none: “52.000”.
fn plain(word: &str) -> Cow<'_, str> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.into();
    }
    let (first, rest) = word.split_once([',', '.']).unwrap_or((word, ""));
    let are_thousands = |rest: &str, sign: char| rest.split(sign).all(|it| it.len() == 3);
    match word.split_once(',') {
        Some((_, behind)) => {
            let (groups, _) = behind.split_once('.').unwrap_or((behind, ""));
            match (are_thousands(groups, ','), behind.len()) {
                (true, _) if first.len() <= 3 => word.into(),
                (false, 1 | 2) if !word.contains('.') => word.replace(',', ".").into(),
                _ => NO_NUMBER.into(),
            }
        }
        None if first != "0" && rest.len() == 3 => NO_NUMBER.into(),
        None => word.into(),
    }
}

/// How long the word or number is that a text begins with: a point or comma within a number belongs to
/// it, an apostrophe to a word.
fn length(text: &str) -> usize {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let is_inner = match c {
            '.' | ',' => is_number && next.is_some_and(|it| it.is_ascii_digit()),
            '\'' | '’' => at > 0 && next.is_some_and(char::is_alphabetic),
            _ => matches!(c, '\u{300}'..='\u{36f}') && at > 0,
        };
        // “38m” is a number and a word.
        let is_same = c.is_alphanumeric() && (!is_number || c.is_ascii_digit());
        if !is_inner && !is_same {
            break;
        }
        end = at + c.len_utf8();
    }
    // “22nd” is one word.
    let rest = &text[end..];
    let is_ordinal = ["st", "nd", "rd", "th"].iter().any(|it| {
        rest.strip_prefix(it)
            .is_some_and(|it| !it.starts_with(char::is_alphanumeric))
    });
    if is_number && is_ordinal {
        end + 2
    } else {
        end
    }
}

/// The word of a token; empty behind the last one.
pub(super) fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |it| it.word.as_str())
}

/// Whether these words, with blanks between, stand from a token on.
pub(super) fn says(tokens: &[Token], from: usize, words: &str) -> bool {
    words
        .split(' ')
        .enumerate()
        .all(|it| word(tokens, from + it.0) == it.1)
}
