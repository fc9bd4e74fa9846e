//! The page in one file, opened from disk: everything works, nothing is asked of anybody, and files keep apart.

use std::fs;
use std::path::PathBuf;

use e2e::{Engine, Options, Page, key, run, tools};

use crate::commands::run_command;
use crate::keeping_sheet::unexported;
use crate::main_path::main_path;
use crate::search::choose;
use crate::tabs::{go_to, second_tab};

/// Both engines, one after the other.
fn in_both(body: impl Fn(&Page)) {
    for engine in [Engine::Chromium, Engine::Firefox] {
        println!("{engine:?}");
        run(&Options::new(engine), |page| {
            page.take_from_disk(&file(page, "sourcelight.html"));
            body(page);
            assert_eq!(page.server.count(), 0, "the server was asked");
            let asked = "performance.getEntriesByType('resource').map(it => it.name)
                .filter(it => !it.startsWith('blob:') && !it.startsWith('data:')).join()";
            assert_eq!(page.text_of(asked), "", "something was fetched");
        });
    }
}

/// A copy of the built file under a name of its own.
fn file(page: &Page, name: &str) -> PathBuf {
    let file = page.browser.downloads.with_file_name(name);
    fs::copy(tools::dist().join("sourcelight.html"), &file).expect("the page is built");
    file
}

#[test]
fn the_main_path_from_disk() {
    in_both(main_path);
}

#[test]
fn every_part_of_the_program_is_in_the_file() {
    in_both(|page| {
        page.open("");
        page.step("what runs apart from the page");
        page.press(&[key::CONTROL, key::SHIFT], 'f');
        page.find("#search-words");
        choose(page, "How the words are meant", "A regular expression");
        page.fill("#search-words", r"\bferr\w+");
        page.until("lines are found", || {
            page.count("#search-lines .line[data-document]") > 3
        });
        page.press(&[], key::ESCAPE);
        page.step("labels, people, formats");
        for (words, dialog) in [
            ("labels and questions", "dialog#scheme"),
            ("people hand-ins", "dialog#people"),
            ("export", "dialog#export"),
        ] {
            run_command(page, words);
            page.find(dialog);
            page.press(&[], key::ESCAPE);
            page.until("it is closed", || !page.sees(dialog));
        }
        page.step("a link to a file leads nowhere");
        run_command(page, "share a link");
        page.find("dialog#share");
        let words = page.text_of("document.getElementById('share').innerText");
        assert!(words.contains("leads nowhere"), "{words}");
        page.button("#share", "Save a copy");
        assert!(!page.sees("#share-link"));
        page.press(&[], key::ESCAPE);
        page.until("it is closed", || !page.sees("dialog#share"));
        page.step("it says where the work is");
        run_command(page, "where your work is");
        page.find("dialog#storage");
        let words = page.text_of("document.getElementById('storage').innerText");
        assert!(words.contains("kept for this file"), "{words}");
        if !page.is_firefox() {
            page.assert_accessible("where the work of a file is");
            page.screenshot("one-file-storage");
        }
    });
}

#[test]
fn the_policy_lets_nothing_out() {
    in_both(|page| {
        page.watch.excuse("content policy: connect-src");
        page.watch.excuse("Content Security Policy");
        page.open("");
        let ask = "try { await fetch(arguments[0]); return 'it went out' } catch (refused) { return 'refused' }";
        let server = page.server.base(0);
        let answer = page.browser.read_later(ask, vec![server.into()]);
        assert_eq!(answer, "refused");
    });
}

