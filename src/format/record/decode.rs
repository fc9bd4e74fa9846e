//! The stored form back to records, as far as that goes without the texts. Knows nothing of keys,
//! stores or the order of changes.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use super::fields::{self, Fields};
use super::{
    Heading, RecordError, StoredAnnotation, StoredDocument, StoredFragment, StoredRecord, kind,
    layout_kind,
};
use crate::format::json::{Json, Object, Parsed};
use crate::format::known;
use crate::model::{
    Anchor, AnnotationId, Annotator, AnnotatorId, AttributeId, Color, CommentId, DocumentId,
    DocumentMeta, Entry, GUIDELINES, Label, LabelId, Layout, Progress, Provenance, Quote, Record,
    RecordId, RelationId, RelationTypeId, SpeakerId, Timestamp, Unplaced,
};

/// Reads one stored record. A kind that this version does not know is no error.
///
/// # Errors
/// What is wrong with it, in words, where a record of a known kind cannot be read.
pub fn decode(json: &str) -> Result<StoredRecord, RecordError> {
    Decoder::default().read(json).1
}

/// Reads stored records one after another. What many have in common is made once.
#[derive(Default)]
pub struct Decoder {
    name: String,
    article: Option<Rc<str>>,
    pub(super) document: Option<DocumentId>,
    pub(super) label: Option<LabelId>,
    pub(super) annotator: Option<AnnotatorId>,
}

impl Decoder {
    /// The heading of a stored record, and the record itself as [`decode`] reads it.
    pub fn read(&mut self, json: &str) -> (Heading, Result<StoredRecord, RecordError>) {
        match Parsed::of(json) {
            Ok(parsed) => match Object::of(parsed.root()) {
                Some(mut object) => self.read_object(&|| json.into(), &mut object),
                None => (
                    Heading::nameless(json),
                    Ok(StoredRecord::Unknown(json.to_owned())),
                ),
            },
            Err(fault) => {
                let error = format!("it is not an object ({})", fault.why);
                (Heading::nameless(json), Err(RecordError(error)))
            }
        }
    }

    /// [`Self::read`], for a record whose fields have been found already. Takes out of them what it
    /// knows. `json` gives the whole record, which is seldom asked for.
    pub(crate) fn read_object<'j>(
        &mut self,
        json: &dyn Fn() -> Cow<'j, str>,
        object: &mut Object<'_>,
    ) -> (Heading, Result<StoredRecord, RecordError>) {
        let heading = self.heading(json, object);
        let record = match self.record(Fields(object)) {
            Ok(Some(record)) => Ok(record),
            Ok(None) => Ok(StoredRecord::Unknown(json().into_owned())),
            Err(error) => Err(error),
        };
        (heading, record)
    }

    pub(super) fn heading<'j>(
        &mut self,
        json: &dyn Fn() -> Cow<'j, str>,
        object: &Object<'_>,
    ) -> Heading {
        let text = |name: &str| object.peek(name).and_then(Json::text);
        let (Some(kind), Some(id)) = (text("k"), text("i")) else {
            return Heading::nameless(&json());
        };
        self.name.clear();
        for part in [&*kind, ":", &*id] {
            self.name.push_str(part);
        }
        // An unknown kind may use these two names for something else.
        let own = (kind == kind::DOCUMENT).then(|| id.clone());
        let article = own.or_else(|| text("d"));
        Heading {
            name: self.name.as_str().into(),
            document: article.map(|it| self.article(&it)),
            text: text("t").map(Rc::from),
            is_known: kind::ALL.contains(&&*kind),
        }
    }

    /// The name of an article, which records share.
    pub(super) fn article(&mut self, id: &str) -> Rc<str> {
        match &self.article {
            Some(last) if **last == *id => last.clone(),
            _ => self.article.insert(id.into()).clone(),
        }
    }

    /// The record with these fields; `None` where its kind is not known.
    fn record(&mut self, mut fields: Fields<'_, '_>) -> Result<Option<StoredRecord>, RecordError> {
        let Ok(Some(kind)) = fields.take("k", Json::text) else {
            return Ok(None);
        };
        if fields.had("z") {
            return gone(&kind, fields).map(|id| id.map(StoredRecord::Gone));
        }
        Ok(Some(match &*kind {
            kind::DOCUMENT => StoredRecord::Document(document(fields)?.into()),
            kind::ANNOTATION => StoredRecord::Annotation(self.annotation(fields)?.into()),
            kind::UNPLACED => StoredRecord::Unplaced(unplaced(fields)?.into()),
            kind::LABEL => StoredRecord::Whole(label(fields)?.into()),
            kind::ANNOTATOR => StoredRecord::Whole(annotator(fields)?.into()),
            _ => match entry_id(&kind, &mut fields)? {
                Some(id) => StoredRecord::Whole(entry(id, fields)?.into()),
                None => return Ok(None),
            },
        }))
    }

    fn annotation(&mut self, mut fields: Fields<'_, '_>) -> Result<StoredAnnotation, RecordError> {
        let (created, modified) = times(&mut fields)?;
        let fragments = fragments(&mut fields)?;
        let provenance = match fields.take("o", Json::text)?.as_deref() {
            None => Provenance::Manual,
            Some("i") => Provenance::Imported,
            Some("s") => Provenance::Suggested,
            Some(other) => return Err(unknown("o", other)),
        };
        let anchor = match fields.take("a", Json::text)?.as_deref() {
            None => Anchor::Exact,
            Some("m") => Anchor::Moved,
            Some("a") => Anchor::Ambiguous,
            Some(other) => return Err(unknown("a", other)),
        };
        let id = fields.need_id("i", AnnotationId::new)?;
        let document = fields.need_id("d", |id| DocumentId::again(&mut self.document, id))?;
        let label = fields.need_id("l", |id| LabelId::again(&mut self.label, id))?;
        let annotator = fields.need_id("w", |id| AnnotatorId::again(&mut self.annotator, id))?;
        let note = fields.take("n", Json::text)?;
        let mut extra = fields.into_extra()?;
        let (details, revision) = known::take_details(&mut extra);
        Ok(StoredAnnotation {
            fragments,
            provenance,
            anchor,
            id,
            document,
            label,
            annotator,
            note: note.map_or_else(Arc::default, |it| it.as_ref().into()),
            revision,
            details,
            created,
            modified,
            extra,
        })
    }
}

