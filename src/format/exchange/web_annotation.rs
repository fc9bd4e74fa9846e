//! W3C Web Annotations: an array of annotations with positions in code points and quotes, relations in
//! a second file, since some readers stop at a target without a selector, and the texts beside them.

mod read;

use super::input::Input;
use super::loss::Feature;
use super::selection::{Article, Mark, Selection};
use super::{Format, Part, Written};
use crate::format::json::Writer;
use crate::model::Quote;

pub(super) const WEB_ANNOTATION: Format = Format {
    id: "web-annotation",
    name: "W3C Web Annotations",
    mime: "application/ld+json",
    extension: "jsonld",
    positions: "code points",
    holds_text: true,
    cannot_say: &[
        Feature::Origin,
        Feature::Metadata,
        Feature::Layout,
        Feature::Tray,
        Feature::OtherFields,
    ],
    part,
    write: Some(write),
    read: Some(read::read),
};

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// What the ids of annotations begin with; then come that of the article and its own.
const ANNOTATION: &str = "urn:sourcelight:annotation:";

/// What the ids of annotators begin with.
const ANNOTATOR: &str = "urn:sourcelight:annotator:";

/// What names a text that has no address: its SHA-256.
const TEXT: &str = "urn:sha256:";

fn part(input: &Input<'_>) -> Part {
    let prefixes = ["", "[].", "items[].", "first.items[].", "@graph[]."];
    let has = |path: &str| prefixes.iter().any(|it| input.has(&format!("{it}{path}")));
    let is_bare_list =
        input.is_list() && input.text.trim_end().len() < 4 && input.ends_with("jsonld");
    match () {
        () if has("target") && (has("body") || has("motivation") || has("@context")) => Part::Main,
        () if is_bare_list => Part::Main,
        () if input.ends_with("txt") => Part::Companion,
        () => Part::None,
    }
}

fn write(selection: &Selection<'_>) -> Written {
    let mut written = Written::default();
    let mut marks = Writer::default();
    marks.begin('[');
    for article in &selection.articles {
        for mark in &article.marks {
            write_mark(&mut marks, selection, article, mark);
        }
    }
    marks.end(']');
    written.add(
        "annotations.jsonld",
        WEB_ANNOTATION.mime,
        marks.finish() + "\n",
    );
    if selection.articles.iter().any(|it| !it.relations.is_empty()) {
        let mut links = Writer::default();
        links.begin('[');
        for article in &selection.articles {
            write_links(&mut links, article);
        }
        links.end(']');
        written.add(
            "relations.jsonld",
            WEB_ANNOTATION.mime,
            links.finish() + "\n",
        );
    }
    for article in &selection.articles {
        written.add(
            format!("{}.txt", article.id()),
            "text/plain",
            article.words(),
        );
    }
    written
}

fn name(article: &Article<'_>, id: &str) -> String {
    format!("{ANNOTATION}{}:{id}", article.id())
}

fn write_mark(
    writer: &mut Writer,
    selection: &Selection<'_>,
    article: &Article<'_>,
    mark: &Mark<'_>,
) {
    writer.begin('{');
    writer.field("@context", CONTEXT);
    writer.field("id", &name(article, mark.id()));
    writer.field("type", "Annotation");
    writer.field("motivation", "highlighting");
    writer.name("creator");
    writer.begin('{');
    writer.field("id", &format!("{ANNOTATOR}{}", mark.annotator()));
    writer.field("type", "Person");
    writer.field("name", &selection.annotator_name(mark));
    writer.end('}');
    for (name, time) in [("created", mark.created()), ("modified", mark.modified())] {
        if !time.is_empty() {
            writer.field(name, &time);
        }
    }
    writer.name("body");
    writer.begin('[');
    write_body(writer, "tagging", mark.label());
    for (name, value) in &mark.attributes {
        write_body(writer, "describing", &format!("{name}={value}"));
    }
    if !mark.note().is_empty() {
        write_body(writer, "commenting", mark.note());
    }
    writer.end(']');
    writer.name("target");
    let spans = mark.annotation.fragments();
    if spans.len() > 1 {
        writer.begin('[');
    }
    for &span in spans {
        let [start, end] = article.code_points(span);
        let quote = Quote::of(article.text(), span);
        writer.begin('{');
        writer.field("source", &source(article));
        writer.name("selector");
        writer.begin('[');
        writer.begin('{');
        writer.field("type", "TextPositionSelector");
        writer.number("start", start);
        writer.number("end", end);
        writer.end('}');
        writer.begin('{');
        writer.field("type", "TextQuoteSelector");
        writer.field("exact", &quote.exact);
        writer.field("prefix", &quote.prefix);
        writer.field("suffix", &quote.suffix);
        writer.end('}');
        writer.end(']');
        writer.end('}');
    }
    if spans.len() > 1 {
        writer.end(']');
    }
    writer.end('}');
}

/// The address of the article where it has one, for then others find it; else the hash of its text.
fn source(article: &Article<'_>) -> String {
    let url = &article.document.meta.url;
    let is_address = url.starts_with("https://") || url.starts_with("http://");
    let is_plain = url
        .bytes()
        .all(|b| b.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&b));
    match is_address && is_plain {
        true => url.clone(),
        false => format!("{TEXT}{}", article.text().hash().as_str()),
    }
}

fn write_body(writer: &mut Writer, purpose: &str, value: &str) {
    writer.begin('{');
    writer.field("type", "TextualBody");
    writer.field("value", value);
    writer.field("purpose", purpose);
    writer.field("format", "text/plain");
    writer.end('}');
}

fn write_links(writer: &mut Writer, article: &Article<'_>) {
    for it in &article.relations {
        writer.begin('{');
        writer.field("@context", CONTEXT);
        writer.field("id", &name(article, &it.id));
        writer.field("type", "Annotation");
        writer.field("motivation", "linking");
        writer.name("body");
        writer.begin('[');
        writer.begin('{');
        writer.field("source", &name(article, &it.to));
        writer.field("purpose", "linking");
        writer.end('}');
        write_body(writer, "tagging", &it.kind);
        writer.end(']');
        writer.field("target", &name(article, &it.from));
        writer.end('}');
    }
}
