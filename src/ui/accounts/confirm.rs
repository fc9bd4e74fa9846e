//! Takes a version that was found for one: its words and those it is compared with are marked, unless they
//! are already, and a relation leads from one mark to the other. All of it is one step of undo.

use super::versions::Base;
use crate::model::{
    AnnotationId, Change, DocumentId, Edit, EditError, LabelId, Project, Record, RelationEdit,
    RelationId, RelationType, RelationTypeEdit, RelationTypeId, Span,
};
use crate::session::Session;

/// The kind of relation that leads from a version to the words it is a version of.
const KIND: &str = "version-of";

/// A place of an article.
type Place<'p> = (&'p DocumentId, Span);

/// The mark of some words: one that has more than half of them, and little else.
fn mark_of(
    project: &Project,
    (document, span): Place<'_>,
    label: &LabelId,
) -> Option<AnnotationId> {
    let near = project.annotations().overlapping(document, span);
    let shared = |mark: &crate::model::Annotation| {
        let parts = mark.fragments().iter();
        let parts = parts.filter_map(|it| it.intersection(span));
        parts.map(Span::byte_len).sum::<usize>()
    };
    let fits = near.filter(|it| {
        let shared = 2 * shared(it);
        it.label == *label && shared > span.byte_len() && shared > it.byte_len()
    });
    fits.max_by_key(|it| shared(it)).map(|it| it.id.clone())
}

/// The label that a version gets: that of the words it is compared with, else that for quotes.
fn label(project: &Project, base: &Base) -> Option<LabelId> {
    let near = project
        .annotations()
        .overlapping(&base.document.id, base.span);
    let mut own = near.filter(|it| {
        let hull = it.hull();
        hull.intersection(base.span).is_some_and(|both| {
            2 * both.byte_len() > hull.byte_len() && 2 * both.byte_len() > base.span.byte_len()
        })
    });
    let quote = || LabelId::new("quote").filter(|it| project.schema().get(it).is_some());
    let first = || project.schema().offered().next().map(|it| it.id.clone());
    own.next()
        .map(|it| it.label.clone())
        .or_else(quote)
        .or_else(first)
}

/// Whether a version has been taken for one.
pub fn is_confirmed(project: &Project, base: &Base, document: &DocumentId, span: Span) -> bool {
    let ends = || {
        let label = label(project, base)?;
        let to = mark_of(project, (&base.document.id, base.span), &label)?;
        Some((mark_of(project, (document, span), &label)?, to))
    };
    ends().is_some_and(|(from, to)| {
        let mut all = project.relations();
        all.any(|it| it.kind.as_str() == KIND && it.touches(&from) && it.touches(&to))
    })
}

/// Takes a version for one; what hinders it is said.
pub fn confirm(session: Session, base: &Base, document: &DocumentId, span: Span) {
    let mut parts: Vec<Change> = Vec::new();
    let outcome = link(session, &mut parts, base, (document, span));
    if let Some(first) = parts.first_mut() {
        first.name = "confirm a version".to_owned();
    }
    let is_made = session.finish_parts(parts).is_some();
    match outcome {
        Ok(()) if is_made => session.view.say("Confirmed: the two are linked", true),
        Ok(()) | Err(EditError::NoChange) => {}
        Err(error) => session.view.warn(error.to_string()),
    }
}

fn link(
    session: Session,
    parts: &mut Vec<Change>,
    base: &Base,
    version: Place<'_>,
) -> Result<(), EditError> {
    let found = session.peek(|project| label(project, base));
    let (Some(label), Some(kind)) = (found, RelationTypeId::new(KIND)) else {
        return Err(EditError::NoChange);
    };
    let from = marked(session, parts, version, &label)?;
    let to = marked(session, parts, (&base.document.id, base.span), &label)?;
    if session.peek(|project| project.schema().relation_type(&kind).is_none()) {
        let made = RelationType::new(kind.clone(), "is a version of");
        parts.push(session.dispatch_part(RelationTypeEdit::Add(made).into())?);
    }
    let id = RelationId::new(&session.new_id()).ok_or(EditError::NoChange)?;
    parts.push(session.dispatch_part(RelationEdit::Add(id, kind, from, to).into())?);
    Ok(())
}

/// The mark of some words, which is made where there is none.
fn marked(
    session: Session,
    parts: &mut Vec<Change>,
    (document, span): Place<'_>,
    label: &LabelId,
) -> Result<AnnotationId, EditError> {
    if let Some(known) = session.peek(|project| mark_of(project, (document, span), label)) {
        return Ok(known);
    }
    let change = session.dispatch_part(Edit::Annotate(document.clone(), span, label.clone()))?;
    let made = change.records.iter().find_map(|it| match &it.after {
        Some(Record::Annotation(mark)) => Some(mark.id.clone()),
        _ => None,
    });
    parts.push(change);
    made.ok_or(EditError::NoChange)
}
