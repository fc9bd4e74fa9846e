//! The first visit: nothing in the cache, a slow line and a slow machine, the files compressed as a
//! static host sends them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use e2e::page::Page;
use e2e::server::Server;
use e2e::{Engine, Options, tools};
use serde_json::{Value, json};

use crate::measure::watch;

/// What one visit gave, in milliseconds from navigation.
#[derive(Debug, Clone, Copy, Default)]
pub struct First {
    /// The frame that shows text of the first article.
    pub text: Option<f64>,
    /// The frame after which it can be marked.
    pub ready: Option<f64>,
    /// The end of the page itself, of the program, and of the first article's file.
    pub arrived: [Option<f64>; 3],
}

const ARRIVED: &str = "const entries = performance.getEntriesByType('resource');
  const end = part => entries.find(it => it.name.includes(part))?.responseEnd ?? null;
  return [performance.getEntriesByType('navigation')[0].responseEnd, end('_bg.wasm'), end('.txt')]";

/// The files of the built page, compressed.
pub fn compressed() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    gather(&tools::dist(), "", &mut files);
    files
}

fn gather(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{name}/"), files);
        } else if let Ok(bytes) = fs::read(entry.path()) {
            let parameters = brotli::enc::BrotliEncoderParams {
                quality: 11,
                lgwin: 22,
                size_hint: bytes.len(),
                ..Default::default()
            };
            let mut small = Vec::new();
            brotli::BrotliCompress(&mut &bytes[..], &mut small, &parameters)
                .expect("memory can be compressed");
            files.insert(name, small);
        }
    }
}

/// One visit at a quarter of the machine's speed over 10 Mbit with 40 ms of latency.
pub fn visit(files: &BTreeMap<String, Vec<u8>>) -> First {
    let mut options = Options::new(Engine::Chromium);
    options.logs = false;
    let server = Server::start(&tools::dist());
    server.send_compressed(files.clone());
    let page = Page::start(&options, server);
    watch(&page, &[]);
    let bytes_a_second = 10_000_000 / 8;
    let line = json!({"offline": false, "latency": 40,
        "downloadThroughput": bytes_a_second, "uploadThroughput": bytes_a_second});
    page.browser.devtools("Network.enable", json!({}));
    page.browser
        .devtools("Network.emulateNetworkConditions", line);
    page.browser
        .devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 4 }));
    let address = page.server.base(0);
    page.browser.wait(page.browser.driver().goto(address));
    let figure = |name: &str| {
        page.read(&format!("window.__bench.{name} ?? null"))
            .as_f64()
    };
    page.until("the first article can be marked", || {
        figure("ready").is_some()
    });
    let arrived = page.browser.read(ARRIVED, Vec::new());
    First {
        text: figure("first"),
        ready: figure("ready"),
        arrived: [0, 1, 2].map(|at| arrived.get(at).and_then(Value::as_f64)),
    }
}
