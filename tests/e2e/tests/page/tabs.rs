//! Several tabs on one project: all right, live, and nobody locked out.

use std::collections::BTreeSet;

use e2e::exported::annotations;
use e2e::{Engine, Options, Page, key, run, sample};

use crate::storage::mark;

/// Opens a second tab on the page with `rest` behind its address and stays in it; answers with both names.
pub(crate) fn second_tab(page: &Page, rest: &str) -> [thirtyfour::WindowHandle; 2] {
    let driver = page.browser.driver();
    let first = page.browser.wait(driver.window());
    let second = page.browser.wait(driver.new_tab());
    page.browser.wait(driver.switch_to_window(second.clone()));
    page.watch.install(&page.browser);
    page.open(rest);
    [first, second]
}

pub(crate) fn go_to(page: &Page, tab: &thirtyfour::WindowHandle) {
    let driver = page.browser.driver();
    page.browser.wait(driver.switch_to_window(tab.clone()));
}

fn painted(page: &Page) -> BTreeSet<String> {
    page.painted().into_iter().map(|it| it.text).collect()
}

/// F17 to F19: what one tab does the other shows, and undo takes back one's own only.
fn body(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    mark(page, "forty repair posts");
    let [first, second] = second_tab(page, sample::PAIR);
    page.until_painted("forty repair posts");

    page.step("each tab marks, both show both");
    mark(page, "the lake office");
    go_to(page, &first);
    page.until_painted("the lake office");
    mark(page, "a flat tyre");
    go_to(page, &second);
    page.until_painted("a flat tyre");

    page.step("undo takes back one's own");
    page.press(&[key::CONTROL], 'z');
    page.until("the own mark is gone", || {
        painted(page)
            == ["a flat tyre", "forty repair posts"]
                .map(str::to_owned)
                .into()
    });
    go_to(page, &first);
    page.until("there too", || painted(page).len() == 2);

    page.step(
        "a mark that is relabelled in one and deleted in the other is gone in both or kept in both",
    );
    let ids: Vec<String> = page.painted().into_iter().map(|it| it.id).collect();
    page.press(&[], 'n');
    page.until("a mark has the focus", || page.focused().is_some());
    page.press(&[], '3');
    go_to(page, &second);
    page.press(&[], 'n');
    page.until("a mark has the focus", || page.focused().is_some());
    page.press(&[], key::BACKSPACE);
    page.until("it is deleted", || painted(page).len() == 1);
    go_to(page, &first);
    page.until("in the other too", || painted(page).len() == 1);

    page.step("what is stored is what both show");
    page.reload();
    page.until("one mark", || painted(page).len() == 1);
    assert!(
        annotations(&page.project())
            .iter()
            .all(|it| ids.iter().any(|id| it["id"] == id.as_str()))
    );
}

#[test]
fn two_tabs_in_chromium() {
    run(&Options::new(Engine::Chromium), body);
}

#[test]
fn two_tabs_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

/// F20: a tab that was frozen takes in what it missed.
#[test]
fn f20_a_frozen_tab_catches_up() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        let [first, second] = second_tab(page, sample::PAIR);
        go_to(page, &first);
        let freeze = |state: &str| {
            page.browser.devtools(
                "Page.setWebLifecycleState",
                serde_json::json!({"state": state}),
            )
        };
        freeze("frozen");
        go_to(page, &second);
        mark(page, "the lake office");
        page.until("kept", || page.save_state() == "saved");
        go_to(page, &first);
        freeze("active");
        page.until_painted("the lake office");
        mark(page, "a flat tyre");
        go_to(page, &second);
        page.until("both are there", || painted(page).len() == 2);
    });
}
