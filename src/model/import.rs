//! Taking over what was read from a file: what is new or newer comes in, what is here stays.
//! Knows nothing of files.

use std::sync::Arc;

use super::annotation::{Annotation, Annotator, Timestamp, Unplaced};
use super::change::{Record, RecordChange, RecordId};
use super::document::Document;
use super::edit::{IMPORT, Planned, Planner, Wish};
use super::edit_error::EditError;
use super::label::Label;
use super::project::Project;
use super::sorted::SortedSet;

/// What a file holds, read and checked, ready to be taken over.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Import {
    /// New articles, in the file's order.
    pub documents: Vec<Document>,
    /// Articles that are here already, as the file describes them. Text, place and look stay; the
    /// description is taken over where the file's is the newer one.
    pub known: Vec<Document>,
    /// Annotations, each on an article of the project or of this import.
    pub annotations: Vec<Annotation>,
    /// Annotations whose words were not found.
    pub unplaced: Vec<Unplaced>,
    /// Labels.
    pub labels: Vec<Arc<Label>>,
    /// Annotators.
    pub annotators: Vec<Annotator>,
    /// Whatever else comes: questions, kinds of relations, the cast, relations and comments.
    pub others: Vec<Record>,
}

impl Wish for Import {
    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError> {
        Ok((IMPORT.into(), merge(planner.project, *self)))
    }

    fn again(&self) -> Box<dyn Wish> {
        Box::new(self.clone())
    }
}

impl Import {
    /// The same as several, each with at most so many articles, or eight times as many marks: what is not
    /// of an article comes first, what leans on marks last.
    pub fn into_parts(self, articles: usize) -> Vec<Import> {
        let leans = |it: &Record| matches!(it, Record::Entry(it) if it.marks().next().is_some());
        let (last, others) = self.others.into_iter().partition(leans);
        let mut parts = vec![Import {
            labels: self.labels,
            annotators: self.annotators,
            known: self.known,
            others,
            ..Import::default()
        }];
        let mut documents = self.documents.into_iter().peekable();
        while documents.peek().is_some() {
            parts.push(Import {
                documents: documents.by_ref().take(articles).collect(),
                ..Import::default()
            });
        }
        let mut annotations = self.annotations.into_iter().peekable();
        while annotations.peek().is_some() {
            parts.push(Import {
                annotations: annotations.by_ref().take(8 * articles).collect(),
                ..Import::default()
            });
        }
        parts.push(Import {
            unplaced: self.unplaced,
            others: last,
            ..Import::default()
        });
        parts.retain(|it| *it != Import::default());
        parts
    }

    /// Whether `project` would be another with it.
    pub fn brings_something(&self, project: &Project) -> bool {
        !merge(project, self.clone()).is_empty()
    }

    /// Whether it holds new articles and nothing else.
    pub fn is_only_documents(&self) -> bool {
        let records = self.known.len() + self.annotations.len() + self.unplaced.len();
        records + self.labels.len() + self.annotators.len() + self.others.len() == 0
    }
}

/// Documents that are not here yet, at the end of the list. One whose id is here stays out: it
/// would take the place of the other, and undo would remove both.
pub(super) fn appended(project: &Project, documents: Vec<Document>) -> Vec<RecordChange> {
    let here = project.documents();
    let last = here.last().map_or(0, |it| it.rank);
    let mut known = SortedSet::of_keys(here.iter().map(|it| it.id.clone()));
    let new = documents.into_iter().filter(|it| known.add(it.id.clone()));
    new.zip(1_u32..)
        .map(|(mut document, place)| {
            document.rank = last.saturating_add(place);
            RecordChange::added(Record::Document(Arc::new(document)))
        })
        .collect()
}

