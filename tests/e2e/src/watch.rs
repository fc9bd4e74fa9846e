//! What must not happen while a test runs: an uncaught error, a breach of the page's content
//! policy, a request after the page has loaded. Everything seen is kept with the step it came in.

use std::cell::RefCell;

use serde_json::Value;

use crate::browser::{Browser, Engine};
use crate::server::Server;

/// Listens from the first line of every document (Chromium) or from just after it loaded.
const LISTEN: &str = r"
if (!window.__watched) {
  const seen = window.__watched = [];
  const put = (kind, text) => seen.push(kind + ': ' + text);
  addEventListener('securitypolicyviolation', event => put('content policy',
    event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile + ':' + event.lineNumber));
  addEventListener('error', event => put('uncaught', event.message || event.type));
  addEventListener('unhandledrejection', event => put('unhandled rejection', String(event.reason)));
  const plain = console.error;
  console.error = (...words) => { put('console.error', words.map(String).join(' ')); plain(...words); };
}";

/// The record of one run.
#[derive(Debug, Default)]
pub struct Watch {
    faults: RefCell<Vec<String>>,
    excused: RefCell<Vec<String>>,
    /// Requests up to here belong to loading; `None` while the page loads.
    loaded: RefCell<Option<usize>>,
    step: RefCell<String>,
}

impl Watch {
    /// Has every document that `browser` opens from now on listened to.
    pub fn install(&self, browser: &Browser) {
        if browser.engine == Engine::Chromium {
            browser.devtools(
                "Page.addScriptToEvaluateOnNewDocument",
                serde_json::json!({ "source": LISTEN }),
            );
        }
    }

    /// Names what the test does now, for reports.
    pub fn step(&self, name: &str) {
        println!("· {name}");
        name.clone_into(&mut self.step.borrow_mut());
    }

    /// Faults whose text holds `part` are wanted by the test.
    pub fn excuse(&self, part: &str) {
        self.excused.borrow_mut().push(part.to_owned());
    }

    /// Says that the page has loaded: from here on no request may leave it.
    pub fn loaded(&self, browser: &Browser, server: &Server) {
        if browser.engine == Engine::Firefox {
            browser.read(LISTEN, Vec::new());
        }
        drop(requests(browser));
        self.loaded.replace(Some(server.count()));
    }

    /// Forgets the document that was open, as its browser is gone.
    pub fn restarted(&self) {
        self.loaded.take();
    }

    /// Collects what happened so far; called before the page is left and at the end.
    pub fn collect(&self, browser: &Browser, server: &Server) {
        let mut new = Vec::new();
        if let Some(count) = self.loaded.take() {
            let late = server.since(count);
            let late = late.iter().filter(|it| !is_icon(&it.target));
            new.extend(late.map(|it| format!("request after load: {} ({})", it.target, it.status)));
            new.extend(
                requests(browser)
                    .iter()
                    .map(|url| format!("request after load: {url}")),
            );
        }
        let heard = browser.read(
            "return window.__watched ? window.__watched.splice(0) : []",
            Vec::new(),
        );
        let heard = heard.as_array().cloned().unwrap_or_default();
        new.extend(
            heard
                .iter()
                .map(|it| it.as_str().unwrap_or_default().to_owned()),
        );
        for entry in browser.log("browser") {
            let source = entry.source.as_deref().unwrap_or_default();
            if entry.level == "SEVERE" && source != "network" {
                new.push(format!("console ({source}): {}", entry.message));
            }
        }
        let step = self.step.borrow();
        let excused = self.excused.borrow();
        new.retain(|fault| !excused.iter().any(|part| fault.contains(part)));
        let mut faults = self.faults.borrow_mut();
        faults.extend(new.into_iter().map(|it| format!("{it} [after “{step}”]")));
    }

    /// Takes the faults collected so far out of the record.
    pub fn take(&self) -> Vec<String> {
        self.faults.take()
    }

    /// Everything that must not have happened.
    pub fn faults(&self, browser: &Browser) -> Vec<String> {
        let mut faults = self.faults.borrow().clone();
        let printed = browser.printed();
        let ours = ["http://127.0.0.1", "file:"].map(|it| format!("JavaScript error: {it}"));
        let thrown = printed
            .lines()
            .filter(|line| ours.iter().any(|it| line.contains(it)));
        let excused = self.excused.borrow();
        let unexcused = thrown.filter(|line| !excused.iter().any(|part| line.contains(part)));
        faults.extend(unexcused.map(str::to_owned));
        faults
    }
}

/// Whether the browser asks for the icon of its tab, which it does when it has nothing else to do,
/// and again when it has emptied its caches.
fn is_icon(address: &str) -> bool {
    address.contains("favicon")
}

/// The addresses that Chromium asked for since the last call, beyond the icon of its tab and its own
/// blob and data ones.
fn requests(browser: &Browser) -> Vec<String> {
    let entries = browser.log("performance");
    let sent = entries.iter().filter_map(|entry| {
        let outer: Value = serde_json::from_str(&entry.message).ok()?;
        let message = outer.get("message")?;
        if message.get("method")? != "Network.requestWillBeSent" {
            return None;
        }
        let url = message.pointer("/params/request/url")?.as_str()?;
        let inner = ["blob:", "data:", "about:", "chrome:"];
        let outside = !inner.iter().any(|start| url.starts_with(start));
        (outside && !is_icon(url)).then(|| url.to_owned())
    });
    sent.collect()
}
