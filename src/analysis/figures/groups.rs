//! Which figures seem to count the same thing, and whether they can all be right.
//!
//! Two figures are put together where their measure is the same, their numbers are near each other, and
//! the sentences they stand in share words that tell enough; the farther the numbers are apart, the more.

use std::sync::Arc;

use super::super::index::TextIndex;
use super::super::words::{self, COMMON, forms};
use super::nouns::are_persons;
use super::reading::surroundings;
use super::{Figure, Hedge, Measure, figures_in};
use crate::model::Document;
use crate::model::sorted::{SortedMap, sort_by_key};

/// Figures that seem to count the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureGroup {
    /// What they count, in the words of one of them; may be empty.
    pub what: String,
    /// In the order of the articles and their texts.
    pub figures: Vec<Figure>,
    /// Whether no number fits all of them, with their hedges.
    pub differs: bool,
}

/// A figure with the words around it.
struct Placed {
    figure: Figure,
    article: usize,
    words: Vec<u32>,
}

/// What two sentences must share, in bits: where the numbers are the same, nearly the same, and where one
/// is up to twice the other.
const SAME: f32 = 8.0;
const NEAR: f32 = 14.0;
const FAR: f32 = 22.0;

/// In minutes. Many things take a few days or years.
const DAY: f64 = 1440.0;

pub(super) fn group(index: &TextIndex, documents: &[Arc<Document>]) -> Vec<FigureGroup> {
    let placed = placed(documents);
    let weights = weights(index, &placed);
    let mut group_of: Vec<usize> = (0..placed.len()).collect();
    for (at, one) in placed.iter().enumerate() {
        for (place, other) in placed[..at].iter().enumerate() {
            if are_alike(one, other, &weights) {
                let (from, to) = (group_of[at], group_of[place]);
                group_of
                    .iter_mut()
                    .filter(|it| **it == from)
                    .for_each(|it| *it = to);
            }
        }
    }
    let mut groups: SortedMap<usize, Vec<Figure>> = SortedMap::default();
    for (placed, group) in placed.into_iter().zip(group_of) {
        groups.or_default(group).push(placed.figure);
    }
    let mut groups: Vec<FigureGroup> = groups
        .iter()
        .map(|it| FigureGroup::of(it.1.clone()))
        .collect();
    sort_by_key(&mut groups, |it| {
        (!it.differs, usize::MAX - it.figures.len())
    });
    groups
}

impl FigureGroup {
    fn of(figures: Vec<Figure>) -> Self {
        let named = figures.iter().map(|it| &it.what).find(|it| !it.is_empty());
        let range = figures
            .iter()
            .map(range)
            .reduce(|a, b| (a.0.max(b.0), a.1.min(b.1)));
        let seconds = figures.iter().filter_map(|it| it.second);
        let least = seconds.clone().fold(f64::MAX, f64::min);
        Self {
            what: named.cloned().unwrap_or_default(),
            differs: range.is_some_and(|it| it.0 > it.1)
                || seconds.fold(f64::MIN, f64::max) > least,
            figures,
        }
    }
}

/// Between which numbers the truth lies, if a figure is right. “More than 70” is not said of 140.
fn range(figure: &Figure) -> (f64, f64) {
    let value = figure.value;
    match figure.hedge {
        None => (value, value),
        Some(Hedge::AtLeast) => (value, 1.5 * value),
        Some(Hedge::MoreThan) => (1.000_001 * value, 1.5 * value),
        Some(Hedge::AtMost) => (0.5 * value, value),
        Some(Hedge::LessThan) => (0.5 * value, 0.999_999 * value),
        Some(Hedge::Almost) => (0.85 * value, 0.999_999 * value),
        Some(Hedge::About) => (0.85 * value, 1.15 * value),
    }
}

fn placed(documents: &[Arc<Document>]) -> Vec<Placed> {
    let common = forms(COMMON);
    let mut placed = Vec::new();
    for (article, document) in documents.iter().enumerate() {
        for figure in figures_in(document) {
            let mut words = Vec::new();
            if let Some((sentence, before)) = surroundings(document, &figure) {
                for span in [Some(sentence), before].into_iter().flatten() {
                    words.extend(forms(document.text.slice(span)));
                }
            }
            let own = forms(document.text.slice(figure.span));
            words.retain(|it| !common.contains(it) && !own.contains(it));
            words.sort_unstable();
            words.dedup();
            placed.push(Placed {
                figure,
                article,
                words,
            });
        }
    }
    placed
}

/// How much each word around a figure tells, in bits.
fn weights(index: &TextIndex, placed: &[Placed]) -> SortedMap<u32, f32> {
    let all = placed
        .iter()
        .flat_map(|it| it.words.iter().map(|it| (*it, 0)));
    let mut counts = SortedMap::of(all.collect());
    for word in index.texts.iter().flat_map(|it| &it.words) {
        if let Some(count) = counts.get_mut(word) {
            *count += 1;
        }
    }
    let all = index.word_count();
    SortedMap::of(
        counts
            .iter()
            .map(|it| (it.0, words::bits(it.1, all)))
            .collect(),
    )
}

fn are_alike(one: &Placed, other: &Placed, weights: &SortedMap<u32, f32>) -> bool {
    let (a, b) = (&one.figure, &other.figure);
    if a.measure != b.measure || !may_be_one(a, b) {
        return false;
    }
    let shared = one.words.iter().filter(|it| other.words.contains(it));
    let mut told: f32 = shared.filter_map(|it| weights.get(it)).sum();
    if !a.what.is_empty()
        && a.what == b.what
        && matches!(a.measure, Measure::Count | Measure::Percent)
    {
        told += 6.0;
    }
    // Two numbers of one article are two things, unless they are the same.
    let is_apart = one.article != other.article;
    let needed = match (a.value.max(b.value) / a.value.min(b.value), a.measure) {
        _ if a.value == b.value && a.second == b.second => SAME,
        (_, Measure::Date) => NEAR,
        (..=1.4, Measure::Count) if is_apart && are_many(a) && are_many(b) => SAME,
        (..=1.4, Measure::Time) if is_apart && a.value.max(b.value) >= DAY => FAR,
        (..=1.4, _) if is_apart => NEAR,
        (..=2.0, _) if is_apart => FAR,
        _ => return false,
    };
    told >= needed
}

/// Whether a figure counts a crowd: an event has one more often than two.
fn are_many(figure: &Figure) -> bool {
    are_persons(&figure.what) && figure.value > 20.0
}

/// Whether what is counted may be the same.
fn may_be_one(a: &Figure, b: &Figure) -> bool {
    match a.measure {
        Measure::Count => {
            let is_open = a.what.is_empty() || b.what.is_empty();
            a.what == b.what || is_open || are_persons(&a.what) && are_persons(&b.what)
        }
        Measure::Quantity => a.what == b.what,
        Measure::Money => a.what == b.what || a.what.is_empty() || b.what.is_empty(),
        Measure::Percent => a.what == b.what || a.what.is_empty() || b.what.is_empty(),
        Measure::Date => (a.value - b.value).abs() <= 3.0,
        Measure::Score | Measure::Change | Measure::Time => true,
    }
}
