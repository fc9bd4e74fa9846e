//! Decides what a file is, by its content first and then by its name, and has it read. Knows
//! nothing of how each kind is read.

use super::articles::{Draft, Intake, stem};
use super::encoding::Decoded;
use super::json::{Object, Parsed, Source, mend};
use super::project_json::FORMAT;
use super::{Problem, ReadContext, Reading, encoding, json_articles, laid_out, markdown};
use super::{project_reading, reading_set};
use crate::model::DocumentMeta;

/// The largest file that is opened, in bytes. More does not fit into the browser's storage.
pub const MAX_FILE_BYTES: usize = 20_000_000;

/// The largest file with an article a line, in bytes: it is read slice by slice.
pub const MAX_LINES_BYTES: usize = 100_000_000;

/// Whether a file of this name has one value a line.
pub fn has_lines(name: &str) -> bool {
    matches!(ending(name).as_str(), "jsonl" | "ndjson")
}

/// What stands for the name of a file where text was pasted.
const PASTED: &str = "Pasted text";

/// What is wrong with a file of this size, to be asked before its bytes are fetched.
pub fn is_too_large(name: &str, size: u64) -> Option<Problem> {
    let limit = match has_lines(name) {
        true => MAX_LINES_BYTES,
        false => MAX_FILE_BYTES,
    } as u64;
    (size > limit).then(|| {
        let message = format!(
            "The file has {} MB; the largest that can be opened has {} MB.",
            size.div_ceil(1_000_000),
            limit / 1_000_000
        );
        Problem::new(name, message)
    })
}

/// Reads one file of any kind: a project, articles in JSON or JSON Lines, HTML, Markdown, text.
///
/// # Errors
/// Where nothing of the file can be read. What is wrong with parts of it is in
/// [`Reading::problems`].
pub fn read_file(name: &str, bytes: &[u8], cx: &mut ReadContext<'_>) -> Result<Reading, Problem> {
    let decoded = decoded(name, bytes)?;
    let text = &*decoded.text;
    let ending = ending(name);
    let mut reading = match kind(&ending, text) {
        Kind::Json => read_json(name, text, cx)?,
        Kind::Lines => json_articles::read_lines(name, text, cx),
        Kind::Html => read_html(name, text, cx)?,
        Kind::Markdown => read_markdown(name, text, cx)?,
        Kind::Plain => read_plain(name, "", text, cx)?,
    };
    reading.notices.splice(0..0, decoded.notice);
    Ok(reading)
}

/// Whether a file is plain text at first sight. Others may be, too; where this says yes,
/// [`read_plain_file`] reads it as [`read_file`] does.
pub fn is_plain(name: &str, bytes: &[u8]) -> bool {
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    ending(name) == "txt" && first.is_some_and(u8::is_ascii_alphanumeric)
}

/// Reads a file that [`is_plain`], without the means to read any other.
///
/// # Errors
/// As [`read_file`].
pub fn read_plain_file(
    name: &str,
    bytes: &[u8],
    cx: &mut ReadContext<'_>,
) -> Result<Reading, Problem> {
    let decoded = decoded(name, bytes)?;
    let mut reading = read_plain(name, "", &decoded.text, cx)?;
    reading.notices.splice(0..0, decoded.notice);
    Ok(reading)
}

/// The text of a file that is small enough and holds some.
fn decoded<'a>(name: &str, bytes: &'a [u8]) -> Result<Decoded<'a>, Problem> {
    if let Some(problem) = is_too_large(name, bytes.len() as u64) {
        return Err(problem);
    }
    let decoded = encoding::decode(name, bytes)?;
    match decoded.text.trim().is_empty() {
        true => Err(Problem::new(
            name,
            "The file holds nothing but white space.",
        )),
        false => Ok(decoded),
    }
}

/// Makes an article of pasted text. `title` may be empty; it is then made of the text.
///
/// # Errors
/// Where there is no text, or too much of it.
pub fn read_text(title: &str, text: &str, cx: &mut ReadContext<'_>) -> Result<Reading, Problem> {
    if let Some(problem) = is_too_large(PASTED, text.len() as u64) {
        return Err(problem);
    }
    let mut reading = read_plain(PASTED, title, text, cx)?;
    let made = &mut reading.import.documents;
    for document in made.iter_mut().chain(&mut reading.duplicates) {
        document.imported_from.clear();
    }
    Ok(reading)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Lines,
    Html,
    Markdown,
    Plain,
}

/// A file's ending in small letters, without the dot.
fn ending(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.to_ascii_lowercase()
}

