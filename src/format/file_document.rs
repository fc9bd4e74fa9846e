//! Reads the articles of a project file as they stand. Knows nothing of which of them are here.

use std::sync::Arc;

use super::Reading;
use super::annotation_entry::take_time;
use super::articles::{checked, title_of};
use super::json::{Json, Object, Source, Writer, as_text};
use super::known;
use super::project_json::{SOURCE, kind_of_word};
use super::shelf::Shelf;
use crate::model::{
    BlockKind, Document, DocumentId, DocumentMeta, Extra, Layout, Progress, Text, TextHash,
};

/// The longest title, name or address, in characters.
pub(super) const MAX_LINE: usize = 2_000;

/// An article as the file has it, not yet matched to one here.
pub(super) struct FileDocument<'a> {
    pub(super) raw: Json<'a>,
    pub(super) object: Object<'a>,
    pub(super) id: String,
    /// As it stands in the file, where that differs from its text.
    pub(super) content: Option<String>,
    pub(super) text: Option<Arc<Text>>,
    /// What the file says the hash of its text is.
    pub(super) hash: String,
}

/// Reads what an article of the file is, without its annotations; `None` where it cannot be read,
/// which is then a problem. A text that is on the shelf, by its hash, is not made anew.
pub(super) fn read<'a>(
    source: &Source<'a>,
    raw: Json<'a>,
    shelf: &Shelf<'_>,
    reading: &mut Reading,
) -> Option<FileDocument<'a>> {
    let Some(mut object) = Object::of(raw) else {
        let problem = source.problem(raw.get(), "This article is not an object.");
        reading.problems.push(problem);
        return None;
    };
    let id = source.take_text(&mut object, "id", 1_000, reading);
    let content = object.take("text").map(|raw| (raw, as_text(raw)));
    let hash = object
        .take("textInfo")
        .and_then(Object::of)
        .map(|mut info| {
            source
                .take_text(&mut info, "sha256", 100, reading)
                .to_ascii_lowercase()
        });
    let hash = hash.unwrap_or_default();
    let (content, text) = match content {
        None => (None, None),
        Some((raw, content)) => match readable(content, shelf.text(&hash)) {
            Ok((content, text)) => (content, Some(text)),
            Err(why) => {
                let message = format!("The article “{id}” cannot be read: {why}.");
                reading.problems.push(source.problem(raw.get(), message));
                return None;
            }
        },
    };
    let is_hash = |text: &Text| match &content {
        None => text.hash().as_str() == hash,
        Some(content) => TextHash::of(content).as_str() == hash,
    };
    if !hash.is_empty() && text.as_ref().is_some_and(|it| !is_hash(it)) {
        reading.notices.push(format!(
            "The text of the article “{id}” in “{}” is not the one its SHA-256 was taken of; it \
             has been changed.",
            source.file
        ));
    }
    Some(FileDocument {
        raw,
        object,
        id,
        content,
        text,
        hash,
    })
}

/// A text as the model takes it, and as it stands in the file where that differs; or what is wrong with it.
fn readable(
    content: Option<String>,
    known: Option<&Arc<Text>>,
) -> Result<(Option<String>, Arc<Text>), String> {
    let content = content.ok_or("its “text” is no text")?;
    let text = match known.filter(|it| *it.as_str() == *content) {
        Some(known) => known.clone(),
        None => Arc::new(checked(&content)?),
    };
    let is_other = content != text.as_str();
    Ok((is_other.then_some(content), text))
}

impl<'a> FileDocument<'a> {
    /// What people call it.
    pub(super) fn title(&self) -> String {
        let title = self
            .object
            .peek("title")
            .and_then(as_text)
            .filter(|it| !it.trim().is_empty());
        title.unwrap_or_else(|| self.id.clone())
    }

    /// Whether it is about another text than this one, as far as the file says.
    pub(super) fn is_other(&self, ours: &Text) -> bool {
        match &self.text {
            Some(text) => text.hash() != ours.hash(),
            None => !self.hash.is_empty() && self.hash != ours.hash().as_str(),
        }
    }

    /// The new article that this is.
    pub(super) fn into_document(
        mut self,
        id: DocumentId,
        text: Arc<Text>,
        source: &Source<'a>,
        reading: &mut Reading,
    ) -> Document {
        let object = &mut self.object;
        let titled = object.has("title");
        let title = source.take_text(object, "title", MAX_LINE, reading);
        let layout = read_layout(source, object, &text, reading);
        object.take("scheme");
        let mut document = Document {
            progress: read_progress(source, object, reading),
            layout,
            created: take_time(source, object, "created", reading),
            modified: take_time(source, object, "modified", reading),
            ..Document::new(id, title, text)
        };
        if !titled {
            document.meta.title = title_of(&document, source.file);
        }
        let unknown = read_source(source, object, &mut document, reading);
        let mut extra = source.rest(self.object, reading);
        if !unknown.is_empty() {
            let mut fields = Writer::flat();
            fields.begin('{');
            for (key, json) in unknown.iter() {
                fields.name(key);
                fields.raw(json);
            }
            fields.end('}');
            Arc::make_mut(&mut extra).insert(SOURCE.to_owned(), fields.finish());
        }
        let own = known::take_document(&mut extra);
        (document.details, document.version_of) = (own.details, own.version_of);
        document.finished_by = own.finished_by;
        document.extra = extra;
        document
    }
}

/// Reads where an article comes from into `document`; answers with the fields that are not known.
fn read_source<'a>(
    source: &Source<'a>,
    object: &mut Object<'a>,
    document: &mut Document,
    reading: &mut Reading,
) -> Extra {
    let Some(raw) = object.take(SOURCE) else {
        return Extra::default();
    };
    let Some(mut origin) = Object::of(raw) else {
        let problem = source.problem(raw.get(), "“source” is not an object; it was left out.");
        reading.problems.push(problem);
        return Extra::default();
    };
    let mut line = |key| source.take_text(&mut origin, key, MAX_LINE, reading);
    document.meta = DocumentMeta {
        title: std::mem::take(&mut document.meta.title),
        outlet: line("outlet"),
        author: line("byline"),
        date: line("published"),
        url: line("url"),
        event: line("event"),
        language: line("language"),
    };
    document.imported_from = line("importedFrom");
    source.rest(origin, reading)
}

fn read_progress<'a>(
    source: &Source<'a>,
    object: &mut Object<'a>,
    reading: &mut Reading,
) -> Progress {
    match source.take_text(object, "progress", 100, reading).as_str() {
        "in-progress" => Progress::InProgress,
        "done" => Progress::Done,
        _ => Progress::ToDo,
    }
}

fn read_layout<'a>(
    source: &Source<'a>,
    object: &mut Object<'a>,
    text: &Text,
    reading: &mut Reading,
) -> Option<Layout> {
    let raw = object.take("layout")?;
    let kind = |word: Json<'_>| kind_of_word(&word.string()?);
    let kinds: Option<Vec<BlockKind>> = raw
        .items()
        .and_then(|words| words.into_iter().map(kind).collect());
    let fitting = kinds.filter(|kinds| kinds.len() == text.blocks().len());
    if fitting.is_none() {
        let message = "“layout” does not fit the text; headings and lists are guessed instead.";
        reading.problems.push(source.problem(raw.get(), message));
    }
    fitting.map(Layout::from)
}
