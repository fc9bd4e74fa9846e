//! More rows of the table of faults: crashes, dead connections, lost profiles, wrong clocks.
//! What of F26 and F24 needs a well-filled store is in [`crate::folding`].

use std::fs;
use std::path::PathBuf;

use e2e::exported::{annotation, assert_exact, list};
use e2e::{Engine, Options, Page, key, run, run_killing, sample};
use serde_json::Value;

use crate::durability::{NO_LOCAL_STORAGE, patch, saved, without};
use crate::storage::mark;
use crate::tabs::go_to;

const WORDS: [&str; 4] = [
    "forty repair posts",
    "the lake office",
    "a flat tyre",
    "eleven people",
];

/// Ends the browser as a person does, by closing its last window. Whoever asks for the next one
/// calls `cut_power`, which then finds nothing to kill.
pub(crate) fn close_browser(page: &Page) {
    page.browser.wait(page.browser.driver().close_window());
    let lock = chromium_folder(page).join("SingletonLock");
    page.until("the browser has ended", || {
        fs::symlink_metadata(&lock).is_err()
    });
}

/// Where Chromium keeps what sites have stored.
pub(crate) fn chromium_folder(page: &Page) -> PathBuf {
    let profile = page.browser.downloads.parent();
    profile.expect("a folder of the profile").join("chromium")
}

/// Opens another tab on nothing and stays in it; answers with both names.
pub(crate) fn spare_tab(page: &Page) -> [thirtyfour::WindowHandle; 2] {
    let driver = page.browser.driver();
    let first = page.browser.wait(driver.window());
    let second = page.browser.wait(driver.new_tab());
    go_to(page, &second);
    page.watch.install(&page.browser);
    [first, second]
}

/// Every key and value of the safe copy, sorted.
pub(crate) fn safe_copy(page: &Page) -> Value {
    let all = page.browser.read_later(
        "const database = await new Promise((yes, no) => {
           const asked = indexedDB.open('sourcelight');
           asked.onsuccess = () => yes(asked.result); asked.onerror = () => no(asked.error);
         });
         const store = database.transaction('values').objectStore('values');
         const all = ['getAllKeys', 'getAll'].map(name => new Promise((yes, no) => {
           const asked = store[name]();
           asked.onsuccess = () => yes(asked.result); asked.onerror = () => no(asked.error);
         }));
         const [keys, values] = await Promise.all(all);
         database.close();
         return keys.map((key, at) => [key, values[at]])",
        Vec::new(),
    );
    assert!(all.is_array(), "the safe copy is read: {all}");
    all
}

/// The keys of the safe copy.
pub(crate) fn safe_copy_keys(page: &Page) -> Vec<String> {
    let all = safe_copy(page);
    let keys = list(&all).filter_map(|pair| pair[0].as_str());
    keys.map(str::to_owned).collect()
}

/// F3: the renderer of the tab crashes, the browser lives on. In another tab of it everything is
/// there, also the mark whose light nobody waited for: it was on the screen, so it was stored.
#[test]
fn f3_the_renderer_crashes() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        let [first, spare] = spare_tab(page);
        go_to(page, &first);
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        mark(page, WORDS[1]);
        saved(page);
        mark(page, WORDS[2]);
        page.step("the tab crashes");
        let crash = page.browser.driver().cdp();
        let crashed = page.browser.wait(async {
            // The tab cannot answer any more: the driver says that it crashed.
            let answer = crash.send_raw("Page.crash", serde_json::json!({})).await;
            Ok(answer.err().map(|why| format!("{why:?}")))
        });
        assert!(
            crashed
                .as_ref()
                .is_some_and(|it| it.contains("tab crashed")),
            "{crashed:?}"
        );
        page.watch.restarted();
        go_to(page, &spare);
        page.open(sample::PAIR);
        page.until("all three marks are there", || page.painted().len() == 3);
        for words in &WORDS[..3] {
            page.until_painted(words);
        }
        saved(page);
        mark(page, WORDS[3]);
        saved(page);
    });
}

/// Lets every connection to the database die with its third transaction, and counts the dead.
const MORTAL: &str = "
    const plain = IDBDatabase.prototype.transaction, calls = new WeakMap();
    window.dead = 0;
    IDBDatabase.prototype.transaction = function (...words) {
      const call = (calls.get(this) ?? 0) + 1;
      calls.set(this, call);
      if (call === 3) window.dead += 1;
      if (call >= 3) throw new DOMException('The database connection is closing.', 'InvalidStateError');
      return plain.apply(this, words);
    };";

/// F10: connections to the database die again and again. The page opens others, and what it then
/// says to be saved is in the safe copy: it comes back from there alone.
#[test]
fn f10_the_connection_dies() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        patch(page, MORTAL);
        page.open(sample::PAIR);
        for words in WORDS {
            mark(page, words);
            saved(page);
        }
        assert!(page.is("window.dead >= 2"), "the fault was there");
        without(page, NO_LOCAL_STORAGE);
        page.open(sample::PAIR);
        page.until("all are back", || page.painted().len() == WORDS.len());
        saved(page);
    });
}

/// F10 again: the connection dies while nothing is written, and the next thing that needs it only
/// reads. The restore points must be listed all the same.
#[test]
fn f10_restore_points_are_read_over_a_new_connection() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        page.click("#reader-head", "Remove");
        page.until("the restore point is kept", || {
            safe_copy(page).to_string().contains("\"sl1:r:")
        });
        saved(page);
        page.browser.read(
            "const plain = IDBDatabase.prototype.transaction;
             let dead = null;
             IDBDatabase.prototype.transaction = function (...words) {
               dead ??= this;
               if (dead === this) throw new DOMException('The database connection is closing.', 'InvalidStateError');
               return plain.apply(this, words);
             };",
            Vec::new(),
        );
        page.click("#status-line", "What this means");
        page.find("dialog#storage");
        page.click("#storage", "Bring back");
        page.until_painted(WORDS[0]);
    });
}

