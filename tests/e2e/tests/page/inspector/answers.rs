//! Answers about marks and articles: by mouse and keys, one step of undo each, kept and exported.

use e2e::exported::annotations;
use e2e::{Engine, Options, Page, key, run};
use serde_json::json;

use super::{
    CLAIM, OPINION, QUOTE, answers, focus, has_focus, mark_in_file, open_asking, until_focus,
};

#[test]
fn questions_are_answered_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        open_asking(page);
        by_mouse(page);
        by_keys(page);
        more_is_said(page);
        page.assert_accessible("a mark with answers");
        page.pretend("prefers-color-scheme", "dark");
        page.assert_accessible("a mark with answers, dark");
        page.pretend("forced-colors", "active");
        page.assert_accessible("a mark with answers, forced colours");
    });
}

#[test]
fn questions_are_answered_in_firefox() {
    run(&Options::new(Engine::Firefox), |page| {
        open_asking(page);
        by_mouse(page);
        by_keys(page);
        more_is_said(page);
    });
}

#[test]
fn nothing_is_done_in_silence_with_holes() {
    run(&Options::new(Engine::Chromium), what_is_missing);
}

#[test]
fn several_marks_are_answered_at_once() {
    run(&Options::new(Engine::Chromium), batch);
}

#[test]
fn questions_fit_on_a_phone() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        super::prepare(page);
        page.tap_words("4 €m in");
        page.find("#mark-bar");
        page.tap_on(".narrow-only button:nth-child(2)");
        page.find("#mark-list .question");
        page.rest(400);
        page.assert_accessible("phone, the questions about a mark");
        let small = page.read(
            "[...document.querySelectorAll('#mark-list .inspector button, #mark-list .inspector input')]
               .map(it => it.getBoundingClientRect()).filter(it => it.width > 0 && it.height < 43.5).length",
        );
        assert_eq!(small, 0, "controls are lower than a finger");
        page.click("#mark-list", "number");
        page.until("it is answered", || {
            answers(page, CLAIM)["claim-kind"] == json!("number")
        });
        assert!(page.is("document.documentElement.scrollWidth <= innerWidth"));
    });
}

fn pressed(page: &Page, question: &str) -> String {
    page.text_of(&format!(
        "[...document.querySelectorAll('#mark-list [data-question={question}] [aria-pressed=true]')].map(it => it.textContent).join()"
    ))
}

fn by_mouse(page: &Page) {
    page.step("a choice is one step, and the question that waits for it comes");
    focus(page, CLAIM);
    assert!(!page.sees("#mark-list [data-question=check-result]"));
    page.click("#mark-list [data-question=checkable]", "yes");
    page.until("it is in the file", || {
        answers(page, CLAIM)["checkable"] == json!("yes")
    });
    page.find("#mark-list [data-question=check-result]");
    page.press(&[key::CONTROL], 'z');
    page.until("it is taken back", || {
        answers(page, CLAIM)["checkable"].is_null()
    });
    page.until("and the other goes", || {
        !page.sees("#mark-list [data-question=check-result]")
    });
    page.press(&[key::CONTROL, key::SHIFT], 'z');
    page.until("it is done again", || pressed(page, "checkable") == "yes");
    page.step("typing a text is one step");
    page.click_on("#mark-list [data-question=check-source] input");
    page.type_keys("example.org/report");
    page.until("it is in the file", || {
        answers(page, CLAIM)["check-source"] == json!("example.org/report")
    });
    page.press(&[], key::ESCAPE);
    until_focus(page, "#reader");
    page.press(&[key::CONTROL], 'z');
    page.until("all of it is taken back", || {
        answers(page, CLAIM)["check-source"].is_null()
    });
    page.step("an answer that is pressed again is taken back");
    page.click("#mark-list [data-question=checkable]", "yes");
    page.until("it is taken back", || {
        answers(page, CLAIM)["checkable"].is_null()
    });
}

fn by_keys(page: &Page) {
    page.step("keys alone: to the questions, choose, on to the next");
    page.press(&[], key::ESCAPE);
    focus(page, CLAIM);
    page.press(&[], 'a');
    until_focus(page, "[data-question=claim-kind] button");
    page.press(&[], '2');
    page.until("it is answered", || {
        answers(page, CLAIM)["claim-kind"] == json!("number")
    });
    until_focus(page, "[data-question=checkable] button");
    page.press(&[], '1');
    until_focus(page, "[data-question=evidence] button");
    page.press(&[], key::UP);
    until_focus(page, "[data-question=checkable] button[aria-pressed=true]");
    page.press(&[], key::RIGHT);
    page.press(&[], ' ');
    page.until("hard to check", || {
        answers(page, CLAIM)["checkable"] == json!("hard")
    });
    page.press(&[], key::ESCAPE);
    until_focus(page, "#reader");
    page.step("a key leads to the next mark that lacks a required answer");
    page.press(&[], key::ESCAPE);
    page.select(OPINION);
    page.label('3');
    page.until_painted(OPINION);
    page.press(&[], key::ESCAPE);
    page.press(&[], 'u');
    until_focus(page, "[data-question=whose] button");
    page.press(&[], '1');
    page.until("it is the writer's", || {
        answers(page, OPINION)["whose"] == json!("writer")
    });
    page.until("nothing is missing", || !page.sees("#missing-line"));
    page.press(&[], 'u');
    page.until_said("No required answer is missing");
    page.step("it is still so after a reload");
    page.until("it is saved", || page.save_state() == "saved");
    page.reload();
    assert_eq!(answers(page, OPINION)["whose"], json!("writer"));
    assert_eq!(answers(page, CLAIM)["checkable"], json!("hard"));
}

