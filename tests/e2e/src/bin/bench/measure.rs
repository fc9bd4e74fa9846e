//! Opens one page with one case in a new browser and measures what is the same in both pages:
//! opening, a new mark, memory, scrolling.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use e2e::page::Page;
use e2e::server::Server;
use e2e::text::Place;
use e2e::{Engine, Options, tools};
use serde_json::{Value, json};

use crate::cases::Case;

/// Which page is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The built page.
    Built,
    /// The hand-written one.
    Minimal,
}

/// What one run gave. Times in milliseconds, memory in megabytes; what could not be had is missing.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// To the frame that shows the window's text with all its marks.
    pub painted: Option<f64>,
    /// To the frame after the last paragraph stood in the page.
    pub complete: Option<f64>,
    /// From mouse-up to the frame that shows the new mark.
    pub added: Option<f64>,
    /// The longest task until `complete`; 0 where none was over 50 ms.
    pub longest: Option<f64>,
    /// JavaScript's heap after a collection.
    pub heap: Option<f64>,
    /// The program's own memory; `None` for a page without one.
    pub wasm: Option<f64>,
    /// Both together, where the page is left and opened again, with everything from the browser's own store.
    pub again: Option<f64>,
    /// Whether the page says at the end that it could not keep the work.
    pub not_kept: bool,
    /// How many frames took over 50 ms while the wheel turned from top to bottom.
    pub slow_frames: Option<f64>,
    /// The longest of them.
    pub slowest: Option<f64>,
}

const MEASURE: &str = include_str!("../../../bench/measure.js");
const MINIMAL: &str = include_str!("../../../bench/minimal.html");

/// How long a page may take to open before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many new marks are timed in each run.
const MARKS: usize = 3;

/// The article in the list.
const ROW: &str = ".article-row[data-document=bench] button";

/// Gives what `measuring` does, and nothing for a page that answers no more.
pub fn attempt<T: Default>(measuring: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(measuring)).unwrap_or_default()
}

/// Opens the article in a page that runs and has it, and marks something.
pub fn open_and_mark(subject: Subject, case: &Case) -> Figures {
    let page = page_in_use(subject, case);
    let mut figures = open(&page);
    let memory = page.memory();
    figures.heap = Some(memory.heap);
    figures.wasm = memory.wasm;
    figures.added = add_marks(&page, subject);
    figures.not_kept = page.save_state() == "not-saved";
    if subject == Subject::Built && !figures.not_kept {
        figures.again = opened_again(&page);
    }
    figures
}

/// What the page takes with its article open, where it has not read a file since it was started.
fn opened_again(page: &Page) -> Option<f64> {
    let address = format!("{}#/document/bench", page.server.base(0));
    page.browser.wait(page.browser.driver().goto("about:blank"));
    page.browser.wait(page.browser.driver().goto(address));
    // Its marks are more now than the bench expects, so that nothing else says that it is there.
    let stands =
        "document.querySelector('#reader[data-document=bench] [data-block] mark') !== null";
    page.comes(PATIENCE, || page.is(stands)).then_some(())?;
    page.rest(3_000);
    let memory = page.memory();
    Some(memory.heap + memory.wasm?)
}

/// A visit that is led to the article by its address.
pub fn visit(subject: Subject, case: &Case) -> Figures {
    let page = page_with(case);
    go(&page, subject, "alone.json#/document/bench");
    opened(&page)
}

/// Turns the wheel from the top of the article to its end.
pub fn scroll(subject: Subject, case: &Case) -> Figures {
    let page = page_in_use(subject, case);
    let mut figures = open(&page);
    let at = page.middle_of("#reader [data-block]");
    let length = "(document.getElementById('reading') ?? document.scrollingElement).scrollHeight";
    let length = page.read(length).as_f64().unwrap_or_default();
    page.browser
        .read("window.__bench.countFrames()", Vec::new());
    let gesture = json!({"x": at.x, "y": 450, "yDistance": -length, "speed": 20_000, "gestureSourceType": "mouse"});
    page.browser
        .devtools("Input.synthesizeScrollGesture", gesture);
    page.browser
        .read("window.__bench.counting = false", Vec::new());
    page.rest(300);
    let gaps = page.read("window.__bench.frames");
    let gaps: Vec<f64> = gaps
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect();
    // Three frames of a screen with 60 Hz are 50 ms, which the page's clock may tell as 50.1.
    figures.slow_frames = Some(gaps.iter().filter(|gap| **gap > 50.5).count() as f64);
    figures.slowest = Some(gaps.iter().copied().fold(0.0, f64::max));
    figures
}

