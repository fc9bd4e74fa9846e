//! Ways from a dialog about people to places of the texts.

use leptos::prelude::*;

use super::class::Class;
use crate::model::{DocumentId, Span};
use crate::ui::dialogs::leave;
use crate::ui::element::Element;
use crate::ui::places;
use crate::ui::reader::Page;

/// A button of these words that closes the dialog and leads to a place.
pub fn way(class: Class, document: &DocumentId, span: Span, words: String) -> Element {
    let document = document.clone();
    let go = move || {
        let document = document.clone();
        let page = move || class.page.get_value();
        class.screen.after_dialog(move || {
            places::go(class.session, page, document, span, |page: Page| {
                page.take_focus()
            });
        });
        leave();
    };
    places::way(words, go)
}