/// What merging `import` changes.
fn merge(project: &Project, import: Import) -> Vec<RecordChange> {
    let schema = project.schema();
    let labels = import.labels.into_iter().map(Record::Label);
    // Of whom nothing is known but the id there is nothing to keep: their marks name them.
    let is_known = |it: &Annotator| !it.name.is_empty() || !it.extra.is_empty();
    let annotators = import.annotators.into_iter().filter(is_known);
    let annotators = annotators.map(Record::Annotator);
    let mut records = Vec::new();
    // What is new comes behind what is here, in the order of the file.
    let mut label_rank = schema
        .labels()
        .last()
        .map_or(0, |it| it.rank.saturating_add(1));
    let mut rank = schema
        .entries()
        .last()
        .map_or(0, |it| it.rank.saturating_add(1));
    for mut record in labels.chain(annotators).chain(import.others) {
        let is_new = project.record(&record.id()).is_none();
        match &mut record {
            Record::Label(it) if is_new => place(&mut Arc::make_mut(it).rank, &mut label_rank),
            Record::Entry(it) if is_new && it.is_ranked() => {
                place(&mut Arc::make_mut(it).rank, &mut rank);
            }
            _ => {}
        }
        add_newer(project, record, &mut records);
    }
    let documents = appended(project, import.documents);
    let here = project.documents().iter().map(|it| it.id.clone());
    let new = documents.iter().filter_map(|it| match it.id() {
        RecordId::Document(id) => Some(id),
        _ => None,
    });
    let homes = SortedSet::of_keys(here.chain(new));
    records.extend(documents);
    let known = import.known.into_iter();
    records.extend(known.filter_map(|it| redescribed(project, it)));
    let placed = SortedSet::of_keys(import.annotations.iter().map(|it| it.id.clone()));
    for annotation in import.annotations {
        if homes.contains(&annotation.document) {
            add_placed(project, annotation, &mut records);
        }
    }
    for unplaced in import.unplaced {
        // What has been placed, here or in another file, is not lost.
        let is_placed =
            placed.contains(&unplaced.id) || project.annotations().get(&unplaced.id).is_some();
        if !is_placed && homes.contains(&unplaced.document) {
            add_newer(project, Record::Unplaced(Arc::new(unplaced)), &mut records);
        }
    }
    records
}

/// The newer description counts. That somebody has been through it, here or there, is true whichever it is.
fn redescribed(project: &Project, mut from: Document) -> Option<RecordChange> {
    let here = project.document(&from.id)?;
    let there = std::mem::take(&mut from.finished_by);
    let mut after = match from.modified > here.modified {
        true => Document {
            rank: here.rank,
            text: here.text.clone(),
            layout: here.layout.clone(),
            finished_by: here.finished_by.clone(),
            ..from
        },
        false => Document::clone(here),
    };
    there.iter().for_each(|it| after.set_finished(it, true));
    (after != **here).then(|| {
        RecordChange::replaced(
            Record::Document(here.clone()),
            Record::Document(Arc::new(after)),
        )
    })
}

fn add_placed(project: &Project, annotation: Annotation, records: &mut Vec<RecordChange>) {
    // It has its place now, so it leaves the tray.
    let in_tray = project.record(&RecordId::Unplaced(annotation.id.clone()));
    records.extend(in_tray.map(RecordChange::removed));
    add_newer(project, Record::Annotation(Arc::new(annotation)), records);
}

/// Adds a record that is new, or newer than the one that is here. Of what has no time, what is here
/// stays.
fn add_newer(project: &Project, record: Record, records: &mut Vec<RecordChange>) {
    let Some(known) = project.record(&record.id()) else {
        records.push(RecordChange::added(record));
        return;
    };
    if modified(&record) > modified(&known) {
        records.push(RecordChange::replaced(known, record));
    }
}

fn place(rank: &mut u32, next: &mut u32) {
    *rank = *next;
    *next = next.saturating_add(1);
}

fn modified(record: &Record) -> Option<Timestamp> {
    Some(match record {
        Record::Annotation(it) => it.modified,
        Record::Unplaced(it) => it.modified,
        Record::Entry(it) => it.modified,
        _ => return None,
    })
}
