//! How the text is shown, and the focus mode: chosen, kept, and never away from the words one reads.

use std::fs;

use e2e::exported::assert_exact;
use e2e::{Engine, Options, Page, actions, key, run, sample};

use crate::commands::run_command;

#[test]
fn the_text_is_shown_as_chosen_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        body(page);
        page.press(&[], 'f');
        page.until("the text is alone", || is_alone(page));
        page.assert_accessible("the text alone");
        page.press(&[], 'f');
        page.until("all is back", || !is_alone(page));
        page.click("#topbar", "View");
        page.find("dialog#view");
        page.assert_accessible("view");
        page.pretend("forced-colors", "active");
        page.assert_accessible("view, forced colours");
    });
}

#[test]
fn the_text_is_shown_as_chosen_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

fn font_size(page: &Page) -> f64 {
    let size = "parseFloat(getComputedStyle(document.querySelector('#reader .block:not(.block-headline)')).fontSize)";
    page.read(size).as_f64().unwrap_or_default()
}

fn width(page: &Page) -> f64 {
    let width = "document.querySelector('.reader-text').getBoundingClientRect().width";
    page.read(width).as_f64().unwrap_or_default()
}

/// Remembers the first letter of the first line that is wholly in sight.
fn note_first_letter(page: &Page) {
    page.read(
        "(() => { const area = document.querySelector('#reading').getBoundingClientRect();
           const text = document.querySelector('.reader-text').getBoundingClientRect();
           const range = document.createRange();
           for (let y = area.top + 2; ; y += 2) {
             const at = document.caretPositionFromPoint(text.left + 3, y);
             if (at?.offsetNode.nodeType !== Node.TEXT_NODE) continue;
             range.setStart(at.offsetNode, at.offset); range.setEnd(at.offsetNode, at.offset + 1);
             if (range.getBoundingClientRect().top >= area.top) break;
           }
           window.__first = range; })()",
    );
}

/// How far below the upper edge that letter stands now, in CSS pixels.
fn height_of_first_letter(page: &Page) -> f64 {
    let height = "window.__first.getBoundingClientRect().top - document.querySelector('#reading').getBoundingClientRect().top";
    page.read(height).as_f64().unwrap_or(f64::NAN)
}

fn body(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    let file = page.browser.downloads.join("long.txt");
    let paragraph = "One sentence of seven words is here. Another one, with a comma. Why? ";
    fs::write(&file, format!("{}\n\n", paragraph.repeat(20)).repeat(200)).expect("a file");
    page.choose_files(&[&file]);
    page.until("it is painted", || {
        page.count("#reader [data-block]") == 200
    });
    if page.sees("dialog#report") {
        page.click("#report", "Close");
    }
    page.read("document.querySelector('#reading').scrollTo(0, 20000)");
    page.rest(400);
    note_first_letter(page);
    let height = height_of_first_letter(page);
    let (size, measure) = (font_size(page), width(page));

    page.step("larger text, other lines: the words one reads stay where they are");
    page.click("#topbar", "View");
    page.find("dialog#view");
    for _ in 0..3 {
        page.click("#view", "Larger");
        page.rest(60);
    }
    page.until("it is larger", || font_size(page) > size * 1.45);
    page.click_label("#view", "Narrow");
    page.click_label("#view", "Loose");
    page.until("lines are shorter for their size", || {
        width(page) < measure * 1.5 * 0.9
    });
    page.rest(500);
    let moved = height_of_first_letter(page) - height;
    assert!(
        moved.abs() < 15.0,
        "the words one reads have moved by {moved} pixels"
    );
    page.press(&[], key::ESCAPE);
    page.until("it is closed", || !page.sees("dialog#view"));
    let larger = font_size(page);

    page.step("it is kept, the theme from the first moment");
    run_command(page, "theme dark");
    page.reload();
    assert!((font_size(page) - larger).abs() < 0.1);
    page.go("#recover");
    page.find("#boot .rescue");
    assert_eq!(
        page.text_of("document.documentElement.dataset.theme"),
        "dark",
        "before the program"
    );
    page.open(sample::PAIR);

    page.step("it is given back");
    page.click("#topbar", "View");
    page.find("dialog#view");
    page.click("#view", "Reset");
    page.until("the size is the usual one", || {
        (font_size(page) - size).abs() < 0.1
    });
    assert!(page.is("!('theme' in document.documentElement.dataset)"));
    assert!(page.is("[...document.querySelectorAll('#view button')].find(it => it.innerText === 'Reset').disabled"));
    page.press(&[], key::ESCAPE);
    page.until("it is closed", || !page.sees("dialog#view"));
    page.press(&[], '>');
    page.until("a key makes it larger", || font_size(page) > size);
    page.press(&[], '<');
    page.until("and smaller", || (font_size(page) - size).abs() < 0.1);

    page.step("the text alone: one still marks, and sees that it is saved");
    focus_mode(page);
}

fn is_alone(page: &Page) -> bool {
    !page.sees("#topbar button") && !page.sees("#articles") && !page.sees("#marks")
}

fn focus_mode(page: &Page) {
    page.press(&[], 'f');
    page.until("the rest is gone", || is_alone(page));
    page.until("the keyboard's focus is in the text", || {
        page.is("document.activeElement.id === 'reader'")
    });
    page.find("#save-state");
    let alone = page
        .read("document.querySelector('#reading').getBoundingClientRect().height / innerHeight");
    assert!(
        alone.as_f64() > Some(0.9),
        "the text has {alone} of the height"
    );
    let first = page.painted().len();
    let place = page.words(page.long_blocks(8)[0], 1, 3);
    page.drag(place);
    page.label('2');
    page.until("one mark more", || page.painted().len() > first);
    page.until("it is saved", || page.save_state() == "saved");
    page.press(&[], key::ESCAPE);
    page.until("Escape lets the mark go first", || {
        page.count("#reader mark.is-focused") == 0
    });
    assert!(is_alone(page));
    page.press(&[], key::ESCAPE);
    page.until("and then the mode", || page.sees("#topbar button"));
    assert_exact(&page.project());
}

#[test]
fn the_text_alone_on_a_phone() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        page.click("#topbar", "Menu");
        page.click("#topbar", "Commands");
        page.find("dialog#commands");
        page.type_keys("focus mode");
        page.tap_on("#command-list li");
        page.until("the rest is gone", || is_alone(page));
        page.assert_accessible("phone, the text alone");
        page.step("one marks by tapping");
        page.tap_on("#palette button");
        page.until("the label is armed", || {
            page.count("#palette [aria-pressed=true]") == 1
        });
        let block = page.long_blocks(12)[0];
        for word in [1, 3] {
            page.browser
                .act(actions::tap(page.inside(page.words(block, word, 1))));
            page.rest(500);
        }
        page.until("it is marked", || page.painted().len() == 1);
        page.until("it is saved", || page.save_state() == "saved");
        page.screenshot("phone-alone");
        page.click("#status-line", "Show everything");
        page.until("all is back", || page.sees("#topbar button"));
        page.step("the size of the text");
        page.click("#topbar", "Menu");
        page.click("#topbar", "View");
        page.find("dialog#view");
        page.assert_accessible("phone, view");
        let before = font_size(page);
        page.click("#view", "Larger");
        page.until("it is larger", || font_size(page) > before);
        page.screenshot("phone-view");
    });
}
