//! Marks whose ends lie within words. Models are trained on words, and their trainers drop such marks
//! without telling; here a person says what is to become of them. Knows nothing of the formats.

use std::sync::Arc;

use crate::model::{Annotation, DocumentId, Project, Span, Text, Unit, around, snap, trim};

/// What becomes of marks whose ends lie within words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ends {
    /// They stay as they are; where a format has tokens, one ends where the mark does.
    #[default]
    Keep,
    /// They get the whole words.
    Widen,
    /// They lose the words that are not whole, and are left out where nothing is left of them.
    Trim,
}

/// How many marks of these articles cut a word.
pub fn cut_words(project: &Project, documents: &[DocumentId]) -> usize {
    let count = |id: &DocumentId| {
        let Some(document) = project.document(id) else {
            return 0;
        };
        let marks = project.annotations().of(id).iter();
        marks.filter(|it| is_askew(&document.text, it)).count()
    };
    documents.iter().map(count).sum()
}

fn is_askew(text: &Text, mark: &Annotation) -> bool {
    let mut spans = mark.fragments().iter();
    spans.any(|&it| snap(text, it, Unit::Token) != it)
}

/// The project with the marks that cut words changed as `ends` says.
pub fn aligned(project: &Project, ends: Ends) -> Project {
    project.with_marks(|mark| {
        let document = project.document(&mark.document)?;
        if ends == Ends::Keep || !is_askew(&document.text, mark) {
            return Some(mark.clone());
        }
        let spans = mark.fragments().iter().filter_map(|&it| match ends {
            Ends::Trim => trimmed(&document.text, it),
            _ => Some(snap(&document.text, it, Unit::Token)),
        });
        let spans: Vec<Span> = spans.collect();
        Annotation::clone(mark).with_fragments(spans).map(Arc::new)
    })
}

/// A span without the words that are not whole in it.
fn trimmed(text: &Text, span: Span) -> Option<Span> {
    let cut = |at| {
        let word = around(text, at, Unit::Token)?;
        (word.start() < at && at < word.end()).then_some(word)
    };
    let start = cut(span.start()).map_or(span.start(), Span::end);
    let end = cut(span.end()).map_or(span.end(), Span::start);
    let whole = (start < end).then(|| text.span(start.bytes(), end.bytes()))??;
    trim(text, whole)
}
