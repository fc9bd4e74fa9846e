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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{AnnotationId, AnnotatorId, DocumentId, LabelId, Text, Timestamp};

    #[test]
    fn what_was_left_out_between_two_parts_is_shown() {
        let text = Arc::new(Text::new("Never, she said, again.").expect("a text"));
        let spans = [text.span(0, 5), text.span(17, 22)].map(|it| it.expect("a span"));
        let id = DocumentId::new("d").expect("an id");
        let mut document = Document::new(id.clone(), "Title", text);
        document.meta.outlet = "Post".to_owned();
        let mark = Annotation::new(
            AnnotationId::new("a").expect("an id"),
            id,
            spans[0],
            LabelId::new("quote").expect("an id"),
            AnnotatorId::new("me").expect("an id"),
            Timestamp(0),
        );
        let mark = mark.with_fragments(spans).expect("there are spans");
        assert_eq!(
            citation(&document, &mark),
            "“Never […] again”\nTitle · Post"
        );
    }
}
