//! Project files that are not what they should be (F28), and such as were made over a text that
//! differs from the one here (F29). What single articles and pastes come to is in [`crate::loading`].

use e2e::exported::{annotations, assert_exact};
use e2e::sample::{BICYCLE, Marked};
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::Value;

use crate::durability::saved;
use crate::keeping_sheet::unexported;
use crate::loading::{close_report, problems, write};
use crate::storage::mark;

const WORDS: [&str; 3] = ["forty repair posts", "the lake office", "a flat tyre"];

fn documents(page: &Page) -> Value {
    page.project()["documents"].clone()
}

fn open_file(page: &Page, name: &str, bytes: impl AsRef<[u8]>) {
    let path = write(page, name, bytes);
    page.choose_files(&[&path]);
}

/// Opens a file of which nothing can be taken over; the report names it with these words.
#[track_caller]
fn assert_refused(page: &Page, name: &str, bytes: impl AsRef<[u8]>, words: &str) {
    page.step(&format!("{name} is refused"));
    let before = documents(page);
    open_file(page, name, bytes);
    let said = problems(page);
    assert!(
        said.len() == 1 && said[0].starts_with(name) && said[0].contains(words),
        "{said:?}"
    );
    close_report(page);
    assert_eq!(documents(page), before, "nothing has changed");
}

fn save_file(page: &Page) -> Vec<u8> {
    page.press(&[key::CONTROL], 's');
    page.download()
}

/// Deletes the first mark of the article by its key.
fn delete_first(page: &Page) {
    page.press(&[], 'n');
    page.until("the mark has the focus", || page.focused().is_some());
    page.press(&[], key::BACKSPACE);
}

/// F28: a file that is cut off, of another kind, of a later version or empty; and an older one.
#[test]
fn f28_project_files_that_are_not_what_they_should_be() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        mark(page, WORDS[1]);
        saved(page);
        let older = save_file(page);
        delete_first(page);
        page.until("it is gone", || page.painted().len() == 1);
        page.press(&[], key::ESCAPE);
        page.press(&[], 'n');
        page.until("the other has the focus", || page.focused().is_some());
        page.press(&[], '3');
        page.press(&[], key::ESCAPE);
        mark(page, WORDS[2]);
        saved(page);
        let before = documents(page);
        let newest = save_file(page);

        assert_refused(page, "cut.json", &newest[..newest.len() / 2], "line");
        assert_refused(
            page,
            "other.json",
            r#"{"name": "things", "version": 3}"#,
            "",
        );
        let later =
            String::from_utf8_lossy(&newest).replace(r#""version": "1.1""#, r#""version": "2.0""#);
        assert_refused(page, "later.json", later, "newer");
        assert_refused(page, "empty.json", "", "");

        page.step("an older file brings back what it has, and takes back nothing newer");
        open_file(page, "older.json", &older);
        page.until_said("Opened");
        page.until_painted(WORDS[0]);
        let project = page.project();
        assert_eq!(assert_exact(&project), 3);
        let labels = annotations(&project).into_iter();
        let opinions = labels.filter(|it| it["label"] == "opinion").count();
        assert_eq!(opinions, 1, "the newer label stays");
        page.press(&[key::CONTROL], 'z');
        page.until("undo leads back", || documents(page) == before);
        saved(page);
        page.reload();
        assert_eq!(documents(page), before);
    });
}

/// F28: the same file again brings nothing new, and the page says so: the first time, as all of it
/// came from here, and the second.
#[test]
fn f28_the_same_file_brings_nothing_new() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        saved(page);
        let file = save_file(page);
        page.until("all is in a file", || unexported(page).is_empty());
        let before = documents(page);
        for name in ["once.json", "twice.json"] {
            page.step(name);
            open_file(page, name, &file);
            page.until_said("Nothing new was found");
            assert_eq!(documents(page), before);
            assert_eq!(unexported(page), "");
            page.reload();
        }
    });
}

/// F28: an older file brings back one mark of three; the page says how many came.
#[test]
fn f28_marks_that_are_here_are_not_counted_as_opened() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        mark(page, WORDS[1]);
        saved(page);
        let file = save_file(page);
        delete_first(page);
        page.until("it is gone", || page.painted().len() == 1);
        open_file(page, "older.json", &file);
        page.until_painted(WORDS[0]);
        page.until_said("Opened 1 mark");
    });
}

