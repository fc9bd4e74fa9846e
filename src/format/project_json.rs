//! Writes articles with their annotations as JSON. A file that says the same has the same bytes:
//! keys and records have one order, and no time of writing is kept.

mod annotations;
mod links;
mod records;

use annotations::{write_annotation, write_unplaced};
use links::Links;
pub(super) use records::write_schema;
use records::{write_entries, write_given};

use super::json::{Json, Parsed, Writer};
use super::known::{self, FINISHED_BY, Given, VERSION_OF};
use super::time;
use crate::model::sorted::{SortedMap, SortedSet, sort_by};
use crate::model::{
    Annotator, AnnotatorId, BlockKind, Document, DocumentId, Extra, LabelSchema, Progress, Project,
    Quote, Record, RecordId, Text, Timestamp, Unplaced,
};

/// What the `format` field says.
pub(super) const FORMAT: &str = "span-annotations";

/// The version of the files that are written: since 1.1 they have questions, the cast and relations.
const VERSION: &str = "1.1";

/// The field of a comment that names its mark, where it stands alone.
pub(super) const ANNOTATION: &str = "annotation";

/// The field of an annotation that holds what was said about it.
pub(super) const COMMENTS: &str = "comments";

/// The id of the one scheme that is written.
const SCHEME: &str = "sourcelight";

/// The field of a document's [`Extra`] that holds what is unknown of its source.
pub(super) const SOURCE: &str = "source";

/// The fields of a document of the file, which no unknown field may be called.
pub(super) const DOCUMENT_KEYS: [&str; 16] = [
    "id",
    "scheme",
    "title",
    SOURCE,
    "progress",
    "layout",
    "text",
    "textInfo",
    "created",
    "modified",
    "annotations",
    "unplaced",
    ATTRIBUTES,
    RELATIONS,
    VERSION_OF,
    FINISHED_BY,
];

/// The field that holds answers, by the ids of their questions.
const ATTRIBUTES: &str = "attributes";

/// The field of an article that holds relations within it, and of the file for those across.
pub(super) const RELATIONS: &str = "relations";

/// How much of the articles a file has.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum Shape {
    /// Everything.
    #[default]
    Whole,
    /// Not their texts, whose hashes tell them.
    WithoutTexts,
    /// Neither their texts nor the marked words: this writes what stands for them. Who reads and marks needs
    /// none of that.
    Withheld(fn(&mut Writer, &Quote)),
}

/// What a file is to be like.
#[derive(Debug, Clone, Default)]
pub(super) struct Manner {
    /// How much of the articles it has.
    pub shape: Shape,
    /// What more the file says of itself: names, and values as JSON.
    pub members: Vec<(&'static str, String)>,
}

/// The whole project, as [`render`] writes it.
pub fn render_all(project: &Project) -> String {
    let ids = project.documents().iter().map(|it| it.id.clone());
    render(project, &ids.collect::<Vec<_>>())
}

/// The chosen articles, in the order given, with their annotations, all labels and those who
/// marked. Articles that are not in the project are passed over.
pub fn render(project: &Project, documents: &[DocumentId]) -> String {
    render_as(project, documents, &Manner::default())
}

/// The same in another manner.
pub(super) fn render_as(project: &Project, documents: &[DocumentId], manner: &Manner) -> String {
    let here = project.documents().iter();
    let here: SortedMap<&DocumentId, &Document> =
        SortedMap::of(here.map(|it| (&it.id, &**it)).collect());
    let chosen = documents.iter().filter_map(|id| here.get(&id).copied());
    let chosen: Vec<&Document> = chosen.collect();
    let tray = Tray::of(project);
    let links = Links::of(project, &chosen);
    let mut writer = Writer::default();
    writer.begin('{');
    writer.field("format", FORMAT);
    writer.field("version", VERSION);
    writer.field("offsetUnit", "code-point");
    writer.name("generator");
    writer.begin('{');
    writer.field("name", "Sourcelight");
    writer.field("version", env!("CARGO_PKG_VERSION"));
    writer.end('}');
    for (name, json) in &manner.members {
        writer.name(name);
        writer.raw(json);
    }
    writer.name("annotators");
    writer.begin('[');
    for annotator in annotators(project, &tray, &chosen) {
        write_annotator(&mut writer, &annotator);
    }
    writer.end(']');
    write_schemes(&mut writer, project.schema());
    let cast = project.entries();
    let cast: Vec<_> = cast
        .filter(|it| matches!(it.id, RecordId::Speaker(_)))
        .collect();
    write_entries(&mut writer, "cast", &cast, None);
    writer.name("documents");
    writer.begin('[');
    for document in &chosen {
        // What it is a later text of can be named only where that is written, too.
        let earlier = document.version_of.as_ref();
        let earlier = earlier.filter(|id| chosen.iter().any(|it| it.id == **id));
        let own = known::document_fields(document, earlier);
        write_document(
            &mut writer,
            project,
            &tray,
            &links,
            (document, own),
            manner.shape,
        );
    }
    writer.end(']');
    write_entries(&mut writer, RELATIONS, &links.at(""), None);
    writer.end('}');
    writer.finish() + "\n"
}

/// The annotations that have no place, by article and by the place they once had there.
struct Tray<'a>(Vec<&'a Unplaced>);

