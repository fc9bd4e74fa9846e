//! Generated texts, annotations and projects.

#[path = "schema.rs"]
pub mod schema;

use sourcelight::model::sorted::SortedMap;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use sourcelight::model::{
    Anchor, Annotation, Annotator, BlockKind, Document, DocumentMeta, Extra, Import, MaybeDetails,
    Progress, Project, Provenance, Quote, Record, Span, Text, Timestamp, Unplaced,
};

use crate::support::{annotation_id, annotator_id, bare_project, document_id, label_id, merged};
use schema::details;

/// Pieces that counting in the wrong unit, or cutting at the wrong place, would show.
const PIECES: &[&str] = &[
    "word ",
    "a",
    "no ",
    "no ",
    "It was so. ",
    "🚲",
    "👩\u{200d}🚒",
    "🇫🇷",
    "👍🏽",
    "e\u{301}",
    "é",
    "Z\u{351}\u{327}",
    "مرحبا بالعالم ",
    "\u{202b}",
    "漢字、",
    "ひらがな。",
    "\r\n",
    "\n",
    "\n\n",
    "\r",
    "“",
    "”",
    "\"",
    "‘so’ ",
    " ",
    "\u{a0}",
    "\u{3000}",
    "\t",
    "- ",
    "\u{feff}",
    "\u{2028}",
    "\\",
    "</script>",
    "{",
    "\u{7}",
    "ﬀ",
    "İ",
];

/// The source of a text, with all kinds of line ends.
pub fn source() -> impl Strategy<Value = String> {
    vec(select(PIECES), 1..40).prop_map(|pieces| pieces.concat())
}

pub fn text() -> impl Strategy<Value = Arc<Text>> {
    source().prop_filter_map("has text", |source| Text::new(&source).ok().map(Arc::new))
}

/// The span between two of the text's character bounds.
pub fn span_at(text: &Text, a: Index, b: Index) -> Span {
    let content = text.as_str();
    let mut bounds: Vec<usize> = content.char_indices().map(|(at, _)| at).collect();
    bounds.push(content.len());
    let first = a.index(bounds.len() - 1);
    let second = first + 1 + b.index(bounds.len() - 1 - first);
    text.span(bounds[first], bounds[second])
        .expect("two different bounds in order")
}

pub fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "\\PC{1,12}",
        select(PIECES).prop_map(str::to_owned),
    ]
}

fn time() -> impl Strategy<Value = Timestamp> {
    prop_oneof![
        Just(0),
        0..253_402_300_800_000_u64,
        (0..4_000_000_000_u64).prop_map(|seconds| seconds * 1_000),
    ]
    .prop_map(Timestamp)
}

pub fn extra() -> impl Strategy<Value = Extra> {
    let json = select(&[
        "{}",
        "[]",
        "0.1",
        "1e300",
        "12345678901234567890123",
        "\"\\ud83d\\ude00 x\"",
        "{\"b\":[1,null],\"a\":\" \"}",
    ]);
    let key = select(&["score", "links", "language", "é\"\\", "x y"]);
    vec((key, json), 0..3).prop_map(|fields| {
        let fields = fields
            .into_iter()
            .map(|(key, json)| (key.to_owned(), json.to_owned()));
        Arc::new(fields.collect::<SortedMap<_, _>>())
    })
}

#[derive(Debug, Clone)]
struct Mark {
    places: Vec<(Index, Index)>,
    label: &'static str,
    annotator: &'static str,
    note: String,
    provenance: Provenance,
    anchor: Anchor,
    revision: u32,
    details: MaybeDetails,
    times: (Timestamp, Timestamp),
    extra: Extra,
}

fn mark() -> impl Strategy<Value = Mark> {
    (
        vec(any::<(Index, Index)>(), 1..4),
        select(&["claim", "quote", "opinion", "rumour"]),
        select(&["ann", "ben", "_c"]),
        words(),
        select(&[
            Provenance::Manual,
            Provenance::Imported,
            Provenance::Suggested,
        ]),
        select(&[Anchor::Exact, Anchor::Moved, Anchor::Ambiguous]),
        (0..3_u32, details()),
        (time(), time()),
        extra(),
    )
        .prop_map(
            |(places, label, annotator, note, provenance, anchor, said, times, extra)| Mark {
                places,
                label,
                annotator,
                note,
                provenance,
                anchor,
                revision: said.0,
                details: said.1,
                times,
                extra,
            },
        )
}

fn quote() -> impl Strategy<Value = (Quote, [u32; 2])> {
    let part = || words().prop_map(|it| it.replace('\r', "\n"));
    (part(), part(), part(), any::<[u32; 2]>()).prop_map(|(exact, prefix, suffix, at)| {
        let quote = Quote {
            exact,
            prefix,
            suffix,
        };
        (quote, at)
    })
}

