//! Large stores, written by the journal itself into memory and folded as it folds them, so that they
//! are what a browser would hold after as much work.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use e2e::sample::{Dice, LABELS};
use sourcelight::model::{
    Annotation, AnnotationId, AnnotatorId, Change, Document, DocumentId, LabelId, Project, Record,
    RecordChange, Text, Timestamp,
};
use sourcelight::storage::{CAPACITY, Journal, MemoryStore};

/// Keys and values.
pub type Image = BTreeMap<String, String>;

/// How much there is.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    /// Articles, the first of them a long one to mark in.
    pub articles: usize,
    /// Spans in all.
    pub spans: usize,
    /// The length of each article but the first.
    pub letters: usize,
}

/// The length of the first article.
const LONG: usize = 12_000;

/// How many spans the first article has.
const FIRST_SPANS: usize = 50;

const SENTENCES: [&str; 4] = [
    "The harbour office gave no figures for the week. ",
    "Nobody would say who had ordered the new lanterns. ",
    "It is a brave and long overdue idea, the keeper said. ",
    "Forty boats were counted before noon, and none after it. ",
];

/// A store of so much, everything folded. Ids are as short as files have them and no times are kept:
/// with the ids and times of marks that are made in the page far fewer spans fit.
pub fn store(amount: Amount) -> Image {
    let store = Rc::new(MemoryStore::new());
    let open = |writer: &str| Journal::open(store.clone(), writer.to_owned(), Timestamp(0)).0;
    let change = Change {
        name: "fill".into(),
        records: records(amount),
        at: Timestamp(0),
        merge_key: None,
    };
    let written = open("w").record(&change, &Project::default());
    written.expect("memory takes all");
    for round in 0.. {
        let folded = open(&format!("f{round}")).fold_beyond(0);
        if folded.expect("memory takes all") == 0 {
            break;
        }
    }
    store.image()
}

fn records(amount: Amount) -> Vec<RecordChange> {
    let mut dice = Dice::new(7);
    let mut documents = Vec::new();
    let mut marks = Vec::new();
    for place in 0..amount.articles {
        let length = if place == 0 { LONG } else { amount.letters };
        let text = Arc::new(text(place, length));
        let id = DocumentId::new(&format!("d{place}")).expect("an id");
        for _ in 0..spans_of(place, amount) {
            marks.push(mark(&id, &text, marks.len(), &mut dice));
        }
        let mut document = Document::new(id, format!("Article {place}"), text);
        document.rank = place as u32 + 1;
        documents.push(Record::Document(Arc::new(document)));
    }
    let all = documents.into_iter().chain(marks);
    all.map(RecordChange::added).collect()
}

/// The spans are shared out evenly, but the first article, which is opened, has few.
fn spans_of(place: usize, amount: Amount) -> usize {
    let (first, others) = (FIRST_SPANS.min(amount.spans), amount.articles - 1);
    let rest = amount.spans - first;
    match place {
        0 => first,
        _ => rest / others + usize::from(place <= rest % others),
    }
}

fn text(place: usize, letters: usize) -> Text {
    let mut text = format!("{place}. ");
    let mut sentence = place;
    while text.len() < letters {
        text.push_str(SENTENCES[sentence % SENTENCES.len()]);
        sentence += 1;
        if sentence.is_multiple_of(8) {
            text.push_str("\n\n");
        }
    }
    text.truncate(letters);
    Text::new(&text).expect("it has words")
}

fn mark(document: &DocumentId, text: &Text, number: usize, dice: &mut Dice) -> Record {
    let length = text.as_str().len();
    let start = dice.below(length - 8);
    let end = (start + 4 + dice.below(60)).min(length);
    let annotation = Annotation::new(
        AnnotationId::new(&format!("a{number}")).expect("an id"),
        document.clone(),
        text.span(start, end).expect("the text is plain ASCII"),
        LabelId::new(LABELS[dice.below(LABELS.len())]).expect("an id"),
        AnnotatorId::new("me").expect("an id"),
        Timestamp(0),
    );
    Record::Annotation(Arc::new(annotation))
}

/// How many UTF-16 units keys and values have.
pub fn units(image: &Image) -> usize {
    image.iter().map(|(key, value)| size(key, value)).sum()
}

fn size(key: &str, value: &str) -> usize {
    key.encode_utf16().count() + value.encode_utf16().count()
}

/// The part that local storage has room for, leaving `free` units: articles and texts first.
pub fn fitting(image: &Image, free: usize) -> Image {
    let mut left = CAPACITY - free;
    let is_first = |key: &str| !key.starts_with("sl1:s:");
    let (first, rest): (Vec<_>, Vec<_>) = image.iter().partition(|it| is_first(it.0));
    let fits = first.into_iter().chain(rest).filter(|(key, value)| {
        let size = size(key, value);
        let has_room = size <= left;
        left -= if has_room { size } else { 0 };
        has_room
    });
    fits.map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}
