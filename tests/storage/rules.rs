//! The storage rules by number, case by case.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use sourcelight::model::*;
use sourcelight::storage::{Journal, KeyValue, MemoryStore, StorageError};

use crate::sample::*;

fn tab(store: &Rc<TestStore>, writer: &str) -> Tab {
    Tab::open(store.clone(), writer, &[]).0
}

fn own_document(tab: &mut Tab, id: &str, text: &str) {
    let added = tab.edit(Edit::AddDocuments(vec![document(id, text)]));
    added.expect("allowed").expect("stored");
}

fn keys(store: &TestStore, part: &str) -> Vec<String> {
    let keys = store.memory.keys().expect("memory");
    keys.into_iter()
        .filter(|key| key.starts_with(part))
        .collect()
}

#[test]
fn what_is_done_is_there_after_a_reload() {
    let store = Rc::new(TestStore::default());
    let mut one = tab(&store, "w1");
    own_document(&mut one, "wire", TEXTS[1]);
    one.mark("wire", 0, 3, "claim");
    one.mark("wire", 6, 10, "quote");
    one.edit(Edit::SetNote(annotation_id("aw1-1"), "🚲?".into()));
    one.edit(Edit::Relabel(
        vec![annotation_id("aw1-2")],
        label_id("opinion"),
    ));
    let (two, loaded) = Tab::open(store.clone(), "w2", &[]);
    assert_eq!(state_of(loaded.records), one.state());
    assert_eq!(two.project, one.project);
    assert_eq!(loaded.problems, Vec::<String>::new());
    // One entry a change, a header, one text.
    assert_eq!(keys(&store, "sl1:j:w1:").len(), 5);
    assert_eq!(keys(&store, "sl1:").len(), 7);
}

#[test]
fn opening_and_looking_writes_nothing() {
    let store = Rc::new(TestStore::default());
    let (mut one, _) = Tab::open(store.clone(), "w1", &[document("set0", TEXTS[0])]);
    assert_eq!(one.journal.compact(), Ok(0));
    assert_eq!(store.images.borrow().len(), 0);
    assert_eq!(one.project.documents().len(), 1);
}

#[test]
fn an_article_of_a_reading_set_is_stored_when_it_is_first_touched() {
    let store = Rc::new(TestStore::default());
    let set = [document("set0", TEXTS[0]), document("set1", TEXTS[1])];
    let (mut one, _) = Tab::open(store.clone(), "w1", &set);
    one.mark("set1", 0, 3, "claim");
    assert!(one.journal.is_stored(&document_id("set1")));
    assert!(!one.journal.is_stored(&document_id("set0")));
    let alone = tab(&store, "w2");
    assert_eq!(alone.project.documents().len(), 1, "without the set");
    assert_eq!(alone.state(), one.state());

    // Removed untouched, it does not come back with the set.
    one.edit(Edit::RemoveDocument(document_id("set0")))
        .expect("allowed")
        .expect("stored");
    let (again, _) = Tab::open(store.clone(), "w3", &set);
    assert!(again.project.was_removed(&document_id("set0")));
    assert_eq!(again.project.documents().len(), 1);
    one.undo().expect("something to undo").expect("stored");
    let (again, _) = Tab::open(store, "w4", &set);
    assert!(!again.project.was_removed(&document_id("set0")));
    assert_eq!(again.project, one.project);
}

