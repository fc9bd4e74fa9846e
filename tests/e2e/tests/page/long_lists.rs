//! Lists of thousands: only the rows near those in view stand in the page, and nobody notices.

mod look;
mod sizes;

use e2e::actions::{self, Point};
use e2e::{Engine, Options, Page, key, run, sample};
use look::{
    ARTICLE_LIST, ARTICLES, LONG, Look, MARK_LIST, MARKS, edges, focus_a_row, import_marks, look,
    open_article, open_long, over, rest, sees_article, sees_row, wheel,
};
use serde_json::json;
use sizes::other_sizes;

#[test]
fn long_lists_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        open_long(page);
        for list in [ARTICLE_LIST, MARK_LIST] {
            keys_lead_past_the_edge(page, list);
            the_wheel_moves_what_is_in_view(page, list);
            the_wheel_leads_to_both_ends(page, list);
            the_thumb_leads_anywhere(page, list);
            keys_lead_to_both_ends(page, list);
            the_focus_stays(page, list);
        }
        articles_come_into_view(page);
        rows_come_and_go(page);
        marks_are_narrowed_and_changed(page);
        other_sizes(page);
    });
}

#[test]
fn long_lists_in_firefox() {
    run(&Options::new(Engine::Firefox), |page| {
        open_long(page);
        for list in [ARTICLE_LIST, MARK_LIST] {
            keys_lead_past_the_edge(page, list);
            the_wheel_moves_what_is_in_view(page, list);
            the_wheel_leads_to_both_ends(page, list);
            keys_lead_to_both_ends(page, list);
            the_focus_stays(page, list);
        }
    });
}

fn keys_lead_past_the_edge(page: &Page, list: &str) {
    page.step(&format!(
        "Tab leads through {list}, past the rows that stand in the page"
    ));
    open_article(page, "d0");
    wheel(page, list, -1_000_000);
    let begin = rest(page, list);
    assert_eq!(begin.first, 1, "{begin:?}");
    page.click_on(&format!("{list} > li:first-child button"));
    page.until("the first row has the focus", || {
        look(page, list).focus == 1
    });
    // Controls of the mark in focus come first.
    page.press(&[], key::ESCAPE);
    page.until("its controls are gone", || {
        !page.sees(&format!("{list} textarea"))
    });
    let steps = begin.rows + 30;
    page.type_keys(&key::TAB.to_string().repeat(steps));
    let now = rest(page, list);
    assert_eq!(now.focus, steps + 1, "{now:?}");
    assert!(now.first <= now.focus && now.focus <= now.last, "{now:?}");
    for _ in 0..steps {
        page.press(&[key::SHIFT], key::TAB);
    }
    let now = rest(page, list);
    assert_eq!((now.focus, now.first), (1, 1), "{now:?}");
}

fn the_wheel_moves_what_is_in_view(page: &Page, list: &str) {
    page.step(&format!("the wheel moves {list} by as much as it turns"));
    // From a place that was never seen, up and down again: rows above come in with other heights
    // than was estimated.
    let height = wheel(page, list, 40_000).height;
    for pixels in [-330_i64; 8].into_iter().chain([270; 8]) {
        let before = edges(page, list);
        let now = wheel(page, list, pixels);
        // The thumb of the scroll bar follows the hand only as long as the height stays.
        assert!((now.height - height).abs() < 1.5, "{height} {now:?}");
        let after = edges(page, list);
        let pairs = before.iter().filter_map(|(at, top)| {
            let now = after.iter().find(|it| it.0 == *at)?;
            Some(top - now.1)
        });
        let moved: Vec<f64> = pairs.collect();
        assert!(!moved.is_empty(), "no row stayed: {before:?} {after:?}");
        for by in moved {
            assert!(
                (by - pixels as f64).abs() < 1.5,
                "a row moved by {by} for {pixels}"
            );
        }
    }
}

fn the_wheel_leads_to_both_ends(page: &Page, list: &str) {
    page.step(&format!("the wheel leads to both ends of {list}"));
    for (pixels, is_there) in [
        (150_000, (|it| it.last == it.of) as fn(&Look) -> bool),
        (-150_000, |it| it.first == 1),
    ] {
        let mut now = wheel(page, list, pixels);
        for _ in 0..30 {
            if is_there(&now) {
                break;
            }
            now = wheel(page, list, pixels);
        }
        // A turn more than it takes.
        let end = wheel(page, list, pixels);
        assert!(is_there(&end), "{end:?}");
        let edge = if pixels > 0 { end.height } else { 0.0 };
        assert!((end.top - edge).abs() < 900.0, "{end:?}");
    }
}

