//! Facts: what became of which records. Undo, saving and painting all read this one shape.
//!
//! Knows nothing of wishes ([`Edit`](super::Edit)) or of who consumes a change.

use std::collections::hash_map;
use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;

use super::annotation::{Annotation, Annotator, Timestamp, Unplaced};
use super::document::Document;
use super::entry::Entry;
use super::id::{
    AnnotationId, AnnotatorId, AttributeId, CommentId, DocumentId, LabelId, RelationId,
    RelationTypeId, SpeakerId,
};
use super::label::Label;

/// What files call the page about how to mark.
pub const GUIDELINES: &str = "guidelines";

/// One lasting thing.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// An article.
    Document(Arc<Document>),
    /// A placed annotation.
    Annotation(Arc<Annotation>),
    /// An annotation in the tray.
    Unplaced(Arc<Unplaced>),
    /// A label.
    Label(Arc<Label>),
    /// An annotator.
    Annotator(Annotator),
    /// A question, a kind of relation, somebody of the cast, a relation, a comment, what a mark was first taken
    /// for, or the guidelines.
    Entry(Arc<Entry>),
}

/// Which record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordId {
    /// An article's.
    Document(DocumentId),
    /// A placed annotation's.
    Annotation(AnnotationId),
    /// An annotation's in the tray.
    Unplaced(AnnotationId),
    /// A label's.
    Label(LabelId),
    /// An annotator's.
    Annotator(AnnotatorId),
    /// A question's.
    Attribute(AttributeId),
    /// That of a kind of relation.
    RelationType(RelationTypeId),
    /// That of somebody of the cast.
    Speaker(SpeakerId),
    /// That of a link between two marks.
    Relation(RelationId),
    /// That of what somebody says about a mark.
    Comment(CommentId),
    /// That of what the annotation was first taken for, by whoever wants that to be kept.
    FirstLabel(AnnotationId),
    /// That of the page about how to mark, of which a project has one.
    Guidelines,
}

impl RecordId {
    /// The id itself.
    pub fn name(&self) -> &str {
        match self {
            RecordId::Document(id) => id.as_str(),
            RecordId::Annotation(id) | RecordId::Unplaced(id) | RecordId::FirstLabel(id) => {
                id.as_str()
            }
            RecordId::Label(id) => id.as_str(),
            RecordId::Annotator(id) => id.as_str(),
            RecordId::Attribute(id) => id.as_str(),
            RecordId::RelationType(id) => id.as_str(),
            RecordId::Speaker(id) => id.as_str(),
            RecordId::Relation(id) => id.as_str(),
            RecordId::Comment(id) => id.as_str(),
            RecordId::Guidelines => GUIDELINES,
        }
    }
}

impl Record {
    /// Which record it is.
    pub fn id(&self) -> RecordId {
        match self {
            Record::Document(it) => RecordId::Document(it.id.clone()),
            Record::Annotation(it) => RecordId::Annotation(it.id.clone()),
            Record::Unplaced(it) => RecordId::Unplaced(it.id.clone()),
            Record::Label(it) => RecordId::Label(it.id.clone()),
            Record::Annotator(it) => RecordId::Annotator(it.id.clone()),
            Record::Entry(it) => it.id.clone(),
        }
    }

    /// The article it is or stands in.
    pub fn article(&self) -> Option<&DocumentId> {
        match self {
            Record::Document(it) => Some(&it.id),
            Record::Annotation(it) => Some(&it.document),
            Record::Unplaced(it) => Some(&it.document),
            _ => None,
        }
    }
}

/// A record before and after. At least one of the two is there, and both have the same id.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordChange {
    /// What it was; `None` where it is new.
    pub before: Option<Record>,
    /// What it is now; `None` where it is gone.
    pub after: Option<Record>,
}

impl RecordChange {
    /// A record that came.
    pub fn added(record: Record) -> Self {
        Self {
            before: None,
            after: Some(record),
        }
    }

    /// A record that went.
    pub fn removed(record: Record) -> Self {
        Self {
            before: Some(record),
            after: None,
        }
    }

    /// A record that became another.
    pub fn replaced(before: Record, after: Record) -> Self {
        Self {
            before: Some(before),
            after: Some(after),
        }
    }

    /// Which record it is about.
    pub fn id(&self) -> RecordId {
        let either = self.after.as_ref().or(self.before.as_ref());
        either.expect("one of the two is always there").id()
    }

    /// The annotation that it is now, if it is one.
    pub fn annotation(&self) -> Option<&Arc<Annotation>> {
        match &self.after {
            Some(Record::Annotation(annotation)) => Some(annotation),
            _ => None,
        }
    }

    fn inverse(&self) -> Self {
        Self {
            before: self.after.clone(),
            after: self.before.clone(),
        }
    }
}

/// Something that happened: record by record, before and after (M4).
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What a person would call it, as in “Undo *mark claim*”.
    pub name: String,
    /// The records in the order in which they changed.
    pub records: Vec<RecordChange>,
    /// When.
    pub at: Timestamp,
    /// Changes in quick succession with the same key are one step of undo, such as the keystrokes
    /// of one note.
    pub merge_key: Option<String>,
}

impl Change {
    /// The change that takes this one back.
    pub fn inverse(&self) -> Change {
        Change {
            name: self.name.clone(),
            records: self
                .records
                .iter()
                .rev()
                .map(RecordChange::inverse)
                .collect(),
            at: self.at,
            merge_key: None,
        }
    }

    /// This change and then `next`, as one.
    pub fn then(mut self, next: Change) -> Change {
        // Places are looked up beforehand: a record that came and went again has no id any more.
        let known = self.records.iter().zip(0_usize..);
        let mut places: HashMap<RecordId, usize> = known.map(|(it, at)| (it.id(), at)).collect();
        for record in next.records {
            match places.entry(record.id()) {
                hash_map::Entry::Occupied(place) => self.records[*place.get()].after = record.after,
                hash_map::Entry::Vacant(place) => {
                    place.insert(self.records.len());
                    self.records.push(record);
                }
            }
        }
        self.records
            .retain(|record| record.before.is_some() || record.after.is_some());
        self.at = next.at;
        self
    }
}
