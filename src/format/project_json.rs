//! Writes articles with their annotations as JSON. A file that says the same has the same bytes:
//! keys and records have one order, and no time of writing is kept.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};

use super::time;
use super::wire::{
    AnchorWord, AnnotationEntry, AnnotatorEntry, DocumentEntry, Format, Fragment, Generator,
    LabelEntry, Newline, Normalization, OffsetUnit, OneLine, Origin, ProgressWord, ProjectFile,
    Scheme, Source, TextInfo, Unknown,
};
use crate::model::sorted::{SortedSet, sort_by_key};
use crate::model::{
    Anchor, Annotation, Annotator, AnnotatorId, BlockKind, Document, DocumentId, Extra, Label,
    Progress, Project, Provenance, Quote, Record, RecordId, Span, Text, Unplaced,
};

/// The id of the one scheme that is written.
const SCHEME: &str = "sourcelight";

/// The field of a document's [`Extra`] that holds what is unknown of its source.
pub(super) const SOURCE: &str = "source";

/// The fields of a document of the file, which no unknown field may be called.
pub(super) const DOCUMENT_KEYS: [&str; 12] = [
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
];

/// The chosen articles, in the order given, with their annotations, all labels and those who
/// marked. Articles that are not in the project are passed over.
pub fn render(project: &Project, documents: &[DocumentId]) -> String {
    let here = project.documents().iter();
    let here: HashMap<&DocumentId, &Document> = here.map(|it| (&it.id, &**it)).collect();
    let chosen = documents.iter().filter_map(|id| here.get(id).copied());
    let chosen: Vec<&Document> = chosen.collect();
    let mut tray: HashMap<&DocumentId, Vec<&Unplaced>> = HashMap::new();
    for unplaced in project.unplaced() {
        tray.entry(&unplaced.document).or_default().push(unplaced);
    }
    let quotes = chosen.iter().map(|it| {
        let unplaced = tray.remove(&it.id).unwrap_or_default();
        Quotes::of(project, it, unplaced)
    });
    let quotes: Vec<Quotes> = quotes.collect();
    let annotators = annotators(project, &quotes);
    let file = ProjectFile {
        format: Format::SpanAnnotations,
        version: "1.0",
        offset_unit: OffsetUnit::CodePoint,
        generator: Some(Generator {
            name: "Sourcelight",
            version: env!("CARGO_PKG_VERSION"),
        }),
        annotators: Some(annotators.iter().map(|it| annotator_entry(it)).collect()),
        schemes: vec![Scheme {
            id: SCHEME,
            version: 1,
            labels: project.schema().labels().iter().map(label_entry).collect(),
        }],
        documents: chosen
            .iter()
            .zip(&quotes)
            .map(|(document, quotes)| document_entry(document, quotes))
            .collect(),
    };
    let mut bytes = Vec::new();
    let formatter = PrettyFormatter::with_indent(b" ");
    file.serialize(&mut Serializer::with_formatter(&mut bytes, formatter))
        .expect("these types have string keys and write to memory");
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

/// What is marked in an article, with the words looked up.
struct Quotes<'a> {
    placed: Vec<(&'a Annotation, Vec<(Span, Quote)>)>,
    unplaced: Vec<&'a Unplaced>,
}

impl<'a> Quotes<'a> {
    fn of(project: &'a Project, document: &Document, mut unplaced: Vec<&'a Unplaced>) -> Self {
        let quote = |&span: &Span| (span, Quote::of(&document.text, span));
        let placed = project.annotations().of(&document.id).iter();
        sort_by_key(&mut unplaced, |it| it.quotes.first().map(|quote| quote.1));
        Self {
            placed: placed
                .map(|it| (&**it, it.fragments().iter().map(quote).collect()))
                .collect(),
            unplaced,
        }
    }
}

/// Those who marked something, by id. One of whom nothing is known has a record all the same.
fn annotators<'a>(project: &Project, quotes: &[Quotes<'a>]) -> Vec<Annotator> {
    let mut used: SortedSet<&AnnotatorId> = SortedSet::default();
    for quotes in quotes {
        let placed = quotes.placed.iter().map(|(it, _)| &it.annotator);
        for annotator in placed.chain(quotes.unplaced.iter().map(|it| &it.annotator)) {
            used.add(annotator);
        }
    }
    used.keys()
        .copied()
        .map(
            |id| match project.record(&RecordId::Annotator(id.clone())) {
                Some(Record::Annotator(known)) => known,
                _ => Annotator {
                    id: id.clone(),
                    name: String::new(),
                    extra: Extra::default(),
                },
            },
        )
        .collect()
}

fn annotator_entry(annotator: &Annotator) -> AnnotatorEntry<'_> {
    AnnotatorEntry {
        id: annotator.id.as_str(),
        name: Some(&annotator.name),
        unknown: unknown(&annotator.extra, &["id", "name"]),
    }
}

fn label_entry(label: &Label) -> LabelEntry<'_> {
    LabelEntry {
        id: label.id.as_str(),
        name: &label.name,
        color: Some(label.color.to_string()),
        description: Some(&label.definition),
        unknown: unknown(&label.extra, &["id", "name", "color", "description"]),
    }
}

