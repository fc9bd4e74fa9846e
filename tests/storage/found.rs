//! What the machine of many tabs has found, each as a plain test.

use std::rc::Rc;

use sourcelight::model::sorted::SortedSet;
use sourcelight::model::*;
use sourcelight::storage::{KeyValue, StorageError, Write};

use crate::oracle::tell;
use crate::sample::*;
use crate::step::import;

/// The text of an article of the reading set is damaged: with the text from the safe copy the stored
/// marks come back at once, not only when the page is opened again.
#[test]
fn marks_on_a_damaged_article_of_the_reading_set_come_back() {
    let set = [document("set0", TEXTS[0])];
    let store = Rc::new(TestStore::default());
    let mut page = Tab::open(store.clone(), "w1", &set).0;
    page.mark("set0", 4, 4, "quote");
    let copy = store.memory.image();
    let mut damaged = copy.clone();
    for (_, value) in damaged.iter_mut().filter(|it| it.0.contains(":t:")) {
        *value = "[1,\"x".into();
    }
    let mut next = Tab::open(Rc::new(TestStore::of(damaged)), "w2", &set).0;
    assert!(next.state().is_empty());
    next.recover(&copy);
    assert_eq!(next.state(), page.state());
}

/// A mark that another page made on an article while this one removed it comes with the article,
/// when the removal is taken back.
#[test]
fn taking_a_removal_back_brings_marks_that_were_not_known() {
    let store = Rc::new(TestStore::default());
    own_document(&mut tab(&store, "w0"), "d0", TEXTS[0]);
    let (mut one, mut other) = (tab(&store, "w1"), tab(&store, "w2"));
    let removed = one.edit(Edit::RemoveDocument(document_id("d0")));
    removed.expect("allowed").expect("stored");
    other.mark("d0", 4, 4, "quote");
    one.catch_up();
    one.undo().expect("there is a change").expect("stored");
    one.catch_up();
    assert_eq!(one.state(), state_of(look(&store.memory.image()).records));
    assert_eq!(one.state().len(), 2, "the article and the mark");
}

/// A mark comes from the safe copy, and the record of its article, which is of the reading set, is
/// nowhere: the mark is shown, now and when the page is opened again, and whoever goes on marking
/// stores the article.
#[test]
fn a_mark_without_the_record_of_its_article_is_shown_and_completed() {
    let set = [document("set0", TEXTS[0])];
    let store = Rc::new(TestStore::default());
    Tab::open(store.clone(), "w1", &set)
        .0
        .mark("set0", 4, 4, "quote");
    Tab::open(store.clone(), "w2", &set)
        .0
        .mark("set0", 9, 2, "claim");
    let mut copy = store.memory.image();
    copy.retain(|key, _| !key.contains(":j:w1:"));
    let fallen = Rc::new(TestStore::default());
    let marks = |tab: &Tab| tab.project.annotations().of(&document_id("set0")).len();
    for writer in ["w3", "w4"] {
        let mut next = Tab::open(fallen.clone(), writer, &set).0;
        next.recover(&copy);
        assert_eq!(marks(&next), 1, "{writer}");
        assert!(next.state().is_empty());
    }
    let mut next = Tab::open(fallen.clone(), "w5", &set).0;
    next.mark("set0", 12, 3, "opinion");
    assert_eq!(next.state().len(), 2);
    next.catch_up();
    assert_eq!(next.state().len(), 3);
    assert_eq!(state_of(look(&fallen.memory.image()).records), next.state());
}

/// Entries are folded, and the page that did it goes before the safe copy has the snapshot. The next
/// page deletes the entries: it must not tell the copy to do so before the copy has the snapshot.
#[test]
fn the_copy_has_a_snapshot_before_it_deletes_what_is_in_it() {
    let store = Rc::new(TestStore::default());
    let mut page = tab(&store, "w1");
    own_document(&mut page, "d0", TEXTS[0]);
    page.mark("d0", 4, 4, "quote");
    let mut copy = store.memory.image();
    let mut folding = tab(&store, "w2");
    assert_eq!(folding.journal.fold_beyond(0), Ok(2));
    let mut next = tab(&store, "w3");
    tell(&mut copy, &next.journal.take_unmirrored());
    assert!(!copy.keys().any(|key| key.contains(":j:")), "{copy:?}");
    // All of local storage is lost.
    let mut last = tab(&Rc::new(TestStore::default()), "w4");
    last.recover(&copy);
    assert_eq!(last.state(), page.state());
}

