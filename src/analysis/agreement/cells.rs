//! What each annotator says of each word: the labels it is marked with. Knows no measure.

use super::study::{Article, Study};
use crate::model::MAX_LABELS;

/// A set of labels, by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct LabelSet([u64; MAX_LABELS.div_ceil(64)]);

impl LabelSet {
    pub fn has(&self, label: usize) -> bool {
        self.0
            .get(label / 64)
            .is_some_and(|it| it >> (label % 64) & 1 == 1)
    }

    pub fn add(&mut self, label: usize) {
        if let Some(it) = self.0.get_mut(label / 64) {
            *it |= 1 << (label % 64);
        }
    }
}

/// The sets that occur, each with a number; 0 is the set without labels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sets(Vec<LabelSet>);

impl Default for Sets {
    fn default() -> Self {
        Self(vec![LabelSet::default()])
    }
}

impl Sets {
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn get(&self, number: usize) -> LabelSet {
        self.0.get(number).copied().unwrap_or_default()
    }

    fn number(&mut self, set: LabelSet) -> u32 {
        let at = self.0.iter().position(|it| *it == set).unwrap_or_else(|| {
            self.0.push(set);
            self.0.len() - 1
        });
        at as u32
    }
}

/// What one annotator says of the words of one article.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Row {
    /// By word, the number of its set.
    pub sets: Vec<u32>,
    /// By label, a bit a word.
    pub bits: Vec<Vec<u64>>,
}

impl Row {
    /// How many words have a label, of two rows together where both have it.
    pub fn both(&self, other: &Row, label: usize) -> u64 {
        let pairs = self.bits[label].iter().zip(&other.bits[label]);
        pairs.map(|(a, b)| u64::from((a & b).count_ones())).sum()
    }

    pub fn count(&self, label: usize) -> u64 {
        self.bits[label]
            .iter()
            .map(|it| u64::from(it.count_ones()))
            .sum()
    }
}

/// What everybody says of the words of an article: by annotator, `None` for those who have not been at it.
pub(super) fn rows(study: &Study, article: &Article, sets: &mut Sets) -> Vec<Option<Row>> {
    let annotators = 0..study.annotators.len();
    let all = annotators.map(|at| {
        article.marks.get(at)?.as_ref()?;
        Some(row(study, article, at, sets))
    });
    all.collect()
}

fn row(study: &Study, article: &Article, annotator: usize, sets: &mut Sets) -> Row {
    let words = article.places.words.len();
    let mut said = vec![LabelSet::default(); words];
    let mut bits = vec![vec![0_u64; words.div_ceil(64)]; study.labels.len()];
    for mark in article.marks_of(annotator) {
        for word in mark.words.iter().cloned().flatten() {
            said[word].add(mark.label);
            bits[mark.label][word / 64] |= 1 << (word % 64);
        }
    }
    let (mut last, mut number) = (LabelSet::default(), 0);
    let numbers = said.into_iter().map(|set| {
        if set != last {
            (last, number) = (set, sets.number(set));
        }
        number
    });
    Row {
        sets: numbers.collect(),
        bits,
    }
}