fn document_entry<'a>(document: &'a Document, quotes: &'a Quotes<'_>) -> DocumentEntry<'a> {
    let text = &document.text;
    let placed = quotes.placed.iter().map(|it| placed_entry(text, it));
    let unplaced = quotes.unplaced.iter().map(|it| unplaced_entry(it));
    let layout = document.layout.as_ref();
    DocumentEntry {
        id: document.id.as_str(),
        scheme: Some(SCHEME),
        title: Some(&document.meta.title),
        source: source_entry(document),
        progress: Some(match document.progress {
            Progress::ToDo => ProgressWord::ToDo,
            Progress::InProgress => ProgressWord::InProgress,
            Progress::Done => ProgressWord::Done,
        }),
        layout: layout.map(|it| OneLine(it.iter().map(|&kind| kind_word(kind)).collect())),
        text: Some(text.as_str()),
        text_info: TextInfo {
            sha256: text.hash().as_str(),
            code_points: text.code_points(text.whole().end()),
            utf16: text.utf16(text.whole().end()),
            bytes: text.as_str().len(),
            newline: Newline::Lf,
            normalization: Normalization::None,
        },
        created: time::render(document.created),
        modified: time::render(document.modified),
        annotations: placed.collect(),
        unplaced: (!quotes.unplaced.is_empty()).then(|| unplaced.collect()),
        unknown: unknown(&document.extra, &DOCUMENT_KEYS),
    }
}

fn source_entry(document: &Document) -> Option<Source<'_>> {
    let meta = &document.meta;
    let own = [
        &meta.outlet,
        &meta.author,
        &meta.date,
        &meta.url,
        &meta.event,
        &document.imported_from,
    ];
    let more: Option<Unknown<'_>> = document
        .extra
        .get(SOURCE)
        .and_then(|json| serde_json::from_str(json).ok());
    if own.iter().all(|it| it.is_empty()) && more.is_none() {
        return None;
    }
    let [outlet, byline, published, url, event, imported_from] = own.map(|it| non_empty(it));
    Some(Source {
        outlet,
        byline,
        published,
        url,
        event,
        imported_from,
        unknown: more.unwrap_or_default(),
    })
}

fn placed_entry<'a>(
    text: &Text,
    (annotation, quotes): &'a (&Annotation, Vec<(Span, Quote)>),
) -> AnnotationEntry<'a> {
    let fragment = |(span, quote): &'a (Span, Quote)| {
        OneLine(Fragment {
            start: text.code_points(span.start()),
            end: text.code_points(span.end()),
            utf16: Some([text.utf16(span.start()), text.utf16(span.end())]),
            exact: &quote.exact,
            prefix: Some(&quote.prefix),
            suffix: Some(&quote.suffix),
        })
    };
    AnnotationEntry {
        id: annotation.id.as_str(),
        label: annotation.label.as_str(),
        fragments: quotes.iter().map(fragment).collect(),
        note: non_empty(&annotation.note),
        creator: Some(annotation.annotator.as_str()),
        created: time::render(annotation.created),
        modified: time::render(annotation.modified),
        origin: Some(match annotation.provenance {
            Provenance::Manual => Origin::Manual,
            Provenance::Imported => Origin::Import,
            Provenance::Suggested => Origin::Suggestion,
        }),
        anchor: Some(match annotation.anchor {
            Anchor::Exact => AnchorWord::Exact,
            Anchor::Moved => AnchorWord::Moved,
            Anchor::Ambiguous => AnchorWord::Ambiguous,
        }),
        unknown: unknown(&annotation.extra, &ANNOTATION_KEYS),
    }
}

/// The fields of an annotation of the file.
const ANNOTATION_KEYS: [&str; 9] = [
    "id",
    "label",
    "fragments",
    "note",
    "creator",
    "created",
    "modified",
    "origin",
    "anchor",
];

fn unplaced_entry(unplaced: &Unplaced) -> AnnotationEntry<'_> {
    let fragments = unplaced.quotes.iter().map(|(quote, [start, end])| {
        OneLine(Fragment {
            start: *start,
            end: *end,
            utf16: None,
            exact: &quote.exact,
            prefix: Some(&quote.prefix),
            suffix: Some(&quote.suffix),
        })
    });
    AnnotationEntry {
        id: unplaced.id.as_str(),
        label: unplaced.label.as_str(),
        fragments: fragments.collect(),
        note: non_empty(&unplaced.note),
        creator: Some(unplaced.annotator.as_str()),
        created: time::render(unplaced.created),
        modified: time::render(unplaced.modified),
        origin: Some(Origin::Import),
        anchor: Some(AnchorWord::Lost),
        unknown: unknown(&unplaced.extra, &ANNOTATION_KEYS),
    }
}

fn non_empty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// The kept fields as JSON. One that is called like a field of ours would make a second of that
/// name, so it is passed over; reading never keeps one.
fn unknown<'a>(extra: &'a Extra, known: &[&str]) -> Unknown<'a> {
    extra
        .iter()
        .filter(|(key, _)| !known.contains(&key.as_str()))
        .filter_map(|(key, json)| Some((key.clone(), serde_json::from_str(json).ok()?)))
        .collect()
}

/// How the layout of a file calls a kind of block.
fn kind_word(kind: BlockKind) -> &'static str {
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
