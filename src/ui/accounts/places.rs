//! Ways to places of the texts, and tints over them.

use std::time::Duration;

use leptos::prelude::*;

use super::slot::Desk;
use crate::dom;
use crate::model::{DocumentId, Span};
use crate::ui::element::{Element, element};
use crate::ui::reader::Scroll;

/// How long a place stays tinted that one went to.
const SHOWN: Duration = Duration::from_millis(2_500);

/// How long the page takes to paint an article that was just opened.
pub const OPENING: Duration = Duration::from_millis(30);

/// A button of these words that leads to a place.
pub fn way(desk: Desk, document: &DocumentId, span: Span, words: String) -> Element {
    let document = document.clone();
    element("button")
        .set("type", "button")
        .class("quiet way")
        .set("dir", "auto")
        .press(move || go(desk, &document, span))
        .say_this(words)
}

/// Goes to a place, in the column of its article.
pub fn go(desk: Desk, document: &DocumentId, span: Span) {
    let view = desk.session.view;
    let is_open = view.open.with_untracked(|it| it.as_ref() == Some(document));
    view.open(document.clone());
    let document = document.clone();
    let show = move || {
        let Some((host, open)) = desk.page.place().filter(|it| it.1.id == document) else {
            return;
        };
        desk.page.bring_into_sight(span, Scroll::ToMiddle);
        let range = dom::place::range_of(&host, &open.text, span);
        dom::highlight::set("place", range.as_slice());
        set_timeout(|| dom::highlight::set("place", &[]), SHOWN);
    };
    match is_open {
        true => show(),
        false => set_timeout(show, OPENING),
    }
    // On a phone what lies over the text goes.
    if dom::prefers("(max-width: 47.5rem)") {
        desk.show(None);
    }
}
