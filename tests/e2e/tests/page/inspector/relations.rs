//! Relations between marks: made by keys and by finger, told as text, drawn on demand.

use e2e::{Engine, Options, Page, key, run};
use serde_json::{Value, json};

use super::{CLAIM, OPINION, QUOTE, answers, focus, open_asking, until_focus};

#[test]
fn relations_are_made_by_keys_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        open_asking(page);
        by_keys(page);
        drawn(page);
        evidence(page);
    });
}

#[test]
fn relations_are_made_by_keys_in_firefox() {
    run(&Options::new(Engine::Firefox), |page| {
        open_asking(page);
        by_keys(page);
    });
}

fn relations(page: &Page) -> Vec<Value> {
    let project = page.project();
    let documents = project["documents"].as_array().cloned().unwrap_or_default();
    let all = documents
        .iter()
        .flat_map(|it| it["relations"].as_array().cloned().unwrap_or_default());
    all.collect()
}

fn by_keys(page: &Page) {
    page.select(QUOTE);
    page.label('2');
    page.find("#speaker-bar");
    page.press(&[], key::ESCAPE);
    page.step("the one, the key, the other, the key: which it is to be is asked");
    page.press(&[], 'r');
    page.find("#waiting-bar");
    page.press(&[], 'n');
    page.press(&[], 'r');
    page.find("dialog#relate");
    page.assert_accessible("which relation it is to be");
    let says = "document.querySelector('#relate label').textContent";
    assert!(
        page.text_of(says).contains("supports"),
        "{}",
        page.text_of(says)
    );
    page.press(&[], key::ENTER);
    page.until("it is in the file", || relations(page).len() == 1);
    assert_eq!(relations(page)[0]["type"], json!("supports"));
    page.until("the dialog is closed", || !page.sees("dialog"));
    page.step("it is told as text at both ends, and leads to the other");
    let told =
        || page.text_of("document.querySelector('#mark-list .relations li')?.innerText ?? ''");
    page.until("the claim tells it", || told().contains("supports this"));
    page.click_on("#mark-list .relations .way");
    page.until("the quote tells it", || told().starts_with("supports"));
    page.step("a note on it, and another kind");
    page.click("#mark-list .relations", "Change");
    page.click_on("#mark-list .relations input");
    page.type_keys("the mayor says so");
    page.until("it is in the file", || {
        relations(page)[0]["note"] == json!("the mayor says so")
    });
    crate::doors::choose(page, "#mark-list .relations select", 1);
    page.until("it is of another kind", || {
        relations(page)[0]["type"] == json!("contradicts")
    });
    page.press(&[], key::ESCAPE);
    for _ in 0..2 {
        page.press(&[key::CONTROL], 'z');
    }
    page.until("both are taken back", || {
        relations(page)[0]["type"] == json!("supports") && relations(page)[0]["note"].is_null()
    });
    focus(page, QUOTE);
    page.step("undo, redo, turn round, remove");
    page.press(&[], key::ESCAPE);
    page.press(&[key::CONTROL], 'z');
    page.until("it is gone", || relations(page).is_empty());
    page.press(&[key::CONTROL, key::SHIFT], 'z');
    page.until("it is back", || relations(page).len() == 1);
    focus(page, QUOTE);
    page.click("#mark-list .relations", "Turn round");
    page.until_said("does not lead from");
    page.step("Escape ends what waits");
    page.press(&[], 'r');
    page.find("#waiting-bar");
    page.press(&[], key::ESCAPE);
    page.until("nothing waits", || !page.sees("#waiting-bar"));
    page.step("it is still there after a reload");
    page.until("it is saved", || page.save_state() == "saved");
    page.reload();
    assert_eq!(relations(page).len(), 1);
}

fn drawn(page: &Page) {
    page.step("arcs are drawn on demand, and scroll with the text");
    focus(page, QUOTE);
    page.press(&[], 'l');
    page.until("they are drawn", || page.count("#arcs .arc") == 2);
    let off = "(() => { const arc = document.querySelector('#arcs .arc').getBoundingClientRect();
        const mark = document.querySelector('mark.is-focused').getClientRects()[0];
        return Math.abs(arc.top - (mark.top + mark.height / 2)); })()";
    let is_beside = || page.read(off).as_f64().is_some_and(|it| it < 12.0);
    page.until("the arc begins at the mark's line", is_beside);
    page.resize(390, 700, 1.0);
    page.until("in a narrow window, too", is_beside);
    assert!(page.is("document.querySelector('#arcs').closest('[aria-hidden=true]') !== null"));
    assert!(page.is("document.documentElement.scrollWidth <= innerWidth"));
    page.assert_accessible("arcs in a narrow window");
    page.resize(1280, 800, 1.0);
    page.press(&[], 'l');
    page.until("they are gone", || page.count("#arcs .arc") == 0);
    page.press(&[], key::ESCAPE);
}

fn evidence(page: &Page) {
    page.step("a question is answered by another mark");
    page.select(OPINION);
    page.label('3');
    page.until_painted(OPINION);
    page.press(&[], key::ESCAPE);
    focus(page, CLAIM);
    page.click("#mark-list [data-question=evidence]", "Point at a mark");
    page.find("#waiting-bar");
    focus(page, OPINION);
    page.click("#waiting-bar", "This mark");
    page.until("it is in the file", || {
        answers(page, CLAIM)["evidence"]
            .as_array()
            .is_some_and(|it| it.len() == 1)
    });
    page.find("#mark-list .pointed .way");
    page.click("#mark-list .pointed", "Drop");
    page.click("#mark-list [data-question=evidence]", "None given");
    page.until("there is none", || {
        answers(page, CLAIM)["evidence"] == json!([])
    });
    page.press(&[], 'a');
    until_focus(page, ".question button");
}
