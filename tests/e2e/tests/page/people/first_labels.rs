//! What one first took one's marks for, for oneself.

use e2e::actions;

use super::*;

#[test]
fn changes_of_mind_are_kept_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1280, 860, 1.0);
        changes_of_mind(page);
        page.step("on a phone, in the dark");
        page.resize(390, 780, 1.0);
        page.pretend("prefers-color-scheme", "dark");
        page.screenshot("changes-of-mind-phone-dark");
        page.assert_accessible("changes of mind in the dark");
    });
}

#[test]
fn changes_of_mind_are_kept_in_firefox() {
    run(&Options::new(Engine::Firefox), changes_of_mind);
}

fn open(page: &Page) {
    command(page, "Changes of mind");
    page.find("#people .choice input");
}

fn close(page: &Page) {
    page.press(&[], key::ESCAPE);
    page.until("the dialog is closed", || !page.sees("#people"));
}

fn row(page: &Page) -> String {
    page.text_of(
        "[...document.querySelectorAll('.first-labels [data-annotation] > *')].map(it => it.textContent).join(' | ')",
    )
}

/// Gives the mark of these words another label.
fn relabel(page: &Page, words: &str, label: char, name: &str) {
    page.press(&[], key::ESCAPE);
    let at = page.inside(page.place(words, 0));
    page.browser.act(actions::click(at, 1));
    page.find("#mark-bar");
    page.press(&[], label);
    page.until("it has the other label", || {
        let all = page.project();
        annotations(&all).iter().any(|it| it["label"] == name)
    });
}

fn changes_of_mind(page: &Page) {
    page.step("nothing is kept unasked");
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.click("#hint", "Got it");
    mark(page, WORDS[0]);
    relabel(page, WORDS[0], '3', "opinion");
    open(page);
    assert_eq!(words_of(page, "#people .people-empty"), "Nothing is kept.");

    page.step("who asks for it sees it");
    page.click_label(
        "#people",
        "Keep what I first took a mark for when I give it another label",
    );
    page.until("it is said", || {
        words_of(page, "#people .people-empty").starts_with("No mark of yours")
    });
    close(page);
    relabel(page, WORDS[0], '2', "quote");
    open(page);
    page.until("it stands there", || {
        row(page) == "Opinion | Quote | “forty repair posts”, Bicycle repair"
    });
    let sum = words_of(page, "#people .people-sum");
    assert_eq!(sum, "1 mark is something else now. Opinion to Quote: 1.");
    if !page.is_firefox() {
        page.assert_accessible("changes of mind");
        page.screenshot("changes-of-mind");
    }

    page.step("no export has it, and the table is a file");
    let all = page.project();
    let fields = annotations(&all)[0].as_object().expect("a mark has fields");
    assert!(fields.values().all(|it| it != "opinion"), "{fields:?}");
    page.click("#people", "Save the table (CSV)");
    let (_, bytes) = page.download_of("csv");
    let table = String::from_utf8(bytes).expect("it is text");
    assert_eq!(
        table,
        "article,at first,now,words\r\n\"Bicycle repair\",\"Opinion\",\"Quote\",\"forty repair posts\"\r\n"
    );

    page.step("it is forgotten, and that is undone");
    page.click("#people", "Forget all of it");
    page.until("it is gone", || row(page).is_empty());
    page.click("#people", "Undo");
    page.until("it is here again", || row(page).starts_with("Opinion"));
    close(page);

    page.step("it is here at the next visit");
    page.until("it is stored", || page.save_state() != "saving");
    page.reload();
    open(page);
    page.until("it stands there", || row(page).starts_with("Opinion"));
    assert!(page.is("document.querySelector('#people .choice input').checked"));
}
