//! Entries with types, and types as entries. What is known and has a value that makes sense becomes a
//! typed field; everything else stays in `extra` and goes back as it was. What has the default value
//! is not given. Knows nothing of how files write values.

mod fields;
mod question;

use fields::{Given, Taken, Words};

use super::annotation::Timestamp;
use super::change::{Record, RecordId};
use super::entry::Entry;
use super::id::{AnnotationId, AnnotatorId};
use super::relation::{Comment, Reach, Relation, RelationType};
use super::speaker::{Speaker, SpeakerKind};
use super::value::Value;

const REACHES: Words<Reach> = &[
    ("anywhere", Reach::Anywhere),
    ("within", Reach::Within),
    ("across", Reach::Across),
];

const SPEAKER_KINDS: Words<SpeakerKind> = &[
    ("person", SpeakerKind::Person),
    ("body", SpeakerKind::Body),
    ("document", SpeakerKind::Document),
    ("unnamed", SpeakerKind::Unnamed),
];

impl RelationType {
    /// The kind of relation that an entry is; `None` for one of another kind.
    pub fn of(entry: &Entry) -> Option<Self> {
        let RecordId::RelationType(id) = &entry.id else {
            return None;
        };
        let mut fields = Taken::of(entry);
        let name = fields.name(id.as_str());
        Some(Self {
            definition: fields.text("description"),
            from: fields.labels("from"),
            to: fields.labels("to"),
            reach: fields.word("reach", REACHES),
            rank: entry.rank,
            extra: fields.rest(),
            ..Self::new(id.clone(), name)
        })
    }
}

impl From<RelationType> for Entry {
    fn from(it: RelationType) -> Entry {
        let mut given = Given::over(it.extra);
        given.put("name", Value::Text(it.name));
        given.text("description", it.definition);
        given.labels("from", &it.from);
        given.labels("to", &it.to);
        given.word("reach", REACHES, &it.reach);
        Entry {
            rank: it.rank,
            fields: given.fields(),
            ..Entry::new(RecordId::RelationType(it.id))
        }
    }
}

impl Speaker {
    /// Somebody of the cast; `None` for an entry of another kind.
    pub fn of(entry: &Entry) -> Option<Self> {
        let RecordId::Speaker(id) = &entry.id else {
            return None;
        };
        let mut fields = Taken::of(entry);
        let name = fields.text("name");
        Some(Self {
            role: fields.text("role"),
            kind: fields.word("kind", SPEAKER_KINDS),
            aliases: fields.texts("aliases"),
            extra: fields.rest(),
            ..Self::new(id.clone(), name)
        })
    }
}

impl From<Speaker> for Entry {
    fn from(it: Speaker) -> Entry {
        let mut given = Given::over(it.extra);
        given.put("name", Value::Text(it.name));
        given.text("role", it.role);
        given.word("kind", SPEAKER_KINDS, &it.kind);
        given.texts("aliases", it.aliases);
        Entry {
            fields: given.fields(),
            ..Entry::new(RecordId::Speaker(it.id))
        }
    }
}

impl Relation {
    /// The link that an entry is; `None` for one of another kind, and where an end is missing.
    pub fn of(entry: &Entry) -> Option<Self> {
        let RecordId::Relation(id) = &entry.id else {
            return None;
        };
        let mut fields = Taken::of(entry);
        let kind = fields.id("type", super::id::RelationTypeId::new)?;
        let from = fields.id("from", AnnotationId::new)?;
        let to = fields.id("to", AnnotationId::new)?;
        Some(Self {
            note: fields.text("note").into(),
            annotator: fields.id("creator", AnnotatorId::new),
            created: entry.created,
            modified: entry.modified,
            extra: fields.rest(),
            ..Self::new(id.clone(), kind, from, to)
        })
    }
}

impl From<Relation> for Entry {
    fn from(it: Relation) -> Entry {
        let mut given = Given::over(it.extra);
        given.text("type", it.kind.to_string());
        given.text("from", it.from.to_string());
        given.text("to", it.to.to_string());
        given.text("note", it.note.to_string());
        given.text(
            "creator",
            it.annotator.map_or_else(String::new, |it| it.to_string()),
        );
        timed(RecordId::Relation(it.id), (it.created, it.modified), given)
    }
}

impl Comment {
    /// What an entry says about a mark; `None` for one of another kind, and where it does not say
    /// about which mark, or who says it.
    pub fn of(entry: &Entry) -> Option<Self> {
        let RecordId::Comment(id) = &entry.id else {
            return None;
        };
        let mut fields = Taken::of(entry);
        Some(Self {
            id: id.clone(),
            annotation: fields.id("annotation", AnnotationId::new)?,
            annotator: fields.id("creator", AnnotatorId::new)?,
            text: fields.text("text").into(),
            created: entry.created,
            modified: entry.modified,
            extra: fields.rest(),
        })
    }
}

impl From<Comment> for Entry {
    fn from(it: Comment) -> Entry {
        let mut given = Given::over(it.extra);
        given.text("annotation", it.annotation.to_string());
        given.text("creator", it.annotator.to_string());
        given.text("text", it.text.to_string());
        timed(RecordId::Comment(it.id), (it.created, it.modified), given)
    }
}

fn timed(id: RecordId, (created, modified): (Timestamp, Timestamp), given: Given) -> Entry {
    Entry {
        created,
        modified,
        fields: given.fields(),
        ..Entry::new(id)
    }
}

macro_rules! becomes_a_record {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Record {
            fn from(it: $kind) -> Record {
                Entry::from(it).into()
            }
        }
    )*};
}

becomes_a_record!(super::Attribute, RelationType, Speaker, Relation, Comment);
