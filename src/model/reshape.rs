//! Marks that become one, and a mark that becomes two.

use std::sync::Arc;

use super::annotation::Annotation;
use super::change::{Record, RecordChange};
use super::edit::{EditContext, Planned, Planner};
use super::edit_error::EditError;
use super::fragments::taken_in;
use super::id::AnnotationId;
use super::leaning::moved;
use super::sorted::sort_by_key;
use super::text::{Span, Text};
use super::token;

/// Whether two spans share a character or have nothing but white space between them.
pub fn touches(text: &Text, one: Span, other: Span) -> bool {
    let (first, second) = if one.start() <= other.start() {
        (one, other)
    } else {
        (other, one)
    };
    let gap = text.span(first.end().bytes(), second.start().bytes());
    second.start() <= first.end() || gap.is_some_and(|it| text.slice(it).trim().is_empty())
}

impl Planner<'_> {
    /// The first of the marks takes in the others, with the white space between those that touch, and
    /// what was said of them: notes, answers, relations and comments.
    pub(super) fn join(&self, ids: &[AnnotationId]) -> Result<Planned, EditError> {
        let found: Result<Vec<_>, _> = ids.iter().map(|id| self.annotation(id)).collect();
        let mut found = found?;
        sort_by_key(&mut found, |it| it.hull().start());
        let Some((first, others)) = found.split_first().filter(|it| !it.1.is_empty()) else {
            return Err(EditError::Unlike);
        };
        let text = &self.document(&first.document)?.text;
        let (mut spans, mut note) = (first.fragments().to_vec(), first.note.to_string());
        let mut details = first.details.as_deref().cloned().unwrap_or_default();
        for other in others {
            let is_kin = other.document == first.document
                && other.label == first.label
                && other.annotator == first.annotator;
            if !is_kin {
                return Err(EditError::Unlike);
            }
            for fragment in other.fragments() {
                spans = taken_in(text, spans, *fragment);
            }
            if !other.note.is_empty() && *other.note != *note {
                note += if note.is_empty() { "" } else { "\n" };
                note += &other.note;
            }
            if let Some(more) = &other.details {
                details.take_in(more);
            }
        }
        let after = Annotation::clone(first).with_fragments(spans);
        let mut after = after.ok_or(EditError::Blank)?;
        (after.note, after.modified) = (note.into(), self.now);
        after.details = details.kept();
        let joined = RecordChange::replaced(
            Record::Annotation((*first).clone()),
            Record::Annotation(Arc::new(after)),
        );
        let gone = |it: &&Arc<Annotation>| RecordChange::removed(Record::Annotation((*it).clone()));
        let records = [joined].into_iter().chain(others.iter().map(gone));
        let is_other = |id: &str| others.iter().any(|it| it.id.as_str() == id);
        let leaning = self.project.leaning_on(&is_other);
        let moved = leaning.iter().map(|it| moved(it, &is_other, &first.id));
        let records = records.chain(moved).collect();
        Ok((format!("merge {} marks", found.len()), records))
    }

    /// The mark ends before byte `at`, and a new one begins there. Both have its answers; relations and
    /// comments stay with the first, which has its id.
    pub(super) fn split(
        &self,
        id: &AnnotationId,
        at: usize,
        cx: &mut EditContext<'_>,
    ) -> Result<Planned, EditError> {
        let annotation = self.annotation(id)?;
        let text = &self.document(&annotation.document)?.text;
        let part = |from: usize, to: usize| {
            let cut = |it: &Span| {
                let (start, end) = (it.start().bytes().max(from), it.end().bytes().min(to));
                token::trim(text, text.span(start, end)?)
            };
            let spans = annotation.fragments().iter().filter_map(cut);
            Annotation::clone(annotation).with_fragments(spans)
        };
        let content = text.as_str();
        let may_cut = content.is_char_boundary(at) && token::is_grapheme_boundary(content, at);
        let parts = part(0, at).zip(part(at, content.len()));
        let (mut first, mut second) = parts.filter(|_| may_cut).ok_or(EditError::NotInside)?;
        first.modified = self.now;
        second.id = (cx.new_annotation_id)();
        second.note = Arc::default();
        (second.created, second.modified) = (self.now, self.now);
        let shortened = RecordChange::replaced(
            Record::Annotation(annotation.clone()),
            Record::Annotation(Arc::new(first)),
        );
        let new = RecordChange::added(Record::Annotation(Arc::new(second)));
        Ok(("split".into(), vec![shortened, new]))
    }
}
