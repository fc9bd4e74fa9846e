//! Finished articles leave a store that is nearly full, and nothing changes for anybody else.

use std::collections::BTreeMap;
use std::rc::Rc;

use sourcelight::model::sorted::SortedSet;
use sourcelight::model::*;
use sourcelight::storage::CAPACITY;

use crate::sample::*;

/// Letters in a text; six of them are more than the store holds up to its first threshold.
const LENGTH: usize = CAPACITY / 8;

fn long_text(id: &str) -> String {
    format!("{id} is long. {}", "x".repeat(LENGTH))
}

/// A page with so many long articles, each with a mark, of which the first `finished` are done.
fn page_with(store: &Rc<TestStore>, articles: usize, finished: usize) -> Tab {
    let mut page = tab(store, "w1");
    for at in 0..articles {
        let id = format!("d{at}");
        own_document(&mut page, &id, &long_text(&id));
        page.mark(&id, 0, 2, "quote");
        if at < finished {
            let done = Edit::SetProgress(document_id(&id), Progress::Done);
            page.edit(done).expect("allowed").expect("stored");
        }
    }
    page
}

fn copied(copy: &BTreeMap<String, String>) -> SortedSet<String> {
    SortedSet::of_keys(copy.keys().cloned())
}

#[test]
fn nothing_leaves_where_there_is_room() {
    let store = Rc::new(TestStore::default());
    let mut page = page_with(&store, 3, 3);
    let copy = store.memory.image();
    assert_eq!(
        page.journal.move_finished(&copied(&copy), &page.project),
        Ok(0)
    );
    assert_eq!(store.memory.image(), copy);
}

#[test]
fn finished_articles_leave_until_there_is_room() {
    let store = Rc::new(TestStore::default());
    let mut page = page_with(&store, 7, 5);
    let copy = store.memory.image();
    assert_eq!(
        page.journal.move_finished(&copied(&copy), &page.project),
        Ok(3)
    );
    assert_eq!(page.journal.usage().percent(), 50);
    assert_eq!(page.journal.usage().used, store.memory.used());
    // A copy that is lost now would take them with it.
    assert!(!page.journal.has_lost(&copied(&copy), &page.project));
    assert!(page.journal.has_lost(&SortedSet::default(), &page.project));
    // The next page finds all of it, and leaves where it is what has no room.
    let mut next = tab(&store, "w2");
    assert_eq!(next.state().len(), 8, "four articles with their marks");
    assert_eq!(next.journal.missing(&next.project), 3);
    assert_eq!(next.recover(&copy).0.problems, Vec::<String>::new());
    assert_eq!(next.journal.missing(&next.project), 0);
    assert_eq!(next.state(), page.state());
    assert_eq!(next.journal.moved().len(), 3);
    assert!(next.journal.usage().percent() <= 60);
    // What is done to an article that left is stored as ever.
    next.mark("d0", 3, 2, "claim");
    let mut last = tab(&store, "w3");
    let mut copy = copy;
    copy.extend(store.memory.image());
    last.recover(&copy);
    assert_eq!(last.state(), next.state());
}

#[test]
fn what_the_copy_lacks_stays() {
    let store = Rc::new(TestStore::default());
    let mut page = page_with(&store, 7, 7);
    let nothing = SortedSet::default();
    assert_eq!(page.journal.move_finished(&nothing, &page.project), Ok(0));
}

#[test]
fn a_text_that_another_article_needs_stays() {
    let store = Rc::new(TestStore::default());
    let mut page = page_with(&store, 7, 1);
    own_document(&mut page, "twin", &long_text("d0"));
    let copy = copied(&store.memory.image());
    assert_eq!(page.journal.move_finished(&copy, &page.project), Ok(0));
}

#[test]
fn folded_marks_leave_with_their_article() {
    let store = Rc::new(TestStore::default());
    let page = page_with(&store, 2, 1);
    let mut folding = tab(&store, "w2");
    assert_eq!(folding.journal.fold_beyond(0), Ok(5));
    let mut next = tab(&store, "w3");
    let copy = store.memory.image();
    assert_eq!(
        next.journal.move_until(&copied(&copy), &next.project, 0),
        Ok(1)
    );
    let left = store.memory.image();
    assert!(
        !left.keys().any(|key| key.ends_with(":d0")),
        "{:?}",
        left.keys()
    );
    assert!(left.keys().any(|key| key.ends_with(":d1")));
    let mut last = tab(&store, "w4");
    assert_eq!(last.state().len(), 2);
    last.recover(&copy);
    assert_eq!(last.state(), page.state());
    // There is room again, and everything is back.
    assert_eq!(last.journal.moved().len(), 0);
    assert_eq!(look(&store.memory.image()).records.len(), 4);
}

#[test]
fn articles_are_counted_as_browsers_count() {
    let store = Rc::new(TestStore::default());
    let mut page = tab(&store, "w1");
    own_document(&mut page, "long", &"字".repeat(9_000));
    own_document(&mut page, "short", "A text.");
    let sizes = page.journal.sizes().expect("readable");
    assert_eq!(sizes[0].0, "long");
    let all: usize = sizes.iter().map(|it| it.1).sum();
    let used = page.journal.usage().used;
    assert!(9_000 < all && all <= used, "{all} of {used}");
}
