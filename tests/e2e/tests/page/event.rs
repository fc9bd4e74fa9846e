//! Accounts of one event beside each other: marking in every column without a jump, the same words in
//! several articles, and all that is shown below the columns.

use e2e::actions::{self, Point};
use e2e::exported::{annotations, assert_exact};
use e2e::{Engine, Options, Page, key, run};
use serde_json::{Value, json};

const QUOTE: &str = "He was one man doing the work of two, and he did it well.";

#[test]
fn accounts_beside_each_other_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1440, 900, 1.0);
        body(page);
        panels(page);
    });
}

#[test]
fn accounts_beside_each_other_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

fn open(page: &Page) {
    page.open("");
    page.click("#hint", "Got it");
    page.press(&[], 'e');
    page.find(".column.is-worked");
}

/// The articles in the columns.
fn columns(page: &Page) -> Vec<String> {
    let script =
        "[...document.querySelectorAll('.column.is-shown')].map(it => it.dataset.document)";
    let found = page.read(script);
    let found = found.as_array().into_iter().flatten();
    found
        .filter_map(|it| it.as_str().map(str::to_owned))
        .collect()
}

/// Where words stand in the quiet text of a column: before the first letter and behind the last.
fn in_column(page: &Page, document: &str, words: &str) -> (Point, Point) {
    const PLACE: &str = r"
const [id, words] = arguments;
const host = document.querySelector(`.column[data-document='${id}'] .column-words`);
const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
for (let node; (node = walker.nextNode());) {
  const at = node.data.indexOf(words);
  if (at < 0) continue;
  const range = document.createRange();
  range.setStart(node, at); range.setEnd(node, at + words.length);
  const scroller = host.closest('.column-text'), seen = scroller.getBoundingClientRect();
  const now = range.getBoundingClientRect();
  if (now.top < seen.top + 20 || now.bottom > seen.bottom - 20) scroller.scrollTop += now.top - seen.top - 80;
  const all = [...range.getClientRects()].filter(it => it.width > 0), first = all[0], last = all[all.length - 1];
  return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
}
return null;";
    let mut found = Value::Null;
    // The second time nothing is scrolled any more.
    for _ in 0..3 {
        found = page
            .browser
            .read(PLACE, vec![json!(document), json!(words)]);
        page.rest(250);
    }
    let at = |place: usize| {
        found[place]
            .as_f64()
            .unwrap_or_else(|| panic!("no “{words}”"))
    };
    let point = |from: usize| Point {
        x: at(from),
        y: at(from + 1),
    };
    (point(0), point(2))
}

/// How high the block with these words stands, in the real reader or in the column of an article.
fn height(page: &Page, host: &str, words: &str) -> f64 {
    let script = "const [host, words] = arguments;
        const block = [...document.querySelectorAll(host + ' [data-block]')].find(it => it.textContent.includes(words));
        return block ? block.getBoundingClientRect().top : null";
    let found = page.browser.read(script, vec![json!(host), json!(words)]);
    found
        .as_f64()
        .unwrap_or_else(|| panic!("no “{words}” in {host}"))
}

fn body(page: &Page) {
    page.step("a key puts the articles of the event beside each other");
    open(page);
    let shown = columns(page);
    assert!(shown.len() >= 2 && shown[0] == "wire-report", "{shown:?}");
    assert_eq!(page.open_document(), "wire-report");
    let hash = "decodeURIComponent(location.hash)";
    assert_eq!(
        page.text_of(hash),
        "#/event/Chain failure of the Kelmsund ferry, October 2025"
    );
    let head = page.text_of("document.querySelector('.column.is-worked .column-head').innerText");
    assert!(
        head.contains("Northstrand Wire") && head.contains(" words"),
        "{head}"
    );

    page.step("marking in the column one works in");
    page.select(QUOTE);
    page.label('2');
    let id = page.until_painted(QUOTE);
    page.until("the head counts it", || {
        page.text_of("document.querySelector('.column.is-worked .column-head').innerText")
            .contains("1 quote")
    });

    page.step("a drag in another column marks there, and nothing jumps");
    let other = shown[1].clone();
    let words = words_of(&other);
    let quiet = format!(".column[data-document='{other}']");
    let (from, to) = in_column(page, &other, words);
    let before = height(page, &quiet, words);
    page.browser.act(actions::drag(from, to));
    page.until("the work is there", || page.open_document() == other);
    page.find("#draft-bar");
    page.rest(400);
    let after = height(page, "#reader", words);
    assert!(
        (before - after).abs() < 1.5,
        "it jumped from {before} to {after}"
    );
    page.press(&[], '1');
    page.until_painted(words);
    page.until("the column itself knows it", || {
        page.count(&format!("{quiet} mark")) > 0
    });
    assert_exact(&page.project());

    page.step("a click on a mark in another column takes it");
    let (from, _) = in_column(page, "wire-report", "one man doing the work");
    page.browser.act(actions::click(
        Point {
            x: from.x + 12.0,
            ..from
        },
        1,
    ));
    page.until("the work is there", || {
        page.open_document() == "wire-report"
    });
    page.until("it has the focus", || page.focused() == Some(id.clone()));

    page.step("the same words in the other articles");
    page.press(&[], 't');
    page.until("versions are listed", || page.count(".version") >= 3);
    let told = "document.querySelector('.versions').innerText";
    assert!(
        page.text_of(told).contains("shortened"),
        "{}",
        page.text_of(told)
    );
    assert!(page.count(".version del") > 0);
    let linked = || page.project()["relations"].as_array().map_or(0, Vec::len);
    assert_eq!(linked(), 0);
    page.click_on(".version:not(:first-child) .version-tools button:nth-of-type(3)");
    page.until_said("Confirmed");
    page.until("it says so", || page.sees(".version-linked"));
    assert_eq!(linked(), 1);
    assert_exact(&page.project());
    let marks = || annotations(&page.project()).len();
    let with_version = marks();
    page.press(&[key::CONTROL], 'z');
    page.until("one undo takes all of it back", || {
        linked() == 0 && marks() < with_version
    });
    page.until("it can be confirmed again", || {
        !page.sees(".version-linked")
    });

    page.step("the address brings the columns back");
    page.reload();
    page.find(".column.is-worked");
    page.click("#event-bar", "One article");
    page.until("one article is read alone", || !page.sees(".column"));
    assert!(page.text_of("location.hash").starts_with("#/document/"));
    page.find("#reader-head");
}