fn the_thumb_leads_anywhere(page: &Page, list: &str) {
    page.step(&format!(
        "the thumb of the scroll bar leads anywhere in {list}"
    ));
    let begin = wheel(page, list, -1_000_000);
    assert_eq!(begin.first, 1, "{begin:?}");
    let script = "const area = document.querySelector(arguments[0]).parentElement, box = area.getBoundingClientRect();
        return [box.right - (area.offsetWidth - area.clientWidth) / 2, box.top, box.bottom]";
    let bar = page.browser.read(script, vec![json!(list)]);
    let number = |at: usize| bar[at].as_f64().expect("a number");
    let at = |y: f64| Point { x: number(0), y };
    // The bar ends in arrows of some pixels.
    let mut from = at(number(1) + 12.0);
    let (top, bottom) = (number(1), number(2));
    for part in [0.5, 0.25, 0.8, 0.99] {
        let to = at(top + (bottom - top) * part);
        page.browser.act(actions::drag(from, to));
        let now = rest(page, list);
        let reached = now.first as f64 / now.of as f64;
        let wanted = part.min(1.0);
        assert!(
            (reached - wanted).abs() < 0.06,
            "{reached} for {wanted}: {now:?}"
        );
        from = to;
    }
    let end = rest(page, list);
    assert_eq!(end.last, end.of, "{end:?}");
}

fn keys_lead_to_both_ends(page: &Page, list: &str) {
    page.step(&format!("keys lead to both ends of {list}"));
    focus_a_row(page, list);
    let row = rest(page, list).focus;
    page.press(&[], key::END);
    let end = rest(page, list);
    assert_eq!((end.last, end.focus), (end.of, row), "{end:?}");
    page.press(&[], key::HOME);
    let home = rest(page, list);
    assert_eq!((home.first, home.focus), (1, row), "{home:?}");
}

fn the_focus_stays(page: &Page, list: &str) {
    page.step(&format!(
        "the focus stays in its row of {list} while the wheel turns"
    ));
    focus_a_row(page, list);
    page.press(&[], key::ESCAPE);
    let row = rest(page, list).focus;
    let away = wheel(page, list, 30_000);
    assert!(away.first > row + 100 && away.focus == row, "{away:?}");
    page.press(&[], key::TAB);
    let next = rest(page, list);
    assert_eq!(next.focus, row + 1, "{next:?}");
    assert!(
        next.first <= next.focus && next.focus <= next.last,
        "{next:?}"
    );
}

fn articles_come_into_view(page: &Page) {
    page.step("an article that is opened comes into view in the list");
    open_article(page, "d3210");
    page.until("its row is in view", || sees_article(page, 3_210));
    rest(page, ARTICLE_LIST);
    for number in 3_211..3_235 {
        page.press(&[], ']');
        page.until("the next one is in view", || sees_article(page, number));
    }
    wheel(page, ARTICLE_LIST, -90_000);
    page.press(&[], '[');
    page.until("the one before is in view", || sees_article(page, 3_233));
    look(page, ARTICLE_LIST);
    page.open(&format!("{LONG}#/document/d4321"));
    page.until("that of a link is in view", || sees_article(page, 4_321));

    page.step("so does a mark");
    open_article(page, "d0");
    page.until("its row is in view", || sees_article(page, 0));
    page.until("its marks are there", || look(page, MARK_LIST).of == MARKS);
    page.press(&[], 'p');
    let mark = |number: usize| format!("{MARK_LIST} > li[data-annotation=a{number}].is-focused");
    page.until("the last one is in view", || {
        sees_row(page, &mark(MARKS - 1))
    });
    rest(page, MARK_LIST);
    page.press(&[], 'p');
    page.until("the one before is in view", || {
        sees_row(page, &mark(MARKS - 2))
    });
    page.press(&[], 'n');
    page.press(&[], 'n');
    page.until("the first one is in view", || sees_row(page, &mark(0)));

    page.step("and its note, wherever the list was scrolled to");
    wheel(page, MARK_LIST, 50_000);
    page.press(&[], key::ENTER);
    page.until("its note is written", || {
        page.is("document.activeElement.matches('#mark-list textarea')")
    });
    page.until("it is in view", || {
        sees_row(page, &format!("{MARK_LIST} > .is-focused"))
    });
    wheel(page, MARK_LIST, 50_000);
    page.type_keys("So");
    page.until("it is in view again", || {
        sees_row(page, &format!("{MARK_LIST} > .is-focused"))
    });
    assert!(page.text_of("document.activeElement.value").contains("So"));
    page.press(&[], key::ESCAPE);
    rest(page, MARK_LIST);
}

