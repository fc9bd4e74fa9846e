//! Opens one page with one case in a new browser and measures it.

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
    /// From navigation to the frame that shows the window's text with all its marks.
    pub painted: Option<f64>,
    /// From navigation to the frame after the last paragraph stood in the page.
    pub complete: Option<f64>,
    /// From mouse-up to the frame that shows the new mark.
    pub added: Option<f64>,
    /// The longest task until `complete`; 0 where none was over 50 ms.
    pub longest: Option<f64>,
    /// JavaScript's heap after a collection.
    pub heap: Option<f64>,
    /// The program's own memory; `None` for a page without one.
    pub wasm: Option<f64>,
    /// Whether the page says at the end that it could not keep the work.
    pub not_kept: bool,
    /// How many frames while scrolling took over 50 ms, of a hundred.
    pub slow_frames: Option<f64>,
}

const MEASURE: &str = include_str!("../../../bench/measure.js");
const MINIMAL: &str = include_str!("../../../bench/minimal.html");

/// How long a page may take to open before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many new marks are timed in each run.
const MARKS: usize = 3;

/// Measures once. A page that answers no more gives no figures.
pub fn measure(subject: Subject, case: &Case, scroll: Option<f64>) -> Figures {
    let measuring = AssertUnwindSafe(|| measure_open(subject, case, scroll));
    catch_unwind(measuring).unwrap_or_default()
}

fn measure_open(subject: Subject, case: &Case, scroll: Option<f64>) -> Figures {
    let mut options = Options::new(Engine::Chromium);
    options.logs = false;
    options.patience = PATIENCE;
    let server = Server::start(&tools::dist());
    server.let_cache();
    server.add("minimal.html", MINIMAL);
    server.add("bench.json", case.file.clone());
    server.add("warm.html", warming());
    let page = Page::start(&options, server);
    let expected = serde_json::to_string(&case.expected).expect("numbers are JSON");
    let script = MEASURE.replace("EXPECTED", &expected);
    page.browser.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": script }),
    );
    warm(&page);
    visit(
        &page,
        if subject == Subject::Built {
            "?set=bench.json"
        } else {
            "minimal.html?set=bench.json"
        },
    );
    let mut figures = Figures::default();
    let complete = || page.read("window.__bench?.complete ?? null");
    if !page.comes(PATIENCE, || !complete().is_null()) {
        figures.painted = page.read("window.__bench?.painted ?? null").as_f64();
        return figures;
    }
    figures.complete = complete().as_f64();
    figures.painted = page.read("window.__bench.painted").as_f64();
    figures.longest = page
        .read("window.__bench.tasks.filter(it => it[0] <= window.__bench.complete).reduce((most, it) => Math.max(most, it[1]), 0)")
        .as_f64();
    memory(&page, &mut figures);
    figures.added = add_marks(&page, subject);
    figures.not_kept = page.save_state() == "not-saved";
    if let Some(pixels) = scroll {
        figures.slow_frames = slow_frames(&page, pixels);
    }
    figures
}

/// A page that fetches every file of both pages, so that the measured visit finds them in the
/// browser's cache and the network plays no part.
fn warming() -> String {
    let folder = tools::dist();
    let mut files = vec![
        "./".to_owned(),
        "minimal.html".to_owned(),
        "bench.json".to_owned(),
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

fn warm(page: &Page) {
    let address = format!("{}warm.html", page.server.base(0));
    page.browser.wait(page.browser.driver().goto(address));
    page.until("the cache is warm", || {
        page.is("document.documentElement.hasAttribute('data-warm')")
    });
}

fn visit(page: &Page, rest: &str) {
    let address = format!("{}{rest}", page.server.base(0));
    page.browser.wait(page.browser.driver().goto("about:blank"));
    page.browser.wait(page.browser.driver().goto(address));
}

fn memory(page: &Page, figures: &mut Figures) {
    page.browser.devtools("HeapProfiler.enable", json!({}));
    page.browser
        .devtools("HeapProfiler.collectGarbage", json!({}));
    page.browser.devtools("Performance.enable", json!({}));
    let metrics = page.browser.devtools("Performance.getMetrics", json!({}));
    let all = metrics["metrics"].as_array().cloned().unwrap_or_default();
    let heap = all.iter().find(|it| it["name"] == "JSHeapUsedSize");
    figures.heap = heap.and_then(|it| it["value"].as_f64()).map(megabytes);
    figures.wasm = page
        .read("window.__bench.memory?.buffer.byteLength ?? null")
        .as_f64()
        .map(megabytes);
}

fn megabytes(bytes: f64) -> f64 {
    bytes / 1_048_576.0
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
        page.browser.read(
            "window.__bench.expect(arguments[0], arguments[1])",
            vec![json!(place.block), json!(middle)],
        );
        page.drag(place);
        let mut time = Value::Null;
        let came = page.comes(Duration::from_secs(20), || {
            time = page.read("window.__bench.added");
            !time.is_null()
        });
        if came {
            times.extend(time.as_f64());
        }
        page.rest(100);
    }
    super::median(&times)
}

/// Scrolls with the wheel and gives how many frames of a hundred took over 50 ms.
fn slow_frames(page: &Page, pixels: f64) -> Option<f64> {
    let at = page.middle_of("#reader [data-block]");
    page.browser
        .read("window.__bench.countFrames()", Vec::new());
    let gesture = json!({"x": at.x, "y": 450, "yDistance": -pixels, "speed": 6000, "gestureSourceType": "mouse"});
    page.browser
        .devtools("Input.synthesizeScrollGesture", gesture);
    page.browser
        .read("window.__bench.counting = false", Vec::new());
    page.rest(300);
    let gaps = page.read("window.__bench.frames");
    let gaps: Vec<f64> = gaps.as_array()?.iter().filter_map(Value::as_f64).collect();
    if gaps.is_empty() {
        return None;
    }
    let slow = gaps.iter().filter(|gap| **gap > 50.0).count();
    Some(slow as f64 * 100.0 / gaps.len() as f64)
}
