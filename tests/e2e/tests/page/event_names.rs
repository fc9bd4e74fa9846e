//! The names in the articles of an event: what is asked, how often each article has them, and the way there.

use e2e::{Engine, Options, Page, run, sample};

use crate::event::compare_on_a_phone;

const FIRST: &str =
    "They met Dorothea Quill in Kelmsund. Later Quill left, and nobody saw Quill again.";
const SECOND: &str = "They met Dorothy Quill there, and then Tobias Renk.";

/// Three articles that name no event: two spell a name differently, and the last has many names.
fn open(page: &Page) {
    let names = (0..26).map(|at| {
        let letter = |it: usize| char::from(b'a' + (it % 26) as u8);
        let (a, b) = (letter(at), letter(at * 7 + 3));
        format!("Then they saw B{a}{b}ard Z{b}{a}nik. ")
    });
    let texts = [FIRST.to_owned(), SECOND.to_owned(), names.collect()];
    let article = |at: usize, text: &str| {
        let text = format!("What happened there\n\n{text}");
        sample::project(&format!("d{at}"), &format!("Article {at}"), &text, &[])
    };
    let mut all = article(0, &texts[0]);
    for (at, text) in texts.iter().enumerate().skip(1) {
        let document = article(at, text)["documents"][0].take();
        let documents = all["documents"].as_array_mut();
        documents.expect("a project has articles").push(document);
    }
    page.server.add("names.json", all.to_string());
    page.open("?set=names.json");
    page.press(&[], 'e');
    page.find(".column.is-worked");
    page.click("#event-bar", "Figures");
    page.find("#event-panel .names");
}

fn panel(page: &Page) -> String {
    page.text_of("document.querySelector('#event-panel').innerText")
}

fn body(page: &Page) {
    open(page);
    page.step("a name that two articles spell differently is a question");
    let shown = panel(page);
    assert!(shown.contains("The same, written differently?"), "{shown}");
    assert!(
        shown.contains("Dorothea Quill or Dorothy Quill?"),
        "{shown}"
    );
    let rows = "[...document.querySelectorAll('.figures tbody tr')].map(it => it.innerText.split(/\\s*\\t\\s*/).join('|')).join('; ')";
    let rows = page.text_of(rows);
    assert_eq!(
        rows,
        "Article 0|Dorothea Quill|3 times; Article 1|Dorothy Quill|once"
    );

    page.step("a click goes to the place");
    page.click_on(".figures tbody tr:nth-child(2) .way");
    page.until("the other article is open", || page.open_document() == "d1");
    let tinted = "[...CSS.highlights.get('place') ?? []].map(String).join()";
    page.until("the place is shown", || {
        page.text_of(tinted) == "Dorothy Quill"
    });

    page.step("the others stand in a table, and the last of many come when they are asked for");
    let cells =
        "document.querySelector('.names tbody tr').innerText.split(/\\s*\\t\\s*/).join('|')";
    assert!(
        page.text_of(cells).contains("not named"),
        "{}",
        page.text_of(cells)
    );
    assert_eq!(page.count(".names tbody tr"), 20);
    page.click("#event-panel", "Show the other 8");
    page.until("all are shown", || page.count(".names tbody tr") == 28);
    assert!(!panel(page).contains("Show the other"));

    page.step("the report says the same");
    page.click("#event-bar", "Report");
    page.find("#report .paper table");
    page.click(".panel-tools", "Save as Markdown");
    let (_, bytes) = page.download_of("md");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let asked = "Dorothea Quill or Dorothy Quill? The same, written differently?";
    assert!(text.contains("## Names") && text.contains(asked), "{text}");
}

#[test]
fn names_of_an_event_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1440, 900, 1.0);
        body(page);
        page.step("dark");
        page.click("#event-bar", "Figures");
        page.find("#event-panel .names");
        page.assert_accessible("names");
        page.screenshot("event-names");
        page.pretend("prefers-color-scheme", "dark");
        page.rest(300);
        page.assert_accessible("names, dark");
        page.screenshot("event-names-dark");
    });
}

#[test]
fn names_of_an_event_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

#[test]
fn names_of_the_practice_set_on_a_phone() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        compare_on_a_phone(page);
        page.click("#event-bar", "Figures");
        page.find("#event-panel .names");
        page.read("document.querySelector('#event-panel .names').scrollIntoView()");
        page.rest(300);
        page.assert_fits(390);
        page.screenshot("event-names-phone");
        page.assert_accessible("names on a phone");
        page.step("a tap goes to the place, and what lies over the text goes");
        page.tap_on(".names tbody tr:first-child td:nth-child(3) .way");
        page.until("the panel is gone", || !page.sees("#event-panel"));
    });
}
