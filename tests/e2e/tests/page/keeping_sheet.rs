//! "Where your work is": what is kept, restore points, and leaving nothing behind.

use e2e::exported::assert_exact;
use e2e::{Engine, Options, Page, key, run, sample};

use crate::storage::mark;

pub(crate) fn open_sheet(page: &Page) {
    page.click("#status-line", "What this means");
    page.find("dialog#storage");
}

pub(crate) fn unexported(page: &Page) -> String {
    page.text_of("document.getElementById('unexported').innerText")
}

#[test]
fn files_and_room() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        assert_eq!(unexported(page), "");
        mark(page, "forty repair posts");
        page.until("a change is in no file", || {
            unexported(page) == "1 change in no file"
        });
        open_sheet(page);
        page.assert_accessible("where your work is");
        let words = page.text_of("document.getElementById('storage').innerText");
        for part in [
            "will not lose it",
            "of the quick storage",
            "Bicycle repair: ",
        ] {
            assert!(words.contains(part), "{part}: {words}");
        }
        page.press(&[], key::ESCAPE);

        page.step("one key saves a file with everything");
        page.press(&[key::CONTROL], 's');
        let project = e2e::exported::parse(&page.download());
        assert_eq!(assert_exact(&project), 1);
        page.until("all is in a file", || unexported(page).is_empty());
        page.reload();
        assert_eq!(unexported(page), "");
    });
}

#[test]
fn restore_points() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        mark(page, "forty repair posts");
        page.click("#reader-head", "Remove");
        page.until("it is gone", || {
            page.count("#articles li[data-document]") == 1
        });
        page.until("kept", || page.save_state() == "saved");

        page.step("after a reload, when undo is no help any more");
        page.reload();
        open_sheet(page);
        page.click("#storage", "Bring back");
        page.until("it is back", || {
            page.count("#articles li[data-document]") == 2
        });
        page.until_painted("forty repair posts");
        page.step("and that can be undone");
        page.press(&[key::CONTROL], 'z');
        page.until("it is gone again", || {
            page.count("#articles li[data-document]") == 1
        });
    });
}

/// Nothing is left in either store, and the other tab's work is not touched by accident.
#[test]
fn finishing_leaves_nothing_behind() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        mark(page, "forty repair posts");
        page.until("kept", || page.save_state() == "saved");
        open_sheet(page);
        page.click("#storage", "Save everything in a file");
        let project = e2e::exported::parse(&page.download());
        assert_eq!(assert_exact(&project), 1);
        page.assert_accessible("before erasing");
        page.click("#storage", "Erase everything in this browser");
        page.until("it says that nothing is left", || {
            page.text_of("document.body.innerText")
                .contains("Nothing of your work is left")
        });
        let left = page.browser.read_later(
            "return [Object.keys(localStorage).length, (await indexedDB.databases()).length]",
            Vec::new(),
        );
        assert_eq!(left, serde_json::json!([0, 0]));
        page.step("and what comes next starts anew");
        page.open(sample::PAIR);
        assert!(page.painted().is_empty());
    });
}
