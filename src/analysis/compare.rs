//! What differs between two texts, word by word. Knows nothing of where they come from.
//!
//! Case, accents and the kind of marks are no difference: [`Piece`] says where a piece stands in either
//! text, so that both can be shown as they are.

pub(super) mod pairs;
mod sliding;

use std::ops::Range;

use super::words::{fold, form};
use sliding::slid;

/// A piece of two texts. The pieces join up to both of them, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands in the first text, in bytes; empty where it was added.
    pub first: Range<usize>,
    /// Where it stands in the second text; empty where it was left out.
    pub second: Range<usize>,
    /// Whether both read the same.
    pub is_same: bool,
}

/// A word, a sign or a blank.
pub(super) struct Token {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    form: String,
    /// How much it is worth to find it again: words before signs, signs before blanks.
    worth: u32,
}

impl Token {
    /// What stands for it in a list.
    fn coded(&self) -> (u32, u32) {
        (form(&self.form), self.worth)
    }

    /// Whether it is a word rather than a sign or a blank.
    pub fn is_word(&self) -> bool {
        self.worth == 8
    }
}

/// Where two texts are the same and where they differ.
pub fn compare(first: &str, second: &str) -> Vec<Piece> {
    let (a, b) = (tokens(first), tokens(second));
    pieces(&a, &b, &alike(&a, &b))
}

/// The same for two wordings of a quotation: a mark that one of them has at its end, and the other has
/// not, is no difference, since it belongs to the text around it.
pub fn compare_wordings(first: &str, second: &str) -> Vec<Piece> {
    let mut all = compare(first, second);
    let is_mark = |c: char| sign(c) == '"';
    let marks = |text: &str, range: &Range<usize>| {
        let words = &text[range.clone()];
        let head = words.len() - words.trim_start_matches(is_mark).len();
        (head, words.trim_end_matches(is_mark).len())
    };
    let same = |first: Range<usize>, second: Range<usize>| Piece {
        first,
        second,
        is_same: true,
    };
    if let Some(piece) = all.first_mut().filter(|it| !it.is_same) {
        let (one, two) = (marks(first, &piece.first).0, marks(second, &piece.second).0);
        (piece.first.start, piece.second.start) = (one, two);
        all.insert(0, same(0..one, 0..two));
    }
    if let Some(piece) = all.last_mut().filter(|it| !it.is_same) {
        let one = piece.first.start + marks(first, &piece.first).1;
        let two = piece.second.start + marks(second, &piece.second).1;
        (piece.first.end, piece.second.end) = (one, two);
        all.push(same(one..first.len(), two..second.len()));
    }
    all.retain(|it| !(it.first.is_empty() && it.second.is_empty()));
    all
}

/// The places of the tokens that two texts have in common, in order.
pub(super) fn alike(a: &[Token], b: &[Token]) -> Vec<(usize, usize)> {
    let [one, other] = [a, b].map(|it| it.iter().map(Token::coded).collect::<Vec<_>>());
    without_lone_signs(a, slid(a, b, pairs::of(&one, &other)))
}

/// What stands for several tokens together.
pub(super) fn coded(tokens: &[Token]) -> (u32, u32) {
    let step = |all: (u32, u32), it: &Token| {
        let (code, worth) = it.coded();
        ((all.0 ^ code).wrapping_mul(0x0100_0193), all.1 + worth)
    };
    tokens.iter().fold((0x811c_9dc5, 0), step)
}

/// A text as its words, signs and blanks, which join up to all of it.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut was_word = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let next = text[end..].chars().next();
        let is_apostrophe = matches!(c, '\'' | '’') && next.is_some_and(char::is_alphanumeric);
        let is_mark = matches!(c, '\u{300}'..='\u{36f}');
        let is_word = c.is_alphanumeric() || was_word && (is_apostrophe || is_mark);
        match found.last_mut() {
            Some(last) if is_word && was_word => last.range.end = end,
            _ => found.push(Token {
                range: at..end,
                form: sign(c).to_string(),
                worth: match (is_word, c.is_whitespace()) {
                    (true, _) => 8,
                    (_, true) => 1,
                    _ => 2,
                },
            }),
        }
        was_word = is_word;
    }
    for token in found.iter_mut().filter(|it| it.worth == 8) {
        token.form.clear();
        fold(&text[token.range.clone()], &mut token.form);
    }
    found
}

/// What a sign is compared as.
fn sign(c: char) -> char {
    match c {
        '‘' | '’' | '“' | '”' | '„' | '«' | '»' | '\'' => '"',
        '–' | '—' | '−' => '-',
        _ if c.is_whitespace() => ' ',
        _ => c,
    }
}

