//! The word cursor, by real keys: where it goes, what it selects and marks, and what it leaves alone.

use std::fs;

use e2e::exported::{annotations, assert_exact};
use e2e::{Engine, Options, Page, key, run, sample};

use crate::keyboard::tab_to;

#[test]
fn the_word_cursor_in_chromium() {
    run(&Options::new(Engine::Chromium), body);
}

#[test]
fn the_word_cursor_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

fn body(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.click("#hint", "Got it");
    begins_with_enter(page);
    words_and_lines(page);
    sentences_are_marked(page);
    marks_keep_their_keys(page);
    every_script_is_marked(page);
    lets_go(page);
    from_the_right(page);
    words_are_looked_up(page);
}

#[test]
fn the_word_cursor_begins_where_one_reads() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        // Many paragraphs begin in the window; or none does, as one fills it.
        for (name, sentences, paragraphs) in [("short", 4, 900), ("long", 400, 3)] {
            page.step(&format!("in {name} paragraphs"));
            let file = page.browser.downloads.join(format!("{name}.txt"));
            let paragraph = "Nobody counted the seven boats on the lake. ".repeat(sentences);
            let body = format!("{paragraph}\n\n").repeat(paragraphs);
            fs::write(&file, format!("{name}\n\n{body}")).expect("a file");
            page.choose_files(&[&file]);
            page.until("it is open", || {
                page.text_of("document.querySelector('#reader [data-block]')?.textContent ?? ''")
                    == name
            });
            page.until("all of it is painted", || {
                page.is("document.querySelector('#reader').scrollHeight > 25000")
            });
            begins_in_sight(page);
        }
    });
}

/// Scrolls some way, begins with Enter, and sees the cursor without that the text moves by more than the bars above it need.
fn begins_in_sight(page: &Page) {
    page.read("document.querySelector('#reading').scrollTo(0, 20000)");
    page.settle();
    tab_to(page, "#reader");
    page.press(&[], key::ENTER);
    page.until("the cursor is in sight", || page.is(SEEN));
    page.settle();
    let top = page.read("document.querySelector('#reading').scrollTop");
    let moved = top.as_f64().unwrap_or_default() - 20_000.0;
    assert!(moved.abs() < 80.0, "the text has moved by {moved}");
    page.press(&[], key::ESCAPE);
    page.until("it is gone", || told(page).is_empty());
}

/// What is told to those who do not see it.
fn told(page: &Page) -> String {
    page.text_of("document.querySelector('#word-cursor').textContent")
}

/// Presses a key and waits until this is told.
#[track_caller]
fn goes(page: &Page, held: &[char], typed: char, words: &str) {
    page.press(held, typed);
    let mut last = String::new();
    let came = page.comes(std::time::Duration::from_secs(5), || {
        last = told(page);
        last == words
    });
    assert!(came, "told is “{last}”, not “{words}”");
    if !words.is_empty() {
        page.until(&format!("“{words}” is drawn, and in sight"), || {
            page.is(SEEN)
        });
    }
}

/// Whether the cursor's words are drawn as a highlight, within what is seen of the article.
const SEEN: &str = "(() => {
  const range = [...CSS.highlights.get('cursor') ?? []][0];
  if (!range || range.collapsed) return false;
  const box = range.getBoundingClientRect(), around = document.querySelector('#reading').getBoundingClientRect();
  return box.width > 0 && box.top >= around.top && box.bottom <= around.bottom;
})()";

/// Steps on until this is told.
#[track_caller]
fn walk_to(page: &Page, typed: char, words: &str) {
    for _ in 0..60 {
        if told(page) == words {
            return;
        }
        page.press(&[], typed);
    }
    panic!(
        "the cursor does not come to “{words}”; it is on “{}”",
        told(page)
    );
}

/// The words of the marks as the project has them, in text order.
fn marked(page: &Page) -> Vec<String> {
    let project = page.project();
    assert_exact(&project);
    let mut all: Vec<_> = annotations(&project);
    all.sort_by_key(|it| it["fragments"][0]["start"].as_u64());
    let exact = all.iter().map(|it| it["fragments"][0]["exact"].as_str());
    exact.flatten().map(str::to_owned).collect()
}

