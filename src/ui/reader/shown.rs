//! Showing only some labels in the text, and the line that says so: nobody shall think that work is lost.

use std::time::Duration;

use leptos::prelude::*;

use super::{Page, paint_on};
use crate::model::sorted::SortedSet;
use crate::session::{Derived, Session};
use crate::ui::context;
use crate::ui::dynamic::{effect, when};
use crate::ui::element::{button, element};

/// Repaints when other labels are to be shown. A mark that is hidden has no focus.
pub fn follow_shown(session: Session, page: Page) {
    let view = session.view;
    let painted = StoredValue::new(false);
    effect(move || {
        let only = view.only.get();
        if only.is_empty() && !painted.get_value() {
            return;
        }
        painted.set_value(true);
        let focused = session.focused();
        if focused.is_some_and(|it| !view.is_shown(&it.label)) {
            view.focused.set(None);
        }
        page.show_only(only);
        set_timeout(move || paint_on(page, false), Duration::ZERO);
    });
}

/// Says which labels alone are shown, with the way back.
pub(super) fn shown_line() -> AnyView {
    let (session, _) = context();
    let view = session.view;
    let words = Derived::new(move || {
        let only = view.only.get();
        let names: Vec<String> = session.with_marks(|project| {
            let labels = project.schema().labels().iter();
            let shown = labels.filter(|it| only.contains(&it.id));
            shown.map(|it| it.name.clone()).collect()
        });
        match names.split_last() {
            None => String::new(),
            Some((last, [])) => format!("Only {last} is shown."),
            Some((last, names)) => format!("Only {} and {last} are shown.", names.join(", ")),
        }
    });
    let all = move || {
        button("Show all", move || view.show_all())
            .class("quiet")
            .view()
    };
    let is_on = move || !view.only.with(SortedSet::is_empty);
    let told = element("span").set("role", "status");
    element("div")
        .set("id", "only-shown")
        .class_if("is-on", is_on)
        .with(told.show(move || words.get()))
        .with(when(is_on, all))
        .view()
}
