//! Several marks are picked in the list and changed together.

use e2e::exported::annotations;
use e2e::{Engine, Options, Page, key, run, sample};

#[test]
fn marks_are_changed_together_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        body(page);
        page.reload();
        page.click("#marks", "Select several");
        page.click("#picked-bar", "Select all");
        page.assert_accessible("several marks are selected");
        page.pretend("prefers-color-scheme", "dark");
        page.assert_accessible("several marks are selected, dark");
        page.pretend("forced-colors", "active");
        page.assert_accessible("several marks are selected, forced colours");
    });
}

#[test]
fn marks_are_changed_together_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

#[test]
fn marks_are_changed_together_by_a_finger() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        open(page);
        page.click("#topbar", "Marks");
        page.until("the sheet comes", || page.sees("#marks.is-open"));
        page.rest(300);
        page.tap_on(".pick-several");
        for row in [1, 3] {
            page.tap_on(&format!("#mark-list li:nth-child({row}) .mark-row"));
        }
        page.until("two are selected", || tally(page) == "2 selected");
        page.assert_accessible("phone, several marks are selected");
        let small = page.read(
            "[...document.querySelectorAll('#picked-bar button')].map(it => it.getBoundingClientRect())
               .filter(it => it.height < 43).length",
        );
        assert_eq!(small, 0, "buttons are too small for a finger");
        page.tap_on("#picked-bar .label-button:nth-of-type(3)");
        page.until("both are opinions", || {
            labels(page)[0] == "opinion" && labels(page)[2] == "opinion"
        });
    });
}

/// An article with five claims, one after the other.
fn open(page: &Page) {
    let text = "One claim. Two claims. Three claims. Four claims. Five claims.";
    let mut start = 0;
    let marks = text.split_inclusive(". ").map(|words| {
        let from = start;
        start += words.len();
        sample::Marked {
            start: from,
            end: from + words.trim_end().len(),
            label: "claim",
        }
    });
    let marks: Vec<_> = marks.collect();
    let project = sample::project("five", "Five", text, &marks);
    page.server.add("five.json", project.to_string());
    page.open("?set=five.json");
    page.until("the marks are listed", || page.count("#mark-list li") == 5);
}

/// The labels of all marks, in text order.
fn labels(page: &Page) -> Vec<String> {
    let project = page.project();
    let mut all = annotations(&project);
    all.sort_by_key(|it| it["fragments"][0]["start"].as_u64());
    all.iter()
        .map(|it| it["label"].as_str().unwrap_or_default().to_owned())
        .collect()
}

fn tally(page: &Page) -> String {
    page.text_of("document.querySelector('#picked-bar [role=status]')?.textContent ?? ''")
}

/// The words that the text shows as picked.
fn shown_picked(page: &Page) -> String {
    page.text_of("[...(CSS.highlights.get('picked') ?? [])].map(it => it.toString()).join('|')")
}

/// Which rows are shown as picked, counted from 1.
fn picked(page: &Page) -> Vec<u64> {
    let rows = page.read(
        "[...document.querySelectorAll('#mark-list li')].filter(it => it.querySelector('.mark-row[aria-pressed=true]'))
           .map(it => +it.getAttribute('aria-posinset'))",
    );
    let rows = rows.as_array().into_iter().flatten();
    rows.filter_map(serde_json::Value::as_u64).collect()
}

#[track_caller]
fn until_picked(page: &Page, rows: &[u64]) {
    page.until(&format!("{rows:?} are selected"), || picked(page) == rows);
}

fn click(page: &Page, held: &[char], row: usize) {
    let at = page.middle_of(&format!("#mark-list li:nth-child({row}) .mark-row"));
    let act = e2e::actions::click(at, 1);
    page.browser.act(e2e::actions::while_held(held, act));
}

fn body(page: &Page) {
    change_together(page);
    merge_and_split(page);
}

