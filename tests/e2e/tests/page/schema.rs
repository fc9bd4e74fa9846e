//! What a project asks of those who mark, changed by the person who marks: labels, questions, relations,
//! schemas as files, the guide.

mod guide;
mod questions;
mod taking_over;

use e2e::exported::{annotations, assert_exact, list};
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::{Value, json};

use crate::doors::choose;
use crate::loading::write;
use crate::storage::mark;

const WORDS: [&str; 3] = ["forty repair posts", "the lake office", "eleven people"];

fn open_pair(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
}

/// Opens the dialog at a page of it.
fn open_editor(page: &Page, at: &str) {
    page.click("#palette", "Labels…");
    page.find("dialog#scheme");
    page.click("#scheme .page-row", at);
}

fn close(page: &Page) {
    page.click("#scheme", "Close");
    page.until("the dialog is closed", || !page.sees("#scheme"));
}

/// What the foot of the dialog says.
#[track_caller]
fn until_told(page: &Page, words: &str) {
    let mut last = String::new();
    let came = page.comes(std::time::Duration::from_secs(10), || {
        last = page.text_of("document.querySelector('#scheme .scheme-foot p')?.textContent ?? ''");
        last.contains(words)
    });
    assert!(came, "The dialog says “{last}”, not “{words}”.");
}

fn palette(page: &Page) -> String {
    page.text_of(
        "[...document.querySelectorAll('#palette .label-button')]
            .map(it => it.textContent + ':' + (it.dataset.key ?? '')).join(' ')",
    )
}

#[track_caller]
fn until_palette(page: &Page, labels: &str) {
    page.until(&format!("the palette has {labels}"), || {
        palette(page) == labels
    });
}

fn schema(page: &Page) -> Value {
    page.project()["schemes"][0].clone()
}

/// Something of the schema in the file, by the list it is in and its id.
fn known(page: &Page, of: &str, id: &str) -> Value {
    let schema = schema(page);
    let found = list(&schema[of]).find(|it| it["id"] == id);
    found.expect("it is in the file").clone()
}

/// Lets a question be one that has to be answered.
pub(crate) fn require(page: &Page, id: &str) {
    open_editor(page, "Questions");
    page.click_on(&format!("#scheme [data-row={id}] button"));
    page.click_label("#scheme", "It has to be answered before an article is done");
    page.click("#scheme", "Save");
    until_told(page, "Done: change question");
    close(page);
}

fn open_label(page: &Page, id: &str) {
    page.click_on(&format!("#scheme [data-row={id}] button"));
    page.find("#label-name");
}

#[test]
fn labels_are_changed_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        open_pair(page);
        adding(page);
        looks(page);
        states(page);
        leaving(page);
        open_editor(page, "Labels");
        page.assert_accessible("the labels");
        open_label(page, "claim");
        page.assert_accessible("a label");
        page.pretend("prefers-color-scheme", "dark");
        page.assert_accessible("a label, dark");
    });
}

#[test]
fn labels_are_changed_in_firefox() {
    run(&Options::new(Engine::Firefox), |page| {
        open_pair(page);
        adding(page);
        states(page);
        leaving(page);
    });
}

/// A label more, with a key of its own, is used at once and stays.
fn adding(page: &Page) {
    page.step("a label is added");
    open_editor(page, "Labels");
    page.click("#scheme", "Add a label");
    page.fill("#label-name", "Figure");
    page.fill("#label-key", "n");
    choose(page, "#label-line", 5);
    page.fill("#label-definition", "A number that somebody counted.");
    page.fill("#label-examples", "forty posts");
    page.click("#scheme", "Add");
    until_told(page, "n is taken: “Go to the next mark”");
    page.fill("#label-key", "2");
    page.click("#scheme", "Add");
    until_told(page, "2 is the key of “Quote” already.");
    page.fill("#label-key", "q");
    page.click("#scheme", "Add");
    until_told(page, "Done: add label “Figure”.");
    page.find("#scheme [data-row=figure]");
    close(page);
    until_palette(page, "Claim:1 Quote:2 Opinion:3 Figure:q");
    page.step("its key marks, and its line is in the text");
    page.select(WORDS[0]);
    page.label('q');
    page.until_painted(WORDS[0]);
    assert!(page.is(
        "getComputedStyle(document.querySelector('mark[data-labels=figure]')).textDecorationStyle === 'wavy'"
    ));
    page.press(&[], key::ESCAPE);
    page.step("it stays, and one undo takes it back with what was marked");
    page.reload();
    until_palette(page, "Claim:1 Quote:2 Opinion:3 Figure:q");
    assert_eq!(page.painted().len(), 1);
    let known = schema(page);
    let figure = list(&known["labels"]).find(|it| it["id"] == "figure");
    let figure = figure.expect("it is in the file");
    assert_eq!(figure["line"], "wavy");
    assert_eq!(figure["examples"], json!(["forty posts"]));
}

