//! Ways to places of the texts, for what stands beside them or over them. Knows nothing of what leads there.

use std::time::Duration;

use leptos::prelude::*;

use super::element::{Element, element};
use super::reader::{Page, Scroll};
use crate::dom;
use crate::model::{DocumentId, Span};
use crate::session::Session;

/// How long a place stays tinted that one went to.
const SHOWN: Duration = Duration::from_millis(2_500);

/// How long the page takes to paint an article that was just opened.
pub const OPENING: Duration = Duration::from_millis(30);

/// A button of these words, which are of a text, that leads somewhere.
pub fn way(words: String, go: impl Fn() + 'static) -> Element {
    element("button")
        .set("type", "button")
        .class("quiet way")
        .set("dir", "auto")
        .press(go)
        .say_this(words)
}

/// Opens an article, brings a place of it into sight and tints it for a while. `page` is asked when the
/// article is open, and `then` has the page when the place is in sight.
pub fn go(
    session: Session,
    page: impl Fn() -> Option<Page> + 'static,
    document: DocumentId,
    span: Span,
    then: fn(Page),
) {
    let is_open = session
        .view
        .open
        .with_untracked(|it| it.as_ref() == Some(&document));
    if !session.go_to_article(&document) {
        return;
    }
    let show = move || {
        let Some(page) = page() else {
            return;
        };
        let Some((host, open)) = page.place().filter(|it| it.1.id == document) else {
            return;
        };
        page.bring_into_sight(span, Scroll::ToMiddle);
        then(page);
        let range = dom::place::range_of(&host, &open.text, span);
        dom::highlight::set("place", range.as_slice());
        set_timeout(|| dom::highlight::set("place", &[]), SHOWN);
    };
    match is_open {
        true => show(),
        false => set_timeout(show, OPENING),
    }
}
