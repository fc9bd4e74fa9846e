//! Drives the built page in real browsers, with real input, the way a reader would.
//!
//! * [`tools`] where browsers, drivers and axe-core are
//! * [`server`] a file server that writes down every request
//! * [`browser`] one browser with a new profile, ended when dropped
//! * [`actions`] mouse, finger, wheel and keys
//! * [`page`] opening, waiting, reading, and (in `input`) buttons, fields and keys · [`text`] characters on the screen
//! * [`memory`] what the page holds in memory
//! * [`watch`] errors, breaches of the content policy and requests that must not happen
//! * [`axe`] accessibility rules · [`outline`] what a screen reader is told · [`picture`] what the eye sees
//! * [`exported`] what an exported file must satisfy · [`sample`] files that tests open
//!
//! The page must have been built (`cargo xtask build`); `SOURCELIGHT_DIST` names another folder.

pub mod actions;
pub mod axe;
pub mod browser;
mod capabilities;
pub mod exported;
mod input;
pub mod memory;
pub mod outline;
pub mod page;
pub mod picture;
pub mod sample;
pub mod server;
pub mod text;
pub mod tools;
pub mod watch;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

pub use actions::key;
pub use browser::{Engine, Options};
pub use page::Page;
use server::Server;

/// Two browsers at once on a small machine make each other late, so tests take turns.
static TURN: Mutex<()> = Mutex::new(());

/// Runs a test in a browser of its own: `body` gets a page on which nothing is open yet.
///
/// # Panics
/// Where `body` does, after writing a picture and the logs to `target/e2e`; and at the end, where
/// the page threw an error, broke its content policy or asked for something after it had loaded.
pub fn run(options: &Options, body: impl FnOnce(&Page)) {
    run_killing(options, |page| body(page));
}

/// As [`run`], for a test that ends the browser between.
///
/// # Panics
/// As [`run`].
pub fn run_killing(options: &Options, body: impl FnOnce(&mut Page)) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let start = Instant::now();
    let mut page = Page::start(options, Server::start(&tools::dist()));
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        body(&mut page);
        page.watch.collect(&page.browser, &page.server);
        let faults = page.watch.faults(&page.browser);
        assert!(
            faults.is_empty(),
            "This must not happen in the page:\n{}",
            faults.join("\n")
        );
    }));
    if let Err(panic) = outcome {
        // Collecting evidence may fail in its turn; the first panic is the one to show.
        drop(catch_unwind(AssertUnwindSafe(|| write_evidence(&page))));
        drop(page);
        resume_unwind(panic);
    }
    println!("  {:.1} s", start.elapsed().as_secs_f64());
}

/// Writes `target/e2e/TEST.png` and `TEST.log`.
fn write_evidence(page: &Page) {
    let name = thread::current()
        .name()
        .unwrap_or("test")
        .replace("::", "-");
    let folder = tools::output();
    if let Some(picture) = page.browser.picture() {
        drop(fs::write(folder.join(format!("{name}.png")), picture));
    }
    let faults = catch_unwind(AssertUnwindSafe(|| {
        page.watch.collect(&page.browser, &page.server);
        page.watch.faults(&page.browser)
    }));
    let requests: Vec<String> = page
        .server
        .since(0)
        .iter()
        .map(|it| format!("{} {}", it.status, it.target))
        .collect();
    let log = format!(
        "seen in the page:\n{}\n\nrequests:\n{}\n\ndriver and browser:\n{}\n",
        faults.unwrap_or_default().join("\n"),
        requests.join("\n"),
        page.browser.printed()
    );
    drop(fs::write(folder.join(format!("{name}.log")), log));
    println!("A picture and logs are in {}.", folder.display());
}
