//! Reading: marks that step out of the way, and words that are taken along with their source.

use e2e::sample::{PAIR, add_pair};
use e2e::{Engine, Options, Page, key, run};

#[test]
fn marks_are_hidden_and_words_copied_in_chromium() {
    run(&Options::new(Engine::Chromium), body);
}

#[test]
fn marks_are_hidden_and_words_copied_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

const TINTS: &str = "new Set([...document.querySelectorAll('#reader .layer')].map(it => {
  const look = getComputedStyle(it);
  return look.backgroundColor + look.textDecorationLine;
}))";

fn body(page: &Page) {
    add_pair(page);
    page.open(PAIR);
    page.select("lake office");
    page.label('1');
    page.until_painted("lake office");
    copying(page);
    hiding(page);
}

fn copying(page: &Page) {
    page.step("c copies the mark in focus");
    page.press(&[], 'c');
    page.until_said("Copied with its source");
    page.press(&[], key::ESCAPE);
    page.press(&[key::CONTROL], 'v');
    page.find("#paste-text");
    let pasted = page.text_of("document.querySelector('#paste-text').value");
    let title = page.text_of("document.querySelector('#reader-title').textContent");
    let mut lines = pasted.lines();
    assert_eq!(lines.next(), Some("“lake office”"));
    assert!(
        lines.next().is_some_and(|it| it.starts_with(&title)),
        "{pasted}"
    );
    page.click("#paste", "Cancel");
}

fn hiding(page: &Page) {
    page.step("h hides the marks and shows them again");
    let hidden = format!("[...{TINTS}].join() === 'rgba(0, 0, 0, 0)none'");
    assert!(!page.is(&hidden), "the mark is seen at first");
    page.press(&[], 'h');
    page.until("the marks are hidden", || page.is(&hidden));
    page.screenshot("marks-hidden");
    page.press(&[], 'h');
    page.until("the marks are shown", || !page.is(&hidden));
    page.step("the button does the same, and whoever goes to a mark sees it");
    page.click("#reader-head", "Hide marks");
    page.until("the marks are hidden", || page.is(&hidden));
    page.press(&[], 'n');
    page.until("the marks are shown", || !page.is(&hidden));
}
