//! Each kind of record to its stored form and back, and what becomes of what is damaged or new.

use std::sync::Arc;

use proptest::prelude::*;
use sourcelight::format::record::{Assembled, StoredRecord, assemble, decode, encode};
use sourcelight::model::*;

use crate::sample::*;

/// Stores the records and reads them back.
pub fn there_and_back(
    document: &Document,
    annotations: &[Annotation],
    rest: Vec<String>,
) -> Assembled {
    let stored = annotations
        .iter()
        .map(|it| encode::annotation(it, &document.text).expect("it is in its text"));
    let stored: Vec<String> = stored
        .chain(rest)
        .chain([encode::document(document)])
        .collect();
    let decoded = stored
        .iter()
        .map(|json| decode(json).expect("it was just written"));
    assemble(decoded, |hash| {
        (hash == document.text.hash().as_str()).then(|| document.text.clone())
    })
}

pub fn full_document() -> Document {
    let mut document = document("wire", TEXTS[1]);
    document.meta = DocumentMeta {
        title: "“Nothing” 🚲\u{0}".into(),
        outlet: "The \\ \"Herald\"".into(),
        author: "A. B.".into(),
        date: "1999-12-31".into(),
        url: "https://example.org/?a=b".into(),
        event: "late ferry".into(),
        language: "no".into(),
    };
    document.progress = Progress::InProgress;
    document.rank = 7;
    document.layout = Some(Arc::new([
        BlockKind::Heading(3),
        BlockKind::ListItem,
        BlockKind::Quotation,
    ]));
    document.imported_from = "wire.md".into();
    document.created = Timestamp(1_700_000_000_000);
    document.modified = Timestamp(u64::MAX);
    document.extra = extra(&[
        ("long", "123456789012345678901234567890"),
        ("deep", r#"{"k":[1,{"z":null}]}"#),
    ]);
    document
}

#[test]
fn a_document_comes_back_whole() {
    let document = full_document();
    let back = there_and_back(&document, &[], vec![]);
    assert_eq!(back.records, [Record::Document(Arc::new(document))]);
}

#[test]
fn annotations_come_back_whole() {
    let document = full_document();
    let text = &document.text;
    let plain = Annotation::new(
        annotation_id("a1"),
        document.id.clone(),
        span(text, 0, 0),
        label_id("claim"),
        annotator_id("me"),
        Timestamp(5),
    );
    let mut full = plain
        .clone()
        .with_fragments([span(text, 2, 4), span(text, 20, 9), span(text, 40, 0)])
        .expect("three");
    full.id = annotation_id("a2");
    full.note = "why? 👩‍🚒 \n \u{202e}".into();
    full.provenance = Provenance::Suggested;
    full.anchor = Anchor::Ambiguous;
    full.modified = Timestamp(6);
    full.extra = extra(&[
        ("k", "\"not the kind\""),
        ("sl1:n", "\"not a note\""),
        ("sl1:newer", "[1, 2.50]"),
    ]);
    assert_eq!(full.fragments().len(), 3);
    let mut other = plain.clone();
    other.id = annotation_id("a3");
    other.provenance = Provenance::Imported;
    other.anchor = Anchor::Moved;
    let all = [plain, full, other];
    let back = there_and_back(&document, &all, vec![]);
    let annotations = back.records.into_iter().skip(1);
    assert!(annotations.eq(all.map(|it| Record::Annotation(Arc::new(it)))));
}

#[test]
fn the_tray_labels_and_annotators_come_back_whole() {
    let document = full_document();
    let quote = |exact: &str| Quote {
        exact: exact.into(),
        prefix: "“".into(),
        suffix: String::new(),
    };
    let unplaced = Unplaced {
        id: annotation_id("u"),
        document: document.id.clone(),
        quotes: Arc::new([(quote("gone 🚲"), [3, 9]), (quote("words"), [u32::MAX, 0])]),
        label: label_id("claim"),
        annotator: annotator_id("me"),
        note: "?".into(),
        revision: 2,
        details: super::details::details(),
        created: Timestamp(1),
        modified: Timestamp(0),
        extra: extra(&[("score", "0.5")]),
    };
    let label = |id: &str, rank| Label {
        line: Some(LineStyle::Wavy),
        key: Some('é'),
        definition: "One that judges.".into(),
        examples: vec!["“so-called”".into(), String::new()],
        counter_examples: vec!["called".into()],
        parent: Some(label_id("opinion")),
        state: LabelState::Retired,
        revision: 3,
        rank,
        extra: extra(&[("icon", "null")]),
        ..Label::new(label_id(id), "Loaded 'word'", Color(1, 2, 255))
    };
    let annotator = Annotator {
        id: annotator_id("me"),
        name: String::new(),
        extra: extra(&[("role", "[]")]),
    };
    let whole = [
        Record::Label(Arc::new(label("b", 7))),
        Record::Annotator(annotator),
        Record::Label(Arc::new(label("c", 3))),
    ];
    let rest = whole.iter().map(|it| encode::whole(it).expect("no text"));
    let rest = rest.chain([encode::unplaced(&unplaced)]).collect();
    let back = there_and_back(&document, &[], rest);
    let tray = [
        Record::Document(Arc::new(document)),
        Record::Unplaced(Arc::new(unplaced)),
    ];
    assert_eq!(back.records, [&whole[..], &tray].concat());
}

#[test]
fn removals_come_back() {
    for id in [
        RecordId::Document(document_id("d")),
        RecordId::Annotation(annotation_id("a")),
        RecordId::Unplaced(annotation_id("a")),
        RecordId::Label(label_id("l")),
        RecordId::Annotator(annotator_id("w")),
        RecordId::Attribute(AttributeId::new("q").expect("valid")),
        RecordId::RelationType(RelationTypeId::new("y").expect("valid")),
        RecordId::Speaker(SpeakerId::new("p").expect("valid")),
        RecordId::Relation(RelationId::new("r").expect("valid")),
        RecordId::Comment(CommentId::new("c").expect("valid")),
    ] {
        let json = encode::gone(&id, None);
        assert_eq!(decode(&json), Ok(StoredRecord::Gone(id)));
    }
}

#[test]
fn what_a_newer_version_stored_is_carried_along() {
    for json in [
        r#"{"k":"relation","i":"r1","from":"a"}"#,
        r#"{"k":7}"#,
        r#"{"k":"zz","z":1}"#,
        "[1,2]",
        "null",
    ] {
        assert_eq!(decode(json), Ok(StoredRecord::Unknown(json.to_owned())));
    }
    // A field this version does not know is written back where it was, digit by digit.
    let document = full_document();
    let json = encode::document(&document).replacen('{', r#"{"zz":{"k":1.000e+5},"#, 1);
    let Ok(StoredRecord::Document(stored)) = decode(&json) else {
        panic!("a document is a document");
    };
    let back = assemble([StoredRecord::Document(stored)], |_| {
        Some(document.text.clone())
    });
    let [Record::Document(back)] = back.records.as_slice() else {
        panic!("one document");
    };
    assert!(encode::document(back).contains(r#","zz":{"k":1.000e+5}"#));
}

#[test]
fn damage_in_a_known_kind_is_said_in_words() {
    for (json, want) in [
        (r#"{"k":"a","i":"a"}"#, "its field “s” is missing"),
        (
            r#"{"k":"a","i":"a","s":[1,2]}"#,
            "its span is not made of threes",
        ),
        (
            r#"{"k":"a","i":"a","s":[]}"#,
            "its span is not made of threes",
        ),
        (r#"{"k":"d","i":"1","t":"x"}"#, "“1” cannot be a name"),
        (
            r#"{"k":"l","i":"l","co":"red"}"#,
            "“red” is an unknown value of its field “co”",
        ),
        (r#"{"k":"a","i":7,"z":1}"#, "its field “i” is unreadable"),
        (r#"{"k":"a""#, "it is not an object"),
    ] {
        let error = decode(json).expect_err(json).to_string();
        assert!(error.starts_with(want), "{json}: {error}");
    }
}

#[test]
fn a_mark_that_does_not_fit_its_text_is_reported_not_guessed() {
    let document = full_document();
    let mark = |at| {
        Annotation::new(
            annotation_id("a1"),
            document.id.clone(),
            at,
            label_id("claim"),
            annotator_id("me"),
            Timestamp(5),
        )
    };
    let good = encode::annotation(&mark(span(&document.text, 4, 7)), &document.text).expect("fits");
    let numbers = &good[good.find("\"s\":").expect("has a span")..good.find("],").expect("ends")];
    for wrong in [
        "\"s\":[4,12,1",
        "\"s\":[4000,4012,1",
        "\"s\":[12,4,1",
        "\"s\":[4,4,0",
        "\"s\":[4,4294967295,1",
    ] {
        let json = good.replace(numbers, wrong);
        let stored = [
            decode(&json).expect(wrong),
            decode(&encode::document(&document)).expect("fine"),
        ];
        let back = assemble(stored, |_| Some(document.text.clone()));
        assert_eq!(back.records.len(), 1, "{wrong}: only the article");
        let (id, sentence) = &back.misfits[0];
        assert_eq!(id.as_str(), "a1");
        assert!(
            sentence.contains("does not fit the words there"),
            "{sentence}"
        );
    }
}

#[test]
fn marks_wait_for_an_article_that_cannot_be_read_but_not_for_a_removed_one() {
    let document = full_document();
    let mark = Annotation::new(
        annotation_id("a1"),
        document.id.clone(),
        span(&document.text, 4, 7),
        label_id("claim"),
        annotator_id("me"),
        Timestamp(5),
    );
    let mark = decode(&encode::annotation(&mark, &document.text).expect("fits")).expect("fine");
    let article = decode(&encode::document(&document)).expect("fine");
    let gone = decode(&encode::gone(
        &RecordId::Document(document.id.clone()),
        None,
    ))
    .expect("fine");
    for (stored, want) in [
        (
            vec![mark.clone(), article],
            "The text of ““Nothing” 🚲\0” could not be read. What is known of it is kept. Its mark is kept.",
        ),
        (
            vec![mark.clone()],
            "The article “wire” could not be read. Its mark is kept.",
        ),
        (vec![mark, gone], ""),
    ] {
        let back = assemble(stored, |_| None);
        assert_eq!(
            (
                back.records.len(),
                back.missing
                    .iter()
                    .map(|it| it.1.as_str())
                    .collect::<String>()
            ),
            (0, want.to_owned())
        );
    }
}

proptest! {
    #[test]
    fn any_spans_of_any_text_come_back(
        raw in "[a-c \n🚲é\u{feff}\u{301}]{1,80}",
        places in prop::collection::vec((0..200_usize, 0..30_usize), 1..6),
    ) {
        prop_assume!(Text::new(&raw).is_ok());
        let document = document("d", &raw);
        let spans = places.iter().map(|&(start, len)| span(&document.text, start, len));
        let first = spans.clone().next().expect("at least one");
        let mark = Annotation::new(annotation_id("a"), document.id.clone(), first, label_id("claim"), annotator_id("me"), Timestamp(5));
        let mark = mark.with_fragments(spans).expect("at least one");
        let back = there_and_back(&document, std::slice::from_ref(&mark), vec![]);
        prop_assert_eq!(&back.records[1], &Record::Annotation(Arc::new(mark)));
    }

    #[test]
    fn no_bytes_make_the_decoder_panic(json in "[\\[\\]{}\":,0-9a-z \\\\]{0,60}") {
        let _ = decode(&json);
    }
}

/// What the fuzzer has found: a layout says what each block is, so one of another length says nothing.
#[test]
fn a_layout_that_is_not_as_long_as_its_text_is_none() {
    let mut document = full_document();
    let back = |document: &Document| there_and_back(document, &[], vec![]).records.remove(0);
    let layout = document.layout.clone().expect("it has one");
    document.layout = Some(layout[1..].into());
    let read = back(&document);
    document.layout = None;
    assert_eq!(read, Record::Document(Arc::new(document)));
}
