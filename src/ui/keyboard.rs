//! One listener for all keys of the page. What they mean is in the table of commands.

use leptos::ev;
use leptos::prelude::*;

use super::Screen;
use super::dynamic::on_window;
use crate::dom::keys;
use crate::session::Session;

/// Listens to the page's keys for as long as the page lives.
pub fn listen(session: Session, screen: Screen) {
    let handle = on_window("keydown", move |event: ev::KeyboardEvent| {
        let Some(chord) = keys::pressed(&event) else {
            return;
        };
        let command = screen.keys.with_untracked(|keys| keys.command(&chord));
        let is_typed = chord.is_character() && !session.view.letter_keys.get_untracked();
        let may_run = |entry: &super::commands::Entry| {
            let is_free = entry.works_in_fields() || !keys::is_typing(&event);
            is_free && entry.takes_keys(session)
        };
        if let Some(entry) = command.filter(|it| !is_typed && may_run(it)) {
            event.prevent_default();
            entry.run(session, screen);
        }
    });
    on_cleanup(move || handle.remove());
}
