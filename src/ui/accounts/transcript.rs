//! A text that is pasted to compare quotations with: a transcript, a letter. It is no article and is not
//! kept.

use std::sync::Arc;

use leptos::prelude::*;

use super::slot::Desk;
use crate::model::{Document, DocumentId, Text};
use crate::ui::dynamic::{dynamic, when};
use crate::ui::element::{button, element, field_name};

/// The name by which a pasted text is known while it is compared with.
const ID: &str = "pasted-transcript";

/// The way to paste a text.
pub fn transcript_field(desk: Desk) -> AnyView {
    let is_open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let trouble = RwSignal::new(String::new());
    let pasted = desk.threads.pasted;
    let toggle = move || is_open.update(|it| *it = !*it);
    let open = button("Compare with a pasted text…", toggle)
        .class("quiet")
        .follow("aria-expanded", move || is_open.get().to_string());
    let take = move || match made(&typed.get_untracked()) {
        Ok(document) => {
            pasted.set(Some(Arc::new(document)));
            is_open.set(false);
            desk.look_for_chosen();
        }
        Err(sentence) => trouble.set(sentence),
    };
    let field = move || {
        let text = element("textarea")
            .set("id", "transcript")
            .set("rows", "5")
            .set("dir", "auto")
            .typed(move |it| typed.set(it));
        let told = element("p").class("side-note").set("role", "status");
        element("div")
            .class("transcript")
            .with(field_name(
                "transcript",
                "What was said, as a transcript has it",
            ))
            .with(text)
            .with(told.show(move || trouble.get()))
            .with(button("Compare", take))
            .view()
    };
    let without = move || {
        pasted.set(None);
        desk.look_for_chosen();
    };
    let gone = dynamic(move || match pasted.with(Option::is_some) {
        true => vec![
            button("Without the pasted text", without)
                .class("quiet")
                .view(),
        ],
        false => Vec::new(),
    });
    vec![open.view(), gone, when(move || is_open.get(), field)].into_any()
}

fn made(words: &str) -> Result<Document, String> {
    let text = Text::new(words).map_err(|error| error.to_string())?;
    let id = DocumentId::new(ID).ok_or("The text cannot be compared with.")?;
    Ok(Document::new(id, "The pasted text", Arc::new(text)))
}