#[test]
fn a_copy_has_the_work_and_goes_on_apart() {
    in_both(|page| {
        page.step("an article that would get out, and a mark");
        page.open("");
        page.click("#hint", "Got it");
        let hostile = page.browser.downloads.with_file_name("hostile.txt");
        fs::write(&hostile, HOSTILE).expect("the file can be written");
        page.choose_files(&[&hostile]);
        page.until("it is open", || page.blocks().len() == 2);
        let first = mark(page, 1, 0, '1');
        page.until("it is kept", || page.save_state() == "saved");

        page.step("a copy begins with both");
        let original = page.browser.downloads.with_file_name("sourcelight.html");
        let copy = copied(page);
        page.take_from_disk(&copy);
        page.open("");
        open_hostile(page);
        assert_eq!(texts(page), [first.as_str()]);
        assert!(!page.is("'out' in window"), "a text of an article ran");

        page.step("what is done in it stays, what is deleted does not come back");
        let second = mark(page, 1, 4, '2');
        page.press(&[], key::ESCAPE);
        // Two clicks within half a second would be a double click.
        page.rest(650);
        page.click_text(page.place(&first, 0), 1);
        page.until("it has the focus", || page.focused().is_some());
        page.press(&[], key::DELETE);
        page.until("the first is gone", || texts(page) == [second.as_str()]);
        page.until("it is kept", || page.save_state() == "saved");
        page.reload();
        page.until("it is as it was left", || texts(page) == [second.as_str()]);

        page.step("the original has nothing of that");
        page.take_from_disk(&original);
        page.open("");
        open_hostile(page);
        page.until("its mark is there alone", || {
            texts(page) == [first.as_str()]
        });

        page.step("a copy of the copy has its work");
        page.take_from_disk(&copy);
        page.open("");
        page.take_from_disk(&copied(page));
        page.open("");
        open_hostile(page);
        assert_eq!(texts(page), [second.as_str()]);
    });
}

#[test]
fn a_lesson_begins_in_its_file() {
    in_both(|page| {
        page.open("");
        run_command(page, "people hand-ins");
        page.click("#people", "Lesson");
        page.fill("#lesson-title", "Who says what?");
        page.fill(
            "#people textarea[aria-label$='step 1']",
            "Mark every claim.",
        );
        page.click("#people", "Save as a page that opens by itself");
        if !page.is_firefox() {
            page.assert_accessible("a lesson that can be saved as a page");
            page.screenshot("one-file-lesson");
        }
        let (name, bytes) = page.download_of("html");
        assert_eq!(name, "lesson-who-says-what.html");
        let lesson = page.browser.downloads.with_file_name("lesson.html");
        fs::write(&lesson, bytes).expect("the file can be written");

        page.step("it is offered until it is begun");
        page.take_from_disk(&lesson);
        for _ in 0..2 {
            page.open("");
            page.find("dialog#lesson");
        }
        page.press(&[], key::ENTER);
        page.find("#lesson-bar");
        mark(page, 1, 0, '1');
        page.until("it is kept", || page.save_state() == "saved");
        page.reload();
        page.find("#lesson-bar");
        assert!(!page.sees("dialog#lesson"));
        assert_eq!(texts(page).len(), 1);

        page.step("a copy goes on where one was, and counts as a file that holds everything");
        page.until("no file has the mark", || !unexported(page).is_empty());
        let copy = copied(page);
        page.until("a file has it", || unexported(page).is_empty());
        page.take_from_disk(&copy);
        page.open("");
        page.find("#lesson-bar");
        assert!(!page.sees("dialog#lesson"));
        assert_eq!(texts(page).len(), 1);
        page.reload();
        page.find("#lesson-bar");
    });
}

#[test]
fn a_copy_is_saved_from_a_site_and_opened_there_again() {
    run(&Options::new(Engine::Chromium), |page| {
        page.watch.excuse("sourcelight.html");
        page.step("where the file is missing it is said");
        page.open("");
        page.click("#hint", "Got it");
        let words = mark(page, 1, 0, '1');
        page.server.refuse("sourcelight.html");
        run_command(page, "save copy page");
        page.until_said("sourcelight.html");
        page.server.answer_all();

        page.step("else it is saved, and has the work");
        page.open("");
        let copy = copied(page);
        page.take_from_disk(&copy);
        page.open("");
        assert_eq!(texts(page), [words.as_str()]);

        page.step("opened like any file, it brings its work");
        page.take_from_disk(&file(page, "empty.html"));
        page.open("");
        assert!(page.painted().is_empty());
        page.choose_files(&[&copy]);
        page.until("the mark is here", || texts(page) == [words.as_str()]);
    });
}

