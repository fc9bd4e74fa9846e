//! The `index.json` of a reading set: which articles it has and what is known of them. Knows
//! nothing of how their files are fetched.

use super::articles::stem;
use super::file_document::MAX_LINE;
use super::identity::id_like;
use super::json::{Json, Object, Parsed, Source, mend};
use super::project_reading::MAX_ARTICLES;
use super::read::format_of;
use super::{Problem, Reading};
use crate::model::{Document, DocumentId, DocumentMeta};

/// What the `format` field of the list says.
pub(super) const FORMAT: &str = "sourcelight-reading-set";

/// A list of articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingSet {
    /// Its name; may be empty.
    pub title: String,
    /// Its articles, in order.
    pub articles: Vec<SetArticle>,
}

/// An article of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetArticle {
    /// Its id, the same at every visit.
    pub id: DocumentId,
    /// The file it stands in, relative to the list, without `..`.
    pub file: String,
    /// What the list says of it; what it leaves out is empty.
    pub meta: DocumentMeta,
}

/// Whether `json` is the list of a reading set and not, say, a project file.
pub fn is_reading_set(json: &str) -> bool {
    // A large file of another kind is not taken apart twice.
    if !json.contains(FORMAT) {
        return false;
    }
    let Ok(mended) = mend(json) else {
        return false;
    };
    let parsed = Parsed::of(&mended.text).ok();
    let object = parsed.as_ref().and_then(|it| Object::of(it.root()));
    object
        .and_then(|mut object| format_of(&mut object))
        .is_some_and(|format| format == FORMAT)
}

/// Reads the list. `name` is its file, for problems.
///
/// # Errors
/// The first thing that is wrong with it: a set is written by somebody who can mend it, and half
/// of one would go unnoticed.
pub fn parse(name: &str, json: &str) -> Result<ReadingSet, Problem> {
    let mended = mend(json).map_err(|(line, message)| Problem::at(name, line, message))?;
    let source = Source::new(name, &mended.text, 1);
    let parsed = source.parse()?;
    let object = Object::of(parsed.root());
    let mut object = object.ok_or_else(|| Problem::new(name, "A reading set is an object."))?;
    if format_of(&mut object).as_deref() != Some(FORMAT) {
        return Err(Problem::new(
            name,
            format!("The “format” of a reading set is “{FORMAT}”."),
        ));
    }
    let mut reading = Reading::default();
    let version = source.take_text(&mut object, "version", 100, &mut reading);
    if version.split('.').next() != Some("1") {
        return Err(Problem::new(
            name,
            format!("The reading set is of version “{version}”; this page reads version 1."),
        ));
    }
    let title = source.take_text(&mut object, "title", MAX_LINE, &mut reading);
    let mut articles: Vec<SetArticle> = Vec::new();
    for raw in source.take_list(&mut object, "articles", &mut reading) {
        let article = parse_article(&source, raw, &mut reading)?;
        if articles.iter().any(|known| known.id == article.id) {
            let message = format!("Two articles of the set have the id “{}”.", article.id);
            return Err(source.problem(raw.get(), message));
        }
        articles.push(article);
    }
    if articles.len() > MAX_ARTICLES {
        let message = format!("A reading set can have {MAX_ARTICLES} articles.");
        return Err(Problem::new(name, message));
    }
    match reading.problems.into_iter().next() {
        Some(problem) => Err(problem),
        None if articles.is_empty() => {
            Err(Problem::new(name, "The reading set names no articles."))
        }
        None => Ok(ReadingSet { title, articles }),
    }
}

fn parse_article<'a>(
    source: &Source<'a>,
    raw: Json<'a>,
    reading: &mut Reading,
) -> Result<SetArticle, Problem> {
    let wrong = |message: String| source.problem(raw.get(), message);
    let object = Object::of(raw);
    let mut object = object.ok_or_else(|| wrong("An article of a set is an object.".into()))?;
    let mut line = |key| source.take_text(&mut object, key, MAX_LINE, reading);
    let file = line("file");
    if !is_safe(&file) {
        return Err(wrong(format!(
            "“{file}” is no file beside the list: it must be a relative name without “..”."
        )));
    }
    let id = line("id");
    let meta = DocumentMeta {
        title: line("title"),
        outlet: line("outlet"),
        author: line("author"),
        date: line("date"),
        url: line("url"),
        event: line("event"),
        language: line("language"),
    };
    let called = if id.is_empty() { stem(&file) } else { &id };
    Ok(SetArticle {
        id: id_like(called, "article", DocumentId::new),
        file,
        meta,
    })
}

/// Whether a name stays in the folder of the list and on its server.
fn is_safe(file: &str) -> bool {
    let decoded = file
        .to_ascii_lowercase()
        .replace("%2e", ".")
        .replace("%2f", "/");
    !decoded.trim().is_empty()
        && !decoded.starts_with('/')
        && !decoded.contains("..")
        && !decoded.contains([':', '\\', '?', '#'])
        && !decoded.contains("%5c")
        && !decoded.contains("%3a")
        && !decoded.contains(char::is_control)
}

/// The documents of an article's file, of which `reading` is what was read. A text is one, with the id and what
/// the list says of it; of several articles in a JSON file the further ones get the id with `-2`,
/// `-3` and so on. Texts that are here already are left out.
///
/// # Errors
/// Where nothing of the file could be read, or where it holds annotations: these belong into a
/// project file, which is opened by itself.
pub fn documents(article: &SetArticle, reading: Reading) -> Result<Vec<Document>, Problem> {
    if !reading.placements.is_empty() {
        let message = "This is a project file with marks. Open it by itself, not as an article of a reading set.";
        return Err(Problem::new(&article.file, message));
    }
    let mut documents = reading.import.documents;
    if let (true, true, Some(problem)) = (
        documents.is_empty(),
        reading.duplicates.is_empty(),
        reading.problems.into_iter().next(),
    ) {
        return Err(problem);
    }
    for (document, place) in documents.iter_mut().zip(1_usize..) {
        describe(document, article, place);
    }
    Ok(documents)
}

fn describe(document: &mut Document, article: &SetArticle, place: usize) {
    let set = &article.meta;
    let own = &mut document.meta;
    for (own, set) in [
        (&mut own.outlet, &set.outlet),
        (&mut own.author, &set.author),
        (&mut own.date, &set.date),
        (&mut own.url, &set.url),
        (&mut own.event, &set.event),
        (&mut own.language, &set.language),
    ] {
        if !set.is_empty() {
            own.clone_from(set);
        }
    }
    if place == 1 {
        document.id = article.id.clone();
        if !set.title.is_empty() {
            document.meta.title.clone_from(&set.title);
        }
    } else {
        let called = format!("{}-{place}", article.id);
        document.id = id_like(&called, "article", DocumentId::new);
    }
}