/// Leaves out what holds no word and stands between differences on both sides: a blank between two
/// replaced words says nothing.
fn without_lone_signs(a: &[Token], pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let follows =
        |one: &(usize, usize), next: &(usize, usize)| one.0 + 1 == next.0 && one.1 + 1 == next.1;
    let runs: Vec<&[(usize, usize)]> = pairs.chunk_by(follows).collect();
    let last = runs.len().saturating_sub(1);
    let keeps = |(at, run): &(usize, &&[(usize, usize)])| {
        let has_word = run.iter().any(|it| a[it.0].worth == 8);
        has_word || *at == 0 && run[0] == (0, 0) || *at == last && run[0].0 + run.len() == a.len()
    };
    let kept = runs.iter().enumerate().filter(keeps);
    kept.flat_map(|it| it.1.iter().copied()).collect()
}

fn pieces(a: &[Token], b: &[Token], pairs: &[(usize, usize)]) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let (mut first, mut second) = (0, 0);
    let mut put = |first: Range<usize>, second: Range<usize>, is_same: bool| {
        if first.is_empty() && second.is_empty() {
            return;
        }
        match found.last_mut() {
            Some(last) if last.is_same == is_same => {
                (last.first.end, last.second.end) = (first.end, second.end);
            }
            _ => found.push(Piece {
                first,
                second,
                is_same,
            }),
        }
    };
    for &(i, j) in pairs {
        let (one, other) = (&a[i].range, &b[j].range);
        put(first..one.start, second..other.start, false);
        put(one.clone(), other.clone(), true);
        (first, second) = (one.end, other.end);
    }
    let end = |all: &[Token]| all.last().map_or(0, |it| it.range.end);
    put(first..end(a), second..end(b), false);
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The pieces as a text: what is left out in `[-…]`, what is added in `[+…]`.
    fn shown(first: &str, second: &str) -> String {
        written(compare(first, second), first, second)
    }

    fn written(pieces: Vec<Piece>, first: &str, second: &str) -> String {
        let mut shown = String::new();
        for piece in pieces {
            let (one, other) = (&first[piece.first], &second[piece.second]);
            match piece.is_same {
                true => shown.push_str(other),
                false => {
                    for (mark, words) in [("-", one), ("+", other)] {
                        if !words.is_empty() {
                            shown.push_str(&format!("[{mark}{words}]"));
                        }
                    }
                }
            }
        }
        shown
    }

    #[test]
    fn differences_are_shown_word_by_word() {
        for (first, second, differences) in [
            ("it is safe", "it is safe", "it is safe"),
            ("it is safe", "It is not safe", "It is [+not ]safe"),
            (
                "We sang, because they cried",
                "“We sang,”",
                "[+“]We sang,[- because they cried][+”]",
            ),
            (
                "the old red boat left",
                "the new blue boat left",
                "the [-old red][+new blue] boat left",
            ),
            ("It’s “so”", "it's \"so\"", "it's \"so\""),
            ("One. Two. Three.", "One. Three.", "One. [-Two. ]Three."),
            ("One. Three.", "One. Two. Three.", "One. [+Two. ]Three."),
            ("Here I am. Gone.", "Here I am.", "Here I am.[- Gone.]"),
            ("", "so", "[+so]"),
            ("one", "two", "[-one][+two]"),
        ] {
            assert_eq!(shown(first, second), differences);
        }
    }

    #[test]
    fn marks_at_the_ends_of_wordings_are_no_difference() {
        for (first, second, differences) in [
            ("it is safe", "“it is safe”", "“it is safe”"),
            ("it is safe,", "is safe.”", "[-it ]is safe[-,][+.]”"),
            ("“it is safe”", "it is", "it is[- safe]"),
            (
                "We sang, because they cried",
                "“We sang,”",
                "“We sang,[- because they cried]”",
            ),
            ("one", "“two”", "“[-one][+two]”"),
            ("one “two” three", "one two three", "one [-“]two[-”] three"),
            ("", "“so”", "“[+so]”"),
            ("“", "”", "”"),
        ] {
            let pieces = compare_wordings(first, second);
            assert_eq!(written(pieces, first, second), differences);
        }
    }

    proptest! {
        #[test]
        fn the_pieces_join_up_to_both_texts(
            first in "([a-cA-C’é,.\"“] ?){0,30}",
            second in "([a-cA-C’é,.\"“] ?){0,30}",
        ) {
            let wordings = compare_wordings(&first, &second);
            let joined = |text: &str, part: fn(&Piece) -> Range<usize>| {
                wordings.iter().map(|it| &text[part(it)]).collect::<String>()
            };
            prop_assert_eq!(joined(&first, |it| it.first.clone()), first.as_str());
            prop_assert_eq!(joined(&second, |it| it.second.clone()), second.as_str());
            let pieces = compare(&first, &second);
            let one: String = pieces.iter().map(|it| &first[it.first.clone()]).collect();
            let other: String = pieces.iter().map(|it| &second[it.second.clone()]).collect();
            prop_assert_eq!(&one, &first);
            prop_assert_eq!(&other, &second);
            for piece in &pieces {
                let forms = |text: &str| tokens(text).into_iter().map(|it| it.form).collect::<Vec<_>>();
                let (one, other) = (&first[piece.first.clone()], &second[piece.second.clone()]);
                prop_assert_eq!(piece.is_same, forms(one) == forms(other));
            }
        }
    }
}
