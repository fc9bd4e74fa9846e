//! The list of sentences: marking with one press each, by mouse, keys and finger.

use std::fs;
use std::time::{Duration, Instant};

use e2e::exported::{annotations, assert_exact, list};
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::json;

const FIRST: &str = "The town will pay for forty repair posts, the lake office said on Monday.";

#[test]
fn sentences_are_marked_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        body(page);
        page.assert_accessible("the list of sentences");
        page.pretend("prefers-color-scheme", "dark");
        page.assert_accessible("the list of sentences, dark");
        page.pretend("forced-colors", "active");
        page.assert_accessible("the list of sentences, forced colours");
    });
}

#[test]
fn sentences_are_marked_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

#[test]
fn sentences_are_of_their_article_whatever_opens_under_them() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        page.click("#hint", "Got it");
        let first = page.open_document();
        page.read("location.hash = '#/document/kites'");
        page.until("the other is open", || page.open_document() == "kites");
        page.press(&[], 's');
        page.find("dialog#sentences");
        page.read("history.back()");
        page.until("the first is open again", || page.open_document() == first);
        page.click("#sentence-list li:nth-child(1)", "Claim");
        page.until("it is marked", || marked(page).len() == 1);
        page.until("its button shows it", || {
            page.count("#sentence-list li:nth-child(1) [aria-pressed=true]") == 1
        });
        let project = page.project();
        let mut articles = list(&project["documents"]);
        let kites = articles.find(|it| it["id"] == "kites").expect("it is here");
        assert_eq!(list(&kites["annotations"]).count(), 1);
    });
}

#[test]
fn sentences_are_marked_on_a_phone() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        let buttons = "[...document.querySelectorAll('#reader-head .reader-buttons button')]";
        let place = page.read(&format!(
            "{buttons}.findIndex(it => it.textContent === 'Sentences') + 1"
        ));
        page.tap_on(&format!(
            "#reader-head .reader-buttons button:nth-child({place})"
        ));
        page.find("dialog#sentences");
        page.assert_accessible("phone, the list of sentences");
        let small = page.read(
            "[...document.querySelectorAll('#sentences button')].map(it => it.getBoundingClientRect())
               .filter(it => it.width < 44 || it.height < 44).length",
        );
        assert_eq!(small, 0, "buttons are smaller than 44 pixels");
        page.tap_on("#sentence-list li:nth-child(2) button");
        page.until("it is marked", || marked(page) == [FIRST]);
    });
}

#[test]
fn a_long_article_has_few_rows_and_a_quick_cursor() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        let file = page.browser.downloads.join("long.txt");
        let paragraph = "One sentence of seven words is here. Another one, with a comma. Why? ";
        fs::write(&file, format!("{}\n\n", paragraph.repeat(4)).repeat(3_600)).expect("a file");
        page.choose_files(&[&file]);
        page.until("it is painted", || {
            page.count("#reader [data-block]") == 3_600
        });
        if page.sees("dialog#report") {
            page.click("#report", "Close");
        }
        page.step("the list opens at once, whatever part of it is seen");
        page.press(&[], 's');
        quickly("the list opens", || {
            page.find("#sentence-list li");
        });
        assert_eq!(tally(page), "43200 sentences");
        for top in [100_000, 2_000_000, 0] {
            let script =
                "document.querySelector('#sentences .sheet-text').scrollTop = arguments[0]";
            let first = first_in_view(page);
            page.browser.read(script, vec![json!(top)]);
            quickly("other sentences are shown", || {
                page.until("the rows are others", || first_in_view(page) != first);
            });
            assert!(
                page.count("#sentence-list li") < 60,
                "few rows stand in the page"
            );
        }
        page.step("Tab goes on past the rows that stand in the page");
        page.press(&[], key::ESCAPE);
        page.until("it is closed", || !page.sees("dialog#sentences"));
        page.press(&[], 's');
        page.until("the first sentence has the focus", || focused(page) == 1);
        page.type_keys(&key::TAB.to_string().repeat(300));
        page.until("the focus is a hundred sentences on", || {
            focused(page) == 101
        });
        page.press(&[], key::ESCAPE);
        page.until("it is closed", || !page.sees("dialog#sentences"));
        page.step("the cursor goes from the middle of the text");
        page.read("document.querySelector('#reading').scrollTo(0, 200000)");
        crate::keyboard::tab_to(page, "#reader");
        page.press(&[], key::ENTER);
        let block = || {
            page.read(
                "+[...CSS.highlights.get('cursor')][0].startContainer.parentElement.dataset.block",
            )
            .as_u64()
        };
        page.until("it is there", || page.is("CSS.highlights.has('cursor')"));
        let first = block();
        assert!(first > Some(500), "it begins where one reads: {first:?}");
        page.press(&[], 's');
        page.until("the list begins where the cursor is", || {
            focused(page) > 6_000
        });
        page.press(&[], key::ESCAPE);
        page.until("it is closed", || !page.sees("dialog#sentences"));
        crate::keyboard::tab_to(page, "#reader");
        quickly("ten lines", || {
            for _ in 0..10 {
                page.press(&[], key::DOWN);
            }
            page.until("it is further down", || block() > first);
        });
    });
}

