//! What differs between two short texts, word by word. Knows nothing of where they come from.
//!
//! Case, accents and the kind of marks are no difference: [`Piece`] says where a piece stands in either
//! text, so that both can be shown as they are.

use std::ops::Range;

use super::words::fold;

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

/// Between two stretches this much is compared, in pairs of words and signs; of longer ones only what is
/// the same at their beginnings and ends is found, and the rest counts as replaced.
const MOST_PAIRS: usize = 4_000_000;

/// A word, a sign or a blank.
struct Token {
    range: Range<usize>,
    form: String,
    /// How much it is worth to find it again: words before signs, signs before blanks.
    worth: u32,
}

/// Where two texts are the same and where they differ.
pub fn compare(first: &str, second: &str) -> Vec<Piece> {
    let (a, b) = (tokens(first), tokens(second));
    let is_same = |(a, b): &(&Token, &Token)| a.form == b.form;
    let head = a.iter().zip(&b).take_while(is_same).count();
    let backward = a[head..].iter().rev().zip(b[head..].iter().rev());
    let tail = backward.take_while(is_same).count();
    let (a_middle, b_middle) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    if a_middle.len() * b_middle.len() <= MOST_PAIRS {
        let found = longest(a_middle, b_middle);
        pairs.extend(found.into_iter().map(|it| (it.0 + head, it.1 + head)));
    }
    pairs.extend(
        (0..tail)
            .rev()
            .map(|it| (a.len() - 1 - it, b.len() - 1 - it)),
    );
    pieces(&a, &b, &without_lone_signs(&a, pairs))
}

fn tokens(text: &str) -> Vec<Token> {
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

/// The pairs of like tokens, in order, that are worth most together.
fn longest(a: &[Token], b: &[Token]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut worth = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let skip = worth[(i + 1) * width + j].max(worth[i * width + j + 1]);
            worth[i * width + j] = match a[i].form == b[j].form {
                true => skip.max(worth[(i + 1) * width + j + 1] + a[i].worth),
                false => skip,
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        let here = worth[i * width + j];
        if a[i].form == b[j].form && here == worth[(i + 1) * width + j + 1] + a[i].worth {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if here == worth[(i + 1) * width + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
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
        let mut shown = String::new();
        for piece in compare(first, second) {
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
            ("", "so", "[+so]"),
            ("one", "two", "[-one][+two]"),
        ] {
            assert_eq!(shown(first, second), differences);
        }
    }

    proptest! {
        #[test]
        fn the_pieces_join_up_to_both_texts(
            first in "([a-cA-C’é,.\"“] ?){0,30}",
            second in "([a-cA-C’é,.\"“] ?){0,30}",
        ) {
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