fn rows_come_and_go(page: &Page) {
    page.step("an article goes and comes back");
    wheel(page, ARTICLE_LIST, 60_000);
    page.browser
        .read_later("await window.sourcelight.openDocument('d3234')", Vec::new());
    page.until("it is open", || page.open_document() == "d3234");
    page.click("#reader-head", "Remove");
    page.until("a row is gone", || {
        look(page, ARTICLE_LIST).of == ARTICLES - 1
    });
    page.until("the next one is in view", || sees_article(page, 3_235));
    wheel(page, ARTICLE_LIST, -60_000);
    page.click("#notices", "Undo");
    page.until("it is back", || look(page, ARTICLE_LIST).of == ARTICLES);
    rest(page, ARTICLE_LIST);

    page.step("nothing in view moves when rows above come and go");
    open_article(page, "d0");
    page.until("its marks are there", || look(page, MARK_LIST).of == MARKS);
    wheel(page, MARK_LIST, 40_000);
    let before = edges(page, MARK_LIST);
    let (place, top) = before[before.len() / 2];
    let more = 300;
    import_marks(page, more);
    page.until("they are there", || {
        look(page, MARK_LIST).of == MARKS + more
    });
    let is_still = |place: usize| {
        rest(page, MARK_LIST);
        let now = edges(page, MARK_LIST);
        let same = now.iter().find(|it| it.0 == place);
        assert!(
            same.is_some_and(|it| (it.1 - top).abs() < 1.0),
            "{place} {top} {now:?}"
        );
    };
    is_still(place + more);
    page.press(&[key::CONTROL], 'z');
    page.until("they are gone", || look(page, MARK_LIST).of == MARKS);
    is_still(place);
}

fn marks_are_narrowed_and_changed(page: &Page) {
    page.step("a mark in the middle is changed");
    wheel(page, MARK_LIST, -1_000_000);
    let middle = wheel(page, MARK_LIST, 400_000);
    assert!(
        middle.first > 1_000 && middle.last < MARKS - 1_000,
        "{middle:?}"
    );
    let at = over(page, MARK_LIST);
    page.browser.act(actions::click(at, 1));
    page.until("a mark is in focus", || page.focused().is_some());
    let id = page.focused().expect("it is in focus");
    let row = format!("{MARK_LIST} > li[data-annotation={id}]");
    let label = format!("document.querySelector('{row} .mark-label').innerText");
    let count = |label: &str| {
        page.text_of(&format!(
            "document.querySelector('{ARTICLE_LIST} > li[data-document=d0] [data-count={label}]').innerText"
        ))
    };
    assert_eq!(
        [count("claim"), count("quote"), count("opinion")],
        ["3334", "3333", "3333"]
    );
    let names = ["Claim", "Quote", "Opinion"];
    let was = names
        .iter()
        .position(|it| page.text_of(&label) == *it)
        .expect("a label");
    let now = (was + 1) % 3;
    page.press(&[], char::from(b'1' + now as u8));
    page.until("its row says so", || page.text_of(&label) == names[now]);
    let sum = |at: usize| if at == 0 { 3_334 } else { 3_333 };
    page.until("the article's row counts it", || {
        count(sample::LABELS[now]) == (sum(now) + 1).to_string()
            && count(sample::LABELS[was]) == (sum(was) - 1).to_string()
    });
    look(page, MARK_LIST);
    page.press(&[key::CONTROL], 'z');
    page.until("it is as before", || page.text_of(&label) == names[was]);
    page.press(&[], key::ESCAPE);

    page.step("filters and sorting");
    wheel(page, MARK_LIST, -1_000_000);
    page.click_on("button[data-filter=quote]");
    page.until("a third is left", || look(page, MARK_LIST).of == 3_333);
    page.fill("#mark-filter", "mark 77");
    page.until("some are left", || {
        let of = look(page, MARK_LIST).of;
        of > 0 && of < 50
    });
    page.fill("#mark-filter", "no such words");
    page.until("none is left", || look(page, MARK_LIST).rows == 0);
    assert!(
        page.text_of("document.querySelector('#marks').innerText")
            .contains("No mark fits")
    );
    page.fill("#mark-filter", "");
    page.click_on("button[data-filter=quote]");
    page.until("all are back", || look(page, MARK_LIST).of == MARKS);
    page.click_on("#mark-sort");
    page.press(&[], key::DOWN);
    page.press(&[], key::ENTER);
    let all = rest(page, MARK_LIST);
    assert_eq!((all.of, all.first), (MARKS, 1));
    wheel(page, MARK_LIST, 70_000);
}
