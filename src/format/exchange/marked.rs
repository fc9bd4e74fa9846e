//! Articles with their marks as people read them: HTML and Markdown with `<mark>`. Marks that overlap are
//! cut so that the elements nest. Written only.

use super::loss::Feature;
use super::selection::{Article, Part as MarkPart, Selection};
use super::xml::{attribute, escaped, escaped_lines};
use super::{Format, Part, Written};
use crate::model::sorted::{sort_by, sort_by_key};

pub(super) const HTML: Format = Format {
    id: "html",
    name: "HTML with marks",
    mime: "text/html",
    extension: "html",
    positions: "",
    holds_text: true,
    cannot_say: &[
        Feature::Attributes,
        Feature::Relations,
        Feature::Times,
        Feature::Origin,
        Feature::Layout,
        Feature::Tray,
        Feature::OtherFields,
    ],
    part: |_| Part::None,
    write: Some(|selection| each(selection, "html", HTML.mime, html)),
    read: None,
};

pub(super) const MARKDOWN: Format = Format {
    id: "markdown",
    name: "Markdown with marks",
    mime: "text/markdown",
    extension: "md",
    holds_text: false,
    write: Some(|selection| each(selection, "md", MARKDOWN.mime, markdown)),
    ..HTML
};

type Render = fn(&Selection<'_>, &Article<'_>) -> String;

fn each(selection: &Selection<'_>, ending: &str, mime: &'static str, render: Render) -> Written {
    let mut written = Written::default();
    for article in &selection.articles {
        written.add(
            format!("{}.{ending}", article.id()),
            mime,
            render(selection, article),
        );
    }
    written
}

/// The text from one byte to another with its marks as elements, each sign as `sign` writes it. `parts`
/// are those of the article, by where they begin.
pub(super) fn with_marks(
    article: &Article<'_>,
    parts: &[MarkPart<'_, '_>],
    [from, to]: [usize; 2],
    sign: &dyn Fn(&str) -> String,
) -> String {
    let within = |it: &usize| *it > from && *it < to;
    let touching = |it: &&MarkPart<'_, '_>| it.span.end().bytes() > from;
    let before = parts.partition_point(|it| it.span.start().bytes() < to);
    let parts: Vec<&MarkPart<'_, '_>> = parts[..before].iter().filter(touching).collect();
    let ends = parts
        .iter()
        .flat_map(|it| [it.span.start().bytes(), it.span.end().bytes()]);
    let mut cuts: Vec<usize> = ends.filter(within).chain([from, to]).collect();
    sort_by(&mut cuts, Ord::cmp);
    cuts.dedup();
    let mut made = String::new();
    let mut waiting = parts.into_iter().peekable();
    let mut here: Vec<&MarkPart<'_, '_>> = Vec::new();
    for pair in cuts.windows(2) {
        here.retain(|it| it.span.end().bytes() > pair[0]);
        here.extend(std::iter::from_fn(|| {
            waiting.next_if(|it| it.span.start().bytes() <= pair[0])
        }));
        for part in &here {
            made.push_str(&opening(part));
        }
        made.push_str(&sign(&article.words()[pair[0]..pair[1]]));
        made.push_str(&"</mark>".repeat(here.len()));
    }
    made
}

fn opening(part: &MarkPart<'_, '_>) -> String {
    let mark = part.mark;
    let mut made = "<mark".to_owned();
    for (name, value) in [
        ("data-annotation", mark.id()),
        ("data-label", mark.label()),
        ("data-annotator", mark.annotator()),
        ("title", mark.note()),
    ] {
        if !value.is_empty() {
            made.push_str(&attribute(name, value));
        }
    }
    made + ">"
}

/// The parts of all marks, by where they begin.
pub(super) fn in_order<'a, 'p>(article: &'a Article<'p>) -> Vec<MarkPart<'a, 'p>> {
    let mut parts = article.parts();
    sort_by_key(&mut parts, |it| it.span.start());
    parts
}

