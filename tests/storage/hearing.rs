//! Pages that hear of each other, and what comes back from a safe copy (rules P1 to P4).

use std::collections::BTreeMap;
use std::rc::Rc;

use proptest::prelude::*;
use sourcelight::model::*;
use sourcelight::storage::{KeyValue, Write};

use crate::sample::*;
use crate::step::{Step, edit_of, step};

/// What a safe copy holds after it was told these things.
fn tell(copy: &mut BTreeMap<String, String>, writes: Vec<Write>) {
    for write in writes {
        match write {
            Write::Put(key, value) => drop(copy.insert(key, value)),
            Write::Delete(key) => drop(copy.remove(&key)),
        }
    }
}

/// Does the edit that a step is, if it is one. All pages work on the same articles.
fn edit(tab: &mut Tab, step: &Step) {
    if let Some(edit) = edit_of(tab, 0, step)
        && let Some(outcome) = tab.edit(edit)
    {
        outcome.expect("there is room");
    }
}

fn is_shared(step: &Step) -> bool {
    !matches!(step, Step::RemoveArticle(_) | Step::Add(_))
}

/// A store with one article, and two pages that have it open.
fn pair() -> (Rc<TestStore>, [Tab; 2]) {
    let store = Rc::new(TestStore::default());
    own_document(&mut tab(&store, "first"), "d0", TEXTS[1]);
    let tabs = ["w1", "w2"].map(|writer| tab(&store, writer));
    (store, tabs)
}

proptest! {
    /// P3 and P4: two pages on one article, hearing of each other at any time or late, agree in the
    /// end with each other and with whoever opens the store next.
    #[test]
    fn pages_on_one_article_agree(
        steps in prop::collection::vec((0..2_usize, step(), any::<bool>()), 1..40),
    ) {
        let (store, mut tabs) = pair();
        for (at, step, hears) in steps.iter().filter(|it| is_shared(&it.1)) {
            edit(&mut tabs[*at], step);
            if *hears {
                tabs[1 - at].catch_up();
            }
        }
        for tab in &mut tabs {
            prop_assert_eq!(tab.catch_up().problems, Vec::<String>::new());
        }
        prop_assert_eq!(tabs[0].state(), tabs[1].state());
        prop_assert_eq!(state_of(look(&store.memory.image()).records), tabs[0].state());
        for tab in &mut tabs {
            prop_assert_eq!(tab.catch_up().change.records, Vec::new(), "nothing is news twice");
        }
    }

    /// P1 and P2: whatever moment local storage falls back to, everything that the safe copy was
    /// told comes back, is in local storage again, and nothing is to be recovered a second time.
    #[test]
    fn what_the_safe_copy_was_told_comes_back(
        steps in prop::collection::vec(step(), 1..30),
        back in 0..1_000_usize,
    ) {
        let store = Rc::new(TestStore::default());
        let mut page = tab(&store, "w1");
        let mut copy = BTreeMap::new();
        for step in &steps {
            edit(&mut page, step);
            tell(&mut copy, page.journal.take_unmirrored());
        }
        let images = store.images.borrow();
        let image = match images.len() {
            0 => BTreeMap::new(),
            many => images[back % many].clone(),
        };
        let fallen = Rc::new(TestStore::of(image));
        let mut next = tab(&fallen, "w2");
        let (heard, writes) = next.recover(&copy);
        prop_assert_eq!(heard.problems, Vec::<String>::new());
        prop_assert_eq!(next.state(), page.state());
        prop_assert_eq!(state_of(look(&fallen.memory.image()).records), page.state());
        tell(&mut copy, writes);
        let mut third = tab(&fallen, "w3");
        let (heard, writes) = third.recover(&copy);
        prop_assert_eq!(heard.change.records, Vec::new());
        prop_assert_eq!(writes, Vec::new());
    }

    /// The copy may be the one that is behind, or empty: it is brought up to date.
    #[test]
    fn a_copy_that_is_behind_is_completed(steps in prop::collection::vec(step(), 1..30), lost in 0..30_usize) {
        let store = Rc::new(TestStore::default());
        let mut page = tab(&store, "w1");
        let mut copy = BTreeMap::new();
        for (at, step) in steps.iter().enumerate() {
            edit(&mut page, step);
            let writes = page.journal.take_unmirrored();
            if at >= lost {
                tell(&mut copy, writes);
            }
        }
        let mut next = tab(&store, "w2");
        let (heard, writes) = next.recover(&copy);
        prop_assert_eq!(heard.change.records, Vec::new());
        tell(&mut copy, writes);
        let mut alone = tab(&Rc::new(TestStore::default()), "w3");
        alone.recover(&copy);
        prop_assert_eq!(alone.state(), page.state());
    }
}