fn kind(ending: &str, text: &str) -> Kind {
    let start = text.trim_start();
    let named_json = matches!(ending, "json" | "jsonl" | "ndjson");
    let looks_like_json = start.starts_with(['{', '[']);
    if named_json || looks_like_json {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let is_object = |line: &str| line.trim_start().starts_with('{') && is_json(line);
        // Where this holds the whole is no JSON, so that so much is not read in vain.
        if lines.next().is_some_and(is_object) && lines.next().is_some() {
            return Kind::Lines;
        }
        // What is named so is told what is wrong with it when it is read; that is not read twice.
        if ending == "json" {
            return Kind::Json;
        }
        let whole = is_json(text);
        if !whole && named_json {
            return Kind::Lines;
        }
        // An article may begin with a bracket; only a name or good JSON makes it JSON.
        if whole {
            return Kind::Json;
        }
    }
    let head: String = start
        .chars()
        .take(15)
        .collect::<String>()
        .to_ascii_lowercase();
    let is_page = ["<!doctype html", "<html", "<head", "<body"];
    match ending {
        _ if is_page.iter().any(|tag| head.starts_with(tag)) => Kind::Html,
        "html" | "htm" | "xhtml" => Kind::Html,
        "md" | "markdown" => Kind::Markdown,
        _ => Kind::Plain,
    }
}

/// Whether `text` is JSON once it is mended. What is nested too deeply is not; a file that is named
/// as JSON is told so when it is read.
fn is_json(text: &str) -> bool {
    mend(text).is_ok_and(|mended| Parsed::of(&mended.text).is_ok())
}

fn read_json(name: &str, text: &str, cx: &mut ReadContext<'_>) -> Result<Reading, Problem> {
    let mended = mend(text).map_err(|(line, message)| Problem::at(name, line, message))?;
    let source = Source::new(name, &mended.text, 1);
    let parsed = source.parse()?;
    let root = parsed.root();
    let mut reading = match Object::of(root) {
        Some(mut object) => match format_of(&mut object).as_deref() {
            Some(FORMAT) => project_reading::read(&source, object, cx)?,
            Some(reading_set::FORMAT) => {
                return Err(Problem::new(
                    name,
                    "This is the list of a reading set, not an article. Open the article files it \
                     names, or the set by its link.",
                ));
            }
            Some(other) if !object.has("text") => {
                return Err(Problem::new(
                    name,
                    format!("This is a file of the format “{other}”, which cannot be read here."),
                ));
            }
            _ if object.has("documents") => {
                return Err(Problem::new(
                    name,
                    format!("If this is a project file, its “format” should say “{FORMAT}”."),
                ));
            }
            _ => json_articles::read_json(&source, root, cx),
        },
        None => json_articles::read_json(&source, root, cx),
    };
    let notices = mended.notice().map(|it| format!("“{name}”: {it}"));
    reading.notices.splice(0..0, notices);
    Ok(reading)
}

/// What kind of file an object says it is.
pub(super) fn format_of(object: &mut Object<'_>) -> Option<String> {
    object.peek("format")?.string()
}

fn read_html(name: &str, text: &str, cx: &mut ReadContext<'_>) -> Result<Reading, Problem> {
    let page = (cx.html)(text);
    let laid_out = laid_out::join(&page.blocks).map_err(|why| unreadable(name, &why))?;
    let draft = Draft {
        laid_out: Some(laid_out),
        meta: DocumentMeta {
            title: page.title,
            language: page.language,
            ..DocumentMeta::default()
        },
        ..Draft::default()
    };
    one(name, draft, cx)
}

fn read_markdown(name: &str, text: &str, cx: &mut ReadContext<'_>) -> Result<Reading, Problem> {
    let made = markdown::read(text, cx.html);
    let laid_out = laid_out::join(&made.blocks).map_err(|why| unreadable(name, &why))?;
    let draft = Draft {
        laid_out: Some(laid_out),
        meta: made.meta,
        ..Draft::default()
    };
    one(name, draft, cx)
}

fn read_plain(
    name: &str,
    title: &str,
    text: &str,
    cx: &mut ReadContext<'_>,
) -> Result<Reading, Problem> {
    let draft = Draft {
        content: text.to_owned(),
        meta: DocumentMeta {
            title: title.trim().to_owned(),
            ..DocumentMeta::default()
        },
        ..Draft::default()
    };
    one(name, draft, cx)
}

fn one(name: &str, draft: Draft, cx: &mut ReadContext<'_>) -> Result<Reading, Problem> {
    let mut reading = Reading::default();
    let mut intake = Intake::default();
    match intake.take_in(draft, name, cx, &mut reading) {
        Ok(()) => Ok(reading),
        Err(why) => Err(unreadable(name, &why)),
    }
}

fn unreadable(name: &str, why: &str) -> Problem {
    let message = format!("“{}” cannot be an article: {why}.", stem(name));
    Problem::new(name, message)
}
