//! The way every reader goes: load, mark, change, undo, reload, export, lose all, import.

mod keeping;

use e2e::exported::annotation;
use e2e::text::{Painted, Place};
use e2e::{Engine, Options, Page, actions, key, run};

#[test]
fn main_path_in_chromium() {
    run(&Options::new(Engine::Chromium), main_path);
}

#[test]
fn main_path_in_firefox() {
    run(&Options::new(Engine::Firefox), main_path);
}

pub(crate) fn main_path(page: &Page) {
    page.step("the practice set opens");
    page.open("");
    assert!(page.count("#articles li[data-document]") >= 5);
    page.click("#hint", "Got it");
    page.until("the hint goes", || !page.sees("#hint"));
    let blocks = page.long_blocks(30);
    let (first, second, third) = (blocks[0], blocks[1], blocks[2]);
    mark_in_each_way(page, first, second);
    overlap(page, first);
    let nested = cycle(page, first);
    resize(page, first, &nested);
    relabel_and_note(page, &nested);
    delete_and_undo(page, &nested);
    words_and_paragraphs(page, second, third);
    keeping::keep_and_export(page);
}

/// Selects a place and labels it with a key; gives the identifier.
fn mark(page: &Page, place: Place, label: char) -> String {
    page.press(&[], key::ESCAPE);
    let words = page.words_at(place);
    let before = page.painted();
    page.drag(place);
    page.label(label);
    new_mark(page, &before, &words)
}

/// The annotation of these words that was not there before.
fn new_mark(page: &Page, before: &[Painted], words: &str) -> String {
    let is_new = |it: &Painted| it.text == words && before.iter().all(|old| old.id != it.id);
    page.until(&format!("“{words}” is marked"), || {
        page.painted().iter().any(is_new)
    });
    let found = page.painted().into_iter().find(|it| is_new(it));
    found.expect("it is there").id
}

/// The words painted for one annotation.
fn words_of(page: &Page, id: &str) -> String {
    let found = page.painted().into_iter().find(|it| it.id == id);
    found.map(|it| it.text).unwrap_or_default()
}