/// Where local storage has no room, the safe copy takes the change (F6).
#[test]
fn a_full_store_does_not_hold_up_the_copy() {
    let (store, [mut page, _]) = pair();
    let mut copy = store.memory.image();
    store.memory.set_quota(Some(store.memory.used()));
    let id = document_id("d0");
    let text = page
        .project
        .document(&id)
        .expect("it is there")
        .text
        .clone();
    let outcome = page.edit(Edit::Annotate(id, span(&text, 3, 4), label_id("quote")));
    assert!(outcome.expect("allowed").is_err());
    tell(&mut copy, page.journal.take_unmirrored());
    let image = store.memory.image();
    let mut next = tab(&Rc::new(TestStore::of(image)), "w4");
    next.recover(&copy);
    assert_eq!(next.state(), page.state());
}

/// A value that is damaged in local storage is set aside there, and comes back from the copy (F21).
#[test]
fn what_is_damaged_comes_back_from_the_copy() {
    let (store, [mut page, _]) = pair();
    page.mark("d0", 3, 4, "quote");
    let copy = store.memory.image();
    for key in copy
        .keys()
        .filter(|key| key.contains(":j:") || key.contains(":t:"))
    {
        let mut damaged = copy.clone();
        damaged.insert(key.clone(), "[1,\"x".into());
        let damaged = Rc::new(TestStore::of(damaged));
        let mut next = tab(&damaged, "w4");
        next.recover(&copy);
        assert_eq!(next.state(), page.state(), "{key}");
        assert!(!keys(&damaged, "sl1:q:").is_empty());
    }
}

/// An article that is removed on one page goes on the other, with marks nobody there knew of (F19).
#[test]
fn an_article_that_was_removed_elsewhere_goes() {
    let (store, [mut one, mut other]) = pair();
    other.mark("d0", 3, 4, "quote");
    one.edit(Edit::RemoveDocument(document_id("d0")))
        .expect("allowed")
        .expect("stored");
    other.catch_up();
    one.catch_up();
    assert_eq!(other.state(), one.state());
    assert!(one.state().is_empty());
    assert!(other.project.was_removed(&document_id("d0")));
    assert!(look(&store.memory.image()).problems.is_empty());
}

/// What others write is seen late, and its parts in any order: an article whose text comes last is
/// there when that is seen, and is not told of again and again until then.
#[test]
fn an_article_waits_for_its_text_to_be_seen() {
    let (store, [page, _]) = pair();
    let seen = Rc::new(TestStore::default());
    let mut late = tab(&seen, "w4");
    let image = store.memory.image();
    let (texts, rest): (Vec<_>, Vec<_>) = image.iter().partition(|it| it.0.starts_with("sl1:t:"));
    let see = |part: Vec<(&String, &String)>| {
        for (key, value) in part {
            seen.memory.set(key, value).expect("there is room");
        }
    };
    see(rest);
    assert_eq!(late.catch_up().problems.len(), 1);
    assert_eq!(late.catch_up().problems.len(), 0);
    assert!(late.state().is_empty());
    see(texts);
    late.catch_up();
    assert_eq!(late.state(), page.state());
}
