//! The way out when the program cannot run or stops: it needs nothing but `index.html`.

use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::{Value, json};

use crate::storage::mark;

fn saved_mark(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    mark(page, "forty repair posts");
    page.until("the light is on", || page.save_state() == "saved");
}

/// F32: without a program the page says what is wrong and leads to what is stored.
fn break_program(page: &Page) {
    page.browser.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({"source": "if (!window.name) WebAssembly.instantiateStreaming = WebAssembly.instantiate = () => Promise.reject(new Error('broken'));"}),
    );
    page.watch.excuse("broken");
}

#[test]
fn f5_after_three_failed_starts_the_page_offers_what_is_stored() {
    run(&Options::new(Engine::Chromium), |page| {
        saved_mark(page);
        break_program(page);
        for start in 0..3 {
            page.step(&format!("start {start} fails"));
            page.go(sample::PAIR);
            page.until("it says so", || {
                page.text_of("document.getElementById('boot').innerText")
                    .contains("could not start")
            });
        }
        page.go(sample::PAIR);
        page.find(".rescue");
        assert!(
            page.text_of("document.querySelector('.rescue').innerText")
                .contains("could not start three times")
        );
        page.assert_accessible("recovery");

        page.step("what is stored can be downloaded without the program");
        page.click(".rescue", "Download everything stored");
        let raw: Value = serde_json::from_slice(&page.download()).expect("JSON");
        assert_eq!(raw["format"], "sourcelight-raw");
        for store in ["localStorage", "indexedDB"] {
            let values = raw[store].as_object().expect("keys and values");
            assert!(
                values.keys().any(|key| key.starts_with("sl1:j:")),
                "{store}: {values:?}"
            );
        }

        page.step("when the program works again, it starts");
        page.browser.read("window.name = 'mended'", Vec::new());
        page.click(".rescue", "Start Sourcelight");
        page.until_ready();
        page.until_painted("forty repair posts");
    });
}

#[test]
fn recovery_starts_empty_and_keeps_the_old() {
    run(&Options::new(Engine::Chromium), |page| {
        saved_mark(page);
        page.step("#recover lists what is stored and starts nothing");
        page.go("#recover");
        page.find(".rescue");
        page.until("the text is listed", || {
            page.text_of("document.querySelector('.rescue').innerText")
                .contains("Bicycle repair")
        });
        page.screenshot("recovery");

        page.step("start empty");
        page.click(".rescue", "Start empty and keep this aside");
        page.until_ready();
        page.open(sample::PAIR);
        assert!(page.painted().is_empty());

        page.step("and bring the old back");
        page.go("#recover");
        page.click(".rescue", "Bring this back");
        page.until_ready();
        page.open(sample::PAIR);
        page.until_painted("forty repair posts");
    });
}

#[test]
fn recovery_deletes_nothing_that_it_cannot_read() {
    run(&Options::new(Engine::Chromium), |page| {
        saved_mark(page);
        page.browser.devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({"source": "if (location.hash === '#recover') IDBObjectStore.prototype.getAll = () => { throw new Error('too much'); };"}),
        );
        page.go("#recover");
        let says = |words: &str| {
            page.until(words, || {
                page.text_of("document.querySelector('.rescue')?.innerText ?? ''")
                    .contains(words)
            });
        };
        says("cannot be read now, and what is in it stays there: too much");
        page.step("what can be read is downloaded");
        page.click(".rescue", "Download everything stored");
        let raw: Value = serde_json::from_slice(&page.download()).expect("JSON");
        assert_eq!(raw["unread"], "too much");
        assert!(!raw["localStorage"].as_object().expect("keys").is_empty());
        page.step("nothing is set aside");
        page.click(".rescue", "Start empty and keep this aside");
        says("That did not work: too much");
        page.browser.read("localStorage.clear()", Vec::new());
        page.open(sample::PAIR);
        page.until_painted("forty repair posts");
    });
}

/// F4: a trap in the running program. It is thrown from a program of its own, as a release has no
/// way to be made to fail.
#[test]
fn f4_a_trap_stops_the_page_and_nothing_is_lost() {
    run(&Options::new(Engine::Chromium), |page| {
        saved_mark(page);
        page.watch.excuse("unreachable");
        page.browser.read(
            "const trap = new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,5,1,3,0,0,11]);
             setTimeout(() => new WebAssembly.Instance(new WebAssembly.Module(trap)).exports.f());",
            Vec::new(),
        );
        page.find("dialog#stopped");
        page.assert_accessible("stopped");
        page.press(&[], key::ESCAPE);
        assert!(
            page.sees("dialog#stopped"),
            "there is nothing to go back to"
        );
        page.click("#stopped", "Download my work");
        let raw: Value = serde_json::from_slice(&page.download()).expect("JSON");
        assert!(
            raw["localStorage"]
                .as_object()
                .is_some_and(|it| it.len() > 2)
        );
        page.watch.collect(&page.browser, &page.server);
        page.click("#stopped", "Reload");
        page.until_painted("forty repair posts");
    });
}
