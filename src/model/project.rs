//! All lasting state. Changes by [`Project::apply`] alone (M3). Knows nothing of why it changes.

use std::sync::Arc;

use super::annotation::{Annotation, Annotator, Unplaced};
use super::annotation_set::AnnotationSet;
use super::change::{Change, Record, RecordId};
use super::document::Document;
use super::id::{AnnotationId, AnnotatorId, DocumentId, LabelId};
use super::label::LabelSchema;
use super::sorted::{SortedMap, SortedSet, sort_by};

/// Articles, annotations, labels and annotators.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Project {
    schema: LabelSchema,
    annotators: SortedMap<AnnotatorId, Annotator>,
    /// By rank, then id.
    documents: Vec<Arc<Document>>,
    /// Where in `documents` each of them is, by id.
    places: Vec<usize>,
    annotations: AnnotationSet,
    unplaced: SortedMap<AnnotationId, Arc<Unplaced>>,
    /// Articles that were removed; a reading set does not bring them back.
    removed: SortedSet<DocumentId>,
}

impl Project {
    /// The labels.
    pub fn schema(&self) -> &LabelSchema {
        &self.schema
    }

    /// The annotators, by id.
    pub fn annotators(&self) -> impl Iterator<Item = &Annotator> {
        self.annotators.iter().map(|entry| &entry.1)
    }

    /// The articles in the order of the list.
    pub fn documents(&self) -> &[Arc<Document>] {
        &self.documents
    }

    /// The article with this id.
    pub fn document(&self, id: &DocumentId) -> Option<&Arc<Document>> {
        self.place(id).map(|at| &self.documents[at])
    }

    /// All placed annotations.
    pub fn annotations(&self) -> &AnnotationSet {
        &self.annotations
    }

    /// The annotations that wait in the tray.
    pub fn unplaced(&self) -> impl Iterator<Item = &Arc<Unplaced>> {
        self.unplaced.iter().map(|entry| &entry.1)
    }

    /// Whether an article with this id was here once and has been removed.
    pub fn was_removed(&self, id: &DocumentId) -> bool {
        self.removed.contains(id)
    }

    /// The record with this id as it is now.
    pub fn record(&self, id: &RecordId) -> Option<Record> {
        match id {
            RecordId::Document(id) => self.document(id).cloned().map(Record::Document),
            RecordId::Annotation(id) => self.annotations.get(id).cloned().map(Record::Annotation),
            RecordId::Unplaced(id) => self.unplaced.get(id).cloned().map(Record::Unplaced),
            RecordId::Label(id) => self.schema.get(id).cloned().map(Record::Label),
            RecordId::Annotator(id) => self.annotators.get(id).cloned().map(Record::Annotator),
        }
    }

    /// These annotations with their articles, all labels and all annotators; nothing of the tray.
    pub fn excerpt(&self, ids: &[AnnotationId]) -> Project {
        let found = ids.iter().filter_map(|id| self.annotations.get(id));
        let annotations: Vec<Arc<Annotation>> = found.cloned().collect();
        let places = annotations.iter().map(|it| it.document.clone());
        let places = SortedSet::of_keys(places);
        let documents = places
            .keys()
            .filter_map(|id| Some((id.clone(), Some(self.document(id)?.clone()))));
        let mut excerpt = Project {
            schema: self.schema.clone(),
            annotators: self.annotators.clone(),
            ..Project::default()
        };
        excerpt.change_documents(documents.collect());
        excerpt.annotations.extend(annotations);
        excerpt
    }

    /// The project with the marks of these labels alone, placed or in the tray.
    pub fn with_labels(&self, labels: &[LabelId]) -> Project {
        let is_wanted = |it: &Arc<Annotation>| labels.contains(&it.label);
        let mut narrowed = self.with_marks(|it| is_wanted(it).then(|| it.clone()));
        let tray = self.unplaced.iter();
        let tray = tray.filter(|entry| labels.contains(&entry.1.label));
        narrowed.unplaced = SortedMap::of(tray.cloned().collect());
        narrowed
    }

    /// The project with what `change` makes of each placed mark; those of which it makes nothing are left
    /// out.
    pub fn with_marks(
        &self,
        change: impl FnMut(&Arc<Annotation>) -> Option<Arc<Annotation>>,
    ) -> Project {
        let marks = self.annotations.all();
        let mut changed = self.clone();
        changed.annotations = AnnotationSet::default();
        changed
            .annotations
            .extend(marks.iter().filter_map(change).collect());
        changed
    }

