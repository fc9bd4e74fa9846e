//! The backup file that keeps itself up to date, and room in the quick storage.

use e2e::exported::{assert_exact, parse};
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::json;

use crate::durability::patch;
use crate::keeping_sheet::{open_sheet, unexported};
use crate::storage::mark;

/// A folder that needs no dialog of the system, and can be told to refuse.
const FOLDER: &str = "if (window.FileSystemFileHandle) {
    window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('kept', {create: true});
    const make = FileSystemFileHandle.prototype.createWritable;
    FileSystemFileHandle.prototype.createWritable = function () {
        if (!window.refuses) return make.call(this);
        return Promise.reject(new DOMException('The disk is full.', 'QuotaExceededError'));
    };
    const ask = FileSystemHandle.prototype.queryPermission;
    FileSystemHandle.prototype.queryPermission = async function () {
        return sessionStorage.asks ? 'prompt' : 'granted';
    };
    FileSystemHandle.prototype.requestPermission = async function () { return 'granted' };
}";

fn told(page: &Page) -> String {
    page.text_of("document.getElementById('backup').innerText")
}

/// How many marks a backup file holds, each exact.
fn marks_in(page: &Page, file: u8) -> usize {
    let read = "const root = await navigator.storage.getDirectory();
        const folder = await root.getDirectoryHandle('kept');
        const file = await folder.getFileHandle(`sourcelight-backup-${arguments[0]}.json`);
        return (await file.getFile()).text()";
    let content = page.browser.read_later(read, vec![json!(file)]);
    assert_exact(&parse(
        content.as_str().expect("the file is there").as_bytes(),
    ))
}

/// F27: a backup is kept in two files that take turns; where writing fails, the one before is whole.
#[test]
fn f27_the_backup_file() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        patch(page, FOLDER);
        page.open(sample::PAIR);
        mark(page, "forty repair posts");

        page.step("a folder is chosen once");
        open_sheet(page);
        page.click("#storage", "Keep a backup file");
        page.until("it is written", || {
            told(page).contains("backup-1.json in “kept”")
        });
        assert_eq!(marks_in(page, 1), 1);
        page.assert_accessible("with a backup");
        assert_eq!(unexported(page), "");
        page.press(&[], key::ESCAPE);

        page.step("the disk is full while the second file is written");
        page.browser.read("window.refuses = true", Vec::new());
        page.press(&[], 'n');
        for _ in 0..10 {
            page.press(&[], '2');
            page.press(&[], '1');
        }
        page.until_said("The backup has paused");
        page.press(&[], key::ESCAPE);
        assert_eq!(marks_in(page, 1), 1, "the file before is whole");
        mark(page, "the lake office");

        page.step("and goes on when it can");
        page.browser.read("window.refuses = false", Vec::new());
        open_sheet(page);
        assert!(told(page).contains("The disk is full"), "{}", told(page));
        page.click("#storage", "Resume the backup");
        page.until("it is written", || told(page).contains("backup-2.json"));
        assert_eq!(marks_in(page, 2), 2);

        page.step("at the next visit the browser asks once more");
        page.browser.read("sessionStorage.asks = '1'", Vec::new());
        page.reload();
        page.until_said("The backup has paused");
        open_sheet(page);
        page.click("#storage", "Resume the backup");
        page.until("it is written", || told(page).contains("backup-1.json"));
        assert_eq!(marks_in(page, 1), 2);

        page.step("and it can be stopped");
        page.click("#storage", "Stop the backup");
        page.until("nothing is promised", || {
            told(page).contains("Choose a folder once")
        });
        page.reload();
        open_sheet(page);
        assert!(told(page).contains("Choose a folder once"));

        page.step("files that are in a folder when it is chosen stay as they are");
        page.click("#storage", "Keep a backup file");
        page.until("others are written", || {
            told(page).contains("sourcelight-backup-b-")
        });
        page.press(&[], key::ESCAPE);
        mark(page, "Zoé Müller");
        assert_eq!((marks_in(page, 1), marks_in(page, 2)), (2, 2));
    });
}

/// The quick storage fills up: finished articles leave it by themselves, and nothing changes for
/// whoever reads, marks and exports them.
#[test]
fn finished_articles_make_room() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        let folder = std::env::temp_dir().join(format!("sourcelight-room-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the files");
        let paths: Vec<_> = (0..5)
            .map(|at| {
                let path = folder.join(format!("long-{at}.txt"));
                let text = format!(
                    "Long {at}\n\nThe first words of it. {}",
                    "Words. ".repeat(128 * 1024)
                );
                std::fs::write(&path, text).expect("the file can be written");
                path
            })
            .collect();
        let paths: Vec<_> = paths.iter().map(std::path::PathBuf::as_path).collect();
        page.choose_files(&paths);
        page.until("they are here", || {
            page.count("#articles li[data-document]") == 7
        });
        page.until_said("% full");
        page.until("kept", || page.save_state() == "saved");

        page.step("one of them is marked, and done");
        page.click_on("#articles li:nth-child(3) button");
        page.until("it is open", || {
            page.text_of("document.title").starts_with("Long 0")
        });
        mark(page, "The first words");
        page.click_label("#reader-head", "Done");
        page.until_said("moved to this browser’s larger store");
        page.until("kept", || page.save_state() == "saved");
        let texts =
            "return Object.keys(localStorage).filter(key => key.startsWith('sl1:t:')).length";
        assert_eq!(
            page.browser.read(texts, Vec::new()),
            json!(4),
            "of the five one has left; those of the set are not stored"
        );

        page.step("after a reload it is there as ever");
        page.reload();
        page.click_on("#articles li:nth-child(3) button");
        page.until_painted("The first words");
        assert!(!page.notices().contains("recovered"), "{}", page.notices());
        open_sheet(page);
        let words = page.text_of("document.getElementById('storage').innerText");
        assert!(
            words.contains("1 finished article is in the larger store"),
            "{words}"
        );
        page.press(&[], key::ESCAPE);
        page.click("#topbar", "Export");
        page.click("#export", "Download JSON");
        assert_eq!(assert_exact(&parse(&page.download())), 1);
        std::fs::remove_dir_all(&folder).expect("the folder can be removed");
    });
}
