//! Marks of several parts, by mouse, by keys and by finger; and nested marks that change places.

use e2e::exported::{annotation, annotations, assert_exact};
use e2e::{Engine, Options, Page, actions, key, run, sample};

use crate::keyboard::tab_to;

/// A quote that is broken by who says it.
const FIRST: &str = "Nobody should walk home with a flat tyre";
const SECOND: &str = "not even in November";
const MIDDLE: &str = "who runs the office";

#[test]
fn marks_of_several_parts_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        body(page);
        is_spoken(page);
        page.assert_accessible("a mark of two parts");
        page.pretend("prefers-color-scheme", "dark");
        page.assert_accessible("a mark of two parts, dark");
        page.pretend("forced-colors", "active");
        page.assert_accessible("a mark of two parts, forced colours");
    });
}

#[test]
fn marks_of_several_parts_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

#[test]
fn marks_of_several_parts_by_keys_alone() {
    run(&Options::new(Engine::Chromium), by_keys);
}

#[test]
fn marks_of_several_parts_by_a_finger() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, by_a_finger);
}

fn body(page: &Page) {
    open(page);
    adds_and_drops(page);
    changes_one_part(page);
    swaps(page);
    open(page);
    page.select(FIRST);
    page.label('2');
    page.select(SECOND);
    page.press(&[], '+');
    until_parts(page, &[FIRST, SECOND]);
}

fn open(page: &Page) {
    if page.open_document().is_empty() {
        sample::add_pair(page);
        page.open(sample::PAIR);
        page.click("#hint", "Got it");
    } else {
        page.move_to_fresh_origin();
        page.open(sample::PAIR);
    }
}

/// The words of the parts of the one mark, in the file.
fn parts(page: &Page) -> Vec<String> {
    let project = page.project();
    assert_exact(&project);
    let all = annotations(&project);
    let fragments = all
        .iter()
        .flat_map(|it| it["fragments"].as_array().into_iter().flatten());
    let exact = fragments.map(|it| it["exact"].as_str().unwrap_or_default().to_owned());
    exact.collect()
}

/// Waits until the mark has these parts, in the file, on the screen and in the list.
#[track_caller]
fn until_parts(page: &Page, words: &[&str]) {
    let mut last = Vec::new();
    let came = page.comes(std::time::Duration::from_secs(10), || {
        last = parts(page);
        last == words
    });
    assert!(came, "the parts are {last:?}, not {words:?}");
    page.until_painted(&words.concat());
    let listed = "document.querySelector('#mark-list .mark-quote').textContent";
    let shown = words.join(" … ");
    page.until("the list says so", || page.text_of(listed) == shown);
}

/// Clicks a part of a mark.
fn click_part(page: &Page, words: &str) {
    page.click_text(page.place(words, 0), 1);
    page.until("the mark has the focus", || page.focused().is_some());
}

fn adds_and_drops(page: &Page) {
    page.step("a key adds selected words to the mark that was in focus");
    page.select(FIRST);
    page.label('2');
    page.until_painted(FIRST);
    page.select(SECOND);
    page.button("#draft-bar", "Add to mark");
    page.press(&[], '+');
    until_parts(page, &[FIRST, SECOND]);
    page.until_said("Added to the mark");
    page.step("all of it has the focus, and shows that it goes on");
    assert_eq!(
        page.count("#reader mark"),
        page.count("#reader mark.is-focused")
    );
    let told =
        "[...document.querySelectorAll('#reader [data-part]')].map(it => it.dataset.part).join()";
    assert_eq!(page.text_of(told), "part 1 of 2,part 2 of 2");
    page.step("undo and redo");
    page.press(&[key::CONTROL], 'z');
    until_parts(page, &[FIRST]);
    page.press(&[key::CONTROL, key::SHIFT], 'z');
    until_parts(page, &[FIRST, SECOND]);
    page.step("Control and a drag add at once");
    page.press(&[], key::ESCAPE);
    click_part(page, FIRST);
    let place = page.place(MIDDLE, 0);
    page.scroll_to(place);
    let (from, to) = page.ends(place);
    let drag = actions::while_held(&[key::CONTROL], actions::drag(from, to));
    page.browser.act(drag);
    until_parts(page, &[FIRST, MIDDLE, SECOND]);
    page.step("the pointer over one part tints all of them");
    page.browser
        .act(actions::hover(page.inside(page.place(SECOND, 0).first(1))));
    page.until("they are tinted", || {
        page.is("CSS.highlights.get('parts')?.size === 3")
    });
    page.browser.act(actions::hover(page.middle_of("#topbar")));
    page.until("no longer", || page.is("!CSS.highlights.has('parts')"));
    page.step("a key drops the part that was clicked");
    page.press(&[], key::ESCAPE);
    click_part(page, MIDDLE);
    page.button("#mark-bar", "Drop part");
    page.press(&[], '-');
    until_parts(page, &[FIRST, SECOND]);
    page.step("words beside a part become part of it");
    page.select(",” said");
    page.click("#draft-bar", "Add to mark");
    until_parts(page, &[&format!("{FIRST},” said"), SECOND]);
    page.press(&[key::CONTROL], 'z');
    until_parts(page, &[FIRST, SECOND]);
}