/// A page that is just comparing the stores hears an entry that the copy has already: the entry is
/// known then, and stays in the copy all the same.
#[test]
fn what_is_heard_while_the_stores_are_compared_stays_in_the_copy() {
    let store = Rc::new(TestStore::default());
    let mut next = tab(&store, "w2");
    let mut page = tab(&store, "w1");
    own_document(&mut page, "d0", TEXTS[0]);
    let mut copy = store.memory.image();
    next.catch_up();
    next.recover_these(copy.clone().into_iter().collect());
    tell(&mut copy, &next.journal.take_unmirrored());
    let mut last = tab(&Rc::new(TestStore::default()), "w3");
    last.recover(&copy);
    assert_eq!(last.state(), page.state());
}

/// Local storage has fallen back to where a text was marked as needless, and an article of the safe
/// copy needs that text: it stays there when local storage deletes it.
#[test]
fn a_text_that_only_the_copy_needs_stays_there() {
    let store = Rc::new(TestStore::default());
    let mut page = tab(&store, "w1");
    own_document(&mut page, "d0", TEXTS[0]);
    let removed = page.edit(Edit::RemoveDocument(document_id("d0")));
    removed.expect("allowed").expect("stored");
    let mut folding = tab(&store, "w2");
    assert_eq!(folding.journal.fold_beyond(0), Ok(2));
    let image = store.memory.image();
    page.undo().expect("there is a change").expect("stored");
    let mut copy = store.memory.image();
    let mut next = tab(&Rc::new(TestStore::of(image)), "w3");
    let writes = next.recover(&copy).1;
    tell(&mut copy, &writes);
    let mut last = tab(&Rc::new(TestStore::default()), "w4");
    last.recover(&copy);
    assert_eq!(last.state().len(), 1);
}

/// An article comes from the safe copy while its text is nowhere but in an article of the reading
/// set: it counts as stored once that article is.
#[test]
fn an_article_is_stored_once_another_brings_its_text() {
    let set = [document("set0", TEXTS[0])];
    let store = Rc::new(TestStore::default());
    own_document(&mut tab(&store, "w1"), "d0", TEXTS[0]);
    let mut copy = store.memory.image();
    copy.retain(|key, _| !key.contains(":t:"));
    let mut next = Tab::open(Rc::new(TestStore::default()), "w2", &set).0;
    next.recover(&copy);
    assert!(next.state().is_empty());
    next.mark("set0", 4, 4, "quote");
    next.catch_up();
    assert_eq!(next.state().len(), 3, "both articles and the mark");
}

/// Local storage has no room for what the safe copy alone has: the page brings it there as soon as
/// there is, and another page that was open all along hears it.
#[test]
fn what_comes_from_the_copy_waits_for_room() {
    let old = Rc::new(TestStore::default());
    own_document(&mut tab(&old, "w1"), "d0", TEXTS[0]);
    let store = Rc::new(TestStore::default());
    let mut other = tab(&store, "w2");
    let mut page = tab(&store, "w3");
    store.memory.set_quota(Some(0));
    page.recover(&old.memory.image());
    assert_eq!(page.state().len(), 1);
    store.memory.set_quota(None);
    assert_eq!(page.journal.retry(), Ok(()));
    other.catch_up();
    assert_eq!(other.state(), page.state());
}