impl<'a> Tray<'a> {
    fn of(project: &'a Project) -> Self {
        let mut all: Vec<&Unplaced> = project.unplaced().map(|it| &**it).collect();
        let place = |it: &Unplaced| it.quotes.first().map(|quote| quote.1);
        sort_by(&mut all, |a, b| {
            (&a.document, place(a)).cmp(&(&b.document, place(b)))
        });
        Self(all)
    }

    fn of_document(&self, id: &DocumentId) -> &[&'a Unplaced] {
        let from = self.0.partition_point(|it| it.document < *id);
        let to = self.0.partition_point(|it| it.document <= *id);
        &self.0[from..to]
    }
}

/// Those who marked something or have been through an article, by id. One of whom nothing is known has a record all the same.
fn annotators(project: &Project, tray: &Tray<'_>, chosen: &[&Document]) -> Vec<Annotator> {
    let mut used: SortedSet<&AnnotatorId> = SortedSet::default();
    for document in chosen {
        for annotation in project.annotations().of(&document.id) {
            used.add(&annotation.annotator);
        }
        for unplaced in tray.of_document(&document.id) {
            used.add(&unplaced.annotator);
        }
        for it in &document.finished_by {
            used.add(it);
        }
    }
    let known = |id: &&AnnotatorId| match project.record(&RecordId::Annotator((*id).clone())) {
        Some(Record::Annotator(known)) => known,
        _ => Annotator {
            id: (*id).clone(),
            name: String::new(),
            extra: Extra::default(),
        },
    };
    used.keys().map(known).collect()
}

fn write_annotator(writer: &mut Writer, annotator: &Annotator) {
    writer.begin('{');
    writer.field("id", annotator.id.as_str());
    writer.field("name", &annotator.name);
    write_unknown(writer, &annotator.extra, &["id", "name"]);
    writer.end('}');
}

fn write_schemes(writer: &mut Writer, schema: &LabelSchema) {
    writer.name("schemes");
    writer.begin('[');
    writer.begin('{');
    writer.field("id", SCHEME);
    writer.number("version", 1_u32);
    write_schema(writer, schema);
    writer.end('}');
    writer.end(']');
}

