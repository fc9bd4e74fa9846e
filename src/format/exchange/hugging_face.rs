//! A data set for Hugging Face: a line an article with its spans, and a card that declares the columns,
//! since a column without a value has no type of its own.

use super::card;
use super::loss::Feature;
use super::selection::{Article, Selection};
use super::{Format, Part, Written, span_lines};
use crate::format::json::Writer;

pub(super) const HUGGING_FACE: Format = Format {
    id: "hugging-face",
    name: "Hugging Face data set",
    mime: "application/jsonl",
    extension: "jsonl",
    positions: "code points",
    holds_text: true,
    cannot_say: &[
        Feature::Origin,
        Feature::Layout,
        Feature::Tray,
        Feature::OtherFields,
    ],
    part: |input| {
        let has = |path: &str| input.has(path) || input.has(&format!("[].{path}"));
        let is_other = has("answer") || has("tokens") || has("entities");
        match has("text") && has("spans") && !is_other {
            true => Part::Main,
            false if input.name.ends_with("README.md") => Part::Companion,
            false => Part::None,
        }
    },
    write: Some(write),
    read: Some(span_lines::read),
};

/// The columns of an article.
const ARTICLE: [&str; 7] = [
    "title", "outlet", "author", "date", "url", "event", "language",
];

/// The columns of a span besides its positions and attributes.
const SPAN: [&str; 8] = [
    "id",
    "group",
    "label",
    "text",
    "annotator",
    "note",
    "created",
    "modified",
];

fn write(selection: &Selection<'_>) -> Written {
    let attributes = selection.attribute_names();
    let columns: Vec<(&str, String)> = attributes.iter().map(|&it| (it, column(it))).collect();
    let lines = selection
        .articles
        .iter()
        .map(|it| line(it, &columns) + "\n");
    let mut written = Written::default();
    written.add("spans.jsonl", HUGGING_FACE.mime, lines.collect::<String>());
    written.add("README.md", "text/markdown", card(selection, &columns));
    written
}

/// The column of an attribute.
fn column(name: &str) -> String {
    // What is read as no attribute, an attribute may not be called.
    let is_taken = span_lines::OWN.contains(&name) || name.starts_with("attribute:");
    let before = if is_taken { "attribute:" } else { "" };
    format!("{before}{name}")
}

fn line(article: &Article<'_>, columns: &[(&str, String)]) -> String {
    let mut writer = Writer::flat();
    writer.begin('{');
    writer.field("id", article.id());
    let title = article.document.meta.title.as_str();
    let known = [title].into_iter().chain(article.meta().map(|it| it.1));
    for (name, value) in ARTICLE.into_iter().zip(known) {
        writer.field(name, value);
    }
    writer.field("text", article.words());
    writer.name("spans");
    writer.begin('[');
    for part in article.parts() {
        let mark = part.mark;
        let said = |text: &str| part.said_once(text).to_owned();
        writer.begin('{');
        let values = [
            part.name.clone(),
            mark.id().to_owned(),
            mark.label().to_owned(),
            article.text().slice(part.span).to_owned(),
            mark.annotator().to_owned(),
            said(mark.note()),
            said(&mark.created()),
            said(&mark.modified()),
        ];
        for (name, value) in SPAN.into_iter().zip(values) {
            writer.field(name, &value);
        }
        let [start, end] = article.code_points(part.span);
        writer.number("start", start);
        writer.number("end", end);
        for (name, column) in columns {
            writer.field(column, &said(mark.attribute(name)));
        }
        writer.end('}');
    }
    writer.end(']');
    writer.name("relations");
    writer.begin('[');
    for it in &article.relations {
        writer.begin('{');
        for (name, value) in [
            ("id", &it.id),
            ("type", &it.kind),
            ("from", &it.from),
            ("to", &it.to),
        ] {
            writer.field(name, value);
        }
        writer.end('}');
    }
    writer.end(']');
    writer.end('}');
    writer.finish()
}

/// The card: what `datasets` reads of it, then what people do.
fn card(selection: &Selection<'_>, columns: &[(&str, String)]) -> String {
    let mut card = format!(
        "---\n{}configs:\n- config_name: spans\n  data_files: spans.jsonl\n\
         dataset_info:\n- config_name: spans\n  features:\n",
        card::licence(selection)
    );
    let mut column = |indent: &str, name: &str, dtype: &str| {
        let name = Writer::quoted(name);
        card.push_str(&format!(
            "{indent}- name: {name}\n{indent}  dtype: {dtype}\n"
        ));
    };
    for name in ["id"].into_iter().chain(ARTICLE).chain(["text"]) {
        column("  ", name, "string");
    }
    card.push_str("  - name: spans\n    list:\n");
    let mut column = |name: &str, dtype: &str| {
        let name = Writer::quoted(name);
        card.push_str(&format!("    - name: {name}\n      dtype: {dtype}\n"));
    };
    for name in SPAN {
        column(name, "string");
    }
    column("start", "int32");
    column("end", "int32");
    for (_, name) in columns {
        column(name, "string");
    }
    card.push_str("  - name: relations\n    list:\n");
    for name in ["id", "type", "from", "to"] {
        card.push_str(&format!("    - name: {name}\n      dtype: string\n"));
    }
    card.push_str("---\n\n# Marked articles\n\n");
    card.push_str(
        "One line an article. `start` and `end` count code points (what Python counts), so \
         `text[start:end]` is the `text` of the span. Spans may overlap and nest. Spans with the same \
         `group` are parts of one mark; what is said of it stands in the first.\n",
    );
    card + &card::about(selection, HUGGING_FACE.cannot_say, &[])
}

#[cfg(test)]
mod tests {
    #[test]
    fn attributes_get_columns_of_their_own() {
        assert_eq!(super::column("speaker"), "speaker");
        assert_eq!(super::column("label"), "attribute:label");
    }
}
