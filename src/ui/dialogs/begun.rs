//! What was typed into a longer form is not left without a word: the first way out only says so. Knows
//! nothing of what the form is for.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

use super::Element;
use crate::dom::keys::is_escape;
use crate::ui::dynamic::when;
use crate::ui::element::element;

/// Of a form into which something was typed that was not sent yet.
const BEGUN: &str = "data-begun";

const NOT_SAVED: &str = "What you typed is not saved yet. Do that again to leave without it.";

/// Lets a form with a long field be left by Escape, or by a button outside of it, at the second time alone
/// where something was typed.
pub(super) fn watched(dialog: Element) -> Element {
    let told = RwSignal::new(false);
    let typed = move |event: Event| {
        told.set(false);
        if let Some(form) = closest(&event, "form")
            && matches!(form.query_selector("textarea"), Ok(Some(_)))
        {
            drop(form.set_attribute(BEGUN, ""));
        }
    };
    let ask = move |event: &Event, form: &HtmlElement| {
        drop(form.remove_attribute(BEGUN));
        event.prevent_default();
        event.stop_propagation();
        told.set(true);
    };
    let escape = move |event: Event| {
        if is_escape(&event)
            && let Some(form) = begun(&event)
        {
            ask(&event, &form);
        }
    };
    let press = move |event: Event| {
        let form = begun(&event).filter(|_| closest(&event, "form").is_none());
        if let Some(form) = form.filter(|_| closest(&event, "button").is_some()) {
            ask(&event, &form);
        }
    };
    // It comes when it has something to say: that is read out, and an empty one would only be in the way.
    let sentence = move || {
        let words = element("p").class("not-saved").set("role", "alert");
        words.say(NOT_SAVED).view()
    };
    dialog
        .on("input", typed)
        .on_first("keydown", escape)
        .on_first("click", press)
        .with(when(move || told.get(), sentence))
}

/// The form in the dialog of this event into which something was typed.
fn begun(event: &Event) -> Option<HtmlElement> {
    let found = closest(event, "dialog")?.query_selector("form[data-begun]");
    found.ok()??.dyn_into().ok()
}

fn closest(event: &Event, selector: &str) -> Option<HtmlElement> {
    let target: HtmlElement = event.target()?.dyn_into().ok()?;
    target.closest(selector).ok()??.dyn_into().ok()
}
