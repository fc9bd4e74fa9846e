//! All lasting state. Changes by [`Project::apply`] alone (M3). Knows nothing of why it changes.

use std::sync::Arc;

use super::annotation::{Annotation, Annotator, Unplaced};
use super::annotation_set::AnnotationSet;
use super::attribute::MaybeDetails;
use super::change::{Change, Record, RecordId};
use super::document::Document;
use super::entry::Entry;
use super::id::{AnnotationId, AnnotatorId, DocumentId, LabelId, SpeakerId};
use super::relation::{Comment, Relation};
use super::schema::LabelSchema;
use super::sorted::{SortedMap, SortedSet, sort_by};
use super::speaker::Speaker;

/// Whether a mark is wanted, by its label, its annotator and what more is said of it.
pub type Takes<'t> = dyn Fn(&LabelId, &AnnotatorId, &MaybeDetails) -> bool + 't;

/// Articles, annotations, what is asked of those who mark, and everything that goes with them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Project {
    schema: LabelSchema,
    /// By rank, then id.
    documents: Vec<Arc<Document>>,
    /// Where in `documents` each of them is, by id.
    places: Vec<usize>,
    annotations: AnnotationSet,
    /// What is found by its id alone: the tray, annotators, the cast, relations and comments.
    others: SortedMap<RecordId, Record>,
    /// Articles that were removed; a reading set does not bring them back.
    removed: SortedSet<DocumentId>,
}

impl Project {
    /// A project without anything, not even labels.
    pub fn bare() -> Self {
        Self {
            schema: LabelSchema::empty(),
            ..Self::default()
        }
    }

    /// The labels, questions and kinds of relations.
    pub fn schema(&self) -> &LabelSchema {
        &self.schema
    }

    /// The annotators, by id.
    pub fn annotators(&self) -> impl Iterator<Item = &Annotator> {
        self.others(|record| match record {
            Record::Annotator(it) => Some(it),
            _ => None,
        })
    }

    /// The cast, by id.
    pub fn cast(&self) -> impl Iterator<Item = Speaker> {
        self.entries().filter_map(|it| Speaker::of(it))
    }

    /// Somebody of the cast. Answers name them by text.
    pub fn speaker(&self, id: &str) -> Option<Speaker> {
        let id = RecordId::Speaker(SpeakerId::new(id)?);
        match self.others.get(&id)? {
            Record::Entry(it) => Speaker::of(it),
            _ => None,
        }
    }

    /// All relations, by id. An end may be in the tray, or gone by another hand.
    pub fn relations(&self) -> impl Iterator<Item = Relation> {
        self.entries().filter_map(|it| Relation::of(it))
    }

    /// All comments, by id.
    pub fn comments(&self) -> impl Iterator<Item = Comment> {
        self.entries().filter_map(|it| Comment::of(it))
    }

    /// The cast, relations and comments as they are kept.
    pub fn entries(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.others(|record| match record {
            Record::Entry(it) => Some(it),
            _ => None,
        })
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
        self.others(|record| match record {
            Record::Unplaced(it) => Some(it),
            _ => None,
        })
    }

    fn others<'p, T: 'p>(
        &'p self,
        read: fn(&'p Record) -> Option<&'p T>,
    ) -> impl Iterator<Item = &'p T> {
        self.others.iter().filter_map(move |entry| read(&entry.1))
    }

    /// The article that a mark stands in, or belongs to where it is in the tray.
    pub fn home(&self, id: &AnnotationId) -> Option<DocumentId> {
        if let Some(annotation) = self.annotations.get(id) {
            return Some(annotation.document.clone());
        }
        let waiting = self.others.get(&RecordId::Unplaced(id.clone()))?;
        waiting.article().cloned()
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
            RecordId::Label(id) => self.schema.get(id).cloned().map(Record::Label),
            RecordId::Attribute(_) | RecordId::RelationType(_) | RecordId::Guidelines => {
                self.schema.entry(id).cloned().map(Record::Entry)
            }
            _ => self.others.get(id).cloned(),
        }
    }

    /// These annotations with their articles, the whole schema, all annotators and the cast, and what
    /// links them; nothing of the tray.
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
            others: self.others.clone(),
            ..Project::default()
        };
        excerpt.change_documents(documents.collect());
        excerpt.annotations.extend(annotations);
        excerpt
            .others
            .retain(|record| !matches!(record, Record::Unplaced(_)));
        excerpt.drop_loose();
        excerpt
    }

    /// Drops relations and comments of marks that are not here.
    fn drop_loose(&mut self) {
        let marks = self.entries().flat_map(|it| it.marks());
        let marks = marks.filter_map(AnnotationId::new);
        let gone = SortedSet::of_keys(marks.filter(|id| self.home(id).is_none()));
        let is_gone = |id: &str| AnnotationId::new(id).is_none_or(|id| gone.contains(&id));
        self.others.retain(|record| match record {
            Record::Entry(it) => !it.marks().any(is_gone),
            _ => true,
        });
    }

    /// The project with those marks alone, placed or in the tray, whose label and annotator, and what more
    /// is said of them, `takes` wants.
    pub fn narrowed_to(&self, takes: &Takes<'_>) -> Project {
        let mut narrowed =
            self.with_marks(|it| takes(&it.label, &it.annotator, &it.details).then(|| it.clone()));
        narrowed.others.retain(|record| match record {
            Record::Unplaced(it) => takes(&it.label, &it.annotator, &it.details),
            _ => true,
        });
        narrowed.drop_loose();
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
        changed.drop_loose();
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

    /// The relations and comments of such marks.
    pub fn leaning_on(&self, is_meant: &dyn Fn(&str) -> bool) -> Vec<Arc<Entry>> {
        let leaning = self.entries().filter(|it| it.marks().any(is_meant));
        leaning.cloned().collect()
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
            Record::Label(it) => self.schema.put_label(it),
            Record::Entry(it) if it.is_ranked() => self.schema.put_entry(it),
            other => drop(self.others.insert(other.id(), other)),
        }
    }

    fn forget(&mut self, record: &Record) {
        match record {
            Record::Document(_) => {}
            Record::Annotation(it) => self.annotations.remove(&it.id),
            Record::Label(it) => self.schema.remove_label(&it.id),
            Record::Entry(it) if it.is_ranked() => self.schema.remove_entry(&it.id),
            other => drop(self.others.remove(&other.id())),
        }
    }
}
