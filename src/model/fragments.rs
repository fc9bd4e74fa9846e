//! The fragments of a mark: one more, one less, one that becomes longer or shorter; and two marks
//! that change places.

use std::sync::Arc;

use super::annotation::Annotation;
use super::change::RecordChange;
use super::edit::{Planned, Planner};
use super::edit_error::EditError;
use super::id::AnnotationId;
use super::reshape::touches;
use super::text::{Span, Text};

/// `spans` and one more. Those that it touches become one with it.
pub(super) fn taken_in(text: &Text, spans: Vec<Span>, new: Span) -> Vec<Span> {
    let (near, mut all): (Vec<_>, Vec<_>) =
        spans.into_iter().partition(|it| touches(text, *it, new));
    all.push(near.into_iter().fold(new, Span::hull));
    all
}

impl Planner<'_> {
    pub(super) fn resize(
        &self,
        id: &AnnotationId,
        fragment: usize,
        span: Span,
    ) -> Result<Planned, EditError> {
        let annotation = self.annotation(id)?;
        let mut others = annotation.fragments().to_vec();
        if fragment >= others.len() {
            return Err(EditError::NoFragment);
        }
        others.remove(fragment);
        let change = self.with_one_more(annotation, others, span)?;
        Ok(("resize".into(), vec![change]))
    }

    pub(super) fn add_fragment(&self, id: &AnnotationId, span: Span) -> Result<Planned, EditError> {
        let annotation = self.annotation(id)?;
        let change = self.with_one_more(annotation, annotation.fragments().to_vec(), span);
        let change = change.map_err(|error| match error {
            EditError::NoChange => EditError::Within,
            error => error,
        });
        Ok(("add words".into(), vec![change?]))
    }

    pub(super) fn remove_fragment(
        &self,
        id: &AnnotationId,
        fragment: usize,
    ) -> Result<Planned, EditError> {
        let annotation = self.annotation(id)?;
        let mut rest = annotation.fragments().to_vec();
        if fragment >= rest.len() {
            return Err(EditError::NoFragment);
        }
        rest.remove(fragment);
        let change = self.refragmented(annotation, rest);
        Ok((
            "drop part".into(),
            vec![change.ok_or(EditError::LastFragment)?],
        ))
    }

    /// Each gets the words of the other, so that the outer one becomes the inner one.
    pub(super) fn swap(
        &self,
        one: &AnnotationId,
        other: &AnnotationId,
    ) -> Result<Planned, EditError> {
        let (one, other) = (self.annotation(one)?, self.annotation(other)?);
        if one.document != other.document || !(one.covers(other) || other.covers(one)) {
            return Err(EditError::NotNested);
        }
        if one.fragments() == other.fragments() {
            return Err(EditError::SameWords);
        }
        let swapped = |it: &Arc<Annotation>, with: &Annotation| {
            let change = self.refragmented(it, with.fragments().to_vec());
            change.ok_or(EditError::Blank)
        };
        let records = vec![swapped(one, other)?, swapped(other, one)?];
        Ok(("swap nesting".into(), records))
    }

    fn with_one_more(
        &self,
        annotation: &Arc<Annotation>,
        others: Vec<Span>,
        span: Span,
    ) -> Result<RecordChange, EditError> {
        let span = self.markable(&annotation.document, span)?;
        let text = &self.document(&annotation.document)?.text;
        let change = self.refragmented(annotation, taken_in(text, others, span));
        let change = change.ok_or(EditError::Blank)?;
        match change.annotation() {
            Some(after) if after.fragments() == annotation.fragments() => Err(EditError::NoChange),
            _ => Ok(change),
        }
    }

    /// The annotation on other spans; `None` where there are none.
    fn refragmented(&self, annotation: &Arc<Annotation>, spans: Vec<Span>) -> Option<RecordChange> {
        let after = Annotation::clone(annotation).with_fragments(spans)?;
        Some(self.reannotate(annotation, |it| *it = after))
    }
}