/// Some words of an article that stand there once.
fn words_of(document: &str) -> &'static str {
    match document {
        "press-rewrite" => "carried passengers across the estuary",
        "opinion-column" => "one man doing the work of two",
        _ => panic!("another order of the articles: {document}"),
    }
}

fn panels(page: &Page) {
    page.press(&[], 'e');
    page.find(".column.is-worked");
    page.assert_accessible("columns");
    page.screenshot("event-columns");
    for (name, expected) in [
        ("Articles", ".accounts tbody tr:nth-child(5)"),
        ("Quote", ".versions, .side-empty"),
        ("Shared passages", ".matrix tbody tr:nth-child(5)"),
        ("Figures", ".figure-groups table"),
        // The quote that was marked above, and nobody is named for yet.
        ("Sources", "#event-panel tbody tr"),
        ("Headlines", ".headline:nth-child(5)"),
        ("Report", "#report .paper table"),
    ] {
        page.step(name);
        page.click("#event-bar", name);
        page.find(expected);
        page.rest(200);
        page.assert_accessible(name);
        page.screenshot(&format!("event-{}", name.to_lowercase().replace(' ', "-")));
    }
    page.step("the report is a file");
    page.click("#report, .panel-tools", "Save as Markdown");
    let (_, bytes) = page.download_of("md");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(
        text.contains("## Figures") && text.contains("Northstrand Wire"),
        "{text}"
    );
    page.click(".panel-tools", "Save as a web page");
    let (_, bytes) = page.download_of("html");
    assert!(String::from_utf8_lossy(&bytes).starts_with("<!doctype html>"));

    page.step("a place that a panel names is gone to");
    page.click("#event-bar", "Figures");
    page.find(".figure-groups table");
    page.click_on(".figure-groups tbody tr:nth-child(2) .way");
    page.rest(500);
    page.screenshot("event-figures-place");
    page.step("dark");
    page.pretend("prefers-color-scheme", "dark");
    page.click("#event-bar", "Shared passages");
    page.click_label("#event-panel", "Show them in the texts");
    page.rest(300);
    page.assert_accessible("shared passages, dark");
    page.screenshot("event-dark");
}

/// The practice set's event, in columns of which a phone shows one.
pub(crate) fn compare_on_a_phone(page: &Page) {
    page.open("");
    page.tap_on("#hint button");
    page.click(".reader-buttons", "Compare accounts");
    page.find(".event-pager button");
}

#[test]
fn accounts_on_a_phone() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        compare_on_a_phone(page);
        page.assert_fits(390);
        page.screenshot("event-phone");
        page.assert_accessible("columns on a phone");
        page.step("a swipe brings the next article, and the work goes there");
        let before = page.open_document();
        let middle = page.middle_of("#columns");
        let to = Point {
            x: 30.0,
            y: middle.y,
        };
        let from = Point {
            x: 360.0,
            y: middle.y,
        };
        page.browser.act(actions::swipe(from, to));
        page.until("another is open", || page.open_document() != before);
        page.rest(400);
        page.assert_fits(390);
        page.screenshot("event-phone-second");
        page.step("a button goes back");
        page.tap_on(".event-pager button:first-child");
        page.until("the first is open", || page.open_document() == before);
        page.click("#event-bar", "Figures");
        page.find(".figure-groups table");
        page.assert_fits(390);
        page.screenshot("event-phone-figures");
        page.assert_accessible("figures on a phone");
    });
}
