//! What storage costs when there is much in it: a mark being saved, and the page being started.

use std::time::Duration;

use e2e::server::Server;
use e2e::text::Place;
use e2e::{Engine, Options, Page, tools};
use serde_json::{Value, json};

use crate::stores::{Amount, Image, fitting, store, units};

const SCRIPT: &str = include_str!("../../../bench/storage.js");
const SEED: &str = include_str!("../../../bench/seed.html");

/// How much slower than this machine the starts are made.
const THROTTLE: u32 = 4;

const PATIENCE: Duration = Duration::from_secs(120);

/// What the page has read, to be sure that the store is a good one.
const COUNT: &str = "const {documents} = JSON.parse(await window.sourcelight.exportProject());
    const marks = documents.reduce((sum, it) => sum + it.annotations.length, 0);
    return `${documents.length} articles (the practice set among them) and ${marks} spans`";

const EXPLANATION: &str = "
Saving, and starting with much in the store. The store is written by the journal itself and folded.
saving    ms from the first question to local storage to the end of the last write of a mark (checking the header,
          making the record, its checksum, setItem), all of it synchronous, after a real drag with the label armed.
copy      ms in calls of IndexedDB for the same mark (transaction, put, commit); the disk is waited for elsewhere.
turn      ms from mouse-up to the first task after it: saving and everything else that a mark sets off at once.
ready     ms from navigation to <html data-ready>, files in the HTTP cache.
settled   ms from navigation to the end of the last task over 50 ms in the 15 s after that.
";

/// Measures and prints both.
pub fn run(marks: usize, starts: usize) {
    println!("{EXPLANATION}");
    let many = Amount {
        articles: 100,
        spans: 85_000,
        letters: 300,
    };
    let few = Amount { spans: 100, ..many };
    saving(few, marks);
    saving(many, marks);
    let wide = Amount {
        articles: 5_000,
        spans: 80_000,
        letters: 60,
    };
    starting(many, starts);
    starting(wide, starts);
}

fn page_with(kept: &Image, copied: &Image) -> Page {
    let mut options = Options::new(Engine::Chromium);
    options.logs = false;
    options.patience = PATIENCE;
    let server = Server::start(&tools::dist());
    server.let_cache();
    server.add("seed.html", SEED);
    server.add("seed.json", json!([kept, copied]).to_string());
    let page = Page::start(&options, server);
    page.browser.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": SCRIPT }),
    );
    let address = format!("{}seed.html", page.server.base(0));
    page.browser.wait(page.browser.driver().goto(address));
    let seeded = "document.documentElement.hasAttribute('data-seeded')";
    assert!(page.comes(PATIENCE, || page.is(seeded)), "not seeded");
    page
}

fn visit(page: &Page, rest: &str) {
    let address = format!("{}{rest}", page.server.base(0));
    page.browser.wait(page.browser.driver().goto("about:blank"));
    page.browser.wait(page.browser.driver().goto(address));
    let ready = "(window.__cost?.ready ?? null) !== null";
    assert!(page.comes(PATIENCE, || page.is(ready)), "never ready");
}

/// So many marks, each made by a drag and waited for.
fn saving(amount: Amount, marks: usize) {
    let image = store(amount);
    let kept = fitting(&image, 40_000);
    let page = page_with(&kept, &image);
    visit(&page, "#/document/d0");
    page.rest(8_000);
    page.press(&[], '1');
    page.until("the label is armed", || {
        page.count("#palette [aria-pressed=true]") == 1
    });
    let blocks = page.long_blocks(40);
    for number in 0..marks {
        let words = page.words(
            blocks[number % blocks.len()],
            2 + number / blocks.len() * 4,
            3,
        );
        let place = Place {
            to: words.to - 1,
            ..words
        };
        page.scroll_to(place);
        page.drag(place);
        let made = format!("window.__cost.presses.length > {number}");
        page.until("the mark is saved", || page.is(&made));
    }
    let presses = page.read("window.__cost.presses");
    println!("{}, {marks} marks:", described(amount, &image, &kept));
    for name in ["saving", "storage", "copy", "turn"] {
        let figures = presses.as_array().into_iter().flatten();
        let figures: Vec<f64> = figures.filter_map(|it| it[name].as_f64()).collect();
        let most = figures.iter().copied().fold(0.0, f64::max);
        let middle = super::median(&figures).unwrap_or_default();
        println!(
            "  {name:<9} median {middle:>6.1}, most {most:>6.1}  ({} marks)",
            figures.len()
        );
    }
}

/// Starts of the page, slowed down.
fn starting(amount: Amount, starts: usize) {
    let image = store(amount);
    let kept = fitting(&image, 10_000);
    let page = page_with(&kept, &image);
    // The first start fetches the files, and may tidy.
    visit(&page, "#/document/d0");
    page.rest(15_000);
    println!("{}, {starts} starts:", described(amount, &image, &kept));
    for rate in [1, THROTTLE] {
        let parameters = json!({ "rate": rate });
        page.browser
            .devtools("Emulation.setCPUThrottlingRate", parameters);
        let mut figures = [const { Vec::new() }; 2];
        for _ in 0..starts {
            visit(&page, "#/document/d0");
            page.rest(15_000);
            let cost = page.read("window.__cost");
            let ends = cost["tasks"].as_array().into_iter().flatten();
            let end = |it: &Value| it[0].as_f64().unwrap_or(0.0) + it[1].as_f64().unwrap_or(0.0);
            figures[0].extend(cost["ready"].as_f64());
            figures[1].push(ends.map(end).fold(0.0, f64::max));
        }
        let [ready, settled] = figures.map(|it| super::median(&it).unwrap_or_default());
        println!("  CPU at 1/{rate}: ready {ready:.0}, settled {settled:.0}");
    }
    let counted = page.browser.read_later(COUNT, Vec::new());
    println!(
        "  then the page has {}",
        counted.as_str().unwrap_or("no answer")
    );
}

fn described(amount: Amount, image: &Image, kept: &Image) -> String {
    format!(
        "{} articles of {} letters, {} spans: {} units, {} of them in local storage",
        amount.articles,
        amount.letters,
        amount.spans,
        units(image),
        units(kept),
    )
}
