//! How it works, and every key.

use leptos::prelude::*;

use super::{sheet_button, text_sheet};
use crate::dom::keys::KEYS;
use crate::ui::element::{element, tick_box};
use crate::ui::{Dialog, context};

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

/// The help sheet.
pub(super) fn help() -> AnyView {
    let (session, screen) = context();
    let letters = session.view.letter_keys;
    let switch = move |on| {
        letters.set(on);
        screen.remember("letter-keys", if on { "on" } else { "off" });
    };
    let mut keys = element("dl").class("keys");
    for (names, what) in KEYS {
        let names = element("kbd").say(names);
        keys = keys
            .with(element("dt").with(names))
            .with(element("dd").say(what));
    }
    let switch = element("label")
        .class("switch")
        .with(tick_box(move || letters.get(), switch))
        .say("Single letters and digits are keys");
    let told = TOLD.map(|it| element("p").say(it)).into();
    let content = element("div")
        .with_all(told)
        .with(element("h3").say("Keys"))
        .with(keys)
        .with(switch);
    let check = sheet_button("Check this project", move || screen.open(Dialog::Check(0)));
    text_sheet("help", "How Sourcelight works", content, vec![check])
}