/// F28: a small import is an import, too; the sheet says that there is a restore point before each.
#[test]
fn f28_a_restore_point_before_a_small_import() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        mark(page, WORDS[0]);
        saved(page);
        let marks = marks_in(BICYCLE, &[WORDS[1]]);
        let file = sample::project("bicycle", "Bicycle repair", BICYCLE, &marks);
        open_file(page, "small.json", file.to_string());
        page.until_painted(WORDS[1]);
        saved(page);
        page.click("#status-line", "What this means");
        page.button("#storage", "Bring back");
    });
}

/// Where these words stand in a text, each a claim, in code points.
fn marks_in(text: &str, words: &[&str]) -> Vec<Marked> {
    let place = |words: &&str| {
        let byte = text.find(words).expect("they stand there");
        let start = text[..byte].chars().count();
        let end = start + words.chars().count();
        Marked {
            start,
            end,
            label: "claim",
        }
    };
    words.iter().map(place).collect()
}

/// What the report says, and closes it.
fn report(page: &Page) -> String {
    page.find("dialog#report");
    let words = page.text_of("document.getElementById('report').innerText");
    close_report(page);
    words
}

/// Opens a project file over `text`, in which `words` are marked. Its marks are other ones than those
/// of any other `name`.
fn open_over(page: &Page, name: &str, text: &str, words: &[&str]) {
    let mut file = sample::project("bicycle", "Bicycle repair", text, &marks_in(text, words));
    let annotations = file["documents"][0]["annotations"].as_array_mut();
    for (number, annotation) in annotations.into_iter().flatten().enumerate() {
        annotation["id"] = format!("{name}-{number}").into();
    }
    open_file(page, &format!("{name}.json"), file.to_string());
}

fn painted(page: &Page) -> Vec<String> {
    page.painted().into_iter().map(|it| it.text).collect()
}

/// F29: the marks of a file were made over a text that is almost the one here. What is found is on
/// its words here, what is not waits in the tray with its quote, and the report tells of both.
#[test]
fn f29_a_code_point_differs() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        let other = BICYCLE.replace("forty", "forti").replace('🚲', "🛴");
        let words = ["🛴", "forti repair posts", "a flat tyre"];
        open_over(page, "other", &other, &words);
        let report = report(page);
        for part in [
            "is here with a somewhat different text",
            "“🛴” not found, waits in the tray",
            "“forti repair posts” found elsewhere",
            "exactly where",
        ] {
            assert!(report.contains(part), "“{part}” is not in: {report}");
        }
        let after = || {
            assert_eq!(painted(page), ["forty repair posts", "a flat tyre"]);
            let tray = page.text_of("document.getElementById('tray').innerText");
            assert!(tray.contains("Claim") && tray.contains('🛴'), "{tray}");
            assert_eq!(assert_exact(&page.project()), 2);
        };
        after();
        page.step("it lasts");
        saved(page);
        page.reload();
        page.find("#tray [data-unplaced]");
        page.until("the marks are painted", || painted(page).len() == 2);
        after();
    });
}

/// F29: the same text in other code points, with decomposed letters or with Windows line ends.
#[test]
fn f29_the_same_text_in_other_code_points() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        let before = documents(page);
        let undone = || {
            page.press(&[key::CONTROL], 'z');
            page.until("undo leads back", || documents(page) == before);
        };

        page.step("decomposed letters");
        let apart = BICYCLE.replace('é', "e\u{301}").replace('ü', "u\u{308}");
        let words = [
            "Zoe\u{301} Mu\u{308}ller",
            "Cafe\u{301} owners",
            "eleven people",
        ];
        open_over(page, "apart", &apart, &words);
        let report = report(page);
        for words in [
            "“Cafe\u{301} owners” found elsewhere",
            "“eleven people” found elsewhere",
        ] {
            assert!(report.contains(words), "{report}");
        }
        // Of so few letters so many differ that the mark may wait in the tray, with its quote.
        let placed = painted(page);
        let waits = page.text_of("document.getElementById('tray')?.innerText ?? ''");
        let is_kept = placed[0] == "Zoé Müller" || waits.contains("Zoe\u{301} Mu\u{308}ller");
        assert!(is_kept, "{placed:?}, in the tray: {waits}");
        assert!(
            placed.ends_with(&["Café owners".to_owned(), "eleven people".to_owned()]),
            "{placed:?}"
        );
        assert_eq!(assert_exact(&page.project()), placed.len());
        undone();

        page.step("Windows line ends");
        let lines = BICYCLE.replace('\n', "\r\n");
        let words = ["forty repair posts", "Café owners", "eleven people"];
        open_over(page, "lines", &lines, &words);
        page.until("they are on their words", || painted(page) == words);
        assert!(!page.sees("#report"), "there is nothing to look at");
        assert_eq!(assert_exact(&page.project()), 3);
        undone();
    });
}
