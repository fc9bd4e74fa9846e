//! How it works, and every key.

use leptos::prelude::*;

use super::{button, text_sheet};
use crate::dom::keys::KEYS;
use crate::ui::dynamic::{attr, ticked};
use crate::ui::{Dialog, context};

/// The help sheet.
pub(super) fn help() -> AnyView {
    let (session, screen) = context();
    let letters = session.view.letter_keys;
    let switch = move |on| {
        letters.set(on);
        screen.remember("letter-keys", if on { "on" } else { "off" });
    };
    let rows = KEYS.iter().map(|(keys, what)| {
        view! {
            <dt><kbd>{*keys}</kbd></dt>
            <dd>{*what}</dd>
        }
    });
    let content = view! {
                <p>
                    "Select words in the article by mouse, finger or keys and choose a label: a claim is a statement "
                    "somebody could check, a quote is somebody’s own words, an opinion judges. Marks may overlap and lie "
                    "within each other; click where several lie to reach the smallest, click again for the next."
                </p>
                <p>
                    "Choose a label before anything is selected, and each drag marks at once; on a touch screen, tap "
                    "the first word and then the last."
                </p>
                <p>
                    "Articles and marks are kept in this browser, on this computer, and nowhere else. "
                    "“Export” saves a file that other programs read and that “Open files” brings back, on any computer."
                </p>
                <h3>"Keys"</h3>
                <dl class="keys">{rows.collect::<Vec<_>>()}</dl>
                <label class="switch">
                    <input {..attr("type", "checkbox")} prop:checked=letters on:change=ticked(switch) />
                    "Single letters and digits are keys"
                </label>
    };
    let check = button("Check this project", move || screen.open(Dialog::Check(0)));
    text_sheet(
        "help",
        "How Sourcelight works",
        vec![content.into_any()],
        vec![check],
    )
}
