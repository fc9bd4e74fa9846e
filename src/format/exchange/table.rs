//! Tables, comma or tab between the cells: one row a part of a mark; a second table for the articles
//! and their texts, and a third for relations. Also any table with a column of texts.

mod read;

use super::delimited::{Table, rows};
use super::input::Input;
use super::loss::Feature;
use super::selection::{Article, Selection};
use super::{Format, Part, Written};

const CANNOT_SAY: &[Feature] = &[
    Feature::Origin,
    Feature::Layout,
    Feature::Tray,
    Feature::OtherFields,
];

pub(super) const CSV: Format = Format {
    id: "csv",
    name: "CSV table",
    mime: "text/csv",
    extension: "csv",
    positions: "code points and UTF-16 units",
    holds_text: true,
    cannot_say: CANNOT_SAY,
    part: |input| part(input, &[',', ';']),
    write: Some(|selection| write(selection, ',')),
    read: Some(read::read),
};

pub(super) const TSV: Format = Format {
    id: "tsv",
    name: "TSV table",
    mime: "text/tab-separated-values",
    extension: "tsv",
    part: |input| part(input, &['\t']),
    write: Some(|selection| write(selection, '\t')),
    ..CSV
};

/// The columns of the table of marks.
const COLUMNS: [&str; 13] = [
    "doc_id",
    "annotation_id",
    "fragment",
    "label",
    "start",
    "end",
    "start_utf16",
    "end_utf16",
    "text",
    "note",
    "annotator",
    "created",
    "modified",
];

/// The columns of the table of articles.
const ARTICLE_COLUMNS: [&str; 9] = [
    "doc_id", "title", "outlet", "author", "date", "url", "event", "language", "text",
];

/// The columns of the table of relations.
const RELATION_COLUMNS: [&str; 5] = ["doc_id", "relation_id", "type", "from", "to"];

/// What comes before the name of an attribute that is called like a column.
const ATTRIBUTE: &str = "attribute:";

/// Names that others give to our columns.
const ALIASES: [(&str, &[&str]); 12] = [
    (
        "doc_id",
        &["document_id", "document", "doc", "article_id", "article"],
    ),
    ("annotation_id", &["id", "span_id", "mark_id"]),
    ("label", &["tag", "category", "entity", "class"]),
    (
        "start",
        &["begin", "start_offset", "start_char", "offset_start"],
    ),
    ("end", &["stop", "end_offset", "end_char", "offset_end"]),
    (
        "text",
        &[
            "quote",
            "exact",
            "span_text",
            "content",
            "body",
            "article_text",
        ],
    ),
    ("annotator", &["creator", "user", "annotator_id"]),
    ("note", &["comment"]),
    ("title", &["headline"]),
    ("author", &["byline", "authors"]),
    ("outlet", &["source", "publisher"]),
    ("date", &["published", "published_at"]),
];

fn write(selection: &Selection<'_>, delimiter: char) -> Written {
    let (mime, ending) = match delimiter {
        '\t' => (TSV.mime, TSV.extension),
        _ => (CSV.mime, CSV.extension),
    };
    let table = || Table::new(delimiter, selection.options.defuse_formulas);
    let mut written = Written::default();
    written.add(
        format!("annotations.{ending}"),
        mime,
        marks(selection, table()),
    );
    let mut articles = table();
    articles.row(ARTICLE_COLUMNS);
    for article in &selection.articles {
        let title = article.document.meta.title.as_str();
        let meta = article.meta().map(|it| it.1);
        let known = [article.id(), title].into_iter().chain(meta);
        articles.row(known.chain([article.words()]));
    }
    written.add(format!("articles.{ending}"), mime, articles.finish());
    if selection.articles.iter().any(|it| !it.relations.is_empty()) {
        let mut relations = table();
        relations.row(RELATION_COLUMNS);
        for article in &selection.articles {
            for it in &article.relations {
                relations.row([article.id(), &it.id, &it.kind, &it.from, &it.to]);
            }
        }
        written.add(format!("relations.{ending}"), mime, relations.finish());
    }
    written
}

fn marks(selection: &Selection<'_>, mut table: Table) -> Vec<u8> {
    let attributes = selection.attribute_names();
    for column in COLUMNS {
        table.cell(column);
    }
    for &name in &attributes {
        let is_ours = COLUMNS.contains(&canonical(name).as_str()) || name.starts_with(ATTRIBUTE);
        match is_ours {
            true => table.cell(&format!("{ATTRIBUTE}{name}")),
            false => table.cell(name),
        }
    }
    table.end_row();
    for article in &selection.articles {
        mark_rows(article, &attributes, &mut table);
    }
    table.finish()
}

fn mark_rows(article: &Article<'_>, attributes: &[&str], table: &mut Table) {
    for part in article.parts() {
        let mark = part.mark;
        for cell in [
            article.id(),
            mark.id(),
            &(part.number - 1).to_string(),
            mark.label(),
        ] {
            table.cell(cell);
        }
        for position in [article.code_points(part.span), article.utf16(part.span)].as_flattened() {
            table.cell(&position.to_string());
        }
        table.cell(article.text().slice(part.span));
        // What is said of the whole mark stands in its first row.
        table.cell(part.said_once(mark.note()));
        table.cell(mark.annotator());
        table.cell(&mark.created());
        table.cell(&mark.modified());
        for name in attributes {
            table.cell(part.said_once(mark.attribute(name)));
        }
        table.end_row();
    }
}

/// A column's name as it is compared.
fn canonical(name: &str) -> String {
    let plain = name.trim().to_lowercase().replace([' ', '-'], "_");
    let alias = ALIASES.iter().find(|it| it.1.contains(&plain.as_str()));
    alias.map_or(plain, |it| it.0.to_owned())
}

/// What a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Marks,
    Articles,
    Relations,
}

/// What the table with this first row is about; `None` where it is none of ours.
fn about(header: &[String]) -> Option<About> {
    let names: Vec<String> = header.iter().map(|it| canonical(it)).collect();
    let has = |name: &str| names.iter().any(|it| it == name);
    let has_positions = has("start") && has("end") || has("start_utf16") && has("end_utf16");
    match () {
        () if has("label") && (has_positions || has("text") && has("doc_id")) => Some(About::Marks),
        () if has("from") && has("to") && has("type") => Some(About::Relations),
        () if names.len() > 1 && has("text") => Some(About::Articles),
        () => None,
    }
}

fn header(text: &str, delimiter: char) -> Option<Vec<String>> {
    let line = text.trim_start_matches(['\r', '\n']).lines().next()?;
    Some(rows(line, delimiter).into_iter().next()?.cells)
}

fn part(input: &Input<'_>, delimiters: &[char]) -> Part {
    let of = |&it: &char| about(&header(&input.text, it)?);
    match delimiters.iter().find_map(of) {
        Some(About::Marks) => Part::Main,
        Some(About::Articles) => Part::Either,
        Some(About::Relations) => Part::Companion,
        None => Part::None,
    }
}