#[test]
fn what_came_with_an_article_is_stored_with_it() {
    let store = Rc::new(TestStore::default());
    let (mut one, _) = Tab::open(store.clone(), "w1", &[document("set0", TEXTS[0])]);
    let label = Label {
        id: label_id("fact"),
        name: "Fact".into(),
        color: Color(1, 2, 3),
        definition: String::new(),
        extra: Extra::default(),
    };
    let annotator = Annotator {
        id: annotator_id("teacher"),
        name: "T".into(),
        extra: Extra::default(),
    };
    let at = span(&one.project.documents()[0].text, 0, 8);
    let mark = Annotation::new(
        annotation_id("key1"),
        document_id("set0"),
        at,
        label.id.clone(),
        annotator.id.clone(),
        Timestamp(1),
    );
    one.project.apply(&Change {
        name: "set".into(),
        records: [
            Record::Label(label),
            Record::Annotator(annotator),
            Record::Annotation(Arc::new(mark)),
        ]
        .map(RecordChange::added)
        .into(),
        at: Timestamp(0),
        merge_key: None,
    });
    one.mark("set0", 10, 3, "claim");
    let alone = tab(&store, "w2");
    assert_eq!(alone.project, one.project);
    assert_eq!(keys(&store, "sl1:j:").len(), 1, "in the same entry");
}

#[test]
fn p4_the_later_version_wins_whoever_reads_in_whatever_order() {
    let store = Rc::new(TestStore::default());
    let mut one = tab(&store, "w1");
    own_document(&mut one, "wire", TEXTS[0]);
    one.mark("wire", 0, 3, "claim");
    let id = annotation_id("aw1-1");
    // Two pages that do not know of each other: the one with more changes behind it wins.
    let (mut two, mut three) = (tab(&store, "w2"), tab(&store, "w3"));
    two.edit(Edit::SetNote(id.clone(), "first".into()));
    two.edit(Edit::SetNote(id.clone(), "second".into()));
    three.edit(Edit::Remove(vec![id.clone()]));
    for turn in 0..9 {
        store.turn.set(turn);
        let four = tab(&store, "w4");
        let note = &four
            .project
            .annotations()
            .get(&id)
            .expect("not removed")
            .note;
        assert_eq!(&**note, "second");
    }
    // At the same number the writer decides, and a removal is a version like any other.
    three.edit(Edit::SetProgress(document_id("wire"), Progress::Done));
    let (mut five, mut six) = (tab(&store, "w5"), tab(&store, "w6"));
    five.edit(Edit::SetNote(id.clone(), "third".into()));
    six.edit(Edit::Remove(vec![id.clone()]));
    for turn in 0..9 {
        store.turn.set(turn);
        assert!(tab(&store, "w7").project.annotations().get(&id).is_none());
    }
}

#[test]
fn p3_no_key_is_written_twice() {
    let store = Rc::new(TestStore::default());
    for round in 0..4 {
        // The same writer twice must not happen, and does no harm.
        let mut one = tab(&store, if round % 2 == 0 { "same" } else { "other" });
        own_document(&mut one, &format!("d{round}"), TEXTS[round % 4]);
        one.mark(&format!("d{round}"), 0, 0, "claim");
        one.journal.fold_beyond(1).expect("room");
    }
    let images = store.images.borrow();
    for pair in images.windows(2) {
        for (key, value) in &pair[0] {
            if let Some(later) = pair[1].get(key) {
                assert_eq!(later, value, "{key}");
            }
        }
    }
}

