//! Thousands of articles and marks, and what there is to see of their lists.

use e2e::actions::{self, Point};
use e2e::sample::{self, Dice, Marked};
use e2e::{Page, key};
use serde_json::{Value, json};

pub(crate) const ARTICLES: usize = 5_000;
pub(crate) const MARKS: usize = 10_000;

/// The lists, and the address of what fills them.
pub(crate) const ARTICLE_LIST: &str = ".article-list";
pub(crate) const MARK_LIST: &str = "#mark-list";
pub(crate) const LONG: &str = "?set=long.json";

/// A project of many articles, of which the first has many marks, with rows of all heights.
pub(crate) fn open_long(page: &Page) {
    let mut dice = Dice::new(3);
    let mut words = |most: usize| "lake office posts ".repeat(1 + dice.below(most));
    let (mut text, mut marks) = (String::new(), Vec::new());
    for number in 0..MARKS {
        // All of it is ASCII: a byte is a code point.
        let start = text.len();
        text += &format!("mark {number} {}", words(8));
        marks.push(Marked {
            start,
            end: text.len() - 1,
            label: sample::LABELS[number % 3],
        });
        text += if number % 9 == 8 { "\n\n" } else { "and " };
    }
    let mut project = sample::project("d0", "Article 0", &text, &marks);
    for number in 1..ARTICLES {
        let title = format!("Article {number} {}", words(5));
        let mut other = sample::project(&format!("d{number}"), &title, "A short text.", &[]);
        let documents = project["documents"].as_array_mut().expect("a list");
        documents.push(other["documents"][0].take());
    }
    for number in (0..MARKS).step_by(7) {
        project["documents"][0]["annotations"][number]["note"] = json!("A note. ".repeat(9));
    }
    page.server.add("long.json", project.to_string());
    page.open(LONG);
    page.until("all articles are there", || {
        look(page, ARTICLE_LIST).of == ARTICLES
    });
    page.until("all marks are there", || look(page, MARK_LIST).of == MARKS);
}

#[track_caller]
pub(crate) fn open_article(page: &Page, id: &str) {
    let script = "await window.sourcelight.openDocument(arguments[0])";
    page.browser.read_later(script, vec![json!(id)]);
    page.until("the article is open", || page.open_document() == id);
}

/// Imports marks of the first letters of the first article.
pub(crate) fn import_marks(page: &Page, count: usize) {
    let script = "const whole = JSON.parse(await window.sourcelight.exportProject());
        return whole.documents.find(it => it.id === 'd0').text";
    let text = page.browser.read_later(script, Vec::new());
    let text = text.as_str().expect("the article has a text");
    let marks = (1..=count).map(|end| Marked {
        start: 0,
        end,
        label: "claim",
    });
    let mut project = sample::project("d0", "Article 0", text, &marks.collect::<Vec<_>>());
    for number in 0..count {
        project["documents"][0]["annotations"][number]["id"] = json!(format!("more{number}"));
    }
    let script = "await window.sourcelight.importProject(arguments[0])";
    let file = json!(project.to_string());
    page.browser.read_later(script, vec![file]);
}

/// What there is to see of a list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Look {
    /// How many rows stand in the page.
    pub rows: usize,
    /// How many there are in all.
    pub of: usize,
    /// The place of the first row in view, from 1.
    pub first: usize,
    /// The place of the last row in view.
    pub last: usize,
    /// The place of the row with the keyboard's focus; 0 where it is in none.
    pub focus: usize,
    /// How far the area is scrolled, in CSS pixels.
    pub top: f64,
    /// How high what it scrolls is.
    pub height: f64,
}

/// Looks at a list and holds it against what no list may be.
#[track_caller]
pub(crate) fn look(page: &Page, list: &str) -> Look {
    let it = page.browser.read_later(LOOK, vec![json!(list)]);
    let number = |name: &str| it[name].as_f64().unwrap_or(0.0);
    let count = |name: &str| number(name) as usize;
    let look = Look {
        rows: count("rows"),
        of: count("of"),
        first: count("first"),
        last: count("last"),
        focus: count("focus"),
        top: number("top"),
        height: number("height"),
    };
    assert!(look.rows <= 85, "{look:?}: that many rows");
    assert_eq!(it["wrong"], json!([]), "{look:?} {it}");
    look
}

