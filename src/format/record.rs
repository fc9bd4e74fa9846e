//! The compact form in which one record, or its deletion, is kept in the browser.
//!
//! A stored record is a JSON object with short keys: `k` is its kind, `i` its id, `z` says it is
//! gone. Spans are code points, each with a checksum of its words: the words themselves are kept
//! once, in the text, which an article names by its SHA-256. What this version does not know is
//! carried along to the letter: unknown fields in [`Extra`], unknown kinds as
//! [`StoredRecord::Unknown`].
//!
//! Reading has two steps. [`decode`] needs the record alone; [`assemble`] fits all of them to the
//! texts and says in words what does not fit. Knows nothing of keys, stores or the order of changes.

mod checksum;
mod decode;
/// Records to their stored form.
pub mod encode;
mod fields;
mod plain;

use std::rc::Rc;
use std::sync::Arc;

pub use checksum::crc32;
pub(in crate::format) use checksum::crc32_of_bytes;
pub use decode::{Decoder, decode};

use super::json::{Object, Parsed};
use super::known::{self, OfDocument};
use crate::model::sorted::{SortedMap, SortedSet};
use crate::model::{
    Anchor, Annotation, AnnotationId, AnnotatorId, BlockKind, Document, DocumentId, DocumentMeta,
    Extra, LabelId, Layout, MaybeDetails, Progress, Provenance, Record, RecordId, Span, Text,
    Timestamp, Unplaced,
};

mod kind {
    pub const DOCUMENT: &str = "d";
    pub const ANNOTATION: &str = "a";
    pub const UNPLACED: &str = "u";
    pub const LABEL: &str = "l";
    pub const ANNOTATOR: &str = "w";
    pub const ATTRIBUTE: &str = "q";
    pub const RELATION_TYPE: &str = "y";
    pub const SPEAKER: &str = "p";
    pub const RELATION: &str = "r";
    pub const COMMENT: &str = "c";
    pub const GUIDELINES: &str = "g";
    pub const FIRST_LABEL: &str = "f";
    pub const ALL: [&str; 12] = [
        DOCUMENT,
        ANNOTATION,
        UNPLACED,
        LABEL,
        ANNOTATOR,
        ATTRIBUTE,
        RELATION_TYPE,
        SPEAKER,
        RELATION,
        COMMENT,
        GUIDELINES,
        FIRST_LABEL,
    ];
}

/// Why a stored record cannot be read, or a record cannot be stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RecordError(String);

impl RecordError {
    /// An annotation whose article is not there.
    pub fn homeless(id: &AnnotationId) -> Self {
        Self(format!("the article of the mark {id} is not here"))
    }
}

/// A record as it is stored, not yet fitted to its text. Small, as tens of thousands of them are
/// moved about when a store is opened.
#[derive(Debug, Clone, PartialEq)]
pub enum StoredRecord {
    /// An article without its text.
    Document(Box<StoredDocument>),
    /// An annotation without its spans.
    Annotation(Box<StoredAnnotation>),
    /// An annotation in the tray.
    Unplaced(Box<Unplaced>),
    /// A record that leans on no text: labels, annotators, the cast and so on.
    Whole(Box<Record>),
    /// A record that was removed.
    Gone(RecordId),
    /// Something a newer version stored, as the JSON it is.
    Unknown(String),
}

impl StoredRecord {
    /// Which article this describes, or says is removed.
    pub fn document_id(&self) -> Option<&DocumentId> {
        match self {
            StoredRecord::Document(it) => Some(&it.id),
            StoredRecord::Gone(RecordId::Document(id)) => Some(id),
            _ => None,
        }
    }
}

/// An article without its text.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredDocument {
    id: DocumentId,
    /// The SHA-256 of its text.
    text: String,
    meta: DocumentMeta,
    progress: Progress,
    rank: u32,
    layout: Option<Layout>,
    imported_from: String,
    own: OfDocument,
    created: Timestamp,
    modified: Timestamp,
    extra: Extra,
}

/// An annotation without its spans.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAnnotation {
    id: AnnotationId,
    document: DocumentId,
    fragments: (StoredFragment, Vec<StoredFragment>),
    label: LabelId,
    annotator: AnnotatorId,
    note: Arc<str>,
    provenance: Provenance,
    anchor: Anchor,
    revision: u32,
    details: MaybeDetails,
    created: Timestamp,
    modified: Timestamp,
    extra: Extra,
}

