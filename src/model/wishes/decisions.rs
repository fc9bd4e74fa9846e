//! The wish to decide what stands where several people marked otherwise.

use std::sync::Arc;

use crate::model::annotation::{Annotation, Annotator, Extra};
use crate::model::change::{Record, RecordChange, RecordId};
use crate::model::document::Document;
use crate::model::edit::{Planned, Planner, Wish};
use crate::model::edit_error::EditError;
use crate::model::id::{AnnotationId, DocumentId};

/// What was decided in one step, at one place or at many.
#[derive(Debug, Clone, PartialEq)]
pub struct Decisions {
    /// What the step is called.
    pub name: String,
    /// Who has what was decided; comes where it is not here yet.
    pub annotator: Annotator,
    /// Marks that stand from now on.
    pub marks: Vec<Annotation>,
    /// Marks that were decided earlier and stand no longer.
    pub gone: Vec<AnnotationId>,
    /// What an article says of itself from now on: where it was decided that nothing stands is kept there.
    pub notes: Vec<(DocumentId, Extra)>,
}

impl Wish for Decisions {
    fn again(&self) -> Box<dyn Wish> {
        Box::new(self.clone())
    }

    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError> {
        let mut records = Vec::new();
        let annotator = Record::Annotator(self.annotator.clone());
        if !self.marks.is_empty() && planner.project.record(&annotator.id()).is_none() {
            records.push(RecordChange::added(annotator));
        }
        for mark in &self.marks {
            planner.document(&mark.document)?;
            planner.label(&mark.label)?;
            records.push(planner.becomes(Record::Annotation(Arc::new(mark.clone()))));
        }
        let gone = self.gone.iter().map(|it| RecordId::Annotation(it.clone()));
        let here = gone.filter(|it| planner.project.record(it).is_some());
        records.extend(here.map(|it| planner.goes(&it)));
        for (id, extra) in &self.notes {
            let document = planner.document(id)?;
            if document.extra != *extra {
                let after = Document {
                    extra: extra.clone(),
                    modified: planner.now,
                    ..Document::clone(document)
                };
                records.push(planner.becomes(Record::Document(Arc::new(after))));
            }
        }
        Ok((self.name.clone(), records))
    }
}
