//! Articles out of JSON and JSON Lines: objects with a `text`, and what else they say. Knows
//! nothing of our own project file.

use super::articles::{Draft, Intake};
use super::file_document::MAX_LINE;
use super::json::{Json, Object, Source, as_text, mend};
use super::project_json::DOCUMENT_KEYS;
use super::project_reading::MAX_ARTICLES;
use super::{Problem, ReadContext, Reading};
use crate::model::{DocumentId, DocumentMeta};

/// The articles of a JSON file that holds one object, or a list of them.
pub(super) fn read_json<'a>(
    source: &Source<'a>,
    root: Json<'a>,
    cx: &mut ReadContext<'_>,
) -> Reading {
    let mut reading = Reading::default();
    let mut intake = Intake::default();
    let items = root.items().unwrap_or_else(|| vec![root]);
    report_too_many(source.file, items.len(), &mut reading);
    for raw in items.into_iter().take(MAX_ARTICLES) {
        if let Err(problem) = read_article(source, raw, &mut intake, cx, &mut reading) {
            reading.problems.push(problem);
        }
    }
    reading
}

/// The articles of a file with one object a line.
pub(super) fn read_lines(file: &str, text: &str, cx: &mut ReadContext<'_>) -> Reading {
    let mut reading = Reading::default();
    let mut intake = Intake::default();
    let lines = text.split('\n').zip(1_u32..);
    let lines = lines.filter(|(line, _)| !line.trim().is_empty());
    report_too_many(file, lines.clone().count(), &mut reading);
    for (line, number) in lines.take(MAX_ARTICLES) {
        if let Err(problem) = read_line(file, line, number, &mut intake, cx, &mut reading) {
            reading.problems.push(problem);
        }
    }
    reading
}

fn report_too_many(file: &str, count: usize, reading: &mut Reading) {
    if count > MAX_ARTICLES {
        let message = format!("The file has {count} articles; the first {MAX_ARTICLES} were read.");
        reading.problems.push(Problem::new(file, message));
    }
}

fn read_line(
    file: &str,
    line: &str,
    number: u32,
    intake: &mut Intake,
    cx: &mut ReadContext<'_>,
    reading: &mut Reading,
) -> Result<(), Problem> {
    let mended = mend(line).map_err(|(_, message)| Problem::at(file, number, message))?;
    let notices = mended.notice().into_iter();
    reading
        .notices
        .extend(notices.map(|it| format!("“{file}”, line {number}: {it}")));
    let source = Source::new(file, &mended.text, number);
    let parsed = source.parse()?;
    read_article(&source, parsed.root(), intake, cx, reading)
}

fn read_article<'a>(
    source: &Source<'a>,
    raw: Json<'a>,
    intake: &mut Intake,
    cx: &mut ReadContext<'_>,
    reading: &mut Reading,
) -> Result<(), Problem> {
    let wrong = |message: &str| Err(source.problem(raw.get(), message));
    let Some(mut object) = Object::of(raw) else {
        return wrong("An article must be an object with a “text”.");
    };
    if !object.has("text") {
        return wrong("There is no “text” here, so it is no article.");
    }
    let Some(content) = object.take("text").and_then(as_text) else {
        return wrong("The “text” here is no text.");
    };
    let mut meta = read_meta(source, &mut object, reading);
    if let Some(mut inner) = object.peek("meta").and_then(Object::of) {
        fill(&mut meta, read_meta(source, &mut inner, reading));
    }
    let id = object.peek("id").and_then(as_text);
    let id = id.and_then(|id| DocumentId::new(&id));
    if id.is_some() {
        object.take("id");
    }
    // What is left is kept beside our own fields, so it must not be called like one of them.
    for key in DOCUMENT_KEYS {
        object.rename(key, &format!("x-{key}"));
    }
    let draft = Draft {
        content,
        meta,
        id,
        extra: source.rest(object, reading),
        ..Draft::default()
    };
    intake
        .take_in(draft, source.file, cx, reading)
        .map_err(|why| source.problem(raw.get(), format!("This article was left out: {why}.")))
}

/// What is known of an article, under the names that are common for it. Values that are no text
/// stay where they are.
fn read_meta<'a>(
    source: &Source<'a>,
    object: &mut Object<'a>,
    reading: &mut Reading,
) -> DocumentMeta {
    let mut first_of = |keys: &[&str]| {
        let is_line = |key: &&&str| object.peek(key).is_some_and(|raw| line(raw).is_some());
        let key = keys.iter().find(is_line)?;
        let text = line(object.peek(key)?)?;
        if text.chars().count() <= MAX_LINE {
            object.take(key);
            return Some(text);
        }
        Some(source.take_text(object, key, MAX_LINE, reading))
    };
    let mut field = |keys: &[&str]| first_of(keys).unwrap_or_default();
    DocumentMeta {
        title: field(&["title", "headline"]),
        outlet: field(&["outlet", "source", "publisher"]),
        author: field(&["author", "authors", "byline"]),
        date: field(&["date", "published", "published_at"]),
        url: field(&["url", "link"]),
        event: field(&["event"]),
        language: field(&["language", "lang"]),
    }
}

/// A line of text, or several names as one line.
fn line(raw: Json<'_>) -> Option<String> {
    if raw.is_null() {
        return None;
    }
    let names = || -> Option<Vec<String>> { raw.items()?.into_iter().map(Json::string).collect() };
    as_text(raw).or_else(|| Some(names()?.join(", ")))
}

fn fill(meta: &mut DocumentMeta, from: DocumentMeta) {
    for (field, value) in [
        (&mut meta.title, from.title),
        (&mut meta.outlet, from.outlet),
        (&mut meta.author, from.author),
        (&mut meta.date, from.date),
        (&mut meta.url, from.url),
        (&mut meta.event, from.event),
        (&mut meta.language, from.language),
    ] {
        if field.is_empty() {
            *field = value;
        }
    }
}
