//! Only some marks are shown, by their labels or by who made them, in the text and in the list, and it is said.

use std::fmt::Write as _;

use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::{Value, json};

#[test]
fn only_some_labels_are_shown_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        body(page);
        page.click("#marks .filter", "Quote");
        page.assert_accessible("only quotes are shown");
        page.pretend("prefers-color-scheme", "dark");
        page.assert_accessible("only quotes are shown, dark");
    });
}

#[test]
fn only_some_labels_are_shown_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

#[test]
fn only_some_labels_are_shown_by_a_finger() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        open(page);
        page.click("#topbar", "Marks");
        page.until("the sheet comes", || page.sees("#marks.is-open"));
        page.rest(300);
        page.tap_on("[data-filter=claim]");
        page.click("#marks", "Close");
        until_shown(page, &["One claim.", "Four claims."]);
        page.screenshot("phone-390-only");
        page.tap_on("#only-shown button");
        until_shown(page, ALL);
    });
}

#[test]
fn only_what_some_people_marked_is_shown_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        people(page);
        press_person(page, "ann");
        page.assert_accessible("only what Ann marked is shown");
    });
}

#[test]
fn only_what_some_people_marked_is_shown_in_firefox() {
    run(&Options::new(Engine::Firefox), people);
}

#[test]
fn ten_thousand_marks_are_hidden_in_a_moment() {
    run(&Options::new(Engine::Chromium), many);
}

const ALL: &[&str] = &[
    "One claim.",
    "Two quotes.",
    "Three opinions.",
    "Four claims.",
];

fn open(page: &Page) {
    page.server.add("four.json", four().to_string());
    page.open("?set=four.json");
    page.until("the marks are listed", || page.count("#mark-list li") == 4);
}

/// A project with a mark in each of four sentences.
fn four() -> Value {
    let text = "One claim. Two quotes. Three opinions. Four claims.";
    let mut start = 0;
    let labels = ["claim", "quote", "opinion", "claim"];
    let marks = text
        .split_inclusive(". ")
        .zip(labels)
        .map(|(words, label)| {
            let from = start;
            start += words.len();
            sample::Marked {
                start: from,
                end: from + words.trim_end().len(),
                label,
            }
        });
    sample::project("four", "Four", text, &marks.collect::<Vec<_>>())
}

/// Chooses somebody, or no longer.
fn press_person(page: &Page, id: &str) {
    page.click_on(&format!("[data-person={id}]"));
}

/// Waits until these words are painted and listed, and no others.
#[track_caller]
fn until_shown(page: &Page, words: &[&str]) {
    let mut last = Vec::new();
    let came = page.comes(std::time::Duration::from_secs(10), || {
        last = page.painted().into_iter().map(|it| it.text).collect();
        last == words
    });
    assert!(came, "painted are {last:?}, not {words:?}");
    page.until("as many are listed", || {
        page.count("#mark-list li") == words.len() as u64
    });
}

/// What the line above the text says.
fn said(page: &Page) -> String {
    page.text_of("document.querySelector('#only-shown [role=status]').textContent")
}

fn body(page: &Page) {
    open(page);
    page.step("labels are counted, and one is shown alone");
    assert_eq!(
        page.text_of("document.querySelector('[data-filter=claim]').dataset.count"),
        "2"
    );
    assert!(!page.sees("#only-shown"));
    page.click("#marks .filter", "Claim");
    until_shown(page, &["One claim.", "Four claims."]);
    assert_eq!(said(page), "Only Claim is shown.");
    page.step("n and p pass over what is hidden");
    for expected in ["One claim.", "Four claims.", "One claim."] {
        page.press(&[], 'n');
        page.until(&format!("{expected} has the focus"), || {
            page.text_of("document.querySelector('#reader mark.is-focused')?.textContent ?? ''")
                == expected
        });
    }
    page.step("a mark in focus that is hidden loses it, and keys cannot harm it");
    page.click("#marks .filter", "Opinion");
    until_shown(page, &["One claim.", "Three opinions.", "Four claims."]);
    assert_eq!(said(page), "Only Claim and Opinion are shown.");
    page.click("#marks .filter", "Claim");
    until_shown(page, &["Three opinions."]);
    page.until("nothing has the focus", || {
        page.count("#reader mark.is-focused") == 0
    });
    page.press(&[], key::DELETE);
    page.step("a file has everything");
    page.press(&[key::CONTROL], 's');
    let file = e2e::exported::parse(&page.download());
    assert_eq!(e2e::exported::annotations(&file).len(), 4);
    page.step("who marks with a hidden label sees what is made");
    page.select("Two");
    page.label('2');
    until_shown(page, &["Two quotes.", "Two", "Three opinions."]);
    assert_eq!(said(page), "Only Quote and Opinion are shown.");
    page.until("one can choose between two people", || {
        page.count("[data-person]") == 2
    });
    page.press(&[key::CONTROL], 'z');
    page.until("there is but one again", || {
        page.count("[data-person]") == 0
    });
    until_shown(page, &["Two quotes.", "Three opinions."]);
    page.step("a relabelled mark stays in sight");
    page.click_text(page.place("Two quotes", 0).first(1), 1);
    page.until("it has the focus", || page.focused().is_some());
    page.press(&[], '1');
    until_shown(page, ALL);
    page.press(&[key::CONTROL], 'z');
    page.step("one click shows all again");
    page.click("#marks .filter", "Claim");
    page.click("#only-shown", "Show all");
    until_shown(page, ALL);
    assert_eq!(said(page), "");
    assert!(!page.sees("#only-shown"));
}

