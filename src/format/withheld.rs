//! Marks of texts that may not be passed on: files with hashes and a few words, which become whole again where
//! the texts are. Whoever has another text is told so, and nothing is taken over.

use super::class_file::says;
use super::json::{Json, Object, Parsed, Source, Writer, as_count, mend};
use super::project_json::{FORMAT, Manner, Shape, render_as};
use super::read::format_of;
use super::shelf::Shelf;
use super::{Problem, ReadContext, Reading, encoding, read_file};
use crate::model::{DocumentId, Project, Quote, Text, TextHash};

/// How many code points of marked words are written at most.
const SHOWN: usize = 24;

/// The fields of a fragment that stand for its words.
const BEGINS: &str = "begins";
const HASH: &str = "sha256";

/// What a file says of the texts it does not have.
const WITHHELD: &str = "withheld";

/// The project file of some articles without their texts: of each the hash, of each mark its place, its first
/// few words and their hash. What people wrote about marks is in it.
pub fn render(project: &Project, documents: &[DocumentId]) -> String {
    let manner = Manner {
        shape: Shape::Withheld(write),
        members: vec![("texts", format!("\"{WITHHELD}\""))],
    };
    render_as(project, documents, &manner)
}

/// Whether a file says that it is one of these, at its beginning.
pub fn is_one(bytes: &[u8]) -> bool {
    says(bytes, FORMAT) && says(bytes, WITHHELD)
}

/// Writes what stands for the words of a fragment.
fn write(writer: &mut Writer, quote: &Quote) {
    let words: String = quote.exact.chars().take(SHOWN).collect();
    // Few words would be all of them.
    let shown = words.chars().count().min(quote.exact.chars().count() / 2);
    let words: String = words.chars().take(shown).collect();
    writer.field(BEGINS, &words);
    writer.field(HASH, TextHash::of(&quote.exact).as_str());
}

/// Reads a file as [`render`] writes it into a project that has the texts.
///
/// # Errors
/// Everything in which the texts here are not those of the file, and then nothing is read: articles that
/// are not here, articles with another text, and marks whose words are others. An article that has its text in
/// the file, which none that was written has, is read as ever.
pub fn read(name: &str, bytes: &[u8], cx: &mut ReadContext<'_>) -> Result<Reading, Vec<Problem>> {
    let one = |problem| vec![problem];
    let text = encoding::decode(name, bytes).map_err(one)?.text;
    let mended = mend(&text).map_err(|(line, message)| one(Problem::at(name, line, message)))?;
    let source = Source::new(name, &mended.text, 1);
    let parsed = source.parse().map_err(one)?;
    let problems = differences(&source, &parsed, cx.project);
    match problems.is_empty() {
        true => read_file(name, bytes, cx).map_err(one),
        false => Err(problems),
    }
}

/// In what the texts here are not those of the file.
fn differences<'s>(source: &Source<'s>, parsed: &'s Parsed<'_>, project: &Project) -> Vec<Problem> {
    let Some(mut root) = Object::of(parsed.root()) else {
        return vec![Problem::new(
            source.file,
            "A project file is one JSON object.",
        )];
    };
    if format_of(&mut root).as_deref() != Some(FORMAT) {
        return vec![Problem::new(source.file, "This is no project file.")];
    }
    let shelf = Shelf::new(project);
    let known = |id: &str| DocumentId::new(id).is_some_and(|id| project.document(&id).is_some());
    let mut found = Vec::new();
    for document in list(parsed.root(), "documents") {
        if document.field("text").is_some() {
            continue;
        }
        let id = document
            .field("id")
            .and_then(Json::string)
            .unwrap_or_default();
        let title = document
            .field("title")
            .and_then(Json::string)
            .unwrap_or(id.clone());
        let hash = document
            .field("textInfo")
            .and_then(|it| it.field(HASH)?.string());
        let mut say = |message: String| found.push(source.problem(document.get(), message));
        let Some(hash) = hash else {
            say(format!(
                "The file does not say the hash of “{title}”, so that it cannot be checked."
            ));
            continue;
        };
        let Some(text) = shelf.text(&hash) else {
            say(match known(&id) {
                true => format!(
                    "“{title}” is here with another text than the marks were made on. Open the text they \
                     were made on; nothing was taken over."
                ),
                false => {
                    format!("The text of “{title}” is not here. Open it first, then this again.")
                }
            });
            continue;
        };
        for mark in list(document, "annotations") {
            let fits = list(mark, "fragments")
                .into_iter()
                .all(|it| is_there(it, text));
            if !fits {
                let id = mark.field("id").and_then(Json::string).unwrap_or_default();
                let message =
                    format!("The mark “{id}” in “{title}” does not have the words it was made on.");
                found.push(source.problem(mark.get(), message));
            }
        }
    }
    found
}

/// Whether the words of a fragment stand at its place; what says nothing of its words is not trusted.
fn is_there(fragment: Json<'_>, text: &Text) -> bool {
    let at = |name| fragment.field(name).and_then(as_count);
    let span = at("start")
        .zip(at("end"))
        .and_then(|(start, end)| text.span_of_code_points(start, end));
    let Some(words) = span.map(|it| text.slice(it)) else {
        return false;
    };
    let says = |name: &str| fragment.field(name).and_then(Json::string);
    match (says(HASH), says("exact")) {
        (Some(hash), _) => {
            TextHash::of(words).as_str() == hash
                && says(BEGINS).is_none_or(|it| words.starts_with(&it))
        }
        (None, Some(exact)) => words == exact,
        (None, None) => false,
    }
}

fn list<'s>(json: Json<'s>, name: &str) -> Vec<Json<'s>> {
    json.field(name).and_then(Json::items).unwrap_or_default()
}