    /// Leaves of a step that is taken back what still goes: a record that is not as the step left it
    /// was changed by another hand since, and stays; a mark whose article is gone has no place.
    pub fn narrow(&self, change: &mut Change) {
        let records = &mut change.records;
        records.retain(|it| self.record(&it.id()) == it.before);
        let brought = SortedSet::of_keys(records.iter().filter_map(|it| match &it.after {
            Some(Record::Document(document)) => Some(document.id.clone()),
            _ => None,
        }));
        records.retain(|it| {
            let article = it.after.as_ref().and_then(Record::article);
            article.is_none_or(|id| brought.contains(id) || self.document(id).is_some())
        });
    }

    /// Makes every record what `change` says it is afterwards.
    pub fn apply(&mut self, change: &Change) {
        let mut fresh = Vec::new();
        let mut documents = Vec::new();
        for record_change in &change.records {
            match (&record_change.before, &record_change.after) {
                (None, Some(Record::Annotation(annotation))) => fresh.push(annotation.clone()),
                (_, Some(Record::Document(document))) => {
                    documents.push((document.id.clone(), Some(document.clone())));
                }
                (Some(Record::Document(gone)), None) => documents.push((gone.id.clone(), None)),
                (_, Some(record)) => self.put(record.clone()),
                (Some(record), None) => self.forget(record),
                (None, None) => {}
            }
        }
        self.change_documents(documents);
        match fresh.as_slice() {
            [] => {}
            [one] => self.annotations.insert(one.clone()),
            _ => self.annotations.extend(fresh),
        }
    }

    /// Remembers articles that were removed in an earlier session.
    pub fn mark_removed(&mut self, ids: impl IntoIterator<Item = DocumentId>) {
        for id in ids {
            self.removed.add(id);
        }
    }

    /// Puts articles in their places and takes out those that come with nothing, all at once: an
    /// import may bring thousands.
    fn change_documents(&mut self, changed: Vec<(DocumentId, Option<Arc<Document>>)>) {
        let mut moved = Vec::new();
        for (id, document) in SortedMap::of(changed) {
            if document.is_some() {
                self.removed.remove(&id);
            } else {
                self.removed.add(id.clone());
            }
            match (&document, self.place(&id)) {
                (Some(document), Some(at)) if self.documents[at].rank == document.rank => {
                    self.documents[at] = document.clone();
                }
                _ => moved.push((id, document)),
            }
        }
        if moved.is_empty() {
            return;
        }
        let moved = SortedMap::of(moved);
        self.documents.retain(|it| !moved.contains(&it.id));
        self.documents
            .extend(moved.into_iter().filter_map(|it| it.1));
        sort_by(&mut self.documents, |a, b| {
            a.rank.cmp(&b.rank).then_with(|| a.id.cmp(&b.id))
        });
        self.places = (0..self.documents.len()).collect();
        sort_by(&mut self.places, |a, b| {
            self.documents[*a].id.cmp(&self.documents[*b].id)
        });
    }

    /// The place of an article in the list.
    fn place(&self, id: &DocumentId) -> Option<usize> {
        let found = self
            .places
            .binary_search_by(|&at| self.documents[at].id.cmp(id));
        found.ok().map(|at| self.places[at])
    }

    fn put(&mut self, record: Record) {
        match record {
            // Articles are put and taken out together.
            Record::Document(_) => {}
            Record::Annotation(annotation) => self.annotations.insert(annotation),
            Record::Unplaced(unplaced) => {
                self.unplaced.insert(unplaced.id.clone(), unplaced);
            }
            Record::Label(label) => self.schema.put(label),
            Record::Annotator(annotator) => {
                self.annotators.insert(annotator.id.clone(), annotator);
            }
        }
    }

    fn forget(&mut self, record: &Record) {
        match record {
            Record::Document(_) => {}
            Record::Annotation(it) => self.annotations.remove(&it.id),
            Record::Unplaced(it) => {
                self.unplaced.remove(&it.id);
            }
            Record::Label(it) => self.schema.remove(&it.id),
            Record::Annotator(it) => {
                self.annotators.remove(&it.id);
            }
        }
    }
}
