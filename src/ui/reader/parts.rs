//! What is tinted over the parts of a mark, so that they look like one: the mark under the pointer, and
//! the one that selected words can be added to.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, Range};

use super::Page;
use crate::dom;
use crate::model::{Annotation, AnnotationId};
use crate::session::{Clicks, Session};
use crate::ui::dynamic::effect;

/// The pointer came over something in the text, or left it.
pub(super) fn hover(session: Session, page: Page, event: &Event) {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let mark = target.filter(|_| event.type_() == "pointerover");
    let mark = mark.and_then(|it| it.closest("mark").ok().flatten());
    let ids = mark.and_then(|it| it.get_attribute("data-annotations"));
    let parted = ids.and_then(|ids| {
        session.peek(|project| {
            let ids = ids.split(' ').filter_map(AnnotationId::new);
            let mut here = ids.filter_map(|id| project.annotations().get(&id));
            here.find(|it| it.fragments().len() > 1).cloned()
        })
    });
    let ranges = parted.map_or_else(Vec::new, |it| ranges_of(page, &it));
    dom::highlight::set("parts", &ranges);
}

/// Shows which mark the selection can be added to.
pub(super) fn follow_growing(session: Session, page: Page) {
    effect(move || {
        page.layout.track();
        let view = session.view;
        let is_asked = view.draft.with(Option::is_some) || view.clicks.get() == Clicks::Add;
        let growing = session.growing().filter(|_| is_asked);
        let ranges = growing.map_or_else(Vec::new, |it| ranges_of(page, &it));
        dom::highlight::set("growing", &ranges);
    });
}

/// The painted words of a mark of the open article.
pub(super) fn ranges_of(page: Page, mark: &Annotation) -> Vec<Range> {
    let Some((host, document)) = page.place() else {
        return Vec::new();
    };
    let fragments = mark.fragments().iter();
    fragments
        .filter_map(|it| dom::place::range_of(&host, &document.text, *it))
        .collect()
}