fn gone(kind: &str, mut fields: Fields<'_, '_>) -> Result<Option<RecordId>, RecordError> {
    Ok(Some(match kind {
        kind::DOCUMENT => RecordId::Document(fields.need_id("i", DocumentId::new)?),
        kind::ANNOTATION => RecordId::Annotation(fields.need_id("i", AnnotationId::new)?),
        kind::UNPLACED => RecordId::Unplaced(fields.need_id("i", AnnotationId::new)?),
        kind::LABEL => RecordId::Label(fields.need_id("i", LabelId::new)?),
        kind::ANNOTATOR => RecordId::Annotator(fields.need_id("i", AnnotatorId::new)?),
        _ => return entry_id(kind, &mut fields),
    }))
}

/// The id of an entry; `None` where the kind is not known.
fn entry_id(kind: &str, fields: &mut Fields<'_, '_>) -> Result<Option<RecordId>, RecordError> {
    let make: fn(&str) -> Option<RecordId> = match kind {
        kind::ATTRIBUTE => |id| AttributeId::new(id).map(RecordId::Attribute),
        kind::RELATION_TYPE => |id| RelationTypeId::new(id).map(RecordId::RelationType),
        kind::SPEAKER => |id| SpeakerId::new(id).map(RecordId::Speaker),
        kind::RELATION => |id| RelationId::new(id).map(RecordId::Relation),
        kind::COMMENT => |id| CommentId::new(id).map(RecordId::Comment),
        kind::FIRST_LABEL => |id| AnnotationId::new(id).map(RecordId::FirstLabel),
        kind::GUIDELINES => |id| (id == GUIDELINES).then_some(RecordId::Guidelines),
        _ => return Ok(None),
    };
    fields.need_id("i", make).map(Some)
}

fn entry(id: RecordId, mut fields: Fields<'_, '_>) -> Result<Record, RecordError> {
    let (created, modified) = times(&mut fields)?;
    let mut entry = Entry {
        created,
        modified,
        ..Entry::new(id)
    };
    if entry.is_ranked() {
        entry.rank = rank(&mut fields)?;
    }
    entry.fields = known::take_entry(&fields.into_extra()?);
    Ok(entry.into())
}

/// The place in an order; last where there is none.
fn rank(fields: &mut Fields<'_, '_>) -> Result<u32, RecordError> {
    Ok(fields.number("p")?.unwrap_or(u32::MAX))
}

