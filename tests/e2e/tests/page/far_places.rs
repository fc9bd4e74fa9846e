//! Places far down in a long article, whose paragraphs are laid out only when they come into sight.

use e2e::actions::{self, Point};
use e2e::sample::{self, Dice, Marked};
use e2e::{Engine, Options, Page, key, run};
use serde_json::json;

const MARKS: usize = 2_000;

#[test]
fn the_bar_is_beside_its_mark_in_chromium() {
    run(&Options::new(Engine::Chromium), the_bar_is_beside_its_mark);
}

#[test]
fn the_bar_is_beside_its_mark_in_firefox() {
    run(&Options::new(Engine::Firefox), the_bar_is_beside_its_mark);
}

#[test]
fn the_place_is_kept_in_chromium() {
    run(&Options::new(Engine::Chromium), the_place_is_kept);
}

#[test]
fn the_place_is_kept_in_firefox() {
    run(&Options::new(Engine::Firefox), the_place_is_kept);
}

/// An article of many marks, in paragraphs whose heights nobody could guess, and a short one.
fn open_far(page: &Page) {
    let mut dice = Dice::new(7);
    let (mut text, mut marks) = (String::new(), Vec::new());
    for number in 0..MARKS {
        let line = if dice.below(3) == 0 { "\n\n" } else { " " };
        // Narrow letters and wide ones take other room than is estimated by their count.
        let filler = ["illicit lilt ", "WOMAN MOWN "][dice.below(2)].repeat(1 + dice.below(30));
        let start = text.len() + filler.len();
        let end = start + format!("mark {number}").len();
        text += &format!("{filler}mark {number}, said so.{line}");
        marks.push(Marked {
            start,
            end,
            label: sample::LABELS[number % 3],
        });
    }
    let mut project = sample::project("far", "A long way", &text, &marks);
    let mut other = sample::project("near", "A short way", "A short text.", &[]);
    let documents = project["documents"].as_array_mut().expect("a list");
    documents.push(other["documents"][0].take());
    page.server.add("far.json", project.to_string());
    page.open("?set=far.json");
    page.until("the marks are listed", || page.sees("#mark-list li"));
}

/// Where the bar is from the mark in focus, in CSS pixels: how far apart the two are, and how much
/// of the mark cannot be seen.
const BAR: &str = "
  const marks = [...document.querySelectorAll('mark.is-focused')], bar = document.querySelector('#mark-bar');
  if (!marks.length || !bar) return null;
  const mark = marks[0].getClientRects()[0], box = bar.getBoundingClientRect();
  const view = document.querySelector('#reading').getBoundingClientRect();
  return {
    apart: Math.max(mark.top - box.bottom, box.top - mark.bottom),
    hidden: Math.max(0, view.top - mark.top, mark.bottom - view.bottom),
    words: marks.map(it => it.textContent).join(''),
  }";

#[track_caller]
fn assert_bar(page: &Page, words: &str) {
    let look = || page.browser.read(BAR, vec![]);
    page.until(&format!("“{words}” is in focus"), || {
        look()["words"] == words
    });
    page.rest(400);
    let bar = look();
    let number = |name: &str| bar[name].as_f64().unwrap_or(f64::MAX);
    assert!(
        (0.0..30.0).contains(&number("apart")) && number("hidden") == 0.0,
        "{words}: {bar}"
    );
}

fn the_bar_is_beside_its_mark(page: &Page) {
    open_far(page);
    page.step("before all is painted: the last mark");
    page.press(&[], 'p');
    assert_bar(page, "mark 1999");
    page.step("the first mark, and those after it");
    page.press(&[], 'n');
    for number in 0..4 {
        assert_bar(page, &format!("mark {number}"));
        page.press(&[], 'n');
    }
    page.step("marks that the list shows, from one end to the other");
    for top in [100_000, 0, 60_000, 30_000] {
        page.browser.read(
            "document.querySelector('#mark-list').parentElement.scrollTop = arguments[0]",
            vec![json!(top)],
        );
        page.rest(300);
        let row = page.read(
            "(() => {
               const rows = [...document.querySelectorAll('#mark-list .mark-row')];
               const row = rows.find(it => it.getBoundingClientRect().top > innerHeight / 2);
               const box = row.getBoundingClientRect();
               return [row.querySelector('.mark-quote').textContent, box.left + box.width / 2, box.top + box.height / 2]; })()",
        );
        let words = row[0].as_str().unwrap_or_default();
        let (x, y) = (row[1].as_f64(), row[2].as_f64());
        let at = Point {
            x: x.unwrap_or(0.0),
            y: y.unwrap_or(0.0),
        };
        page.browser.act(actions::click(at, 1));
        assert_bar(page, words.trim());
    }
    page.press(&[], key::ESCAPE);
}

/// The first block in sight and where it stands.
fn place(page: &Page) -> (u64, f64) {
    let place = page.read(
        "(() => { const top = document.querySelector('#reading').getBoundingClientRect().top;
           const block = [...document.querySelectorAll('#reader [data-block]')].find(it =>
             it.getBoundingClientRect().bottom > top);
           return [+block.dataset.block, block.getBoundingClientRect().top - top]; })()",
    );
    (
        place[0].as_u64().unwrap_or(0),
        place[1].as_f64().unwrap_or(0.0),
    )
}

fn the_place_is_kept(page: &Page) {
    open_far(page);
    for (step, turns) in [
        ("a place far down is kept", 60_000),
        ("a place further up", -20_000),
        ("the end", 10_000_000),
        ("the beginning", -10_000_000),
    ] {
        page.step(step);
        let middle = page.middle_of("#reading");
        page.browser.act(actions::wheel(middle, turns));
        page.rest(400);
        let left = place(page);
        page.press(&[], ']');
        page.until("the short article is open", || {
            page.open_document() == "near"
        });
        page.rest(100);
        page.press(&[], '[');
        page.until("the long article is open", || page.open_document() == "far");
        let here = || {
            let now = place(page);
            now.0 == left.0 && (now.1 - left.1).abs() < 2.0
        };
        page.rest(60);
        assert!(
            here(),
            "{step}: at once: {:?}, left at {left:?}",
            place(page)
        );
        page.until("all is painted", || {
            page.count("#reader mark") >= MARKS as u64
        });
        page.rest(400);
        assert!(
            here(),
            "{step}: in the end: {:?}, left at {left:?}",
            place(page)
        );
    }
}
