//! One listener for all keys of the page. Knows which key means what only through `dom::keys`.

use leptos::ev;
use leptos::prelude::*;

use super::dialogs::export_all;
use super::dynamic::on_window;
use super::reader::copy_focused;
use super::{Dialog, Screen};
use crate::dom::keys::{self, Wish};
use crate::session::Session;

/// Listens to the page's keys for as long as the page lives.
pub fn listen(session: Session, screen: Screen) {
    let handle = on_window("keydown", move |event: ev::KeyboardEvent| {
        let view = session.view;
        let focused = view.focused.with_untracked(Option::is_some);
        let Some(wish) = keys::read(&event, focused, view.letter_keys.get_untracked()) else {
            return;
        };
        event.prevent_default();
        match wish {
            Wish::Run(command) => command.run(session),
            Wish::Export => export_all(session, screen),
            Wish::Sentences => screen.open(Dialog::Sentences),
            Wish::Find => screen.find.update(|count| *count += 1),
            Wish::Help => screen.open(Dialog::Help),
            Wish::Copy => copy_focused(session),
            Wish::Note => screen.note.update(|count| *count += 1),
        }
    });
    on_cleanup(move || handle.remove());
}
