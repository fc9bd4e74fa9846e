//! Repainting: what changes leave in the page is what painting the article afresh gives.

use e2e::sample::{PAIR, add_pair};
use e2e::{Engine, Options, Page, key, run};

#[test]
fn segments_that_were_kept_are_those_a_fresh_painting_makes() {
    run(&Options::new(Engine::Chromium), |page| {
        add_pair(page);
        page.open(PAIR);
        let undo = |page: &Page| page.press(&[key::CONTROL], 'z');
        for (words, digit) in [
            ("forty repair posts, the lake office", '1'),
            ("posts, the lake office said", '2'),
            ("lake office", '3'),
            ("The town will pay", '2'),
        ] {
            page.step(words);
            page.select(words);
            page.label(digit);
            page.rest(200);
            compare(page);
        }
        page.step("relabel, delete, take back");
        page.click_text(page.place("lake office", 0), 1);
        page.press(&[], '1');
        compare(page);
        undo(page);
        compare(page);
        page.click_text(page.place("repair posts", 0), 1);
        page.press(&[], key::DELETE);
        compare(page);
        undo(page);
        compare(page);
    });
}

/// Holds the painted article against the same one after another was open between.
#[track_caller]
fn compare(page: &Page) {
    page.press(&[], key::ESCAPE);
    page.rest(100);
    let now = painted(page);
    assert!(now.contains("<mark"), "something is marked");
    let open = page.open_document();
    page.press(&[], ']');
    page.until("the other article is open", || page.open_document() != open);
    page.press(&[], '[');
    page.until("the first one is open again", || {
        page.open_document() == open
    });
    page.rest(200);
    assert_eq!(painted(page), now);
}

fn painted(page: &Page) -> String {
    page.text_of("document.querySelector('.reader-text').innerHTML.replace(/ is-f[a-z]+/g, '')")
}
