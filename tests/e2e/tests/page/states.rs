//! A dozen states of the page as the eye sees them and as a screen reader is told of them. Both are kept in the
//! repository, `docs/pictures` and `tests/e2e/outlines`, and looked at when they change.

use std::fs;
use std::time::Duration;

use e2e::picture::is_renewing;
use e2e::{Engine, Options, Page, key, run, sample, tools};
use serde_json::{Value, json};

/// Holds what is shown now against what is kept under this name, and collects what is different.
struct Album<'a> {
    page: &'a Page,
    faults: Vec<String>,
}

impl<'a> Album<'a> {
    fn of(page: &'a Page) -> Self {
        Self {
            page,
            faults: Vec::new(),
        }
    }

    fn look(&mut self, name: &str) {
        self.page.step(name);
        self.faults.extend(self.page.compare_picture(name).err());
    }

    /// The outline alone, which must be the same in every browser.
    fn listen(&mut self, name: &str) {
        self.page.step(name);
        let folder = tools::workspace().join("tests/e2e/outlines");
        let path = folder.join(format!("{name}.txt"));
        if is_renewing() && !self.page.is_firefox() {
            self.page.rest(1_000);
            fs::create_dir_all(&folder).expect("the folder can be made");
            fs::write(&path, self.page.outline()).expect("it can be written");
            return;
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        let mut outline = String::new();
        let is_same = self.page.comes(Duration::from_secs(5), || {
            outline = self.page.outline();
            outline == kept
        });
        if !is_same {
            let lines = outline.lines().zip(kept.lines());
            let first = lines.clone().position(|(now, then)| now != then);
            let at = first.unwrap_or(lines.count());
            let [then, now] = [&kept, &outline].map(|it| it.lines().nth(at).unwrap_or("nothing"));
            self.faults.push(format!(
                "tests/e2e/outlines/{name}.txt, line {}: it said\n  {then}\nand now says\n  {now}\nin\n{outline}",
                at + 1
            ));
        }
    }

    fn both(&mut self, name: &str) {
        self.look(name);
        self.listen(name);
    }

    fn close(self) {
        assert!(self.faults.is_empty(), "{}", self.faults.join("\n"));
    }
}

/// Marks the open article as the model answer does.
fn mark_as_the_model_answer(page: &Page) {
    let key = fs::read(tools::workspace().join("articles/key.json")).expect("the model answer");
    let key: Value = serde_json::from_slice(&key).expect("it is JSON");
    let open = page.open_document();
    let articles = key["articles"].as_array().into_iter().flatten();
    let spans = articles.filter(|it| it["id"] == json!(open));
    let spans: Vec<Value> = spans
        .flat_map(|it| it["spans"].as_array().into_iter().flatten())
        .map(|it| json!({"document": open, "start": it["start"], "end": it["end"], "label": it["label"]}))
        .collect();
    let script = "for (const wish of arguments[0]) await window.sourcelight.annotate(wish)";
    page.browser.read_later(script, vec![json!(spans)]);
    page.until("all are painted", || page.painted().len() >= spans.len());
}

fn open_marked(page: &Page) {
    page.open("");
    page.click("#hint", "Got it");
    mark_as_the_model_answer(page);
}

/// Runs a test in a window of the size that many laptops leave to a page.
fn on_a_desktop(body: impl Fn(&Page)) {
    let mut options = Options::new(Engine::Chromium);
    options.window = (1366, 900);
    run(&options, |page| {
        page.resize(1366, 860, 1.0);
        body(page);
    });
}

#[test]
fn desktop_states_look_and_read_as_they_did() {
    on_a_desktop(|page| {
        let mut album = Album::of(page);
        page.open("");
        album.both("first-visit");
        page.click("#hint", "Got it");
        mark_as_the_model_answer(page);
        spoken_states(&mut album, Album::both);
        page.press(&[], 's');
        page.find("dialog#sentences");
        album.look("sentences");
        page.press(&[], key::ESCAPE);
        page.until("the dialog is closed", || !page.sees("dialog"));
        page.pretend("prefers-color-scheme", "dark");
        album.look("marked-dark");
        page.press(&[], 'n');
        page.find("#mark-bar");
        album.look("mark-in-focus-dark");
        album.close();
    });
}

#[test]
fn firefox_reads_the_same_aloud() {
    run(&Options::new(Engine::Firefox), |page| {
        let mut album = Album::of(page);
        open_marked(page);
        spoken_states(&mut album, Album::listen);
        album.close();
    });
}

const TALLY: &str = "document.querySelector('#find-tally')?.textContent ?? ''";

/// From an article with marks through bars and dialogs and back.
fn spoken_states<'a>(album: &mut Album<'a>, keep: fn(&mut Album<'a>, &str)) {
    let page = album.page;
    keep(album, "marked");
    let place = page.words(page.long_blocks(30)[1], 3, 5);
    page.drag(place);
    page.find("#draft-bar");
    keep(album, "selection");
    page.press(&[], key::ESCAPE);
    page.press(&[], 'n');
    page.find("#mark-bar");
    keep(album, "mark-in-focus");
    page.press(&[], key::ESCAPE);
    page.press(&[], '/');
    page.until("the field has the focus", || {
        page.is("document.activeElement?.id === 'find-words'")
    });
    page.type_keys("the");
    page.until("all are counted", || page.text_of(TALLY).ends_with("of 67"));
    keep(album, "finding");
    page.press(&[], key::ESCAPE);
    page.until("the bar is closed", || !page.sees("#find-bar"));
    let dialogs = [
        ("export", "Export"),
        ("help", "Help"),
        ("commands", "Commands"),
        ("view", "View"),
    ];
    for (name, button) in dialogs {
        page.click("#topbar", button);
        page.find(&format!("dialog#{name}"));
        keep(album, name);
        page.press(&[], key::ESCAPE);
        page.until("the dialog is closed", || !page.sees("dialog"));
    }
}

#[test]
fn phone_states_look_and_read_as_they_did() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        let mut album = Album::of(page);
        open_marked(page);
        album.both("phone");
        page.click("#topbar", "Marks");
        album.both("phone-marks");
        page.click("#marks", "Close");
        // The sheet slides away, and until then it takes the taps.
        page.rest(500);
        page.pretend("prefers-color-scheme", "dark");
        page.tap_on("#palette .label-button");
        page.until("the label is armed", || {
            page.sees("#palette [aria-pressed=true]")
        });
        album.look("phone-armed-dark");
        page.click("#topbar", "Articles");
        album.look("phone-articles-dark");
        album.close();
    });
}