/// Row by row: in order, each below the one before, none missing and no hole in view.
const LOOK: &str = "
  // As it is painted.
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const list = document.querySelector(arguments[0]), area = list.parentElement, view = area.getBoundingClientRect();
  const rows = [...list.children].map(it => ({at: +it.getAttribute('aria-posinset'), of: +it.getAttribute('aria-setsize'),
    box: it.getBoundingClientRect()}));
  const of = rows[0]?.of ?? 0, wrong = [];
  const seen = rows.filter(it => it.box.bottom > view.top && it.box.top < view.bottom);
  if (of > 0 && seen.length === 0 && view.height > 0) wrong.push('nothing in view');
  rows.slice(1).forEach((it, n) => {
    if (it.at <= rows[n].at || it.of !== of) wrong.push(['order', rows[n], it]);
    if (it.box.top < rows[n].box.bottom - 0.5) wrong.push(['overlap', rows[n], it]);
  });
  seen.slice(1).forEach((it, n) => {
    if (it.at !== seen[n].at + 1 || it.box.top > seen[n].box.bottom + 10) wrong.push(['hole', seen[n], it]);
  });
  const first = seen[0], last = seen.at(-1);
  if (first && first.at > 1 && first.box.top > view.top + 10) wrong.push('hole above');
  if (last && last.at < of && last.box.bottom < view.bottom - 10) wrong.push('hole below');
  return {rows: rows.length, of, wrong, first: first?.at, last: last?.at, top: area.scrollTop, height: area.scrollHeight,
    focus: +(document.activeElement.closest(arguments[0] + ' > li')?.getAttribute('aria-posinset') ?? 0)};";

/// Waits until the list has come to rest.
#[track_caller]
pub(crate) fn rest(page: &Page, list: &str) -> Look {
    let mut last = look(page, list);
    let mut still = 0;
    page.until("the list is at rest", || {
        page.rest(50);
        let now = look(page, list);
        let is_still = std::mem::replace(&mut last, now) == now;
        still = if is_still { still + 1 } else { 0 };
        still == 3
    });
    last
}

/// The middle of the area that scrolls a list.
pub(crate) fn over(page: &Page, list: &str) -> Point {
    page.middle_of(&format!(":has(> {list})"))
}

/// Turns the wheel over a list, and waits.
#[track_caller]
pub(crate) fn wheel(page: &Page, list: &str, pixels: i64) -> Look {
    page.browser.act(actions::wheel(over(page, list), pixels));
    rest(page, list)
}

/// Places and upper edges of the rows in the window of the browser.
pub(crate) fn edges(page: &Page, list: &str) -> Vec<(usize, f64)> {
    let script = "return [...document.querySelectorAll(arguments[0] + ' > li')].map(it =>
        [+it.getAttribute('aria-posinset'), it.getBoundingClientRect().top]).filter(it => it[1] > 0 && it[1] < innerHeight)";
    let rows = page.browser.read(script, vec![json!(list)]);
    let rows = rows.as_array().cloned().unwrap_or_default();
    let pair = |it: &Value| Some((it[0].as_u64()? as usize, it[1].as_f64()?));
    rows.iter().filter_map(pair).collect()
}

/// Whether the row of an article is there and in view.
pub(crate) fn sees_article(page: &Page, number: usize) -> bool {
    sees_row(
        page,
        &format!("{ARTICLE_LIST} > li[data-document=d{number}]"),
    )
}

pub(crate) fn sees_row(page: &Page, selector: &str) -> bool {
    let script = "const row = document.querySelector(arguments[0]);
        if (!row) return false;
        const box = row.getBoundingClientRect(), view = row.parentElement.parentElement.getBoundingClientRect();
        return box.top >= view.top - 1 && box.bottom <= view.bottom + 1";
    page.browser.read(script, vec![json!(selector)]) == json!(true)
}

/// Presses a row near the beginning of the list; one that shows no controls of a mark.
pub(crate) fn focus_a_row(page: &Page, list: &str) {
    page.press(&[], key::ESCAPE);
    wheel(page, list, -1_000_000);
    page.browser.act(actions::click(over(page, list), 1));
    page.until("a row has the focus", || look(page, list).focus > 0);
}
