//! Accounts of one event beside each other: the articles in columns, and what they have in common. Only
//! [`Comparing`] and the commands are known to the first part of the page; all else comes with the fifth.

mod bar;
mod column_head;
mod columns;
mod confirm;
mod desk;
mod difference;
mod edition;
mod facts;
mod figures;
mod headlines;
mod list;
mod names;
mod paper;
mod passages;
mod places;
mod report;
pub(super) mod scripting;
mod search;
mod slot;
mod sources;
mod thread;
mod transcript;
mod versions;
mod work;

use leptos::task::spawn_local;

use super::{Screen, later};
use crate::dom;
use crate::session::Session;
pub use bar::around;
pub use columns::columns;
pub use desk::{Comparing, Panel};
pub use edition::{EDITIONS, Editions};

/// Puts the articles of the open one's event beside each other, or shows the open one alone again.
pub fn compare(session: Session, screen: Screen) {
    if screen.comparing.with_untracked(Option::is_some) {
        screen.comparing.set(None);
        return;
    }
    let Some(open) = session.view.open.get_untracked() else {
        return;
    };
    let event = session.peek(|project| project.document(&open).map(|it| it.meta.event.clone()));
    session.view.alone.set(false);
    screen.sheet.set(None);
    screen.searching.set(None);
    screen.comparing.set(event.map(Comparing::of));
}

/// Looks for words and marks in all articles; where that is done already, goes to its field.
pub fn search(session: Session, screen: Screen) {
    match dom::find("#search-words") {
        Some(field) => drop(field.focus()),
        None => search_for(session, screen, String::new()),
    }
}

/// Looks in all articles for what an address says.
pub fn search_for(session: Session, screen: Screen, written: String) {
    session.view.alone.set(false);
    screen.sheet.set(None);
    screen.comparing.set(None);
    screen.searching.set(Some(written));
}

/// Looks for what is selected, or for the mark in focus, in the other articles.
pub fn find_versions(session: Session, screen: Screen) {
    if screen.comparing.with_untracked(Option::is_none) {
        compare(session, screen);
    }
    screen.comparing.update(|it| {
        if let Some(comparing) = it {
            comparing.panel = Some(Panel::Quote);
        }
    });
    screen.ask(screen.versions);
}

/// Fetches the part of the program that shows accounts as soon as somebody asks for them, and keeps the
/// address in step.
pub fn follow(session: Session, screen: Screen) {
    super::dynamic::effect(move || {
        let event = screen
            .comparing
            .with(|it| it.as_ref().map(|it| it.event.clone()));
        let searches = screen.searching.with(Option::is_some);
        if searches || event.is_some() {
            fetch(session, screen);
        }
        match event {
            Some(event) => dom::route::write_event(&event),
            None if searches => {}
            None => {
                let open = session.view.open.get_untracked();
                if open.is_some() {
                    dom::route::write(open.as_ref());
                }
            }
        }
    });
}

/// Fetches that part for somebody who wants it now. Where that fails it is said.
fn fetch(session: Session, screen: Screen) {
    spawn_local(async move {
        if let Err(sentence) = later::accounts_part().await {
            screen.comparing.set(None);
            screen.searching.set(None);
            session.view.warn(sentence);
        }
    });
}
