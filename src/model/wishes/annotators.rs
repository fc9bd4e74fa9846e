//! The wish about what somebody who marks is called.

use super::refused;
use crate::model::annotation::{Annotator, no_extra};
use crate::model::change::{Record, RecordId};
use crate::model::edit::{Planned, Planner, Wish};
use crate::model::edit_error::EditError;
use crate::model::id::AnnotatorId;

/// The longest name, in characters.
const MAX_NAME: usize = 200;

/// Let somebody who marks be called so. Empty takes their name away.
#[derive(Debug, Clone)]
pub struct AnnotatorEdit(pub AnnotatorId, pub String);

impl Wish for AnnotatorEdit {
    fn again(&self) -> Box<dyn Wish> {
        Box::new(self.clone())
    }

    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError> {
        let Self(id, name) = &*self;
        let name = name.trim();
        if name.chars().count() > MAX_NAME {
            return refused(format!("A name has at most {MAX_NAME} characters."));
        }
        let known = planner.project.record(&RecordId::Annotator(id.clone()));
        let mut after = match known {
            Some(Record::Annotator(known)) => known,
            _ => Annotator {
                id: id.clone(),
                name: String::new(),
                extra: no_extra(),
            },
        };
        let mut records = Vec::new();
        if after.name != name {
            after.name = name.to_owned();
            records.push(planner.becomes(Record::Annotator(after)));
        }
        Ok(("rename a person".into(), records))
    }
}
