//! Wishes about questions.

use super::{behind, moved, refused};
use crate::model::attribute::{Attribute, AttributeKind, Subject};
use crate::model::change::{RecordChange, RecordId};
use crate::model::edit::{Planned, Planner, Wish};
use crate::model::edit_error::EditError;
use crate::model::id::AttributeId;
use crate::model::label::Label;

/// A wish about the questions of the schema.
#[derive(Debug, Clone)]
pub enum AttributeEdit {
    /// Ask a question more, at the end.
    Add(Attribute),
    /// Let a question be what this one says; its id tells which. A change of what is asked, or may be
    /// answered, raises the revision of the labels it is for.
    Change(Attribute),
    /// Move a question up (negative) or down by some places.
    Move(AttributeId, i32),
    /// Ask it no more. What was answered stays with the marks, should it be asked again.
    Remove(AttributeId),
}

impl Wish for AttributeEdit {
    fn again(&self) -> Box<dyn Wish> {
        Box::new(self.clone())
    }

    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError> {
        let schema = planner.project.schema();
        let find = |id: &AttributeId| {
            let found = schema.attribute(id.as_str());
            found.ok_or(EditError::Refused(
                "That question is not here any more.".into(),
            ))
        };
        match &*self {
            AttributeEdit::Add(attribute) => {
                if schema.attribute(attribute.id.as_str()).is_some() {
                    return refused("There is a question with this id already.");
                }
                planner.check_attribute(attribute)?;
                let after = Attribute {
                    rank: behind(schema.attributes().last().map(|it| it.rank)),
                    ..attribute.clone()
                };
                Ok((
                    format!("add question “{}”", attribute.name),
                    vec![planner.becomes(after)],
                ))
            }
            AttributeEdit::Change(attribute) => {
                let before = find(&attribute.id)?;
                planner.check_attribute(attribute)?;
                let after = Attribute {
                    rank: before.rank,
                    ..attribute.clone()
                };
                let name = format!("change question “{}”", before.name);
                if before == after {
                    return Ok((name, Vec::new()));
                }
                let mut records = planner.revised(&before, &after);
                records.push(planner.becomes(after));
                Ok((name, records))
            }
            AttributeEdit::Move(id, by) => {
                let list = schema.attributes();
                let from = list.iter().position(|it| it.id == *id);
                let records = moved(planner, list, from, *by, |it| &mut it.rank)?;
                Ok(("reorder questions".into(), records))
            }
            AttributeEdit::Remove(id) => {
                let gone = find(id)?;
                let mut records = Vec::new();
                for mut other in schema.attributes() {
                    let waits = other
                        .condition
                        .as_ref()
                        .is_some_and(|it| it.attribute == *id);
                    if waits && other.id != *id {
                        other.condition = None;
                        records.push(planner.becomes(other));
                    }
                }
                records.push(planner.goes(&RecordId::Attribute(id.clone())));
                Ok((format!("delete question “{}”", gone.name), records))
            }
        }
    }
}

impl Planner<'_> {
    /// What must hold of any question.
    fn check_attribute(&self, attribute: &Attribute) -> Result<(), EditError> {
        if attribute.name.trim().is_empty() {
            return refused("A question needs a name.");
        }
        let choices = attribute.kind.choices();
        let is_twice = |at: usize| choices[..at].iter().any(|it| it.value == choices[at].value);
        if (0..choices.len()).any(is_twice) {
            return refused("Two of its answers are called alike.");
        }
        if choices.iter().any(|it| it.value.trim().is_empty()) {
            return refused("An answer to choose needs a name.");
        }
        let default = attribute.default.as_ref();
        if default.is_some_and(|it| !attribute.kind.accepts(it)) {
            return refused("What is taken to be answered is not among its answers.");
        }
        if attribute.kind == AttributeKind::Words && attribute.subject == Subject::Document {
            return refused(
                "Words are chosen in a mark: an article as a whole cannot be asked for them.",
            );
        }
        let schema = self.project.schema();
        let mut before = attribute.condition.clone();
        for _ in 0..=schema.attributes().len() {
            let Some(condition) = before else {
                return Ok(());
            };
            if condition.attribute == attribute.id {
                break;
            }
            let other = schema.attribute(condition.attribute.as_str());
            before = other.and_then(|it| it.condition);
        }
        refused("A question cannot wait for its own answer.")
    }

    /// The labels that mean something else when a question does.
    fn revised(&self, before: &Attribute, after: &Attribute) -> Vec<RecordChange> {
        let asked = |it: &Attribute| (it.kind.clone(), it.definition.clone());
        let is_about_marks = after.subject == Subject::Annotation;
        if asked(before) == asked(after) || !is_about_marks {
            return Vec::new();
        }
        let labels = self.project.schema().labels().iter();
        let labels = labels.filter(|it| after.is_for(&it.id));
        let raised = labels.map(|it| {
            let mut label = Label::clone(it);
            label.revision = label.revision.saturating_add(1);
            self.becomes(label)
        });
        raised.collect()
    }
}
