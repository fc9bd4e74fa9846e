//! Wishes about relations and their kinds.

use super::{behind, moved, refused};
use crate::model::change::{Record, RecordChange, RecordId};
use crate::model::edit::{Planned, Planner, Wish};
use crate::model::edit_error::EditError;
use crate::model::id::{AnnotationId, RelationId, RelationTypeId};
use crate::model::relation::{Reach, Relation, RelationType};

/// A wish about links between marks.
#[derive(Debug, Clone)]
pub enum RelationEdit {
    /// Link the first mark to the second. The id has to be a fresh one.
    Add(RelationId, RelationTypeId, AnnotationId, AnnotationId),
    /// Let a relation be of another kind.
    SetKind(RelationId, RelationTypeId),
    /// Write a note on a relation.
    SetNote(RelationId, String),
    /// Let a relation lead the other way.
    Reverse(RelationId),
    /// Remove relations.
    Remove(Vec<RelationId>),
}

/// A wish about the kinds of relations.
#[derive(Debug, Clone)]
pub enum RelationTypeEdit {
    /// Offer a kind more, at the end.
    Add(RelationType),
    /// Let a kind be what this one says; its id tells which. Relations that it no longer allows stay.
    Change(RelationType),
    /// Move a kind up (negative) or down by some places.
    Move(RelationTypeId, i32),
    /// Do without a kind, and without the relations of this kind.
    Remove(RelationTypeId),
}

impl Wish for RelationEdit {
    fn again(&self) -> Box<dyn Wish> {
        Box::new(self.clone())
    }

    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError> {
        match &*self {
            RelationEdit::Add(id, kind, from, to) => {
                let kind = planner.kind(kind)?;
                let (from, to) = (from.clone(), to.clone());
                let mut made = Relation::new(id.clone(), kind.id.clone(), from, to);
                planner.check_relation(&made)?;
                made.annotator = Some(planner.annotator.clone());
                (made.created, made.modified) = (planner.now, planner.now);
                Ok((
                    format!("relate “{}”", kind.name),
                    vec![planner.becomes(made)],
                ))
            }
            RelationEdit::SetKind(id, kind) => {
                let kind = planner.kind(kind)?.id;
                planner.relate("change relation", id, |it| it.kind = kind, true)
            }
            RelationEdit::SetNote(id, note) => {
                planner.relate("note", id, |it| it.note = note.as_str().into(), false)
            }
            RelationEdit::Reverse(id) => {
                let turn = |it: &mut Relation| std::mem::swap(&mut it.from, &mut it.to);
                planner.relate("reverse relation", id, turn, true)
            }
            RelationEdit::Remove(ids) => {
                let found: Result<Vec<_>, _> = ids.iter().map(|id| planner.relation(id)).collect();
                let gone = found?.into_iter().map(|it| RecordId::Relation(it.id));
                let name = match ids.len() {
                    1 => "delete relation".to_owned(),
                    many => format!("delete {many} relations"),
                };
                Ok((name, gone.map(|id| planner.goes(&id)).collect()))
            }
        }
    }
}

impl Wish for RelationTypeEdit {
    fn again(&self) -> Box<dyn Wish> {
        Box::new(self.clone())
    }

    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError> {
        let list = planner.project.schema().relation_types();
        match &*self {
            RelationTypeEdit::Add(kind) => {
                if list.iter().any(|it| it.id == kind.id) {
                    return refused("There is a kind of relation with this id already.");
                }
                check(kind)?;
                let after = RelationType {
                    rank: behind(list.last().map(|it| it.rank)),
                    ..kind.clone()
                };
                Ok((
                    format!("add relation “{}”", kind.name),
                    vec![planner.becomes(after)],
                ))
            }
            RelationTypeEdit::Change(kind) => {
                let before = planner.kind(&kind.id)?;
                check(kind)?;
                let after = RelationType {
                    rank: before.rank,
                    ..kind.clone()
                };
                let name = format!("change relation “{}”", before.name);
                let records = match before == after {
                    true => Vec::new(),
                    false => vec![planner.becomes(after)],
                };
                Ok((name, records))
            }
            RelationTypeEdit::Move(id, by) => {
                let from = list.iter().position(|it| it.id == *id);
                let records = moved(planner, list, from, *by, |it| &mut it.rank)?;
                Ok(("reorder relations".into(), records))
            }
            RelationTypeEdit::Remove(id) => {
                let gone = planner.kind(id)?;
                let mut records = Vec::new();
                planner.remove_relations_of(id, &mut records);
                let name = format!("delete relation “{}”", gone.name);
                records.push(planner.goes(&RecordId::RelationType(gone.id)));
                Ok((name, records))
            }
        }
    }
}

fn check(kind: &RelationType) -> Result<(), EditError> {
    match kind.name.trim() {
        "" => refused("A kind of relation needs a name."),
        _ => Ok(()),
    }
}

impl Planner<'_> {
    fn kind(&self, id: &RelationTypeId) -> Result<RelationType, EditError> {
        let found = self.project.schema().relation_type(id);
        found.ok_or(EditError::Refused(
            "That kind of relation is not here any more.".into(),
        ))
    }

    fn relation(&self, id: &RelationId) -> Result<Relation, EditError> {
        let found = self.project.record(&RecordId::Relation(id.clone()));
        let relation = found.and_then(|it| match it {
            Record::Entry(it) => Relation::of(&it),
            _ => None,
        });
        relation.ok_or(EditError::Refused(
            "That relation is not here any more.".into(),
        ))
    }

    /// What must hold of a relation that is made or turned.
    fn check_relation(&self, relation: &Relation) -> Result<(), EditError> {
        let (from, to) = (
            self.annotation(&relation.from)?,
            self.annotation(&relation.to)?,
        );
        if from.id == to.id {
            return refused("A mark cannot be related to itself.");
        }
        let kind = self.kind(&relation.kind)?;
        if !kind.allows(&from.label, &to.label) {
            let name = |id| self.project.schema().get(id).map_or("", |it| &*it.name);
            return refused(format!(
                "“{}” does not lead from “{}” to “{}”.",
                kind.name,
                name(&from.label),
                name(&to.label)
            ));
        }
        match kind.reach {
            Reach::Within if from.document != to.document => {
                return refused(format!("“{}” links marks of one article.", kind.name));
            }
            Reach::Across if from.document == to.document => {
                return refused(format!("“{}” links marks of two articles.", kind.name));
            }
            _ => {}
        }
        let is_twin = |it: &Relation| {
            let says = |it: &Relation| (it.kind.clone(), it.from.clone(), it.to.clone());
            it.id != relation.id && says(it) == says(relation)
        };
        match self.project.relations().find(is_twin) {
            Some(_) => refused("These marks are related so already."),
            None => Ok(()),
        }
    }

    fn relate(
        &self,
        name: &str,
        id: &RelationId,
        change: impl FnOnce(&mut Relation),
        is_checked: bool,
    ) -> Result<Planned, EditError> {
        let before = self.relation(id)?;
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return Err(EditError::NoChange);
        }
        if is_checked {
            self.check_relation(&after)?;
        }
        after.modified = self.now;
        Ok((name.to_owned(), vec![self.becomes(after)]))
    }

    /// Removes the relations of a kind, but for those that go anyway.
    pub(super) fn remove_relations_of(
        &self,
        kind: &RelationTypeId,
        records: &mut Vec<RecordChange>,
    ) {
        for relation in self.project.relations().filter(|it| it.kind == *kind) {
            records.push(self.goes(&RecordId::Relation(relation.id)));
        }
    }
}
