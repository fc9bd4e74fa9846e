//! The strip along the scroll bar, read pixel by pixel.

use std::fs;
use std::time::{Duration, Instant};

use e2e::actions::Point;
use e2e::sample::{Marked, project};
use e2e::{Engine, Options, Page, actions, key, run};
use serde_json::json;

/// The colour of the strip at a share of its height, in the part of the marks or of what is found.
fn colour(page: &Page, share: f64, in_marks: bool) -> [u64; 4] {
    let script = "const canvas = document.querySelector('#overview');
        const y = Math.min(Math.floor(canvas.height * arguments[0]), canvas.height - 1);
        const x = Math.floor(canvas.width * (arguments[1] ? 0.7 : 0.1));
        return [...canvas.getContext('2d').getImageData(x, y, 1, 1).data]";
    let found = page
        .browser
        .read(script, vec![json!(share), json!(in_marks)]);
    [0, 1, 2, 3].map(|at| found[at].as_u64().unwrap_or_default())
}

fn number(page: &Page, script: &str) -> f64 {
    page.read(script).as_f64().unwrap_or(f64::NAN)
}

const NONE: [u64; 4] = [0; 4];
const CLAIM: [u64; 4] = [0x1f, 0x62, 0xb5, 255];
const OPINION: [u64; 4] = [0xb0, 0x2f, 0x4a, 255];

/// A megabyte with marks at the middle and near the end, and `more` marks in the first tenth.
fn open_long(page: &Page, more: usize) {
    let paragraph = "One sentence of seven words is here. Another one, with a comma. Why? ";
    let text = format!("{}\n\n", paragraph.repeat(6)).repeat(2_400);
    let letters = text.len();
    let at = |share: f64| (letters as f64 * share) as usize;
    let mark = |start: usize, label| Marked {
        start,
        end: start + 3,
        label,
    };
    let words: Vec<usize> = text.match_indices("One ").map(|it| it.0).collect();
    let near = |share| words[words.partition_point(|it| *it < at(share))];
    let mut marks = vec![mark(near(0.5), "opinion"), mark(near(0.9), "claim")];
    marks.extend(words.iter().take(more).map(|start| mark(*start, "claim")));
    let file = page.browser.downloads.join("strip.json");
    fs::write(&file, project("strip", "Strip", &text, &marks).to_string()).expect("a file");
    page.choose_files(&[&file]);
    page.until("it is open", || page.open_document() == "strip");
    if page.sees("dialog#report") {
        page.click("#report", "Close");
    }
}

#[test]
fn the_strip_shows_where_the_marks_are_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1280, 800, 1.0);
        body(page);
        in_other_colours(page);
    });
}

#[test]
fn the_strip_shows_where_the_marks_are_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

