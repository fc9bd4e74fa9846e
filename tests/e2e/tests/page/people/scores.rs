//! Scores against a key, and ten minutes with the practice set.

use super::agreement::open_class;
use super::*;

#[test]
fn scores_are_shown_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1280, 860, 1.0);
        scores(page);
    });
}

#[test]
fn scores_are_shown_in_firefox() {
    run(&Options::new(Engine::Firefox), scores);
}

#[test]
fn it_can_be_tried_from_the_first_visit() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1280, 860, 1.0);
        tried(page);
    });
}

fn row(page: &Page, who: &str) -> String {
    page.text_of(&format!(
        "[...document.querySelectorAll('#people [data-person={who}] > *')].map(it => it.textContent).join(' | ')"
    ))
}

fn scores(page: &Page) {
    page.step("what somebody marked is the key for the others");
    open_class(page);
    command(page, "People:");
    page.click("#people", "Scores");
    page.find("#score-key");
    page.until("the first is the key", || {
        page.count("#people [data-person]") == 2
    });
    assert_eq!(
        row(page, "cleo"),
        "cleo | 60 % (1.50 of 2.50) | 1 | 0 | 1 | 0 | 0"
    );
    let ben = row(page, "ben");
    assert!(ben.ends_with("| 1 | 1 | 0 | 0 | 0"), "{ben}");
    if !page.is_firefox() {
        page.assert_accessible("the scores");
        page.screenshot("scores");
    }

    page.step("mark by mark, with the way to its place");
    page.click("#people [data-person=ben]", "ben");
    page.find("#people .verdicts");
    let told = words_of(page, "#people .verdicts [data-outcome=edge-off]");
    assert!(told.contains("begins 3 words early"), "{told}");
    if !page.is_firefox() {
        page.screenshot("score-of-one");
    }
    page.click("#people", "All people");

    page.step("the table is a file");
    page.click("#people", "Save the table (CSV)");
    let (_, bytes) = page.download_of("csv");
    let table = String::from_utf8(bytes).expect("it is text");
    assert!(
        table.contains("\"cleo\",0.60,1.50,2.50,1,0,1,0,0"),
        "{table}"
    );
    page.step("scripts are told the same");
    let ask = "return await window.sourcelight.score({annotator: 'ben', key: 'ann', tolerance: 3})";
    let told = page.browser.read_later(ask, Vec::new());
    let outcomes: Vec<&Value> = list(&told["articles"][0]["marks"])
        .map(|it| &it["outcome"])
        .collect();
    assert_eq!(outcomes, ["found", "found"], "{told}");
    let refused = page.browser.read_later(
        "return await window.sourcelight.score({key: '{}'})",
        Vec::new(),
    );
    assert!(
        refused["thrown"]
            .as_str()
            .is_some_and(|it| it.contains("no key")),
        "{refused}"
    );
}

fn tried(page: &Page) {
    page.step("one press at the first visit");
    page.open("");
    page.screenshot("first-visit");
    page.click("#hint", "Try it: 10 minutes");
    page.find("#lesson-bar");
    page.assert_accessible("the practice");
    mark(page, "Council suspends Kelmsund ferry licence");
    page.click("#lesson-bar", "See how you did");
    page.find("#people .verdicts");
    let told = words_of(page, "#people .verdicts");
    assert!(told.contains("A headline is a claim too"), "{told}");
    assert!(page.count("#people [data-outcome=missed]") > 10);
    page.screenshot("practice-score");
    page.resize(390, 800, 1.0);
    page.pretend("prefers-color-scheme", "dark");
    page.rest(600);
    page.screenshot("practice-score-phone-dark");
    page.assert_accessible("one's own score on a phone");
}
