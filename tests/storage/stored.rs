//! Stores as each format that was ever shipped has left them, in `tests/fixtures/stored/`. A format
//! that is added gets a file of its own here and a place in [`SHIPPED`]. A file that is here is never
//! changed or written again: people's browsers hold such stores, and whatever comes later reads them.

mod told;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use sourcelight::format::record::crc32;
use sourcelight::model::*;
use sourcelight::storage::{Journal, KeyValue, Loaded, MemoryStore};

use crate::sample::*;
use told::told;

type Image = BTreeMap<String, String>;

/// A store that was written once. What it comes to stands beside it, in a file that ends in `.txt`.
struct Shipped {
    file: &'static str,
    /// What opening deletes, since snapshots have it; and the leave to do so.
    folded_away: &'static [&'static str],
}

const SHIPPED: [Shipped; 2] = [
    Shipped {
        file: "sl1-format-1.json",
        folded_away: &[
            "sl1:f:w2:00000004",
            "sl1:j:new:00000000",
            "sl1:j:w1:00000000",
            "sl1:j:w1:00000001",
            "sl1:j:w1:00000002",
            "sl1:j:w1:00000003",
            "sl1:j:w1:00000004",
            "sl1:j:w1:00000005",
            "sl1:j:w1:00000006",
            "sl1:j:w1:00000007",
            "sl1:j:w1:00000008",
            "sl1:j:w1:00000009",
            "sl1:t:7d6764cb86ea16daa6d0c985c2fbf8bc6ccc2e3901872a743792430cf6adc723",
        ],
    },
    Shipped {
        file: "sl1-with-questions.json",
        folded_away: &[],
    },
];

fn path(file: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.join("tests/fixtures/stored").join(file)
}

fn image(file: &str) -> Image {
    let json = std::fs::read(path(file)).expect(file);
    serde_json::from_slice(&json).expect("keys and values")
}

fn open(image: &Image, writer: &str) -> (Rc<MemoryStore>, Journal, Loaded) {
    let store = Rc::new(MemoryStore::of(image.clone()));
    let (journal, loaded) = Journal::open(store.clone(), writer.into(), Timestamp(5_000));
    (store, journal, loaded)
}

#[test]
fn every_store_that_was_ever_written_is_read_as_it_was() {
    for shipped in SHIPPED {
        let (_, journal, loaded) = open(&image(shipped.file), "reader");
        let told = told(&journal, &loaded);
        let reads = std::fs::read_to_string(path(&shipped.file.replace(".json", ".txt")));
        assert_eq!(told, reads.expect("it is there"), "{}", shipped.file);
    }
}

#[test]
fn opening_such_a_store_deletes_what_is_folded_and_changes_nothing_else() {
    for shipped in SHIPPED {
        let before = image(shipped.file);
        let (store, _, loaded) = open(&before, "reader");
        let mut kept = before.clone();
        for key in shipped.folded_away {
            assert!(kept.remove(*key).is_some(), "{key}");
        }
        assert_eq!(store.image(), kept, "{}", shipped.file);
        let (again, _, later) = open(&kept, "later");
        assert_eq!(again.image(), kept, "the second time nothing at all");
        assert_eq!(in_order(&later.records), in_order(&loaded.records));
    }
}

#[test]
fn work_goes_on_in_such_a_store() {
    for shipped in SHIPPED {
        let store = Rc::new(TestStore::of(image(shipped.file)));
        let mut tab = tab(&store, "next");
        let marked = tab.project.documents()[0].id.clone();
        tab.mark(marked.as_str(), 0, 5, "claim");
        tab.journal.fold_beyond(0).expect("there is room");
        for writer in ["after", "later"] {
            assert_eq!(self::tab(&store, writer).state(), tab.state(), "{writer}");
        }
    }
}

