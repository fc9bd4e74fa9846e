//! What is said to be saved is there after the worst. Numbers like F1 are rows of the table of
//! faults in the README.

use e2e::{Engine, Options, Page, key, run, run_killing, sample};

use crate::storage::mark;

/// Words of the first sample article, each marked by itself.
const WORDS: [&str; 6] = [
    "forty repair posts",
    "the lake office",
    "a flat tyre",
    "not even in November",
    "a cruel joke",
    "eleven people",
];

pub(crate) fn saved(page: &Page) {
    page.until("the light is on", || page.save_state() == "saved");
}

/// F1: the power goes right after the light is on, again and again. Local storage would have brought
/// nothing to the disk yet.
fn power_cuts(engine: Engine, rounds: usize) {
    let options = Options::new(engine);
    run_killing(&options, |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        for (round, words) in WORDS.iter().take(rounds).enumerate() {
            page.step(&format!("round {round}"));
            mark(page, words);
            saved(page);
            page.cut_power(&options);
            page.open(sample::PAIR);
            page.until("everything that was saved is there", || {
                let painted = page.painted();
                let is_there = |words: &str| painted.iter().any(|it| it.text == words);
                painted.len() == round + 1 && WORDS[..=round].iter().all(|words| is_there(words))
            });
        }
    });
}

#[test]
fn f1_power_cuts_in_chromium() {
    power_cuts(Engine::Chromium, 5);
}

#[test]
fn f1_power_cuts_in_firefox() {
    power_cuts(Engine::Firefox, 2);
}

/// F2: the power goes while a change is on its way: it may be missing, and nothing else is.
#[test]
fn f2_power_goes_before_the_light() {
    let options = Options::new(Engine::Chromium);
    run_killing(&options, |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        saved(page);
        page.select(WORDS[1]);
        page.label('1');
        page.cut_power(&options);
        page.open(sample::PAIR);
        page.until_painted(WORDS[0]);
        saved(page);
        let painted = page.painted();
        assert!(
            painted
                .iter()
                .all(|it| WORDS[..2].contains(&it.text.as_str()))
        );
    });
}

/// Takes one of the two stores away while the page is closed.
pub(crate) fn without(page: &Page, script: &str) {
    page.server
        .add("gone.html", "<!doctype html><title>Gone</title>");
    page.go("gone.html");
    let answer = page.browser.read_later(script, Vec::new());
    assert_eq!(answer, "done");
}

pub(crate) const NO_LOCAL_STORAGE: &str = "localStorage.clear(); return 'done'";

const NO_DATABASE: &str = "
    await new Promise((yes, no) => {
      const asked = indexedDB.deleteDatabase('sourcelight');
      asked.onsuccess = yes; asked.onerror = no; asked.onblocked = no;
    });
    return 'done'";

/// F16: one of the two stores is evicted; the other brings everything back, into both.
#[test]
fn f16_one_store_is_evicted() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        mark(page, WORDS[1]);
        saved(page);
        for script in [NO_LOCAL_STORAGE, NO_DATABASE, NO_LOCAL_STORAGE] {
            page.step(script.trim());
            without(page, script);
            page.open(sample::PAIR);
            page.until("both marks are back", || page.painted().len() == 2);
            saved(page);
        }
        page.until_said("recovered from the safe copy");
    });
}

/// Runs `script` at the start of every document from now on.
pub(crate) fn patch(page: &Page, script: &str) {
    page.browser.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        serde_json::json!({ "source": format!("(() => {{ {script} }})()") }),
    );
}

/// F9 and F12: the database does not open. Work goes on in local storage, and the light says which.
#[test]
fn f9_the_database_does_not_open() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        patch(
            page,
            "IDBFactory.prototype.open = () => { throw new DOMException('no', 'UnknownError') };",
        );
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        page.until("the light says where", || {
            page.save_state() == "browser-only"
        });
        page.reload();
        page.until_painted(WORDS[0]);
    });
}

/// F7 and F8: the database refuses to write. Where its own quota is full, local storage still holds
/// the work; for any other reason the disk may be full, and local storage would not notice.
fn refused_writes(reason: &str, light: &str) {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        saved(page);
        page.step(reason);
        let name = serde_json::json!(reason);
        page.browser.read(
            &format!(
                "const put = IDBObjectStore.prototype.put;
                 window.mend = () => {{ IDBObjectStore.prototype.put = put }};
                 IDBObjectStore.prototype.put = () => {{ throw new DOMException('refused', {name}) }};"
            ),
            Vec::new(),
        );
        mark(page, WORDS[1]);
        page.until("the light says so", || page.save_state() == light);
        page.step("it recovers by itself");
        page.browser.read("window.mend()", Vec::new());
        saved(page);
        page.press(&[], key::ESCAPE);
    });
}