fn kind() -> impl Strategy<Value = BlockKind> {
    select(&[
        BlockKind::Paragraph,
        BlockKind::Heading(1),
        BlockKind::Heading(6),
        BlockKind::ListItem,
        BlockKind::Quotation,
        BlockKind::Byline,
    ])
}

fn document() -> impl Strategy<Value = Document> {
    let meta = vec(words(), 8..=8);
    let progress = select(&[Progress::ToDo, Progress::InProgress, Progress::Done]);
    let layout = proptest::option::of(vec(kind(), 1..5));
    let said = (details(), extra());
    (text(), meta, progress, layout, (time(), time()), said).prop_map(
        |(text, meta, progress, layout, (created, modified), (details, extra))| Document {
            meta: DocumentMeta {
                title: meta[0].clone(),
                outlet: meta[1].clone(),
                author: meta[2].clone(),
                date: meta[3].clone(),
                url: meta[4].clone(),
                event: meta[5].clone(),
                language: meta[7].clone(),
            },
            imported_from: meta[6].clone(),
            progress,
            layout: layout.map(|kinds| {
                let blocks = text.blocks().len();
                kinds.into_iter().cycle().take(blocks).collect()
            }),
            details,
            created,
            modified,
            extra,
            ..Document::new(document_id("replaced"), "", text)
        },
    )
}

fn annotation(document: &Document, place: usize, mark: Mark) -> Annotation {
    let spans = mark
        .places
        .iter()
        .map(|&(a, b)| span_at(&document.text, a, b));
    let spans: Vec<Span> = spans.collect();
    let mut made = Annotation::new(
        annotation_id(&format!("{}-{place}", document.id)),
        document.id.clone(),
        spans[0],
        label_id(mark.label),
        annotator_id(mark.annotator),
        mark.times.0,
    );
    made.note = mark.note.as_str().into();
    made.provenance = mark.provenance;
    made.anchor = mark.anchor;
    made.revision = mark.revision;
    made.details = mark.details;
    made.modified = mark.times.1;
    made.extra = mark.extra;
    made.with_fragments(spans).expect("there are spans")
}

fn unplaced(
    document: &Document,
    place: usize,
    quotes: Vec<(Quote, [u32; 2])>,
    mark: Mark,
) -> Unplaced {
    Unplaced {
        id: annotation_id(&format!("{}-lost-{place}", document.id)),
        document: document.id.clone(),
        quotes: quotes.into(),
        label: label_id(mark.label),
        annotator: annotator_id(mark.annotator),
        note: mark.note.as_str().into(),
        revision: mark.revision,
        details: mark.details,
        created: mark.times.0,
        modified: mark.times.1,
        extra: mark.extra,
    }
}

/// What two articles at most hold, of every kind that can be kept.
pub fn import() -> impl Strategy<Value = Import> {
    let lost = (vec(quote(), 1..3), mark());
    let article = (document(), vec(mark(), 0..6), vec(lost, 0..3));
    let people = vec((words(), extra()), 3..=3);
    let links = vec(any::<(Index, Index)>(), 0..4);
    (
        vec(article, 0..3),
        people,
        schema::label(),
        schema::others(),
        links,
    )
        .prop_map(|(articles, people, label, others, links)| {
            let mut import = Import::default();
            for ((mut document, marks, lost), place) in articles.into_iter().zip(1..) {
                document.id = document_id(&format!("d{place}"));
                for (mark, place) in marks.into_iter().zip(1..) {
                    import.annotations.push(annotation(&document, place, mark));
                }
                for ((quotes, mark), place) in lost.into_iter().zip(1..) {
                    import
                        .unplaced
                        .push(unplaced(&document, place, quotes, mark));
                }
                import.documents.push(document);
            }
            if let ([first, second, ..], Some(links)) = (&mut import.documents[..], links.first())
                && links.0.index(2) == 1
            {
                second.version_of = Some(first.id.clone());
            }
            let ids = ["ann", "ben", "_c"].into_iter().zip(people);
            import
                .annotators
                .extend(ids.map(|(id, (name, extra))| Annotator {
                    id: annotator_id(id),
                    name,
                    extra,
                }));
            import.labels = Project::default().schema().labels().to_vec();
            import.labels.push(Arc::new(label));
            let built_in = Project::default();
            let built_in = built_in.schema().entries().iter().cloned();
            import.others.extend(built_in.map(Record::Entry));
            import.others.extend(others);
            schema::link(&mut import, &links);
            import
        })
}

pub fn project() -> impl Strategy<Value = Project> {
    import().prop_map(|import| merged(&bare_project(), import))
}
