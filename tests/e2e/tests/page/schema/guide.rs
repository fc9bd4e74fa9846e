//! What the labels mean and how to mark: read beside the text, changed, undone.

use super::*;

#[test]
fn the_guide_is_at_hand_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        guide(page);
        page.press(&[], 'g');
        page.find("#guide");
        page.assert_accessible("the guide");
    });
}

#[test]
fn the_guide_is_at_hand_in_firefox() {
    run(&Options::new(Engine::Firefox), guide);
}

fn guide(page: &Page) {
    open_pair(page);
    mark(page, WORDS[0]);
    mark(page, WORDS[1]);
    page.step("the meaning of a label is changed, and what was marked before is known");
    open_editor(page, "Labels");
    open_label(page, "claim");
    page.fill("#label-definition", "What somebody could check today.");
    page.fill("#label-counter", "It is a beautiful idea.");
    page.click("#scheme", "Save");
    until_told(page, "Done: change label “Claim”.");
    let facts = page.text_of("document.querySelector('#about-claim').textContent");
    assert_eq!(facts, "2 marks · 2 older than the definition");
    page.click("#scheme", "Guide");
    page.find("#scheme .earlier");
    page.click("#scheme", "Go through them");
    page.until("the first has the focus", || page.focused().is_some());
    let first = page.focused();
    crate::commands::run_command(page, "older than the definition");
    page.until("then the next", || {
        page.focused().is_some() && page.focused() != first
    });
    crate::commands::run_command(page, "has its label still");
    page.until_said("The mark stays as it is");
    page.press(&[], key::ESCAPE);

    page.step("while words are selected, a key opens the guide, and a label there marks them");
    page.select(WORDS[2]);
    page.find("#draft-bar");
    page.press(&[], 'g');
    page.find("#guide");
    let claim = page.text_of("document.querySelector('[data-guide=claim]').innerText");
    assert!(
        claim.contains("What somebody could check today."),
        "{claim}"
    );
    assert!(claim.contains("It is a beautiful idea."), "{claim}");
    let told = page.text_of("document.querySelector('#scheme .earlier p').textContent");
    assert!(told.starts_with("1 mark was made before"), "{told}");
    page.click("#guide", "Quote");
    page.until_painted(WORDS[2]);
    assert_eq!(page.count("mark[data-labels=quote]"), 1);
    page.press(&[], key::ESCAPE);
    page.step("all of them can be said to hold");
    page.press(&[], 'g');
    page.click("#scheme", "They all hold");
    page.until("none is left", || !page.sees("#scheme .earlier"));
    page.click("#scheme", "Download as Markdown");
    let (_, bytes) = page.download_of("md");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(
        text.contains("## Claim\n\nWhat somebody could check today.\n"),
        "{text}"
    );
    page.step("guidelines are written, and stand beside the text while one marks");
    page.click("#scheme", "Write guidelines");
    page.fill(
        "#guidelines-text",
        "# House rules\n\nMark **whole** sentences, see [the rules](https://rules.example).\n\n- No headlines\n\n\
         [x](javascript:alert) <img src=x onerror=alert(1)>",
    );
    page.until("it is shown as it will look", || {
        page.text_of("document.querySelector('.guidelines-look li')?.textContent ?? ''")
            == "No headlines"
    });
    assert_eq!(page.count(".guidelines-look img"), 0);
    assert_eq!(page.count(".guidelines-look strong"), 1);
    let links = "[...document.querySelectorAll('.guidelines-look a')].map(it => it.href).join()";
    assert_eq!(page.text_of(links), "https://rules.example/");
    page.click("#scheme", "Save");
    until_told(page, "Done: change guidelines.");
    page.click("#scheme", "Keep beside the text");
    page.find("#guide-beside");
    let beside = || page.text_of("document.querySelector('#guide-beside').innerText");
    assert!(
        beside().contains("Mark whole sentences, see the rules."),
        "{}",
        beside()
    );
    assert!(beside().contains("What somebody could check today."));
    assert_eq!(
        schema(page)["guidelines"]
            .as_str()
            .map(|it| it.starts_with("# House rules")),
        Some(true)
    );
    page.screenshot("guide-beside");
    page.assert_accessible("the guide beside the text");
    page.press(&[key::CONTROL], 'z');
    page.until("undo takes the page away", || {
        !beside().contains("House rules")
    });
    page.press(&[key::CONTROL, key::SHIFT], 'z');
    page.until("and redo brings it back", || {
        beside().contains("House rules")
    });
    page.until("it is saved", || page.save_state() == "saved");
    page.reload();
    assert!(!page.sees("#guide-beside"));
    crate::commands::run_command(page, "guide beside the text");
    page.until("it is there again", || page.sees("#guide-beside"));
    assert!(beside().contains("House rules"));
    page.click("#guide-beside", "Close the guide");
    page.until("it is gone", || !page.sees("#guide-beside"));
    assert_exact(&page.project());
}
