//! The JSON form of a common analysis structure.

use super::{RELATION, SPAN, Structure, UNKNOWN, features, links, structures, take_over};
use crate::format::exchange::found::Found;
use crate::format::exchange::input::{Input, count, get, items, text};
use crate::format::exchange::selection::{Article, Selection};
use crate::format::exchange::{Part, Written};
use crate::format::json::{Json, Writer, as_text};
use crate::format::offsets::Unit;
use crate::format::{Problem, ReadContext};

pub(super) fn part(input: &Input<'_>) -> Part {
    match input.has("%FEATURE_STRUCTURES") {
        true => Part::Main,
        false => Part::None,
    }
}

pub(super) fn write(selection: &Selection<'_>) -> Written {
    let features = features(selection);
    let mut written = Written::default();
    for article in &selection.articles {
        let file = file(article, &features);
        written.add(format!("{}.json", article.id()), super::JSON.mime, file);
    }
    written
}

/// The number of the first mark; the text has 1 and the article 2.
const FIRST: u32 = 10;

fn file(article: &Article<'_>, features: &[String]) -> String {
    let mut writer = Writer::default();
    writer.begin('{');
    write_types(&mut writer, features);
    writer.name("%FEATURE_STRUCTURES");
    writer.begin('[');
    let begin = |writer: &mut Writer, id: u32, kind: &str| {
        writer.begin('{');
        writer.number("%ID", id);
        writer.field("%TYPE", kind);
    };
    begin(&mut writer, 1, "uima.cas.Sofa");
    writer.number("sofaNum", 1_u32);
    writer.field("sofaID", "_InitialView");
    writer.field("mimeType", "text/plain");
    writer.field("sofaString", article.words());
    writer.end('}');
    let place = |writer: &mut Writer, [start, end]: [u32; 2]| {
        writer.number("@sofa", 1_u32);
        writer.number("begin", start);
        writer.number("end", end);
    };
    begin(&mut writer, 2, "uima.tcas.DocumentAnnotation");
    place(&mut writer, article.utf16(article.text().whole()));
    writer.field("language", article.language().unwrap_or(UNKNOWN));
    writer.end('}');
    let marks = structures(article);
    for ((ends, said), id) in marks.iter().zip(FIRST..) {
        begin(&mut writer, id, SPAN);
        place(&mut writer, *ends);
        for (name, value) in said {
            writer.field(name, value);
        }
        writer.end('}');
    }
    let mut next = FIRST + marks.len() as u32;
    for (from, to, kind) in links(article) {
        begin(&mut writer, next, RELATION);
        place(&mut writer, marks[to].0);
        writer.field("label", kind);
        writer.number("@Governor", FIRST + from as u32);
        writer.number("@Dependent", FIRST + to as u32);
        writer.end('}');
        next += 1;
    }
    writer.end(']');
    writer.name("%VIEWS");
    writer.begin('{');
    writer.name("_InitialView");
    writer.begin('{');
    writer.number("%SOFA", 1_u32);
    writer.name("%MEMBERS");
    writer.begin_flat('[');
    for id in [2].into_iter().chain(FIRST..next) {
        writer.digits(id);
    }
    writer.end_flat(']');
    writer.end('}');
    writer.end('}');
    writer.end('}');
    writer.finish() + "\n"
}

fn write_types(writer: &mut Writer, features: &[String]) {
    writer.name("%TYPES");
    writer.begin('{');
    let of_relation = [
        ("label", "uima.cas.String"),
        ("Governor", SPAN),
        ("Dependent", SPAN),
    ];
    let of_span: Vec<(&str, &str)> = features
        .iter()
        .map(|it| (it.as_str(), "uima.cas.String"))
        .collect();
    for (kind, features) in [(SPAN, &of_span[..]), (RELATION, &of_relation)] {
        writer.name(kind);
        writer.begin('{');
        writer.field("%NAME", kind);
        writer.field("%SUPER_TYPE", "uima.tcas.Annotation");
        for (name, range) in features {
            writer.name(name);
            writer.begin_flat('{');
            writer.field("%NAME", name);
            writer.field("%RANGE", range);
            writer.end_flat('}');
        }
        writer.end('}');
    }
    writer.end('}');
}

pub(super) fn read(inputs: &[Input<'_>], _: &ReadContext<'_>) -> Result<Found, Problem> {
    let mut found = Found::counting(Unit::Utf16);
    for input in inputs {
        input.with_json(|json| {
            let all = items(json, "%FEATURE_STRUCTURES");
            let is_text = |it: &Json<'_>| text(*it, "%TYPE") == "uima.cas.Sofa";
            let (texts, others): (Vec<_>, Vec<_>) = all.into_iter().partition(is_text);
            for (sofa, number) in texts.into_iter().zip(1..) {
                let Some(content) = get(sofa, "sofaString").and_then(Json::string) else {
                    continue;
                };
                let own = text(sofa, "%ID");
                let of_view = others.iter().filter(|it| text(**it, "@sofa") == own);
                let id = match number {
                    1 => input.stem().to_owned(),
                    _ => format!("{}-{number}", input.stem()),
                };
                take_over(
                    id,
                    content,
                    of_view.map(|it| structure(*it)).collect(),
                    &mut found,
                );
            }
            Ok(())
        })?;
    }
    Ok(found)
}

fn structure(json: Json<'_>) -> Structure {
    const OWN: [&str; 6] = ["%ID", "%TYPE", "@sofa", "begin", "end", "%FLAGS"];
    let features = json
        .fields()
        .filter(|it| !OWN.contains(&&*it.0) && !it.1.is_null());
    let text_of = |(name, json): (_, Json<'_>)| {
        let name: std::borrow::Cow<'_, str> = name;
        Some((name.trim_start_matches('@').to_owned(), as_text(json)?))
    };
    Structure {
        id: text(json, "%ID"),
        kind: text(json, "%TYPE"),
        sofa: text(json, "@sofa"),
        begin: count(json, "begin"),
        end: count(json, "end"),
        features: features.filter_map(text_of).collect(),
    }
}
