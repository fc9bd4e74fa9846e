//! Ways from a dialog about people to places of the texts.

use std::time::Duration;

use leptos::prelude::*;

use super::class::Class;
use crate::dom;
use crate::model::{DocumentId, Span};
use crate::ui::dialogs::leave;
use crate::ui::element::{Element, element};
use crate::ui::reader::Scroll;

/// How long a place stays tinted that one went to.
const SHOWN: Duration = Duration::from_millis(2_500);

/// How long the page takes to paint an article that was just opened.
const OPENING: Duration = Duration::from_millis(30);

/// A button of these words that closes the dialog and leads to a place.
pub fn way(class: Class, document: &DocumentId, span: Span, words: String) -> Element {
    let document = document.clone();
    let go = move || {
        let document = document.clone();
        class.screen.after_dialog(move || go(class, document, span));
        leave();
    };
    element("button")
        .set("type", "button")
        .class("quiet way")
        .set("dir", "auto")
        .press(go)
        .say_this(words)
}

fn go(class: Class, document: DocumentId, span: Span) {
    let view = class.session.view;
    let is_open = view
        .open
        .with_untracked(|it| it.as_ref() == Some(&document));
    view.open(document.clone());
    let show = move || {
        let Some(page) = class.page.get_value() else {
            return;
        };
        let Some((host, open)) = page.place().filter(|it| it.1.id == document) else {
            return;
        };
        page.bring_into_sight(span, Scroll::ToMiddle);
        page.take_focus();
        let range = dom::place::range_of(&host, &open.text, span);
        dom::highlight::set("passage", range.as_slice());
        set_timeout(|| dom::highlight::set("passage", &[]), SHOWN);
    };
    match is_open {
        true => show(),
        false => set_timeout(show, OPENING),
    }
}
