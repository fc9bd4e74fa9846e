//! What a screen reader is told of marks while it reads the text.

use e2e::{Engine, Options, Page, key, run};
use serde_json::json;

#[test]
fn begin_and_end_of_a_mark_are_told_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        body(page);
        // Within a paragraph, too, of which the name is not made.
        page.select("17 to 11");
        page.label('2');
        page.until_painted("17 to 11");
        let tree = page
            .browser
            .devtools("Accessibility.getFullAXTree", json!({}));
        let tree = tree.to_string();
        for words in ["Quote begins. ", " Quote ends. "] {
            assert!(tree.contains(words), "“{words}” is not in the tree");
        }
        page.assert_accessible("begin and end of a mark are told");
    });
}

#[test]
fn begin_and_end_of_a_mark_are_told_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

/// Of a heading the browser makes a name out of all that is read there.
#[track_caller]
fn until_told(page: &Page, beginning: &str) {
    let beginning = format!("heading “{beginning}");
    page.until(&format!("it is told: {beginning}"), || {
        let outline = page.outline();
        outline.lines().any(|it| it.trim().starts_with(&beginning))
    });
}

fn body(page: &Page) {
    page.open("");
    page.click("#hint", "Got it");
    page.step("the label is said where the mark begins, and where it ends");
    page.select("Council suspends");
    page.label('1');
    until_told(page, "Claim begins. Council suspends Claim ends. Kelmsund");
    page.press(&[], '2');
    until_told(page, "Quote begins. Council suspends Quote ends. Kelmsund");

    page.step("of marks that begin at one place each is said");
    page.press(&[], key::ESCAPE);
    page.select("Council");
    page.label('3');
    until_told(
        page,
        "Quote begins. Opinion begins. Council Opinion ends. suspends",
    );

    page.step("the words are as they were, to select and to copy");
    let block = "document.querySelector('#reader .block')";
    let all = format!(
        "(() => {{ getSelection().selectAllChildren({block});
           const words = getSelection().toString(); getSelection().removeAllRanges(); return words; }})()"
    );
    let line = "Council suspends Kelmsund ferry licence after chain failure";
    assert_eq!(page.text_of(&all), line);
    assert_eq!(page.text_of(&format!("{block}.innerText")), line);

    page.step("who hides the marks hears nothing of them");
    page.press(&[], key::ESCAPE);
    page.press(&[], 'h');
    page.until("it is silent", || !page.outline().contains("begins"));
    page.press(&[], 'h');
    until_told(page, "Quote begins.");
}
