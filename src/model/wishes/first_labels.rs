//! The wish to forget what marks were first taken for.

use crate::model::change::{Record, RecordChange, RecordId};
use crate::model::edit::{Planned, Planner, Wish};
use crate::model::edit_error::EditError;

/// Forget what all marks were first taken for.
#[derive(Debug, Clone)]
pub struct ForgetFirstLabels;

impl Wish for ForgetFirstLabels {
    fn again(&self) -> Box<dyn Wish> {
        Box::new(self.clone())
    }

    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError> {
        let kept = planner.project.entries();
        let kept = kept.filter(|it| matches!(it.id, RecordId::FirstLabel(_)));
        let gone = kept.cloned().map(Record::Entry);
        let gone = gone.map(RecordChange::removed).collect();
        Ok(("forget what marks were first taken for".into(), gone))
    }
}