#[test]
fn p5_an_unreadable_value_is_set_aside_as_it_was() {
    let store = Rc::new(TestStore::default());
    let mut one = tab(&store, "w1");
    own_document(&mut one, "wire", TEXTS[0]);
    one.mark("wire", 0, 3, "claim");
    one.mark("wire", 6, 3, "claim");
    one.journal.set_setting("theme", "dark").expect("room");
    for (key, bad) in [
        ("sl1:j:w1:00000002", "[1,{\"l\":3,\"r\":[]}]"),
        ("sl1:j:evil:00000009", "null"),
        ("sl1:settings:theme", "dark \u{fffd} {"),
        ("sl1:f:w0:00000001", ""),
        ("sl1:s:w0:00000001:wire", "[0]"),
    ] {
        // Foreign values need not be JSON.
        let image = store.memory.image();
        let store = Rc::new(TestStore::of(
            image
                .into_iter()
                .chain([(key.to_owned(), bad.to_owned())])
                .collect(),
        ));
        let (mut two, loaded) = Tab::open(store.clone(), "w2", &[]);
        assert_eq!(loaded.quarantined, 1, "{key}");
        assert_eq!(loaded.problems.len(), 1, "{:?}", loaded.problems);
        assert!(loaded.problems[0].ends_with("could not be read. It was set aside, not deleted."));
        let aside = format!("sl1:q:7:{}", &key[4..]);
        assert_eq!(store.memory.get(&aside), Ok(Some(bad.to_owned())));
        assert_eq!(store.memory.get(key), Ok(None));
        assert!(
            !store.images.borrow()[0].is_empty() && store.images.borrow()[0].contains_key(key),
            "copied before it is deleted"
        );
        two.edit(Edit::SetProgress(document_id("wire"), Progress::Done))
            .expect("allowed")
            .expect("goes on");
        let (_, again) = Tab::open(store, "w3", &[]);
        assert_eq!(
            (again.quarantined, again.problems.len()),
            (1, 0),
            "said once, counted on"
        );
    }
}

#[test]
fn p5_where_there_is_no_room_an_unreadable_value_stays_where_it_is() {
    let store = Rc::new(TestStore::default());
    let mut one = tab(&store, "w1");
    own_document(&mut one, "wire", TEXTS[0]);
    let hash = one.project.documents()[0].text.hash().as_str().to_owned();
    let text_key = format!("sl1:t:{hash}");
    for key in [text_key.as_str(), "sl1:settings:theme"] {
        store.memory.set(key, "damaged").expect("memory");
    }
    store.memory.set_quota(Some(store.memory.used()));
    let (mut two, loaded) = Tab::open(store.clone(), "w2", &[document("wire", TEXTS[0])]);
    assert_eq!(loaded.quarantined, 0);
    assert!(
        loaded.problems[0].ends_with("It was left where it is."),
        "{:?}",
        loaded.problems
    );
    assert_eq!(
        two.journal.set_setting("theme", "dark"),
        Err(StorageError::Full)
    );
    assert_eq!(
        two.edit(Edit::SetProgress(document_id("wire"), Progress::Done)),
        Some(Err(StorageError::Full))
    );
    for key in [text_key.as_str(), "sl1:settings:theme"] {
        assert_eq!(
            store.memory.get(key),
            Ok(Some("damaged".into())),
            "not overwritten"
        );
    }
    store.memory.set_quota(None);
    assert_eq!(two.journal.retry(), Ok(()));
    assert_eq!(two.journal.set_setting("theme", "dark"), Ok(()));
    assert_eq!(keys(&store, "sl1:q:").len(), 2);
    assert_eq!(
        tab(&store, "w3").project,
        two.project,
        "the text is whole again"
    );
}

#[test]
fn a_record_that_does_not_fit_is_set_aside_and_kept() {
    let store = Rc::new(TestStore::default());
    let mut one = tab(&store, "w1");
    own_document(&mut one, "wire", TEXTS[0]);
    one.mark("wire", 0, 3, "claim");
    let other = Text::new("Quite another text, of another length.").expect("has text");
    let key = store
        .memory
        .keys()
        .expect("memory")
        .into_iter()
        .find(|it| it.starts_with("sl1:t:"))
        .expect("a text");
    let mut image = store.memory.image();
    // The article now names another text, with every checksum right.
    let entry = image["sl1:j:w1:00000000"].replace(&key[6..], other.hash().as_str());
    let content = &entry[entry.find(',').expect("a pair") + 1..entry.len() - 1];
    let sum = sourcelight::format::record::crc32(content);
    image.insert("sl1:j:w1:00000000".into(), format!("[{sum},{content}]"));
    let text = serde_json::to_string(other.as_str()).expect("JSON");
    let sum = sourcelight::format::record::crc32(&text);
    image.insert(
        format!("sl1:t:{}", other.hash().as_str()),
        format!("[{sum},{text}]"),
    );
    let store = Rc::new(TestStore::of(image));
    let (mut two, loaded) = Tab::open(store.clone(), "w2", &[]);
    assert_eq!((loaded.records.len(), loaded.quarantined), (1, 1));
    assert!(
        loaded.problems[0].contains("does not fit the words there. It was set aside, not deleted."),
        "{:?}",
        loaded.problems
    );
    assert_eq!(keys(&store, "sl1:q:7:r:a:aw1-1").len(), 1);
    // Folding carries it along, and it is said and copied only once.
    two.journal.fold_beyond(0).expect("room");
    let (_, again) = Tab::open(store.clone(), "w3", &[]);
    assert_eq!((again.problems.len(), again.quarantined), (0, 1));
    assert_eq!(keys(&store, "sl1:j:").len(), 0);
    assert!(
        store
            .memory
            .image()
            .values()
            .any(|it| it.contains("\"aw1-1\""))
    );
}

