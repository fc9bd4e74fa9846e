//! The words of a text by their places, and which of them a mark holds. Knows nothing of who marked.
//!
//! What is compared between people is counted in words: they are the same in every script and every
//! browser, and a full stop more or less is no disagreement.

use std::ops::Range;

use crate::model::{Annotation, Span, Text, Unit, pieces};

/// The words of a text, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places {
    /// Each word.
    pub words: Vec<Span>,
    /// The words of each block; blocks without words are left out.
    pub blocks: Vec<Range<usize>>,
    /// The words of each sentence.
    pub sentences: Vec<Range<usize>>,
}

impl Places {
    /// Those of `text`.
    pub fn of(text: &Text) -> Self {
        let mut made = Self::default();
        for block in 0..text.blocks().len() {
            let first = made.words.len();
            made.words.extend(pieces(text, block, Unit::Token));
            let mut from = first;
            for sentence in pieces(text, block, Unit::Sentence) {
                let rest = &made.words[from..];
                let to = from + rest.partition_point(|it| it.start() < sentence.end());
                if to > from {
                    made.sentences.push(from..to);
                    from = to;
                }
            }
            if made.words.len() > first {
                made.blocks.push(first..made.words.len());
            }
        }
        made
    }

    /// The words of which `span` holds a character.
    pub fn within(&self, span: Span) -> Range<usize> {
        let first = self.words.partition_point(|it| it.end() <= span.start());
        let after = self.words.partition_point(|it| it.start() < span.end());
        first..after.max(first)
    }

    /// The words of each part of a mark; parts without words are left out, and parts that share a word
    /// are one.
    pub fn marked(&self, annotation: &Annotation) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for &span in annotation.fragments() {
            let words = self.within(span);
            match found.last_mut() {
                Some(last) if words.start < last.end => last.end = last.end.max(words.end),
                _ if words.is_empty() => {}
                _ => found.push(words),
            }
        }
        found
    }

    /// From the first of these words to the last; `None` where there is none.
    pub fn span(&self, words: &Range<usize>) -> Option<Span> {
        let all = self.words.get(words.clone())?;
        Some(all.first()?.hull(*all.last()?))
    }
}

/// How many words two lists of ranges, each in order and without overlaps, have in common.
pub(super) fn shared(one: &[Range<usize>], other: &[Range<usize>]) -> usize {
    let common = |a: &Range<usize>, b: &Range<usize>| {
        let (start, end) = (a.start.max(b.start), a.end.min(b.end));
        end.saturating_sub(start)
    };
    let all = one
        .iter()
        .flat_map(|a| other.iter().map(move |b| common(a, b)));
    all.sum()
}

/// Whether two lists of ranges have as many parts, and no end of one is farther from that of the other than so
/// many words.
pub(super) fn are_near(one: &[Range<usize>], other: &[Range<usize>], words: usize) -> bool {
    let near = |(a, b): (&Range<usize>, &Range<usize>)| {
        a.start.abs_diff(b.start) <= words && a.end.abs_diff(b.end) <= words
    };
    !one.is_empty() && one.len() == other.len() && one.iter().zip(other).all(near)
}

/// How many words a list of ranges holds.
pub(super) fn length(words: &[Range<usize>]) -> usize {
    words.iter().map(|it| it.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_holds_the_words_it_has_a_character_of() {
        let text = Text::new("One two. “Three,” four!\n\n— Five 漢").expect("has text");
        let places = Places::of(&text);
        let within = |words: &str| {
            let start = text.as_str().find(words).expect("it is there");
            let span = text.span(start, start + words.len()).expect("a span");
            places.within(span)
        };
        assert_eq!(places.words.len(), 6);
        assert_eq!(
            (places.blocks.clone(), places.sentences.len()),
            (vec![0..4, 4..6], 3)
        );
        assert_eq!(within("two. “Th"), 1..3);
        assert_eq!(within(",” "), 3..3, "no word at all");
        assert_eq!(within("our!\n\n— F"), 3..5);
        assert_eq!(
            places.span(&(1..3)).map(|it| text.slice(it)),
            Some("two. “Three")
        );
        assert_eq!(places.span(&(3..3)), None);
    }
}
