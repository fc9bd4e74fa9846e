//! Ways to places of the texts, and tints over them.

use super::slot::Desk;
use crate::dom;
use crate::model::{DocumentId, Span};
use crate::ui::element::Element;
use crate::ui::places;

/// A button of these words that leads to a place.
pub fn way(desk: Desk, document: &DocumentId, span: Span, words: String) -> Element {
    let document = document.clone();
    places::way(words, move || go(desk, &document, span))
}

/// Goes to a place, in the column of its article.
pub fn go(desk: Desk, document: &DocumentId, span: Span) {
    let page = move || Some(desk.page);
    places::go(desk.session, page, document.clone(), span, |_| {});
    // On a phone what lies over the text goes.
    if dom::prefers("(max-width: 47.5rem)") {
        desk.show(None);
    }
}