/// A page that runs and holds the case, with another article open, and has come to rest.
pub fn page_in_use(subject: Subject, case: &Case) -> Page {
    let page = page_with(case);
    go(&page, subject, "bench.json");
    page.find(ROW);
    if subject == Subject::Built {
        let ready = "document.documentElement.hasAttribute('data-ready')";
        assert!(page.comes(PATIENCE, || page.is(ready)), "never ready");
        let kept = page.comes(PATIENCE, || page.save_state() != "saving");
        assert!(kept, "never saved");
        page.rest(1_500);
    }
    page.rest(500);
    page
}

/// Chooses the article in the list.
pub fn open(page: &Page) -> Figures {
    page.browser.read("window.__bench.opening()", Vec::new());
    page.click_on(ROW);
    opened(page)
}

fn page_with(case: &Case) -> Page {
    let mut options = Options::new(Engine::Chromium);
    options.logs = false;
    options.patience = PATIENCE;
    let server = Server::start(&tools::dist());
    server.let_cache();
    server.add("minimal.html", MINIMAL);
    server.add("bench.json", case.file.clone());
    server.add("alone.json", case.alone.clone());
    server.add("warm.html", warming());
    let page = Page::start(&options, server);
    watch(&page, &case.expected);
    page.watch_memory();
    let address = format!("{}warm.html", page.server.base(0));
    page.browser.wait(page.browser.driver().goto(address));
    page.until("the cache is warm", || {
        page.is("document.documentElement.hasAttribute('data-warm')")
    });
    page
}

/// Has every document from now on measure itself.
pub fn watch(page: &Page, expected: &[(usize, usize)]) {
    let expected = serde_json::to_string(expected).expect("numbers are JSON");
    let script = MEASURE.replace("EXPECTED", &expected);
    page.browser.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": script }),
    );
}

/// A page that fetches every file of both pages, so that the measured visit finds them in the
/// browser's cache and the network plays no part.
fn warming() -> String {
    let folder = tools::dist();
    let mut files = vec![
        "./".to_owned(),
        "minimal.html".to_owned(),
        "bench.json".to_owned(),
        "alone.json".to_owned(),
    ];
    let names = fs::read_dir(&folder).into_iter().flatten().flatten();
    files.extend(
        names
            .filter(|it| it.path().is_file())
            .map(|it| it.file_name().to_string_lossy().into_owned()),
    );
    let list = serde_json::to_string(&files).expect("names are JSON");
    format!(
        "<!doctype html><title>Warming</title><script>
           Promise.all({list}.map(it => fetch(it).then(answer => answer.arrayBuffer())))
             .then(() => document.documentElement.dataset.warm = '')</script>"
    )
}

fn go(page: &Page, subject: Subject, set: &str) {
    let name = match subject {
        Subject::Built => "",
        Subject::Minimal => "minimal.html",
    };
    let address = format!("{}{name}?set={set}", page.server.base(0));
    page.browser.wait(page.browser.driver().goto("about:blank"));
    page.browser.wait(page.browser.driver().goto(address));
}

/// Waits until the article stands and reads how long that took.
fn opened(page: &Page) -> Figures {
    let complete = || page.read("window.__bench?.complete ?? null");
    let came = page.comes(PATIENCE, || !complete().is_null());
    let painted = page.read("window.__bench?.painted ?? null").as_f64();
    if !came {
        return Figures {
            painted,
            ..Figures::default()
        };
    }
    // Long tasks are reported a little after they have ended.
    page.rest(200);
    Figures {
        painted,
        complete: complete().as_f64(),
        longest: page.read("window.__bench.longest()").as_f64(),
        ..Figures::default()
    }
}

/// Has the page time what the next input of this kind changes, lets `act` make the input and waits.
pub fn timed(page: &Page, event: &str, expected: &[Value], act: impl FnOnce()) -> Option<f64> {
    let mut arguments = vec![json!(event)];
    arguments.extend_from_slice(expected);
    page.browser
        .read("window.__bench.expect(...arguments)", arguments);
    act();
    let mut time = None;
    page.comes(Duration::from_secs(20), || {
        time = page.read("window.__bench.time").as_f64();
        time.is_some()
    });
    page.rest(150);
    time
}

/// Drags over words and times the mark; the middle of a few.
fn add_marks(page: &Page, subject: Subject) -> Option<f64> {
    if subject == Subject::Built {
        page.press(&[], '1');
        page.until("the label is armed", || {
            page.count("#palette [aria-pressed=true]") == 1
        });
    }
    let blocks = page.long_blocks(20);
    let mut times = Vec::new();
    for number in 0..MARKS {
        // In the first paragraphs, each time another one, with borders that no annotation has by plan.
        let words = page.words(*blocks.get(number)?, 4 + number, 5);
        let place = Place {
            to: words.to - 1,
            ..words
        };
        page.scroll_to(place);
        let middle = usize::midpoint(place.from, place.to);
        let seen = [json!("looks"), json!(place.block), json!(middle)];
        times.extend(timed(page, "pointerup", &seen, || page.drag(place)));
    }
    super::median(&times)
}
