//! The stored form back to records, as far as that goes without the texts. Knows nothing of keys,
//! stores or the order of changes.

use super::fields::Fields;
use super::{
    Heading, RecordError, StoredAnnotation, StoredDocument, StoredFragment, StoredRecord, kind,
    layout_kind,
};
use crate::format::json::{Json, Object, Parsed};
use crate::model::{
    Anchor, AnnotationId, Annotator, AnnotatorId, Color, DocumentId, DocumentMeta, Label, LabelId,
    Layout, Progress, Provenance, Quote, RecordId, Timestamp, Unplaced,
};

/// Reads one stored record. A kind that this version does not know is no error.
///
/// # Errors
/// What is wrong with it, in words, where a record of a known kind cannot be read.
pub fn decode(json: &str) -> Result<StoredRecord, RecordError> {
    read(json).1
}

/// The heading of a stored record, and the record itself as [`decode`] reads it.
pub fn read(json: &str) -> (Heading, Result<StoredRecord, RecordError>) {
    let parsed = match Parsed::of(json) {
        Ok(parsed) => parsed,
        Err(fault) => {
            let error = format!("it is not an object ({})", fault.why);
            return (Heading::nameless(json), Err(RecordError(error)));
        }
    };
    match Object::of(parsed.root()) {
        Some(object) => read_object(json, object),
        None => (
            Heading::nameless(json),
            Ok(StoredRecord::Unknown(json.to_owned())),
        ),
    }
}

/// [`read`], for JSON whose fields have been found already.
pub(crate) fn read_object(
    json: &str,
    object: Object<'_>,
) -> (Heading, Result<StoredRecord, RecordError>) {
    let heading = Heading::of_object(json, &object);
    let unknown = || Ok(StoredRecord::Unknown(json.to_owned()));
    let record = of_fields(Fields::of(object)).and_then(|record| record.map_or_else(unknown, Ok));
    (heading, record)
}

/// The record with these fields; `None` where its kind is not known.
fn of_fields(mut fields: Fields<'_>) -> Result<Option<StoredRecord>, RecordError> {
    let Ok(Some(kind)) = fields.text("k") else {
        return Ok(None);
    };
    if fields.had("z") {
        return gone(&kind, fields).map(|id| id.map(StoredRecord::Gone));
    }
    Ok(Some(match kind.as_str() {
        kind::DOCUMENT => StoredRecord::Document(document(fields)?),
        kind::ANNOTATION => StoredRecord::Annotation(annotation(fields)?),
        kind::UNPLACED => StoredRecord::Unplaced(unplaced(fields)?),
        kind::LABEL => label(fields)?,
        kind::ANNOTATOR => StoredRecord::Annotator(annotator(fields)?),
        _ => return Ok(None),
    }))
}

fn gone(kind: &str, mut fields: Fields<'_>) -> Result<Option<RecordId>, RecordError> {
    Ok(Some(match kind {
        kind::DOCUMENT => RecordId::Document(fields.need_id("i", DocumentId::new)?),
        kind::ANNOTATION => RecordId::Annotation(fields.need_id("i", AnnotationId::new)?),
        kind::UNPLACED => RecordId::Unplaced(fields.need_id("i", AnnotationId::new)?),
        kind::LABEL => RecordId::Label(fields.need_id("i", LabelId::new)?),
        kind::ANNOTATOR => RecordId::Annotator(fields.need_id("i", AnnotatorId::new)?),
        _ => return Ok(None),
    }))
}

