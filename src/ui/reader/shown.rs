//! Showing only some marks in the text, and the line that says so: nobody shall think that work is lost.

use std::time::Duration;

use leptos::prelude::*;

use super::{Page, paint_on};
use crate::session::{Derived, Session, Shown};
use crate::ui::context;
use crate::ui::dynamic::{effect, when};
use crate::ui::element::{button, element};
use crate::ui::people::names::Names;

/// Repaints when other marks are to be shown. A mark that is hidden has no focus.
pub fn follow_shown(session: Session, page: Page) {
    let view = session.view;
    let painted = StoredValue::new(false);
    effect(move || {
        let only = view.only.get();
        if only.is_all() && !painted.get_value() {
            return;
        }
        painted.set_value(true);
        let focused = session.focused();
        if focused.is_some_and(|it| !view.is_shown(&it)) {
            view.focused.set(None);
        }
        page.show_only(only);
        set_timeout(move || paint_on(page, false), Duration::ZERO);
    });
}

/// How many people are named in a sentence.
const NAMED: usize = 4;

/// Those whose marks alone are shown, for a sentence.
fn people(session: Session, only: &Shown) -> String {
    let all = only.people.keys().count();
    if all > NAMED {
        return format!("{all} people");
    }
    let names = Names::now(session);
    let name = |it| match names.get(it) {
        name if name == "You" => "you".to_owned(),
        name => name,
    };
    listed(&only.people.keys().map(name).collect::<Vec<_>>())
}

/// Names in a row, as one says them.
fn listed(names: &[String]) -> String {
    match names.split_last() {
        Some((last, names)) if !names.is_empty() => format!("{} and {last}", names.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// Says which marks alone are shown, with the way back.
pub(super) fn shown_line() -> AnyView {
    let (session, _) = context();
    let view = session.view;
    let words = Derived::new(move || {
        let only = view.only.get();
        let labels: Vec<String> = session.with_marks(|project| {
            let labels = project.schema().labels().iter();
            let shown = labels.filter(|it| only.labels.contains(&it.id));
            shown.map(|it| it.name.clone()).collect()
        });
        let are = if labels.len() == 1 { "is" } else { "are" };
        match (labels.is_empty(), only.people.is_empty()) {
            (true, true) => String::new(),
            (false, true) => format!("Only {} {are} shown.", listed(&labels)),
            (true, false) => format!("Only what {} marked is shown.", people(session, &only)),
            (false, false) => {
                let (labels, people) = (listed(&labels), people(session, &only));
                format!("Only {labels} by {people} {are} shown.")
            }
        }
    });
    let all = move || {
        button("Show all", move || view.show_all())
            .class("quiet")
            .view()
    };
    let is_on = move || !view.only.with(Shown::is_all);
    let told = element("span").set("role", "status");
    element("div")
        .set("id", "only-shown")
        .class_if("is-on", is_on)
        .with(told.show(move || words.get()))
        .with(when(is_on, all))
        .view()
}
