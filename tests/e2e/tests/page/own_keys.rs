//! Keys that a person gives to commands, or takes from them.

use e2e::{Engine, Options, Page, key, run, sample};

use crate::tabs::{go_to, second_tab};

#[test]
fn keys_are_changed_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        body(page);
        open(page);
        page.assert_accessible("keys");
        page.click_on("#change-find");
        page.assert_accessible("keys, one of them changed");
        page.pretend("prefers-color-scheme", "dark");
        page.assert_accessible("keys, dark");
    });
}

#[test]
fn keys_are_changed_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

fn open(page: &Page) {
    page.click("#topbar", "Help");
    page.find("dialog#help");
    page.click("#help", "Change keys");
    page.find("dialog#keys");
}

fn close(page: &Page) {
    page.press(&[], key::ESCAPE);
    page.until("it is closed", || !page.sees("dialog#keys"));
}

/// The keys of a command as the dialog shows them.
fn shown(page: &Page, id: &str) -> String {
    page.text_of(&format!(
        "document.querySelector('[data-command={id}] .key-shown').textContent"
    ))
}

/// Presses a key in the field of a command.
fn give(page: &Page, id: &str, held: &[char], typed: char) {
    page.click_on(&format!("#change-{id}"));
    page.until("keys are awaited", || {
        page.is("document.activeElement.readOnly === true")
    });
    page.press(held, typed);
}

fn has_focus(page: &Page, id: &str) {
    page.until("the focus is back on the button", || {
        page.is(&format!("document.activeElement.id === 'change-{id}'"))
    });
}

fn body(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.select("forty repair posts");
    page.label('1');
    page.until_painted("forty repair posts");
    page.press(&[], key::ESCAPE);

    page.step("a command gets another key");
    open(page);
    give(page, "next-mark", &[], 'j');
    page.until("it is shown", || shown(page, "next-mark") == "j");
    has_focus(page, "next-mark");
    close(page);
    page.press(&[], 'n');
    page.rest(100);
    assert_eq!(page.focused(), None, "the old key does nothing");
    page.press(&[], 'j');
    page.until("the new one does it", || page.focused().is_some());
    page.press(&[], key::ESCAPE);

    page.step("a clash is said, and the choice is the person's");
    open(page);
    give(page, "previous-mark", &[], 'h');
    page.button("#keys", "Take it");
    let said = page.text_of(
        "document.querySelector('[data-command=previous-mark] [role=status]').textContent",
    );
    assert_eq!(said, "h is taken: “Hide all marks, or show them again”.");
    page.click("#keys", "Leave it");
    has_focus(page, "previous-mark");
    assert_eq!(shown(page, "previous-mark"), "p");
    give(page, "previous-mark", &[], 'h');
    page.click("#keys", "Take it");
    page.until("it has the key", || shown(page, "previous-mark") == "h");
    assert_eq!(shown(page, "hide-marks"), "none");

    page.step("what text and browser need is not given away; Escape leaves it all");
    give(page, "details", &[key::CONTROL], 'c');
    page.until("it is refused", || {
        page.text_of("document.querySelector('[data-command=details] [role=status]').textContent")
            .contains("Ctrl + C is needed")
    });
    page.press(&[], key::ESCAPE);
    has_focus(page, "details");
    assert!(page.sees("dialog#keys"), "the dialog stays open");
    assert_eq!(shown(page, "details"), "none");

    page.step("a command without keys");
    page.click_on("#change-find");
    page.click("#keys", "None");
    page.until("it has none", || shown(page, "find") == "none");
    close(page);
    page.press(&[], '/');
    page.rest(150);
    assert!(!page.sees("#find-bar"));
    // The palette and its titles tell the truth.
    assert!(page.is(
        "![...document.querySelectorAll('#actions button')].some(it => it.ariaKeyShortcuts === '/')"
    ));

    page.step("it is kept, and another tab knows it");
    page.reload();
    page.press(&[], 'j');
    page.until("the new key works", || page.focused().is_some());
    let [first, second] = second_tab(page, sample::PAIR);
    page.press(&[], 'j');
    page.until("there as well", || page.focused().is_some());
    page.press(&[], key::ESCAPE);
    go_to(page, &first);
    open(page);
    page.click("#keys", "Reset all");
    page.until("all is as it was", || shown(page, "next-mark") == "n");
    assert_eq!(shown(page, "find"), "/");
    assert_eq!(shown(page, "hide-marks"), "h");
    close(page);
    go_to(page, &second);
    page.press(&[], 'n');
    page.until("the other tab has heard of it", || page.focused().is_some());
    page.press(&[], key::ESCAPE);

    page.step("single letters are off, whatever they are given to; others stay");
    open(page);
    give(page, "next-mark", &[key::ALT], 'j');
    page.until("it is shown", || shown(page, "next-mark") == "Alt + j");
    page.click_label("#keys", "Single letters, digits and signs are keys");
    close(page);
    page.press(&[], 'p');
    page.rest(100);
    assert_eq!(page.focused(), None);
    page.press(&[key::ALT], 'j');
    page.until("this one works", || page.focused().is_some());
    page.press(&[], key::ESCAPE);
}
