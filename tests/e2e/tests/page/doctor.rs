//! The sheet that checks the project: what is wrong, the repairs, and the way back.

use e2e::exported::annotations;
use e2e::sample::Marked;
use e2e::{Engine, Options, Page, key, run, sample};

fn open_check(page: &Page) {
    page.press(&[], '?');
    page.click("#help", "Check this project");
    page.find("dialog#check");
}

fn said(page: &Page) -> String {
    page.text_of("document.querySelector('#check .side-note')?.textContent ?? ''")
}

fn until_said(page: &Page, words: &str) {
    page.until(words, || said(page).contains(words));
}

const TEXT: &str = "Boats lie at anchor in the bay, and nobody is in a hurry.";

/// A file in which the same words are marked twice alike, and others wait in the tray although they
/// stand in the text.
fn broken() -> String {
    let mark = |start, end| Marked {
        start,
        end,
        label: "claim",
    };
    let marks = [mark(0, 5), mark(0, 5), mark(6, 9)];
    let mut file = sample::project("broken", "Broken", TEXT, &marks);
    file["documents"][0]["annotations"][2]["anchor"] = "lost".into();
    file.to_string()
}

fn open_broken(page: &Page) {
    let script = "return await window.sourcelight.importProject(arguments[0])";
    page.browser.read_later(script, vec![broken().into()]);
    page.until("it is open", || page.open_document() == "broken");
}

#[test]
fn a_project_is_checked_repaired_and_brought_back() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        page.step("nothing is wrong");
        open_check(page);
        until_said(page, "Nothing is wrong: 2 articles, 0 marks were checked.");
        assert_eq!(page.count("#check .finding"), 0);
        page.assert_accessible("check, nothing is wrong");
        page.click("#check", "Close");
        page.until("it is closed", || !page.sees("dialog#check"));

        page.step("a file brings something to look at");
        open_broken(page);
        open_check(page);
        until_said(page, "2 things to look at.");
        let found = page.text_of(
            "[...document.querySelectorAll('#check .finding')].map(it => it.innerText).join('; ')",
        );
        assert!(
            found.contains("“Boats” in “Broken” is marked twice alike")
                && found.contains("“lie” in “Broken” waits in the tray"),
            "{found}"
        );
        page.assert_accessible("check, two findings");
        page.screenshot("check");

        page.step("one repair, and back");
        page.click("#check .finding", "Repair");
        until_said(page, "1 thing to look at.");
        assert_eq!(annotations(&page.project()).len(), 1);
        let has_focus = "document.activeElement?.closest('#check .sheet-text') !== null";
        assert!(page.is(has_focus), "the focus stays in the sheet");
        page.click("#check", "Undo repair");
        until_said(page, "2 things to look at.");
        assert_eq!(annotations(&page.project()).len(), 2);

        page.step("all repairs");
        page.click("#check", "Repair all");
        until_said(page, "Nothing is wrong: 3 articles, 2 marks were checked.");
        page.press(&[], key::ESCAPE);
        page.until("it is closed", || !page.sees("dialog#check"));
        page.until_painted("lie");
        assert!(!page.sees("#tray"));
        page.press(&[key::CONTROL], 'z');
        page.until("the last repair is taken back", || page.sees("#tray"));

        page.step("a finding leads to its mark");
        page.press(&[key::CONTROL], 'z');
        page.until("the first too", || annotations(&page.project()).len() == 2);
        page.click_on("#articles li[data-document=kites] .article-open");
        page.until("another article is open", || {
            page.open_document() == "kites"
        });
        open_check(page);
        page.click("#check", "Show");
        page.until("the mark is in focus", || {
            page.open_document() == "broken" && page.focused().is_some()
        });
        assert!(!page.sees("dialog#check"));
    });
}

/// Of the two that are alike one is left out when files are opened; the tray is still to look at.
#[test]
fn a_file_that_brings_something_wrong_is_said_to() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        let path =
            std::env::temp_dir().join(format!("sourcelight-wrong-{}.json", std::process::id()));
        std::fs::write(&path, broken()).expect("the file can be written");
        page.choose_files(&[&path]);
        page.find("dialog#report");
        let words = page.text_of("document.getElementById('report').innerText");
        assert!(
            words.contains("1 thing in the project looks wrong."),
            "{words}"
        );
        page.click("#report", "Check this project");
        page.find("dialog#check");
        until_said(page, "1 thing to look at.");
        std::fs::remove_file(&path).expect("the file can be removed");
    });
}