/// Two pages bring a mark with one id on two articles, and the one that counts is on an article that
/// was removed: the other gives way at once, as it does when the page is opened again.
#[test]
fn a_mark_that_waits_for_a_removed_article_shows_nowhere_else() {
    let store = Rc::new(TestStore::default());
    for id in ["d0", "d1"] {
        own_document(&mut tab(&store, "w0"), id, TEXTS[0]);
    }
    let (mut one, mut other) = (tab(&store, "w1"), tab(&store, "w2"));
    let removed = one.edit(Edit::RemoveDocument(document_id("d0")));
    removed.expect("allowed").expect("stored");
    // More has been done in the other page, so that its version counts.
    other.mark("d0", 4, 4, "quote");
    other.mark("d0", 9, 2, "claim");
    for (page, id) in [(&mut other, "d0"), (&mut one, "d1")] {
        let document = page.project.document(&document_id(id)).cloned();
        let edit = import(&document.expect("it is there"), 4, 0);
        page.edit(edit).expect("allowed").expect("stored");
    }
    one.catch_up();
    other.catch_up();
    assert_eq!(one.state(), other.state());
    assert_eq!(one.state(), state_of(look(&store.memory.image()).records));
}

/// An article is removed in one page while another marks it: whoever hears of both at once has
/// neither, and can go on storing.
#[test]
fn a_mark_and_the_removal_of_its_article_are_heard_at_once() {
    let store = Rc::new(TestStore::default());
    own_document(&mut tab(&store, "w0"), "d0", TEXTS[0]);
    let (mut one, mut two, mut three) = (tab(&store, "w1"), tab(&store, "w2"), tab(&store, "w3"));
    one.mark("d0", 4, 4, "quote");
    let removed = two.edit(Edit::RemoveDocument(document_id("d0")));
    removed.expect("allowed").expect("stored");
    three.catch_up();
    assert!(three.state().is_empty());
    assert!(
        three
            .project
            .annotations()
            .of(&document_id("d0"))
            .is_empty()
    );
}

/// A mark was deleted here, and then its article in another page: there is nothing to take back.
#[test]
fn a_mark_does_not_come_back_without_its_article() {
    let store = Rc::new(TestStore::default());
    own_document(&mut tab(&store, "w0"), "d0", TEXTS[0]);
    let (mut one, mut two) = (tab(&store, "w1"), tab(&store, "w2"));
    one.mark("d0", 4, 4, "quote");
    let mark = one.project.annotations().of(&document_id("d0"))[0]
        .id
        .clone();
    one.edit(Edit::Remove(vec![mark]))
        .expect("allowed")
        .expect("stored");
    let removed = two.edit(Edit::RemoveDocument(document_id("d0")));
    removed.expect("allowed").expect("stored");
    one.catch_up();
    assert_eq!(one.undo(), Some(Ok(())));
    assert!(one.project.annotations().of(&document_id("d0")).is_empty());
}

/// What the fuzzer has found: after the highest lamport number there is no next one, and what is
/// changed then would count as no newer than before. A value with such a number is set aside.
#[test]
fn a_lamport_number_without_a_next_one_is_damage() {
    let store = Rc::new(TestStore::default());
    let mut one = tab(&store, "w1");
    own_document(&mut one, "d0", TEXTS[0]);
    one.mark("d0", 4, 4, "quote");
    let content = format!("{{\"l\":{},\"t\":1,\"r\":[]}}", u64::MAX);
    let sum = sourcelight::format::record::crc32(&content);
    let value = format!("[{sum},{content}]");
    store
        .memory
        .set("sl1:j:zz:00000000", &value)
        .expect("memory");
    let (mut two, loaded) = Tab::open(store.clone(), "a", &[]);
    assert_eq!((loaded.quarantined, loaded.problems.len()), (1, 1));
    let mark = annotation_id("aw1-1");
    for note in ["first", "second"] {
        let noted = two.edit(Edit::SetNote(mark.clone(), note.into()));
        noted.expect("allowed").expect("stored");
    }
    let three = tab(&store, "w3").project;
    assert_eq!(
        &*three.annotations().get(&mark).expect("there").note,
        "second"
    );
}

