//! Where several people have to become one: what they marked at a place, side by side, and which of it has
//! enough votes to be proposed. Decides nothing, and knows nothing of how a decision is kept.

use std::ops::Range;

use super::agreement::{Article, Mark};
use super::places;
use crate::model::AnnotationId;
use crate::model::sorted::sort_by;

/// When a mark is proposed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Votes {
    /// It needs more than this share of those who have been at the article, 0 to 1.
    pub threshold: f64,
    /// Marks of one label whose ends are so many words apart vote for each other.
    pub tolerance: usize,
}

impl Default for Votes {
    fn default() -> Self {
        Self {
            threshold: 0.5,
            tolerance: 1,
        }
    }
}

/// What can be chosen: a stretch with a label, as one or several people marked it.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The place of its label in the study.
    pub label: usize,
    /// Exactly these marks, by the place of who made them in the study; the first stands for all.
    pub same: Vec<(usize, AnnotationId)>,
    /// Marks that are nearly the same.
    pub near: Vec<(usize, AnnotationId)>,
    /// How many people that is.
    pub votes: usize,
    /// Whether there are enough of them. Of candidates that are nearly the same one is proposed.
    pub is_proposed: bool,
    /// Its words.
    pub words: Vec<Range<usize>>,
}

impl Candidate {
    /// All these marks, exactly it or nearly so.
    pub fn marks(&self) -> impl Iterator<Item = &(usize, AnnotationId)> {
        self.same.iter().chain(&self.near)
    }

    /// Who made them, by their places in the study.
    pub fn people(&self) -> impl Iterator<Item = usize> {
        self.marks().map(|it| it.0)
    }
}

/// A place where something has to be decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// From the first marked word to behind the last, by their places in the article.
    pub words: Range<usize>,
    /// What can be chosen, with most votes first.
    pub candidates: Vec<Candidate>,
    /// How many have been at the article.
    pub people: usize,
}

impl Question {
    /// Whether everybody marked exactly the same.
    pub fn is_agreed(&self) -> bool {
        self.candidates
            .iter()
            .all(|it| it.same.len() == self.people)
    }
}

/// The places of an article at which somebody marked something, in order. Marks that share a word are one
/// question, whatever their labels.
pub fn questions(article: &Article, votes: Votes) -> Vec<Question> {
    let mut marks: Vec<(usize, &Mark)> = Vec::new();
    for person in article.present() {
        let own = article.marks_of(person).iter();
        marks.extend(own.filter(|it| !it.words.is_empty()).map(|it| (person, it)));
    }
    let hull = |it: &Mark| match (it.words.first(), it.words.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..0,
    };
    sort_by(&mut marks, |a, b| {
        let (one, other) = (hull(a.1), hull(b.1));
        (one.start, one.end, a.0, &a.1.id).cmp(&(other.start, other.end, b.0, &b.1.id))
    });
    let mut found = Vec::new();
    let mut first = 0;
    while first < marks.len() {
        let mut words = hull(marks[first].1);
        let mut after = first + 1;
        while after < marks.len() && hull(marks[after].1).start < words.end {
            words.end = words.end.max(hull(marks[after].1).end);
            after += 1;
        }
        let people = article.present().count();
        found.push(Question {
            words,
            candidates: candidates(&marks[first..after], people, votes),
            people,
        });
        first = after;
    }
    found
}

fn candidates(marks: &[(usize, &Mark)], people: usize, rules: Votes) -> Vec<Candidate> {
    let mut found: Vec<(&Mark, Candidate)> = Vec::new();
    for (person, mark) in marks {
        let is_it =
            |it: &&mut (&Mark, Candidate)| it.0.label == mark.label && it.0.ends == mark.ends;
        let same = (*person, mark.id.clone());
        match found.iter_mut().find(is_it) {
            // Who marked it twice has one vote all the same.
            Some(it) if it.1.same.iter().any(|it| it.0 == *person) => {}
            Some(it) => it.1.same.push(same),
            None => found.push((
                mark,
                Candidate {
                    label: mark.label,
                    same: vec![same],
                    near: Vec::new(),
                    votes: 0,
                    is_proposed: false,
                    words: mark.words.clone(),
                },
            )),
        }
    }
    let mut found: Vec<Candidate> = found.into_iter().map(|it| it.1).collect();
    for candidate in &mut found {
        let has = |all: &[(usize, AnnotationId)], who: usize| all.iter().any(|it| it.0 == who);
        for (person, mark) in marks {
            let is_near = mark.label == candidate.label
                && places::are_near(&mark.words, &candidate.words, rules.tolerance);
            if is_near && !has(&candidate.same, *person) && !has(&candidate.near, *person) {
                candidate.near.push((*person, mark.id.clone()));
            }
        }
        candidate.votes = candidate.same.len() + candidate.near.len();
    }
    sort_by(&mut found, |a, b| {
        (b.votes, b.same.len()).cmp(&(a.votes, a.same.len()))
    });
    for at in 0..found.len() {
        let it = &found[at];
        let is_enough = it.votes as f64 > rules.threshold * people as f64;
        let is_like = |other: &Candidate| {
            other.is_proposed
                && other.label == it.label
                && places::are_near(&other.words, &it.words, rules.tolerance)
        };
        found[at].is_proposed = is_enough && !found[..at].iter().any(is_like);
    }
    found
}
