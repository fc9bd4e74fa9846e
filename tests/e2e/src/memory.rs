//! What a page holds in memory, once the browser has collected what nobody needs (Chromium).

use serde_json::json;

use crate::page::Page;
use crate::sample;

/// Megabytes, and nodes of the page.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// JavaScript's heap.
    pub heap: f64,
    /// The program's own memory; `None` for a page without one or where [`WATCH`] did not run.
    pub wasm: Option<f64>,
    /// Nodes that are alive, in the page or held by somebody.
    pub nodes: f64,
}

/// To be run before the page's own scripts: the only way to learn how much memory the program has
/// is to see it start.
pub const WATCH: &str = "for (const name of ['instantiate', 'instantiateStreaming']) {
  const plain = WebAssembly[name];
  WebAssembly[name] = async (...rest) => {
    const result = await plain.apply(WebAssembly, rest);
    const parts = (result.instance ?? result).exports ?? {};
    window.__memory = Object.values(parts).find(it => it instanceof WebAssembly.Memory) ?? window.__memory;
    return result;
  };
}";

impl Page {
    /// Has every document from now on tell how much memory its program has.
    pub fn watch_memory(&self) {
        let script = json!({ "source": WATCH });
        self.browser
            .devtools("Page.addScriptToEvaluateOnNewDocument", script);
    }

    /// Collects and measures.
    pub fn memory(&self) -> Memory {
        for (command, times) in [
            ("HeapProfiler.enable", 1),
            ("HeapProfiler.collectGarbage", 3),
            ("Performance.enable", 1),
        ] {
            for _ in 0..times {
                self.browser.devtools(command, json!({}));
            }
        }
        let metrics = self.browser.devtools("Performance.getMetrics", json!({}));
        let all = metrics["metrics"].as_array().cloned().unwrap_or_default();
        let value = |name: &str| {
            let found = all.iter().find(|it| it["name"] == name);
            found.and_then(|it| it["value"].as_f64())
        };
        let wasm = self.read("window.__memory?.buffer.byteLength ?? null");
        Memory {
            heap: megabytes(value("JSHeapUsedSize").unwrap_or(f64::NAN)),
            wasm: wasm.as_f64().map(megabytes),
            nodes: value("Nodes").unwrap_or(f64::NAN),
        }
    }
}

/// Opens and closes `articles` articles in turn by the key for it, there and back, and gives what
/// was held after the way there, on which all grows to its size, and after the way back.
#[track_caller]
pub fn rounds(page: &Page, articles: usize) -> (Memory, Memory) {
    page.watch_memory();
    page.server.add("many.json", sample::many(articles));
    page.open("?set=many.json");
    round(page, ']', (1..articles).collect());
    let before = page.memory();
    round(page, '[', (0..articles - 1).rev().collect());
    (before, page.memory())
}

fn round(page: &Page, key: char, articles: Vec<usize>) {
    for number in articles {
        page.press(&[], key);
        let stands = format!(
            "document.querySelector('#reader[data-document=\"d{number}\"] [data-block]:last-child mark') !== null"
        );
        page.until("the next article stands", || page.is(&stands));
    }
}

fn megabytes(bytes: f64) -> f64 {
    bytes / 1_048_576.0
}