#[test]
fn a_damaged_file_says_so_and_shows_what_is_stored() {
    run(&Options::new(Engine::Chromium), |page| {
        let whole = file(page, "sourcelight.html");
        page.take_from_disk(&whole);
        page.open("");
        page.click("#hint", "Got it");
        mark(page, 1, 0, '1');
        page.until("it is kept", || page.save_state() == "saved");
        page.step("a sign is changed");
        let text = fs::read_to_string(&whole).expect("it is text");
        let at = text
            .find("id=\"sourcelight-program\"")
            .expect("it is there")
            + 300_000;
        let at = (at..)
            .find(|at| text.as_bytes()[*at] == b'a')
            .expect("some are");
        fs::write(&whole, format!("{}b{}", &text[..at], &text[at + 1..])).expect("written");
        page.watch.excuse("This file is damaged");
        page.watch.excuse("uncaught");
        page.go("");
        page.until("it says so", || {
            page.text_of("document.body.innerText")
                .contains("could not start")
        });
        page.step("what is stored is there still");
        page.go("#recover");
        page.until("a change is found", || {
            page.text_of("document.body.innerText")
                .contains(" 1 change")
        });
    });
}

#[test]
fn two_tabs_of_a_file_show_each_other() {
    in_both(|page| {
        page.open("");
        page.click("#hint", "Got it");
        let [first, second] = second_tab(page, "");
        let block = page.long_blocks(20)[0];
        let words = mark(page, block, 0, '1');
        go_to(page, &first);
        page.until("the mark is here", || texts(page) == [words.as_str()]);
        let other = mark(page, block, 4, '2');
        go_to(page, &second);
        page.until_painted(&other);
    });
}

#[test]
fn it_opens_from_a_site_as_well_and_on_a_phone() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        page.open("sourcelight.html");
        let asked: Vec<String> = page
            .server
            .since(0)
            .into_iter()
            .map(|it| it.target)
            .collect();
        assert!(
            asked
                .iter()
                .all(|it| it.contains("sourcelight.html") || it.contains("favicon")),
            "{asked:?}"
        );
        page.pretend("prefers-color-scheme", "dark");
        page.tap_on("#status-line button");
        page.find("dialog#storage");
        page.assert_accessible("phone, dark: where the work of a file is");
        page.screenshot("one-file-phone-dark");
    });
}

/// An article of which the words would end a script, hide one and start one.
const HOSTILE: &str = "Hostile headline <!-- <script>\n\nBefore it comes </script><script>window.out = 1</script> and more words follow --> after that.\n";

/// Marks three words of a paragraph and gives them.
fn mark(page: &Page, block: usize, word: usize, label: char) -> String {
    let place = page.words(block, word, 3);
    let words = page.words_at(place);
    page.press(&[], key::ESCAPE);
    page.drag(place);
    page.label(label);
    page.until_painted(&words);
    words
}

/// The words of all marks that are painted.
fn texts(page: &Page) -> Vec<String> {
    page.painted().into_iter().map(|it| it.text).collect()
}

/// Saves a copy, and puts it beside the file.
fn copied(page: &Page) -> PathBuf {
    run_command(page, "save copy page");
    let (name, bytes) = page.download_of("html");
    assert!(name.starts_with("sourcelight-"), "it is called {name}");
    let folder = page.browser.downloads.with_file_name("");
    let copy = (1..).map(|it| folder.join(format!("copy-{it}.html")));
    let copy = copy
        .into_iter()
        .find(|it| !it.exists())
        .expect("numbers do not end");
    fs::write(&copy, bytes).expect("the file can be written");
    copy
}

fn open_hostile(page: &Page) {
    let is_open = || {
        page.blocks()
            .first()
            .is_some_and(|it| it.starts_with("Hostile"))
    };
    if !is_open() {
        page.click_on("#articles li[data-document]:last-child .article-open");
    }
    page.until("the article is open", is_open);
}
