//! γ: how far people cut and label alike, when what they mean by the same mark is found first.
//!
//! Mathet, Widlöcher and Métivier, “The Unified and Holistic Method Gamma (γ) for Inter-Annotator Agreement
//! Measure and Alignment” (2015). Marks of two people are aligned so that the disorder is least; the disorder
//! that chance makes is the mean of texts drawn with as many marks, as long and as far apart. Places and
//! labels count alike, and a mark that stands alone counts 1. Of several people each two are compared, since
//! an alignment of all at once has no quick solution, and disorders are summed up.
//!
//! It takes long, so it is counted piece by piece: [`Gamma::step`].

use super::super::matching::{self, Pairing};
use super::draws::Draws;
use super::study::{Article, Study};
use super::value::{Undefined, Value};
use crate::model::sorted::sort_by;

/// A part of a mark.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Unit {
    start: f64,
    end: f64,
    label: usize,
}

/// Observed disorder and that by chance, each for all marks together. They add up.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Disorder {
    marks: f64,
    observed: f64,
    expected: f64,
}

impl Disorder {
    fn add(&mut self, it: Disorder) {
        self.marks += it.marks;
        self.observed += it.observed;
        self.expected += it.expected;
    }

    fn gamma(&self) -> Value {
        match self {
            it if it.marks == 0.0 => Err(Undefined::Unmarked),
            // So little marked that chance would mark the same.
            it if it.observed == 0.0 => Ok(1.0),
            it if it.expected == 0.0 => Err(Undefined::OneValue),
            it => Ok(1.0 - it.observed / it.expected),
        }
    }
}

/// γ in the making.
pub struct Gamma<'s> {
    study: &'s Study,
    samples: usize,
    draws: Draws,
    /// What is still to be compared: article, and two people.
    waiting: Vec<(usize, usize, usize)>,
    count: usize,
    all: Disorder,
    articles: Vec<Disorder>,
    pairs: Vec<((usize, usize), Disorder)>,
}

/// What γ came out as.
#[derive(Debug, Clone, PartialEq)]
pub struct Gammas {
    /// Over everything.
    pub all: Value,
    /// The observed disorder by the mean number of marks of one person; 0 where nothing is marked.
    pub disorder: f64,
    /// Of each article of the study.
    pub articles: Vec<Value>,
    /// Of each two people, by their places in the study.
    pub pairs: Vec<((usize, usize), Value)>,
}

impl<'s> Gamma<'s> {
    /// So many texts are drawn for each two people and article; thirty are usual.
    pub fn new(study: &'s Study, samples: usize, draws: Draws) -> Self {
        let mut waiting = Vec::new();
        let mut pairs = Vec::new();
        for other in 0..study.annotators.len() {
            for one in 0..other {
                pairs.push(((one, other), Disorder::default()));
            }
        }
        for (at, article) in study.articles.iter().enumerate().rev() {
            let present: Vec<usize> = article.present().collect();
            for (place, &other) in present.iter().enumerate().rev() {
                waiting.extend(present[..place].iter().rev().map(|&one| (at, one, other)));
            }
        }
        Self {
            study,
            samples,
            draws,
            count: waiting.len(),
            waiting,
            all: Disorder::default(),
            articles: vec![Disorder::default(); study.articles.len()],
            pairs,
        }
    }

    /// How many comparisons are done, and how many there are.
    pub fn done(&self) -> (usize, usize) {
        (self.count - self.waiting.len(), self.count)
    }

    /// Makes the next comparison; answers whether there was one.
    pub fn step(&mut self) -> bool {
        let Some((at, one, other)) = self.waiting.pop() else {
            return false;
        };
        let article = &self.study.articles[at];
        let both = [units(article, one), units(article, other)];
        let marks = (both[0].len() + both[1].len()) as f64;
        if marks > 0.0 {
            let chance = Chance::of(&both);
            let mut by_chance = 0.0;
            for _ in 0..self.samples {
                let drawn = [(); 2].map(|()| chance.draw(&mut self.draws));
                let count = (drawn[0].len() + drawn[1].len()) as f64;
                by_chance += cost(&drawn[0], &drawn[1]) / count;
            }
            let it = Disorder {
                marks,
                observed: cost(&both[0], &both[1]),
                expected: marks * by_chance / self.samples.max(1) as f64,
            };
            self.all.add(it);
            self.articles[at].add(it);
            let pair = self.pairs.iter_mut().find(|it| it.0 == (one, other));
            if let Some(pair) = pair {
                pair.1.add(it);
            }
        }
        true
    }

    /// γ of what has been compared so far.
    pub fn finish(self) -> Gammas {
        let articles = self.study.articles.iter().zip(&self.articles);
        let of_article = |(article, it): (&Article, &Disorder)| match article.present().count() {
            0 | 1 => Err(Undefined::Alone),
            _ => it.gamma(),
        };
        let together = |one: usize, other: usize| {
            let mut all = self.study.articles.iter();
            all.any(|it| it.marks[one].is_some() && it.marks[other].is_some())
        };
        let of_pair = |it: &((usize, usize), Disorder)| {
            let ((one, other), disorder) = *it;
            let value = match together(one, other) {
                true => disorder.gamma(),
                false => Err(Undefined::Apart),
            };
            ((one, other), value)
        };
        Gammas {
            all: match (self.study.annotators.len(), self.count) {
                (0 | 1, _) => Err(Undefined::Alone),
                (_, 0) => Err(Undefined::Apart),
                _ => self.all.gamma(),
            },
            disorder: 2.0 * self.all.observed / self.all.marks.max(1.0),
            articles: articles.map(of_article).collect(),
            pairs: self.pairs.iter().map(of_pair).collect(),
        }
    }
}