/// P7, for each of them: a header that asks for a newer reader is obeyed to the byte.
#[test]
fn p7_such_a_store_that_a_newer_version_took_over_is_left_alone() {
    for shipped in SHIPPED {
        let mut image = image(shipped.file);
        let content = image["sl1:h"].split_once(',').expect("a pair").1;
        let content = content
            .trim_end_matches(']')
            .replace("\"min_reader\":1", "\"min_reader\":2");
        image.insert("sl1:h".into(), format!("[{},{content}]", crc32(&content)));
        image.insert(
            "sl2:j:w1:00000000".into(),
            "what a newer version writes".into(),
        );
        let store = Rc::new(TestStore::of(image.clone()));
        let (mut tab, loaded) = Tab::open(store.clone(), "older", &[]);
        assert!(loaded.newer_format && !loaded.records.is_empty());
        let document = tab.project.documents()[0].id.clone();
        let refused = tab.edit(Edit::SetProgress(document, Progress::Done));
        assert!(matches!(refused, Some(Err(_))));
        assert!(tab.journal.fold_beyond(0).is_err() && tab.journal.set_setting("a", "b").is_err());
        assert!(tab.journal.take_unmirrored().is_empty());
        assert_eq!(store.memory.image(), image, "{}", shipped.file);
        assert_eq!(store.images.borrow().len(), 0, "not even for a moment");
    }
}

/// The records by kind and id: within a kind they are read in no order.
fn in_order(records: &[Record]) -> Vec<Record> {
    let kind = |record: &Record| match record {
        Record::Label(_) => 0,
        Record::Annotator(_) => 1,
        Record::Document(_) => 2,
        Record::Annotation(_) => 3,
        Record::Unplaced(_) => 4,
        _ => 5,
    };
    let mut records = records.to_vec();
    records.sort_by_key(|it| (kind(it), it.id()));
    records
}

const HARBOUR: &str = "Harbour Clock Runs Backwards\nBy Ida Marsh\n\n“Nobody touched it,” said the keeper 👩‍🔧, “nobody at all.”\n\n- It lost a minute every hour.\n- That is a disgrace for Zoe\u{301}’s town.";
const NOTICE: &str = "The council will look at the clock on Monday. القارب لم يصل.";

/// How the store of the present format was written:
/// `cargo test --test storage -- --ignored write_the_store`, where there is none yet. What it comes to
/// was then written down from what the first test says, and read through.
#[test]
#[ignore = "writes a fixture, once for each format"]
fn write_the_store_of_this_format() {
    let file = path("sl1-format-1.json");
    assert!(!file.exists(), "what was shipped is not written again");
    let json = serde_json::to_string_pretty(&written()).expect("texts are JSON");
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    std::fs::write(file, json + "\n").expect("it can be written");
}

/// How the store with questions, answers, a cast, relations, comments and guidelines was written, as the
/// other: `cargo test --test storage -- --ignored write_the_store_with_questions`.
#[test]
#[ignore = "writes a fixture, once"]
fn write_the_store_with_questions() {
    let file = path("sl1-with-questions.json");
    assert!(!file.exists(), "what was shipped is not written again");
    let json = serde_json::to_string_pretty(&written_with_questions()).expect("texts are JSON");
    std::fs::write(file, json + "\n").expect("it can be written");
}

/// A page that is new asks what comes with it, and one of its marks gets every kind of answer.
fn written_with_questions() -> Image {
    let store = Rc::new(TestStore::default());
    let mut one = tab(&store, "w1");
    let begun = sourcelight::format::schema_file::of_new_project();
    let records = begun.into_iter().map(RecordChange::added).collect();
    one.project.apply(&Change {
        name: "load".into(),
        records,
        at: Timestamp(0),
        merge_key: None,
    });
    let done = |outcome: Option<Result<(), _>>| outcome.expect("allowed").expect("there is room");
    done(one.edit(Edit::AddDocuments(vec![document("harbour", HARBOUR)])));
    one.mark("harbour", 43, 18, "quote");
    one.mark("harbour", 0, 27, "claim");
    let quote = annotation_id("aw1-1");
    let id = |it: &str| AttributeId::new(it).expect("valid");
    let keeper = Speaker::new(SpeakerId::new("keeper").expect("valid"), "the keeper");
    done(one.edit(CastEdit::Answer(keeper, vec![quote.clone()], id("speaker")).into()));
    let text = one.project.documents()[0].text.clone();
    let said = text.as_str().find("said").expect("it is there");
    let said = Value::Span(text.span(said, said + 4).expect("a word"));
    let marks = vec![quote.clone()];
    let answers = [
        AnswerEdit::Answer(marks.clone(), id("cue"), Some(Answer::List(vec![said]))),
        AnswerEdit::Answer(
            marks.clone(),
            id("quote-form"),
            Some(Answer::Text("direct".into())),
        ),
        AnswerEdit::Answer(
            vec![annotation_id("aw1-2")],
            id("evidence"),
            Some(Answer::List(Vec::new())),
        ),
        AnswerEdit::SetCertainty(marks.clone(), Some(Certainty::Medium)),
        AnswerEdit::Tag(marks, "clock".into()),
        AnswerEdit::AddComment(
            CommentId::new("c1").expect("valid"),
            quote.clone(),
            "Who says so?".into(),
        ),
    ];
    for answer in answers {
        done(one.edit(answer.into()));
    }
    let supports = RelationTypeId::new("supports").expect("valid");
    let relation = RelationId::new("r1").expect("valid");
    let edits: [Edit; 4] = [
        RelationEdit::Add(relation.clone(), supports, quote, annotation_id("aw1-2")).into(),
        RelationEdit::SetNote(relation, "a neighbour, too".into()).into(),
        GuidelinesEdit("# House rules\n\nWhole sentences.".into()).into(),
        AttributeEdit::Remove(id("check-note")).into(),
    ];
    for edit in edits {
        done(one.edit(edit));
    }
    store.memory.image()
}

