//! People who mark the same articles: handing in, bringing in, lessons. Which marks become what is the matter of
//! the native tests.

mod agreement;
mod decide;
mod first_labels;
mod lesson;
mod scores;

use e2e::exported::{annotations, list, parse};
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::{Value, json};

use crate::loading::write;
use crate::storage::mark;

/// Words of the first article of the pair.
pub(crate) const WORDS: [&str; 3] = ["forty repair posts", "the lake office", "a cruel joke"];

#[test]
fn what_is_handed_in_comes_together_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1280, 860, 1.0);
        come_together(page);
        looks(page);
    });
}

#[test]
fn what_is_handed_in_comes_together_in_firefox() {
    run(&Options::new(Engine::Firefox), come_together);
}

/// Opens something from the list of all commands.
pub(crate) fn command(page: &Page, name: &str) {
    page.press(&[key::CONTROL], 'k');
    page.find("dialog#commands");
    page.type_keys(name);
    page.press(&[], key::ENTER);
}

/// What is handed in as it was saved: its name and the file.
pub(crate) fn hand_in(page: &Page, name: &str) -> (String, String) {
    command(page, "Hand in your marks");
    page.find("dialog#hand-in");
    page.fill("#hand-in-by", name);
    page.click("#hand-in", "Save the file");
    let (file, bytes) = page.download_of("json");
    page.until("the dialog is closed", || !page.sees("#hand-in"));
    (file, String::from_utf8(bytes).expect("it is text"))
}

/// The same file by somebody else, whose marks are others.
pub(crate) fn by_another(file: &str, name: &str) -> String {
    let parsed = parse(file.as_bytes());
    let said = &parsed["handIn"];
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let mut made = file
        .replace(&text(&said["annotator"]), &name.to_lowercase())
        .replace(
            &format!("\"{}\"", text(&said["name"])),
            &format!("\"{name}\""),
        );
    for (at, it) in annotations(&parsed).into_iter().enumerate() {
        made = made.replace(&text(&it["id"]), &format!("{}-{at}", name.to_lowercase()));
    }
    made
}

pub(crate) fn fates(page: &Page) -> Vec<String> {
    let read = "[...document.querySelectorAll('#people [data-fate]')].map(it => it.dataset.file + ': ' + it.dataset.fate)";
    let found = page.read(read);
    list(&found)
        .filter_map(|it| it.as_str().map(str::to_owned))
        .collect()
}

pub(crate) fn words_of(page: &Page, selector: &str) -> String {
    page.text_of(&format!(
        "document.querySelector('{selector}')?.innerText ?? ''"
    ))
}

fn rows(page: &Page) -> Vec<String> {
    let read = "[...document.querySelectorAll('#people [data-person]')].map(it => [...it.children].slice(0, 3).map(it => it.textContent.trim()).join(' '))";
    let found = page.read(read);
    let mut found: Vec<String> = list(&found)
        .filter_map(|it| it.as_str().map(str::to_owned))
        .collect();
    found.sort();
    found
}

fn count(page: &Page) -> usize {
    annotations(&page.project()).len()
}

/// How many have been through the other article of the pair.
fn done_with_kites(page: &Page) -> usize {
    let project = page.project();
    let mut articles = list(&project["documents"]);
    let kites = articles.find(|it| it["id"] == "kites").expect("it is here");
    list(&kites["finishedBy"]).count()
}