fn people(page: &Page) {
    let mut project = four();
    project["annotators"] = json!([{"id": "ann", "name": "Ann"}, {"id": "ben", "name": "Ben"}]);
    for (place, by) in ["ann", "ben", "ann", "ben"].into_iter().enumerate() {
        project["documents"][0]["annotations"][place]["creator"] = by.into();
    }
    page.server.add("two.json", project.to_string());
    page.open("?set=two.json");
    page.until("both can be chosen", || page.count("[data-person]") == 2);
    assert_eq!(
        page.text_of("document.querySelector('[data-person=ann]').dataset.count"),
        "2"
    );
    press_person(page, "ann");
    until_shown(page, &["One claim.", "Three opinions."]);
    assert_eq!(said(page), "Only what Ann marked is shown.");
    page.step("labels narrow it further");
    page.click("#marks .filter", "Claim");
    until_shown(page, &["One claim."]);
    assert_eq!(said(page), "Only Claim by Ann is shown.");
    page.click("#marks .filter", "Claim");
    press_person(page, "ben");
    until_shown(page, ALL);
    assert_eq!(said(page), "Only what Ann and Ben marked is shown.");
    page.step("who marks while others are shown is shown as well");
    press_person(page, "ben");
    until_shown(page, &["One claim.", "Three opinions."]);
    page.select("Two");
    page.label('2');
    until_shown(page, &["One claim.", "Two", "Three opinions."]);
    let all = said(page);
    assert!(
        ["Ann and you", "you and Ann"]
            .iter()
            .any(|it| all == format!("Only what {it} marked is shown.")),
        "{all}"
    );
    page.press(&[key::CONTROL], 'z');
    page.click("#only-shown", "Show all");
    until_shown(page, ALL);
    page.step("a mark says who made it, and leads to theirs alone");
    page.click_text(page.place("Two quotes", 0).first(1), 1);
    page.until("it says who", || page.sees(".by-whom"));
    let by = page.text_of("document.querySelector('.by-whom').textContent");
    assert!(by.starts_with("Marked by Ben"), "{by}");
    page.click(".by-whom", "Only theirs");
    until_shown(page, &["Two quotes.", "Four claims."]);
    assert!(page.focused().is_some());
    page.click("#only-shown", "Show all");
    until_shown(page, ALL);
}

/// A megabyte with ten thousand marks.
fn many(page: &Page) {
    let mut text = String::new();
    let mut marks = Vec::new();
    for number in 0..10_000 {
        let start = text.len();
        write!(text, "Mark {number:05} of this text").expect("a string takes all");
        let label = sample::LABELS[number % 3];
        marks.push(sample::Marked {
            start,
            end: text.len(),
            label,
        });
        text.push_str(
            " with words about nothing in particular, so that it is long enough for the count",
        );
        text.push_str(if number % 5 == 4 { ".\n\n" } else { ". " });
    }
    assert!(text.len() > 1_000_000, "{} bytes", text.len());
    let project = sample::project("many", "Many", &text, &marks);
    page.server.add("many.json", project.to_string());
    page.open("?set=many.json");
    page.until("all is painted", || page.count("#reader mark") == 10_000);
    page.read(
        "(window.longest = 0, new PerformanceObserver(all => all.getEntries().forEach(it =>
        window.longest = Math.max(window.longest, it.duration))).observe({type: 'longtask'}), 1)",
    );
    page.click("#marks .filter", "Quote");
    page.until("the others are gone from the screen", || {
        page.is(
            "[...document.querySelectorAll('#reader [data-block]')].filter(it => {
            const box = it.getBoundingClientRect();
            return box.bottom > 0 && box.top < innerHeight;
        }).every(it => !it.querySelector('mark:not([data-labels=quote])'))",
        )
    });
    page.until("and then from all of the text", || {
        page.count("#reader mark") == 3_333
    });
    page.click("#only-shown", "Show all");
    page.until("all are back", || page.count("#reader mark") == 10_000);
    let longest = page.read("Math.round(window.longest)");
    println!("longest task while labels are hidden and shown: {longest} ms");
    assert!(
        longest.as_u64().is_some_and(|it| it < 400),
        "a task of {longest} ms"
    );
}