/// Where a fragment stands, in code points, and the CRC-32 of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct StoredFragment {
    start: u32,
    end: u32,
    checksum: u32,
}

/// What can be told from a stored record without reading it whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Kind and id: stored records of one name are versions of one record. What has neither is
    /// its own name, so that it is kept beside everything else.
    pub name: Rc<str>,
    /// The article it belongs to, where it belongs to one.
    pub document: Option<Rc<str>>,
    /// The SHA-256 of the text it needs, where it needs one.
    pub text: Option<Rc<str>>,
    /// Whether this version knows the kind.
    pub is_known: bool,
}

impl Heading {
    /// The heading of a stored record, of whatever kind.
    pub fn of(json: &str) -> Heading {
        let parsed = Parsed::of(json).ok();
        let object = parsed.as_ref().and_then(|it| Object::of(it.root()));
        match object {
            Some(object) => Decoder::default().heading(&|| json.into(), &object),
            None => Self::nameless(json),
        }
    }

    fn nameless(json: &str) -> Heading {
        Heading {
            name: json.into(),
            document: None,
            text: None,
            is_known: false,
        }
    }
}

/// What stored records come to with their texts.
#[derive(Debug, Default)]
pub struct Assembled {
    /// What leans on no text, then articles, annotations and tray, each as they were read.
    pub records: Vec<Record>,
    /// What was removed, and marks that wait for an article that was removed or is missing.
    pub gone: Vec<RecordId>,
    /// Annotations that do not fit their text, each with a sentence on it.
    pub misfits: Vec<(AnnotationId, String)>,
    /// Articles that are missing or lack their text, each with a sentence on what has to wait.
    pub missing: Vec<(DocumentId, String)>,
}

/// Fits stored records to their texts. `text` finds a text by its SHA-256.
pub fn assemble(
    stored: impl IntoIterator<Item = StoredRecord>,
    mut text: impl FnMut(&str) -> Option<Arc<Text>>,
) -> Assembled {
    let mut sorted = Sorted::default();
    let stored = stored.into_iter();
    let most = stored.size_hint().1.unwrap_or_default();
    sorted.annotations.reserve(most);
    for record in stored {
        sorted.take(record);
    }
    let mut out = Assembled {
        records: std::mem::take(&mut sorted.whole),
        ..Assembled::default()
    };
    out.records.reserve(most);
    let mut documents = Vec::new();
    let mut waiting: SortedMap<DocumentId, Waiting> = SortedMap::default();
    for stored in sorted.documents {
        match text(&stored.text) {
            Some(text) => {
                let document = Arc::new(stored.with_text(text));
                out.records.push(Record::Document(document.clone()));
                documents.push((document.id.clone(), document));
            }
            None => waiting.or_default(stored.id).title = Some(stored.meta.title),
        }
    }
    let documents = SortedMap::of(documents);
    let mut gone = Vec::new();
    let mut wait = |id: RecordId, document: DocumentId| {
        gone.push(id);
        // Marks of a removed article wait in the store without a word, should it come back.
        if !sorted
            .removed
            .contains(&RecordId::Document(document.clone()))
        {
            waiting.or_default(document).marks += 1;
        }
    };
    // Marks of one article mostly follow each other.
    let mut last: Option<&Arc<Document>> = None;
    for stored in sorted.annotations {
        if last.is_none_or(|it| it.id != stored.document) {
            last = documents.get(&stored.document);
        }
        match last {
            Some(document) => match stored.fit(document) {
                Ok(annotation) => out.records.push(Record::Annotation(Arc::new(annotation))),
                Err(misfit) => out.misfits.push(misfit),
            },
            None => wait(RecordId::Annotation(stored.id), stored.document),
        }
    }
    for unplaced in sorted.unplaced {
        match documents.contains(&unplaced.document) {
            true => out.records.push(Record::Unplaced(Arc::new(unplaced))),
            false => wait(RecordId::Unplaced(unplaced.id), unplaced.document),
        }
    }
    let sentences = waiting.iter().map(|(id, it)| (id.clone(), it.sentence(id)));
    out.missing = sentences.collect();
    gone.extend(sorted.removed.into_iter().map(|it| it.0));
    out.gone = gone;
    out
}

