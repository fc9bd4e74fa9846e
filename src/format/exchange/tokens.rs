//! Words and signs as trainers of models take them, cut so that no mark ends within one. Knows nothing
//! of the formats.

use std::iter::Peekable;
use std::vec::IntoIter;

use super::selection::Article;
use crate::model::sorted::sort_by;
use crate::model::{self, Offset, Span, Text, Unit, is_grapheme_boundary, pieces};

/// The tokens of an article: words, and every other sign that is no white space, each cut at the bounds
/// of marks.
pub(super) fn tokens(article: &Article<'_>) -> Vec<Span> {
    let spans = article
        .marks
        .iter()
        .flat_map(|it| it.annotation.fragments());
    let mut ends: Vec<usize> = spans
        .flat_map(|it| [it.start().bytes(), it.end().bytes()])
        .collect();
    sort_by(&mut ends, Ord::cmp);
    let mut found = Found {
        text: article.text(),
        cuts: ends.into_iter().peekable(),
        tokens: Vec::new(),
    };
    for block in 0..article.text().blocks().len() {
        found.add_block(block);
    }
    found.tokens
}

/// The tokens of a text up to some place.
struct Found<'a> {
    text: &'a Text,
    /// Where marks begin and end, in bytes, from that place on.
    cuts: Peekable<IntoIter<usize>>,
    tokens: Vec<Span>,
}

impl Found<'_> {
    fn add_block(&mut self, block: usize) {
        let whole = self.text.blocks()[block].span();
        let mut at = whole.start().bytes();
        for word in pieces(self.text, block, Unit::Token) {
            self.add_signs(at, word.start().bytes());
            self.add_word(word);
            at = word.end().bytes();
        }
        self.add_signs(at, whole.end().bytes());
    }

    fn add_word(&mut self, word: Span) {
        let (mut start, end) = (word.start().bytes(), word.end().bytes());
        self.is_cut(start);
        while let Some(cut) = self.cuts.next_if(|it| *it < end) {
            self.push(start, cut);
            start = cut;
        }
        self.push(start, end);
    }

    /// Adds what is no word, character by character.
    fn add_signs(&mut self, from: usize, to: usize) {
        let content = self.text.as_str();
        // So stand most words beside each other.
        if matches!(&content.as_bytes()[from..to], b"" | b" ") {
            return;
        }
        let mut start: Option<usize> = None;
        for (offset, c) in content[from..to].char_indices() {
            let at = from + offset;
            let is_bound =
                c.is_whitespace() || self.is_cut(at) || is_grapheme_boundary(content, at);
            if let Some(start) = start.take_if(|_| is_bound) {
                self.push(start, at);
            }
            if !c.is_whitespace() && start.is_none() {
                start = Some(at);
            }
        }
        if let Some(start) = start {
            self.push(start, to);
        }
    }

    /// Whether a mark begins or ends at a byte; those before it have been.
    fn is_cut(&mut self, at: usize) -> bool {
        while self.cuts.next_if(|it| *it < at).is_some() {}
        self.cuts.peek() == Some(&at)
    }

    /// Adds a token; none where nothing lies between the bytes.
    fn push(&mut self, start: usize, end: usize) {
        self.tokens.extend(self.text.span(start, end));
    }
}

/// Spans of a text in the units that `count` counts. Each begins where the one before it ends, or later.
pub(super) fn counted_places(
    text: &str,
    spans: impl Iterator<Item = Span>,
    count: fn(&[u8]) -> u32,
) -> Vec<[u32; 2]> {
    let (mut at, mut place) = (0, 0);
    let mut go_to = |end: Offset| {
        place += count(&text.as_bytes()[at..end.bytes()]);
        at = end.bytes();
        place
    };
    spans
        .map(|it| [go_to(it.start()), go_to(it.end())])
        .collect()
}

/// The tokens that a span holds, as first and last place in the list; `None` where there is none.
pub(super) fn within(tokens: &[Span], span: Span) -> Option<(usize, usize)> {
    let first = tokens.partition_point(|it| it.start() < span.start());
    let after = tokens.partition_point(|it| it.end() <= span.end());
    (first < after).then(|| (first, after - 1))
}

/// The tokens in sentences. A mark is never in two: where one goes on, so does the sentence.
pub(super) fn sentences(article: &Article<'_>, tokens: &[Span]) -> Vec<std::ops::Range<usize>> {
    let text = article.text();
    let ends = model::sentences(text).map(|it| it.end().bytes());
    let spans = article
        .marks
        .iter()
        .flat_map(|it| it.annotation.fragments());
    let mut spans: Vec<(usize, usize)> = spans
        .map(|it| (it.start().bytes(), it.end().bytes()))
        .collect();
    sort_by(&mut spans, Ord::cmp);
    // Where the marks that have begun end at the latest.
    let mut reach = 0;
    let mut spans = spans.into_iter().peekable();
    let mut sentences = Vec::new();
    let mut first = 0;
    for end in ends {
        while let Some(span) = spans.next_if(|it| it.0 < end) {
            reach = reach.max(span.1);
        }
        let after = tokens.partition_point(|it| it.start().bytes() < end);
        if reach <= end && after > first {
            sentences.push(first..after);
            first = after;
        }
    }
    if first < tokens.len() {
        sentences.push(first..tokens.len());
    }
    sentences
}
