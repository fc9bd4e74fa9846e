//! The list of articles: rename, reorder, state, remove, and every step taken back.

use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::Value;

use crate::loading::write;

#[test]
fn articles_in_chromium() {
    run(&Options::new(Engine::Chromium), body);
}

#[test]
fn articles_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

fn order(page: &Page) -> Vec<String> {
    let ids = page.read("[...document.querySelectorAll('#articles li[data-document]')].map(it => it.dataset.document)");
    let ids = ids.as_array().cloned().unwrap_or_default();
    ids.iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

fn body(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.step("the set's articles are listed");
    assert_eq!(order(page), ["bicycle", "kites"]);
    assert_eq!(page.open_document(), "bicycle");
    let head = page.text_of("document.querySelector('#reader-head').innerText");
    assert!(
        head.contains("Lake Post") && head.contains("Test Writer"),
        "{head}"
    );

    page.step("details");
    page.click("#reader-head", "Details");
    let value =
        |field: &str| page.text_of(&format!("document.querySelector('#details-{field}').value"));
    assert_eq!(value("title"), "Bicycle repair");
    assert_eq!(value("date"), "2031-05-03");
    page.fill("#details-title", "Repair posts");
    page.fill("#details-author", "Somebody Else");
    page.fill("#details-url", "https://example.org/repair");
    page.click("#details", "Save");
    let row =
        "document.querySelector('#articles li[data-document=bicycle] .article-open').innerText";
    page.until("the list shows the new title", || {
        page.text_of(row).starts_with("Repair posts")
    });
    page.click("#topbar", "Undo");
    page.until("the old title is back", || {
        page.text_of(row).starts_with("Bicycle repair")
    });
    page.click("#topbar", "Redo");
    page.until("the new title again", || {
        page.text_of(row).starts_with("Repair posts")
    });
    page.click("#reader-head", "Details");
    page.fill("#details-title", "Never");
    page.press(&[], key::ESCAPE);
    page.until("Escape closes the dialog", || !page.sees("dialog#details"));
    assert!(page.text_of(row).starts_with("Repair posts"));

    language(page);

    page.step("order");
    page.click("#reader-head", "Move down");
    page.until("it moved down", || order(page) == ["kites", "bicycle"]);
    page.click("#topbar", "Undo");
    page.until("it moved back", || order(page) == ["bicycle", "kites"]);
    page.click("#topbar", "Redo");
    page.click("#reader-head", "Move up");
    page.until("it moved up", || order(page) == ["bicycle", "kites"]);
    page.click("#reader-head", "Move down");

    page.step("another article by click and by key");
    page.click_on("#articles li[data-document=kites] .article-open");
    page.until("it is open", || page.open_document() == "kites");
    page.press(&[], ']');
    page.until("the next one is open", || page.open_document() == "bicycle");
    page.press(&[], '[');
    page.until("the one before is open", || page.open_document() == "kites");
    let current =
        "document.querySelector('#articles [aria-current=true]').closest('li').dataset.document";
    page.until("the list shows which is open", || {
        page.text_of(current) == "kites"
    });

    page.step("an article goes with its marks and comes back with them");
    page.select("string");
    page.label('2');
    let id = page.until_painted("string");
    page.press(&[], key::ESCAPE);
    page.click("#reader-head", "Remove");
    page.until("it is gone", || order(page) == ["bicycle"]);
    page.until("the other one is open", || {
        page.open_document() == "bicycle"
    });
    page.click("#notices", "Undo");
    page.until("it is back", || order(page) == ["kites", "bicycle"]);
    page.step("a way back goes when something else was done");
    page.click_on("#articles li[data-document=kites] .article-open");
    page.click("#reader-head", "Remove");
    page.until("it is gone", || order(page) == ["bicycle"]);
    page.find("#notices button");
    page.click_label("#reader-head", "In progress");
    page.until("there is none", || !page.sees("#notices button"));
    page.click("#topbar", "Undo");
    page.click("#topbar", "Undo");
    page.until("it is back", || order(page) == ["kites", "bicycle"]);
    page.click_on("#articles li[data-document=kites] .article-open");
    assert_eq!(page.until_painted("string"), id);

    page.step("all of it lasts");
    page.click_label("#reader-head", "Done");
    page.until("the state shows", || {
        page.sees("#articles li[data-document=kites][data-progress=done]")
    });
    page.reload();
    page.until("the order lasts", || order(page) == ["kites", "bicycle"]);
    page.until("the title lasts", || {
        page.text_of(row).starts_with("Repair posts")
    });
    assert!(page.sees("#articles li[data-document=kites][data-progress=done]"));

    page.step("what was removed stays away");
    page.click_on("#articles li[data-document=kites] .article-open");
    page.click("#reader-head", "Remove");
    page.until("it is gone", || order(page) == ["bicycle"]);
    page.reload();
    page.rest(300);
    assert_eq!(order(page), ["bicycle"]);
    page.click("#reader-head", "Remove");
    page.until("the list is empty", || order(page).is_empty());
    page.until("the page says what to do next", || {
        page.text_of("document.querySelector('#reader').innerText")
            .contains("Open")
    });
}

/// What reads the article aloud is told its language, where that is known.
fn language(page: &Page) {
    page.step("a language is told by its code, and nothing else is taken for one");
    let told = || page.text_of("document.querySelector('.reader-text').lang");
    assert_eq!(told(), "");
    page.click("#reader-head", "Details");
    page.fill("#details-language", "Norwegian");
    page.click("#details", "Save");
    page.rest(200);
    assert!(page.sees("dialog#details"), "the field is not accepted");
    page.fill("#details-language", "nb-NO");
    page.click("#details", "Save");
    page.until("the text says so", || told() == "nb-NO");
    for place in [
        "#reader-title",
        "#articles [data-document=bicycle] .article-title",
    ] {
        let script = format!("document.querySelector('{place}').lang");
        assert_eq!(page.text_of(&script), "nb-NO", "{place}");
    }
    page.reload();
    assert_eq!(told(), "nb-NO");

    page.step("a web page brings its own");
    let file = write(
        page,
        "mond.html",
        "<html lang='de'><h1>Mond</h1><p>Er ist rund.",
    );
    page.choose_files(&[&file]);
    page.until("it is open", || told() == "de");
    page.click("#topbar", "Undo");
    page.until("it is gone", || {
        page.count("#articles li[data-document]") == 2
    });
    page.click_on("[data-document=bicycle] .article-open");
    page.until("the first one is open", || {
        page.open_document() == "bicycle"
    });
}