/// Everything that the journal writes, and what it may find beside it.
fn written() -> Image {
    let store = Rc::new(TestStore::default());
    let mut one = tab(&store, "w1");
    let done = |outcome: Option<Result<(), _>>| outcome.expect("allowed").expect("there is room");
    let mut harbour = document("harbour", HARBOUR);
    harbour.meta = DocumentMeta {
        title: "Harbour “clock” \\ 🕰".into(),
        outlet: "The Marsh Letter".into(),
        author: "Ida Marsh".into(),
        date: "2031-05-04".into(),
        url: "https://example.org/clock?a=b".into(),
        event: "clock".into(),
        ..DocumentMeta::default()
    };
    harbour.imported_from = "clock.md".into();
    harbour.layout = Some(
        [
            BlockKind::Heading(1),
            BlockKind::Byline,
            BlockKind::Paragraph,
            BlockKind::ListItem,
            BlockKind::ListItem,
        ]
        .into(),
    );
    harbour.extra = extra(&[("language", "\"en\""), ("sl1:zz", "{\"kept\":1.50}")]);
    done(one.edit(Edit::AddDocuments(vec![
        harbour.clone(),
        document("notice", NOTICE),
        document("draft", "This one is thrown away."),
    ])));
    done(one.edit(crate::step::import(&harbour, 44, 0)));
    one.mark("harbour", 43, 18, "quote");
    one.mark("harbour", 43, 40, "opinion");
    one.mark("harbour", 0, 27, "claim");
    one.mark("notice", 46, 4, "claim");
    done(one.edit(Edit::SetNote(
        annotation_id("aw1-1"),
        "Who says so?\n🚲".into(),
    )));
    done(one.edit(Edit::Remove(vec![annotation_id("aw1-3")])));
    done(one.edit(Edit::RemoveDocument(document_id("draft"))));
    done(one.edit(Edit::SetProgress(
        document_id("harbour"),
        Progress::InProgress,
    )));
    one.journal
        .set_setting("theme", "dark")
        .expect("there is room");
    // What a newer version wrote beside it, and what a bad disk made of a value.
    let newer = r#"{"l":12,"t":1012,"r":[{"k":"relation","i":"r1","d":"harbour","from":"aw1-1","weight":1.50}]}"#;
    for (key, value) in [
        (
            "sl1:j:new:00000000",
            format!("[{},{newer}]", crc32(newer)).as_str(),
        ),
        ("sl1:j:w0:00000003", "[1,{\"l\":3,\"t\":10"),
        ("sl1:z", "\"a key that this version does not know\""),
        ("theirs", "of another page on the same origin"),
    ] {
        store.memory.set(key, value).expect("there is room");
    }
    let mut two = tab(&store, "w2");
    two.journal.fold_beyond(0).expect("there is room");
    two.mark("notice", 4, 6, "opinion");
    done(two.edit(Edit::Relabel(
        vec![annotation_id("aw1-2")],
        label_id("claim"),
    )));
    store.memory.image()
}
