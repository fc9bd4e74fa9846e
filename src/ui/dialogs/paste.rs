//! A text that is pasted or typed as a new article.

use leptos::prelude::*;

use super::{form_buttons, frame, leave};
use crate::ui::element::{element, field_name, form};
use crate::ui::{context, opening};

/// The form; `text` is what was on the clipboard, if anything.
pub(super) fn paste(text: String) -> AnyView {
    let (session, screen) = context();
    let body = RwSignal::new(text);
    let title = RwSignal::new(String::new());
    let add = move || {
        let (title, text) = (title.get_untracked(), body.get_untracked());
        // Closed first, because the report of what was read may be the next dialog.
        screen.after_dialog(move || {
            if let Err(sentence) = opening::open_text(session, screen, title.trim(), &text) {
                screen.open(crate::ui::Dialog::Paste(text));
                session
                    .view
                    .warn(format!("This cannot be an article: {sentence}."));
            }
        });
        leave();
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
