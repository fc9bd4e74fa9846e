//! Writes the annotations of a project file, those in the text and those in the tray.

use super::links::Links;
use super::records::{write_entries, write_given};
use super::{COMMENTS, Shape, write_non_empty, write_time, write_unknown};
use crate::format::json::Writer;
use crate::format::known::{self, Given};
use crate::model::{
    Anchor, Annotation, AnnotationId, Extra, MaybeDetails, Provenance, Quote, Text, Unplaced,
};

pub(super) fn write_annotation(
    writer: &mut Writer,
    text: &Text,
    links: &Links<'_>,
    annotation: &Annotation,
    shape: Shape,
) {
    writer.begin('{');
    writer.field("id", annotation.id.as_str());
    writer.field("label", annotation.label.as_str());
    writer.name("fragments");
    writer.begin('[');
    for &span in annotation.fragments() {
        let ends = [span.start(), span.end()];
        let utf16 = ends.map(|at| text.utf16(at));
        let quote = Quote::of(text, span);
        write_fragment(
            writer,
            ends.map(|at| text.code_points(at)),
            Some(utf16),
            &quote,
            shape,
        );
    }
    writer.end(']');
    write_non_empty(writer, "note", &annotation.note);
    writer.field("creator", annotation.annotator.as_str());
    write_time(writer, "created", annotation.created);
    write_time(writer, "modified", annotation.modified);
    let origin = match annotation.provenance {
        Provenance::Manual => "manual",
        Provenance::Imported => "import",
        Provenance::Suggested => "suggestion",
    };
    writer.field("origin", origin);
    let anchor = match annotation.anchor {
        Anchor::Exact => "exact",
        Anchor::Moved => "moved",
        Anchor::Ambiguous => "ambiguous",
    };
    writer.field("anchor", anchor);
    let details = shaped(known::worded(&annotation.details, text), shape);
    let details = known::details_fields(&details, annotation.revision);
    write_rest(writer, &annotation.id, details, links, &annotation.extra);
}

/// The fields of an annotation of the file.
const ANNOTATION_KEYS: [&str; 10] = [
    "id",
    "label",
    "fragments",
    "note",
    "creator",
    "created",
    "modified",
    "origin",
    "anchor",
    COMMENTS,
];

/// What annotations in the text and in the tray have in common at their end.
fn write_rest(
    writer: &mut Writer,
    id: &AnnotationId,
    details: Given,
    links: &Links<'_>,
    extra: &Extra,
) {
    write_given(writer, &details);
    let comments = links.at(id.as_str());
    write_entries(writer, COMMENTS, &comments, Some(extra));
    if details.0.is_empty() {
        write_unknown(writer, extra, &ANNOTATION_KEYS);
    } else {
        let known = [&ANNOTATION_KEYS, &details.names()[..]].concat();
        write_unknown(writer, extra, &known);
    }
    writer.end('}');
}

pub(super) fn write_unplaced(
    writer: &mut Writer,
    links: &Links<'_>,
    unplaced: &Unplaced,
    shape: Shape,
) {
    writer.begin('{');
    writer.field("id", unplaced.id.as_str());
    writer.field("label", unplaced.label.as_str());
    writer.name("fragments");
    writer.begin('[');
    for (quote, place) in unplaced.quotes.iter() {
        write_fragment(writer, *place, None, quote, shape);
    }
    writer.end(']');
    write_non_empty(writer, "note", &unplaced.note);
    writer.field("creator", unplaced.annotator.as_str());
    write_time(writer, "created", unplaced.created);
    write_time(writer, "modified", unplaced.modified);
    writer.field("origin", "import");
    writer.field("anchor", "lost");
    let details = shaped(unplaced.details.clone(), shape);
    let details = known::details_fields(&details, unplaced.revision);
    write_rest(writer, &unplaced.id, details, links, &unplaced.extra);
}

/// What is said of a mark, as far as a file of this shape says it.
fn shaped(details: MaybeDetails, shape: Shape) -> MaybeDetails {
    match shape {
        Shape::Withheld(_) => known::wordless(details),
        _ => details,
    }
}

/// Writes a fragment on one line, so that people can read and compare files.
fn write_fragment(
    writer: &mut Writer,
    place: [u32; 2],
    utf16: Option<[u32; 2]>,
    quote: &Quote,
    shape: Shape,
) {
    writer.begin_flat('{');
    writer.number("start", place[0]);
    writer.number("end", place[1]);
    if let Some([start, end]) = utf16 {
        writer.name("utf16");
        writer.raw(&format!("[{start},{end}]"));
    }
    if let Shape::Withheld(write) = shape {
        write(writer, quote);
    } else {
        writer.field("exact", &quote.exact);
        writer.field("prefix", &quote.prefix);
        writer.field("suffix", &quote.suffix);
    }
    writer.end_flat('}');
}