fn document(mut fields: Fields<'_, '_>) -> Result<StoredDocument, RecordError> {
    let (created, modified) = times(&mut fields)?;
    let mut text = |name| fields.text(name).map(Option::unwrap_or_default);
    let meta = DocumentMeta {
        title: text("ti")?,
        outlet: text("ou")?,
        author: text("au")?,
        date: text("da")?,
        url: text("ur")?,
        event: text("ev")?,
        language: text("lg")?,
    };
    let imported_from = text("fr")?;
    let progress = match fields.number::<u8>("p")? {
        None | Some(0) => Progress::ToDo,
        Some(1) => Progress::InProgress,
        Some(2) => Progress::Done,
        Some(other) => return Err(unknown("p", other)),
    };
    let layout = fields.text("la")?.map(|codes| {
        let kinds = codes.chars().map(layout_kind);
        let kinds: Option<Layout> = kinds.collect();
        kinds.ok_or_else(|| unknown("la", codes))
    });
    let id = fields.need_id("i", DocumentId::new)?;
    let text = fields.need_text("t")?;
    let rank = fields.number("r")?.unwrap_or_default();
    let mut extra = fields.into_extra()?;
    let own = known::take_document(&mut extra);
    Ok(StoredDocument {
        id,
        text,
        meta,
        progress,
        rank,
        layout: layout.transpose()?,
        imported_from,
        own,
        created,
        modified,
        extra,
    })
}

/// The first fragment, and more where there are more.
fn fragments(
    fields: &mut Fields<'_, '_>,
) -> Result<(StoredFragment, Vec<StoredFragment>), RecordError> {
    let wrong = |why: &str| RecordError(format!("its span is not made of {why}"));
    let list = fields.take("s", |json| json.get().starts_with('[').then_some(json))?;
    let list = list.ok_or_else(|| fields::missing("s"))?;
    let mut numbers = list.parts().map(Json::number);
    let mut next = || match (numbers.next(), numbers.next(), numbers.next()) {
        (None, ..) => Ok(None),
        (Some(Some(start)), Some(Some(end)), Some(Some(checksum))) => Ok(Some(StoredFragment {
            start,
            end,
            checksum,
        })),
        (_, None, _) | (_, _, None) => Err(wrong("threes")),
        _ => Err(wrong("numbers")),
    };
    let first = next()?.ok_or_else(|| wrong("threes"))?;
    let mut more = Vec::new();
    while let Some(fragment) = next()? {
        more.push(fragment);
    }
    Ok((first, more))
}

fn unplaced(mut fields: Fields<'_, '_>) -> Result<Unplaced, RecordError> {
    let (created, modified) = times(&mut fields)?;
    let quotes = fields.need_items("q")?.into_iter().map(quote);
    let quotes: Option<Vec<_>> = quotes.collect();
    let quotes = quotes.ok_or_else(|| RecordError("its words are unreadable".into()))?;
    let mut unplaced = Unplaced {
        quotes: quotes.into(),
        id: fields.need_id("i", AnnotationId::new)?,
        document: fields.need_id("d", DocumentId::new)?,
        label: fields.need_id("l", LabelId::new)?,
        annotator: fields.need_id("w", AnnotatorId::new)?,
        note: fields.text("n")?.unwrap_or_default().into(),
        revision: 0,
        details: None,
        created,
        modified,
        extra: fields.into_extra()?,
    };
    (unplaced.details, unplaced.revision) = known::take_details(&mut unplaced.extra);
    Ok(unplaced)
}

/// A quote with the code points it once stood at.
fn quote(json: Json<'_>) -> Option<(Quote, [u32; 2])> {
    let [exact, prefix, suffix, start, end] = json.items()?.try_into().ok()?;
    let quote = Quote {
        exact: exact.string()?,
        prefix: prefix.string()?,
        suffix: suffix.string()?,
    };
    Some((quote, [start.number()?, end.number()?]))
}

fn label(mut fields: Fields<'_, '_>) -> Result<Record, RecordError> {
    let color = fields.need_text("co")?;
    let parsed = Color::parse(&color).ok_or_else(|| unknown("co", color))?;
    let name = fields.text("n")?.unwrap_or_default();
    let mut label = Label {
        rank: rank(&mut fields)?,
        definition: fields.text("de")?.unwrap_or_default(),
        ..Label::new(fields.need_id("i", LabelId::new)?, name, parsed)
    };
    label.extra = fields.into_extra()?;
    known::take_label(&mut label);
    Ok(Record::Label(label.into()))
}

fn annotator(mut fields: Fields<'_, '_>) -> Result<Record, RecordError> {
    Ok(Record::Annotator(Annotator {
        id: fields.need_id("i", AnnotatorId::new)?,
        name: fields.text("n")?.unwrap_or_default(),
        extra: fields.into_extra()?,
    }))
}

fn times(fields: &mut Fields<'_, '_>) -> Result<(Timestamp, Timestamp), RecordError> {
    let created = fields.number("c")?.unwrap_or_default();
    let modified = fields.number("m")?.unwrap_or(created);
    Ok((Timestamp(created), Timestamp(modified)))
}

fn unknown(name: &str, value: impl std::fmt::Display) -> RecordError {
    RecordError(format!(
        "“{value}” is an unknown value of its field “{name}”"
    ))
}
