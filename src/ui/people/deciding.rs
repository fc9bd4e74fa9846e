//! What is decided, and what not yet, where several people marked otherwise; and what becomes of a choice. Knows
//! no elements.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::names::everybody;
use crate::analysis::adjudication::{Candidate, Question, Votes, questions};
use crate::analysis::agreement::{Article, Choice, Study};
use crate::format::decision::{self, Decision, GOLD, How};
use crate::format::key::KEY;
use crate::model::sorted::SortedMap;
use crate::model::{
    Annotation, AnnotationId, AnnotatorId, Decisions, Document, DocumentId, Extra, Project,
    Timestamp,
};

/// A place of an article at which something has to be decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub question: Question,
    /// What stands there in the common version.
    pub gold: Vec<AnnotationId>,
    /// Whether it was decided what stands there, or that nothing does.
    pub is_decided: bool,
}

impl Place {
    /// Whether people marked otherwise there.
    pub fn is_disputed(&self) -> bool {
        !self.question.is_agreed()
    }
}

/// An article that several people marked.
#[derive(Debug, Clone, PartialEq)]
pub struct Disputed {
    pub document: DocumentId,
    /// Who marked what in it.
    pub study: Study,
    pub places: Vec<Place>,
}

/// What can stand at a place, as it would stand there.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its place among what people marked; none where it is new.
    pub candidate: Option<usize>,
    pub mark: Annotation,
    /// Whether it is chosen.
    pub is_on: bool,
}

/// Who decides, and what a step needs from outside.
pub struct Deciding<'a> {
    pub by: AnnotatorId,
    pub at: Timestamp,
    pub new_id: &'a dyn Fn() -> AnnotationId,
}

/// Those whose marks are compared: all but a key and the common version.
pub fn people(project: &Project, me: &AnnotatorId) -> Vec<AnnotatorId> {
    let all = everybody(project, me).into_iter();
    let own = all.filter(|it| it.is_compared(me) && ![KEY, GOLD].contains(&it.id.as_str()));
    own.map(|it| it.id).collect()
}

/// The articles that more than one of them has been at.
pub fn articles(project: &Project, people: &[AnnotatorId]) -> Vec<DocumentId> {
    let is_shared = |document: &&Arc<Document>| {
        let marks = project.annotations().of(&document.id);
        let mut makers = marks.iter().map(|it| &it.annotator).peekable();
        // Where nobody marked anything there is nothing to decide.
        let is_marked = makers.peek().is_some();
        let mut who = makers.chain(&document.finished_by);
        let mut who = who.by_ref().filter(|it| people.contains(it));
        is_marked && who.next().is_some_and(|first| who.any(|it| it != first))
    };
    let all = project.documents().iter().filter(is_shared);
    all.map(|it| it.id.clone()).collect()
}

/// These people, none of them twice.
pub fn each_once(people: impl Iterator<Item = AnnotatorId>) -> Vec<AnnotatorId> {
    people.fold(Vec::new(), |mut found, it| {
        if !found.contains(&it) {
            found.push(it);
        }
        found
    })
}

fn is_same(one: &Annotation, other: &Annotation) -> bool {
    one.label == other.label && one.fragments() == other.fragments()
}

impl Disputed {
    /// What these people marked in an article; `None` where they are fewer than two.
    pub fn of(
        project: &Project,
        document: &DocumentId,
        people: &[AnnotatorId],
        votes: Votes,
    ) -> Option<Self> {
        let choice = Choice {
            annotators: people.to_vec(),
            documents: vec![document.clone()],
            ..Choice::default()
        };
        let study = Study::of(project, &choice);
        let article = study.articles.first()?;
        if article.present().count() < 2 {
            return None;
        }
        let places = questions(article, votes).into_iter().map(|question| Place {
            question,
            gold: Vec::new(),
            is_decided: false,
        });
        let mut places: Vec<Place> = places.collect();
        settle(project, document, article, &mut places);
        Some(Self {
            document: document.clone(),
            study,
            places,
        })
    }

    /// Who made the marks of a candidate.
    pub fn people_of(&self, all: impl Iterator<Item = usize>) -> Vec<AnnotatorId> {
        all.filter_map(|it| self.study.annotators.get(it).cloned())
            .collect()
    }

