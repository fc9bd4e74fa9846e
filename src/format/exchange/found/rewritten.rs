//! The way of what was found into the project: it is put down as a project file, and the one reader of
//! project files places it. So every format finds its articles and words again by the same rules.

use std::sync::Arc;

use super::{Found, FoundDocument, FoundLabel, FoundMark};
use crate::format::identity::{content, id_like};
use crate::format::json::{Object, Source, Writer};
use crate::format::offsets::{Unit, locate};
use crate::format::project_json::{FORMAT, kind_word};
use crate::format::register::{Names, Register};
use crate::format::scheme::NOBODY;
use crate::format::{Problem, ReadContext, Reading, linked, project_reading};
use crate::model::sorted::SortedSet;
use crate::model::{
    Annotation, AnnotationId, AnnotatorId, DocumentId, LabelId, LabelSchema, Project,
};

/// Takes over what was found. `mapping` says which label here a name in the file means; other names
/// mean the label here of that id or name, else a new one.
///
/// # Errors
/// Where nothing of it can be read.
pub(in crate::format::exchange) fn into_reading(
    mut found: Found,
    file: &str,
    mapping: &[(String, LabelId)],
    cx: &mut ReadContext<'_>,
) -> Result<Reading, Problem> {
    for document in &mut found.documents {
        document.name_marks();
        if found.unit == Unit::CodePoint {
            find_places(document, cx.project);
        }
        if document.text.is_none() {
            document.text = with_two_signs_a_line(document, found.unit, cx.project);
        }
    }
    let schema = cx.project.schema();
    let text = rewritten(&found, file, schema, &|name| meant(schema, mapping, name));
    let source = Source::made(file, &text);
    let parsed = source.parse()?;
    let root = Object::of(parsed.root()).expect("an object was written");
    let mut reading = project_reading::read(&source, root, cx)?;
    reading.is_foreign = true;
    recognise(&mut reading, cx.project);
    reading.problems.splice(0..0, found.problems);
    reading.notices.splice(0..0, found.notices);
    Ok(reading)
}

/// The text that the positions of a file without texts are about, where that is the one here with
/// CR LF at the ends of its lines: those are LF here since the article was opened.
fn with_two_signs_a_line(
    document: &FoundDocument,
    unit: Unit,
    project: &Project,
) -> Option<String> {
    let id = DocumentId::new(&document.id)?;
    let ours = project.document(&id)?.text.as_str();
    let theirs = ours.replace('\n', "\r\n");
    let fragments = || document.marks.iter().flat_map(|it| &it.fragments);
    let agree = |raw: &str| {
        let wanted = fragments().flat_map(|it| [it.start, it.end]).flatten();
        let found = locate(raw, unit, &SortedSet::of_keys(wanted));
        let byte = |at: Option<u32>| found.get(&at?).copied();
        fragments().all(|it| {
            let place = byte(it.start).zip(byte(it.end));
            let words = place.and_then(|(start, end)| ours.get(start..end));
            let words = words.filter(|it| !it.is_empty());
            words == Some(it.exact.replace("\r\n", "\n").as_str())
        })
    };
    (!agree(ours) && agree(&theirs)).then_some(theirs)
}

/// The id of the label that a name in a file means, or the name itself.
fn meant(schema: &LabelSchema, mapping: &[(String, LabelId)], name: &str) -> String {
    let own = id_like(name, "label", LabelId::new);
    let chosen = mapping
        .iter()
        .find(|it| it.0 == name || it.0 == own.as_str())
        .map(|it| &it.1);
    let labels = || schema.labels().iter();
    let same_id = || labels().find(|it| it.id.as_str() == name);
    let alike = || {
        labels().find(|it| {
            let is_alike = |own: &str| own.to_lowercase() == name.to_lowercase();
            is_alike(&it.name) || is_alike(it.id.as_str())
        })
    };
    let known = || same_id().or_else(alike).map(|it| &it.id);
    chosen
        .or_else(known)
        .map_or_else(|| name.to_owned(), |id| id.as_str().to_owned())
}

