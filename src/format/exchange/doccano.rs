//! doccano's JSON Lines, for its two kinds of project: spans alone, and spans with relations. Its editor
//! counts UTF-16 units, while scripts in Python that read its files count code points, so there are
//! two formats.

use super::found::{Found, FoundDocument, FoundFragment, FoundMark, FoundRelation};
use super::input::{Input, count, get, items, text};
use super::loss::Feature;
use super::meta::{read_meta, write_columns};
use super::selection::{Article, Selection};
use super::{Format, Part, Written};
use crate::format::Problem;
use crate::format::json::{Json, Writer, as_count, as_text};
use crate::format::offsets::Unit;
use crate::model::Span;

pub(super) const DOCCANO: Format = Format {
    id: "doccano",
    name: "doccano JSON Lines",
    mime: "application/jsonl",
    extension: "jsonl",
    positions: "UTF-16 units",
    holds_text: true,
    cannot_say: &[
        Feature::Attributes,
        Feature::Notes,
        Feature::Annotators,
        Feature::Times,
        Feature::Origin,
        Feature::Layout,
        Feature::Tray,
        Feature::OtherFields,
    ],
    part,
    write: Some(|selection| write(selection, Unit::Utf16)),
    read: Some(|inputs, _| read(inputs, Unit::Utf16)),
};

pub(super) const IN_CODE_POINTS: Format = Format {
    id: "doccano-code-points",
    name: "doccano JSON Lines, for scripts",
    positions: "code points",
    part: |input| match part(input) {
        Part::Main if input.has_wide_characters() => Part::Main,
        _ => Part::None,
    },
    write: Some(|selection| write(selection, Unit::CodePoint)),
    read: Some(|inputs, _| read(inputs, Unit::CodePoint)),
    ..DOCCANO
};

fn write(selection: &Selection<'_>, unit: Unit) -> Written {
    let (mut relations, mut spans) = (String::new(), String::new());
    let mut number = 0;
    for article in &selection.articles {
        relations.push_str(&with_relations(article, &mut number, unit));
        relations.push('\n');
        spans.push_str(&spans_alone(article, unit));
        spans.push('\n');
    }
    let unit = match unit {
        Unit::Utf16 => "utf16",
        _ => "code-points",
    };
    let mut written = Written::default();
    let mime = DOCCANO.mime;
    written.add(format!("doccano-relations.{unit}.jsonl"), mime, relations);
    written.add(format!("doccano-spans.{unit}.jsonl"), mime, spans);
    written
}

fn ends(article: &Article<'_>, span: Span, unit: Unit) -> [u32; 2] {
    match unit {
        Unit::Utf16 => article.utf16(span),
        _ => article.code_points(span),
    }
}

/// A line for a project with relations. The parts of a mark are linked by `continues`.
fn with_relations(article: &Article<'_>, number: &mut u32, unit: Unit) -> String {
    let parts = article.parts();
    let first = *number + 1;
    let place = |id: &str| parts.iter().position(|it| it.mark.id() == id);
    let mut links: Vec<(usize, usize, &str)> = Vec::new();
    for (at, part) in parts.iter().enumerate().filter(|it| it.1.number > 1) {
        let before = parts[..at]
            .iter()
            .rposition(|it| it.mark.id() == part.mark.id());
        links.extend(before.map(|before| (before, at, "continues")));
    }
    for it in &article.relations {
        links.extend(
            place(&it.from)
                .zip(place(&it.to))
                .map(|(from, to)| (from, to, it.kind.as_str())),
        );
    }
    let numbered = |at: usize| first + at as u32;
    let mut writer = begin(article);
    writer.name("entities");
    writer.begin('[');
    for (at, part) in parts.iter().enumerate() {
        let [start, end] = ends(article, part.span, unit);
        writer.begin('{');
        writer.number("id", numbered(at));
        writer.field("label", part.mark.label());
        writer.number("start_offset", start);
        writer.number("end_offset", end);
        writer.end('}');
    }
    writer.end(']');
    writer.name("relations");
    writer.begin('[');
    for (link, (from, to, kind)) in (1_u32..).zip(links) {
        writer.begin('{');
        writer.number("id", *number + link);
        writer.number("from_id", numbered(from));
        writer.number("to_id", numbered(to));
        writer.field("type", kind);
        writer.end('}');
    }
    writer.end(']');
    *number += parts.len() as u32;
    end(writer, article)
}

