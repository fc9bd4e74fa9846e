//! The fields by which people choose files. Knows nothing of what is in them.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, File, HtmlInputElement};

use super::element::{Element, ElementRef, button, element};
use crate::dom;

/// A field for files, which `take` is given.
pub fn file_field(id: &'static str, take: impl Fn(Vec<File>) + 'static) -> Element {
    let picked = move |event: Event| {
        let field: Option<HtmlInputElement> = event.target().and_then(|it| it.dyn_into().ok());
        if let Some(field) = field {
            take(dom::file::files(field.files()));
            // The same file may be picked again.
            field.set_value("");
        }
    };
    element("input")
        .set("id", id)
        .set("type", "file")
        .on("change", picked)
}

/// A button of these words in place of such a field, which is not seen then and takes several files; both.
pub fn file_button(words: &'static str, field: Element) -> [Element; 2] {
    let input = ElementRef::new();
    let pick = move || {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let field = field
        .class("visually-hidden")
        .set("multiple", "")
        .set("tabindex", "-1")
        .found_by(input);
    [button(words, pick), field]
}
