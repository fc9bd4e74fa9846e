//! What a reader found in a file, and its way into the project: it is put down as a project file, and
//! the one reader of project files places it. So every format finds its articles and words again by
//! the same rules. Knows nothing of the formats.

use crate::format::identity::id_like;
use crate::format::json::{Object, Source, Writer};
use crate::format::offsets::{Unit, locate};
use crate::format::project_json::FORMAT;
use crate::format::{Problem, ReadContext, Reading, project_reading};
use crate::model::sorted::{SortedMap, SortedSet};
use crate::model::{
    Annotation, AnnotationId, DocumentId, DocumentMeta, LabelId, LabelSchema, Project, TextHash,
};

/// What a file held.
pub(super) struct Found {
    /// What its positions count.
    pub(super) unit: Unit,
    pub(super) documents: Vec<FoundDocument>,
    /// Labels that the file describes; one that only marks name need not be here.
    pub(super) labels: Vec<FoundLabel>,
    /// Ids and names.
    pub(super) annotators: Vec<(String, String)>,
    pub(super) problems: Vec<Problem>,
    pub(super) notices: Vec<String>,
}

#[derive(Debug, Default)]
pub(super) struct FoundLabel {
    pub(super) id: String,
    pub(super) name: String,
    /// `#rrggbb`, or empty.
    pub(super) color: String,
    pub(super) description: String,
}

#[derive(Debug, Default)]
pub(super) struct FoundDocument {
    pub(super) id: String,
    /// As it stands in the file; `None` where the file does not hold it.
    pub(super) text: Option<String>,
    /// SHA-256 of the text, where the file says so; else empty.
    pub(super) sha256: String,
    pub(super) meta: DocumentMeta,
    pub(super) marks: Vec<FoundMark>,
    pub(super) relations: Vec<FoundRelation>,
}

#[derive(Debug, Default, Clone)]
pub(super) struct FoundMark {
    pub(super) id: String,
    pub(super) label: String,
    /// Empty where the file does not say.
    pub(super) annotator: String,
    pub(super) fragments: Vec<FoundFragment>,
    pub(super) note: String,
    pub(super) attributes: Vec<(String, String)>,
    /// ISO 8601, or empty.
    pub(super) created: String,
    pub(super) modified: String,
}

/// Positions that are no numbers are `None`.
#[derive(Debug, Default, Clone)]
pub(super) struct FoundFragment {
    pub(super) start: Option<u32>,
    pub(super) end: Option<u32>,
    pub(super) utf16: Option<[u32; 2]>,
    /// Empty where the file does not say.
    pub(super) exact: String,
    pub(super) prefix: String,
    pub(super) suffix: String,
}

#[derive(Debug, Default)]
pub(super) struct FoundRelation {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) from: String,
    pub(super) to: String,
}

