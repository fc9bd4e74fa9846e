//! The words of a mark with the line that says where they stand, for the clipboard.

use leptos::task::spawn_local;

use super::head::source_line;
use crate::dom;
use crate::model::{Annotation, Document};
use crate::session::Session;

/// Copies the words of the annotation in focus, with their source, and says so.
pub fn copy_focused(session: Session) {
    let Some(annotation) = session.focused() else {
        return;
    };
    let text = session.peek(|project| {
        let document = project.document(&annotation.document)?;
        Some(citation(document, &annotation))
    });
    let Some(text) = text else {
        return;
    };
    spawn_local(async move {
        match dom::clipboard::write(&text).await {
            Ok(()) => session.view.say("Copied with its source".to_owned(), false),
            Err(sentence) => session.view.warn(sentence),
        }
    });
}

/// The words as they stand, then who published them, where and when.
fn citation(document: &Document, annotation: &Annotation) -> String {
    let words = annotation.words(&document.text, " […] ");
    let source = source_line(document);
    let parts = [document.title(), &source, &document.meta.url];
    let known: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    format!("“{words}”\n{}", known.join(" · "))
}
