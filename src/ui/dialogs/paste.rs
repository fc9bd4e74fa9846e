//! A text that is pasted or typed as a new article.

use leptos::prelude::*;

use super::{Frame, close};
use crate::ui::dynamic::{attr, submitted, typed};
use crate::ui::{context, opening};

/// The form; `text` is what was on the clipboard, if anything.
#[component]
pub(super) fn Paste(text: String) -> impl IntoView {
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
    let write = move |value| body.set(value);
    view! {
        <Frame id="paste" title="Paste a text">
            <form class="form" on:submit=submitted(add)>
                <label class="field" for="paste-title">"Title"</label>
                <input
                    {..attr("id", "paste-title")}
                    {..attr("dir", "auto")}
                    {..attr("placeholder", "The first line, if left empty")}
                    on:input=typed(move |value| title.set(value))
                />
                <label class="field" for="paste-text">"Text"</label>
                <textarea {..attr("id", "paste-text")} {..attr("rows", "12")} {..attr("dir", "auto")} required prop:value=body on:input=typed(write)></textarea>
                <div class="buttons">
                    <button type="submit" class="primary">"Add article"</button>
                    <button {..attr("type", "button")} on:click=close()>"Cancel"</button>
                </div>
            </form>
        </Frame>
    }
}
