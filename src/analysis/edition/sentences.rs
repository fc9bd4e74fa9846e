//! Which sentences of an article changed, and whether that touches a quotation or a figure. Knows nothing
//! of marks but where they stand.

use std::ops::Range;

use super::{Edition, words};
use crate::analysis::compare::Piece;
use crate::analysis::figures_in;
use crate::analysis::quotation::quotations;
use crate::model::sorted::sort_by_key;
use crate::model::{Document, Span, sentences};

/// What is paired must be at least so much of the shorter of two sentences that one became the other.
const SHARED: f32 = 0.4;

/// One or more sentences that became others, that are gone, or that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewritten {
    /// Where they stood; `None` where they are new.
    pub earlier: Option<Span>,
    /// Where they stand; `None` where they are gone.
    pub later: Option<Span>,
    /// Whether words of a quotation changed.
    pub in_quote: bool,
    /// Whether a number, how firmly it is given or what it counts changed.
    pub in_figure: bool,
}

/// What is looked at in the sentences of a text.
#[derive(Debug, Default)]
pub struct Watched {
    /// Where somebody is quoted.
    pub quotes: Vec<Span>,
    /// Where something is counted.
    pub figures: Vec<Span>,
}

impl Watched {
    /// What is in quotation marks in an article, and its figures.
    pub fn of(document: &Document) -> Self {
        let text = &document.text;
        let mut quotes = Vec::new();
        for block in text.blocks() {
            let (start, words) = (block.span().start().bytes(), text.slice(block.span()));
            let all = quotations(words).into_iter();
            quotes.extend(all.filter_map(|it| text.span(start + it.0, start + it.1)));
        }
        let figures = figures_in(document).into_iter().map(|it| it.span);
        Self {
            quotes,
            figures: figures.collect(),
        }
    }
}

/// Sentences that follow each other, by their places in the lists of both texts.
type Group = (Range<usize>, Range<usize>);

impl Edition<'_> {
    /// The sentences that changed, those first that touch a quotation or a figure. Sentences that only
    /// stand elsewhere have not changed. `compare` says what differs between two of them.
    pub fn rewritten(
        &self,
        (earlier, later): (&Watched, &Watched),
        compare: fn(&str, &str) -> Vec<Piece>,
    ) -> Vec<Rewritten> {
        let [a, b] = [self.earlier, self.later].map(|it| sentences(it).collect::<Vec<Span>>());
        let mut found = Vec::new();
        for (one, other) in self.groups(&a, &b) {
            let (one, other) = (hull(&a[one]), hull(&b[other]));
            let gone = one.map_or("", |it| self.earlier.slice(it));
            let come = other.map_or("", |it| self.later.slice(it));
            let at = [one, other].map(|it| it.map_or(0, |it| it.start().bytes()));
            let pieces = compare(gone, come);
            let says = |it: &Piece| {
                let words = [&gone[it.first.clone()], &come[it.second.clone()]];
                words.iter().any(|it| !it.trim().is_empty())
            };
            let changed = pieces.iter().filter(|it| !it.is_same && says(it));
            let touches = |one: &[Span], other: &[Span]| {
                let mut changed = changed.clone();
                changed.any(|it| hits(one, at[0], &it.first) || hits(other, at[1], &it.second))
            };
            if changed.clone().next().is_some() {
                found.push(Rewritten {
                    earlier: one,
                    later: other,
                    in_quote: touches(&earlier.quotes, &later.quotes),
                    in_figure: touches(&earlier.figures, &later.figures),
                });
            }
        }
        found = without_moved(self, found);
        sort_by_key(&mut found, |it| !(it.in_quote || it.in_figure));
        found
    }

    /// The sentences of both texts in order, those together of which one became the other.
    fn groups(&self, a: &[Span], b: &[Span]) -> Vec<Group> {
        let mut found: Vec<Group> = Vec::new();
        let (mut one, mut other) = (0, 0);
        for (i, j) in self.links(a, b) {
            if let Some(last) = found.last_mut()
                && (last.0.contains(&i) || last.1.contains(&j))
            {
                (last.0.end, last.1.end) = (last.0.end.max(i + 1), last.1.end.max(j + 1));
                (one, other) = (last.0.end, last.1.end);
                continue;
            }
            found.extend((one..i).map(|it| (it..it + 1, 0..0)));
            found.extend((other..j).map(|it| (0..0, it..it + 1)));
            found.push((i..i + 1, j..j + 1));
            (one, other) = (i + 1, j + 1);
        }
        found.extend((one..a.len()).map(|it| (it..it + 1, 0..0)));
        found.extend((other..b.len()).map(|it| (0..0, it..it + 1)));
        found
    }

    /// The sentences that have enough words in common, in order.
    fn links(&self, a: &[Span], b: &[Span]) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (i, sentence) in a.iter().enumerate() {
            let own = &self.first[super::within(&self.first, *sentence)];
            let mut shared: Vec<(usize, usize)> = Vec::new();
            for like in own
                .iter()
                .filter(|it| it.token.is_word())
                .filter_map(|it| it.like)
            {
                let at = self.second[like].token.range.start;
                let j = b.partition_point(|it| it.end().bytes() <= at);
                match shared.last_mut() {
                    Some(last) if last.0 == j => last.1 += 1,
                    _ => shared.push((j, 1)),
                }
            }
            for (j, count) in shared {
                let Some(other) = b.get(j) else { continue };
                let theirs = words(&self.second[super::within(&self.second, *other)]);
                let least = words(own).min(theirs) as f32;
                // Of sentences that were passed over none comes back.
                let is_on = found.last().is_none_or(|it| it.1 <= j);
                if is_on && count as f32 >= SHARED * least {
                    found.push((i, j));
                }
            }
        }
        found
    }
}

/// Those that are not both gone at one place and new at another, to the letter.
fn without_moved(edition: &Edition<'_>, all: Vec<Rewritten>) -> Vec<Rewritten> {
    let gone = all.iter().filter(|it| it.later.is_none());
    let gone: Vec<&str> = gone
        .filter_map(|it| Some(edition.earlier.slice(it.earlier?)))
        .collect();
    let new = all.iter().filter(|it| it.earlier.is_none());
    let new: Vec<&str> = new
        .filter_map(|it| Some(edition.later.slice(it.later?)))
        .collect();
    let moved: Vec<String> = gone
        .iter()
        .filter(|it| new.contains(it))
        .map(|it| (*it).to_owned())
        .collect();
    let is_moved = |it: &Rewritten| match (it.earlier, it.later) {
        (Some(span), None) => moved.iter().any(|it| it == edition.earlier.slice(span)),
        (None, Some(span)) => moved.iter().any(|it| it == edition.later.slice(span)),
        _ => false,
    };
    all.into_iter().filter(|it| !is_moved(it)).collect()
}

fn hull(sentences: &[Span]) -> Option<Span> {
    let (first, last) = sentences.first().zip(sentences.last())?;
    Some(first.hull(*last))
}

/// Whether what changed, as bytes from `at`, lies in one of these; an empty place does where it parts one.
fn hits(spans: &[Span], at: usize, changed: &Range<usize>) -> bool {
    let (from, to) = (at + changed.start, at + changed.end);
    let touches = |it: &Span| {
        let (start, end) = (it.start().bytes(), it.end().bytes());
        match from == to {
            true => start < from && from < end,
            false => start < to && from < end,
        }
    };
    spans.iter().any(touches)
}