fn label_of(page: &Page, id: &str) -> String {
    let project = page.project();
    annotation(&project, id)["label"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fn mark_in_each_way(page: &Page, first: usize, second: usize) {
    page.step("a claim by the bar at the selection");
    let words = page.words_at(page.words(first, 0, 6));
    let before = page.painted();
    page.drag(page.words(first, 0, 6));
    page.find("#draft-bar");
    page.click("#draft-bar", "Claim");
    let claim = new_mark(page, &before, &words);
    page.until_said("Marked as claim");
    assert_eq!(label_of(page, &claim), "claim");
    let row = page.text_of(&format!(
        "document.querySelector('#mark-list li[data-annotation=\"{claim}\"] .mark-row').innerText"
    ));
    assert!(
        row.contains("Claim") && row.contains(&words),
        "the row says {row}"
    );

    page.step("a quote by the palette");
    page.press(&[], key::ESCAPE);
    let words = page.words_at(page.words(first, 10, 4));
    let before = page.painted();
    page.drag(page.words(first, 10, 4));
    page.find("#draft-bar");
    page.click("#palette", "Quote");
    let quote = new_mark(page, &before, &words);
    assert_eq!(label_of(page, &quote), "quote");

    page.step("an opinion by its key");
    let opinion = mark(page, page.words(second, 2, 7), '3');
    assert_eq!(label_of(page, &opinion), "opinion");

    page.step("a claim by painting");
    page.press(&[], key::ESCAPE);
    page.press(&[], '1');
    let armed = "document.querySelector('#palette [aria-pressed=true]')?.innerText.trim() ?? ''";
    page.until("the label is armed", || page.text_of(armed) == "Claim");
    let words = page.words_at(page.words(second, 15, 3));
    let before = page.painted();
    page.drag(page.words(second, 15, 3));
    let painted = new_mark(page, &before, &words);
    assert_eq!(label_of(page, &painted), "claim");
    page.press(&[], '1');
    page.until("the label is not armed", || page.text_of(armed).is_empty());

    let open = page.open_document();
    let count = |label: &str| {
        page.text_of(&format!(
            "document.querySelector('#articles li[data-document=\"{open}\"] [data-count=\"{label}\"]')?.innerText.trim() ?? ''"
        ))
    };
    page.until("the list counts two claims", || count("claim") == "2");
    assert_eq!(
        (count("quote"), count("opinion")),
        ("1".to_owned(), "1".to_owned())
    );
}

fn overlap(page: &Page, first: usize) {
    page.step("overlapping, nested and identical spans");
    mark(page, page.words(first, 2, 10), '3');
    mark(page, page.words(first, 2, 2), '2');
    mark(page, page.words(first, 0, 6), '3');
    let most = "Math.max(...[...document.querySelectorAll('#reader mark')]
        .map(it => it.dataset.annotations.split(' ').length))";
    assert_eq!(page.read(most), 4, "four annotations lie over one another");
    assert_eq!(page.painted().len(), 7);
}

/// Clicks through the four annotations over one word; gives the nested, smallest one.
fn cycle(page: &Page, first: usize) -> String {
    page.step("clicking goes through all that lie over a word, the smallest first");
    page.press(&[], key::ESCAPE);
    let word = page.words(first, 2, 1);
    let mut seen: Vec<String> = Vec::new();
    for _ in 0..5 {
        // Two clicks within half a second would be a double click.
        page.rest(650);
        page.click_text(word, 1);
        let before = seen.last().cloned();
        page.until("the next annotation has the focus", || {
            page.focused().is_some() && page.focused() != before
        });
        seen.extend(page.focused());
    }
    let lengths: Vec<usize> = seen[..4]
        .iter()
        .map(|id| words_of(page, id).chars().count())
        .collect();
    assert!(lengths.is_sorted(), "smallest first: {lengths:?}");
    assert_eq!(seen[4], seen[0], "after the last comes the first");
    let mut different = seen[..4].to_vec();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 4, "each is reached: {seen:?}");
    let focused = page
        .text_of("document.querySelector('#reader mark.is-focused')?.dataset.annotations ?? ''");
    assert!(
        focused.split(' ').any(|id| id == seen[4]),
        "its marks look focused"
    );
    seen[4].clone()
}

fn resize(page: &Page, first: usize, id: &str) {
    page.step("an end follows its handle");
    let wanted = page.words(first, 2, 5);
    let (_, to) = page.ends(wanted);
    let from = page.middle_of(".handle[data-end=\"end\"]");
    page.browser.act(actions::drag(from, to));
    let words = page.words_at(wanted);
    page.until("the mark ends where the handle was dropped", || {
        words_of(page, id) == words
    });

    page.step("the ends follow the keys");
    let text = page.blocks()[first].clone();
    let step = |held: char, arrow: char, what: &str, fits: &dyn Fn(&str, &str) -> bool| {
        let before = words_of(page, id);
        page.press(&[held], arrow);
        page.until(what, || words_of(page, id) != before);
        let after = words_of(page, id);
        assert!(fits(&before, &after), "{what}: “{before}” became “{after}”");
        assert!(text.contains(&after));
    };
    step(
        key::SHIFT,
        key::RIGHT,
        "the end goes a word on",
        &|old, new| new.starts_with(old) && new.len() > old.len(),
    );
    step(
        key::ALT,
        key::LEFT,
        "the end goes a character back",
        &|old, new| old.starts_with(new) && old.chars().count() == new.chars().count() + 1,
    );
    step(
        key::ALT,
        key::RIGHT,
        "the end goes a character on",
        &|old, new| new.starts_with(old) && new.chars().count() == old.chars().count() + 1,
    );
    step(
        key::SHIFT,
        key::LEFT,
        "the end goes a word back",
        &|old, new| old.starts_with(new),
    );
    step(
        key::SHIFT,
        key::DOWN,
        "the start goes a word on",
        &|old, new| old.ends_with(new),
    );
    step(
        key::ALT,
        key::DOWN,
        "the start goes a character on",
        &|old, new| old.ends_with(new) && old.chars().count() == new.chars().count() + 1,
    );
    step(
        key::ALT,
        key::UP,
        "the start goes a character back",
        &|old, new| new.ends_with(old) && new.chars().count() == old.chars().count() + 1,
    );
    step(
        key::SHIFT,
        key::UP,
        "the start goes a word back",
        &|old, new| new.ends_with(old),
    );
}