fn body(page: &Page) {
    page.open("");
    open_long(page, 0);
    let beside = "['top', 'bottom'].every(side => Math.abs(document.querySelector('#overview').getBoundingClientRect()[side]
        - document.querySelector('#reading').getBoundingClientRect()[side]) < 2)";
    assert!(page.is(beside), "the strip is as high as the text");
    page.until("the middle is an opinion", || {
        colour(page, 0.501, true) == OPINION
    });
    assert_eq!(colour(page, 0.901, true), CLAIM);
    assert_eq!(colour(page, 0.3, true), NONE);
    assert!(page.is("document.querySelector('#overview').getAttribute('aria-hidden') === 'true'"));

    page.step("a click goes there, and the focus is shown");
    let strip = page.middle_of("#overview");
    page.browser.act(actions::click(strip, 1));
    page.until("the mark is in sight", || {
            page.is("(() => { const it = document.querySelector('#reader mark[data-labels=opinion]')?.getBoundingClientRect();
                       return !!it && it.top > 0 && it.bottom < innerHeight; })()")
        });
    page.press(&[], 'n');
    page.until(
        "the focus has its own colour, over all of the width",
        || {
            let colour = colour(page, 0.501, false);
            colour != NONE && colour != OPINION
        },
    );
    page.press(&[], key::ESCAPE);
    page.until("it is gone", || colour(page, 0.501, false) == NONE);

    page.step("a change of a mark changes the strip, and so does undo");
    page.press(&[], 'n');
    page.press(&[], '1');
    page.press(&[], key::ESCAPE);
    page.until("the middle is a claim", || {
        colour(page, 0.501, true) == CLAIM
    });
    page.press(&[key::CONTROL], 'z');
    page.until("it is an opinion again", || {
        page.press(&[], key::ESCAPE);
        colour(page, 0.501, true) == OPINION
    });

    page.step("marks of hidden labels are not in it, and no press leads to them");
    let block = "[...document.querySelectorAll('#reader [data-block]')].indexOf(
        document.querySelector('#reader mark[data-labels=opinion]').closest('[data-block]'))";
    let block = number(page, block);
    page.read("document.querySelector('#reading').scrollTo(0, 0)");
    page.click("#marks .filter", "Claim");
    page.until("opinions are gone", || colour(page, 0.501, true) == NONE);
    assert_eq!(colour(page, 0.901, true), CLAIM);
    let strip = page.middle_of("#overview");
    // Two rows below it a press would mean the mark, were it shown; now the words of that row.
    page.browser.act(actions::click(
        Point {
            y: strip.y + 2.5,
            ..strip
        },
        1,
    ));
    let distance = format!(
        "document.querySelectorAll('#reader [data-block]')[{block}].getBoundingClientRect().top"
    );
    page.until("one is there", || number(page, &distance).abs() < 4_000.0);
    page.rest(400);
    assert!(
        number(page, &distance) < -100.0,
        "{}",
        number(page, &distance)
    );
    page.click("#only-shown", "Show all");
    page.until("all are there again", || {
        colour(page, 0.501, true) == OPINION
    });

    page.step("what is found is shown as long as one looks for it");
    page.press(&[], '/');
    page.find("#find-words");
    page.type_keys("comma");
    page.until("it is found everywhere", || {
        [0.1, 0.3, 0.7]
            .iter()
            .all(|at| colour(page, *at, false) != NONE)
    });
    assert_eq!(colour(page, 0.3, true), NONE);
    page.screenshot("overview");
    page.press(&[], key::ESCAPE);
    page.until("it is gone", || colour(page, 0.3, false) == NONE);
}

fn in_other_colours(page: &Page) {
    page.step("dark, and in colours of the reader's own");
    page.pretend("prefers-color-scheme", "dark");
    page.until("the dark colour", || {
        ![NONE, OPINION].contains(&colour(page, 0.501, true))
    });
    page.screenshot("overview-dark");
    page.pretend("forced-colors", "active");
    page.until("the colour of the text", || {
        let [red, green, blue, there] = colour(page, 0.501, true);
        there == 255 && red == green && green == blue
    });
    page.pretend("forced-colors", "none");

    page.step("hidden marks are not in it, and a narrow window has none");
    page.press(&[], 'h');
    page.until("nothing is there", || colour(page, 0.901, true) == NONE);
    page.resize(390, 800, 1.0);
    page.until("it is not shown", || !page.sees("#overview"));
}

#[test]
fn ten_thousand_marks_are_drawn_at_once_and_only_when_they_change() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1280, 800, 1.0);
        page.open("");
        page.read(
            "(() => { window.__drawn = 0; const real = CanvasRenderingContext2D.prototype.fillRect;
               CanvasRenderingContext2D.prototype.fillRect = function (...all) { window.__drawn += 1; return real.apply(this, all); }; })()",
        );
        open_long(page, 10_000);
        page.until("they are drawn", || colour(page, 0.05, true) == CLAIM);
        let drawn = || page.read("window.__drawn").as_u64().unwrap_or_default();
        page.until("all is painted", || {
            page.count("#reader [data-block]") == 2_400
        });
        page.rest(500);
        let before = drawn();
        page.read("document.querySelector('#reading').scrollTo(0, 90000)");
        page.rest(500);
        assert_eq!(drawn(), before, "scrolling draws nothing");
        let start = Instant::now();
        page.press(&[], 'n');
        page.until("the focus is drawn", || drawn() > before);
        assert!(start.elapsed() < Duration::from_secs(3));
        // Rows with the same colours are one rectangle.
        assert!(drawn() - before < 200, "{} rectangles", drawn() - before);
    });
}
