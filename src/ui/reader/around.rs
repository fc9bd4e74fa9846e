//! What stands around the article and is not needed to read and mark. It comes with the second file.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Page;
use super::finding::find_bar;
use super::overview::overview;
use crate::session::Session;
use crate::ui::dynamic::effect;
use crate::ui::{Screen, later};

/// Who wants to find words before that part of the program is here waits for it.
pub(super) fn await_finding(session: Session, screen: Screen) {
    effect(move || {
        if screen.find.get() == 0 || later::here().is_some() {
            return;
        }
        spawn_local(async move {
            if let Err(sentence) = later::parts().await {
                screen.find.set(0);
                screen.typed_ahead.set(String::new());
                session.view.warn(sentence);
            }
        });
    });
}

/// What stands around the article and is not needed to read and mark: the bar for finding words, and
/// the strip beside the scroll bar.
pub fn around(page: Page) -> AnyView {
    let (bar, found) = find_bar(page);
    vec![bar, overview(page, found)].into_any()
}
