//! Reload, export, lose all, import, export again.

use std::fs;

use e2e::exported::{self, assert_exact};
use e2e::{Page, key};
use serde_json::Value;

pub(super) fn keep_and_export(page: &Page) {
    page.step("all is there after a reload");
    let painted = page.painted();
    let project = page.project();
    page.until("the save light is on", || page.save_state() == "saved");
    page.reload();
    page.until("the marks are painted again", || {
        page.painted().len() == painted.len()
    });
    assert_eq!(page.painted(), painted, "after the reload");
    assert_same(
        &annotated(&page.project()),
        &annotated(&project),
        "after the reload",
    );
    assert!(!page.sees("#hint"), "the hint was read");

    page.step("export");
    let file = export(page);
    let project = exported::parse(&file);
    assert_eq!(assert_exact(&project), painted.len());
    assert_eq!(exported::list(&project["documents"]).count(), 5);

    page.step("everything is lost, and comes back from the file");
    page.move_to_fresh_origin();
    page.open("");
    assert_eq!(page.painted(), []);
    let path = page.browser.downloads.join("kept.json");
    fs::write(&path, &file).expect("the file can be written");
    page.choose_files(&[&path]);
    page.until("the marks are painted from the file", || {
        page.painted() == painted
    });
    fs::remove_file(&path).expect("the file can be removed");
    page.until("no dialog hides the page", || {
        !page.sees("dialog#report") || close_report(page)
    });
    let again = export(page);
    if again != file {
        let (old, new) = (
            String::from_utf8_lossy(&file),
            String::from_utf8_lossy(&again),
        );
        let lines = old.lines().zip(new.lines());
        let different: Vec<_> = lines.filter(|(old, new)| old != new).take(6).collect();
        panic!("the second export differs from the first: {different:#?}");
    }
}

/// Identifier, text, state and annotations of each article: what a person has made or chosen.
fn annotated(project: &Value) -> Vec<Value> {
    let parts = ["id", "title", "text", "progress", "annotations"];
    let documents = exported::list(&project["documents"]);
    documents
        .map(|it| parts.map(|part| it[part].clone()).to_vec().into())
        .collect()
}

/// Compares without printing whole articles.
#[track_caller]
fn assert_same(new: &[Value], old: &[Value], when: &str) {
    assert_eq!(new.len(), old.len(), "number of articles {when}");
    for (new, old) in new.iter().zip(old) {
        for part in 0..5 {
            assert!(
                new[part] == old[part],
                "{when} {} has {}, not {}",
                new[0],
                new[part],
                old[part]
            );
        }
    }
}

fn close_report(page: &Page) -> bool {
    page.click("#report", "Close");
    false
}

fn export(page: &Page) -> Vec<u8> {
    page.click("#topbar", "Export");
    page.click("#export", "Download JSON");
    let file = page.download();
    page.until("the dialog is closed", || {
        if page.sees("dialog#export") {
            page.press(&[], key::ESCAPE);
        }
        !page.sees("dialog#export")
    });
    file
}