/// The words of all marks, in text order.
fn words(page: &Page) -> Vec<String> {
    let project = page.project();
    e2e::exported::assert_exact(&project);
    let mut all = annotations(&project);
    all.sort_by_key(|it| it["fragments"][0]["start"].as_u64());
    all.iter()
        .map(|it| {
            it["fragments"][0]["exact"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

fn merge_and_split(page: &Page) {
    page.step("marks that are selected are merged");
    page.move_to_fresh_origin();
    open(page);
    click(page, &[], 1);
    click(page, &[key::SHIFT], 2);
    until_picked(page, &[1, 2]);
    page.until("the text shows which", || {
        shown_picked(page) == "One claim.|Two claims."
    });
    page.click("#picked-bar", "Merge");
    page.until("none is selected", || shown_picked(page).is_empty());
    let merged = "One claim. Two claims.";
    page.until("two are one", || {
        words(page).len() == 4 && words(page)[0] == merged
    });
    page.until("it is painted as one", || page.painted()[0].text == merged);
    page.step("a mark is split at the last click, by a key");
    let place = page.place("Two", 0);
    page.click_text(place.first(1), 1);
    page.press(&[], 'x');
    page.until("it is two", || words(page).len() == 5);
    let parts = words(page)[..2].join(" ");
    assert_eq!(parts, merged);
    page.step("the one in focus takes in those beside it");
    page.press(&[], 'm');
    page.until("all are one", || words(page).len() < 5);
    page.press(&[key::CONTROL], 'z');
    page.until("one undo takes it back", || words(page).len() == 5);
    page.step("a mark is split at the word cursor");
    page.press(&[key::CONTROL], 'z');
    page.until("it is one again", || words(page)[0] == merged);
    page.press(&[], key::ESCAPE);
    crate::keyboard::tab_to(page, "#reader");
    page.press(&[], key::ENTER);
    page.until("the cursor is there", || {
        page.is("CSS.highlights.has('cursor')")
    });
    page.press(&[], key::HOME);
    page.press(&[], key::RIGHT);
    page.press(&[], key::RIGHT);
    page.press(&[], 'x');
    page.until("it is two", || {
        words(page)[..2] == ["One claim.", "Two claims."]
    });
}

/// Marks that are selected go into a file of their own, from the bar and from the dialog.
fn save_selected(page: &Page) {
    page.step("the selected marks are exported");
    let chosen = |file: &serde_json::Value| {
        e2e::exported::assert_exact(file);
        let marks = annotations(file);
        let words = marks.iter().map(|it| it["fragments"][0]["exact"].clone());
        words.collect::<Vec<_>>()
    };
    let wanted = ["One claim.", "Three claims."];
    page.press(&[], key::ESCAPE);
    click(page, &[key::CONTROL], 1);
    click(page, &[key::CONTROL], 3);
    until_picked(page, &[1, 3]);
    page.click("#picked-bar", "Export selected");
    let by_bar = page.download();
    assert_eq!(chosen(&e2e::exported::parse(&by_bar)), wanted);
    page.click("#topbar", "Export");
    page.click_label("#export", "Selected marks");
    page.until("it is told", || {
        page.text_of("document.querySelector('#export .side-note').textContent")
            .starts_with("2 marks")
    });
    page.click("#export", "Download JSON");
    assert_eq!(page.download(), by_bar);
    page.until("the dialog is closed", || !page.sees("#export"));
    until_picked(page, &[1, 3]);
    page.press(&[], key::ESCAPE);
    page.step("the file can be opened, and takes the place of nothing");
    let file = page
        .browser
        .downloads
        .join("part.txt")
        .with_extension("json");
    std::fs::write(&file, &by_bar).expect("a file");
    page.choose_files(&[&file]);
    page.until("it was read", || {
        page.sees("dialog#report") || !page.notices().is_empty()
    });
    if page.sees("dialog#report") {
        page.click("#report", "Close");
    }
    std::fs::remove_file(&file).expect("it is there");
    assert_eq!(labels(page).len(), 5);
}

fn change_together(page: &Page) {
    open(page);
    page.step("Ctrl and a click pick one more, Shift and a click a range");
    click(page, &[], 2);
    page.until("the mark has the focus", || {
        page.count("#mark-list .is-focused") == 1
    });
    click(page, &[key::CONTROL], 4);
    until_picked(page, &[2, 4]);
    assert_eq!(tally(page), "2 selected");
    click(page, &[key::SHIFT], 1);
    until_picked(page, &[1, 2, 3, 4]);
    click(page, &[], 3);
    until_picked(page, &[1, 2, 4]);
    page.step("a digit relabels them, one undo takes it back");
    page.press(&[], '2');
    page.until("three are quotes", || {
        labels(page) == ["quote", "quote", "claim", "quote", "claim"]
    });
    page.press(&[key::CONTROL], 'z');
    page.until("all are claims again", || labels(page) == ["claim"; 5]);
    until_picked(page, &[1, 2, 4]);
    page.click("#picked-bar", "Opinion");
    page.until("three are opinions", || {
        labels(page) == ["opinion", "opinion", "claim", "opinion", "claim"]
    });
    page.press(&[], key::ESCAPE);
    page.until("nothing is selected", || !page.sees("#picked-bar"));
    assert_eq!(page.count("#mark-list [aria-pressed]"), 0);

    page.step("Shift and arrows from row to row; Delete, and the focus stays in the list");
    click(page, &[], 5);
    page.press(&[], key::ESCAPE);
    page.press(&[key::SHIFT], key::UP);
    until_picked(page, &[4, 5]);
    page.press(&[key::SHIFT], key::UP);
    page.press(&[key::SHIFT], key::UP);
    until_picked(page, &[2, 3, 4, 5]);
    page.press(&[key::SHIFT], key::DOWN);
    until_picked(page, &[3, 4, 5]);
    page.press(&[], key::DELETE);
    page.until("two are left", || labels(page).len() == 2);
    page.until_said("Deleted 3 marks");
    page.until("the focus is on a row", || {
        page.is("document.activeElement.matches('.mark-row')")
    });
    page.press(&[key::CONTROL], 'z');
    page.until("one undo takes it back", || labels(page).len() == 5);

    page.step("all that the filter lets through");
    page.click("#marks .filter", "Opinion");
    page.until("three are listed", || page.count("#mark-list li") == 3);
    click(page, &[], 1);
    page.press(&[key::CONTROL], 'a');
    page.until("three are selected", || tally(page) == "3 selected");
    page.press(&[], key::DELETE);
    page.until("two are left", || labels(page) == ["claim"; 2]);
    page.press(&[key::CONTROL], 'z');
    page.until("one undo takes it back", || labels(page).len() == 5);
    page.click("#marks .filter", "Opinion");
    save_selected(page);
    page.step("a mark in focus ends it");
    click(page, &[key::CONTROL], 1);
    until_picked(page, &[1]);
    page.press(&[], 'n');
    page.until("nothing is selected", || !page.sees("#picked-bar"));
}
