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

/// The headline has no room above it for the bar; it is long enough for two lines.
#[test]
fn the_bar_of_a_mark_covers_none_of_its_words() {
    run(&Options::new(Engine::Chromium), |page| {
        page.open("");
        page.click("#hint", "Got it");
        let headline = page.blocks().remove(0);
        page.select(&headline);
        page.label('1');
        page.find("#mark-bar");
        page.until("the headline has two lines", || {
            page.is("document.querySelector('mark.is-focused').getClientRects().length > 1")
        });
        let covered = "(() => {
          const bar = document.querySelector('#mark-bar').getBoundingClientRect();
          return [...document.querySelectorAll('mark.is-focused')].flatMap(it => [...it.getClientRects()])
            .filter(it => it.top < bar.bottom && it.bottom > bar.top && it.left < bar.right && it.right > bar.left).length;
        })()";
        assert_eq!(page.read(covered), 0, "lines of the mark under the bar");
    });
}