/// Of parts by where they begin, all from the first that reaches beyond a byte.
pub(super) fn beyond<'l, 'a, 'p>(
    parts: &'l [MarkPart<'a, 'p>],
    from: usize,
) -> &'l [MarkPart<'a, 'p>] {
    let first = parts.iter().position(|it| it.span.end().bytes() > from);
    &parts[first.unwrap_or(parts.len())..]
}

fn html(selection: &Selection<'_>, article: &Article<'_>) -> String {
    let title = escaped(article.document.title());
    let mut style =
        ".text{white-space:pre-wrap;overflow-wrap:anywhere;max-width:42rem;margin:auto;\
                     font:1.1rem/1.6 Georgia,serif}\
                     mark{background:none;border-bottom:3px solid #777;padding:1px 0}"
            .to_owned();
    for label in selection.labels() {
        style.push_str(&format!(
            "mark[data-label={}]{{border-color:{}}}",
            label.id, label.color
        ));
    }
    let text = with_marks(
        article,
        &in_order(article),
        [0, article.words().len()],
        &escaped_lines,
    );
    let language = article.language().unwrap_or_default();
    let known = article.meta().into_iter();
    let known = known.filter(|it| !it.1.is_empty() && it.1 != language);
    let meta: String = known
        .map(|(name, value)| {
            let (name, value) = (attribute("name", name), attribute("content", value));
            format!("<meta{name}{value}>")
        })
        .collect();
    format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>{title}</title>{meta}\
         <style>{style}</style></head>\n<body><article class=\"text\"{}{} dir=\"auto\">{text}</article></body></html>\n",
        attribute("id", article.id()),
        match language {
            "" => String::new(),
            code => attribute("lang", code),
        },
    )
}

fn markdown(_: &Selection<'_>, article: &Article<'_>) -> String {
    let (text, parts) = (article.text(), in_order(article));
    let mut ahead = &parts[..];
    let known = article
        .meta()
        .map(|it| it.1)
        .into_iter()
        .filter(|it| !it.is_empty());
    let known: Vec<String> = known.map(cell).collect();
    let mut made = format!(
        "# {}\n\n{}",
        cell(article.document.title()),
        known.join(" · ")
    );
    for block in text.blocks() {
        let span = block.span();
        made.push_str("\n\n");
        let ends = [span.start().bytes(), span.end().bytes()];
        ahead = beyond(ahead, ends[0]);
        let block = with_marks(article, ahead, ends, &in_markdown);
        // White space as it is would make the block a piece of code, with its marks as they are written.
        let rest = block.trim_start_matches([' ', '\t']);
        for c in block[..block.len() - rest.len()].chars() {
            made.push_str(if c == ' ' { "&#32;" } else { "&#9;" });
        }
        made.push_str(rest);
    }
    if article.marks.is_empty() {
        return made + "\n";
    }
    made.push_str("\n\n| mark | label | words | note |\n|---|---|---|---|\n");
    for mark in &article.marks {
        let spans = mark.annotation.fragments().iter().map(|&it| text.slice(it));
        let words = cell(&spans.collect::<Vec<_>>().join(" … "));
        let note = cell(mark.note());
        made.push_str(&format!(
            "| {} | {} | {words} | {note} |\n",
            mark.id(),
            mark.label()
        ));
    }
    made
}

fn cell(text: &str) -> String {
    in_markdown(&text.replace(['\n', '\r', '\t'], " "))
}

/// Text in which no sign means anything to Markdown.
fn in_markdown(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => made.push_str("&amp;"),
            '<' => made.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '>' | '$' => {
                made.extend(['\\', c])
            }
            '-' | '+' | '=' | '.' | ')'
                if made.bytes().all(|b| b.is_ascii_digit() || b == b' ') =>
            {
                // At the beginning of a line it would begin a list or underline a heading.
                made.extend(['\\', c]);
            }
            _ => made.push(c),
        }
    }
    made
}
