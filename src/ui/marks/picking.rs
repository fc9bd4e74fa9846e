//! Picking several marks in the list, to relabel or delete them together.
//!
//! Ctrl or ⌘ with a click, Shift with a click or an arrow begin it, as in other lists; so does a
//! button, for fingers. From then on each row is a button that is pressed or not.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element as Node, HtmlElement, KeyboardEvent, MouseEvent};

use crate::model::AnnotationId;
use crate::session::{Command, Derived, Picked, Session, Watched};
use crate::ui::context;
use crate::ui::dynamic::{effect, when};
use crate::ui::element::{Element, button, element};
use crate::ui::inspector::questions_about_picked;
use crate::ui::palette::label_buttons;
use crate::ui::saving::export_picked;

/// The marks that are listed now, in their order.
pub type Listed = Watched<Vec<AnnotationId>>;

/// The way into picking, where there is something to pick.
pub(super) fn pick_several(listed: Listed) -> AnyView {
    let (session, _) = context();
    let may_begin = move || {
        let is_off = session.view.picked.with(Option::is_none);
        is_off && listed.with(|it| it.len() > 1)
    };
    let begin = move || {
        button("Select several", move || session.pick(|_| {}))
            .class("quiet pick-several")
            .view()
    };
    when(may_begin, begin)
}

/// What can be done with what is picked.
pub fn picking_bar(listed: Listed) -> AnyView {
    let (session, _) = context();
    let view = session.view;
    effect(move || {
        // A mark in focus is what keys are for then.
        if view.focused.get().is_some() && view.picked.with_untracked(Option::is_some) {
            view.picked.set(None);
        }
    });
    let is_on = move || view.picked.with(Option::is_some);
    when(is_on, move || bar(session, listed))
}

fn bar(session: Session, listed: Listed) -> AnyView {
    let count = Derived::new(move || session.picked().len());
    let none = move || count.get() == 0;
    let all = move || session.pick(|it| listed.with_untracked(|list| it.all(list)));
    let tally = element("p")
        .set("role", "status")
        .show(move || format!("{} selected", count.get()));
    let labels = element("div")
        .class("inspector-labels")
        .with(label_buttons(session, |_| false));
    let delete = button("Delete", move || Command::Delete.run(session));
    let merge = button("Merge", move || Command::Join.run(session));
    let export = button("Export selected", move || export_picked(session));
    let few = move || count.get() < 2;
    element("div")
        .set("id", "picked-bar")
        .set("role", "group")
        .set("aria-label", "Selected marks")
        .with(tally)
        .with(labels)
        .with(button("Select all", all).class("quiet"))
        .with(merge.class("quiet").follow_if("disabled", few))
        .with(export.class("quiet").follow_if("disabled", none))
        .with(delete.class("quiet").follow_if("disabled", none))
        .with(button("Done", move || session.view.picked.set(None)).class("quiet"))
        .with(questions_about_picked())
        .view()
}

/// What a click on a row picks; answers whether it was meant so.
pub(super) fn click(event: &web_sys::Event, id: &AnnotationId, listed: Listed) -> bool {
    let (session, _) = context();
    let mouse: Option<&MouseEvent> = event.dyn_ref();
    let shift = mouse.is_some_and(MouseEvent::shift_key);
    let control = mouse.is_some_and(|it| it.ctrl_key() || it.meta_key());
    if shift {
        session.pick(|it| listed.with_untracked(|list| it.reach(list, id)));
    } else if control || session.view.picked.with_untracked(Option::is_some) {
        session.pick(|it| it.toggle(id));
    } else {
        return false;
    }
    true
}

/// The keys of a row: arrows lead from row to row and pick with Shift; Ctrl or ⌘ and A picks all.
pub(super) fn press(event: &web_sys::Event, id: &AnnotationId, listed: Listed) {
    let (session, _) = context();
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
        return;
    };
    if event.alt_key() {
        return;
    }
    let control = event.ctrl_key() || event.meta_key();
    let forward = match event.key().as_str() {
        "a" if control => {
            event.prevent_default();
            session.pick(|it| listed.with_untracked(|list| it.all(list)));
            return;
        }
        "ArrowDown" if !control => true,
        "ArrowUp" if !control => false,
        _ => return,
    };
    event.prevent_default();
    let Some((next, button)) = beside(event, forward) else {
        return;
    };
    if event.shift_key() {
        session.pick(|it| {
            if it.is_empty() {
                *it = Picked::only(Some(id.clone()));
            }
            listed.with_untracked(|list| it.reach(list, &next));
        });
    }
    drop(button.focus());
}

/// The mark of the next row or the one before, and its button.
fn beside(event: &KeyboardEvent, forward: bool) -> Option<(AnnotationId, HtmlElement)> {
    let here: Node = event.current_target()?.dyn_into().ok()?;
    let row = here.closest("li").ok()??;
    let next = match forward {
        true => row.next_element_sibling(),
        false => row.previous_element_sibling(),
    }?;
    let id = AnnotationId::new(&next.get_attribute("data-annotation")?)?;
    let button = next.query_selector(".mark-row").ok()??.dyn_into().ok()?;
    Some((id, button))
}

/// Shows whether a row is picked, as long as rows can be.
pub(super) fn show_picked(row: Element, id: AnnotationId) -> Element {
    let (session, _) = context();
    row.follow_maybe("aria-pressed", move || {
        let picked = session.view.picked.get();
        picked.map(|it| it.contains(&id).to_string())
    })
}
