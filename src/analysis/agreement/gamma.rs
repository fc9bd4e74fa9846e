//! γ: how far people cut and label alike, when what they mean by the same mark is found first.
//!
//! Mathet, Widlöcher and Métivier, “The Unified and Holistic Method Gamma (γ) for Inter-Annotator Agreement
//! Measure and Alignment” (2015). Marks of all who have been at an article are aligned so that the disorder is
//! least ([`least_disorder`]); the disorder that chance makes is the mean of texts drawn with as many marks, as
//! long and as far apart. Places and labels count alike, and a mark that stands alone counts 1. Of several
//! articles disorders are summed up.
//!
//! It takes long, so it is counted piece by piece: [`Gamma::step`].

use super::aligning::{Unit, least_disorder};
use super::draws::Draws;
use super::study::{Article, Study};
use super::value::{Undefined, Value};
use crate::model::sorted::sort_by;

/// Observed disorder and that by chance, each for all marks together. They add up.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Disorder {
    /// The mean number of marks of one person.
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
    /// Articles that several have been at and that are still to be counted.
    waiting: Vec<usize>,
    now: Option<Drawing>,
    done: usize,
    count: usize,
    all: Disorder,
    articles: Vec<Disorder>,
}

/// An article for which texts are drawn.
struct Drawing {
    article: usize,
    people: Vec<Vec<Unit>>,
    chance: Chance,
    drawn: usize,
    /// The disorder of what was drawn, each by its mean number of marks of one person.
    by_chance: f64,
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
}

/// The mean number of marks of one person.
fn mean(people: &[Vec<Unit>]) -> f64 {
    let count: usize = people.iter().map(Vec::len).sum();
    count as f64 / people.len().max(1) as f64
}

impl<'s> Gamma<'s> {
    /// So many texts are drawn for each article; thirty are usual.
    pub fn new(study: &'s Study, samples: usize, draws: Draws) -> Self {
        let samples = samples.max(1);
        let shared = study.articles.iter().enumerate().rev();
        let shared = shared.filter(|it| it.1.present().count() > 1);
        let waiting: Vec<usize> = shared.map(|it| it.0).collect();
        Self {
            study,
            samples,
            draws,
            done: 0,
            count: waiting.len() * samples,
            waiting,
            now: None,
            all: Disorder::default(),
            articles: vec![Disorder::default(); study.articles.len()],
        }
    }

    /// How many texts are drawn, and how many there are to be.
    pub fn done(&self) -> (usize, usize) {
        (self.done, self.count)
    }

    /// Draws the next text; answers whether there was one to be drawn.
    pub fn step(&mut self) -> bool {
        let Some(mut now) = self.now.take().or_else(|| self.next_article()) else {
            return false;
        };
        now.drawn += 1;
        self.done += 1;
        let marks = mean(&now.people);
        if marks > 0.0 {
            let drawn: Vec<Vec<Unit>> = now
                .people
                .iter()
                .map(|_| now.chance.draw(&mut self.draws))
                .collect();
            now.by_chance += least_disorder(&drawn) / mean(&drawn);
        }
        if now.drawn < self.samples {
            self.now = Some(now);
        } else if marks > 0.0 {
            let it = Disorder {
                marks,
                observed: least_disorder(&now.people),
                expected: marks * now.by_chance / self.samples as f64,
            };
            self.all.add(it);
            self.articles[now.article].add(it);
        }
        true
    }

    fn next_article(&mut self) -> Option<Drawing> {
        let article = self.waiting.pop()?;
        let whole = &self.study.articles[article];
        let people: Vec<Vec<Unit>> = whole.present().map(|it| units(whole, it)).collect();
        Some(Drawing {
            article,
            chance: Chance::of(&people),
            people,
            drawn: 0,
            by_chance: 0.0,
        })
    }

    /// γ of what has been counted so far.
    pub fn finish(self) -> Gammas {
        let articles = self.study.articles.iter().zip(&self.articles);
        let of_article = |(article, it): (&Article, &Disorder)| match article.present().count() {
            0 | 1 => Err(Undefined::Alone),
            _ => it.gamma(),
        };
        Gammas {
            all: match (self.study.annotators.len(), self.count) {
                (0 | 1, _) => Err(Undefined::Alone),
                (_, 0) => Err(Undefined::Apart),
                _ => self.all.gamma(),
            },
            disorder: match self.all.marks > 0.0 {
                true => self.all.observed / self.all.marks,
                false => 0.0,
            },
            articles: articles.map(of_article).collect(),
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