fn changes_one_part(page: &Page) {
    page.step("ends move at the part that was clicked");
    page.press(&[], key::ESCAPE);
    click_part(page, FIRST);
    page.press(&[key::SHIFT], key::LEFT);
    let shorter = FIRST.trim_end_matches(" tyre");
    until_parts(page, &[shorter, SECOND]);
    page.step("so does a handle");
    let place = page.place(SECOND, 0);
    click_part(page, SECOND);
    page.until("the handles are there", || page.count(".handle") == 2);
    page.rest(100);
    let grip = page.middle_of(".handle[data-end=end]");
    let (_, to) = page.ends(place.first("not even in".len()));
    page.browser.act(actions::drag(grip, to));
    until_parts(page, &[shorter, "not even in"]);
    page.step("split between its parts it is two marks, merged it is one again");
    page.press(&[], key::ESCAPE);
    let between = page.place("said Zoé", 0);
    page.click_text(between.first(1), 1);
    page.press(&[], 'x');
    page.until("it is two", || page.count("#mark-list li") == 2);
    page.press(&[], key::ESCAPE);
    page.click("#marks", "Select several");
    page.click("#picked-bar", "Select all");
    page.press(&[], 'm');
    until_parts(page, &[shorter, "not even in"]);
    page.step("delete removes the whole");
    page.press(&[], key::DELETE);
    page.until("nothing is marked", || page.painted().is_empty());
}

fn swaps(page: &Page) {
    page.step("the outer mark becomes the inner one");
    let sentence = "The town will pay for forty repair posts";
    page.select(sentence);
    page.label('1');
    let outer = page.until_painted(sentence);
    page.press(&[], key::ESCAPE);
    page.select("forty");
    page.label('2');
    let inner = page.until_painted("forty");
    page.click("#mark-bar", "Swap");
    let exact = |id: &str| {
        let project = page.project();
        let words = &annotation(&project, id)["fragments"][0]["exact"];
        words.as_str().unwrap_or_default().to_owned()
    };
    page.until("they have changed places", || exact(&outer) == "forty");
    assert_eq!(exact(&inner), sentence);
    page.press(&[], 'w');
    page.until("and back", || exact(&outer) == sentence);
    page.press(&[key::CONTROL], 'z');
    page.until("one undo takes it back", || exact(&outer) == "forty");
    page.press(&[], key::ESCAPE);
    page.press(&[key::CONTROL], 'z');
    page.select("posts, the lake");
    page.label('3');
    page.press(&[], 'w');
    page.until_said("Only a mark that lies within another one");
}

/// What assistive technology is given of the two parts.
fn is_spoken(page: &Page) {
    page.step("the parts are spoken");
    let tree = page
        .browser
        .devtools("Accessibility.getFullAXTree", serde_json::json!({}));
    let tree = tree.to_string();
    for words in ["part 1 of 2", "part 2 of 2"] {
        assert!(tree.contains(words), "“{words}” is not in the tree");
    }
}

fn by_keys(page: &Page) {
    open(page);
    page.step("the word cursor marks, goes on, and adds");
    tab_to(page, "#reader");
    page.press(&[], key::ENTER);
    let told = || page.text_of("document.querySelector('#word-cursor').textContent");
    let walk_to = |words: &str| {
        for _ in 0..60 {
            if told() == words {
                return;
            }
            page.press(&[], key::RIGHT);
        }
        panic!("the cursor does not come to “{words}”, but to “{}”", told());
    };
    walk_to("Nobody");
    page.press(&[key::SHIFT], key::RIGHT);
    page.press(&[], '2');
    page.until_painted("Nobody should");
    walk_to("not");
    page.press(&[key::SHIFT], key::RIGHT);
    page.press(&[], '+');
    until_parts(page, &["Nobody should", "not even"]);
    page.step("the cursor tells which part it is in");
    page.press(&[], key::RIGHT);
    page.press(&[], key::LEFT);
    page.until("it is told", || told() == "even, Quote part 2 of 2");
    page.step("the word at the cursor is added, too");
    walk_to("November");
    page.press(&[], '+');
    until_parts(page, &["Nobody should", "not even", "November"]);
    page.step("Enter takes the part at the cursor, and it can be dropped");
    page.press(&[], '-');
    until_parts(page, &["Nobody should", "not even"]);
    page.press(&[], key::LEFT);
    page.press(&[], key::LEFT);
    page.until("it is told", || told() == "even, Quote part 2 of 2");
    page.press(&[], key::ENTER);
    page.until("the mark has the focus", || page.focused().is_some());
    page.press(&[key::SHIFT], key::LEFT);
    until_parts(page, &["Nobody should", "not"]);
    page.press(&[], '-');
    until_parts(page, &["Nobody should"]);
}

fn by_a_finger(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.tap_on("#hint button");
    let tap = |words: &str| page.tap_words(words);
    page.step("mark a word, then tap the words to add");
    page.tap_on("#palette button:nth-of-type(2)");
    tap("Nobody");
    tap("tyre");
    page.until_painted(FIRST);
    page.tap_on("#palette [aria-pressed=true]");
    tap("walk");
    page.click("#mark-bar", "Add words");
    page.until_said("first word to add");
    tap("even");
    page.until("the last word is asked for", || {
        page.notices().contains("last word")
    });
    page.button("#palette", "Add to mark");
    page.screenshot("phone-390-adding");
    tap("November");
    until_parts(page, &[FIRST, "even in November"]);
    page.screenshot("phone-390-parts");
    let outside =
        "[...document.querySelectorAll('#mark-bar button')].map(it => it.getBoundingClientRect())
      .filter(it => it.left < 0 || it.right > innerWidth || it.height < 40).length";
    page.until("all of the bar can be reached", || page.read(outside) == 0);
    page.click("#mark-bar", "Drop part");
    until_parts(page, &[FIRST]);
    page.step("one word alone is added by the button");
    page.click("#mark-bar", "Add words");
    tap("even");
    page.click("#palette", "Add to mark");
    until_parts(page, &[FIRST, "even"]);
}