/// F15: the browser's data are deleted while it is closed. The page starts as at the first visit,
/// and the file that was saved brings everything back. (That an import is equal to what was
/// exported to the last byte is shown by `main_path`.)
#[test]
fn f15_the_profile_is_deleted_between_runs() {
    let options = Options::new(Engine::Chromium);
    run_killing(&options, |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        page.click("#hint", "Got it");
        mark(page, WORDS[0]);
        mark(page, WORDS[1]);
        saved(page);
        page.press(&[key::CONTROL], 's');
        let file = page.download();
        let before = page.project()["documents"].clone();

        page.step("everything the browser kept is deleted");
        close_browser(page);
        fs::remove_dir_all(chromium_folder(page)).expect("it can be deleted");
        page.cut_power(&options);
        page.open(sample::PAIR);
        page.find("#hint");
        assert!(page.painted().is_empty());
        assert_eq!(page.notices(), "", "nothing is amiss");

        page.step("the file brings it back");
        let path = page.browser.downloads.join("kept.json");
        fs::write(&path, &file).expect("the file can be written");
        page.choose_files(&[&path]);
        page.until_painted(WORDS[0]);
        page.until_painted(WORDS[1]);
        saved(page);
        page.reload();
        page.until("both marks last", || page.painted().len() == 2);
        assert_eq!(page.project()["documents"], before);
    });
}

/// The label of the only annotation, as it is exported.
fn label(page: &Page, id: &str) -> String {
    let project = page.project();
    assert_exact(&project);
    annotation(&project, id)["label"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// Relabels the only mark by its key.
fn relabel(page: &Page, digit: char) {
    page.press(&[], 'n');
    page.until("the mark has the focus", || page.focused().is_some());
    page.press(&[], digit);
    page.press(&[], key::ESCAPE);
}

/// F30: the clock of the later edit is an hour behind. The later edit holds, in both tabs and in
/// what is stored.
#[test]
fn f30_the_clock_moves_back() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        let id = page.until_painted(WORDS[0]);
        saved(page);
        let is = |wanted: &str| page.until(wanted, || label(page, &id) == wanted);

        page.step("a tab whose clock is an hour behind changes the mark");
        let [first, late] = spare_tab(page);
        patch(
            page,
            "const plain = Date.now; Date.now = () => plain() - 3_600_000;",
        );
        page.open(sample::PAIR);
        page.until_painted(WORDS[0]);
        relabel(page, '3');
        is("opinion");
        saved(page);
        go_to(page, &first);
        is("opinion");
        page.reload();
        is("opinion");

        page.step("and the first one again, and the late one again");
        relabel(page, '2');
        is("quote");
        saved(page);
        go_to(page, &late);
        is("quote");
        relabel(page, '1');
        is("claim");
        saved(page);
        go_to(page, &first);
        is("claim");
        page.reload();
        is("claim");
        page.step("and from the safe copy alone");
        go_to(page, &late);
        page.go("about:blank");
        go_to(page, &first);
        without(page, NO_LOCAL_STORAGE);
        page.open(sample::PAIR);
        page.until_painted(WORDS[0]);
        is("claim");
    });
}

/// What both stores hold, but for the number of starts.
fn stores(page: &Page) -> [Value; 2] {
    let local = page.read("Object.entries(localStorage).filter(it => it[0] !== 'sl1:b').sort()");
    [local, safe_copy(page)]
}

/// What a newer build does first: it says that this one cannot read what it writes.
const NEWER: &str = "localStorage.setItem('sl1:h',
    JSON.stringify([0, {format: 99, min_reader: 99, app: 'sourcelight 99'}]))";

/// F25: a newer build is opened in another tab and raises the format. The tab with this build
/// writes nothing any more, in either store, says so, and what is on its screen can be saved in a
/// file. (F23 shows the same for local storage where the newer header was there first.)
#[test]
fn f25_another_tab_brings_a_newer_format() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        saved(page);
        page.server
            .add("newer.html", "<!doctype html><title>Newer</title>");
        let [first, newer] = spare_tab(page);
        page.go("newer.html");
        page.browser.read(NEWER, Vec::new());
        let before = stores(page);

        go_to(page, &first);
        mark(page, WORDS[1]);
        page.until("the light says so", || page.save_state() == "not-saved");
        page.click("#status-line", "What this means");
        page.find("dialog#storage");
        let words = page.text_of("document.getElementById('storage').innerText");
        assert!(
            words.contains("A newer version of Sourcelight has saved here"),
            "{words}"
        );
        page.press(&[], key::ESCAPE);
        page.press(&[key::CONTROL], 's');
        assert_eq!(assert_exact(&e2e::exported::parse(&page.download())), 2);
        go_to(page, &newer);
        let after = stores(page);
        assert!(after[0] == before[0], "local storage was written to");
        assert!(after[1] == before[1], "the safe copy was written to");
    });
}

/// F25 again: what the stopped tab does next would be worth a restore point, but those are in the
/// safe copy, and that is the newer build's now (P7).
#[test]
fn f25_a_stopped_tab_keeps_no_restore_point() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        saved(page);
        page.browser.read(NEWER, Vec::new());
        let before = stores(page);
        page.click("#reader-head", "Remove");
        page.until("the light says so", || page.save_state() == "not-saved");
        // Reading waits for writes that are on their way.
        spare_tab(page);
        page.server
            .add("newer.html", "<!doctype html><title>Newer</title>");
        page.go("newer.html");
        let keys = safe_copy_keys(page);
        assert!(stores(page) == before, "it was written to: {keys:?}");
    });
}