impl Found {
    pub(super) fn counting(unit: Unit) -> Self {
        Self {
            unit,
            documents: Vec::new(),
            labels: Vec::new(),
            annotators: Vec::new(),
            problems: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// The document with this id, made where there is none.
    pub(super) fn document(&mut self, id: &str) -> &mut FoundDocument {
        // Rows of one article mostly follow each other, so the last one is tried first.
        let at = self.documents.iter().rposition(|it| it.id == id);
        let at = at.unwrap_or_else(|| {
            self.documents.push(FoundDocument {
                id: id.to_owned(),
                ..FoundDocument::default()
            });
            self.documents.len() - 1
        });
        &mut self.documents[at]
    }
}

impl FoundDocument {
    /// Gives marks whose names cannot be ids others that are made of these and of the text, so that
    /// the same file gives the same ids every time.
    fn name_marks(&mut self) {
        let text = self.text.as_deref().unwrap_or_default();
        let place = TextHash::of(&format!("{}\n{text}", self.id));
        let mut renamed: SortedMap<String, String> = SortedMap::default();
        for (mark, number) in self.marks.iter_mut().zip(1..) {
            if AnnotationId::new(&mark.id).is_some() {
                continue;
            }
            let old = match mark.id.as_str() {
                "" => format!("{number}"),
                id => id.to_owned(),
            };
            let name = format!("m{old} {}", &place.as_str()[..12]);
            let id = id_like(&name, "mark", AnnotationId::new)
                .as_str()
                .to_owned();
            renamed.insert(std::mem::replace(&mut mark.id, id.clone()), id);
        }
        for relation in &mut self.relations {
            for end in [&mut relation.from, &mut relation.to] {
                if let Some(id) = renamed.get(end.as_str()) {
                    *end = id.clone();
                }
            }
        }
    }

    /// Joins the marks that relations of the kind `continues` link, and drops those relations: that is
    /// how marks of several parts are written where a mark can have one.
    pub(super) fn join_continued(&mut self) {
        let mut places: SortedMap<String, usize> = SortedMap::default();
        for (mark, at) in self.marks.iter().zip(0..) {
            places.insert(mark.id.clone(), at);
        }
        // The mark that each has been joined to, so that chains of any length come together.
        let mut homes: Vec<usize> = (0..self.marks.len()).collect();
        self.relations.retain(|relation| {
            let ends = [&relation.from, &relation.to].map(|id| places.get(id.as_str()).copied());
            let [Some(from), Some(to)] = ends else {
                return true;
            };
            let is_joint = relation.kind == "continues" && from != to;
            if is_joint {
                let (home, old) = (homes[from], homes[to]);
                homes
                    .iter_mut()
                    .filter(|it| **it == old)
                    .for_each(|it| *it = home);
            }
            !is_joint
        });
        let mut joined: Vec<Option<FoundMark>> = self.marks.drain(..).map(Some).collect();
        for (at, home) in homes.iter().enumerate().filter(|&(at, &home)| at != home) {
            if let Some(part) = joined[at].take()
                && let Some(whole) = &mut joined[*home]
            {
                whole.fragments.extend(part.fragments);
            }
        }
        let mut renamed: SortedMap<String, String> = SortedMap::default();
        for (at, &home) in homes.iter().enumerate() {
            let parts = homes.iter().filter(|&&it| it == home).count();
            let (Some(mark), true) = (&mut joined[home], at == home && parts > 1) else {
                continue;
            };
            let whole = mark.id.strip_suffix("_1").map(str::to_owned);
            if let Some(whole) = whole.filter(|it| !places.contains(it.as_str())) {
                renamed.insert(mark.id.clone(), whole.clone());
                mark.id = whole;
            }
        }
        for relation in &mut self.relations {
            for end in [&mut relation.from, &mut relation.to] {
                if let Some(whole) = renamed.get(end.as_str()) {
                    *end = whole.clone();
                }
            }
        }
        self.marks.extend(joined.into_iter().flatten());
    }
}

/// Takes over what was found. `mapping` says which label here a name in the file means; other names
/// mean the label here of that id or name, else a new one.
///
/// # Errors
/// Where nothing of it can be read.
pub(super) fn into_reading(
    mut found: Found,
    file: &str,
    mapping: &[(String, LabelId)],
    cx: &mut ReadContext<'_>,
) -> Result<Reading, Problem> {
    for document in &mut found.documents {
        document.name_marks();
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
    recognise_unsigned(&mut reading, cx.project);
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
            words == Some(it.exact.replace("\r\n", "\n").as_str())
        })
    };
    (!agree(ours) && agree(&theirs)).then_some(theirs)
}

/// The id of the label that a name in a file means, or the name itself.
fn meant(schema: &LabelSchema, mapping: &[(String, LabelId)], name: &str) -> String {
    let chosen = mapping.iter().find(|it| it.0 == name).map(|it| &it.1);
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

/// Marks of a file that does not say who made them are those here that stand at the same places with
/// the same label, whoever made these: else every way out and back would double them.
fn recognise_unsigned(reading: &mut Reading, project: &Project) {
    let place = |it: &Annotation| {
        (
            it.document.clone(),
            it.label.clone(),
            it.fragments().to_vec(),
        )
    };
    let unsigned = |it: &Annotation| it.annotator.as_str() == "unknown";
    let documents = reading.import.annotations.iter().filter(|it| unsigned(it));
    let mut here = SortedMap::default();
    for document in SortedMap::of(documents.map(|it| (it.document.clone(), ())).collect()).keys() {
        for known in project.annotations().of(document) {
            here.insert(place(known), known.clone());
        }
    }
    let mut renamed: SortedMap<AnnotationId, AnnotationId> = SortedMap::default();
    for annotation in reading
        .import
        .annotations
        .iter_mut()
        .filter(|it| unsigned(it))
    {
        if let Some(known) = here.get(&place(annotation)) {
            renamed.insert(annotation.id.clone(), known.id.clone());
            *annotation = Annotation::clone(known);
        }
    }
    for placement in &mut reading.placements {
        if let Some(id) = renamed.get(&placement.annotation) {
            placement.annotation = id.clone();
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
    let mut labels: SortedMap<&str, Option<&FoundLabel>> = SortedMap::default();
    let mut order: Vec<&str> = Vec::new();
    let described = found.labels.iter().map(|it| (it.id.as_str(), Some(it)));
    let marks = found.documents.iter().flat_map(|it| &it.marks);
    for (id, described) in described.chain(marks.map(|it| (it.label.as_str(), None))) {
        if !id.is_empty() && !labels.contains(id) {
            labels.insert(id, described);
            order.push(id);
        }
    }
    let label = |id: &str| {
        let described = labels.get(id).copied().flatten();
        let of = |get: fn(&FoundLabel) -> &String| described.map(get).cloned().unwrap_or_default();
        FoundLabel {
            id: id.to_owned(),
            name: of(|it| &it.name),
            color: of(|it| &it.color),
            description: of(|it| &it.description),
        }
    };
    order.into_iter().map(label).collect()
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
        ("importedFrom", file),
    ] {
        said(writer, name, text);
    }
    writer.end('}');
    if let Some(text) = &document.text {
        writer.field("text", text);
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
            writer.field("type", &it.kind);
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
        for (name, value) in &mark.attributes {
            writer.field(name, value);
        }
        writer.end('}');
    }
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