fn spans_alone(article: &Article<'_>, unit: Unit) -> String {
    let mut writer = begin(article);
    writer.name("label");
    writer.begin('[');
    for part in article.parts() {
        let [start, end] = ends(article, part.span, unit);
        writer.begin('[');
        writer.digits(start);
        writer.digits(end);
        writer.string(part.mark.label());
        writer.end(']');
    }
    writer.end(']');
    end(writer, article)
}

fn begin(article: &Article<'_>) -> Writer {
    let mut writer = Writer::flat();
    writer.begin('{');
    writer.field("text", article.words());
    writer
}

fn end(mut writer: Writer, article: &Article<'_>) -> String {
    writer.field("doc_id", article.id());
    write_columns(&mut writer, article);
    writer.end('}');
    writer.finish()
}

fn part(input: &Input<'_>) -> Part {
    let has = |path: &str| input.has(path) || input.has(&format!("[].{path}"));
    let is_text = has("text") || has("data");
    let has_spans = has("label[][]") || has("labels[][]") || has("entities[].start_offset");
    // A file without a single mark still has the lists they would be in.
    let has_lists = (has("label") || has("labels")) && has("text") && input.has_lines()
        || has("entities[]") && has("relations[]") && !has("spans");
    match is_text && (has_spans || has_lists && !has("tokens") && !has("entities[][]")) {
        true => Part::Main,
        false => Part::None,
    }
}

fn read(inputs: &[Input<'_>], unit: Unit) -> Result<Found, Problem> {
    let mut found = Found::counting(unit);
    let mut comments = 0;
    for input in inputs {
        let mut problems = Vec::new();
        input.each_object(&mut problems, |json, number| {
            comments += items(json, "Comments").len();
            let document = read_document(json, format!("{}-{number}", input.stem()));
            let document = document.ok_or_else(|| input.no_article(number))?;
            found.documents.push(document);
            Ok(())
        })?;
        found.problems.append(&mut problems);
    }
    found.tell_counts([(
        comments,
        "comments are about whole articles; they were left out.",
    )]);
    Ok(found)
}

fn read_document(json: Json<'_>, stand_in: String) -> Option<FoundDocument> {
    let own = get(json, "text").or_else(|| get(json, "data"))?;
    let id = ["doc_id", "id"].map(|name| text(json, name));
    let mut document = FoundDocument {
        id: id.into_iter().find(|it| !it.is_empty()).unwrap_or(stand_in),
        text: Some(as_text(own)?),
        meta: read_meta(json),
        ..FoundDocument::default()
    };
    for name in ["label", "labels"] {
        document
            .marks
            .extend(items(json, name).into_iter().filter_map(read_triple));
    }
    for entity in items(json, "entities") {
        let [start, end] = ["start_offset", "end_offset"].map(|name| count(entity, name));
        document.marks.push(FoundMark {
            id: text(entity, "id"),
            label: text(entity, "label"),
            fragments: vec![FoundFragment {
                start,
                end,
                ..FoundFragment::default()
            }],
            ..FoundMark::default()
        });
    }
    for relation in items(json, "relations") {
        document.relations.push(FoundRelation {
            id: String::new(),
            kind: text(relation, "type"),
            from: text(relation, "from_id"),
            to: text(relation, "to_id"),
        });
    }
    document.join_continued();
    Some(document)
}

/// `[start, end, label]`.
fn read_triple(json: Json<'_>) -> Option<FoundMark> {
    let [start, end, label] = <[Json<'_>; 3]>::try_from(json.items()?).ok()?;
    Some(FoundMark {
        label: as_text(label)?,
        fragments: vec![FoundFragment {
            start: as_count(start),
            end: as_count(end),
            ..FoundFragment::default()
        }],
        ..FoundMark::default()
    })
}
