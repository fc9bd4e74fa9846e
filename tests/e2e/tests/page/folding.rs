//! A store with more entries than are left as they are: folding them (F26), and bringing what an
//! earlier build has left in local storage alone to the safe copy (F24), ended at any moment.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use e2e::exported::{annotations, assert_exact, list};
use e2e::{Engine, Options, Page, run, run_killing};
use serde_json::{Value, json};

use crate::durability::{NO_LOCAL_STORAGE, patch, saved, without};
use crate::faults::{chromium_folder, close_browser, safe_copy, safe_copy_keys, spare_tab};
use crate::tabs::go_to;

/// So many marks are made in each of two articles: together more than 500 entries.
const MARKS: usize = 260;

/// So many entries of earlier page loads are left as they are.
const FEW_ENTRIES: usize = 500;

/// The reading set of the two articles.
const MANY: &str = "?set=many/index.json";

/// Words of one length, numbered, a few to a paragraph, so that the place of each is known.
fn numbered_words(letter: char) -> String {
    let mut text = String::new();
    for number in 0..MARKS {
        let end = if number % 10 == 9 { '\n' } else { ' ' };
        write!(text, "{letter}{number:03}{end}").expect("memory takes it");
    }
    text
}

fn add_many(page: &Page) {
    let index = json!({"format": "sourcelight-reading-set", "version": "1.0", "title": "Many words",
        "articles": [{"id": "a", "file": "a.txt", "title": "A"}, {"id": "b", "file": "b.txt", "title": "B"}]});
    page.server.add("many/index.json", index.to_string());
    page.server.add("many/a.txt", numbered_words('a'));
    page.server.add("many/b.txt", numbered_words('b'));
}

/// Marks words of each article, each by a change of its own, and waits for the light.
#[track_caller]
fn mark_words(page: &Page, from: usize, to: usize) {
    let made = page.browser.read_later(
        "const [from, to] = arguments;
         for (const document of ['a', 'b'])
           for (let at = from; at < to; at += 1)
             await window.sourcelight.annotate({document, start: at * 5, end: at * 5 + 4, label: 'claim'});
         return 'made'",
        vec![json!(from), json!(to)],
    );
    assert_eq!(made, "made");
    saved(page);
}

/// The words that are marked, each once.
fn marked(page: &Page) -> BTreeSet<String> {
    let project = page.project();
    let count = assert_exact(&project);
    let words = annotations(&project).into_iter().map(|it| {
        let exact = it["fragments"][0]["exact"].as_str();
        exact.unwrap_or_default().to_owned()
    });
    let words: BTreeSet<String> = words.collect();
    assert_eq!(words.len(), count, "no mark is there twice");
    words
}

#[track_caller]
fn assert_all_there(page: &Page, count: usize) {
    page.until("all marks are there", || marked(page).len() == 2 * count);
}

/// How many keys local storage has that begin so.
fn local_keys(page: &Page, prefix: &str) -> usize {
    let script =
        "return Object.keys(localStorage).filter(key => key.startsWith(arguments[0])).length";
    let count = page.browser.read(script, vec![json!(prefix)]);
    usize::try_from(count.as_u64().expect("a length is a number")).expect("it is small")
}

fn copied_keys(page: &Page, prefix: &str) -> usize {
    let keys = safe_copy_keys(page);
    keys.iter().filter(|key| key.starts_with(prefix)).count()
}

/// Does soon what the page does four seconds after its start (fold) and every five (pass on).
const SOON: &str = "
    const later = window.setTimeout, often = window.setInterval;
    window.setTimeout = (run, wait, ...rest) => later(run, wait === 4000 ? 300 : wait, ...rest);
    window.setInterval = (run, wait, ...rest) => often(run, wait === 5000 ? 300 : wait, ...rest);";

/// With `die=N` in the address the page is dead before the Nth step of folding that reaches local
/// storage, a write of a snapshot or permit or a deletion: nothing it does from then on reaches
/// either store, so that local storage holds exactly what was done until that step. (The count of
/// starts is kept right all the same, or the fourth would offer recovery.)
const DIES: &str = "
    const at = Number(new URLSearchParams(location.search).get('die'));
    let step = 0;
    window.dead = false;
    for (const name of ['setItem', 'removeItem']) {
      const plain = Storage.prototype[name];
      const isStep = name === 'setItem' ? /^sl1:[sf]:/ : /^sl1:[jsf]:/;
      Storage.prototype[name] = function (key, ...rest) {
        if (isStep.test(key) && ++step === at) window.dead = true;
        if (!window.dead || key === 'sl1:b') return plain.call(this, key, ...rest);
      };
    }
    const plain = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
      if (window.dead && mode === 'readwrite') throw new DOMException('dead', 'UnknownError');
      return plain.call(this, stores, mode, ...rest);
    };";

