//! Files in and out: a large file with an article a line is read and taken over, and many marks are written
//! in every format of text. Times are those that the page itself sees.

use std::fmt::Write as _;

use e2e::server::Server;
use e2e::{Engine, Options, Page, tools};
use serde_json::{Value, json};

/// What reading and taking over cost, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Import {
    /// From choosing the file until all that was found is told.
    pub read: f64,
    /// From *Import* until the dialog is gone.
    pub taken: f64,
    /// The longest task of the first, and of the second; 0 where none took over 50 ms.
    pub longest: [f64; 2],
}

const SENTENCES: [&str; 4] = [
    "The harbour office gave no figures for the week. ",
    "“Nobody would say who had ordered the lanterns”, they wrote. ",
    "It is a brave and long overdue idea, the keeper said. ",
    "Forty boats were counted before noon, and none after it. ",
];

/// A file of so many bytes, in articles of some 6 kB with so many marks each.
pub fn lines(bytes: usize, marks: usize) -> (String, usize) {
    let mut file = String::with_capacity(bytes + 8_000);
    let mut articles = 0;
    while file.len() < bytes {
        let mut text = format!("Article {articles}\n\n");
        let mut spans = String::new();
        let mut characters = text.chars().count();
        for place in 0..100 {
            let sentence = SENTENCES[(articles * 7 + place * 3 + place * place) % SENTENCES.len()];
            let length = sentence.chars().count();
            if place % (100 / marks.max(1)) == 0 && place / (100 / marks.max(1)) < marks {
                let comma = if spans.is_empty() { "" } else { "," };
                let (start, end) = (characters, characters + length - 2);
                let label = ["claim", "quote", "opinion"][place % 3];
                write!(
                    spans,
                    r#"{comma}{{"id":"m{articles}-{place}","label":"{label}","start":{start},"end":{end}}}"#
                )
                .expect("memory takes it");
            }
            text.push_str(sentence);
            characters += length;
            if place % 8 == 7 {
                text.push_str(&format!("{place}.\n\n"));
                characters += format!("{place}.\n\n").chars().count();
            }
        }
        let text = json!(text);
        writeln!(
            file,
            r#"{{"id":"d{articles}","title":"Article {articles}","text":{text},"spans":[{spans}]}}"#
        )
        .expect("memory takes it");
        articles += 1;
    }
    (file, articles)
}

/// A page without anything of one's own, with all its parts, that watches how long tasks take.
pub fn page() -> Page {
    let mut options = Options::new(Engine::Chromium);
    options.logs = false;
    let page = Page::start(&options, Server::start(&tools::dist()));
    page.watch_memory();
    // Without logs it is not known what was asked for after the page was ready.
    page.go("");
    page.until("all parts are here", || {
        page.is("document.documentElement.dataset.complete !== undefined")
    });
    page.browser.read(WATCH, Vec::new());
    page
}

/// Watches tasks, and when a file is chosen.
const WATCH: &str = "
    const tasks = window.longTasks = [];
    new PerformanceObserver(list => tasks.push(...list.getEntries().map(it => [it.startTime, it.duration]))).observe({type: 'longtask'});
    const field = document.getElementById('open-files');
    field.addEventListener('change', () => { window.chosenAt = performance.now(); }, {capture: true});";

/// Resolves when the dialog has told what was found.
const READ: &str = "
    const told = () => document.querySelector('#import [role=status]')?.textContent ?? '';
    while (!told().startsWith('Nothing is taken over yet')) await new Promise(done => setTimeout(done, 10));
    const end = performance.now();
    await new Promise(done => setTimeout(done, 300));
    const tasks = window.longTasks.filter(it => it[0] >= window.chosenAt).map(it => it[1]);
    return {took: end - window.chosenAt, longest: Math.max(0, ...tasks), told: told()};";

/// Presses *Import*; resolves when the dialog is gone.
const TAKE: &str = "
    const start = performance.now();
    [...document.querySelectorAll('#import button')].find(it => it.textContent === 'Import').click();
    while (document.querySelector('dialog#import')) await new Promise(done => setTimeout(done, 10));
    const end = performance.now();
    await new Promise(done => setTimeout(done, 300));
    const tasks = window.longTasks;
    return {took: end - start, longest: Math.max(0, ...tasks.filter(it => it[0] >= start).map(it => it[1]))};";

/// Exports everything; the longest of three.
const EXPORT: &str = "
    const start = performance.now();
    const files = await window.sourcelight.exportAs(arguments[0]);
    return {took: performance.now() - start, bytes: files.reduce((sum, it) => sum + it.bytes.length, 0)};";

fn figure(answer: &Value, name: &str) -> Option<f64> {
    answer[name].as_f64()
}

/// Reads a file of so many bytes and takes it over.
pub fn import(bytes: usize, marks: usize) -> Option<(Page, Import)> {
    take_over(&lines(bytes, marks).0)
}

/// Reads a file with an article a line and takes it over.
pub fn take_over(file: &str) -> Option<(Page, Import)> {
    let page = page();
    let path = page.browser.downloads.join("large.jsonl");
    std::fs::write(&path, file).ok()?;
    page.choose_files(&[&path]);
    let read = page.browser.read_later(READ, Vec::new());
    let taken = page.browser.read_later(TAKE, Vec::new());
    let import = Import {
        read: figure(&read, "took")?,
        taken: figure(&taken, "took")?,
        longest: [figure(&read, "longest")?, figure(&taken, "longest")?],
    };
    Some((page, import))
}

/// How long it takes to write all that is in the page in each format of text, in milliseconds, and how
/// many bytes that gives.
pub fn export(page: &Page) -> Vec<(String, Option<f64>, f64)> {
    let formats = page
        .browser
        .read_later("return await window.sourcelight.formats()", Vec::new());
    let written = formats.as_array().cloned().unwrap_or_default();
    let written = written.iter().filter(|it| it["isWritten"] == true);
    let one = |it: &Value| {
        let id = it["id"].as_str().unwrap_or_default().to_owned();
        let answer = page.browser.read_later(EXPORT, vec![json!(id)]);
        let bytes = figure(&answer, "bytes").unwrap_or_default();
        (id, figure(&answer, "took"), bytes)
    };
    written.map(one).collect()
}
