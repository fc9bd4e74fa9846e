//! Wishes that only panels have: on the schema, answers, the cast and relations. Each kind judges
//! itself, so that its code is loaded with the panel that makes one. Knows nothing of panels.

mod annotators;
mod answers;
mod attributes;
mod cast;
mod decisions;
mod first_labels;
mod guidelines;
mod hand_ins;
mod labels;
mod relations;

pub use annotators::AnnotatorEdit;
pub use answers::AnswerEdit;
pub use attributes::AttributeEdit;
pub use cast::CastEdit;
pub use decisions::Decisions;
pub use first_labels::ForgetFirstLabels;
pub use guidelines::GuidelinesEdit;
pub use hand_ins::HandIns;
pub use labels::{Fate, LabelEdit};
pub use relations::{RelationEdit, RelationTypeEdit};

use super::change::{Record, RecordChange, RecordId};
use super::edit::{Edit, Planned, Planner, Wish};
use super::edit_error::EditError;
use super::sorted::shifted;

macro_rules! becomes_an_edit {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Edit {
            fn from(wish: $kind) -> Edit {
                Edit::Other(Box::new(wish))
            }
        }
    )*};
}

becomes_an_edit!(
    AnnotatorEdit,
    AnswerEdit,
    AttributeEdit,
    CastEdit,
    Decisions,
    ForgetFirstLabels,
    HandIns,
    GuidelinesEdit,
    LabelEdit,
    RelationEdit,
    RelationTypeEdit
);

/// Several wishes as one step of undo. Each is judged by the project as it is before all of them, so
/// that no two may be about one record.
#[derive(Debug, Clone)]
pub struct Together {
    /// What the step is called.
    pub name: String,
    /// The wishes.
    pub wishes: Vec<Box<dyn Wish>>,
}

impl Wish for Together {
    fn again(&self) -> Box<dyn Wish> {
        Box::new(self.clone())
    }

    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError> {
        let mut records = Vec::new();
        let Self { name, wishes } = *self;
        for wish in wishes {
            match wish.plan(planner) {
                Ok((_, more)) => records.extend(more),
                Err(EditError::NoChange) => {}
                Err(error) => return Err(error),
            }
        }
        Ok((name, records))
    }
}

impl From<Together> for Edit {
    fn from(wish: Together) -> Edit {
        Edit::Other(Box::new(wish))
    }
}

fn refused<T>(sentence: impl Into<std::borrow::Cow<'static, str>>) -> Result<T, EditError> {
    Err(EditError::Refused(sentence.into()))
}

/// A list in which the entry at `from` goes up (negative) or down by some places: what changes.
fn moved<T: Clone + Into<Record>>(
    planner: &Planner<'_>,
    list: Vec<T>,
    from: Option<usize>,
    by: i32,
    rank: impl Fn(&mut T) -> &mut u32,
) -> Result<Vec<RecordChange>, EditError> {
    let from = from.ok_or(EditError::NoChange)?;
    // Ranks are numbered anew: lists are short, and halving gaps would run out of digits.
    let order = shifted(list, from, by);
    let renumbered = order.into_iter().zip(0..).filter_map(|(mut it, place)| {
        let is_other = *rank(&mut it) != place;
        *rank(&mut it) = place;
        is_other.then(|| planner.becomes(it))
    });
    Ok(renumbered.collect())
}

impl Planner<'_> {
    /// A record that becomes this one, or comes as this one.
    fn becomes(&self, after: impl Into<Record>) -> RecordChange {
        let after = after.into();
        RecordChange {
            before: self.project.record(&after.id()),
            after: Some(after),
        }
    }

    /// A record that goes. It has to be there.
    fn goes(&self, id: &RecordId) -> RecordChange {
        RecordChange {
            before: self.project.record(id),
            after: None,
        }
    }
}

/// The place behind the last one.
fn behind(last: Option<u32>) -> u32 {
    last.map_or(0, |it| it.saturating_add(1))
}
