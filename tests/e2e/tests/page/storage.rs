//! When the browser's storage is forbidden, full or damaged, the page works on and says so.

use e2e::exported::{annotations, assert_exact};
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::Value;

pub(crate) fn mark(page: &Page, words: &str) {
    page.select(words);
    page.label('1');
    page.until_painted(words);
    page.press(&[], key::ESCAPE);
}

fn export_works(page: &Page, marks: usize) {
    page.click("#topbar", "Export");
    page.click("#export", "Download JSON");
    let project = e2e::exported::parse(&page.download());
    assert_eq!(assert_exact(&project), marks);
}

#[test]
fn f12_forbidden_storage_in_chromium() {
    forbidden_storage(Engine::Chromium);
}

#[test]
fn f12_forbidden_storage_in_firefox() {
    forbidden_storage(Engine::Firefox);
}

fn forbidden_storage(engine: Engine) {
    let mut options = Options::new(engine);
    options.blocked_storage = true;
    run(&options, |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        page.step("the page says at once that nothing is kept");
        page.until("the light says so", || page.save_state() == "not-saved");
        assert!(!page.notices().is_empty());
        page.step("marking, undo and export work");
        mark(page, "forty repair posts");
        page.press(&[key::CONTROL], 'z');
        page.until("undone", || page.painted().is_empty());
        page.press(&[key::CONTROL, key::SHIFT], 'z');
        page.until("done again", || page.painted().len() == 1);
        assert_eq!(page.save_state(), "not-saved");
        let is_asked = "(() => { const it = new Event('beforeunload', {cancelable: true}); dispatchEvent(it); return it.defaultPrevented })()";
        assert!(page.is(is_asked), "whoever leaves is asked");
        export_works(page, 1);
        page.until("nothing is lost any more", || !page.is(is_asked));
    });
}

/// Fills the origin's local storage to the last unit with a stranger's data.
const FILL: &str = "<!doctype html><title>Filled</title><script>
  let piece = 'x'.repeat(1 << 20), number = 0;
  while (piece.length > 0) {
    try { localStorage.setItem('stranger' + number, piece); number += 1; }
    catch { piece = piece.slice(0, piece.length / 2); }
  }
  document.documentElement.dataset.filled = '';
</script>";

/// Takes the stranger's data away again.
const FREE: &str = "<!doctype html><title>Freed</title><script>
  for (const key of Object.keys(localStorage)) if (key.startsWith('stranger')) localStorage.removeItem(key);
</script>";

#[test]
fn f6_full_storage_in_chromium() {
    full_storage(Engine::Chromium);
}

#[test]
fn f6_full_storage_in_firefox() {
    full_storage(Engine::Firefox);
}

fn full_storage(engine: Engine) {
    run(&Options::new(engine), |page| {
        sample::add_pair(page);
        page.server.add("fill.html", FILL);
        page.server.add("free.html", FREE);
        page.open(sample::PAIR);
        mark(page, "forty repair posts");
        page.until("it is kept", || page.save_state() == "saved");

        page.step("F6: the storage fills up, and the safe copy goes on");
        page.go("fill.html");
        page.open(sample::PAIR);
        page.until_painted("forty repair posts");
        mark(page, "the lake office");
        page.until_said("quick storage is full");
        page.until("the light is on", || page.save_state() == "saved");
        mark(page, "a flat tyre");
        export_works(page, 3);
        page.until("the light is on", || page.save_state() == "saved");
        page.reload();
        page.until("all three come back", || page.painted().len() == 3);

        page.step("what was kept before is still there");
        page.go("free.html");
        page.open(sample::PAIR);
        page.until_painted("forty repair posts");
        mark(page, "Nobody should walk");
        page.until("it is kept again", || page.save_state() == "saved");
        page.reload();
        page.until_painted("Nobody should walk");
    });
}

/// What is marked before the damage.
const WORDS: [&str; 3] = ["forty repair posts", "the lake office", "a flat tyre"];

/// What is marked after each: words that stand once in the article, as earlier ones come back, too.
const FRESH: &str = "beautiful brave overdue idea opened yesterday beside ferry house eleven came noon fill tyres argue whom thank leaflet everyone mail cruel calls chairs shore claims";

#[test]
fn damaged_storage() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        // A stranger's entries on the same origin are none of the page's business.
        page.server.add(
            "stranger.html",
            "<!doctype html><title>S</title><script>localStorage.setItem('stranger', '{not json'); localStorage.setItem('', 'empty key')</script>",
        );
        page.go("stranger.html");
        page.open(sample::PAIR);
        for words in WORDS {
            mark(page, words);
        }
        page.until("all is kept", || page.save_state() == "saved");
        let keys = page.read(
            "Object.keys(localStorage).filter(key => key && key !== 'stranger' && key !== 'sl1:b')",
        );
        println!("  keys: {keys}");

        page.step("each kind of damage to each entry");
        let original = page.read("Object.fromEntries(Object.entries(localStorage))");
        let mut fresh = FRESH.split(' ');
        for key in keys
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            for damage in ["value.slice(0, value.length / 2)", "'null'", "'\\ud83d'"] {
                let words = fresh.next().expect("there are words for each damage");
                damage_and_open(page, &original, key, damage, words);
            }
        }
        assert_eq!(
            page.text_of("localStorage.getItem('stranger')"),
            "{not json"
        );
    });
}

/// Restores the storage, damages one entry, opens the page: it starts, works, and lost no byte.
fn damage_and_open(page: &Page, original: &Value, key: &str, damage: &str, fresh: &str) {
    page.step(&format!("{key}: {damage}"));
    page.go("stranger.html");
    let damaged = page.browser.read(
        &format!(
            "const [original, key] = arguments;
             localStorage.clear();
             for (const name in original) localStorage.setItem(name, original[name]);
             const value = localStorage.getItem(key);
             localStorage.setItem(key, {damage});
             return JSON.stringify(localStorage.getItem(key))"
        ),
        vec![original.clone(), key.into()],
    );
    page.open(sample::PAIR);
    assert!(
        page.count("#articles li[data-document]") >= 1,
        "articles are there"
    );
    // As JSON, because a half of a surrogate pair cannot leave the browser.
    let kept = page.browser.read(
        "const lost = JSON.parse(arguments[0]);
         return lost.trim() === '' || lost === 'null' || Object.values(localStorage).some(it => it.includes(lost))",
        vec![damaged.clone()],
    );
    assert!(
        kept == true,
        "{key} held {damaged}; nothing keeps these bytes now"
    );
    page.until("what was damaged comes back from the safe copy", || {
        let painted = page.painted();
        let is_there = |words: &str| painted.iter().any(|it| it.text == words);
        WORDS.iter().all(|words| is_there(words)) && page.save_state() == "saved"
    });
    let before = page.painted().len();
    mark(page, fresh);
    page.until("one more mark", || page.painted().len() == before + 1);
    let count = annotations(&page.project()).len();
    page.reload();
    // Marks of a damaged article may come back when its text is there again.
    page.until("the new mark lasts", || {
        annotations(&page.project()).len() >= count
    });
    assert!(page.painted().iter().any(|it| it.text == fresh));
}