#[test]
fn f7_the_database_is_full() {
    refused_writes("QuotaExceededError", "browser-only");
}

#[test]
fn f8_the_disk_is_full() {
    refused_writes("DataError", "not-saved");
}

/// F11: the database never answers. The light does not say "Saving" for ever.
#[test]
fn f11_the_database_hangs() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        patch(
            page,
            "const {commit} = IDBTransaction.prototype; \
            const complete = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'oncomplete'); \
            window.mend = () => { \
                IDBTransaction.prototype.commit = commit; \
                Object.defineProperty(IDBTransaction.prototype, 'oncomplete', complete); \
            }; \
            IDBTransaction.prototype.commit = () => {}; \
            Object.defineProperty(IDBTransaction.prototype, 'oncomplete', {set() {}, configurable: true});",
        );
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        page.until("the light says where", || {
            page.save_state() == "browser-only"
        });
        page.reload();
        page.until_painted(WORDS[0]);
        page.step("it is asked again on a new connection, which answers");
        page.browser.read("window.mend()", Vec::new());
        saved(page);
    });
}

/// The keys of local storage that the safe copy lacks, apart from what is of this moment alone.
const LACKING: &str = "
    const open = indexedDB.open('sourcelight');
    const database = await new Promise((yes, no) => { open.onsuccess = () => yes(open.result); open.onerror = no });
    const asked = database.transaction('values').objectStore('values').getAllKeys();
    const copied = await new Promise((yes, no) => { asked.onsuccess = () => yes(asked.result); asked.onerror = no });
    database.close();
    return Object.keys(localStorage).filter(key => key.startsWith('sl1:') && key !== 'sl1:b' && !copied.includes(key))";

/// F14: the person clears the site's data while the page is open.
#[test]
fn f14_cleared_while_open() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        saved(page);
        let origin = page.text_of("location.origin");
        page.browser.devtools(
            "Storage.clearDataForOrigin",
            serde_json::json!({"origin": origin, "storageTypes": "all"}),
        );
        page.until_said("has been written again");
        mark(page, WORDS[1]);
        saved(page);
        page.until("the safe copy has all of it again", || {
            let lacking = page.browser.read_later(LACKING, Vec::new());
            lacking == serde_json::json!([])
        });
        page.reload();
        page.until("both marks are there", || page.painted().len() == 2);
    });
}

/// F12: a frame that locks the page in: its parts cannot be checked there, so nothing starts half,
/// and a sentence says so. (Storage that is blocked otherwise: `storage::forbidden_storage`.)
#[test]
fn f12_in_a_sandboxed_frame() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        let frame = format!(
            "<!doctype html><title>Frame</title><iframe sandbox='allow-scripts' width=1200 height=700 src='./{}'></iframe>",
            sample::PAIR
        );
        page.server.add("frame.html", frame);
        page.go("frame.html");
        page.browser.wait(page.find("iframe").enter_frame());
        page.until("it says that it cannot start", || {
            page.text_of("document.getElementById('boot')?.innerText ?? ''")
                .contains("a frame that locks it in")
        });
        page.browser
            .wait(page.browser.driver().enter_default_frame());
        page.watch.restarted();
        for part in ["CORS", "ERR_FAILED", "404"] {
            page.watch.excuse(part);
        }
    });
}

/// F13: a private window works as any other, for as long as it is open.
#[test]
fn f13_in_a_private_window() {
    let mut options = Options::new(Engine::Chromium);
    options.private = true;
    run(&options, |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        saved(page);
        page.reload();
        page.until_painted(WORDS[0]);
    });
}

/// F23: a newer version has stored data here. This one reads what it can and writes nothing.
#[test]
fn f23_newer_data_is_not_touched() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        saved(page);
        let newer = page.browser.read(
            "const header = localStorage.getItem('sl1:h');
             const newer = JSON.stringify([0, {format: 99, min_reader: 99, app: 'sourcelight 99'}]);
             localStorage.setItem('sl1:h', newer);
             return Object.entries(localStorage).filter(it => it[0] !== 'sl1:b').sort()",
            Vec::new(),
        );
        page.step("in the page that is open");
        mark(page, WORDS[1]);
        page.until("the light says so", || page.save_state() == "not-saved");
        page.step("and in one that is opened");
        page.reload();
        page.until("the light says so", || page.save_state() == "not-saved");
        mark(page, WORDS[2]);
        let after =
            page.read("Object.entries(localStorage).filter(it => it[0] !== 'sl1:b').sort()");
        assert_eq!(after, newer, "local storage was written to");
    });
}