#[test]
fn p7_nothing_is_written_beside_a_newer_format() {
    let store = Rc::new(TestStore::default());
    let mut one = tab(&store, "w1");
    own_document(&mut one, "wire", TEXTS[0]);
    store
        .memory
        .set("sl1:j:w9:00000000", "damage")
        .expect("memory");
    for header in [
        r#"[1,{"min_reader":2}]"#,
        r#"[1,{"format":9,"min_reader":9,"new":[]}]"#,
    ] {
        store.memory.set("sl1:h", header).expect("memory");
        let before = store.memory.image();
        let (mut two, loaded) = Tab::open(store.clone(), "w2", &[]);
        assert!(loaded.newer_format);
        assert_eq!(loaded.records.len(), 1, "it is read all the same");
        let refused = two.edit(Edit::SetProgress(document_id("wire"), Progress::Done));
        assert_eq!(refused, Some(Err(StorageError::NewerFormat)));
        assert_eq!(
            two.journal.set_setting("theme", "dark"),
            Err(StorageError::NewerFormat)
        );
        assert_eq!(two.journal.compact(), Err(StorageError::NewerFormat));
        assert_eq!(two.journal.retry(), Err(StorageError::NewerFormat));
        assert_eq!(two.journal.pending(), 1);
        assert_eq!(store.memory.image(), before);
        // A page that was open before stops as well.
        assert_eq!(
            one.edit(Edit::SetProgress(document_id("wire"), Progress::Done)),
            Some(Err(StorageError::NewerFormat))
        );
        assert_eq!(store.memory.image(), before);
        one.undo();
    }
}