/// What somebody marked, part by part, in order.
fn units(article: &Article, annotator: usize) -> Vec<Unit> {
    let marks = article.marks_of(annotator).iter();
    let parts = marks.flat_map(|mark| mark.words.iter().map(|it| (it.clone(), mark.label)));
    let mut parts: Vec<_> = parts
        .map(|(words, label)| (words.start, words.end, label))
        .collect();
    sort_by(&mut parts, Ord::cmp);
    let unit = |(start, end, label): (usize, usize, usize)| Unit {
        start: start as f64,
        end: end as f64,
        label,
    };
    parts.into_iter().map(unit).collect()
}

/// How unlike two units are: how far their ends are apart, by their lengths, and 1 for another label.
fn unlikeness(one: &Unit, other: &Unit) -> f64 {
    let apart = (one.start - other.start).abs() + (one.end - other.end).abs();
    let far = apart / (one.end - one.start + other.end - other.start);
    far * far + if one.label == other.label { 0.0 } else { 1.0 }
}

/// The least disorder with which the units of two people can be aligned, summed over all of them: 1 for one
/// that stands alone, for two their unlikeness. Both lists are sorted by start.
fn cost(one: &[Unit], other: &[Unit]) -> f64 {
    let longest = other.iter().map(|it| it.end - it.start).fold(0.0, f64::max);
    let mut pairings = Vec::new();
    for (at, unit) in one.iter().enumerate() {
        // Farther off, two that stand alone are less disorder.
        let reach = std::f64::consts::SQRT_2 * (unit.end - unit.start + longest);
        let first = other.partition_point(|it| it.start <= unit.start - reach);
        let near = other[first..]
            .iter()
            .take_while(|it| it.start < unit.start + reach);
        for (to, it) in near.enumerate() {
            let worth = 2.0 - unlikeness(unit, it);
            if worth > 0.0 {
                let (one, other) = (at, first + to);
                pairings.push(Pairing { one, other, worth });
            }
        }
    }
    let saved: f64 = matching::best(&pairings).iter().map(|it| it.worth).sum();
    (one.len() + other.len()) as f64 - saved
}

/// How many marks there are, how long and how far apart: what texts are drawn by.
#[derive(Debug, Default)]
struct Chance {
    count: [f64; 2],
    length: [f64; 2],
    gap: [f64; 2],
    labels: Vec<usize>,
}

/// The mean and the standard deviation.
fn spread(values: &[f64]) -> [f64; 2] {
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    let square = |it: &f64| (it - mean) * (it - mean);
    [
        mean,
        (values.iter().map(square).sum::<f64>() / count).sqrt(),
    ]
}

impl Chance {
    fn of(people: &[Vec<Unit>]) -> Self {
        let all = || people.iter().flatten();
        let gaps = people.iter().flat_map(|units| {
            let within = units.windows(2).map(|it| it[1].start - it[0].end);
            let first = units.first().map(|it| it.start).filter(|it| *it > 0.0);
            within.chain(first).collect::<Vec<f64>>()
        });
        let counts = people.iter().map(|it| it.len() as f64);
        Self {
            count: spread(&counts.collect::<Vec<_>>()),
            length: spread(&all().map(|it| it.end - it.start).collect::<Vec<_>>()),
            gap: spread(&gaps.collect::<Vec<_>>()),
            labels: all().map(|it| it.label).collect(),
        }
    }

    /// The marks of somebody who marks by chance.
    fn draw(&self, draws: &mut Draws) -> Vec<Unit> {
        let count = draws.normal(self.count[0], self.count[1]).max(1.0) as usize;
        let mut at = 0.0;
        let mut made = Vec::with_capacity(count);
        for _ in 0..count {
            let start = at + draws.normal(self.gap[0], self.gap[1]);
            let length = draws.normal(self.length[0], self.length[1]).abs();
            at = start + length.max(f64::MIN_POSITIVE);
            let label = self.labels.get(draws.below(self.labels.len()));
            made.push(Unit {
                start,
                end: at,
                label: label.copied().unwrap_or_default(),
            });
        }
        sort_by(&mut made, |a, b| a.start.total_cmp(&b.start));
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(start: u32, end: u32, label: usize) -> Unit {
        Unit {
            start: start.into(),
            end: end.into(),
            label,
        }
    }

    #[test]
    fn disorder_is_least_over_all_alignments() {
        let one = [unit(0, 10, 0), unit(12, 20, 1)];
        for (other, expected) in [
            (vec![unit(0, 10, 0), unit(12, 20, 1)], 0.0),
            (vec![unit(0, 10, 0), unit(12, 20, 0)], 1.0),
            (vec![unit(0, 10, 0)], 1.0),
            (vec![], 2.0),
            // (1 + 1) / (10 + 10) squared, and a mark that stands alone.
            (vec![unit(1, 11, 0)], 1.01),
            (vec![unit(100, 101, 0)], 3.0),
        ] {
            let found = cost(&one, &other);
            assert!((found - expected).abs() < 1e-12, "{other:?}: {found}");
            assert_eq!(found, cost(&other, &one));
        }
    }
}
