//! The JSON Lines of Prodigy, which spaCy's own tools read: a text with its tokens and spans.

use super::loss::Feature;
use super::meta::write_meta;
use super::selection::{Article, Part as MarkPart, Selection};
use super::tokens::{counted_places, tokens, within};
use super::{Format, Part, Written, span_lines};
use crate::format::json::{Writer, push_number, push_string};
use crate::model::sorted::{SortedSet, sort_by};
use crate::model::{Span, count_code_points};

pub(super) const PRODIGY: Format = Format {
    id: "prodigy",
    name: "spaCy and Prodigy JSON Lines",
    mime: "application/jsonl",
    extension: "jsonl",
    positions: "code points and tokens",
    holds_text: true,
    cannot_say: &[
        Feature::Origin,
        Feature::Layout,
        Feature::Tray,
        Feature::OtherFields,
    ],
    part: |input| {
        let has = |path: &str| input.has(path) || input.has(&format!("[].{path}"));
        let is_span = has("spans[].start") || has("entities[][]") || has("tokens[].id");
        match has("text") && (is_span || has("spans") && (has("answer") || has("meta"))) {
            true => Part::Main,
            false => Part::None,
        }
    },
    write: Some(write),
    read: Some(span_lines::read),
};

fn write(selection: &Selection<'_>) -> Written {
    let lines = selection.articles.iter().map(|it| line(it) + "\n");
    let mut written = Written::default();
    written.add("prodigy.jsonl", PRODIGY.mime, lines.collect::<String>());
    written
}

fn line(article: &Article<'_>) -> String {
    let tokens = with_white_space(article);
    let mut writer = Writer::flat();
    writer.begin('{');
    writer.field("text", article.words());
    writer.name("tokens");
    writer.begin('[');
    writer.raw(&token_list(article, &tokens));
    writer.end(']');
    let spans: Vec<Span> = tokens.iter().map(|it| it.0).collect();
    let parts = article.parts();
    writer.name("spans");
    writer.begin('[');
    for part in &parts {
        writer.begin('{');
        write_place(&mut writer, article, &spans, part);
        write_said(&mut writer, article, part);
        writer.end('}');
    }
    writer.end(']');
    write_relations(&mut writer, article, &spans, &parts);
    writer.name("meta");
    writer.begin('{');
    writer.field("doc_id", article.id());
    write_meta(&mut writer, article);
    writer.end('}');
    writer.field("answer", "accept");
    writer.end('}');
    writer.finish()
}

/// The tokens in JSON, put together from ready pieces, since there are a million of them.
fn token_list(article: &Article<'_>, tokens: &[(Span, bool)]) -> String {
    let places = counted_places(
        article.words(),
        tokens.iter().map(|it| it.0),
        count_code_points,
    );
    let mut list = String::with_capacity(tokens.len() * 64);
    for ((&(token, has_blank), [start, end]), id) in tokens.iter().zip(places).zip(0_u32..) {
        list.push_str("{\"text\":");
        push_string(&mut list, article.text().slice(token));
        for (name, number) in [(",\"start\":", start), (",\"end\":", end), (",\"id\":", id)] {
            list.push_str(name);
            push_number(&mut list, number.into());
        }
        list.push_str(if has_blank {
            ",\"ws\":true},"
        } else {
            ",\"ws\":false},"
        });
    }
    list.pop();
    list
}

/// All of the text in tokens: a blank after a word belongs to it, other white space is a token. So
/// they give the text back, as spaCy asks.
fn with_white_space(article: &Article<'_>) -> Vec<(Span, bool)> {
    let text = article.text();
    let mut all = Vec::new();
    let mut from = 0;
    // Marks may begin and end within white space.
    let spans = article
        .marks
        .iter()
        .flat_map(|it| it.annotation.fragments());
    let ends: Vec<[usize; 2]> = spans
        .map(|it| [it.start().bytes(), it.end().bytes()])
        .collect();
    let starts = SortedSet::of_keys(ends.iter().map(|it| it[0]));
    let stops = SortedSet::of_keys(ends.iter().map(|it| it[1]));
    let mut cuts = ends.concat();
    sort_by(&mut cuts, Ord::cmp);
    let white = |mut from: usize, to: usize, all: &mut Vec<(Span, bool)>| {
        if from == to {
            return;
        }
        let first = cuts.partition_point(|&it| it <= from);
        let inner = cuts[first..].iter().copied().take_while(|&it| it < to);
        for cut in inner.chain([to]) {
            let is_blank = text.as_str().get(from..cut) == Some(" ");
            // The word before it would reach into a mark, or the mark would end within the word.
            let is_free = || !starts.contains(&from) && !stops.contains(&cut);
            match all.last_mut() {
                Some(last) if is_blank && !last.1 && last.0.end().bytes() == from && is_free() => {
                    last.1 = true;
                }
                _ => all.extend(text.span(from, cut).map(|it| (it, false))),
            }
            from = cut;
        }
    };
    for token in tokens(article) {
        white(from, token.start().bytes(), &mut all);
        all.push((token, false));
        from = token.end().bytes();
    }
    white(from, text.as_str().len(), &mut all);
    all
}

fn write_place(
    writer: &mut Writer,
    article: &Article<'_>,
    tokens: &[Span],
    part: &MarkPart<'_, '_>,
) {
    let [start, end] = article.code_points(part.span);
    writer.number("start", start);
    writer.number("end", end);
    if let Some((first, last)) = within(tokens, part.span) {
        writer.number("token_start", first as u64);
        writer.number("token_end", last as u64);
    }
    writer.field("label", part.mark.label());
}

fn write_said(writer: &mut Writer, article: &Article<'_>, part: &MarkPart<'_, '_>) {
    let mark = part.mark;
    writer.field("id", &part.name);
    writer.field("group", mark.id());
    writer.field("text", article.text().slice(part.span));
    writer.field("annotator", mark.annotator());
    let first = part.number == 1;
    for (name, value) in [
        ("note", mark.note()),
        ("created", &mark.created()),
        ("modified", &mark.modified()),
    ] {
        if first && !value.is_empty() {
            writer.field(name, value);
        }
    }
    if first && !mark.attributes.is_empty() {
        writer.name("attributes");
        writer.begin('{');
        for (name, value) in &mark.attributes {
            writer.field(name, value);
        }
        writer.end('}');
    }
}

/// Relations as Prodigy has them: from the last token of one span to that of another.
fn write_relations(
    writer: &mut Writer,
    article: &Article<'_>,
    tokens: &[Span],
    parts: &[MarkPart<'_, '_>],
) {
    if article.relations.is_empty() {
        return;
    }
    writer.name("relations");
    writer.begin('[');
    for relation in &article.relations {
        let part = |id: &str| parts.iter().find(|it| it.mark.id() == id);
        let Some((from, to)) = part(&relation.from).zip(part(&relation.to)) else {
            continue;
        };
        writer.begin('{');
        for (name, part) in [("head", from), ("child", to)] {
            let last = within(tokens, part.span).map_or(0, |it| it.1);
            writer.number(name, last as u64);
            writer.name(&format!("{name}_span"));
            writer.begin('{');
            write_place(writer, article, tokens, part);
            writer.end('}');
        }
        writer.field("label", &relation.kind);
        writer.field("id", &relation.id);
        writer.field("from", &relation.from);
        writer.field("to", &relation.to);
        writer.end('}');
    }
    writer.end(']');
    writer.field("_view_id", "relations");
}
