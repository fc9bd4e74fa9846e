//! Wishes about labels.

use std::sync::Arc;

use super::{behind, moved, refused};
use crate::model::annotation::{Annotation, Unplaced};
use crate::model::change::{Record, RecordChange, RecordId};
use crate::model::edit::{Planned, Planner, Wish};
use crate::model::edit_error::EditError;
use crate::model::id::LabelId;
use crate::model::label::{Label, MAX_LABELS};

/// What becomes of the marks of a label that goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// They get another label.
    Relabel(LabelId),
    /// They go too.
    Delete,
}

/// A wish about labels.
#[derive(Debug, Clone)]
pub enum LabelEdit {
    /// Offer a label more, at the end.
    Add(Label),
    /// Let a label be what this one says; its id tells which. A change of what it means raises its
    /// revision.
    Change(Label),
    /// Move a label up (negative) or down by some places.
    Move(LabelId, i32),
    /// Make one of two labels: the marks, questions and relations of the first are the second's.
    Merge(LabelId, LabelId),
    /// Do without a label. Questions that are for it alone go too, and so do kinds of relations that
    /// can no more begin or end.
    Remove(LabelId, Fate),
}

impl Wish for LabelEdit {
    fn again(&self) -> Box<dyn Wish> {
        Box::new(self.clone())
    }

    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError> {
        let schema = planner.project.schema();
        match &*self {
            LabelEdit::Add(label) => {
                if schema.labels().len() >= MAX_LABELS {
                    return refused("A project has at most 200 labels.");
                }
                if schema.get(&label.id).is_some() {
                    return refused("There is a label with this id already.");
                }
                planner.check_label(label)?;
                let after = Label {
                    rank: behind(schema.labels().last().map(|it| it.rank)),
                    ..label.clone()
                };
                Ok((
                    format!("add label “{}”", label.name),
                    vec![planner.becomes(after)],
                ))
            }
            LabelEdit::Change(label) => {
                let before = planner.label(&label.id)?;
                planner.check_label(label)?;
                let meaning = |it: &Label| {
                    let examples = (it.examples.clone(), it.counter_examples.clone());
                    (it.definition.clone(), examples)
                };
                let is_other = meaning(before) != meaning(label);
                let after = Label {
                    rank: before.rank,
                    revision: before.revision.saturating_add(u32::from(is_other)),
                    ..label.clone()
                };
                let name = format!("change label “{}”", before.name);
                let records = match **before == after {
                    true => Vec::new(),
                    false => vec![planner.becomes(after)],
                };
                Ok((name, records))
            }
            LabelEdit::Move(id, by) => {
                let from = schema.position(id);
                let labels = schema.labels().iter().map(|it| Label::clone(it)).collect();
                let records = moved(planner, labels, from, *by, |it| &mut it.rank)?;
                Ok(("reorder labels".into(), records))
            }
            LabelEdit::Merge(from, into) => planner.merge_labels(from, into),
            LabelEdit::Remove(id, fate) => planner.remove_label(id, fate),
        }
    }
}

