//! Scores marks against a key: which are found, which are a little off, which are missing or too many.
//!
//! Each mark of the key is worth a point. One that is found brings it; one whose ends are off brings the
//! share of words that both have; one with another label half of that. Each mark is set against one of the
//! key at most, so that the points are the most there can be. A mark that touches none of its label in the
//! key adds to the points that could be reached, so that to mark everything does not pay. To add a mark
//! that is in the key never lowers a score. Knows nothing of who marked.

use std::ops::Range;
use std::sync::Arc;

use super::matching::{self, Pairing};
use super::places::{self, Places};
use crate::model::{Annotation, AnnotationId};

/// How strict one is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// An end that is off by so many words is not off.
    pub tolerance: usize,
    /// What a mark that touches none of its label in the key adds to the points that could be reached.
    pub cost_of_extra: f64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            tolerance: 1,
            cost_of_extra: 0.5,
        }
    }
}

/// What became of a mark, of the key or of the one who is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is as in the key.
    Found,
    /// The label is that of the key, but it begins or ends elsewhere: so many words too late, or too early
    /// where the number is negative.
    EdgeOff {
        /// Of its beginning.
        start: isize,
        /// Of its end.
        end: isize,
    },
    /// The place is right, the label is not.
    WrongLabel,
    /// The key has it, and nothing was marked.
    Missed,
    /// It was marked, and the key does not have it.
    Extra,
}

/// What is said of one mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The mark of the key; none for what is too much.
    pub key: Option<AnnotationId>,
    /// The mark that was made; none for what is missing.
    pub given: Option<AnnotationId>,
    /// What became of it.
    pub outcome: Outcome,
    /// What it brings, 0 to 1 point.
    pub points: f64,
    /// Why it is in the key, in the words of who made it; may be empty.
    pub reason: Arc<str>,
}

/// A score. Those of several articles add up.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Score {
    /// What was reached.
    pub points: f64,
    /// What could have been reached.
    pub reachable: f64,
    /// What is said of each mark: those of the key in their order, then those that are too many.
    pub verdicts: Vec<Verdict>,
}

impl Score {
    /// The share of points, 0 to 1; `None` where the key has no marks and none were made.
    pub fn share(&self) -> Option<f64> {
        (self.reachable > 0.0).then(|| self.points / self.reachable)
    }

    /// Adds the score of another article.
    pub fn add(&mut self, mut it: Score) {
        self.points += it.points;
        self.reachable += it.reachable;
        self.verdicts.append(&mut it.verdicts);
    }

    /// How many marks had an outcome like this one, however far off.
    pub fn count(&self, outcome: Outcome) -> usize {
        let is =
            |it: &&Verdict| std::mem::discriminant(&it.outcome) == std::mem::discriminant(&outcome);
        self.verdicts.iter().filter(is).count()
    }
}

/// What a mark that is off by less than the tolerance lacks for a whole point, where it shares no word with
/// that of the key: too little to be seen, but of two the nearer one is taken.
const NEARNESS: f64 = 1e-6;

/// A mark with its words.
struct Placed<'a> {
    mark: &'a Annotation,
    words: Vec<Range<usize>>,
}

impl Placed<'_> {
    fn has_label_of(&self, other: &Placed<'_>) -> bool {
        self.mark.label == other.mark.label
    }

    /// The share of words of both that both have; 0 where they have none in common.
    fn share(&self, other: &Placed<'_>) -> f64 {
        if self.mark.fragments() == other.mark.fragments() {
            return 1.0;
        }
        let common = places::shared(&self.words, &other.words);
        let all = places::length(&self.words) + places::length(&other.words) - common;
        if all == 0 {
            0.0
        } else {
            common as f64 / all as f64
        }
    }

    /// Whether no end is farther off than so many words.
    fn is_near(&self, other: &Placed<'_>, tolerance: usize) -> bool {
        self.mark.fragments() == other.mark.fragments()
            || places::are_near(&self.words, &other.words, tolerance)
    }

    /// How far the first and the last end are behind those of the key, in words.
    fn off(&self, key: &Placed<'_>) -> Outcome {
        let first = |it: &Placed<'_>| it.words.first().map_or(0, |it| it.start as isize);
        let last = |it: &Placed<'_>| it.words.last().map_or(0, |it| it.end as isize);
        Outcome::EdgeOff {
            start: first(self) - first(key),
            end: last(self) - last(key),
        }
    }
}

/// Scores the marks of somebody in one article, whose words are `places`, against those of a key.
pub fn score(places: &Places, key: &[&Annotation], given: &[&Annotation], rules: Rules) -> Score {
    let key: Vec<Placed<'_>> = key.iter().map(|it| placed(places, it)).collect();
    let given: Vec<Placed<'_>> = given.iter().map(|it| placed(places, it)).collect();
    let mut pairings = Vec::new();
    for (one, wanted) in key.iter().enumerate() {
        for (other, made) in given.iter().enumerate() {
            let worth = worth(wanted, made, rules);
            if worth > 0.0 {
                pairings.push(Pairing { one, other, worth });
            }
        }
    }
    let pairs = matching::best(&pairings);
    let mut score = Score::default();
    for (at, wanted) in key.iter().enumerate() {
        let pair = pairs.iter().find(|it| it.one == at);
        score.verdicts.push(verdict(
            wanted,
            pair.map(|it| (&given[it.other], it.worth)),
            rules,
        ));
    }
    for (at, made) in given.iter().enumerate() {
        if !pairs.iter().any(|it| it.other == at) {
            score.verdicts.push(Verdict {
                key: None,
                given: Some(made.mark.id.clone()),
                outcome: Outcome::Extra,
                points: 0.0,
                reason: Arc::default(),
            });
        }
    }
    let touches = |made: &&Placed<'_>| {
        let is_touched = |it: &Placed<'_>| it.has_label_of(made) && worth(it, made, rules) > 0.0;
        key.iter().any(is_touched)
    };
    let beside = given.iter().filter(|it| !touches(it)).count();
    score.points = score.verdicts.iter().map(|it| it.points).sum();
    score.reachable = key.len() as f64 + rules.cost_of_extra * beside as f64;
    score
}

fn placed<'a>(places: &Places, mark: &'a Annotation) -> Placed<'a> {
    let words = places.marked(mark);
    Placed { mark, words }
}

/// What a mark is worth for one of the key.
fn worth(key: &Placed<'_>, given: &Placed<'_>, rules: Rules) -> f64 {
    let share = key.share(given);
    let worth = match key.is_near(given, rules.tolerance) {
        true => 1.0 - NEARNESS * (1.0 - share),
        false => share,
    };
    if key.has_label_of(given) {
        worth
    } else {
        worth / 2.0
    }
}

fn verdict(key: &Placed<'_>, found: Option<(&Placed<'_>, f64)>, rules: Rules) -> Verdict {
    let outcome = match found {
        None => Outcome::Missed,
        Some((given, _)) if !key.has_label_of(given) => Outcome::WrongLabel,
        Some((given, _)) if key.is_near(given, rules.tolerance) => Outcome::Found,
        Some((given, _)) => given.off(key),
    };
    Verdict {
        key: Some(key.mark.id.clone()),
        given: found.map(|it| it.0.mark.id.clone()),
        outcome,
        points: found.map_or(0.0, |it| it.1),
        reason: key.mark.note.clone(),
    }
}

#[cfg(test)]
mod tests;
