//! What is selected with the browser's own caret becomes the draft as a drag does.

use e2e::actions::chords;
use e2e::exported::{annotations, assert_exact};
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::Value;

use crate::keyboard::tab_to;

#[test]
fn selections_from_a_click_in_chromium() {
    run(&Options::new(Engine::Chromium), from_a_click);
}

#[test]
fn selections_from_a_click_in_firefox() {
    run(&Options::new(Engine::Firefox), |page| {
        from_a_click(page);
        all_of_the_article(page);
    });
}

#[test]
fn caret_browsing_in_chromium() {
    let mut options = Options::new(Engine::Chromium);
    options.caret_browsing = true;
    run(&options, caret_browsing);
}

#[test]
fn caret_browsing_in_firefox() {
    let mut options = Options::new(Engine::Firefox);
    options.caret_browsing = true;
    run(&options, caret_browsing);
}

/// Clicks before some words and presses all these keys without a pause.
fn click_and_press(page: &Page, words: &str, keys: &[(&[char], char)]) {
    let place = page.place(words, 0);
    let (left, _) = page.ends(place.first(1));
    page.browser.act(e2e::actions::click(left, 1));
    page.rest(100);
    page.browser.act(chords(keys));
}

fn from_a_click(page: &Page) {
    const SHIFT: &[char] = &[key::SHIFT];
    const BOTH: &[char] = &[key::SHIFT, key::CONTROL];
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.click("#hint", "Got it");
    // Of words that the browser translates others would be marked.
    assert!(page.is("document.querySelector('#reader [data-block]').translate === false"));
    for (step, begin, keys, words) in [
        ("by letters", "forty", vec![(SHIFT, key::RIGHT); 5], "forty"),
        ("by words", "town", vec![(BOTH, key::RIGHT); 2], "town will"),
        ("back", "Monday", vec![(BOTH, key::LEFT); 2], "said on"),
        ("emoji", "👩‍🚒", vec![(SHIFT, key::RIGHT); 1], "👩‍🚒"),
        (
            "to the end",
            "plan a cruel",
            vec![(SHIFT, key::END)],
            "plan a cruel joke.",
        ),
    ] {
        page.step(&format!(
            "a selection {step} is marked by the next key at once"
        ));
        let keys = [keys, vec![(&[], '1')]].concat();
        page.scroll_to(page.place(begin, 0));
        click_and_press(page, begin, &keys);
        page.until_painted(words);
        page.until("the new mark has the focus", || page.focused().is_some());
        page.press(&[], key::ESCAPE);
        assert_exact(&page.project());
    }
    page.step("it rests as the draft, with its bar, and Escape lets it go");
    click_and_press(page, "beautiful", &[(BOTH, key::RIGHT)]);
    page.find("#draft-bar");
    assert!(page.is("[...CSS.highlights.get('draft')][0].toString().startsWith('beautiful')"));
    page.press(&[], key::ESCAPE);
    page.until("it is gone", || !page.sees("#draft-bar"));
}

/// In Firefox the selection then goes from the body's first child to its last. Chromium's driver does not pass
/// this key on to the page.
fn all_of_the_article(page: &Page) {
    page.step("all of the article");
    click_and_press(page, "forty", &[(&[key::CONTROL], 'a'), (&[], '3')]);
    page.until("one mark holds all of it", || {
        let project = page.project();
        let exact = |it: &&Value| it["fragments"][0]["exact"].as_str().map(str::len);
        let longest = annotations(&project).iter().filter_map(exact).max();
        longest >= Some(sample::BICYCLE.trim_end().len())
    });
    page.press(&[], key::ESCAPE);
    assert_exact(&page.project());
}

fn caret_browsing(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    tab_to(page, "#reader");
    let in_text =
        "getSelection().anchorNode?.parentElement?.closest('[data-block]')?.dataset.block === '1'";
    page.step("the caret comes to the text");
    for _ in 0..150 {
        if page.is(in_text) {
            break;
        }
        page.press(&[], key::DOWN);
    }
    page.press(&[], key::HOME);
    page.step("words are selected and marked, and the caret goes on from there");
    for _ in 0..2 {
        page.press(&[key::SHIFT, key::CONTROL], key::RIGHT);
    }
    page.press(&[], '1');
    page.until_painted("The town");
    page.press(&[], key::ESCAPE);
    for _ in 0..2 {
        page.press(&[key::SHIFT, key::CONTROL], key::RIGHT);
    }
    page.press(&[], '3');
    page.until_painted("will pay");
    page.press(&[], key::ESCAPE);
    assert_exact(&page.project());
    page.step("a caret that goes on without selecting lets the selection go");
    page.press(&[key::SHIFT, key::CONTROL], key::RIGHT);
    page.find("#draft-bar");
    page.press(&[], key::RIGHT);
    page.until("the draft is gone", || !page.sees("#draft-bar"));
    assert!(page.is(in_text), "the caret is where it was");
}