#[track_caller]
fn until_marked(page: &Page, words: &str) {
    page.until(&format!("“{words}” is marked"), || {
        marked(page).iter().any(|it| it == words)
    });
}

fn begins_with_enter(page: &Page) {
    page.step("no key is taken before Enter, and no page key after it");
    tab_to(page, "#reader");
    let top = || {
        page.read("document.querySelector('#reading').scrollTop")
            .as_f64()
    };
    let before = top();
    page.press(&[], key::DOWN);
    page.until("Down scrolls", || top() > before);
    assert_eq!(told(page), "");
    page.press(&[], key::HOME);
    page.until("Home scrolls back", || top() == Some(0.0));
    goes(page, &[], key::ENTER, "Bicycle");
    page.settle();
    page.press(&[], key::PAGE_DOWN);
    page.until("a page key still scrolls", || top() > before);
    page.settle();
    assert_eq!(told(page), "Bicycle");
}

fn words_and_lines(page: &Page) {
    page.step("arrows go by words and lines");
    for (typed, words) in [
        (key::RIGHT, "repair"),
        (key::RIGHT, "🚲"),
        (key::RIGHT, "returns"),
        (key::LEFT, "🚲"),
        (key::END, "lake"),
        (key::RIGHT, "The"),
        (key::LEFT, "lake"),
        (key::HOME, "Bicycle"),
        // The headline is balanced over two lines.
        (key::DOWN, "returns"),
    ] {
        goes(page, &[], typed, words);
    }
    page.step("up and down keep to one column");
    page.press(&[], key::DOWN);
    page.until("it is in the next block", || {
        page.place(&told(page), 0).block == 1
    });
    goes(page, &[], key::UP, "returns");
    goes(page, &[], key::UP, "Bicycle");
    for _ in 0..3 {
        page.press(&[], key::DOWN);
    }
    page.until("Down goes by lines, not by blocks", || page.is(SECOND_LINE));
    goes(page, &[], key::HOME, "The");
}

/// Whether the cursor is in the second line of the second block, below where it came from.
const SECOND_LINE: &str = "(() => {
  const box = [...CSS.highlights.get('cursor')][0].getBoundingClientRect();
  const block = document.querySelector('[data-block=\"1\"]').getBoundingClientRect();
  return box.top > block.top + 20 && box.top < block.top + 60 && Math.abs(box.left - block.left) < 120;
})()";

fn sentences_are_marked(page: &Page) {
    page.step("Control and Alt go by sentences, Shift selects them, a digit marks");
    let (first, second) = (
        "The town will pay for forty repair posts, the lake office said on Monday.",
        "“Nobody should walk home with a flat tyre,” said Zoé Müller, who runs the office, “not even in November.”",
    );
    goes(page, &[key::CONTROL], key::RIGHT, second);
    goes(page, &[key::CONTROL], key::LEFT, first);
    goes(page, &[key::ALT], key::RIGHT, second);
    goes(page, &[key::ALT], key::LEFT, first);
    goes(
        page,
        &[key::CONTROL, key::SHIFT],
        key::RIGHT,
        &format!("{first}, selected"),
    );
    goes(
        page,
        &[key::CONTROL, key::SHIFT],
        key::RIGHT,
        &format!("{second}, selected"),
    );
    goes(
        page,
        &[key::CONTROL, key::SHIFT],
        key::LEFT,
        &format!("{second}, selected"),
    );
    page.press(&[], '1');
    until_marked(page, first);
    assert_eq!(page.painted().len(), 1);
    assert_eq!(page.painted()[0].text, first);
    page.step("undo takes it back");
    page.press(&[key::CONTROL], 'z');
    page.until("nothing is marked", || page.painted().is_empty());
}