/// Marks that are here already are those: with the same words, label and maker, and nothing more said of
/// them. Where the file does not say who made a mark, whoever made the one here. Else every way out and
/// back would double them, since most formats have names of their own for marks.
fn recognise(reading: &mut Reading, project: &Project) {
    let mut here: Register<Arc<Annotation>> = Register::default();
    let mut asked = Names::default();
    let mut renamed: Register<AnnotationId> = Register::default();
    for annotation in &mut reading.import.annotations {
        if asked.add(annotation.document.as_str(), ()) {
            for known in project.annotations().of(&annotation.document) {
                here.add(&content(known), known.clone());
                here.add(&unsigned(known), known.clone());
            }
        }
        let is_unsigned = annotation.annotator.as_str() == NOBODY;
        let place = match is_unsigned {
            true => unsigned(annotation),
            false => content(annotation),
        };
        let is_known = project.annotations().get(&annotation.id).is_some();
        let Some(known) = here.get(&place).filter(|_| !is_known) else {
            continue;
        };
        let says_no_more = annotation.note.is_empty() || annotation.note == known.note;
        let has_no_more = (annotation.extra.is_empty() || annotation.extra == known.extra)
            && (annotation.details.is_none() || annotation.details == known.details);
        if says_no_more && has_no_more {
            renamed.add(annotation.id.as_str(), known.id.clone());
            *annotation = Annotation::clone(known);
        }
    }
    linked::follow(&mut reading.import, &renamed);
    for placement in &mut reading.placements {
        if let Some(id) = renamed.get(placement.annotation.as_str()) {
            placement.annotation = id.clone();
        }
    }
}

/// What a mark says but for its maker, as one string.
fn unsigned(it: &Annotation) -> String {
    let mut anonymous = it.clone();
    anonymous.annotator = AnnotatorId::new(NOBODY).expect("this is an id");
    content(&anonymous)
}

/// The places of words that stand once in the text, for fragments that give words and no places.
fn find_places(document: &mut FoundDocument, project: &Project) {
    let own = DocumentId::new(&document.id).and_then(|id| project.document(&id));
    let text = document.text.as_deref();
    let Some(text) = text.or_else(|| own.map(|it| it.text.as_str())) else {
        return;
    };
    let fragments = document.marks.iter_mut().flat_map(|it| &mut it.fragments);
    for it in fragments.filter(|it| it.start.is_none() && !it.exact.is_empty()) {
        let mut found = [text.find(&it.exact), text.rfind(&it.exact)];
        let whole = format!("{}{}{}", it.prefix, it.exact, it.suffix);
        if found[0] != found[1] {
            let place = |at: usize| at + it.prefix.len();
            found = [text.find(&whole).map(place), text.rfind(&whole).map(place)];
        }
        if let [Some(at), Some(last)] = found
            && at == last
        {
            let start = text[..at].chars().count() as u32;
            it.start = Some(start);
            it.end = Some(start + it.exact.chars().count() as u32);
        }
    }
}

/// What was found as a project file.
fn rewritten(
    found: &Found,
    file: &str,
    schema: &LabelSchema,
    label: &dyn Fn(&str) -> String,
) -> String {
    let mut writer = Writer::flat();
    writer.begin('{');
    writer.field("format", FORMAT);
    writer.field("version", "1.0");
    let unit = match found.unit {
        Unit::Utf16 | Unit::Utf16OfLines => "utf-16",
        Unit::Byte => "byte",
        Unit::CodePoint | Unit::CodePointOfLines => "code-point",
    };
    writer.field("offsetUnit", unit);
    list(
        &mut writer,
        "annotators",
        &found.annotators,
        |writer, it| {
            writer.field("id", &it.0);
            writer.field("name", &it.1);
        },
    );
    // Labels that are here stay as they are here.
    let mut labels = all_labels(found);
    let known = |id: &str| schema.labels().iter().any(|it| it.id.as_str() == id);
    labels.retain(|it| !known(&label(&it.id)));
    let schemes: [&[FoundLabel]; 1] = [&labels];
    list(&mut writer, "schemes", &schemes, |writer, labels| {
        list(writer, "labels", labels, |writer, it| {
            said(writer, "id", &it.id);
            said(writer, "name", &it.name);
            said(writer, "color", &it.color);
            said(writer, "description", &it.description);
        });
    });
    list(&mut writer, "documents", &found.documents, |writer, it| {
        write_document(writer, it, file, label);
    });
    writer.end('}');
    writer.finish()
}