/// A page that has not seen the folding of another compares the stores: it knows everything in the
/// snapshot, which stays in the copy all the same, as the entries are on their way out of it.
#[test]
fn comparing_deletes_nothing_in_the_copy() {
    let store = Rc::new(TestStore::default());
    let mut page = tab(&store, "w1");
    own_document(&mut page, "d0", TEXTS[0]);
    page.mark("d0", 4, 4, "quote");
    let mut late = tab(&Rc::new(TestStore::of(store.memory.image())), "w2");
    assert_eq!(tab(&store, "w3").journal.fold_beyond(0), Ok(2));
    drop(tab(&store, "w4"));
    let copy = store.memory.image();
    assert!(!copy.keys().any(|key| key.contains(":j:")), "{copy:?}");
    let writes = late.recover(&copy).1;
    let deleted = |it: &Write| matches!(it, Write::Delete(_));
    assert!(!writes.iter().any(deleted), "{writes:?}");
}

/// The store has fallen behind the safe copy, and the person goes on before the copy is read: what is done
/// last counts, although it has a lower number than what was done before.
#[test]
fn what_is_done_before_the_copy_is_read_counts() {
    let store = Rc::new(TestStore::default());
    let mut page = tab(&store, "w1");
    own_document(&mut page, "d0", TEXTS[0]);
    page.mark("d0", 4, 4, "quote");
    page.mark("d0", 9, 2, "claim");
    let fallen = Rc::new(TestStore::of(store.memory.image()));
    let (noted, gone) = (annotation_id("aw1-1"), annotation_id("aw1-2"));
    let note = |page: &mut Tab, id: &AnnotationId, words: &str| {
        let noted = page.edit(Edit::SetNote(id.clone(), words.into()));
        noted.expect("allowed").expect("stored");
    };
    for words in ["one", "two", "three"] {
        note(&mut page, &noted, words);
        note(&mut page, &gone, words);
    }
    let mut copy = store.memory.image();
    let mut next = tab(&fallen, "w2");
    note(&mut next, &noted, "newest");
    let removed = next.edit(Edit::Remove(vec![gone.clone()]));
    removed.expect("allowed").expect("stored");
    let (heard, writes) = next.recover(&copy);
    assert_eq!(heard.change.records, Vec::new());
    tell(&mut copy, &writes);
    let mut last = tab(&Rc::new(TestStore::default()), "w4");
    last.recover(&copy);
    for page in [&next, &tab(&fallen, "w3"), &last] {
        let marks = page.project.annotations();
        assert_eq!(&*marks.get(&noted).expect("it is there").note, "newest");
        assert!(marks.get(&gone).is_none());
    }
}

/// The safe copy is lost while a change has no room in the store: the next copy is told of it.
#[test]
fn a_new_copy_has_what_waits_for_room() {
    let store = Rc::new(TestStore::default());
    let mut page = tab(&store, "w1");
    own_document(&mut page, "d0", TEXTS[0]);
    *store.failure.borrow_mut() = Some(StorageError::Full);
    drop(page.edit(Edit::AddDocuments(vec![document("d1", TEXTS[1])])));
    *store.failure.borrow_mut() = None;
    drop(page.journal.take_unmirrored());
    let (_, bring) = page
        .journal
        .compare(&SortedSet::default())
        .expect("readable");
    let mut copy = std::collections::BTreeMap::new();
    tell(&mut copy, &bring);
    let mut next = tab(&Rc::new(TestStore::default()), "w2");
    next.recover(&copy);
    assert_eq!(next.state(), page.state());
}

/// Another hand empties the store key by key, and the person goes on: with the next change everything is
/// written again, not only what it is about.
#[test]
fn a_change_after_the_store_was_emptied_brings_all_back() {
    let store = Rc::new(TestStore::default());
    let mut page = tab(&store, "w1");
    own_document(&mut page, "d0", TEXTS[0]);
    own_document(&mut page, "d1", TEXTS[1]);
    page.mark("d0", 4, 4, "quote");
    for key in keys(&store, "sl1:") {
        store.memory.delete(&key).expect("memory");
    }
    assert!(!page.journal.lacks_the_rest());
    page.mark("d1", 0, 3, "claim");
    assert!(page.journal.lacks_the_rest());
    let again = page.journal.write_again(&page.project, Timestamp(0));
    again.expect("there is room");
    assert!(!page.journal.lacks_the_rest());
    assert_eq!(tab(&store, "w2").state(), page.state());
    assert_eq!(page.state().len(), 4);
}