#[derive(Default)]
struct Sorted {
    documents: Vec<StoredDocument>,
    #[expect(clippy::vec_box, reason = "they are passed on as they came")]
    annotations: Vec<Box<StoredAnnotation>>,
    unplaced: Vec<Unplaced>,
    whole: Vec<Record>,
    removed: SortedSet<RecordId>,
}

impl Sorted {
    fn take(&mut self, record: StoredRecord) {
        match record {
            StoredRecord::Document(it) => self.documents.push(*it),
            StoredRecord::Annotation(it) => self.annotations.push(it),
            StoredRecord::Unplaced(it) => self.unplaced.push(*it),
            StoredRecord::Whole(it) => self.whole.push(*it),
            StoredRecord::Gone(id) => {
                self.removed.add(id);
            }
            StoredRecord::Unknown(_) => {}
        }
    }
}

/// An article that cannot be shown, and how many marks wait for it.
#[derive(Default)]
struct Waiting {
    /// Where the article itself was read, and only its text is missing.
    title: Option<String>,
    marks: usize,
}

impl Waiting {
    fn sentence(&self, id: &DocumentId) -> String {
        let marks = match self.marks {
            0 => String::new(),
            1 => " Its mark is kept.".into(),
            many => format!(" Its {many} marks are kept."),
        };
        match self.title.as_deref() {
            Some("") | None => format!("The article “{id}” could not be read.{marks}"),
            Some(title) => {
                format!(
                    "The text of “{title}” could not be read. What is known of it is kept.{marks}"
                )
            }
        }
    }
}

impl StoredDocument {
    fn with_text(self, text: Arc<Text>) -> Document {
        let blocks = text.blocks().len();
        Document {
            id: self.id,
            meta: self.meta,
            progress: self.progress,
            rank: self.rank,
            text,
            layout: self.layout.filter(|it| it.len() == blocks),
            imported_from: self.imported_from,
            version_of: self.own.version_of,
            details: self.own.details,
            finished_by: self.own.finished_by,
            created: self.created,
            modified: self.modified,
            extra: self.extra,
        }
    }
}

impl StoredAnnotation {
    /// The annotation on its text; else its id, with a sentence on why not.
    fn fit(self, document: &Document) -> Result<Annotation, (AnnotationId, String)> {
        let (first, more) = &self.fragments;
        let more: Option<Vec<Span>> = more.iter().map(|it| it.fit(&document.text)).collect();
        let (Some(span), Some(more)) = (first.fit(&document.text), more) else {
            let sentence = format!(
                "A mark in “{}” (from character {}) does not fit the words there.",
                document.title(),
                first.start,
            );
            return Err((self.id, sentence));
        };
        let mut annotation = Annotation::new(
            self.id,
            self.document,
            span,
            self.label,
            self.annotator,
            self.created,
        );
        annotation.note = self.note;
        annotation.provenance = self.provenance;
        annotation.anchor = self.anchor;
        annotation.revision = self.revision;
        annotation.details = known::settled(self.details, &document.text, span);
        annotation.modified = self.modified;
        annotation.extra = self.extra;
        if more.is_empty() {
            return Ok(annotation);
        }
        let whole = annotation.with_fragments([&[span], more.as_slice()].concat());
        Ok(whole.expect("there is at least one fragment"))
    }
}

impl StoredFragment {
    fn fit(self, text: &Text) -> Option<Span> {
        let span = text.span_of_code_points(self.start, self.end)?;
        (crc32(text.slice(span)) == self.checksum).then_some(span)
    }
}

fn layout_code(kind: BlockKind) -> char {
    match kind {
        BlockKind::Paragraph => 'p',
        BlockKind::Heading(level) => char::from(b'0' + level.clamp(1, 6)),
        BlockKind::ListItem => 'l',
        BlockKind::Quotation => 'q',
        BlockKind::Byline => 'b',
    }
}

fn layout_kind(code: char) -> Option<BlockKind> {
    Some(match code {
        'p' => BlockKind::Paragraph,
        '1'..='6' => BlockKind::Heading(code as u8 - b'0'),
        'l' => BlockKind::ListItem,
        'q' => BlockKind::Quotation,
        'b' => BlockKind::Byline,
        _ => return None,
    })
}
