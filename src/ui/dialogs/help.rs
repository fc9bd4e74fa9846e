//! How it works, and every key.

use leptos::prelude::*;

use super::{Frame, close};
use crate::dom::keys::KEYS;
use crate::ui::dynamic::{press, ticked};
use crate::ui::{Dialog, context};

/// The help sheet.
#[component]
pub(super) fn Help() -> impl IntoView {
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
    view! {
        <Frame id="help" title="How Sourcelight works">
            <div class="sheet-text" tabindex="0" role="region" aria-label="Help text">
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
                    <input type="checkbox" prop:checked=letters on:change=ticked(switch) />
                    "Single letters and digits are keys"
                </label>
            </div>
            <div class="buttons">
                <button on:click=press(move || screen.open(Dialog::Check))>"Check this project"</button>
                <button class="primary" on:click=close()>"Close"</button>
            </div>
        </Frame>
    }
}