    /// What can stand at a place: what people marked, with most votes first, and what was decided otherwise.
    pub fn rows(&self, project: &Project, place: &Place) -> Vec<Row> {
        let marks = project.annotations();
        let gold: Vec<_> = place.gold.iter().filter_map(|it| marks.get(it)).collect();
        let candidates = place.question.candidates.iter().enumerate();
        let rows = candidates.filter_map(|(at, it)| {
            let mark = Annotation::clone(marks.get(&it.same.first()?.1)?);
            let is_on = match place.is_decided {
                true => gold.iter().any(|it| is_same(it, &mark)),
                false => it.is_proposed,
            };
            Some(Row {
                candidate: Some(at),
                mark,
                is_on,
            })
        });
        let mut rows: Vec<Row> = rows.collect();
        for it in gold {
            if !rows.iter().any(|row| is_same(&row.mark, it)) {
                rows.push(Row {
                    candidate: None,
                    mark: Annotation::clone(it),
                    is_on: true,
                });
            }
        }
        rows
    }

    /// The rows of a place if what was proposed is taken, or what all have marked; `None` where it is decided
    /// already or nothing is proposed.
    fn preselected(&self, project: &Project, place: &Place, agreed: bool) -> Option<Vec<Row>> {
        if place.is_decided || place.is_disputed() == agreed {
            return None;
        }
        let mut rows = self.rows(project, place);
        rows.iter_mut().for_each(|it| it.is_on |= agreed);
        rows.iter().any(|it| it.is_on).then_some(rows)
    }

    /// At how many places something is preselected and not decided; or all have marked the same.
    pub fn count_preselected(&self, agreed: bool) -> usize {
        let places = self.places.iter().filter(|it| !it.is_decided);
        let is_it = |it: &&Place| match agreed {
            true => !it.is_disputed(),
            false => it.is_disputed() && it.question.candidates.iter().any(|it| it.is_proposed),
        };
        places.filter(is_it).count()
    }

    /// What it takes to decide at a place.
    pub fn decide(
        &self,
        project: &Project,
        at: usize,
        rows: &[Row],
        by: &Deciding<'_>,
    ) -> Decisions {
        self.decide_all(project, &[(at, rows.to_vec())], by)
    }

    /// What it takes to take what was preselected wherever it is not decided; or what all have marked.
    pub fn take_preselected(
        &self,
        project: &Project,
        agreed: bool,
        by: &Deciding<'_>,
    ) -> Decisions {
        let places = self.places.iter().enumerate();
        let chosen =
            places.filter_map(|(at, it)| Some((at, self.preselected(project, it, agreed)?)));
        self.decide_all(project, &chosen.collect::<Vec<_>>(), by)
    }

    fn decide_all(
        &self,
        project: &Project,
        chosen: &[(usize, Vec<Row>)],
        by: &Deciding<'_>,
    ) -> Decisions {
        let mut wish = Decisions {
            name: step_name(chosen.len()),
            annotator: decision::gold(),
            marks: Vec::new(),
            gone: Vec::new(),
            notes: Vec::new(),
        };
        let Some(document) = project.document(&self.document) else {
            return wish;
        };
        let mut nothings = Decision::nothings(document);
        for (at, rows) in chosen {
            let Some(place) = self.places.get(*at) else {
                continue;
            };
            let marks = place.question.candidates.iter().flat_map(|it| &it.same);
            let marks: Vec<(usize, AnnotationId)> = marks.cloned().collect();
            nothings.retain(|it| !it.from.iter().any(|id| marks.iter().any(|it| it.1 == *id)));
            if rows.iter().any(|it| it.is_on) {
                self.add(project, place, rows, by, &mut wish);
            } else {
                wish.gone.extend(place.gold.iter().cloned());
                nothings.push(self.decision(How::Nothing, &marks, [0, place.question.people], by));
            }
        }
        let extra: Extra = Decision::with_nothings(document, &nothings);
        if extra != document.extra {
            wish.notes.push((self.document.clone(), extra));
        }
        wish
    }