fn write_document(
    writer: &mut Writer,
    project: &Project,
    tray: &Tray<'_>,
    links: &Links<'_>,
    (document, own): (&Document, Given),
    shape: Shape,
) {
    let text = &document.text;
    writer.begin('{');
    writer.field("id", document.id.as_str());
    writer.field("scheme", SCHEME);
    writer.field("title", &document.meta.title);
    write_source(writer, document);
    let progress = match document.progress {
        Progress::ToDo => "to-do",
        Progress::InProgress => "in-progress",
        Progress::Done => "done",
    };
    writer.field("progress", progress);
    if let Some(layout) = &document.layout {
        writer.name("layout");
        writer.begin_flat('[');
        for &kind in layout.iter() {
            writer.string(kind_word(kind));
        }
        writer.end_flat(']');
    }
    if matches!(shape, Shape::Whole) {
        writer.field("text", text.as_str());
    }
    write_text_info(writer, text);
    write_time(writer, "created", document.created);
    write_time(writer, "modified", document.modified);
    write_given(writer, &own);
    writer.name("annotations");
    writer.begin('[');
    for annotation in project.annotations().of(&document.id) {
        write_annotation(writer, text, links, annotation, shape);
    }
    writer.end(']');
    let unplaced = tray.of_document(&document.id);
    if !unplaced.is_empty() {
        writer.name("unplaced");
        writer.begin('[');
        for unplaced in unplaced {
            write_unplaced(writer, links, unplaced, shape);
        }
        writer.end(']');
    }
    let within = links.at(document.id.as_str());
    write_entries(writer, RELATIONS, &within, Some(&document.extra));
    let known = [ATTRIBUTES, VERSION_OF, FINISHED_BY];
    let keys = DOCUMENT_KEYS.iter().filter(|it| !known.contains(it));
    let keys: Vec<&str> = keys.copied().chain(own.names()).collect();
    write_unknown(writer, &document.extra, &keys);
    writer.end('}');
}

/// Where an article comes from. What is not known is left out.
fn write_source(writer: &mut Writer, document: &Document) {
    let meta = &document.meta;
    let own = [
        ("outlet", &meta.outlet),
        ("byline", &meta.author),
        ("published", &meta.date),
        ("url", &meta.url),
        ("event", &meta.event),
        ("language", &meta.language),
        ("importedFrom", &document.imported_from),
    ];
    let more = document.extra.get(SOURCE);
    let more = more.and_then(|json| Parsed::of(json).ok());
    let more = more.as_ref().map(Parsed::root).filter(|it| it.is_object());
    if own.iter().all(|it| it.1.is_empty()) && more.is_none() {
        return;
    }
    writer.name(SOURCE);
    writer.begin('{');
    for (name, value) in own {
        write_non_empty(writer, name, value);
    }
    for (name, json) in more.into_iter().flat_map(Json::fields) {
        if own.iter().all(|it| it.0 != name) {
            writer.name(&name);
            writer.raw(json.get());
        }
    }
    writer.end('}');
}

fn write_text_info(writer: &mut Writer, text: &Text) {
    let end = text.whole().end();
    writer.name("textInfo");
    writer.begin('{');
    writer.field("sha256", text.hash().as_str());
    writer.number("codePoints", text.code_points(end));
    writer.number("utf16", text.utf16(end));
    writer.number("bytes", end.bytes() as u32);
    writer.field("newline", "lf");
    writer.field("normalization", "none");
    writer.end('}');
}

fn write_non_empty(writer: &mut Writer, name: &str, text: &str) {
    if !text.is_empty() {
        writer.field(name, text);
    }
}

fn write_time(writer: &mut Writer, name: &str, time: Timestamp) {
    if let Some(time) = time::render(time) {
        writer.field(name, &time);
    }
}

/// Writes the kept fields. One that is called like a field of ours would make a second of that
/// name, so it is passed over; reading never keeps one.
fn write_unknown(writer: &mut Writer, extra: &Extra, known: &[&str]) {
    for (name, json) in extra.iter() {
        if let (false, Ok(json)) = (known.contains(&name.as_str()), Parsed::of(json)) {
            writer.name(name);
            writer.raw(json.root().get());
        }
    }
}

/// How the layout of a file calls a kind of block.
pub(super) fn kind_word(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Paragraph => "p",
        BlockKind::Heading(level) => {
            ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(level.clamp(1, 6) - 1)]
        }
        BlockKind::ListItem => "li",
        BlockKind::Quotation => "quote",
        BlockKind::Byline => "byline",
    }
}

/// The kind of block that a word of a layout means.
pub(super) fn kind_of_word(word: &str) -> Option<BlockKind> {
    Some(match word {
        "p" => BlockKind::Paragraph,
        "li" => BlockKind::ListItem,
        "quote" => BlockKind::Quotation,
        "byline" => BlockKind::Byline,
        _ => match word.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => BlockKind::Heading(level - b'0'),
            _ => return None,
        },
    })
}
