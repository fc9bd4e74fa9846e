//! One listener for all keys of the page. What they mean is in the table of commands.

use leptos::ev;
use leptos::prelude::*;
use web_sys::Event;

use super::commands::meaning;
use super::dynamic::on_window;
use super::shell::rescue_focus;
use super::{Screen, later};
use crate::dom;
use crate::dom::keys::{self, Chord};
use crate::session::{Command, Session};

/// Listens to the page's keys for as long as the page lives.
pub fn listen(session: Session, screen: Screen) {
    let handle = on_window("keydown", move |event: ev::KeyboardEvent| {
        let Some(chord) = keys::pressed(&event) else {
            return;
        };
        if is_for_finding(screen, &chord, &event) {
            event.prevent_default();
            return;
        }
        let (command, label) = meaning(session, screen, &chord, &event.code());
        let is_typed = chord.is_character() && !session.view.letter_keys.get_untracked();
        if let Some(label) = label.filter(|_| !is_typed && !keys::is_typing(&event)) {
            event.prevent_default();
            and_keep_focus(|| Command::Label(label).run(session));
            return;
        }
        let may_run = |entry: &super::commands::Entry| {
            let is_free = entry.works_in_fields() || !keys::is_typing(&event);
            is_free && entry.takes_keys(session)
        };
        if let Some(entry) = command.filter(|it| !is_typed && may_run(it)) {
            event.prevent_default();
            and_keep_focus(|| entry.run(session, screen));
        }
    });
    on_cleanup(move || handle.remove());
}

/// Escape in a field of a mark leads back to the text.
pub fn leave_field(event: &Event) {
    if keys::is_escape(event) {
        event.prevent_default();
        dom::focus("#reader");
    }
}

/// Runs what a key means; what had the focus, such as a button beside a mark, may go with it.
fn and_keep_focus(run: impl FnOnce()) {
    let had_focus = !dom::has_no_focus();
    run();
    if had_focus {
        rescue_focus();
    }
}

/// Takes a key that is for the find bar, where that is asked for and not here yet: its field will
/// hold what was typed.
fn is_for_finding(screen: Screen, chord: &Chord, event: &ev::KeyboardEvent) -> bool {
    let is_awaited = screen.find.get_untracked() > 0 && !later::is_here();
    if !is_awaited || keys::is_typing(event) {
        return false;
    }
    let key = event.key();
    match key.as_str() {
        "Escape" => screen.forget_finding(),
        "Backspace" => screen.typed_ahead.update(|words| {
            words.pop();
        }),
        _ if chord.is_character() => screen.typed_ahead.update(|words| *words += &key),
        _ => return false,
    }
    true
}
