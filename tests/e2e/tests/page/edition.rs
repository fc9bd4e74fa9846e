//! A later text of an article: what is shown before it is taken over, the marks on it, and that one undo
//! takes it back. Where words land is the matter of the native tests.

use e2e::exported::{annotations, assert_exact};
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::Value;

use crate::durability::saved;
use crate::loading::write;
use crate::people::{command, words_of};
use crate::storage::mark;

/// Words of the first article of the pair.
const WORDS: [&str; 4] = [
    "forty repair posts",
    "Nobody should walk home with a flat tyre",
    "a cruel joke",
    "brave and long overdue",
];

/// The article as it stood in the evening: a figure and a quotation changed, a sentence is gone, one is new.
fn evening() -> String {
    sample::BICYCLE
        .replace("forty repair posts", "at least thirty repair posts")
        .replace("not even in November", "not in November")
        .replace("It is a beautiful, brave and long overdue idea. ", "")
        .replace(" by mail last week", " by mail this week")
        + "\nThe mayor did not answer questions in the evening.\n"
}

#[test]
fn a_later_text_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1280, 860, 1.0);
        body(page);
        looks(page);
    });
}

#[test]
fn a_later_text_is_offered_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1280, 860, 1.0);
        offered(page);
    });
}

#[test]
fn a_later_text_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

fn open(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.click("#hint", "Got it");
    for words in WORDS {
        mark(page, words);
    }
}

/// What becomes of the marks, as the dialog has it.
fn fates(page: &Page) -> Vec<String> {
    let read = "[...document.querySelectorAll('#edition [data-fate]')].map(it => it.dataset.fate)";
    let found = page.read(read);
    let found = found.as_array().into_iter().flatten();
    found
        .filter_map(|it| it.as_str().map(str::to_owned))
        .collect()
}

/// The article that says of which one it is a later text.
fn later(page: &Page) -> Value {
    let project = page.project();
    let all = project["documents"].as_array().into_iter().flatten();
    let mut found = all.filter(|it| it["versionOf"] == "bicycle").cloned();
    found.next().unwrap_or_default()
}

fn compare(page: &Page) {
    command(page, "Load a later text");
    page.find("dialog#edition");
    choose(page, "evening.txt", evening());
    page.until("it is compared", || page.count("#edition [data-fate]") > 0);
}

/// Chooses a file in the dialog.
fn choose(page: &Page, name: &str, bytes: impl AsRef<[u8]>) {
    let path = write(page, name, bytes);
    let field = page.find("#edition-file");
    let chosen = field.send_keys(path.to_str().expect("a path"));
    page.browser.wait(chosen);
}

