//! The keys of the questions: digits choose, arrows and Enter go on, Escape leads back to the text. What
//! they do is done by the controls themselves, so that it is the same as with a pointer.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use super::desk::Task;
use super::question::row_of;
use super::tasks;
use crate::dom;
use crate::session::Session;
use crate::ui::reader::Page;
use crate::ui::{Screen, context};

/// The listener of a group of questions.
pub fn listener() -> impl FnMut(Event) + 'static {
    let (session, screen) = context();
    let page = use_context::<Page>();
    move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>()
            && !event.default_prevented()
            && !event.is_composing()
            && key(session, screen, page, event).is_some()
        {
            event.prevent_default();
            event.stop_propagation();
        }
    }
}

/// Does what a key means here; `None` where it means nothing.
fn key(session: Session, screen: Screen, page: Option<Page>, event: &KeyboardEvent) -> Option<()> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let row = row_of(&target)?;
    let is_field = target.matches("input").unwrap_or(false);
    let key = event.key();
    if event.ctrl_key() || event.meta_key() {
        let goes_on = key == "Enter";
        return goes_on.then(|| tasks::run(Task::NextMissing, session, screen));
    }
    if event.alt_key() {
        return None;
    }
    match key.as_str() {
        "Escape" => leave(screen, page),
        "Enter" if is_field => step(&row, true).unwrap_or_else(|| leave(screen, page)),
        _ if is_field => return None,
        "ArrowDown" => step(&row, true)?,
        "ArrowUp" => step(&row, false)?,
        "ArrowRight" | "ArrowLeft" => beside(&row, &target, key == "ArrowRight")?,
        _ => choose(&row, &key).or_else(|| lead(&row, &key))?,
    }
    Some(())
}

/// Back to the text.
fn leave(screen: Screen, page: Option<Page>) {
    screen.sheet.set(None);
    if let Some(page) = page {
        page.take_focus();
    }
}

/// All that fit a selector, in order.
fn all(within: &Element, selector: &str) -> Vec<HtmlElement> {
    let found = within.query_selector_all(selector).ok();
    let found = found.into_iter().flat_map(|list| {
        let items = (0..list.length()).filter_map(move |at| list.item(at));
        items.filter_map(|it| it.dyn_into().ok())
    });
    found.collect()
}

/// The one after `here` or before it.
fn next_of(list: Vec<HtmlElement>, here: &Element, forward: bool) -> Option<HtmlElement> {
    let at = list.iter().position(|it| it.is_same_node(Some(here)))?;
    let next = match forward {
        true => at + 1,
        false => at.checked_sub(1)?,
    };
    list.into_iter().nth(next)
}

/// To the next question, or the one before.
fn step(row: &Element, forward: bool) -> Option<()> {
    let group = row.closest(".questions").ok()??;
    let next = next_of(all(&group, ".question"), row, forward)?;
    attend(&next);
    Some(())
}

/// To the next answer of a question, or the one before.
fn beside(row: &Element, here: &Element, forward: bool) -> Option<()> {
    let next = next_of(all(row, "button, input"), here, forward)?;
    drop(next.focus());
    Some(())
}

/// Chooses the answer with this key; where there is one answer alone, the next question follows.
fn choose(row: &Element, key: &str) -> Option<()> {
    let mut answers = all(row, "[data-key]").into_iter();
    let answer = answers.find(|it| it.get_attribute("data-key").as_deref() == Some(key))?;
    let pressed = || all(row, "[data-key][aria-pressed=true]").len();
    let before = pressed();
    answer.click();
    drop(answer.focus());
    let group = row.closest(".questions").ok()??;
    let row = row.clone();
    // Which question comes next may depend on the answer, and shows with the next frame.
    request_animation_frame(move || {
        let is_one = all(&row, "[data-key][aria-pressed=true]").len() <= 1;
        // Whoever has left meanwhile is not brought back.
        let is_here = row.matches(":focus-within").unwrap_or(false);
        if is_one && before <= 1 && is_here && group.is_connected() {
            step(&row, true);
        }
    });
    Some(())
}

/// To the question with this key.
fn lead(row: &Element, key: &str) -> Option<()> {
    let group = row.closest(".questions").ok()??;
    let mut rows = all(&group, "[data-question-key]").into_iter();
    let row = rows.find(|it| it.get_attribute("data-question-key").as_deref() == Some(key))?;
    attend(&row);
    Some(())
}

/// Gives the focus to the answer of a question, or to its first control.
fn attend(row: &Element) {
    let find = |selector| all(row, selector).into_iter().next();
    let control = find("[aria-pressed=true]").or_else(|| find("input, button"));
    if let Some(control) = control {
        drop(control.focus());
    }
}

/// Gives the focus to the first question in `group` that lacks an answer, else to the first; answers
/// whether there is one.
pub fn enter(group: &str) -> bool {
    let lacking = [group, " .is-lacking"].concat();
    let first = [group, " .question"].concat();
    let found = dom::find(&lacking).or_else(|| dom::find(&first));
    if let Some(row) = &found {
        attend(row);
    }
    found.is_some()
}
