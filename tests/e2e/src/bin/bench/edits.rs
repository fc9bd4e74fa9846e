//! What a person does with the marks of a large article, each act timed from the input to the frame
//! that shows what it did.

use e2e::actions::{self, Point};
use e2e::{Page, key};
use serde_json::json;

use crate::cases::Case;
use crate::measure::{Subject, open, page_in_use, timed};

/// The acts, in the order in which they are done.
pub const ACTS: [&str; 11] = [
    "arm a label",
    "hover",
    "focus",
    "relabel",
    "undo a relabel",
    "delete",
    "undo a delete",
    "filter by label",
    "filter by words",
    "find: the first letter",
    "find: one letter more",
];

/// How long each act took, in milliseconds.
pub fn run(case: &Case) -> [Option<f64>; 11] {
    let page = page_in_use(Subject::Built, case);
    open(&page);
    let block = page.long_blocks(20)[2];
    let armed = [json!("shows"), json!("#palette [aria-pressed=true]")];
    let arm = timed(&page, "keydown", &armed, || page.press(&[], '1'));
    page.press(&[], key::ESCAPE);
    page.scroll_to(page.words(block, 0, 3));
    let (unit, at) = some_mark(&page, block);
    let frame = [json!("frame")];
    let hover = timed(&page, "pointermove", &frame, || {
        page.browser.act(actions::hover(at));
    });
    let looks = [json!("looks"), json!(block), json!(unit)];
    let seen = |event, act: &dyn Fn()| timed(&page, event, &looks, act);
    let focus = seen("pointerup", &|| page.browser.act(actions::click(at, 1)));
    // Whatever it was, now it is an opinion, so that the next label is another one.
    page.press(&[], '3');
    page.rest(300);
    let relabel = seen("keydown", &|| page.press(&[], '2'));
    let undo = || page.press(&[key::CONTROL], 'z');
    let undo_relabel = seen("keydown", &undo);
    let delete = seen("keydown", &|| page.press(&[], key::DELETE));
    let undo_delete = seen("keydown", &undo);
    let says = [json!("says"), json!("#marks .side-note")];
    let label = timed(&page, "pointerup", &says, || {
        page.click_on("#marks [data-filter=quote]");
    });
    page.click_on("#mark-filter");
    let words = timed(&page, "keydown", &says, || page.type_keys("h"));
    page.click("#topbar", "Find");
    page.until("words can be looked for", || page.sees("#find-words"));
    let tally = [json!("says"), json!("#find-tally")];
    let [first, more] = ["h", "a"].map(|it| timed(&page, "keydown", &tally, || page.type_keys(it)));
    [
        arm,
        hover,
        focus,
        relabel,
        undo_relabel,
        delete,
        undo_delete,
        label,
        words,
        first,
        more,
    ]
}

/// A mark of a block that can be clicked: a unit of the block in it, and where it is.
fn some_mark(page: &Page, block: usize) -> (usize, Point) {
    let script = "return window.__bench.someMark(arguments[0])";
    let found = page.browser.read(script, vec![json!(block)]);
    let number = |at: usize| found[at].as_f64().expect("the block has a mark in sight");
    let at = Point {
        x: number(1),
        y: number(2),
    };
    (number(0) as usize, at)
}
