//! The page in one file, opened from disk: everything works, nothing is asked of anybody, and files keep apart.

use std::fs;
use std::path::PathBuf;

use e2e::{Engine, Options, Page, key, run, tools};

use crate::main_path::main_path;

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
        page.step("the search runs apart from the page");
        page.press(&[key::CONTROL, key::SHIFT], 'f');
        page.find("#search-words");
        page.step("accounts, labels, people");
        for command in ["Compare accounts", "Labels and questions", "People"] {
            page.press(&[], key::ESCAPE);
            page.press(&[key::CONTROL], 'k');
            page.find("#commands");
            page.type_keys(command);
            page.press(&[], key::ENTER);
            page.rest(300);
        }
        page.find("#people");
    });
}