fn body(page: &Page) {
    page.step("nothing is pasted, the same text, a file with two articles: each is said");
    open(page);
    command(page, "Load a later text");
    page.find("dialog#edition");
    let told = |words: &str| {
        page.until(words, || {
            words_of(page, "#edition [role=status]").contains(words)
        });
    };
    page.click("#edition", "Compare");
    told("Paste the later text first");
    choose(page, "same.txt", sample::BICYCLE);
    told("This is the same text, to the letter.");
    let two = "{\"text\": \"One two.\"}\n{\"text\": \"Three four.\"}\n";
    choose(page, "two.jsonl", two);
    told("The file holds 2 articles.");

    page.step("what the later text would bring, before anything changes");
    let before = page.project();
    choose(page, "evening.txt", evening());
    page.until("it is compared", || page.count("#edition [data-fate]") > 0);
    assert_eq!(fates(page), ["edges", "lost", "same", "same"]);
    let first = words_of(page, "#edition .versions");
    assert!(
        first.contains("A figure") && first.contains("In a quotation"),
        "{first}"
    );
    let struck = "[...document.querySelectorAll('#edition del')].map(it => it.innerText).join()";
    assert!(
        page.text_of(struck).contains("forty"),
        "{}",
        page.text_of(struck)
    );
    told("Nothing is taken over yet. 4 marks:");
    let region = "document.activeElement?.getAttribute('aria-label')";
    assert_eq!(page.text_of(region), "What the later text changes");
    assert_eq!(page.project(), before);

    page.step("a text is pasted, compared, and still there when one goes back");
    page.click("#edition", "Another text");
    page.fill("#edition-text", "A cruel joke and nothing else.");
    page.click("#edition", "Compare");
    page.until("most is lost", || {
        fates(page).iter().filter(|it| *it == "lost").count() >= 3
    });
    page.click("#edition", "Another text");
    let typed = page.text_of("document.querySelector('#edition-text').value");
    assert_eq!(typed, "A cruel joke and nothing else.");
    choose(page, "evening.txt", evening());
    page.until("it is compared", || {
        page.count("#edition [data-fate=same]") > 0
    });

    page.step("one step carries the marks over, and both texts stay");
    page.click("#edition", "Carry the marks over");
    page.until_said("3 marks carried over. 1 mark waits in the tray");
    page.until("the later text is open", || {
        page.open_document() != "bicycle"
    });
    page.until_painted("a cruel joke");
    let project = page.project();
    assert_exact(&project);
    assert_eq!(annotations(&project).len(), annotations(&before).len() + 3);
    let made = later(page);
    assert_eq!(
        made["annotations"].as_array().map(Vec::len),
        Some(3),
        "{made}"
    );
    assert_eq!(made["unplaced"].as_array().map(Vec::len), Some(1), "{made}");
    assert_eq!(made["source"]["outlet"], "Lake Post");
    let line = words_of(page, "#edition-line");
    assert!(line.contains("This is a later text of"), "{line}");

    page.step("the way back to the earlier text, and to what changed");
    page.click("#edition-line", "What changed");
    page.until("it is compared", || {
        page.count("#edition [data-fate=here]") > 0
    });
    page.press(&[], key::ESCAPE);
    page.until("the dialog is closed", || !page.sees("#edition"));
    page.click_on("#edition-line .way");
    page.until("the earlier text is open", || {
        page.open_document() == "bicycle"
    });
    page.until("it says so", || {
        words_of(page, "#edition-line").contains("There is a later text:")
    });

    page.step("it is there after a reload, and one undo takes all of it back");
    saved(page);
    page.reload();
    assert_eq!(later(page)["annotations"].as_array().map(Vec::len), Some(3));
    page.move_to_fresh_origin();
    open(page);
    compare(page);
    page.click("#edition", "Carry the marks over");
    page.until_said("3 marks carried over");
    let count = || page.project()["documents"].as_array().map(Vec::len);
    assert_eq!(count(), Some(3));
    page.press(&[key::CONTROL], 'z');
    page.until("it is undone", || count() == Some(2));
    assert_eq!(annotations(&page.project()).len(), 4);
}

/// Where an article is opened that reads like a later text of one that is here, this is offered.
fn offered(page: &Page) {
    page.step("opened like any other file, it is offered to compare the two");
    open(page);
    let path = write(
        page,
        "evening.txt",
        format!("Title: Bicycle repair\n\n{}", evening()),
    );
    page.choose_files(&[&path]);
    page.find("dialog#report [data-edition]");
    page.assert_accessible("a later text is offered");
    page.click("#report", "Compare the two");
    page.until("it is compared", || {
        page.count("#edition [data-fate=same]") > 0
    });
    page.click("#edition", "Carry the marks over");
    page.until_said("3 marks carried over");
    assert_eq!(later(page)["annotations"].as_array().map(Vec::len), Some(3));
    page.step("an article that is here can be chosen from the list");
    page.click_on("#edition-line .way");
    page.until("the earlier text is open", || {
        page.open_document() == "bicycle"
    });
    command(page, "Load a later text");
    page.find("#edition .edition-near button");
    page.screenshot("edition-ways");
    page.assert_accessible("where a later text comes from");
    page.click_on("#edition .edition-near button");
    page.until("it is compared", || {
        page.count("#edition [data-fate=here]") > 0
    });
    page.click("#edition", "Carry the marks over");
    page.until("it is said that it is there", || {
        words_of(page, "#edition [role=status]").contains("in the later text already")
    });
    page.press(&[], key::ESCAPE);
    page.screenshot("edition-line");
}

fn looks(page: &Page) {
    page.step("what changed, on every screen");
    compare(page);
    page.assert_accessible("what a later text changes");
    page.screenshot("edition");
    page.pretend("prefers-color-scheme", "dark");
    page.assert_accessible("what a later text changes, dark");
    page.screenshot("edition-dark");
    page.resize(390, 800, 1.0);
    page.rest(600);
    page.screenshot("edition-phone");
    let wide = "document.querySelector('#edition').scrollWidth <= document.querySelector('#edition').clientWidth";
    assert!(page.is(wide), "nothing is cut off at the side");
    page.pretend("prefers-color-scheme", "light");
}