    /// Adds what it takes to let the chosen rows stand at a place.
    fn add(
        &self,
        project: &Project,
        place: &Place,
        rows: &[Row],
        by: &Deciding<'_>,
        wish: &mut Decisions,
    ) {
        let marks = project.annotations();
        let here: Vec<_> = place.gold.iter().filter_map(|it| marks.get(it)).collect();
        let mut stay: Vec<Annotation> = Vec::new();
        for row in rows.iter().filter(|it| it.is_on) {
            if stay.iter().any(|it| is_same(it, &row.mark)) {
                continue;
            }
            if !here.iter().any(|it| is_same(it, &row.mark)) {
                let decision = self.made(project, place, row, by);
                let mut made = decision.gold(&row.mark, (by.new_id)());
                let label = project.schema().get(&made.label);
                made.revision = label.map_or(made.revision, |it| it.revision);
                wish.marks.push(made);
            }
            stay.push(row.mark.clone());
        }
        let gone = here
            .iter()
            .filter(|it| !stay.iter().any(|mark| is_same(mark, it)));
        wish.gone.extend(gone.map(|it| it.id.clone()));
    }

    /// How a row came to be chosen.
    fn made(&self, project: &Project, place: &Place, row: &Row, by: &Deciding<'_>) -> Decision {
        let marks = project.annotations();
        let first = |it: &Candidate| marks.get(&it.same.first()?.1);
        let all = &place.question.candidates;
        let people = place.question.people;
        if let Some(it) = all
            .iter()
            .find(|it| first(it).is_some_and(|it| is_same(it, &row.mark)))
        {
            let how = match it.is_proposed && !place.is_decided {
                true => How::Vote,
                false => How::Choice,
            };
            let marks: Vec<_> = it.marks().cloned().collect();
            return self.decision(how, &marks, [it.votes, people], by);
        }
        // The ends are of one, the label perhaps of another.
        let base = row.candidate.and_then(|at| all.get(at));
        let mut from: Vec<_> = base.iter().flat_map(|it| &it.same).cloned().collect();
        let is_other_label =
            |it: &Candidate| self.study.labels.get(it.label) != Some(&row.mark.label);
        if base.is_some_and(is_other_label) {
            let other = all.iter().find(|it| !is_other_label(it));
            from.extend(other.iter().flat_map(|it| &it.same).cloned());
        }
        self.decision(How::Own, &from, [0, people], by)
    }

    fn decision(
        &self,
        how: How,
        marks: &[(usize, AnnotationId)],
        votes: [usize; 2],
        by: &Deciding<'_>,
    ) -> Decision {
        let whose = self.people_of(marks.iter().map(|it| it.0));
        Decision {
            by: by.by.clone(),
            at: by.at,
            how,
            whose: each_once(whose.into_iter()),
            from: marks.iter().map(|it| it.1.clone()).collect(),
            votes: votes.map(|it| u32::try_from(it).unwrap_or(u32::MAX)),
        }
    }
}

/// What a step is called that decides at so many places.
pub fn step_name(places: usize) -> String {
    match places {
        1 => "decision".to_owned(),
        _ => format!("{places} decisions"),
    }
}

/// Finds out what is decided at each place.
fn settle(project: &Project, document: &DocumentId, article: &Article, places: &mut [Place]) {
    let mut homes: SortedMap<AnnotationId, usize> = SortedMap::default();
    for (at, place) in places.iter().enumerate() {
        let marks = place.question.candidates.iter().flat_map(Candidate::marks);
        for (_, id) in marks {
            homes.insert(id.clone(), at);
        }
    }
    let home_of = |from: &[AnnotationId]| from.iter().find_map(|it| homes.get(it)).copied();
    let all = project.annotations().of(document).iter();
    for mark in all.filter(|it| it.annotator.as_str() == GOLD) {
        let made = Decision::of(mark);
        let home = made.and_then(|it| home_of(&it.from)).or_else(|| {
            let words = article.places.within(mark.hull());
            let is_at = |it: &Place| {
                let at = &it.question.words;
                at.start < words.end && words.start < at.end
            };
            places.iter().position(is_at)
        });
        if let Some(place) = home.and_then(|at| places.get_mut(at)) {
            place.gold.push(mark.id.clone());
            place.is_decided = true;
        }
    }
    let nothings = project.document(document).map(|it| Decision::nothings(it));
    for it in nothings.iter().flatten() {
        if let Some(place) = home_of(&it.from).and_then(|at| places.get_mut(at)) {
            place.is_decided = true;
        }
    }
}
