//! How sure the measures are: they are counted again and again over passages drawn from those there are (the
//! bootstrap of Efron), and nine in ten and a half of the results lie in the interval. Knows no marks.

use super::counting::Passage;
use super::draws::Draws;
use super::nominal::Nominal;
use super::result::Agreement;
use super::spans::Found;
use super::value::{Undefined, Value};
use crate::model::sorted::sort_by;

/// The lowest and the highest value that are likely, or why they are not known.
pub type Interval = Result<[f64; 2], Undefined>;

/// Where a measure is likely to lie, 95 times of 100.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervals {
    /// The share of pairs of people that say the same of a word.
    pub percent: Interval,
    /// Fleiss' κ.
    pub fleiss: Interval,
    /// Krippendorff's α over words.
    pub alpha: Interval,
    /// F1 of marks, by [`Match::ALL`](super::Match::ALL).
    pub f1: [Interval; 3],
    /// Krippendorff's α of each label.
    pub labels: Vec<Interval>,
    /// Whether whole articles were drawn; where there are few, paragraphs are.
    pub are_of_articles: bool,
    /// From how many articles or paragraphs.
    pub drawn_from: usize,
}

/// From how many articles on whole articles are drawn: what stands in one is not independent.
const ENOUGH_ARTICLES: usize = 10;

/// Fewer pieces than this say nothing.
const FEWEST: usize = 5;

/// What is counted in each round.
#[derive(Default)]
struct Round {
    words: Nominal,
    labels: Vec<Nominal>,
    found: [Found; 3],
}

/// The rounds in the making: one after the other, so that whoever counts can pause or stop between two.
pub struct Drawing<'a> {
    pieces: Vec<&'a [Passage]>,
    are_of_articles: bool,
    labels: usize,
    results: Vec<Vec<Value>>,
    rounds: usize,
    draws: Draws,
}

impl Agreement {
    /// Begins to draw so many rounds; a thousand are usual.
    pub fn draw(&self, rounds: usize, draws: Draws) -> Drawing<'_> {
        // What only one person has been at says nothing of agreement, however often it is drawn.
        let is_shared = |it: &&[Passage]| it[0].words.people >= 2.0;
        let by_article = self.passages.chunk_by(|a, b| a.article == b.article);
        let by_article: Vec<&[Passage]> = by_article.filter(is_shared).collect();
        let are_of_articles = by_article.len() >= ENOUGH_ARTICLES;
        let pieces: Vec<&[Passage]> = match are_of_articles {
            true => by_article,
            false => self.passages.chunks(1).filter(is_shared).collect(),
        };
        Drawing {
            are_of_articles,
            labels: self.labels.len(),
            results: Vec::new(),
            rounds: if pieces.len() < FEWEST { 0 } else { rounds },
            pieces,
            draws,
        }
    }

    /// Draws so many rounds in one go.
    pub fn intervals(&self, rounds: usize, draws: Draws) -> Intervals {
        let mut drawing = self.draw(rounds, draws);
        while drawing.step() {}
        drawing.finish()
    }
}

impl Drawing<'_> {
    /// Draws one round; `false` where all are drawn.
    pub fn step(&mut self) -> bool {
        if self.results.len() >= self.rounds {
            return false;
        }
        let mut round = Round {
            labels: vec![Nominal::default(); self.labels],
            ..Round::default()
        };
        for _ in 0..self.pieces.len() {
            for passage in self.pieces[self.draws.below(self.pieces.len())] {
                round.add(passage);
            }
        }
        self.results.push(round.values());
        true
    }

    /// How many rounds of how many are drawn.
    pub fn done(&self) -> (usize, usize) {
        (self.results.len(), self.rounds)
    }

    /// What the rounds say.
    pub fn finish(self) -> Intervals {
        let values = |at: usize| self.results.iter().filter_map(move |it| it[at].ok());
        let at = |at: usize| interval(values(at).collect());
        Intervals {
            percent: at(0),
            fleiss: at(1),
            alpha: at(2),
            f1: [at(3), at(4), at(5)],
            labels: (6..6 + self.labels).map(at).collect(),
            are_of_articles: self.are_of_articles,
            drawn_from: self.pieces.len(),
        }
    }
}

impl Round {
    fn add(&mut self, passage: &Passage) {
        self.words.add(&passage.words);
        for (all, it) in self.labels.iter_mut().zip(&passage.labels) {
            all.add(it);
        }
        for (all, it) in self.found.iter_mut().zip(passage.found) {
            all.add(it);
        }
    }

    fn values(&self) -> Vec<Value> {
        let words = [
            self.words.percent(),
            self.words.fleiss(),
            self.words.alpha(),
        ];
        let found = self.found.iter().map(Found::f1);
        let labels = self.labels.iter().map(Nominal::alpha);
        words.into_iter().chain(found).chain(labels).collect()
    }
}

fn interval(mut values: Vec<f64>) -> Interval {
    if values.is_empty() {
        return Err(Undefined::TooFew);
    }
    sort_by(&mut values, f64::total_cmp);
    let at = |share: f64| values[(share * (values.len() - 1) as f64).round() as usize];
    Ok([at(0.025), at(0.975)])
}
