//! The part of the program that comes after the page is ready: nobody waits for it who marks, and
//! without it nothing is lost.

use std::fs;

use e2e::{Engine, Options, Page, key, run, sample, tools};

use crate::loading::write;
use crate::storage::mark;

/// What stands in the name of the part.
const PART: &str = "-later-";

pub(crate) const MISSING: &str = "A part of Sourcelight could not be loaded. Check the connection and try again; if that does not help, reload the page.";

const WORDS: [&str; 2] = ["forty repair posts", "the lake office"];

/// Opens the page and waits for its first article alone.
pub(crate) fn open_first(page: &Page) {
    sample::add_pair(page);
    page.go(sample::PAIR);
    page.until("the first article can be marked", || {
        page.is("document.documentElement.hasAttribute('data-ready')")
    });
}

pub(crate) fn is_complete(page: &Page) -> bool {
    page.is("document.documentElement.hasAttribute('data-complete')")
}

/// What browsers say of a file that does not come, or is not the one that was built.
fn excuse(page: &Page) {
    for part in [
        "Failed to fetch",
        "NetworkError",
        "integrity",
        "status of 404",
    ] {
        page.watch.excuse(part);
    }
}

#[test]
fn the_first_load_does_not_wait_for_the_rest() {
    run(&Options::new(Engine::Chromium), |page| {
        page.server.hold(PART);
        open_first(page);
        page.step("marking, undo and saving work before");
        mark(page, WORDS[0]);
        page.press(&[key::CONTROL], 'z');
        page.until("it is taken back", || page.painted().is_empty());
        mark(page, WORDS[0]);
        page.until("it is saved", || page.save_state() == "saved");
        page.step("a dialog that was asked for waits");
        page.click("#topbar", "Help");
        page.rest(500);
        assert!(!page.sees("dialog") && !is_complete(page));
        page.server.answer_all();
        page.find("dialog#help");
        page.until("all of it comes", || is_complete(page));
        assert_eq!(page.painted().len(), 1);
    });
}

#[test]
fn what_is_typed_for_the_find_bar_waits_for_it_in_chromium() {
    run(&Options::new(Engine::Chromium), typed_ahead);
}

#[test]
fn what_is_typed_for_the_find_bar_waits_for_it_in_firefox() {
    run(&Options::new(Engine::Firefox), typed_ahead);
}

/// Letters are commands, too: none of these may run one.
fn typed_ahead(page: &Page) {
    page.server.hold(PART);
    open_first(page);
    page.step("who asks for it and thinks better of it is not asked again");
    page.press(&[], '/');
    page.type_keys("no");
    page.press(&[], key::ESCAPE);
    page.press(&[], 'h');
    page.until("h is a command again", || {
        page.is("document.querySelector('#reader').classList.contains('is-plain')")
    });
    page.press(&[], 'h');
    page.step("what is typed is kept for the field");
    page.press(&[], '/');
    page.type_keys("hob");
    page.press(&[], key::BACKSPACE);
    page.type_keys("t");
    page.rest(300);
    assert!(!page.sees("#find-bar") && !is_complete(page));
    page.server.answer_all();
    page.find("#find-bar");
    page.until("the field has the focus", || {
        page.is("document.activeElement?.id === 'find-words'")
    });
    page.rest(100);
    page.type_keys("els");
    let words = "document.querySelector('#find-words').value";
    page.until("it holds all that was typed", || {
        page.text_of(words) == "hotels"
    });
    assert!(!page.is("document.querySelector('#reader').classList.contains('is-plain')"));
}

#[test]
fn articles_come_beside_the_program_in_chromium() {
    run(
        &Options::new(Engine::Chromium),
        articles_come_beside_the_program,
    );
}

#[test]
fn articles_come_beside_the_program_in_firefox() {
    run(
        &Options::new(Engine::Firefox),
        articles_come_beside_the_program,
    );
}

/// The reading set and its articles do not wait for the program, and nothing is asked for twice.
fn articles_come_beside_the_program(page: &Page) {
    let asked = |part: &str| {
        let seen = page.server.since(0).into_iter();
        // The address of the page itself names the set, too.
        seen.filter(|it| it.target.ends_with(part) && !it.target.contains('?'))
            .count()
    };
    page.server.hold("_bg.wasm");
    sample::add_pair(page);
    page.go(sample::PAIR);
    page.until("all of it is asked for", || asked("pair/kites.txt") == 1);
    assert!(!page.sees("#reader"), "the program is not here yet");
    page.step("the first article can be read meanwhile");
    page.until("its headline stands, and once", || {
        page.text_of("document.querySelector('#boot .block-headline')?.textContent ?? ''")
            == "Bicycle repair"
    });
    let early = page.text_of("document.querySelector('#boot').textContent");
    assert!(early.contains("“Nobody should walk home"), "{early}");
    page.assert_accessible("an article before the program is here");
    page.server.answer_all();
    page.until_ready();
    assert_eq!(page.count("#boot"), 0);
    assert_eq!(page.count("#articles li[data-document]"), 2);
    for part in ["pair/index.json", "pair/bicycle.txt", "pair/kites.txt"] {
        assert_eq!(asked(part), 1, "{part}");
    }
}

#[test]
fn a_part_that_does_not_come_is_asked_for_again_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        page.server.refuse(PART);
        comes_later(page, || page.server.answer_all());
    });
}

#[test]
fn a_part_that_does_not_come_is_asked_for_again_in_firefox() {
    run(&Options::new(Engine::Firefox), |page| {
        page.server.refuse(PART);
        comes_later(page, || page.server.answer_all());
    });
}

/// The changed part would run: only its hash says that it is another one.
#[test]
fn a_changed_part_is_refused() {
    run(&Options::new(Engine::Chromium), |page| {
        let files = fs::read_dir(tools::dist()).expect("the page was built");
        let mut names = files
            .flatten()
            .map(|it| it.file_name().to_string_lossy().into_owned());
        let name = names.find(|it| it.contains(PART)).expect("it is a file");
        let built = fs::read(tools::dist().join(&name)).expect("it can be read");
        // A section of the programmer's own, called "x" and empty.
        page.server
            .add(&name, [built.as_slice(), &[0, 2, 1, b'x']].concat());
        comes_later(page, || page.server.add(&name, built.as_slice()));
    });
}

/// Without the part a sentence says so and all the work is kept; `mend` lets it come.
fn comes_later(page: &Page, mend: impl FnOnce()) {
    excuse(page);
    open_first(page);
    mark(page, WORDS[0]);
    page.step("without it a sentence is said");
    page.click("#topbar", "Help");
    page.until_said(MISSING);
    let file = write(page, "more.md", "# One more\n\nWith some text.");
    page.choose_files(&[&file]);
    page.until("it is said again", || {
        page.notices().matches(MISSING).count() == 2
    });
    assert!(!page.sees("dialog") && !is_complete(page));

    page.step("nothing is lost, and all can be saved in a file");
    mark(page, WORDS[1]);
    page.until("it is saved", || page.save_state() == "saved");
    page.click("#topbar", "Export");
    page.click("#export", "Download JSON");
    let project = e2e::exported::parse(&page.download());
    assert_eq!(e2e::exported::assert_exact(&project), 2);

    page.step("when it comes, everything works");
    mend();
    page.choose_files(&[&file]);
    page.until_said("Opened 1 article");
    assert!(is_complete(page));
    page.click("#topbar", "Help");
    page.find("dialog#help");
    page.press(&[], key::ESCAPE);
    assert_eq!(e2e::exported::assert_exact(&page.project()), 2);
}
