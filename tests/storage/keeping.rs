//! What is kept, when, and in how much space.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use sourcelight::model::*;
use sourcelight::storage::{Journal, KeyValue, MemoryStore, StorageError};

use crate::sample::*;

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
        rank: 3,
        ..Label::new(label_id("fact"), "Fact", Color(1, 2, 3))
    };
    let question = AttributeId::new("who").expect("valid");
    let question = Attribute::new(question, "Who", AttributeKind::Speaker);
    let speaker = Speaker::new(SpeakerId::new("ana").expect("valid"), "Ana");
    let annotator = Annotator {
        id: annotator_id("teacher"),
        name: "T".into(),
        extra: Extra::default(),
    };
    let at = span(&one.project.documents()[0].text, 0, 8);
    let mut mark = Annotation::new(
        annotation_id("key1"),
        document_id("set0"),
        at,
        label.id.clone(),
        annotator.id.clone(),
        Timestamp(1),
    );
    let mut details = Details::default();
    details.answers.set("who", Some(Answer::Text("ana".into())));
    mark.details = details.kept();
    one.project.apply(&Change {
        name: "set".into(),
        records: [
            question.into(),
            speaker.into(),
            Record::Label(Arc::new(label)),
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
    assert_eq!(one.journal.trouble(), Some(StorageError::Full));
    store.memory.set_quota(None);
    assert_eq!(one.journal.retry(), Ok(()));
    assert_eq!((one.journal.pending(), one.journal.trouble()), (0, None));
    assert_eq!(state_of(look(&store.memory.image()).records), one.state());
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
    let (journal, loaded) = Journal::open(store.clone(), "last".into(), Timestamp(0));
    assert!(state_of(loaded.records) == before, "after all is deleted");
    assert_eq!(journal.usage().used, store.used());
}
