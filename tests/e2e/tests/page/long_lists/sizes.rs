//! Long lists under a finger, and in windows and sheets of other sizes.

use e2e::actions::{self, Point};
use e2e::{Engine, Options, Page, key, run};
use serde_json::json;

use super::look::{ARTICLE_LIST, MARK_LIST, open_article, open_long, over, rest, wheel};

#[test]
fn long_lists_under_a_finger() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        open_long(page);
        for (list, name) in [(ARTICLE_LIST, "Articles"), (MARK_LIST, "Marks")] {
            page.step(&format!("a finger moves {list}"));
            open_article(page, "d0");
            page.click("#topbar", name);
            page.until("the sheet comes", || page.sees(list));
            page.rest(300);
            let middle = over(page, list);
            let at = |y: f64| Point {
                y: middle.y + y,
                ..middle
            };
            let mut first = rest(page, list).first;
            for _ in 0..8 {
                page.browser.act(actions::swipe(at(120.0), at(-280.0)));
                let now = rest(page, list).first;
                assert!(now > first, "{now} after {first}");
                first = now;
            }
            page.browser.act(actions::swipe(at(-280.0), at(120.0)));
            let now = rest(page, list).first;
            assert!(now < first, "{now} after {first}");
            page.browser.act(actions::tap(over(page, list)));
            page.until("the sheet goes", || !page.sees(list));
        }
    });
}

pub(crate) fn other_sizes(page: &Page) {
    let lists = [ARTICLE_LIST, MARK_LIST];
    page.step("in a window of any size there are rows to see");
    for (width, height) in [(1366, 2400), (1200, 500), (1280, 900)] {
        page.resize(width, height, 1.0);
        // The rows of a window that has grown come with the frames after that.
        page.rest(500);
        for list in lists {
            let before = rest(page, list);
            let after = wheel(page, list, 5_000);
            assert!(after.first > before.first, "{before:?} {after:?}");
        }
    }
    page.step("in sheets that come and go as well");
    page.resize(390, 844, 1.0);
    for (list, name, side) in [
        (ARTICLE_LIST, "Articles", "#articles"),
        (MARK_LIST, "Marks", "#marks"),
    ] {
        page.click("#topbar", name);
        page.until("the sheet comes", || page.sees(&format!("{side}.is-open")));
        page.rest(300);
        let open = wheel(page, list, -2_000);
        assert!(open.rows > 5, "{open:?}");
        // Its button to close is above the rows.
        page.press(&[], key::ESCAPE);
        let shade = Point { x: 385.0, y: 60.0 };
        page.browser.act(actions::click(shade, 1));
        page.until("the sheet goes", || !page.sees(&format!("{side}.is-open")));
    }
    page.resize(1280, 900, 1.0);
    for list in lists {
        page.step(&format!("{list} is hidden and shown again"));
        let before = rest(page, list);
        let display = |value: &str| {
            let script =
                "document.querySelector(arguments[0]).parentElement.style.display = arguments[1]";
            page.browser.read(script, vec![json!(list), json!(value)]);
        };
        display("none");
        page.rest(100);
        display("");
        let after = rest(page, list);
        assert_eq!(after.of, before.of);
        wheel(page, list, 3_000);
    }
}