#[test]
fn unknown_kinds_and_unknown_keys_outlive_folding() {
    let store = Rc::new(TestStore::default());
    let mut one = tab(&store, "w1");
    own_document(&mut one, "wire", TEXTS[0]);
    one.mark("wire", 0, 3, "claim");
    let relation = r#"{"k":"relation","i":"r1","d":"wire","weight":1.50}"#;
    let strange = r#"["no object"]"#;
    let content = |records: &str, more: &str| format!(r#"{{"l":9,"r":[{records}]{more}}}"#);
    for (number, content) in [
        content(relation, ""),
        content(strange, ""),
        content(relation, r#","new":1"#),
    ]
    .iter()
    .enumerate()
    {
        let sum = sourcelight::format::record::crc32(content);
        store
            .memory
            .set(
                &format!("sl1:j:new:{number}"),
                &format!("[{sum},{content}]"),
            )
            .expect("memory");
    }
    store.memory.set("sl1:z", "ballast").expect("memory");
    store.memory.set("theirs", "not JSON").expect("memory");
    let (mut two, loaded) = Tab::open(store.clone(), "w2", &[]);
    assert_eq!((loaded.problems.len(), loaded.records.len()), (0, 2));
    assert_eq!(two.journal.fold_beyond(0), Ok(3));
    let three = tab(&store, "w3");
    assert_eq!(three.state(), one.state());
    let image = store.memory.image();
    assert_eq!(
        keys(&store, "sl1:j:"),
        ["sl1:j:new:1", "sl1:j:new:2"],
        "what is not understood whole stays"
    );
    let snapshot = image
        .iter()
        .find(|(key, _)| key.starts_with("sl1:s:"))
        .expect("a snapshot")
        .1;
    assert!(snapshot.contains("\"weight\":1.50"));
    assert_eq!(
        (image["sl1:z"].as_str(), image["theirs"].as_str()),
        ("ballast", "not JSON")
    );
}

#[test]
fn a_full_store_keeps_what_it_has_and_takes_the_rest_later() {
    let store = Rc::new(TestStore::default());
    let mut one = tab(&store, "w1");
    own_document(&mut one, "wire", TEXTS[0]);
    one.mark("wire", 0, 3, "claim");
    let acknowledged = one.state();
    store.memory.set_quota(Some(store.memory.used() + 400));
    let long = document("long", &"A long text. ".repeat(100));
    assert_eq!(
        one.edit(Edit::AddDocuments(vec![long])),
        Some(Err(StorageError::Full))
    );
    assert_eq!(one.journal.pending(), 1);
    assert_eq!(state_of(look(&store.memory.image()).records), acknowledged);
    // A short change does not wait for the long one.
    let short = one.edit(Edit::SetProgress(document_id("wire"), Progress::Done));
    assert_eq!(
        short,
        Some(Err(StorageError::Full)),
        "the long one still waits"
    );
    assert_eq!(one.journal.pending(), 1);
    store.memory.set_quota(None);
    assert_eq!(one.journal.retry(), Ok(()));
    assert_eq!(one.journal.pending(), 0);
    assert_eq!(state_of(look(&store.memory.image()).records), one.state());
}

#[test]
fn a_store_that_cannot_be_read_is_not_written_to() {
    let store = Rc::new(TestStore::default());
    store.failure.replace(Some(StorageError::Blocked));
    let (mut one, loaded) = Tab::open(store.clone(), "w1", &[document("set0", TEXTS[0])]);
    assert_eq!(loaded.problems, [StorageError::Blocked.to_string()]);
    store.failure.replace(None);
    let refused = one.edit(Edit::SetProgress(document_id("set0"), Progress::Done));
    assert_eq!(refused, Some(Err(StorageError::Blocked)));
    assert_eq!(store.images.borrow().len(), 0);
}

#[test]
fn a_long_import_is_cut_into_entries() {
    let store = Rc::new(TestStore::default());
    let mut one = tab(&store, "w1");
    own_document(&mut one, "wire", &"Word after word. ".repeat(400));
    let text = one.project.documents()[0].text.clone();
    let marks = (0..2_000).map(|at| {
        Annotation::new(
            annotation_id(&format!("i{at}")),
            document_id("wire"),
            span(&text, at, 12),
            label_id("claim"),
            annotator_id("me"),
            Timestamp(1),
        )
    });
    let import = Import {
        annotations: marks.collect(),
        ..Import::default()
    };
    one.edit(Edit::Merge(Box::new(import)))
        .expect("allowed")
        .expect("stored");
    assert_eq!(one.journal.pending(), 0);
    let entries = keys(&store, "sl1:j:");
    assert!(entries.len() > 3, "{}", entries.len());
    for key in entries {
        assert!(store.memory.image()[&key].len() < 66_000);
    }
    assert_eq!(tab(&store, "w2").project, one.project);
}

#[test]
fn removed_texts_are_deleted_two_openings_later_unless_they_come_back() {
    let store = Rc::new(TestStore::default());
    let mut one = tab(&store, "w1");
    own_document(&mut one, "a", TEXTS[0]);
    own_document(&mut one, "b", TEXTS[1]);
    one.edit(Edit::RemoveDocument(document_id("b")));
    one.edit(Edit::RemoveDocument(document_id("a")));
    let texts = || keys(&store, "sl1:t:").len();
    tab(&store, "w2").journal.compact().expect("room");
    assert_eq!(texts(), 2, "marked, not deleted");
    one.undo().expect("something to undo").expect("stored");
    let three = tab(&store, "w3");
    assert_eq!(texts(), 1, "the one that came back stays");
    assert_eq!(three.project, one.project);
    // A page that had the other in its undo range writes the text again with it.
    one.edit(Edit::AddDocuments(vec![document("b", TEXTS[1])]))
        .expect("allowed")
        .expect("stored");
    assert_eq!(tab(&store, "w4").project, one.project);
}

#[test]
fn usage_counts_what_is_there() {
    let store = Rc::new(TestStore::default());
    store.memory.set("theirs", "né").expect("memory");
    let mut one = tab(&store, "w1");
    own_document(&mut one, "wire", TEXTS[1]);
    one.mark("wire", 0, 3, "claim");
    for theme in ["dark", "light", "a longer name"] {
        one.journal.set_setting("theme", theme).expect("room");
    }
    assert_eq!(
        one.journal.setting("theme").as_deref(),
        Some("a longer name")
    );
    assert_eq!(one.journal.setting("none"), None);
    assert_eq!(one.journal.usage().used, store.memory.used());
    store
        .memory
        .set("sl1:j:w0:00000000", "damage")
        .expect("memory");
    let mut two = tab(&store, "w2");
    assert_eq!(two.journal.usage().used, store.memory.used());
    two.journal.fold_beyond(0).expect("room");
    assert_eq!(two.journal.usage().used, store.memory.used());
    let three = tab(&store, "w3");
    assert_eq!(three.journal.usage().used, store.memory.used());
}

#[test]
fn after_the_store_was_cleared_under_the_page_articles_are_stored_anew() {
    let store = Rc::new(TestStore::default());
    let mut one = tab(&store, "w1");
    own_document(&mut one, "wire", TEXTS[1]);
    one.mark("wire", 0, 3, "claim");
    for key in keys(&store, "") {
        store.memory.delete(&key).expect("memory");
    }
    one.edit(Edit::SetProgress(document_id("wire"), Progress::Done))
        .expect("allowed")
        .expect("stored");
    assert_eq!(tab(&store, "w2").project, one.project);
}

/// Ten thousand changes are read, folded and read again; the figures are printed with `--nocapture`.
#[test]
fn ten_thousand_changes_open_quickly_and_fold_small() {
    let store = Rc::new(MemoryStore::new());
    let mut one = Tab::open(store.clone(), "w1", &[]).0;
    let text = "The harbour office gave no figures for the week. ".repeat(400);
    for article in 0..50 {
        let added = Edit::AddDocuments(vec![document(
            &format!("d{article}"),
            &format!("{article}. {text}"),
        )]);
        one.edit(added).expect("allowed").expect("stored");
    }
    for at in 0..9_950 {
        one.mark(&format!("d{}", at % 50), at / 50 * 60, 40, "claim");
    }
    let entries = store.used();
    let before = one.state();
    for round in 1.. {
        let began = Instant::now();
        let (mut tab, loaded) = Tab::open(store.clone(), &format!("r{round}"), &[]);
        let opened = began.elapsed();
        assert!(state_of(loaded.records) == before, "round {round}");
        let folded = tab.journal.compact().expect("room");
        println!(
            "round {round}: {} units, opened in {opened:?}, folded {folded}",
            store.used()
        );
        if folded == 0 {
            break;
        }
        assert!(round < 60, "folding gets on");
    }
    println!("{entries} units as entries, {} folded", store.used());
    assert!(store.used() * 10 < entries * 9);
    let journal = Journal::open(store.clone(), "last".into(), Timestamp(0)).0;
    assert_eq!(journal.usage().used, store.used());
}