fn document(mut fields: Fields<'_>) -> Result<StoredDocument, RecordError> {
    let (created, modified) = times(&mut fields)?;
    let mut text = |name| fields.text(name).map(Option::unwrap_or_default);
    let meta = DocumentMeta {
        title: text("ti")?,
        outlet: text("ou")?,
        author: text("au")?,
        date: text("da")?,
        url: text("ur")?,
        event: text("ev")?,
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
    Ok(StoredDocument {
        id: fields.need_id("i", DocumentId::new)?,
        text: fields.need_text("t")?,
        meta,
        progress,
        rank: fields.number("r")?.unwrap_or_default(),
        layout: layout.transpose()?,
        imported_from,
        created,
        modified,
        extra: fields.into_extra()?,
    })
}

fn annotation(mut fields: Fields<'_>) -> Result<StoredAnnotation, RecordError> {
    let (created, modified) = times(&mut fields)?;
    let numbers = fields.need_items("s")?.into_iter().map(Json::number);
    let numbers: Option<Vec<u32>> = numbers.collect();
    let numbers = numbers.ok_or_else(|| RecordError("its span is not made of numbers".into()))?;
    let (triples, rest) = numbers.as_chunks::<3>();
    if triples.is_empty() || !rest.is_empty() {
        return Err(RecordError("its span is not made of threes".into()));
    }
    let fragments = triples.iter().map(|&[start, end, sum]| StoredFragment {
        start,
        end,
        checksum: sum,
    });
    let provenance = match fields.text("o")?.as_deref() {
        None => Provenance::Manual,
        Some("i") => Provenance::Imported,
        Some("s") => Provenance::Suggested,
        Some(other) => return Err(unknown("o", other)),
    };
    let anchor = match fields.text("a")?.as_deref() {
        None => Anchor::Exact,
        Some("m") => Anchor::Moved,
        Some("a") => Anchor::Ambiguous,
        Some(other) => return Err(unknown("a", other)),
    };
    Ok(StoredAnnotation {
        fragments: fragments.collect(),
        provenance,
        anchor,
        id: fields.need_id("i", AnnotationId::new)?,
        document: fields.need_id("d", DocumentId::new)?,
        label: fields.need_id("l", LabelId::new)?,
        annotator: fields.need_id("w", AnnotatorId::new)?,
        note: fields.text("n")?.unwrap_or_default().into(),
        created,
        modified,
        extra: fields.into_extra()?,
    })
}

fn unplaced(mut fields: Fields<'_>) -> Result<Unplaced, RecordError> {
    let (created, modified) = times(&mut fields)?;
    let quotes = fields.need_items("q")?.into_iter().map(quote);
    let quotes: Option<Vec<_>> = quotes.collect();
    let quotes = quotes.ok_or_else(|| RecordError("its words are unreadable".into()))?;
    Ok(Unplaced {
        quotes: quotes.into(),
        id: fields.need_id("i", AnnotationId::new)?,
        document: fields.need_id("d", DocumentId::new)?,
        label: fields.need_id("l", LabelId::new)?,
        annotator: fields.need_id("w", AnnotatorId::new)?,
        note: fields.text("n")?.unwrap_or_default().into(),
        created,
        modified,
        extra: fields.into_extra()?,
    })
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

fn label(mut fields: Fields<'_>) -> Result<StoredRecord, RecordError> {
    let color = fields.need_text("co")?;
    let position = fields.number("p")?.unwrap_or(usize::MAX);
    let label = Label {
        id: fields.need_id("i", LabelId::new)?,
        name: fields.text("n")?.unwrap_or_default(),
        color: Color::parse(&color).ok_or_else(|| unknown("co", color))?,
        definition: fields.text("de")?.unwrap_or_default(),
        extra: fields.into_extra()?,
    };
    Ok(StoredRecord::Label(label, position))
}

fn annotator(mut fields: Fields<'_>) -> Result<Annotator, RecordError> {
    Ok(Annotator {
        id: fields.need_id("i", AnnotatorId::new)?,
        name: fields.text("n")?.unwrap_or_default(),
        extra: fields.into_extra()?,
    })
}

fn times(fields: &mut Fields<'_>) -> Result<(Timestamp, Timestamp), RecordError> {
    let created = fields.number("c")?.unwrap_or_default();
    let modified = fields.number("m")?.unwrap_or(created);
    Ok((Timestamp(created), Timestamp(modified)))
}

fn unknown(name: &str, value: impl std::fmt::Display) -> RecordError {
    RecordError(format!(
        "“{value}” is an unknown value of its field “{name}”"
    ))
}