fn come_together(page: &Page) {
    page.step("a student hands in a small file");
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.click("#hint", "Got it");
    let first = page.open_document();
    page.click_on("#articles li[data-document=kites] .article-open");
    page.until("the other is open", || page.open_document() == "kites");
    page.click_label("#reader-head", "Done");
    page.click_on(&format!(
        "#articles li[data-document={first}] .article-open"
    ));
    page.until("the first is open", || page.open_document() == first);
    mark(page, WORDS[0]);
    mark(page, WORDS[1]);
    let (name, ann) = hand_in(page, "Ann Öz");
    assert_eq!(name, "hand-in-ann-öz.json");
    assert!(
        !ann.contains("brave and long overdue"),
        "no article is in it"
    );
    page.step("the name is known the next time, and a later file has less in it");
    page.press(&[key::CONTROL], 'z');
    page.press(&[key::CONTROL], 'z');
    let (_, later) = hand_in(page, "Ann Öz");
    assert_eq!(annotations(&parse(later.as_bytes())).len(), 1, "{later}");

    page.step("the teacher brings in what several have handed in");
    page.move_to_fresh_origin();
    page.open(sample::PAIR);
    page.click("#hint", "Got it");
    let ben = by_another(&ann, "Ben");
    let files = [
        ("ann.json", ann.as_str()),
        ("again.json", ann.as_str()),
        ("ben.json", ben.as_str()),
        ("broken.json", "{\"format\": \"span-annotations\", \"docu"),
        ("essay.txt", "This is my essay about the lake."),
        (
            "newer.json",
            "{\"format\": \"span-annotations\", \"version\": \"9.0\", \"documents\": []}",
        ),
    ];
    let paths = files.map(|(name, text)| write(page, name, text));
    let paths: Vec<&std::path::Path> = paths.iter().map(std::path::PathBuf::as_path).collect();
    page.choose_files(&paths);
    page.find("#people .people-take");
    assert_eq!(
        fates(page),
        [
            "again.json: taken",
            "ann.json: same",
            "ben.json: taken",
            "broken.json: unread",
            "essay.txt: unread",
            "newer.json: unread"
        ]
    );
    assert_eq!(
        words_of(page, "#people .people-sum"),
        "2 of 6 files can be taken over: 4 marks of 2 people."
    );
    assert!(words_of(page, "[data-file=\"newer.json\"]").contains("9.0"));
    assert_eq!(count(page), 0, "nothing is taken over yet");
    page.click("#people", "Take over");
    page.until("everybody is listed", || {
        rows(page) == ["Ann Öz 2 2", "Ben 2 2", "You 0 0"]
    });
    assert_eq!(count(page), 4);
    assert_eq!(done_with_kites(page), 2, "though they marked nothing there");
    page.step("one undo takes it back");
    page.click("#people", "Undo");
    page.until("nobody is left", || rows(page) == ["You 0 0"]);
    assert_eq!((count(page), done_with_kites(page)), (0, 0));
    page.press(&[], key::ESCAPE);
    page.until("the dialog is closed", || !page.sees("#people"));
    page.press(&[key::CONTROL, key::SHIFT], 'z');
    page.until("it is here again", || count(page) == 4);

    page.step("a later file of somebody replaces the earlier, after a question");
    let path = write(page, "later.json", &later);
    page.choose_files(&[&path]);
    page.find("#people .people-question");
    let asked = words_of(page, "#people .people-question");
    assert!(
        asked.contains("Ann Öz: later.json; 2 marks are here already; 1 mark would go"),
        "{asked}"
    );
    page.click_label("#people", "Everything; nothing goes");
    page.click_label("#people", "The latest of each person; what is older goes");
    page.click("#people", "Take over");
    page.until("one of Ann's marks is gone", || {
        rows(page) == ["Ann Öz 1 2", "Ben 2 2", "You 0 0"]
    });

    page.step("people are renamed and hidden");
    page.click("#people [data-person=ben]", "Rename");
    page.fill("#people [data-person=ben] input", "Benjamin");
    page.click("#people [data-person=ben]", "Save");
    page.until("he is called so", || {
        rows(page).contains(&"Benjamin 2 2".to_owned())
    });
    page.click_label("#people", "Hide names");
    page.until("names say nothing", || {
        rows(page).iter().all(|it| it.starts_with("Person "))
    });
    page.click_label("#people", "Hide names");
    page.press(&[], key::ESCAPE);
    page.until("the dialog is closed", || !page.sees("#people"));

    page.step("scripts go the same way");
    let merge = "const all = arguments[0].map(([name, bytes]) => ({name, bytes}));
                 return await window.sourcelight.mergeFiles(all)";
    let given = json!([["later.json", later], ["broken.json", "{"]]);
    let told = page.browser.read_later(merge, vec![given]);
    assert_eq!(told["changed"], false, "{told}");
    assert_eq!(told["files"][0]["fate"], "unread", "{told}");
    assert_eq!(
        (&told["files"][1]["fate"], &told["files"][1]["placed"]),
        (&json!("taken"), &json!(1)),
        "{told}"
    );
    let refused = page.browser.read_later(
        "return await window.sourcelight.mergeFiles('a')",
        Vec::new(),
    );
    assert!(
        refused["thrown"]
            .as_str()
            .is_some_and(|it| it.contains("list")),
        "{refused}"
    );
}

fn looks(page: &Page) {
    command(page, "People:");
    page.find("#people .people-table");
    page.assert_accessible("the people");
    page.screenshot("people-list");
    page.click("#people", "Bring in");
    page.find("#people .people-empty");
    page.screenshot("people-bring-in-empty");
    page.press(&[], key::ESCAPE);
    let path = write(page, "broken.json", "{");
    let other = write(page, "hand-in.json", by_another(HANDED_IN, "Cleo"));
    page.choose_files(&[&path, &other]);
    page.find("#people .people-take");
    page.assert_accessible("what was found");
    page.screenshot("people-bring-in");
    page.pretend("prefers-color-scheme", "dark");
    page.screenshot("people-bring-in-dark");
    page.resize(390, 800, 1.0);
    page.rest(600);
    page.screenshot("people-bring-in-phone");
    page.click("#people", "People");
    page.screenshot("people-list-phone");
    page.pretend("prefers-color-scheme", "light");
}

/// A file that was handed in on another text.
const HANDED_IN: &str = r#"{"format": "span-annotations", "version": "1.0", "handIn": {"lesson": "", "name": "Ann", "annotator": "someone", "at": "2031-05-03T09:00:00Z"}, "annotators": [{"id": "someone", "name": "Ann"}], "documents": [{"id": "elsewhere", "title": "Elsewhere", "text": "Something else altogether.", "annotations": [{"id": "x1", "label": "claim", "creator": "someone", "created": "2031-05-03T09:00:00Z", "modified": "2031-05-03T09:00:00Z", "fragments": [{"start": 0, "end": 9, "exact": "Something"}]}]}]}"#;