#[test]
fn other_writing_and_no_writing_look_as_they_did() {
    on_a_desktop(|page| {
        let mut album = Album::of(page);
        sample::add_pair(page);
        page.open(sample::PAIR);
        joined_letters_stay_joined(page);
        for (number, words) in ["محطة إصلاح", "自転車", "Ana 👩‍🚒"].into_iter().enumerate()
        {
            page.select(words);
            page.label(['1', '2', '3'][number]);
            page.press(&[], key::ESCAPE);
        }
        album.look("several-scripts");
        while page.count("#articles li[data-document]") > 0 {
            let before = page.count("#articles li[data-document]");
            page.click("#reader-head", "Remove");
            page.until("one less", || {
                page.count("#articles li[data-document]") < before
            });
        }
        page.until("nothing is said any more", || page.notices().is_empty());
        album.both("no-article");
        album.close();
    });
}

/// Letters of Arabic take their forms from their neighbours. A mark that begins or ends inside a word must not change
/// them: the word would become wider, and wrong.
fn joined_letters_stay_joined(page: &Page) {
    let width = || page.read(WORD_WIDTH).as_f64().expect("a width");
    let before = width();
    page.select("حط");
    page.label('1');
    page.until_painted("حط");
    let after = width();
    assert!(
        (before - after).abs() < 0.6,
        "the word was {before} wide and is {after}"
    );
    page.press(&[], key::DELETE);
    page.until("the mark is gone", || page.painted().is_empty());
}

const WORD_WIDTH: &str = "(() => {
  const block = [...document.querySelectorAll('[data-block]')].find(it => it.textContent.includes('محطة'));
  const at = block.textContent.indexOf('محطة'), walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), range = new Range();
  for (let node, past = 0; node = walker.nextNode(); past += node.length) {
    if (past <= at && at < past + node.length) range.setStart(node, at - past);
    if (past < at + 4 && at + 4 <= past + node.length) range.setEnd(node, at + 4 - past);
  }
  return range.getBoundingClientRect().width;
})()";