fn marks_keep_their_keys(page: &Page) {
    page.step("a word is marked, and Shift then moves the end of its mark");
    walk_to(page, key::LEFT, "forty");
    page.press(&[], '2');
    until_marked(page, "forty");
    page.until("the mark has the focus", || page.focused().is_some());
    page.press(&[key::SHIFT], key::RIGHT);
    until_marked(page, "forty repair");
    page.step("an arrow alone goes on");
    page.press(&[], key::RIGHT);
    page.until("the mark has no focus", || page.focused().is_none());
    goes(page, &[], key::LEFT, "forty, Quote");
    page.step("Enter takes the mark at the cursor, Delete deletes it");
    page.press(&[], key::ENTER);
    page.until("it has the focus", || page.focused().is_some());
    page.press(&[], key::DELETE);
    page.until("it is gone", || page.painted().is_empty());
}

/// Chinese, Japanese, Thai and Khmer, without a blank in a sentence; `|` parts the words that a
/// dictionary has.
const WITHOUT_BLANKS: [&str; 4] = [
    "今天|我们|去|公园",
    "自転車|を|修理|する",
    "เรา|ไป|สวน",
    "ខ្ញុំ|ស្រឡាញ់|ផ្ទះ",
];

fn words_are_looked_up(page: &Page) {
    page.step("where no blanks part words, the browser's dictionary does");
    let text = WITHOUT_BLANKS.join("\n\n").replace('|', "");
    let project = sample::project("lexicon", "Without blanks", &text, &[]);
    page.server.add("lexicon.json", project.to_string());
    page.open("?set=lexicon.json");
    tab_to(page, "#reader");
    page.press(&[], key::ENTER);
    for words in WITHOUT_BLANKS {
        for word in words.split('|') {
            walk_to(page, key::RIGHT, word);
        }
    }
}

fn every_script_is_marked(page: &Page) {
    page.step("joined emoji, Arabic and Japanese are words");
    walk_to(page, key::RIGHT, "👩‍🚒");
    page.press(&[], '3');
    until_marked(page, "👩‍🚒");
    walk_to(page, key::RIGHT, "محطة");
    page.press(&[key::SHIFT], key::RIGHT);
    page.press(&[], '1');
    until_marked(page, "محطة إصلاح");
    walk_to(page, key::RIGHT, "自転車");
    page.press(&[], '1');
    until_marked(page, "自転車");
    walk_to(page, key::RIGHT, "says");
}

fn lets_go(page: &Page) {
    page.step("Escape lets go, first of the selection, then of the cursor");
    goes(page, &[], key::RIGHT, "the");
    goes(page, &[key::SHIFT], key::RIGHT, "leaflet, selected");
    page.press(&[], key::ESCAPE);
    page.until("the selection is gone", || !page.sees("#draft-bar"));
    assert_ne!(told(page), "");
    goes(page, &[], key::ESCAPE, "");
    assert!(page.is("!CSS.highlights.has('cursor')"));
    page.step("a click says where it begins, and lets it go");
    let place = page.place("beautiful", 0);
    page.click_text(place, 1);
    goes(page, &[], key::ENTER, "beautiful");
    page.click_text(page.place("overdue", 0), 1);
    page.until("it is gone", || told(page).is_empty());
    page.step("a click that is out of sight does not count");
    page.click_text(page.place("town", 0), 1);
    page.read("document.querySelector('#reading').scrollTo({top: 9999, behavior: 'instant'})");
    page.press(&[], key::ENTER);
    page.until("it begins where one reads", || {
        !["", "town"].contains(&told(page).as_str()) && page.is(SEEN)
    });
    page.press(&[], key::ESCAPE);
}

fn from_the_right(page: &Page) {
    page.step("where one reads from the right, Left goes on");
    let file = page.browser.downloads.join("arabic.txt");
    fs::write(&file, "محطة إصلاح الدراجات قريبة. نعم!\n\nOne two.").expect("a file");
    page.choose_files(&[&file]);
    page.until("it is open", || page.blocks().len() == 2);
    if page.sees("dialog#report") {
        page.click("#report", "Close");
    }
    page.until("the report is closed", || !page.sees("dialog#report"));
    tab_to(page, "#reader");
    goes(page, &[], key::ENTER, "محطة");
    goes(page, &[], key::LEFT, "إصلاح");
    goes(page, &[], key::RIGHT, "محطة");
    goes(page, &[key::CONTROL], key::LEFT, "نعم!");
    goes(page, &[], key::LEFT, "One");
    goes(page, &[], key::RIGHT, "two");
}
