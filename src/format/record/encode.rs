//! Records to their stored form. Knows nothing of keys, stores or the order of changes.

use super::fields::ObjectWriter;
use super::{RecordError, checksum::crc32, kind, layout_code};
use crate::format::known;
use crate::model::{
    Anchor, Annotation, Annotator, Document, DocumentId, Extra, Label, Progress, Provenance,
    Record, RecordId, Text, Timestamp, Unplaced,
};

/// The stored form of an article; its text is named by its SHA-256 and kept elsewhere.
pub fn document(document: &Document) -> String {
    let mut object = ObjectWriter::new(kind::DOCUMENT, document.id.as_str());
    object.field("t", document.text.hash().as_str());
    if document.rank != 0 {
        object.number("r", document.rank.into());
    }
    match document.progress {
        Progress::ToDo => {}
        Progress::InProgress => object.number("p", 1),
        Progress::Done => object.number("p", 2),
    }
    let meta = &document.meta;
    for (name, text) in [
        ("ti", &meta.title),
        ("ou", &meta.outlet),
        ("au", &meta.author),
        ("da", &meta.date),
        ("ur", &meta.url),
        ("ev", &meta.event),
        ("lg", &meta.language),
        ("fr", &document.imported_from),
    ] {
        object.text(name, text);
    }
    if let Some(layout) = &document.layout {
        let codes: String = layout.iter().map(|&kind| layout_code(kind)).collect();
        object.field("la", &codes);
    }
    times(&mut object, document.created, document.modified);
    let own = known::document_fields(document, document.version_of.as_ref());
    object.extra(&own.with(&document.extra));
    object.finish()
}

/// The stored form of an annotation in an article with this text: code points, and a checksum of
/// the words instead of the words.
///
/// # Errors
/// Where a fragment is no span of `text`.
pub fn annotation(annotation: &Annotation, text: &Text) -> Result<String, RecordError> {
    let mut object = ObjectWriter::new(kind::ANNOTATION, annotation.id.as_str());
    let mut numbers = Vec::with_capacity(3 * annotation.fragments().len());
    for fragment in annotation.fragments() {
        let span = text.span(fragment.start().bytes(), fragment.end().bytes());
        let span = span.ok_or_else(|| {
            RecordError(format!("the mark {} is outside its text", annotation.id))
        })?;
        let bounds = [span.start(), span.end()].map(|offset| text.code_points(offset));
        numbers.extend(bounds);
        numbers.push(crc32(text.slice(span)));
    }
    object.field("d", annotation.document.as_str());
    object.field("l", annotation.label.as_str());
    object.field("w", annotation.annotator.as_str());
    object.list("s", |list| {
        for number in numbers {
            list.digits(number);
        }
    });
    object.text("n", &annotation.note);
    match annotation.provenance {
        Provenance::Manual => {}
        Provenance::Imported => object.field("o", "i"),
        Provenance::Suggested => object.field("o", "s"),
    }
    match annotation.anchor {
        Anchor::Exact => {}
        Anchor::Moved => object.field("a", "m"),
        Anchor::Ambiguous => object.field("a", "a"),
    }
    times(&mut object, annotation.created, annotation.modified);
    let details = known::worded(&annotation.details, text);
    let details = known::details_fields(&details, annotation.revision);
    object.extra(&details.with(&annotation.extra));
    Ok(object.finish())
}

/// The stored form of an annotation in the tray; it has no place, so its words are kept whole.
pub fn unplaced(unplaced: &Unplaced) -> String {
    let mut object = ObjectWriter::new(kind::UNPLACED, unplaced.id.as_str());
    object.field("d", unplaced.document.as_str());
    object.field("l", unplaced.label.as_str());
    object.field("w", unplaced.annotator.as_str());
    object.list("q", |list| {
        for (quote, at) in unplaced.quotes.iter() {
            list.begin('[');
            for words in [&quote.exact, &quote.prefix, &quote.suffix] {
                list.string(words);
            }
            for place in at {
                list.digits(*place);
            }
            list.end(']');
        }
    });
    object.text("n", &unplaced.note);
    times(&mut object, unplaced.created, unplaced.modified);
    let details = known::details_fields(&unplaced.details, unplaced.revision);
    object.extra(&details.with(&unplaced.extra));
    object.finish()
}

/// The stored form of a record that leans on no text.
///
/// # Errors
/// Where it does.
pub fn whole(record: &Record) -> Result<String, RecordError> {
    let id = record.id();
    let mut object = ObjectWriter::new(kind_of(&id), id.name());
    match record {
        Record::Label(label) => Ok(self::label(object, label)),
        Record::Annotator(it) => Ok(annotator(object, it)),
        Record::Entry(it) => {
            if it.is_ranked() {
                object.number("p", it.rank.into());
            } else {
                times(&mut object, it.created, it.modified);
            }
            object.extra(&known::entry_fields(&it.fields));
            Ok(object.finish())
        }
        _ => Err(RecordError(format!("{} leans on a text", id.name()))),
    }
}

fn label(object: ObjectWriter, label: &Label) -> String {
    let extra = known::label_fields(label).with(&label.extra);
    named(object, &label.name, &extra, |object| {
        object.field("co", &label.color.to_string());
        object.text("de", &label.definition);
        object.number("p", label.rank.into());
    })
}

fn annotator(object: ObjectWriter, annotator: &Annotator) -> String {
    named(object, &annotator.name, &annotator.extra, |_| {})
}

/// The stored form of "this record is gone"; an annotation's names the article it stood in, so
/// that both are folded into the same snapshot.
pub fn gone(id: &RecordId, document: Option<&DocumentId>) -> String {
    let mut object = ObjectWriter::new(kind_of(id), id.name());
    if let Some(document) = document {
        object.field("d", document.as_str());
    }
    object.number("z", 1);
    object.finish()
}

/// How records of this kind are stored.
fn kind_of(id: &RecordId) -> &'static str {
    match id {
        RecordId::Document(_) => kind::DOCUMENT,
        RecordId::Annotation(_) => kind::ANNOTATION,
        RecordId::Unplaced(_) => kind::UNPLACED,
        RecordId::Label(_) => kind::LABEL,
        RecordId::Annotator(_) => kind::ANNOTATOR,
        RecordId::Attribute(_) => kind::ATTRIBUTE,
        RecordId::RelationType(_) => kind::RELATION_TYPE,
        RecordId::Speaker(_) => kind::SPEAKER,
        RecordId::Relation(_) => kind::RELATION,
        RecordId::Comment(_) => kind::COMMENT,
        RecordId::Guidelines => kind::GUIDELINES,
        RecordId::FirstLabel(_) => kind::FIRST_LABEL,
    }
}

fn named(
    mut object: ObjectWriter,
    name: &str,
    extra: &Extra,
    rest: impl FnOnce(&mut ObjectWriter),
) -> String {
    object.text("n", name);
    rest(&mut object);
    object.extra(extra);
    object.finish()
}

fn times(object: &mut ObjectWriter, created: Timestamp, modified: Timestamp) {
    object.number("c", created.0);
    if modified != created {
        object.number("m", modified.0);
    }
}