/// Colours are judged while they are chosen; lines, names and the order are taken over.
fn looks(page: &Page) {
    let told = |words: &str| {
        page.until(words, || {
            page.text_of("document.querySelector('#color-told').textContent")
                .contains(words)
        });
    };
    page.step("a colour is judged");
    open_editor(page, "Labels");
    open_label(page, "quote");
    told("Easy to read");
    page.fill("#label-color", "#ffee00");
    told("Hard to read");
    page.fill("#label-color", "#1f62b7");
    told("Easily taken for Claim");
    page.fill("#label-color", "blue");
    told("A colour is written as");
    page.click("#scheme", "Save");
    until_told(page, "A colour is written as");
    page.click("#scheme", "Suggest a colour");
    told("Told apart from all others");
    page.fill("#label-name", "Citation");
    page.click("#scheme", "Save");
    until_told(page, "Done: change label “Quote”.");
    page.step("keys put it in another place, and the digits follow");
    page.until("the focus is where it was", || {
        page.text_of("document.activeElement.textContent") == "Citation"
    });
    page.press(&[key::ALT], key::UP);
    until_told(page, "Done: reorder labels.");
    until_palette(page, "Citation:1 Claim:2 Opinion:3 Figure:q");
    page.until("the focus goes along", || {
        page.text_of("document.activeElement.textContent") == "Citation"
    });
    page.step("undo is at hand");
    page.press(&[key::CONTROL], 'z');
    until_told(page, "Undone: reorder labels.");
    page.click("#scheme", "Undo");
    until_told(page, "Undone: change label “Quote”.");
    page.button("#scheme", "Undo");
    assert!(page.is("document.querySelector('#scheme .scheme-foot button').disabled"));
    page.step("Escape leaves a form first, and then the dialog");
    open_label(page, "quote");
    page.press(&[], key::ESCAPE);
    page.find("#scheme [data-row=quote]");
    page.step("what was typed is not left without a word");
    let is_held = |held: bool| {
        let said = "document.querySelector('#scheme .not-saved')?.textContent ?? ''";
        page.until("it says what is not saved", || {
            page.text_of(said).is_empty() != held && page.sees("#label-definition")
        });
    };
    open_label(page, "quote");
    page.click_on("#label-definition");
    page.type_keys("In marks");
    page.press(&[], key::ESCAPE);
    is_held(true);
    page.type_keys(" of quotation");
    is_held(false);
    page.click("#scheme", "Questions");
    is_held(true);
    let typed = "document.querySelector('#label-definition').value";
    assert!(page.text_of(typed).contains("In marks of quotation"));
    page.press(&[], key::ESCAPE);
    page.find("#scheme [data-row=quote]");
    page.press(&[], key::ESCAPE);
    page.until("the dialog is closed", || !page.sees("#scheme"));
    until_palette(page, "Claim:1 Quote:2 Opinion:3 Figure:q");
}