/// Opens the page again and again until `is_done`, with all marks there each time. A start at which
/// there is leave to delete what was folded is followed by another: deleting comes with opening.
#[track_caller]
fn start_until(page: &Page, what: &str, is_done: impl Fn() -> bool) {
    for start in 0..5 {
        page.step(&format!("start {start} until {what}"));
        page.open(MANY);
        assert_all_there(page, MARKS);
        page.until(what, || {
            is_done() || local_keys(page, "sl1:f:") > 0 && copied_keys(page, "sl1:s:") > 0
        });
        if is_done() {
            return;
        }
    }
    panic!("Five starts, and still not: {what}.");
}

/// At most `rest` entries are left, in both stores; snapshots stand for the others.
#[track_caller]
fn fold_until(page: &Page, rest: usize) {
    start_until(page, "the entries are folded", || {
        local_keys(page, "sl1:j:") <= rest
            && local_keys(page, "sl1:s:") > 0
            && copied_keys(page, "sl1:j:") <= rest
            && copied_keys(page, "sl1:s:") > 0
    });
    page.step("what is folded is what was marked");
    page.open(MANY);
    assert_all_there(page, MARKS);
    saved(page);
    page.step("from the safe copy alone");
    without(page, NO_LOCAL_STORAGE);
    page.open(MANY);
    assert_all_there(page, MARKS);
}

/// F26: the page dies before each kind of step of folding. At the end no more entries are left than
/// need no folding.
#[test]
fn f26_folding_ends_at_any_step() {
    run(&Options::new(Engine::Chromium), |page| {
        add_many(page);
        page.open(MANY);
        mark_words(page, 0, MARKS);
        assert_all_there(page, MARKS);
        assert!(local_keys(page, "sl1:j:") > FEW_ENTRIES);
        patch(page, SOON);
        patch(page, DIES);
        // Two snapshots and the permit; then, where that is there, deletions at the start.
        for step in [1, 2, 3, 0, 1, 200] {
            page.step(&format!("it dies before step {step}"));
            page.open(&format!("{MANY}&die={step}"));
            assert_all_there(page, MARKS);
            page.until("it has come there", || match step {
                0 => local_keys(page, "sl1:f:") > 0,
                _ => page.is("window.dead"),
            });
        }
        fold_until(page, FEW_ENTRIES);
    });
}

/// F26: the power goes while the page folds. Local storage then has what was on the disk some time
/// ago, the safe copy what it had said to have.
#[test]
fn f26_the_power_goes_while_folding() {
    let options = Options::new(Engine::Chromium);
    run_killing(&options, |page| {
        add_many(page);
        page.open(MANY);
        mark_words(page, 0, MARKS);
        close_browser(page);
        let cut_power = |page: &mut Page| {
            page.cut_power(&options);
            patch(page, SOON);
        };
        cut_power(page);
        start_until(page, "leave to delete is in local storage", || {
            local_keys(page, "sl1:f:") > 0
        });
        cut_power(page);
        start_until(page, "leave to delete is in the safe copy", || {
            copied_keys(page, "sl1:f:") > 0
        });
        cut_power(page);
        start_until(page, "it is deleted in one of the two", || {
            copied_keys(page, "sl1:j:") == 0 || local_keys(page, "sl1:j:") == 0
        });
        cut_power(page);
        fold_until(page, 0);
    });
}

/// Lets the page fold when the test says so, in all tabs at once.
const FOLD_WHEN_TOLD: &str = "
    const later = window.setTimeout;
    window.setTimeout = (run, wait, ...rest) => {
      if (wait !== 4000) return later(run, wait, ...rest);
      window.fold = () => { if (window.fold) { window.fold = null; run(); } };
      addEventListener('storage', event => { if (event.key === 'fold') window.fold(); });
    };
    const often = window.setInterval;
    window.setInterval = (run, wait, ...rest) => often(run, wait === 5000 ? 300 : wait, ...rest);";