fn relabel_and_note(page: &Page, id: &str) {
    page.step("relabel by key and by the bar at the mark");
    assert_eq!(label_of(page, id), "quote");
    page.press(&[], '3');
    page.until("it is an opinion", || label_of(page, id) == "opinion");
    page.click("#mark-bar", "Claim");
    page.until("it is a claim", || label_of(page, id) == "claim");

    page.step("a note");
    page.click("#mark-bar", "Note");
    page.until("the note can be written", || {
        page.is("document.activeElement.tagName === 'TEXTAREA'")
    });
    page.type_keys("Who says so? 2 sources");
    page.press(&[], key::ESCAPE);
    page.until("the note is kept", || {
        annotation(&page.project(), id)["note"] == "Who says so? 2 sources"
    });
    assert_eq!(
        page.focused().as_deref(),
        Some(id),
        "Escape in the note leaves the mark in focus"
    );
}

fn delete_and_undo(page: &Page, id: &str) {
    let is_there = || page.painted().iter().any(|it| it.id == id);
    page.step("delete, undo and redo by button and by key");
    page.press(&[], key::DELETE);
    page.until("it is gone", || !is_there());
    assert!(page.text_of("[...document.querySelectorAll('#topbar button')].find(it => it.innerText.trim() === 'Undo').title").contains("Undo"));
    page.click("#topbar", "Undo");
    page.until("it is back", is_there);
    page.until_said("Undone");
    page.click("#topbar", "Redo");
    page.until("it is gone again", || !is_there());
    page.press(&[key::CONTROL], 'z');
    page.until("it is back again", is_there);
    page.press(&[key::CONTROL, key::SHIFT], 'z');
    page.until("it is gone a third time", || !is_there());
    page.press(&[key::CONTROL], 'z');
    page.until("it is back for good", is_there);
    assert_eq!(
        annotation(&page.project(), id)["note"],
        "Who says so? 2 sources"
    );
}

fn words_and_paragraphs(page: &Page, second: usize, third: usize) {
    page.step("a double click takes the word, a triple click the paragraph");
    page.press(&[], key::ESCAPE);
    let word = page.words(second, 20, 1);
    let words = page.words_at(word);
    let before = page.painted();
    page.click_text(word, 2);
    page.find("#draft-bar");
    page.press(&[], '1');
    new_mark(page, &before, &words);
    page.press(&[], key::ESCAPE);
    page.rest(600);
    let whole = page.blocks()[third].trim().to_owned();
    let before = page.painted();
    page.click_text(page.words(third, 1, 1), 3);
    page.find("#draft-bar");
    page.press(&[], '2');
    new_mark(page, &before, &whole);

    page.step("whole words");
    page.press(&[], key::ESCAPE);
    page.click_label("#palette", "Whole words");
    let wanted = page.words(second, 22, 3);
    let words = page.words_at(wanted);
    let before = page.painted();
    page.drag(Place {
        from: wanted.from + 1,
        to: wanted.to - 1,
        ..wanted
    });
    page.find("#draft-bar");
    page.press(&[], '1');
    new_mark(page, &before, &words);
    page.click_label("#palette", "Whole words");

    page.step("the state of the article");
    page.click_label("#reader-head", "In progress");
    let open = page.open_document();
    page.until("the list shows the state", || {
        page.sees(&format!(
            "#articles li[data-document=\"{open}\"][data-progress=\"in-progress\"]"
        ))
    });
}
