//! What more is said of marks and articles, and entries, to their stored form and back.

use std::sync::Arc;

use sourcelight::format::record::{StoredRecord, decode, encode};
use sourcelight::model::*;

use crate::records::{full_document, there_and_back};
use crate::sample::*;

pub fn details() -> MaybeDetails {
    let mut details = Details {
        certainty: Some(Certainty::Medium),
        tags: vec!["check \"it\"".into()],
        ..Details::default()
    };
    for (id, answer) in [
        ("z", Answer::Flag(false)),
        ("é x", Answer::Number("1.50e+400".into())),
        ("a", Answer::Text("ana\u{0}".into())),
        ("b", Answer::List(vec![])),
        (
            "c",
            Answer::Fields(vec![("x".into(), Answer::List(vec![Answer::Null]))]),
        ),
    ] {
        details.answers.set(id, Some(answer));
    }
    details.kept()
}

#[test]
fn what_more_is_said_comes_back_whole() {
    let mut document = full_document();
    document.details = details();
    let (text, id) = (&document.text, annotation_id("a1"));
    let (place, label) = (span(text, 0, 3), label_id("claim"));
    let home = document.id.clone();
    let mut mark = Annotation::new(id, home, place, label, annotator_id("me"), Timestamp(5));
    (mark.details, mark.revision) = (details(), 7);
    let back = there_and_back(&document, &[mark.clone()], vec![]);
    let want = [
        Record::Document(Arc::new(document)),
        Record::Annotation(Arc::new(mark)),
    ];
    assert_eq!(back.records, want);
}

#[test]
fn a_value_that_makes_no_sense_to_a_known_field_is_kept_to_the_letter() {
    let label = Label {
        extra: extra(&[("key", "\"ab\""), ("revision", "-1"), ("examples", "[1]")]),
        ..Label::new(label_id("l"), "L", Color(0, 0, 0))
    };
    let question = r#"{"k":"q","i":"q1","p":2,"x":{"name":"Q","type":"matrix","values":["a"],"required":"if seen"}}"#;
    let decoded = decode(question).expect("it is a question");
    let label = Record::Label(Arc::new(label));
    let written = encode::whole(&label).expect("no text");
    assert_eq!(
        decode(&written),
        Ok(StoredRecord::Whole(Box::new(label))),
        "{written}"
    );
    let StoredRecord::Whole(record) = decoded else {
        panic!("a record of its own");
    };
    let Record::Entry(read) = &*record else {
        panic!("a question");
    };
    let read = Attribute::of(read).expect("a question");
    assert_eq!(
        read.kind,
        AttributeKind::Text,
        "as near as this version comes"
    );
    let again = Record::from(read);
    assert_eq!(again, *record, "with types and back it is what it was");
    let again = encode::whole(&again).expect("no text");
    for kept in [
        r#""type":"matrix""#,
        r#""values":["a"]"#,
        r#""required":"if seen""#,
    ] {
        assert!(again.contains(kept), "{again}");
    }
}