/// F26: two tabs fold at the same moment, while both write.
#[test]
fn f26_two_tabs_fold_at_once() {
    run(&Options::new(Engine::Chromium), |page| {
        const EARLIER: usize = MARKS - 8;
        add_many(page);
        page.open(MANY);
        mark_words(page, 0, EARLIER);
        assert!(local_keys(page, "sl1:j:") > FEW_ENTRIES);
        page.go("about:blank");
        patch(page, FOLD_WHEN_TOLD);
        page.open(MANY);
        let [first, second] = spare_tab(page);
        patch(page, FOLD_WHEN_TOLD);
        page.open(MANY);
        page.step("both write, fold, and write");
        mark_words(page, EARLIER, MARKS - 6);
        go_to(page, &first);
        mark_words(page, MARKS - 6, MARKS - 4);
        page.until("both are ready to fold", || page.is("!!window.fold"));
        page.browser.read(
            "localStorage.setItem('fold', 'now'); window.fold()",
            Vec::new(),
        );
        mark_words(page, MARKS - 4, MARKS - 2);
        go_to(page, &second);
        page.until("the other has folded", || page.is("window.fold === null"));
        mark_words(page, MARKS - 2, MARKS);
        assert_all_there(page, MARKS);
        assert!(local_keys(page, "sl1:s:") >= 2);
        page.step("the next start deletes, while the other tab is open");
        patch(page, SOON);
        fold_until(page, 24);
        go_to(page, &first);
        assert_all_there(page, MARKS);
        page.reload();
        assert_all_there(page, MARKS);
    });
}

/// The page stands still while it makes the database (`die=make` in the address), in the middle of
/// its Nth write to it (`die=N`), or when it has asked for that to be brought to the disk (`die=commit`).
const STANDS_STILL: &str = "
    const moment = new URLSearchParams(location.search).get('die');
    const stand = () => {
      const message = new XMLHttpRequest();
      message.open('GET', 'stands-still', false);
      message.send();
      for (;;);
    };
    const make = IDBDatabase.prototype.createObjectStore;
    IDBDatabase.prototype.createObjectStore = function (...words) {
      const made = make.apply(this, words);
      if (moment === 'make') stand();
      return made;
    };
    let puts = 0;
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...words) {
      const asked = put.apply(this, words);
      if (String(++puts) === moment) stand();
      return asked;
    };
    const commit = IDBTransaction.prototype.commit;
    IDBTransaction.prototype.commit = function () {
      commit.call(this);
      if (moment === 'commit') stand();
    };";

/// F24: there is one stored format so far, `sl1:`, and so no migration. The nearest to one is the
/// first start on a profile of a build that knew no safe copy: the same keys and values in local
/// storage, and no database. Tested is that all of it comes into the safe copy although the power
/// goes while the database is made, in the middle of the first and of the fortieth write, and when
/// that was asked to be brought to the disk; and that local storage is what it was.
#[test]
fn f24_bringing_an_earlier_profile_to_the_safe_copy_is_interrupted() {
    const COUNT: usize = 40;
    let options = Options::new(Engine::Chromium);
    run_killing(&options, |page| {
        add_many(page);
        page.open(MANY);
        mark_words(page, 0, COUNT);
        let old = stored(page);
        page.step("a profile without a safe copy");
        close_browser(page);
        let database = chromium_folder(page).join("Default/IndexedDB");
        fs::remove_dir_all(database).expect("it can be deleted");
        for moment in ["make", "1", "40", "commit"] {
            page.step(&format!("the power goes at “{moment}”"));
            page.cut_power(&options);
            patch(page, STANDS_STILL);
            // Opened by a script, as the driver would wait for a page that stands still.
            let address = format!("{}{MANY}&die={moment}", page.server.base(0));
            let script = "setTimeout(() => location.assign(arguments[0]))";
            page.browser.read(script, vec![json!(address)]);
            let before = page.server.count();
            page.until("it stands still", || {
                let since = page.server.since(before);
                since.iter().any(|it| it.target.contains("stands-still"))
            });
        }
        page.cut_power(&options);
        page.open(MANY);
        assert_all_there(page, COUNT);
        saved(page);
        assert!(stored(page) == old, "local storage is what it was");
        let copy = safe_copy(page);
        let is_there = |pair: &&Value| list(&copy).any(|it| it == *pair);
        let lacking: Vec<_> = list(&old)
            .filter(|it| !is_there(it))
            .map(|it| &it[0])
            .collect();
        assert!(lacking.is_empty(), "the safe copy lacks {lacking:?}");
        page.step("and comes back from the safe copy alone");
        without(page, NO_LOCAL_STORAGE);
        page.open(MANY);
        assert_all_there(page, COUNT);
    });
}

/// What of the work is in local storage, sorted.
fn stored(page: &Page) -> Value {
    page.read("Object.entries(localStorage).filter(it => it[0].startsWith('sl1:') && it[0] !== 'sl1:b').sort()")
}
