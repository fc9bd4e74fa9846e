//! All lasting state. Changes by [`Project::apply`] alone (M3). Knows nothing of why it changes.

use std::sync::Arc;

use super::annotation::{Annotator, Unplaced};
use super::annotation_set::AnnotationSet;
use super::change::{Change, Record, RecordChange, RecordId};
use super::document::Document;
use super::id::{AnnotationId, AnnotatorId, DocumentId};
use super::label::LabelSchema;
use super::sorted::{SortedMap, SortedSet, sort_by};

/// Articles, annotations, labels and annotators.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Project {
    schema: LabelSchema,
    annotators: SortedMap<AnnotatorId, Annotator>,
    /// By rank, then id.
    documents: Vec<Arc<Document>>,
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
        self.documents.iter().find(|document| document.id == *id)
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
                (_, Some(Record::Document(document))) => documents.push(document.clone()),
                _ => self.apply_one(record_change),
            }
        }
        self.put_documents(documents);
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

    fn apply_one(&mut self, change: &RecordChange) {
        match &change.after {
            Some(record) => self.put(record.clone()),
            None => self.forget(&change.id()),
        }
    }

    /// Puts articles in their places, all at once: an import may bring thousands.
    fn put_documents(&mut self, documents: Vec<Arc<Document>>) {
        if documents.is_empty() {
            return;
        }
        let mut ids: SortedSet<DocumentId> = SortedSet::default();
        for document in &documents {
            self.removed.remove(&document.id);
            ids.insert(document.id.clone(), ());
        }
        self.documents.retain(|it| !ids.contains(&it.id));
        self.documents.extend(documents);
        sort_by(&mut self.documents, |a, b| {
            a.rank.cmp(&b.rank).then_with(|| a.id.cmp(&b.id))
        });
    }

    fn put(&mut self, record: Record) {
        match record {
            Record::Document(document) => self.put_documents(vec![document]),
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

    fn forget(&mut self, id: &RecordId) {
        match id {
            RecordId::Document(id) => {
                self.documents.retain(|it| it.id != *id);
                self.removed.add(id.clone());
            }
            RecordId::Annotation(id) => self.annotations.remove(id),
            RecordId::Unplaced(id) => {
                self.unplaced.remove(id);
            }
            RecordId::Label(id) => self.schema.remove(id),
            RecordId::Annotator(id) => {
                self.annotators.remove(id);
            }
        }
    }
}
