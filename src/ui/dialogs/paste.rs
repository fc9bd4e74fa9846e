//! A text that is pasted or typed as a new article.

use leptos::prelude::*;

use super::{form_buttons, frame};
use crate::ui::element::{element, field_name, form};
use crate::ui::{context, opening};

/// The form; `text` is what was on the clipboard, if anything.
pub(super) fn paste(text: String) -> AnyView {
    let (session, screen) = context();
    let body = RwSignal::new(text);
    let title = RwSignal::new(String::new());
    let add = move || {
        // Closed first, because the report of what was read may be the next dialog.
        screen.dialog.set(None);
        let added = body.with_untracked(|text| {
            title.with_untracked(|title| opening::open_text(session, screen, title.trim(), text))
        });
        if let Err(sentence) = added {
            screen.open(crate::ui::Dialog::Paste(body.get_untracked()));
            session
                .view
                .warn(format!("This cannot be an article: {sentence}."));
        }
    };
    let title_field = element("input")
        .set("id", "paste-title")
        .set("dir", "auto")
        .set("placeholder", "The first line, if left empty")
        .typed(move |value| title.set(value));
    let body_field = element("textarea")
        .set("id", "paste-text")
        .set("rows", "12")
        .set("dir", "auto")
        .set("required", "")
        .value(move || body.get())
        .typed(move |value| body.set(value));
    let inside = form(add)
        .with(field_name("paste-title", "Title"))
        .with(title_field)
        .with(field_name("paste-text", "Text"))
        .with(body_field)
        .with(form_buttons(element("button").say("Add article"), "Cancel"));
    frame("paste", "Paste a text").with(inside).view()
}
