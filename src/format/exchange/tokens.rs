//! Words and signs as trainers of models take them, cut so that no mark ends within one. Knows nothing
//! of the formats.

use super::selection::Article;
use crate::model::sorted::{SortedSet, sort_by};
use crate::model::{Span, Text, Unit, is_grapheme_boundary, pieces};

/// The tokens of an article: words, and every other sign that is no white space, each cut at the bounds
/// of marks.
pub(super) fn tokens(article: &Article<'_>) -> Vec<Span> {
    let spans = article
        .marks
        .iter()
        .flat_map(|it| it.annotation.fragments());
    let ends = spans.flat_map(|it| [it.start().bytes(), it.end().bytes()]);
    let cuts = SortedSet::of_keys(ends);
    let text = article.text();
    let mut found = Vec::new();
    for block in 0..text.blocks().len() {
        of_block(text, block, &cuts, &mut found);
    }
    found
}

fn of_block(text: &Text, block: usize, cuts: &SortedSet<usize>, found: &mut Vec<Span>) {
    let content = text.as_str();
    let whole = text.blocks()[block].span();
    let mut words = pieces(text, block, Unit::Token).into_iter().peekable();
    let mut start: Option<usize> = None;
    let mut push = |start: &mut Option<usize>, end: usize| {
        let token = start.take().and_then(|start| text.span(start, end));
        found.extend(token);
    };
    for (at, c) in text.slice(whole).char_indices() {
        let at = whole.start().bytes() + at;
        while words.next_if(|it| it.end().bytes() <= at).is_some() {}
        let begins_word = words.peek().is_some_and(|it| it.start().bytes() == at);
        let is_within = words.peek().is_some_and(|it| it.start().bytes() < at);
        let is_bound =
            cuts.contains(&at) || begins_word || !is_within && is_grapheme_boundary(content, at);
        if c.is_whitespace() || is_bound {
            push(&mut start, at);
        }
        if !c.is_whitespace() && start.is_none() {
            start = Some(at);
        }
    }
    push(&mut start, whole.end().bytes());
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
    let blocks = 0..text.blocks().len();
    let ends = blocks.flat_map(|block| pieces(text, block, Unit::Sentence));
    let ends: Vec<usize> = ends.map(|it| it.end().bytes()).collect();
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