impl Planner<'_> {
    /// What must hold of any label.
    fn check_label(&self, label: &Label) -> Result<(), EditError> {
        if label.name.trim().is_empty() {
            return refused("A label needs a name.");
        }
        let others = self.project.schema().labels().iter();
        let mut others = others.filter(|it| it.id != label.id);
        let same_key = label
            .key
            .and_then(|key| others.find(|it| it.key == Some(key)));
        if let Some(other) = same_key {
            return refused(format!(
                "That is the key of the label “{}” already.",
                other.name
            ));
        }
        let mut above = label.parent.as_ref();
        // Each step goes one up, so that more steps than labels are a circle.
        for _ in 0..=MAX_LABELS {
            let Some(id) = above else {
                return Ok(());
            };
            if *id == label.id {
                break;
            }
            let parent = self.label(id)?;
            above = parent.parent.as_ref();
        }
        refused("A label cannot be a kind of itself.")
    }

    fn merge_labels(&self, from: &LabelId, into: &LabelId) -> Result<Planned, EditError> {
        let (gone, kept) = (self.label(from)?, self.label(into)?);
        if from == into {
            return Err(EditError::NoChange);
        }
        let mut records = self.marks_moved(from, kept);
        self.leave_label(from, Some(into), Some(into), &mut records);
        records.push(self.goes(&RecordId::Label(gone.id.clone())));
        Ok((
            format!("merge label “{}” into “{}”", gone.name, kept.name),
            records,
        ))
    }

    fn remove_label(&self, id: &LabelId, fate: &Fate) -> Result<Planned, EditError> {
        let gone = self.label(id)?;
        if self.project.schema().labels().len() == 1 {
            return refused("A project needs at least one label.");
        }
        let mut records = match fate {
            Fate::Relabel(to) if to == id => return Err(EditError::NoChange),
            Fate::Relabel(to) => self.marks_moved(id, self.label(to)?),
            Fate::Delete => {
                let (marks, tray) = self.marks_of(id);
                let marks = marks.into_iter().map(Record::Annotation);
                let gone = marks.chain(tray.into_iter().map(Record::Unplaced));
                gone.map(RecordChange::removed).collect()
            }
        };
        let to = match fate {
            Fate::Relabel(to) => Some(to),
            Fate::Delete => None,
        };
        self.leave_label(id, None, to, &mut records);
        records.push(self.goes(&RecordId::Label(gone.id.clone())));
        Ok((format!("delete label “{}”", gone.name), records))
    }

    fn marks_of(&self, label: &LabelId) -> (Vec<Arc<Annotation>>, Vec<Arc<Unplaced>>) {
        let marks = self.project.annotations().all().into_iter();
        let tray = self.project.unplaced().filter(|it| it.label == *label);
        (
            marks.filter(|it| it.label == *label).collect(),
            tray.cloned().collect(),
        )
    }

    fn marks_moved(&self, from: &LabelId, to: &Label) -> Vec<RecordChange> {
        let (marks, tray) = self.marks_of(from);
        let marks = marks.iter().map(|it| self.relabelled(it, to));
        let tray = tray.into_iter().map(|it| {
            let mut after = Unplaced::clone(&it);
            (after.label, after.revision, after.modified) = (to.id.clone(), to.revision, self.now);
            RecordChange::replaced(Record::Unplaced(it), Record::Unplaced(Arc::new(after)))
        });
        marks.chain(tray).collect()
    }

    /// What of the schema names a label that goes: `to_question` takes its place in questions, `end` at
    /// the ends of relations. Without one the question, or kind of relation, goes where it is for no
    /// other label.
    fn leave_label(
        &self,
        id: &LabelId,
        to_question: Option<&LabelId>,
        end: Option<&LabelId>,
        records: &mut Vec<RecordChange>,
    ) {
        let schema = self.project.schema();
        // Whether a label is a kind of another, or a kind of such a one.
        let is_below = |it: &LabelId, other: &LabelId| {
            let above = |it: &LabelId| schema.get(it)?.parent.clone();
            let mut all = std::iter::successors(above(it), above).take(schema.labels().len());
            all.any(|it| it == *other)
        };
        for label in schema.labels() {
            if label.parent.as_ref() == Some(id) && label.id != *id {
                let above = to_question.filter(|it| **it != label.id && !is_below(it, &label.id));
                let above = above.cloned();
                let parent = above.or_else(|| schema.get(id)?.parent.clone());
                let parent = parent.filter(|it| *it != label.id);
                records.push(self.becomes(Label {
                    parent,
                    ..Label::clone(label)
                }));
            }
        }
        for mut question in schema.attributes() {
            if !question.labels.contains(id) {
                continue;
            }
            let is_left = exchange(&mut question.labels, id, to_question);
            records.push(match is_left {
                true => self.becomes(question),
                false => self.goes(&RecordId::Attribute(question.id)),
            });
        }
        for mut kind in schema.relation_types() {
            if !kind.from.contains(id) && !kind.to.contains(id) {
                continue;
            }
            let is_left = exchange(&mut kind.from, id, end) & exchange(&mut kind.to, id, end);
            if is_left {
                records.push(self.becomes(kind));
            } else {
                self.remove_relations_of(&kind.id, records);
                records.push(self.goes(&RecordId::RelationType(kind.id)));
            }
        }
    }
}

/// Puts another label, or none, in the place of one; answers whether the list, where it named labels,
/// names some still: without any it would mean all.
fn exchange(labels: &mut Vec<LabelId>, from: &LabelId, to: Option<&LabelId>) -> bool {
    let Some(at) = labels.iter().position(|it| it == from) else {
        return true;
    };
    match to.filter(|it| !labels.contains(it)) {
        Some(to) => labels[at] = to.clone(),
        None => drop(labels.remove(at)),
    }
    !labels.is_empty()
}
