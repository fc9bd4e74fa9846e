//! Which marks of two people are the same mark: to the character, nearly, or at least in part. Knows no words
//! of the text.

use super::super::matching::{self, Pairing};
use super::super::places;
use super::study::Mark;
use super::value::{Undefined, Value, share};

/// What makes two marks of one label the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Match {
    /// They begin and end at the same characters.
    Exact,
    /// No end is farther from the other's than so many words.
    Near,
    /// They have a word in common.
    Overlap,
}

impl Match {
    /// All of them, the strictest first.
    pub const ALL: [Match; 3] = [Match::Exact, Match::Near, Match::Overlap];
}

/// How many marks two people have and how many of them are the same. Counts add up.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Found {
    /// Twice the marks that are the same: one of each.
    pub same: f64,
    /// The marks of both.
    pub all: f64,
}

impl Found {
    pub fn add(&mut self, it: Found) {
        self.same += it.same;
        self.all += it.all;
    }

    /// The harmonic mean of precision and recall; either may be called the truth.
    pub fn f1(&self) -> Value {
        share(self.same, self.all, Undefined::Unmarked)
    }
}

/// The marks of one person in one article, so that those near a place are found.
pub(super) struct Side<'s> {
    pub marks: &'s [Mark],
    /// From the first to behind the last word of each.
    hulls: Vec<(usize, usize)>,
    /// The farthest end of each and all before it.
    reach: Vec<usize>,
}

impl<'s> Side<'s> {
    /// `marks` are in the order of the text.
    pub fn of(marks: &'s [Mark]) -> Self {
        let hulls: Vec<(usize, usize)> = marks
            .iter()
            .map(|it| (it.hull.start, it.hull.end))
            .collect();
        let mut last = 0;
        let reach = hulls.iter().map(|it| {
            last = last.max(it.1);
            last
        });
        Self {
            marks,
            reach: reach.collect(),
            hulls,
        }
    }
}

fn is_exact(one: &Mark, other: &Mark) -> bool {
    one.ends == other.ends
}

/// Which marks of two people are the same, as places in both lists, each at most once; by [`Match::ALL`].
pub(super) fn same(one: &Side<'_>, other: &Side<'_>, tolerance: usize) -> [Vec<(usize, usize)>; 3] {
    let mut found: [Vec<(usize, usize)>; 3] = Default::default();
    for (at, mark) in one.marks.iter().enumerate() {
        let (start, end) = one.hulls[at];
        let first = other.reach.partition_point(|&it| it + tolerance < start);
        for to in first..other.marks.len() {
            if other.hulls[to].0 > end + tolerance {
                break;
            }
            let it = &other.marks[to];
            if it.label != mark.label {
                continue;
            }
            let exact = is_exact(mark, it);
            let is = [
                exact,
                exact || places::are_near(&mark.words, &it.words, tolerance),
                exact || places::shared(&mark.words, &it.words) > 0,
            ];
            for (list, _) in found.iter_mut().zip(is).filter(|it| it.1) {
                list.push((at, to));
            }
        }
    }
    found.map(|it| once_each(it, other.marks.len()))
}

/// The most pairs in which nothing comes twice.
fn once_each(pairs: Vec<(usize, usize)>, others: usize) -> Vec<(usize, usize)> {
    let mut taken = vec![false; others];
    let mut last = None;
    let is_once = pairs.iter().all(|&(one, other)| {
        let is_new = last.replace(one) != Some(one) && !taken[other];
        taken[other] = true;
        is_new
    });
    if is_once {
        return pairs;
    }
    let worth = 1.0;
    let all = pairs
        .into_iter()
        .map(|(one, other)| Pairing { one, other, worth });
    let best = matching::best(&all.collect::<Vec<_>>());
    best.into_iter().map(|it| (it.one, it.other)).collect()
}
