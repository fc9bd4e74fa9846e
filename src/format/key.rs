//! The key of a set of articles: what a model answer marks, and why. Knows nothing of scores.
//!
//! A span of a key becomes an annotation by [`KEY`] with the reason as its note. A key that is at odds with
//! its texts is worth nothing, so every word is compared.

use super::identity::id_like;
use super::json::{Json, Object, Source, Writer, as_count, mend};
use super::read::format_of;
use super::{Problem, Reading, encoding};
use crate::model::sorted::SortedMap;
use crate::model::{
    Annotation, AnnotationId, AnnotatorId, Document, DocumentId, LabelId, Project, Provenance,
    Span, Timestamp,
};

/// What the `format` field says.
pub(super) const FORMAT: &str = "sourcelight-key";

/// The annotator of what a key marks.
pub const KEY: &str = "key";

/// The most spans of a key.
const MAX_SPANS: usize = 50_000;

/// The longest reason, in characters.
const MAX_REASON: usize = 10_000;

/// A key for articles of a project.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Key {
    /// What it marks, by article.
    pub marks: SortedMap<DocumentId, Vec<Annotation>>,
    /// What of it could not be used: articles that are not here or have another text, spans whose words do
    /// not stand where they should.
    pub problems: Vec<Problem>,
}

/// Reads a key for the articles of `project`.
///
/// # Errors
/// Where it is no key, or one of a newer kind.
pub fn read(file: &str, bytes: &[u8], project: &Project) -> Result<Key, Problem> {
    let text = encoding::decode(file, bytes)?.text;
    let mended = mend(&text).map_err(|(line, message)| Problem::at(file, line, message))?;
    let source = Source::new(file, &mended.text, 1);
    let parsed = source.parse()?;
    let root = Object::of(parsed.root());
    let root = root.ok_or_else(|| Problem::new(file, "A key is one JSON object."))?;
    read_object(&source, root, project)
}

/// Reads the key that an object is.
pub(super) fn read_object<'s>(
    source: &Source<'s>,
    mut root: Object<'s>,
    project: &Project,
) -> Result<Key, Problem> {
    if format_of(&mut root).as_deref() != Some(FORMAT) {
        let message = format!("This is no key: its “format” is not “{FORMAT}”.");
        return Err(Problem::new(source.file, message));
    }
    let mut reading = Reading::default();
    let version = source.take_text(&mut root, "version", 100, &mut reading);
    if version.split('.').next() != Some("1") {
        let message = format!("This key is of version {version}; this page reads version 1.");
        return Err(Problem::new(source.file, message));
    }
    let here = project.documents().iter();
    let by_hash: SortedMap<&str, &Document> =
        here.map(|it| (it.text.hash().as_str(), &**it)).collect();
    let mut reader = Reader {
        source,
        reading,
        key: Key::default(),
        left: MAX_SPANS,
    };
    for raw in source.take_list(&mut root, "articles", &mut reader.reading) {
        let Some(mut article) = Object::of(raw) else {
            reader.say(raw, "This article of the key is not an object.".into());
            continue;
        };
        let id = source.take_text(&mut article, "id", 1_000, &mut reader.reading);
        let hash = source.take_text(&mut article, "sha256", 100, &mut reader.reading);
        let document = match hash.is_empty() {
            true => DocumentId::new(&id)
                .and_then(|id| project.document(&id))
                .map(|it| &**it),
            false => by_hash.get(hash.to_ascii_lowercase().as_str()).copied(),
        };
        match document {
            Some(document) => reader.article(document, &mut article),
            None => {
                let message = format!("The text that the key for “{id}” was made for is not here.");
                reader.say(raw, message);
            }
        }
    }
    let mut key = reader.key;
    key.problems.splice(0..0, reader.reading.problems);
    Ok(key)
}

struct Reader<'l, 's> {
    source: &'l Source<'s>,
    reading: Reading,
    key: Key,
    /// How many spans may still come.
    left: usize,
}

impl<'s> Reader<'_, 's> {
    fn say(&mut self, at: Json<'s>, message: String) {
        self.key
            .problems
            .push(self.source.problem(at.get(), message));
    }

    fn article(&mut self, document: &Document, article: &mut Object<'s>) {
        let mut made = Vec::new();
        for raw in self.source.take_list(article, "spans", &mut self.reading) {
            if self.left == 0 {
                self.say(
                    raw,
                    format!("The key has more than {MAX_SPANS} spans; the rest was left out."),
                );
                break;
            }
            self.left -= 1;
            match self.span(document, raw) {
                Ok(mark) => made.push(mark),
                Err(message) => self.say(raw, message),
            }
        }
        self.key
            .marks
            .or_default(document.id.clone())
            .append(&mut made);
    }

    /// The annotation that a span of the key is.
    ///
    /// # Errors
    /// What is wrong with it.
    fn span(&mut self, document: &Document, raw: Json<'s>) -> Result<Annotation, String> {
        let mut object = Object::of(raw).ok_or("This span of the key is not an object.")?;
        let source = self.source;
        let mut text = |name, most| source.take_text(&mut object, name, most, &mut self.reading);
        let id = text("id", 1_000);
        let label = text("label", 1_000);
        let reason = text("reason", MAX_REASON);
        let exact = text("exact", crate::model::MAX_TEXT_BYTES);
        if label.is_empty() {
            return Err(format!(
                "The span “{id}” of the key has no label; it was left out."
            ));
        }
        let mut at = |name| object.take(name).and_then(as_count);
        let span = at("start").zip(at("end"));
        let span = span.and_then(|(start, end)| document.text.span_of_code_points(start, end));
        let fits = |it: &Span| exact.is_empty() || document.text.slice(*it) == exact;
        let span = span.filter(fits).ok_or_else(|| {
            format!(
                "The words of the span “{id}” do not stand where the key says; it was left out."
            )
        })?;
        let mut mark = Annotation::new(
            id_like(&id, "key", AnnotationId::new),
            document.id.clone(),
            span,
            id_like(&label, "label", LabelId::new),
            id_like(KEY, "key", AnnotatorId::new),
            Timestamp::default(),
        );
        mark.note = reason.into();
        mark.provenance = Provenance::Imported;
        Ok(mark)
    }
}

/// A key made of what somebody marked in some articles, with their notes as the reasons.
pub fn render(project: &Project, documents: &[DocumentId], by: &AnnotatorId) -> String {
    let mut writer = Writer::flat();
    writer.begin('{');
    writer.field("format", FORMAT);
    writer.field("version", "1.0");
    writer.name("articles");
    writer.begin('[');
    for document in documents.iter().filter_map(|id| project.document(id)) {
        let text = &document.text;
        writer.begin('{');
        writer.field("id", document.id.as_str());
        writer.field("sha256", text.hash().as_str());
        writer.name("spans");
        writer.begin('[');
        let own = project.annotations().of(&document.id).iter();
        for mark in own.filter(|it| it.annotator == *by) {
            // A key has whole stretches: of a mark in parts it has all from the first to the last.
            let span = mark.hull();
            writer.begin('{');
            writer.field("id", mark.id.as_str());
            writer.field("label", mark.label.as_str());
            writer.number("start", text.code_points(span.start()));
            writer.number("end", text.code_points(span.end()));
            writer.field("exact", text.slice(span));
            writer.field("reason", &mark.note);
            writer.end('}');
        }
        writer.end(']');
        writer.end('}');
    }
    writer.end(']');
    writer.end('}');
    writer.finish()
}