fn more_is_said(page: &Page) {
    page.step("certainty, tags, a conversation");
    focus(page, CLAIM);
    page.click("#mark-list", "Likely");
    page.click_on("#mark-list .tag-field");
    page.type_keys("money");
    page.press(&[], key::ENTER);
    page.type_keys("to check,");
    page.until("both are there", || page.count("#mark-list .tag") == 2);
    page.click("#mark-list", "money");
    page.until("one is gone", || page.count("#mark-list .tag") == 1);
    page.click("#mark-list", "Discuss");
    page.until("the field has the focus", || {
        has_focus(page, ".comment-field textarea")
    });
    page.type_keys("Four or forty?");
    page.step("what was typed is there again after a look at another mark");
    page.press(&[], key::ESCAPE);
    page.press(&[], 'n');
    page.until("another one has the focus", || {
        !page.sees(".comment-field textarea")
    });
    page.press(&[], 'p');
    page.until("it is there", || {
        page.text_of("document.querySelector('.comment-field textarea')?.value ?? ''")
            == "Four or forty?"
    });
    page.click("#mark-list .comment-field", "Add");
    page.until("it is said", || page.count("#mark-list .said") == 1);
    page.click("#mark-list .discussion", "Change");
    page.until("the field has the focus", || {
        has_focus(page, ".discussion textarea")
    });
    page.type_keys(" It is four");
    page.step(
        "what is being written over an entry outlasts another entry, and a look at another mark",
    );
    page.click_on("#mark-list .inspector > .comment-field textarea");
    page.type_keys("Then say so.");
    page.click("#mark-list .inspector > .comment-field", "Add");
    page.until("both are said", || page.count("#mark-list .said") == 2);
    let rewritten = || page.text_of("document.querySelector('.discussion textarea')?.value ?? ''");
    assert_eq!(rewritten(), "Four or forty? It is four");
    page.click_on("#mark-list .discussion textarea");
    page.press(&[], key::ESCAPE);
    page.press(&[], 'n');
    page.until("another one has the focus", || !page.sees(".discussion"));
    page.press(&[], 'p');
    page.until("it is there", || rewritten() == "Four or forty? It is four");
    page.click_on("#mark-list .discussion textarea");
    page.press(&[], key::END);
    page.type_keys(".");
    page.press(&[key::CONTROL], key::ENTER);
    page.until("it is said otherwise", || {
        page.text_of("document.querySelector('#mark-list .said').textContent")
            == "Four or forty? It is four."
    });
    let mark = mark_in_file(page, CLAIM);
    assert_eq!(mark["certainty"], json!("medium"));
    assert_eq!(mark["tags"], json!(["to check"]));
    let said = |at: usize| mark["comments"][at]["text"].clone();
    assert_eq!(said(0), json!("Four or forty? It is four."), "{mark}");
    assert_eq!(said(1), json!("Then say so."), "{mark}");
    page.step("a note reads as Markdown where it is more than words");
    page.click_on("#mark-list textarea[id^=note]");
    page.type_keys("See _why_");
    page.until("it is shown as it reads", || {
        page.text_of("document.querySelector('.note-look em')?.textContent ?? ''") == "why"
    });
    assert_eq!(mark_in_file(page, CLAIM)["note"], json!("See _why_"));
    page.screenshot("note-look");
}

fn what_is_missing(page: &Page) {
    open_asking(page);
    page.select(QUOTE);
    page.label('2');
    page.find("#speaker-bar");
    page.press(&[], key::ESCAPE);
    page.step("Done says what is missing, and nothing is changed");
    page.find("#missing-line");
    page.click_label("#reader-head", "Done");
    page.find("dialog#missing");
    page.assert_accessible("what is missing");
    page.click("#missing", "Close");
    page.until("it is closed", || !page.sees("dialog"));
    let state = || page.text_of("document.querySelector('#reader-head input:checked').value");
    assert_eq!(state(), "to-do", "the choice shows what is so");
    page.step("it leads to the first");
    page.click_label("#reader-head", "Done");
    page.click("#missing", "Go to the first");
    until_focus(page, "[data-question=speaker] input");
    page.press(&[], key::ESCAPE);
    page.step("one may insist");
    page.click_label("#reader-head", "Done");
    page.click("#missing", "Set to Done anyway");
    page.until("it is done", || state() == "done");
    page.until("it is closed", || !page.sees("dialog"));
    page.step("with everything answered it is not asked");
    page.click_label("#reader-head", "To do");
    page.press(&[], 'u');
    until_focus(page, "[data-question=speaker] input");
    page.type_keys("Zoé");
    page.press(&[], key::ENTER);
    page.until("nothing is missing", || !page.sees("#missing-line"));
    page.click_label("#reader-head", "Done");
    page.until("it is done", || state() == "done");
    assert!(!page.sees("dialog"));
}

fn batch(page: &Page) {
    open_asking(page);
    page.select("eleven people");
    page.label('1');
    page.until_painted("eleven people");
    page.press(&[], key::ESCAPE);
    page.click("#marks", "Select several");
    page.click("#picked-bar", "Select all");
    page.click("#picked-bar", "Answer for all");
    page.click("#picked-bar [data-question=claim-kind]", "number");
    let kinds = || {
        let project = page.project();
        let all = annotations(&project);
        all.iter()
            .map(|it| it["attributes"]["claim-kind"].clone())
            .collect::<Vec<_>>()
    };
    page.until("both are answered", || {
        kinds() == [json!("number"), json!("number")]
    });
    page.click("#picked-bar", "Sure");
    page.assert_accessible("answers for several marks");
    page.press(&[key::CONTROL], 'z');
    page.press(&[key::CONTROL], 'z');
    page.until("one step takes both back", || {
        kinds().iter().all(|it| it.is_null())
    });
}
