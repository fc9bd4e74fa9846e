//! axe-core on every screen.

use std::fs;

use e2e::sample::{Dice, LABELS};
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::json;

#[test]
fn axe_finds_nothing_on_the_desktop() {
    run(&Options::new(Engine::Chromium), |page| {
        page.open("");
        page.assert_accessible("first visit, list, article without marks");
        page.click("#hint", "Got it");
        annotate(page, 50);
        page.assert_accessible("50 marks with overlaps");
        let place = page.words(page.long_blocks(30)[1], 3, 5);
        page.drag(place);
        page.find("#draft-bar");
        page.assert_accessible("a selection with its bar");
        page.label('1');
        page.find("#mark-bar");
        page.assert_accessible("a mark in focus with its bar");
        page.press(&[], key::ESCAPE);
        dialogs(page);
        page.click_on("#articles li[data-document] .article-open");
        crate::commands::run_command(page, "theme dark");
        page.until("it is dark", || {
            page.is("document.documentElement.dataset.theme === 'dark'")
        });
        page.assert_accessible("dark");
        page.press(&[], 'n');
        page.find("#mark-bar");
        page.assert_accessible("dark, a mark in focus");
        page.pretend("forced-colors", "active");
        page.assert_accessible("forced colours");
        page.pretend("forced-colors", "none");
        tray_and_empty(page);
    });
}

#[test]
fn axe_finds_nothing_on_a_phone() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        page.open("");
        page.assert_accessible("phone, first visit");
        annotate(page, 50);
        page.assert_accessible("phone, 50 marks");
        for name in ["Articles", "Marks"] {
            page.click("#topbar", name);
            page.rest(300);
            page.assert_accessible(&format!("phone, {name}"));
            page.click(&format!("#{}", name.to_lowercase()), "Close");
        }
        page.click("#topbar", "Menu");
        page.assert_accessible("phone, menu");
    });
}

/// Marks `count` places of the open article, many of them over one another.
fn annotate(page: &Page, count: usize) {
    let id = page.open_document();
    let project = page.project();
    let text = e2e::exported::document(&project, &id)["text"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let letters = text.chars().count();
    let mut dice = Dice::new(50);
    let wishes: Vec<_> = (0..count)
        .map(|number| {
            let start = dice.below(letters - 120);
            let end = start + 4 + dice.below(100);
            json!({"document": id, "start": start, "end": end, "label": LABELS[number % 3]})
        })
        .collect();
    let answer = page.browser.read_later(
        "for (const wish of arguments[0]) await window.sourcelight.annotate(wish); return 'done'",
        vec![json!(wishes)],
    );
    assert_eq!(answer, "done");
    page.until("all are painted", || page.painted().len() >= count);
}

fn dialogs(page: &Page) {
    page.click("#topbar", "Export");
    page.click_label("#export", "Chosen articles");
    page.assert_accessible("export");
    page.type_keys("CoNLL");
    page.rest(200);
    page.assert_accessible("export of another format");
    page.click("#export", "Close");
    let trip = page.browser.downloads.join("trip.jsonl");
    fs::write(&trip, crate::doors::TRIP).expect("a file");
    page.choose_files(&[&trip]);
    page.find("dialog#import .label-meanings");
    page.assert_accessible("import");
    page.click_on("#import summary");
    page.assert_accessible("import, all marks");
    page.click("#import", "Cancel");
    page.click("#topbar", "Paste text");
    page.find("dialog#paste");
    page.assert_accessible("paste");
    page.click("#paste", "Cancel");
    page.click("#reader-head", "Details");
    page.find("dialog#details");
    page.assert_accessible("details");
    page.click("#details", "Cancel");
    page.click("#topbar", "Help");
    page.find("dialog#help");
    page.assert_accessible("help");
    page.click("#help", "Close");
    let good = page.browser.downloads.join("good.txt");
    let bad = page.browser.downloads.join("bad.txt");
    fs::write(&good, "A good file\n\nwith words.").expect("a file");
    fs::write(&bad, "").expect("a file");
    page.choose_files(&[&good, &bad]);
    page.find("dialog#report");
    page.assert_accessible("report");
    page.click("#report", "Undo import");
    page.until("the report is closed", || !page.sees("#report"));
}

/// A mark without a place, then a page without articles.
fn tray_and_empty(page: &Page) {
    let file = page.browser.downloads.join("lost.json");
    fs::write(&file, sample::lost().to_string()).expect("a file");
    page.choose_files(&[&file]);
    page.find("#report");
    page.assert_accessible("report of a mark without a place");
    page.click("#report", "Close");
    page.find("#tray [data-unplaced]");
    page.assert_accessible("tray");
    page.click("#tray", "Discard");
    page.until("the tray is empty", || !page.sees("#tray"));
    while page.count("#articles li[data-document]") > 0 {
        let before = page.count("#articles li[data-document]");
        page.click("#reader-head", "Remove");
        page.until("one less", || {
            page.count("#articles li[data-document]") < before
        });
    }
    page.assert_accessible("no article at all");
}
