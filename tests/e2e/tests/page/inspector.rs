//! What is asked and said of marks: answered by mouse, keys and finger, kept, undone and exported.

mod answers;
mod quiet;
mod relations;
mod speakers;

use e2e::exported::{annotations, assert_exact};
use e2e::{Page, key, sample};
use serde_json::Value;

use crate::schema::require;

/// A quote, and who says it a few words later.
pub(crate) const QUOTE: &str = "“Nobody should walk home with a flat tyre,”";
pub(crate) const SECOND: &str = "“not even in November.”";
pub(crate) const CLAIM: &str = "The posts cost 4 €m in all";
pub(crate) const OPINION: &str = "a cruel joke";

/// Opens the pair of articles, lets two of the questions that come with the page be ones that have to be
/// answered, and shows all of them.
pub(crate) fn open_asking(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.click("#hint", "Got it");
    require(page, "speaker");
    require(page, "whose");
    page.select(CLAIM);
    page.label('1');
    page.click_on("#mark-list .more-questions");
    page.find("#mark-list .question[data-question=checkable]");
    page.press(&[], key::ESCAPE);
    page.until("the focus is let go of", || page.focused().is_none());
}

/// As [`open_asking`], by script: for a phone, where nothing is dragged.
pub(crate) fn prepare(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.tap_on("#hint button");
    let at = sample::BICYCLE.find(CLAIM).expect("it is there");
    let start = sample::BICYCLE[..at].chars().count();
    let wish = serde_json::json!({"document": "bicycle", "start": start, "end": start + CLAIM.chars().count(), "label": "claim"});
    page.browser.read_later(
        "await window.sourcelight.annotate(arguments[0])",
        vec![wish],
    );
    page.until_painted(CLAIM);
    require(page, "speaker");
    page.tap_words("4 €m in");
    page.find("#mark-bar");
    page.tap_on(".narrow-only button:nth-child(2)");
    page.rest(400);
    page.click_on("#mark-list .more-questions");
    page.find("#mark-list .question[data-question=checkable]");
    page.click("#marks", "Close");
    page.rest(400);
    page.press(&[], key::ESCAPE);
    page.until("the focus is let go of", || page.focused().is_none());
}

/// Gives the focus to a mark with these words.
#[track_caller]
pub(crate) fn focus(page: &Page, words: &str) {
    page.click_text(page.place(words, 0), 1);
    page.until("it has the focus", || page.focused().is_some());
}

/// What the file says is answered about the mark with these words.
pub(crate) fn answers(page: &Page, words: &str) -> Value {
    mark_in_file(page, words)["attributes"].clone()
}

/// The mark with these words, in the file.
pub(crate) fn mark_in_file(page: &Page, words: &str) -> Value {
    let project = page.project();
    assert_exact(&project);
    let all = annotations(&project);
    let mut fitting = all.iter().filter(|it| it["fragments"][0]["exact"] == words);
    (*fitting.next().expect("it is in the file")).clone()
}

/// The names of the cast, in the file.
pub(crate) fn cast(page: &Page) -> Vec<String> {
    let project = page.project();
    let all = project["cast"].as_array().cloned().unwrap_or_default();
    let mut names: Vec<String> = all
        .iter()
        .filter_map(|it| it["name"].as_str().map(str::to_owned))
        .collect();
    names.sort();
    names
}

/// Where the keyboard's focus is.
pub(crate) fn has_focus(page: &Page, selector: &str) -> bool {
    page.is(&format!("!!document.activeElement?.matches('{selector}')"))
}

#[track_caller]
pub(crate) fn until_focus(page: &Page, selector: &str) {
    page.until(&format!("{selector} has the focus"), || {
        has_focus(page, selector)
    });
}
