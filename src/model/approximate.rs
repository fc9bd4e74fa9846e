//! Finds words that were changed a little. Knows nothing of spans that are found exactly.
//!
//! Short stretches of the quote that still stand in the text (seeds) say where to look; there the
//! edit distance between the quote and the best part of a window is computed (Sellers, 1980).

use super::selector::Quote;
use super::sorted::sort_by_key;
use super::text::{Span, Text};

/// The least share of the quote that must be unchanged.
const ENOUGH: f32 = 0.7;

/// Longest stretch compared letter by letter, in code points; of a longer quote its two ends are.
const LONGEST: usize = 240;

/// How many code points a seed has, and how many places are looked at closely.
const SEED: usize = 10;
const MOST_PLACES: usize = 24;

/// The place most like `quote`, and the share of its characters that are unchanged there.
pub(super) fn find(text: &Text, quote: &Quote) -> Option<(Span, f32)> {
    let words: Vec<char> = quote.exact.chars().collect();
    let (start, end, share) = if words.len() <= LONGEST {
        find_short(text.as_str(), &words, quote)?
    } else {
        find_long(text.as_str(), &words, quote)?
    };
    Some((text.span(start, end)?, share))
}

/// Finds both ends of a long quote; what lies between must be about as long as it was.
fn find_long(content: &str, words: &[char], quote: &Quote) -> Option<(usize, usize, f32)> {
    let (start, head_end, head) = find_short(content, &words[..LONGEST], quote)?;
    let rest = &content[head_end..];
    let (_, tail_end, tail) = find_short(rest, &words[words.len() - LONGEST..], quote)?;
    let end = head_end + tail_end;
    let length = content[start..end].chars().count() as f32 / words.len() as f32;
    (0.7..1.3)
        .contains(&length)
        .then(|| (start, end, head.min(tail)))
}

fn find_short(content: &str, words: &[char], quote: &Quote) -> Option<(usize, usize, f32)> {
    let slack = words.len() / 3 + 4;
    let mut best: Option<(usize, usize, f32, f32)> = None;
    for place in places(content, words) {
        let (from, window) = window(content, place, slack, words.len() + 2 * slack);
        let (start, end, distance) = nearest(&window, words);
        let share = 1.0 - distance as f32 / words.len() as f32;
        if share < ENOUGH {
            continue;
        }
        let byte =
            |count: usize| from + window[..count].iter().map(|c| c.len_utf8()).sum::<usize>();
        let (start, end) = (byte(start), byte(end));
        let rank = share + 0.2 * context(content, start, end, quote);
        if best.is_none_or(|(_, _, _, top)| rank > top) {
            best = Some((start, end, share, rank));
        }
    }
    best.map(|(start, end, share, _)| (start, end, share))
}

/// Where the quote may begin, in bytes (it may lie a little before 0, which counts as 0).
fn places(content: &str, words: &[char]) -> Vec<usize> {
    let length = SEED.min((words.len() / 3).max(3));
    let mut seeds: Vec<Vec<usize>> = (0..words.len().saturating_sub(length - 1))
        .step_by(length)
        .map(|at| {
            let needle: String = words[at..at + length].iter().collect();
            let before: usize = words[..at].iter().map(|c| c.len_utf8()).sum();
            let hits = content.match_indices(&needle).take(MOST_PLACES);
            hits.map(|(hit, _)| hit.saturating_sub(before)).collect()
        })
        .collect();
    // A seed that stands in few places says most about where the quote is.
    sort_by_key(&mut seeds, Vec::len);
    let mut found: Vec<usize> = Vec::new();
    for start in seeds.into_iter().flatten() {
        if !found.iter().any(|&known| known.abs_diff(start) <= length) {
            found.push(start);
        }
        if found.len() == MOST_PLACES {
            break;
        }
    }
    found
}

/// `length` characters of `content`, beginning `slack` characters before byte `place`.
fn window(content: &str, place: usize, slack: usize, length: usize) -> (usize, Vec<char>) {
    let place = content.floor_char_boundary(place);
    let back = content[..place].char_indices().rev().take(slack).last();
    let from = back.map_or(place, |(at, _)| at);
    (from, content[from..].chars().take(length).collect())
}

/// The part of `window` with the least edit distance to `words`: start, end, distance.
fn nearest(window: &[char], words: &[char]) -> (usize, usize, usize) {
    // One column of the Sellers table at a time: (distance, where this match begins).
    let mut column: Vec<(usize, usize)> = (0..=words.len()).map(|row| (row, 0)).collect();
    let mut best = (0, 0, words.len());
    for (at, &letter) in window.iter().enumerate() {
        let mut diagonal = column[0];
        column[0] = (0, at + 1);
        for row in 1..=words.len() {
            let changed = diagonal.0 + usize::from(letter != words[row - 1]);
            let above = (column[row - 1].0 + 1, column[row - 1].1);
            let left = (column[row].0 + 1, column[row].1);
            diagonal = std::mem::replace(
                &mut column[row],
                [(changed, diagonal.1), above, left]
                    .into_iter()
                    .min_by_key(|cell| cell.0)
                    .expect("three cells are not none"),
            );
        }
        let (distance, start) = column[words.len()];
        let unlike = |(start, end, distance): (usize, usize, usize)| {
            (distance, (end - start).abs_diff(words.len()))
        };
        if unlike((start, at + 1, distance)) < unlike(best) {
            best = (start, at + 1, distance);
        }
    }
    best
}

/// How much of the context stands around a place, 0 to 1.
fn context(content: &str, start: usize, end: usize, quote: &Quote) -> f32 {
    let wanted = quote.prefix.chars().count() + quote.suffix.chars().count();
    if wanted == 0 {
        return 0.0;
    }
    let same = |(a, b): &(char, char)| a == b;
    let left = content[..start]
        .chars()
        .rev()
        .zip(quote.prefix.chars().rev());
    let right = content[end..].chars().zip(quote.suffix.chars());
    let kept = left.take_while(same).count() + right.take_while(same).count();
    kept as f32 / wanted as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_part_of_a_window_is_the_one_with_fewest_changes() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        let (start, end, distance) = nearest(&chars("xx brigde yy"), &chars("bridge"));
        assert_eq!((start, end, distance), (3, 9, 2));
        assert_eq!(nearest(&chars("abc"), &chars("abc")), (0, 3, 0));
    }

    #[test]
    fn a_long_quote_is_found_by_its_two_ends() {
        let sentence = |n: usize| format!("Sentence number {n} says a thing of its own. ");
        let old: String = (0..40).map(sentence).collect();
        let new = old.replace("number 20 says", "number twenty tells");
        let text = Text::new(&format!("Preface. {new} End.")).expect("has text");
        let quote = Quote {
            exact: old.trim().to_owned(),
            ..Quote::default()
        };
        let (span, share) = find(&text, &quote).expect("found");
        assert_eq!(text.slice(span), new.trim());
        assert!(share > 0.9);
    }
}