/// The labels of a file: those it describes, and those that only its marks name.
fn all_labels(found: &Found) -> Vec<FoundLabel> {
    let mut labels: Register<FoundLabel> = Register::default();
    for it in found.labels.iter().filter(|it| !it.id.is_empty()) {
        labels.add(&it.id, it.clone());
    }
    let marks = found.documents.iter().flat_map(|it| &it.marks);
    for it in marks
        .filter(|it| !it.label.is_empty() && !labels.has(&it.label))
        .collect::<Vec<_>>()
    {
        let label = FoundLabel {
            id: it.label.clone(),
            ..FoundLabel::default()
        };
        labels.add(&it.label, label);
    }
    labels.into_things()
}

fn write_document(
    writer: &mut Writer,
    document: &FoundDocument,
    file: &str,
    label: &dyn Fn(&str) -> String,
) {
    let meta = &document.meta;
    writer.field("id", &document.id);
    said(writer, "title", &meta.title);
    writer.name("source");
    writer.begin('{');
    for (name, text) in [
        ("outlet", meta.outlet.as_str()),
        ("byline", &meta.author),
        ("published", &meta.date),
        ("url", &meta.url),
        ("event", &meta.event),
        ("language", &meta.language),
        ("importedFrom", file),
    ] {
        said(writer, name, text);
    }
    writer.end('}');
    if let Some(text) = &document.text {
        writer.field("text", text);
    }
    if !document.layout.is_empty() {
        writer.name("layout");
        writer.begin('[');
        for &kind in &document.layout {
            writer.string(kind_word(kind));
        }
        writer.end(']');
    }
    if !document.sha256.is_empty() {
        writer.name("textInfo");
        writer.begin('{');
        writer.field("sha256", &document.sha256);
        writer.end('}');
    }
    list(writer, "annotations", &document.marks, |writer, mark| {
        write_mark(writer, mark, label);
    });
    if !document.relations.is_empty() {
        list(writer, "relations", &document.relations, |writer, it| {
            said(writer, "id", &it.id);
            // Other programs have relations of which nothing is said but that they are there.
            let kind = match it.kind.as_str() {
                "" => "relation",
                kind => kind,
            };
            writer.field("type", kind);
            writer.field("from", &it.from);
            writer.field("to", &it.to);
        });
    }
}

fn write_mark(writer: &mut Writer, mark: &FoundMark, label: &dyn Fn(&str) -> String) {
    writer.field("id", &mark.id);
    writer.field("label", &label(&mark.label));
    list(writer, "fragments", &mark.fragments, |writer, it| {
        for (name, position) in [("start", it.start), ("end", it.end)] {
            if let Some(position) = position {
                writer.number(name, position);
            }
        }
        if let Some([start, end]) = it.utf16 {
            writer.name("utf16");
            writer.raw(&format!("[{start},{end}]"));
        }
        said(writer, "exact", &it.exact);
        said(writer, "prefix", &it.prefix);
        said(writer, "suffix", &it.suffix);
    });
    said(writer, "note", &mark.note);
    said(writer, "creator", &mark.annotator);
    said(writer, "created", &mark.created);
    said(writer, "modified", &mark.modified);
    if !mark.attributes.is_empty() {
        writer.name("attributes");
        writer.begin('{');
        for (name, value) in said_under_each_name(&mark.attributes) {
            writer.field(name, &value);
        }
        writer.end('}');
    }
}

/// Attributes with all that is said under their names, each value once: other programs have several of one
/// name, where a mark here has one.
fn said_under_each_name(attributes: &[(String, String)]) -> Vec<(&str, String)> {
    let mut all: Vec<(&str, String)> = Vec::new();
    for (name, value) in attributes {
        match all.iter_mut().find(|it| it.0 == name) {
            None => all.push((name, value.clone())),
            Some((_, known)) if known == value || known.split("; ").any(|it| it == value) => {}
            Some((_, known)) => known.extend(["; ", value]),
        }
    }
    all
}

fn said(writer: &mut Writer, name: &str, text: &str) {
    if !text.is_empty() {
        writer.field(name, text);
    }
}

/// A field that is a list of objects.
fn list<T>(writer: &mut Writer, name: &str, items: &[T], write: impl Fn(&mut Writer, &T)) {
    writer.name(name);
    writer.begin('[');
    for item in items {
        writer.begin('{');
        write(writer, item);
        writer.end('}');
    }
    writer.end(']');
}
