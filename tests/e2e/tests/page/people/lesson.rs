//! A lesson: made, opened with one press, its steps beside the text, and handed in.

use super::*;

#[test]
fn a_lesson_is_made_and_done_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1280, 860, 1.0);
        lesson(page);
        page.pretend("prefers-color-scheme", "dark");
        page.screenshot("lesson-bar-dark");
        page.resize(390, 800, 1.0);
        page.rest(600);
        page.screenshot("lesson-bar-phone");
    });
}

#[test]
fn a_lesson_is_made_and_done_in_firefox() {
    run(&Options::new(Engine::Firefox), lesson);
}

fn lesson(page: &Page) {
    page.step("a teacher saves a lesson");
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.click("#hint", "Got it");
    mark(page, WORDS[0]);
    command(page, "People:");
    page.click("#people", "Lesson");
    page.fill("#lesson-title", "Who says what?");
    page.fill("#lesson-about", "Read the article first.");
    page.fill(
        "#people textarea[aria-label$='step 1']",
        "Mark every claim.",
    );
    page.click_label("#people .lesson-step", "Claim");
    page.fill("#people .lesson-step input[type=number]", "2");
    page.click("#people", "Add a step");
    page.fill(
        "#people textarea[aria-label$='step 2']",
        "Mark what somebody feels.",
    );
    page.click_label("#people", "What I have marked is the model answer");
    page.fill("#lesson-name", "6b lake");
    if !page.is_firefox() {
        page.assert_accessible("the lesson in the making");
        page.screenshot("lesson-form");
    }
    page.click("#people", "Save the lesson");
    let (name, bytes) = page.download_of("json");
    assert_eq!(name, "lesson-who-says-what.json");
    let file = parse(&bytes);
    let saved = String::from_utf8(bytes.clone()).expect("it is text");
    assert_eq!(file["lesson"]["steps"][0]["count"], 2);
    assert_eq!(file["lesson"]["key"]["format"], "sourcelight-key");
    assert!(
        annotations(&file).is_empty(),
        "the teacher's marks are in the key alone"
    );

    page.step("a student opens it, and one press begins");
    page.move_to_fresh_origin();
    page.server.add("empty/index.json", EMPTY);
    page.open("?set=empty/index.json");
    let path = write(page, "lesson.json", &bytes);
    page.choose_files(&[&path]);
    page.find("dialog#lesson");
    if !page.is_firefox() {
        page.assert_accessible("the lesson before it begins");
        page.screenshot("lesson-offered");
    }
    page.press(&[], key::ENTER);
    page.find("#lesson-bar");
    page.until("its first article is open", || {
        page.open_document() == "bicycle"
    });
    assert!(words_of(page, "#lesson-bar").contains("Mark every claim."));
    assert_eq!(
        words_of(page, "#lesson-bar .lesson-progress"),
        "Claim · 0 of 2 marks"
    );
    mark(page, WORDS[1]);
    mark(page, WORDS[2]);
    page.until("it is counted", || {
        words_of(page, "#lesson-bar .lesson-progress") == "Claim · 2 of 2 marks"
    });
    page.until("it is saved", || page.save_state() == "saved");

    page.step("it is there the next time, at the step one is at");
    page.click("#lesson-bar", "Next step");
    page.until("the next step is told", || {
        words_of(page, "#lesson-bar").contains("Mark what somebody feels.")
    });
    if !page.is_firefox() {
        page.assert_accessible("a lesson");
        page.screenshot("lesson-bar");
    }
    page.reload();
    page.find("#lesson-bar");
    assert!(words_of(page, "#lesson-bar").contains("Step 2 of 2"));

    page.step("it is handed in under its name");
    assert!(
        !words_of(page, "#lesson-bar").contains("See how you did"),
        "not before"
    );
    page.click("#lesson-bar", "Hand in");
    page.find("dialog#hand-in");
    page.fill("#hand-in-by", "Ann");
    page.click("#hand-in", "Save the file");
    let (name, bytes) = page.download_of("json");
    assert_eq!(name, "6b-lake-ann.json");
    let handed_in = parse(&bytes);
    assert_eq!(handed_in["handIn"]["lesson"], file["lesson"]["id"]);
    assert_eq!(annotations(&handed_in).len(), 2);
    page.until("the dialog is closed", || !page.sees("dialog[open]"));

    page.step("then one may see how one did, the next time, too");
    page.button("#lesson-bar", "See how you did");
    page.until("it is saved", || page.save_state() == "saved");
    page.reload();
    page.find("#lesson-bar");
    page.click("#lesson-bar", "See how you did");
    page.until("the scores are there", || {
        words_of(page, "#people").contains("1 missed, 2 not in the key")
    });
    page.press(&[], key::ESCAPE);
    page.until("they are closed", || !page.sees("dialog[open]"));
    page.click("#lesson-bar", "Put away");
    page.until("it is put away", || !page.sees("#lesson-bar"));

    page.step("a lesson on a site begins the same way");
    page.server.add("class/lesson.json", saved);
    page.open("?set=class/lesson.json");
    page.find("dialog#lesson");
    page.click("#lesson", "Begin");
    page.find("#lesson-bar");
    page.open("?set=class/lesson.json");
    page.find("#lesson-bar");
    assert!(
        !page.sees("dialog[open]"),
        "who is in it is not asked again"
    );
}

/// A reading set without articles.
const EMPTY: &str = r#"{"format": "sourcelight-reading-set", "version": "1.0", "title": "Nothing", "articles": []}"#;