/// A bound that only a step over the whole text would break, in the unoptimised program as well.
#[track_caller]
fn quickly(what: &str, act: impl FnOnce()) {
    let start = Instant::now();
    act();
    let took = start.elapsed();
    assert!(took < Duration::from_secs(3), "{what}: it took {took:?}");
}

/// The sentence whose button has the keyboard's focus, counted from 1; 0 for none.
fn focused(page: &Page) -> u64 {
    let row = "document.activeElement.closest('#sentence-list li')?.getAttribute('aria-posinset')";
    page.text_of(&format!("{row} ?? '0'")).parse().unwrap_or(0)
}

fn first_in_view(page: &Page) -> String {
    page.text_of(
        "(() => { const area = document.querySelector('#sentences .sheet-text').getBoundingClientRect();
           return [...document.querySelectorAll('#sentence-list li')].find(it =>
             it.getBoundingClientRect().bottom > area.top)?.getAttribute('aria-posinset') ?? ''; })()",
    )
}

fn tally(page: &Page) -> String {
    page.text_of("document.querySelector('#sentence-tally').textContent")
}

/// The words of all marks, in text order.
fn marked(page: &Page) -> Vec<String> {
    let project = page.project();
    assert_exact(&project);
    let mut all = annotations(&project);
    all.sort_by_key(|it| it["fragments"][0]["start"].as_u64());
    let exact = all.iter().map(|it| it["fragments"][0]["exact"].as_str());
    exact.flatten().map(str::to_owned).collect()
}

fn body(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.step("a sentence is marked by one press, and unmarked by the next");
    page.click("#reader-head", "Sentences");
    page.find("dialog#sentences");
    assert_eq!(tally(page), "10 sentences");
    let second = "#sentence-list li:nth-child(2)";
    let said = || page.text_of("document.querySelector('#sentences [role=status]').textContent");
    page.click(second, "Claim");
    page.until("it is marked", || marked(page) == [FIRST]);
    page.until("it is said", || said() == "Marked as claim.");
    assert!(page.is("document.activeElement.matches('[aria-pressed=true]')"));
    page.click(second, "Claim");
    page.until("nothing is marked", || marked(page).is_empty());
    page.click("#sentences", "Undo");
    page.until("it is marked again", || marked(page) == [FIRST]);
    page.until("its button shows it", || {
        page.count(&format!("{second} [aria-pressed=true]")) == 1
    });
    page.press(&[], key::ESCAPE);
    page.until("it is closed", || !page.sees("dialog#sentences"));
    assert_eq!(page.painted()[0].text, FIRST);

    page.step("by a key, with the keys of the buttons; other marks are told of");
    page.select("brave");
    page.label('3');
    page.until("two marks", || marked(page).len() == 2);
    page.press(&[], key::ESCAPE);
    page.press(&[], 's');
    page.find("dialog#sentences");
    page.until("what else is marked is said", || {
        page.text_of("document.querySelector('#sentence-list').innerText")
            .contains("Also opinion: “brave”")
    });
    page.until("a sentence has the focus", || focused(page) > 0);
    page.press(&[], key::TAB);
    page.press(&[], key::SPACE);
    page.until("a quote is marked", || marked(page).len() == 3);
    page.press(&[], key::ESCAPE);
    page.until("it is closed", || !page.sees("dialog#sentences"));
    page.click("#reader-head", "Sentences");
    page.find("dialog#sentences");
}
