//! Projects of texts whose words are numbers, with marks that are told by words.

use std::sync::Arc;

use sourcelight::analysis::Places;
use sourcelight::model::{Annotation, Document, Import, Project, Text, Timestamp};

use crate::support::{annotation_id, annotator_id, document_id, label_id, merged};

/// A mark: who, first word, word behind the last, label.
pub type Made<'m> = (&'m str, usize, usize, &'m str);

/// A text of so many words, ten in a paragraph.
fn text(words: usize) -> Text {
    let word = |at: usize| {
        let gap = if at.is_multiple_of(10) { "\n\n" } else { " " };
        format!("{}w{at}", if at == 0 { "" } else { gap })
    };
    let words: Vec<String> = (0..words).map(word).collect();
    Text::new(&words.concat()).expect("has text")
}

/// A project of articles: how many words each has, and what is marked in it.
pub fn project(articles: &[(usize, Vec<Made<'_>>)]) -> Project {
    let mut import = Import::default();
    for (at, (words, marks)) in articles.iter().enumerate() {
        let text = text(*words);
        let places = Places::of(&text);
        let id = document_id(&format!("d{at}"));
        for (number, (who, from, to, label)) in marks.iter().enumerate() {
            import.annotations.push(Annotation::new(
                annotation_id(&format!("d{at}-{number}")),
                id.clone(),
                places.span(&(*from..*to)).expect("there are words"),
                label_id(label),
                annotator_id(who),
                Timestamp(1 + number as u64),
            ));
        }
        import
            .documents
            .push(Document::new(id, "Article", Arc::new(text)));
    }
    merged(&Project::default(), import)
}