/// A retired label is offered no more; marks of a hidden one are seen by those who ask.
fn states(page: &Page) {
    page.step("a label is retired: its marks stay, its place goes to the next");
    mark(page, WORDS[1]);
    open_editor(page, "Labels");
    open_label(page, "quote");
    choose(page, "#label-state", 2);
    page.click("#scheme", "Save");
    until_told(page, "Done: change label “Quote”.");
    close(page);
    until_palette(page, "Claim:1 Opinion:2 Figure:q");
    page.step("marks of a hidden label are gone from the text until somebody asks");
    open_editor(page, "Labels");
    open_label(page, "figure");
    choose(page, "#label-state", 1);
    page.click("#scheme", "Save");
    until_told(page, "Done: change label “Figure”.");
    close(page);
    page.until("its mark is hidden", || page.painted().len() == 1);
    page.reload();
    page.until("it is hidden after a reload", || page.painted().len() == 1);
    assert_eq!(annotations(&page.project()).len(), 2, "the file has all");
    page.click("#only-shown", "Show all");
    page.until("it is back", || page.painted().len() == 2);
    page.step("a mark in focus gets another label by the key of that one");
    page.click_text(page.place(WORDS[1], 0).first(1), 1);
    page.until("it has the focus", || page.focused().is_some());
    page.press(&[], '2');
    page.until("it is an opinion", || {
        page.count("mark[data-labels=opinion]") == 1
    });
    page.press(&[], key::ESCAPE);
    assert_exact(&page.project());
}

/// What becomes of marks whose label goes is asked.
fn leaving(page: &Page) {
    let labels = || {
        let project = page.project();
        let mut labels: Vec<String> = annotations(&project)
            .iter()
            .map(|it| it["label"].as_str().unwrap_or_default().to_owned())
            .collect();
        labels.sort();
        labels.join(" ")
    };
    assert_eq!(labels(), "figure opinion");
    page.step("two labels become one");
    open_editor(page, "Labels");
    open_label(page, "figure");
    page.click("#scheme", "Merge into another…");
    page.find("#merge-into");
    choose(page, "#merge-into", 1);
    page.click("#scheme", "Merge");
    until_told(page, "Done: merge label “Figure” into “Quote”.");
    assert_eq!(labels(), "opinion quote");
    page.click("#scheme", "Undo");
    until_told(page, "Undone: merge label");
    assert_eq!(labels(), "figure opinion");
    page.step("a label is deleted, its marks get another one");
    open_label(page, "figure");
    page.click("#scheme", "Delete…");
    page.find("#move-to");
    page.click("#scheme", "Delete");
    until_told(page, "Done: delete label “Figure”.");
    assert_eq!(labels(), "claim opinion");
    page.step("a label is deleted with its marks");
    open_label(page, "opinion");
    page.click("#scheme", "Delete…");
    page.click_label("#scheme", "They are deleted, too");
    page.click("#scheme", "Delete");
    until_told(page, "Done: delete label “Opinion”.");
    assert_eq!(labels(), "claim");
    page.click("#scheme", "Undo");
    page.until("the mark is back", || labels() == "claim opinion");
    page.click("#scheme", "Undo");
    page.until("the label is back", || labels() == "figure opinion");
    page.step("who thinks better of it loses nothing");
    open_label(page, "figure");
    page.click("#scheme", "Delete…");
    page.click("#scheme", "Back to the label");
    page.find("#label-name");
    page.click("#scheme", "Cancel");
    close(page);
    assert_eq!(labels(), "figure opinion");
}

#[test]
fn marks_in_the_tray_are_marks_of_a_label_that_goes() {
    run(&Options::new(Engine::Chromium), |page| {
        open_pair(page);
        page.click("#hint", "Got it");
        let path = write(page, "lost.json", sample::lost().to_string().as_bytes());
        page.choose_files(&[&path]);
        page.click("#report", "Close");
        page.find("#tray [data-unplaced]");
        open_editor(page, "Labels");
        open_label(page, "claim");
        page.click("#scheme", "Delete…");
        page.find("#move-to");
        page.click("#scheme", "Delete");
        until_told(page, "Done: delete label “Claim”.");
        close(page);
        page.find("#tray [data-unplaced]");
    });
}

#[test]
fn the_schema_editor_fits_a_phone() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        open_pair(page);
        page.tap_on("#hint button");
        let fits = || {
            page.is("document.querySelector('#scheme').scrollWidth <= document.querySelector('#scheme').clientWidth")
        };
        open_editor(page, "Labels");
        page.assert_accessible("the labels on a phone");
        page.screenshot("phone-390-labels");
        assert!(fits());
        open_label(page, "claim");
        page.assert_accessible("a label on a phone");
        assert!(fits());
        page.click("#scheme", "Cancel");
        page.click("#scheme", "Questions");
        page.click("#scheme", "Add a question");
        page.screenshot("phone-390-question");
        assert!(fits());
        page.assert_accessible("a question on a phone");
    });
}
