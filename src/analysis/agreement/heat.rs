//! Where people disagree, word by word and sentence by sentence. Knows no measure of a whole text.

use std::ops::Range;

use super::study::{Article, Study};
use crate::model::sorted::sort_by;

/// What people say of a stretch of words: the same of each of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The words, by their places in the article.
    pub words: Range<usize>,
    /// How many marked them as what: labels by their places in the study, those that nobody gave left out.
    pub labels: Vec<(usize, usize)>,
    /// How many marked them at all.
    pub marked: usize,
    /// How many have been at the article.
    pub people: usize,
    /// The share of pairs of people that do not say the same, 0 to 1.
    pub heat: f64,
}

/// A sentence in which people disagree.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The place of its article in the study.
    pub article: usize,
    /// Its words, by their places in the article.
    pub words: Range<usize>,
    /// The mean of the heat of its words, 0 to 1.
    pub heat: f64,
}

/// What people say of an article, from its first word to its last; runs next to each other differ.
pub fn runs(study: &Study, article: &Article) -> Vec<Run> {
    let present: Vec<usize> = article.present().collect();
    let words = article.places.words.len();
    // Where the marks of each person begin and end is where anything changes.
    let mut ends: Vec<usize> = vec![0, words];
    for &person in &present {
        for part in article.marks_of(person).iter().flat_map(|it| &it.words) {
            ends.extend([part.start, part.end]);
        }
    }
    sort_by(&mut ends, Ord::cmp);
    ends.dedup();
    let place = |word: usize| ends.partition_point(|&it| it < word);
    // By person, piece and label, whether it is marked so.
    let pieces = ends.len() - 1;
    let mut said = vec![vec![Vec::new(); pieces]; present.len()];
    for (said, &person) in said.iter_mut().zip(&present) {
        for mark in article.marks_of(person) {
            for part in &mark.words {
                for labels in &mut said[place(part.start)..place(part.end)] {
                    if let Err(at) = labels.binary_search(&mark.label) {
                        labels.insert(at, mark.label);
                    }
                }
            }
        }
    }
    let mut found: Vec<Run> = Vec::new();
    for piece in 0..pieces {
        let here: Vec<&Vec<usize>> = said.iter().map(|it| &it[piece]).collect();
        let run = run(study, ends[piece]..ends[piece + 1], &here);
        let is_same =
            |it: &&mut Run| (&it.labels, it.marked, it.heat) == (&run.labels, run.marked, run.heat);
        match found.last_mut().filter(is_same) {
            Some(last) => last.words.end = run.words.end,
            None => found.push(run),
        }
    }
    found
}

fn run(study: &Study, words: Range<usize>, said: &[&Vec<usize>]) -> Run {
    let count = |label: usize| said.iter().filter(|it| it.contains(&label)).count();
    let labels = (0..study.labels.len()).map(|it| (it, count(it)));
    let people = said.len();
    // Those who say the same stand together: of hundreds each two would be too many.
    let mut sorted = said.to_vec();
    sort_by(&mut sorted, Ord::cmp);
    let alike = sorted.chunk_by(|a, b| a == b).map(<[_]>::len);
    let same: usize = alike.map(|it| it * (it - 1) / 2).sum();
    let pairs = people * people.saturating_sub(1) / 2;
    Run {
        words,
        labels: labels.filter(|it| it.1 > 0).collect(),
        marked: said.iter().filter(|it| !it.is_empty()).count(),
        people,
        heat: match pairs {
            0 => 0.0,
            _ => 1.0 - same as f64 / pairs as f64,
        },
    }
}

/// The sentences in which people disagree, in the making: one article at a time.
pub struct Passages<'s> {
    study: &'s Study,
    next: usize,
    found: Vec<Passage>,
}

impl<'s> Passages<'s> {
    /// None yet.
    pub fn new(study: &'s Study) -> Self {
        Self {
            study,
            next: 0,
            found: Vec::new(),
        }
    }

    /// Adds those of the next article; answers whether there was one.
    pub fn step(&mut self) -> bool {
        let Some(article) = self.study.articles.get(self.next) else {
            return false;
        };
        let runs = runs(self.study, article);
        for words in &article.places.sentences {
            let first = runs.partition_point(|it| it.words.end <= words.start);
            let within = runs[first..]
                .iter()
                .take_while(|it| it.words.start < words.end);
            let heat = within.map(|it| {
                let common = it.words.end.min(words.end) - it.words.start.max(words.start);
                it.heat * common as f64
            });
            let heat = heat.sum::<f64>() / words.len().max(1) as f64;
            if heat > 0.0 {
                self.found.push(Passage {
                    article: self.next,
                    words: words.clone(),
                    heat,
                });
            }
        }
        self.next += 1;
        true
    }

    /// The worst first, as many as asked for.
    pub fn finish(mut self, most: usize) -> Vec<Passage> {
        sort_by(&mut self.found, |a, b| b.heat.total_cmp(&a.heat));
        self.found.truncate(most);
        self.found
    }
}
