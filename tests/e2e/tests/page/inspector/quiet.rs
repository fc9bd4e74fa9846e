//! A new project asks what comes with the page, and it is in nobody's way: three labels are all one needs.

use e2e::exported::{annotations, list};
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::json;

use super::{CLAIM, OPINION, QUOTE, SECOND, answers, cast, focus, has_focus, until_focus};

#[test]
fn a_new_project_asks_quietly_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        folded(page);
        speakers(page);
        words(page);
        page.assert_accessible("words of the text");
        page.pretend("prefers-color-scheme", "dark");
        page.screenshot("inspector-words-dark");
        page.assert_accessible("words of the text, dark");
    });
}

#[test]
fn a_new_project_asks_quietly_in_firefox() {
    run(&Options::new(Engine::Firefox), |page| {
        folded(page);
        speakers(page);
        words(page);
    });
}

fn folded(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.click("#hint", "Got it");
    page.step("a mark shows the names of the questions in one line");
    page.select(CLAIM);
    page.label('1');
    page.until_painted(CLAIM);
    let line =
        || page.text_of("document.querySelector('#mark-list .more-questions')?.innerText ?? ''");
    page.until("the questions are named", || {
        line() == "Kind, Checkable now, Evidence, Certainty, Tags"
    });
    assert_eq!(page.count("#mark-list .question"), 0);
    assert!(!page.sees("#missing-line"), "nothing is missed");
    page.screenshot("inspector-folded");
    page.step("keys lead there, and what is answered stays in sight");
    page.press(&[], 'a');
    until_focus(page, "[data-question=claim-kind] button");
    page.press(&[], '2');
    page.until("it is answered", || {
        answers(page, CLAIM)["claim-kind"] == json!("number")
    });
    page.press(&[], key::ESCAPE);
    // What stands with the question that has the focus goes, and all below moves up.
    page.until("the questions are left", || {
        !has_focus(page, "#mark-list .question *")
    });
    page.click("#mark-list", "Fewer questions");
    page.until("one is left", || page.count("#mark-list .question") == 1);
    page.until("the others are named", || {
        line() == "Checkable now, Evidence, Certainty, Tags"
    });
    page.step("no question keeps an article from being done");
    page.click_label("#reader-head", "Done");
    page.until("it is done", || {
        page.text_of("document.querySelector('#reader-head input:checked').value") == "done"
    });
    assert!(!page.sees("dialog"));
    page.press(&[], key::ESCAPE);
}

fn speakers(page: &Page) {
    page.step("who speaks is asked without taking the keys");
    page.select(QUOTE);
    page.label('2');
    page.find("#speaker-bar.is-quiet");
    assert!(!has_focus(page, "#speaker-bar input"));
    page.press(&[], 'a');
    until_focus(page, "#speaker-bar input");
    page.type_keys("Zoé Müller");
    page.press(&[], key::ENTER);
    page.until("the file says who", || cast(page) == ["Zoé Müller"]);
    page.press(&[], key::ESCAPE);
    page.step("two gestures: the label, and a press on the likely one");
    page.select(SECOND);
    page.label('2');
    page.find("#speaker-bar.is-quiet [role=option]");
    page.screenshot("speaker-quiet");
    page.click_on("#speaker-bar [role=option]");
    page.until("it is answered", || {
        answers(page, SECOND)["speaker"] == answers(page, QUOTE)["speaker"]
    });
    page.until("the bar is gone", || !page.sees("#speaker-bar"));
    page.press(&[], key::ESCAPE);
}

fn words(page: &Page) {
    page.step("words of the text are picked by a press and by keys");
    page.select(OPINION);
    page.label('3');
    page.until_painted(OPINION);
    page.click_on("#mark-list .more-questions");
    let row = "#mark-list [data-question=loaded]";
    page.click(row, "Pick words");
    page.click(row, "cruel");
    let loaded = || answers(page, OPINION)["loaded"].clone();
    page.until("it is in the file", || {
        loaded()[0]["exact"] == json!("cruel")
    });
    let project = page.project();
    let mark = annotations(&project)
        .into_iter()
        .find(|it| it["fragments"][0]["exact"] == OPINION)
        .expect("it is there");
    let start = mark["fragments"][0]["start"].as_u64().expect("a number");
    assert_eq!(
        loaded()[0]["start"],
        json!(start + 2),
        "in code points of the article"
    );
    page.press(&[], key::RIGHT);
    page.press(&[], ' ');
    page.until("neighbours are one", || {
        loaded() == json!([{"start": start + 2, "end": start + 12, "exact": "cruel joke"}])
    });
    page.until("they stand before the row", || {
        page.text_of(&format!("document.querySelector('{row} .tag').textContent")) == "cruel joke"
    });
    page.screenshot("inspector-words");
    page.press(&[], key::ESCAPE);
    until_focus(page, "#reader");
    page.press(&[key::CONTROL], 'z');
    page.until("all of it is taken back", || loaded().is_null());
    page.press(&[key::CONTROL, key::SHIFT], 'z');
    page.until("and done again", || {
        loaded()[0]["exact"] == json!("cruel joke")
    });
    page.until("it is saved", || page.save_state() == "saved");
    page.reload();
    assert_eq!(loaded()[0]["exact"], json!("cruel joke"));
    focus(page, OPINION);
    page.find(&format!("{row} .tag"));
}

/// A file of a project without questions opens as it is, and a project that is stored so stays so.
#[test]
fn a_project_that_was_here_before_is_not_asked_more() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        page.click("#hint", "Got it");
        let questions = || list(&page.project()["schemes"][0]["attributes"]).count();
        page.until("a new one asks", || questions() == 14);
        let mut file = page.project();
        let scheme = file["schemes"][0].as_object_mut().expect("a scheme");
        scheme.remove("attributes");
        scheme.remove("relations");
        let at = sample::BICYCLE.find(CLAIM).expect("it is there");
        let start = sample::BICYCLE[..at].chars().count();
        let fragment =
            json!({"start": start, "end": start + CLAIM.chars().count(), "exact": CLAIM});
        let documents = file["documents"].as_array_mut().expect("a list");
        let article = documents
            .iter_mut()
            .find(|it| it["id"] == "bicycle")
            .expect("it is there");
        article["annotations"] = json!([{"id": "m", "label": "claim", "fragments": [fragment]}]);
        let script = "await window.sourcelight.importProject(arguments[0])";
        page.browser
            .read_later(script, vec![json!(file.to_string())]);
        page.until_painted(CLAIM);
        assert_eq!(questions(), 0);
        page.until("it is saved", || page.save_state() == "saved");
        page.reload();
        page.until_painted(CLAIM);
        assert_eq!(questions(), 0);
        focus(page, CLAIM);
        page.click("#mark-list", "Ask that of each mark");
        page.until("who wants to be asked is", || questions() == 14);
    });
}
