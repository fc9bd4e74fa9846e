//! One listener for all keys of the page. What they mean is in the table of commands.

use leptos::ev;
use leptos::prelude::*;

use super::dynamic::on_window;
use super::{Screen, later};
use crate::dom::keys::{self, Chord};
use crate::session::Session;

/// Listens to the page's keys for as long as the page lives.
pub fn listen(session: Session, screen: Screen) {
    let handle = on_window("keydown", move |event: ev::KeyboardEvent| {
        let Some(chord) = keys::pressed(&event) else {
            return;
        };
        if let Some(sign) = for_finding(screen, &chord, &event) {
            event.prevent_default();
            screen.typed_ahead.update(|words| *words += &sign);
            return;
        }
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

/// What a key types into the field of the find bar, where that is asked for and not here yet.
fn for_finding(screen: Screen, chord: &Chord, event: &ev::KeyboardEvent) -> Option<String> {
    let is_awaited = screen.find.get_untracked() > 0 && later::here().is_none();
    let is_free = chord.is_character() && !keys::is_typing(event);
    (is_awaited && is_free).then(|| event.key())
}
