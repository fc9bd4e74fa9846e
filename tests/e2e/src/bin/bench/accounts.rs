//! The same words in many articles, and all of them searched as one types. Times are those that the page
//! itself sees.

use std::fmt::Write as _;

use e2e::sample::Dice;
use e2e::{Page, key};
use serde_json::{Value, json};

use crate::files::take_over;
use crate::median;

/// How many articles there are, of so many bytes each.
const ARTICLES: usize = 1_000;
const BYTES: usize = 6_000;

/// What it costs, in milliseconds where nothing else is said.
pub struct Figures {
    /// Megabytes of text that are read into the index in a second.
    pub rate: f64,
    /// The longest task meanwhile; 0 where none took over 50.
    pub longest: f64,
    /// By how much the program's memory has grown by it, as a share of the text.
    pub memory: f64,
    /// A thread, once the index is there.
    pub thread: f64,
    /// From a key to the last change of the lines, the middle of some keys.
    pub key: f64,
    /// The longest task of these keys; 0 where none took over 50.
    pub key_task: f64,
}

/// Articles of words of two to four syllables; one sentence stands in some of them.
fn file() -> String {
    const SYLLABLES: [&str; 24] = [
        "ba", "ren", "ko", "li", "mar", "tu", "sel", "vo", "hin", "dra", "pe", "nor", "gi", "lun",
        "fa", "ster", "wi", "jo", "ket", "ru", "son", "ha", "mel", "ty",
    ];
    let mut dice = Dice::new(11);
    let words: Vec<String> = (0..6_000)
        .map(|_| {
            let count = 2 + dice.below(3);
            (0..count)
                .map(|_| SYLLABLES[dice.below(SYLLABLES.len())])
                .collect()
        })
        .collect();
    let mut file = String::new();
    for article in 0..ARTICLES {
        let mut text = format!("Article {article}");
        while text.len() < BYTES {
            let sentence: Vec<&str> = (0..8 + dice.below(12))
                .map(|_| words[dice.below(words.len())].as_str())
                .collect();
            let end = if dice.below(6) == 0 { ".\n\n" } else { ". " };
            write!(
                text,
                "{}{}{end}",
                if text.len() < 20 { "\n\n" } else { "" },
                sentence.join(" ")
            )
            .expect("memory takes it");
        }
        if article % 100 == 7 {
            text.push_str(
                "“Nobody told the harbour office who had ordered the lanterns”, she said.\n",
            );
        }
        let line = json!({"id": format!("d{article}"), "title": format!("Article {article}"), "text": text});
        writeln!(file, "{line}").expect("memory takes it");
    }
    file
}

/// Asks twice for the versions of a quotation: only the first time the index has to be made.
const THREAD: &str = "
    const project = JSON.parse(await window.sourcelight.exportProject());
    const one = project.documents.find(it => it.text.includes('“Nobody told'));
    const start = [...one.text.slice(0, one.text.indexOf('Nobody told'))].length;
    const wish = {document: one.id, start, end: start + 63};
    const bytes = project.documents.reduce((sum, it) => sum + new TextEncoder().encode(it.text).length, 0);
    // What that took is told a moment later.
    await new Promise(done => setTimeout(done, 1000));
    window.longTasks.length = 0;
    const begun = performance.now();
    const found = await window.sourcelight.thread(wish);
    const first = performance.now() - begun;
    await new Promise(done => setTimeout(done, 300));
    const longest = Math.max(0, ...window.longTasks.map(it => it[1]));
    const again = [];
    for (let at = 0; at < 5; at++) {
      const begun = performance.now();
      await window.sourcelight.thread(wish);
      again.push(performance.now() - begun);
    }
    again.sort((a, b) => a - b);
    return {bytes, first, longest, again: again[2], found: found.length};";

/// Remembers when a key came and when the lines changed last.
const WATCH: &str = "
    const search = document.getElementById('search');
    search.addEventListener('input', () => { window.keyAt = performance.now(); window.changedAt = null; window.longTasks.length = 0; }, {capture: true});
    new MutationObserver(() => { window.changedAt = performance.now(); })
      .observe(search, {childList: true, subtree: true, characterData: true});";

/// What the last key cost.
const KEY: &str = "return [window.changedAt === null ? null : window.changedAt - window.keyAt, Math.max(0, ...window.longTasks.map(it => it[1]))]";

/// Measures all of it in one page.
pub fn measure() -> Option<Figures> {
    let (page, _) = take_over(&file())?;
    let before = program_memory(&page);
    let thread = page.browser.read_later(THREAD, Vec::new());
    let figure = |name: &str| thread[name].as_f64();
    assert!(figure("found") >= Some(5.0), "too few versions: {thread}");
    let (bytes, again) = (figure("bytes")?, figure("again")?);
    let grown = program_memory(&page)? - before?;
    page.press(&[key::CONTROL, key::SHIFT], 'f');
    page.find("#search-words");
    page.browser.read(WATCH, Vec::new());
    let (mut keys, mut longest) = (Vec::new(), 0.0_f64);
    // The first key makes the form in which all is compared; it is kept for those that follow.
    for (at, letter) in "harbour office".chars().enumerate() {
        page.press(&[], if letter == ' ' { key::SPACE } else { letter });
        page.rest(if at == 0 { 3_000 } else { 500 });
        let cost: Value = page.browser.read(KEY, Vec::new());
        if at > 0 {
            keys.extend(cost[0].as_f64());
            longest = longest.max(cost[1].as_f64()?);
        }
    }
    Some(Figures {
        rate: bytes / 1_000.0 / (figure("first")? - again),
        longest: figure("longest")?,
        memory: grown / bytes,
        thread: again,
        key: median(&keys)?,
        key_task: longest,
    })
}

/// How much memory the program has, in bytes.
fn program_memory(page: &Page) -> Option<f64> {
    page.read("window.__memory?.buffer.byteLength ?? null")
        .as_f64()
}
