//! Records that only panels look into: questions, kinds of relations, the cast, relations and comments.
//!
//! They are kept as the fields their files give them, and are read with types by those who need that
//! ([`Attribute::of`](super::Attribute::of) and its like): so the part of the page that comes first
//! needs no more of them than where they stand and what they lean on.

use std::sync::Arc;

use super::annotation::Timestamp;
use super::change::{Record, RecordId};
use super::id::AnnotationId;
use super::value::{Fields, Value};

/// A record as its fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Which record.
    pub id: RecordId,
    /// Its place among those of its kind, where they have an order.
    pub rank: u32,
    /// When it was made, where that is kept.
    pub created: Timestamp,
    /// When it was last changed, where that is kept.
    pub modified: Timestamp,
    /// What it says.
    pub fields: Fields,
}

/// The fields that name the marks an entry leans on.
const MARKS: [&str; 3] = ["from", "to", "annotation"];

impl Entry {
    /// An entry without fields.
    pub fn new(id: RecordId) -> Self {
        Self {
            id,
            rank: 0,
            created: Timestamp::default(),
            modified: Timestamp::default(),
            fields: Fields::default(),
        }
    }

    /// The text of a field; empty where it is none.
    pub fn text(&self, name: &str) -> &str {
        let value = self.fields.get(name);
        value.and_then(Value::text).unwrap_or_default()
    }

    /// Whether it is of the schema, and so has a place in its order.
    pub fn is_ranked(&self) -> bool {
        matches!(
            self.id,
            RecordId::Attribute(_) | RecordId::RelationType(_) | RecordId::Guidelines
        )
    }

    /// The marks it leans on: the ends of a relation, and what a comment or a first label is about.
    pub fn marks(&self) -> impl Iterator<Item = &str> {
        let leans = matches!(
            self.id,
            RecordId::Relation(_) | RecordId::Comment(_) | RecordId::FirstLabel(_)
        );
        let names = if leans { &MARKS[..] } else { &[] };
        names
            .iter()
            .map(|it| self.text(it))
            .filter(|it| !it.is_empty())
    }

    /// The same at another mark, in the place of those that `is_meant`; `None` where it would be a
    /// relation of that mark to itself.
    pub(super) fn moved(
        &self,
        is_meant: &dyn Fn(&str) -> bool,
        to: &AnnotationId,
    ) -> Option<Entry> {
        let mut moved = self.clone();
        for name in MARKS {
            if is_meant(self.text(name)) {
                let to = Value::Text(to.as_str().to_owned());
                moved.fields.insert(name.to_owned(), to);
            }
        }
        let turns = moved.text("from") == moved.text("to") && !moved.text("to").is_empty();
        (!turns).then_some(moved)
    }
}

impl From<Entry> for Record {
    fn from(entry: Entry) -> Record {
        Record::Entry(Arc::new(entry))
    }
}
