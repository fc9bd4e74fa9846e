//! The storage rules by number, case by case.

use std::rc::Rc;

use sourcelight::model::*;
use sourcelight::storage::{KeyValue, StorageError};

use crate::sample::*;

#[test]
fn opening_and_looking_writes_nothing() {
    let store = Rc::new(TestStore::default());
    let (mut one, _) = Tab::open(store.clone(), "w1", &[document("set0", TEXTS[0])]);
    assert_eq!(one.journal.compact(), Ok(0));
    assert_eq!(store.images.borrow().len(), 0);
    assert_eq!(one.project.documents().len(), 1);
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
        let mut one = tab(&store, if round == 2 { "other" } else { "same" });
        own_document(&mut one, &format!("d{round}"), TEXTS[round % 4]);
        one.mark(&format!("d{round}"), 0, 0, "claim");
        if round > 1 {
            one.journal.fold_beyond(1).expect("room");
        }
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
fn what_was_folded_is_deleted_only_while_its_snapshot_is_whole() {
    let store = Rc::new(TestStore::default());
    let mut one = tab(&store, "w1");
    for article in ["a", "b"] {
        own_document(&mut one, article, TEXTS[0]);
        one.mark(article, 0, 3, "claim");
    }
    assert_eq!(tab(&store, "w2").journal.fold_beyond(3), Ok(4));
    let image = store.memory.image();
    for snapshot in keys(&store, "sl1:s:") {
        for damage in [None, Some("[1,{}]"), Some("[0")] {
            let mut image = image.clone();
            image.remove(&snapshot);
            image.extend(damage.map(|it| (snapshot.clone(), it.to_owned())));
            let store = Rc::new(TestStore::of(image));
            assert_eq!(
                tab(&store, "w3").state(),
                one.state(),
                "{snapshot}: {damage:?}"
            );
            assert_eq!(
                tab(&store, "w4").state(),
                one.state(),
                "at the next opening"
            );
            assert_eq!(keys(&store, "sl1:j:").len(), 4);
        }
    }
    assert_eq!(tab(&store, "w3").state(), one.state());
    assert_eq!(keys(&store, "sl1:j:").len(), 0);
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
