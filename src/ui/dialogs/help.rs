//! How it works, and every key.

use leptos::prelude::*;

use super::{sheet_button, text_sheet};
use crate::session::Session;
use crate::ui::commands::{Entry, SECTIONS};
use crate::ui::element::{Element, element, tick_box};
use crate::ui::{Dialog, Screen, context};

/// How one works with it.
const TOLD: [&str; 3] = [
    "Select words in the article by mouse, finger or keys and choose a label: a claim is a statement somebody could \
     check, a quote is somebody’s own words, an opinion judges. Marks may overlap and lie within each other; click \
     where several lie to reach the smallest, click again for the next.",
    "Choose a label before anything is selected, and each drag marks at once; on a touch screen, tap the first word \
     and then the last.",
    "Articles and marks are kept in this browser, on this computer, and nowhere else. “Export” saves a file that \
     other programs read and that “Open files” brings back, on any computer.",
];

/// Keys that belong to the text or to a list, and are always the same.
const FIXED: [(&str, &str); 4] = [
    (
        "Enter, then ← → ↑ ↓",
        "In the article: a cursor that goes by words and lines; with Ctrl or Alt by sentences; Home and End go to the \
         ends of the paragraph",
    ),
    (
        "Shift + these",
        "Select from the word at the cursor; the keys of the labels mark the selection, or that word",
    ),
    (
        "Shift + ↑ ↓, Ctrl or ⌘ + A",
        "In the list of marks: select several; the keys of the labels and Delete change them together",
    ),
    ("Ctrl or ⌘ + V", "Paste a text as a new article"),
];

/// The help sheet.
pub(super) fn help() -> AnyView {
    let (session, screen) = context();
    let told = TOLD.map(|it| element("p").say(it)).into();
    let mut content = element("div").with_all(told);
    for (name, entries) in SECTIONS {
        content = content
            .with(element("h3").say(name))
            .with(keys(session, screen, entries));
    }
    let mut fixed = element("dl").class("keys");
    for (names, what) in FIXED {
        fixed = fixed
            .with(element("dt").with(element("kbd").say(names)))
            .with(element("dd").say(what));
    }
    let content = content
        .with(element("h3").say("In the text and in lists"))
        .with(fixed)
        .with(letters_switch());
    let change = sheet_button("Change keys", move || screen.open(Dialog::Keys));
    let check = sheet_button("Check this project", move || screen.open(Dialog::Check(0)));
    text_sheet(
        "help",
        "How Sourcelight works",
        content,
        vec![change, check],
    )
}

/// The commands that have keys.
fn keys(session: Session, screen: Screen, entries: &'static [Entry]) -> Element {
    let mut list = element("dl").class("keys");
    for entry in entries {
        let keys = untrack(|| entry.shown_keys(screen));
        if let Some(name) = entry.name(session).filter(|_| !keys.is_empty()) {
            list = list
                .with(element("dt").with(element("kbd").say_this(keys)))
                .with(element("dd").say_this(name));
        }
    }
    list
}

/// Whether keys without Ctrl or Alt are commands.
pub(super) fn letters_switch() -> Element {
    let (session, screen) = context();
    let letters = session.view.letter_keys;
    let switch = move |on| screen.set_letter_keys(session, on);
    element("label")
        .class("switch")
        .with(tick_box(move || letters.get(), switch))
        .say("Single letters, digits and signs are keys")
}
