//! The wish to take over what many people handed in.

use crate::model::change::{RecordChange, RecordId};
use crate::model::edit::{Planned, Planner, Wish};
use crate::model::edit_error::EditError;
use crate::model::id::AnnotationId;
use crate::model::import::Import;
use crate::model::sorted::SortedSet;

/// What many people handed in, ready to be taken over as one step.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HandIns {
    /// What comes.
    pub import: Import,
    /// Marks of those who handed in once more and have them no longer.
    pub gone: Vec<AnnotationId>,
}

impl Wish for HandIns {
    fn again(&self) -> Box<dyn Wish> {
        Box::new(self.clone())
    }

    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError> {
        let (_, mut records) = Box::new(self.import).plan(planner)?;
        let stay = SortedSet::of_keys(records.iter().map(RecordChange::id));
        let mut add = |id: RecordId| {
            let record = planner.project.record(&id);
            let is_kept = stay.contains(&id);
            records.extend(record.filter(|_| !is_kept).map(RecordChange::removed));
        };
        for id in &self.gone {
            add(RecordId::Annotation(id.clone()));
            add(RecordId::Unplaced(id.clone()));
        }
        Ok(("merge what was handed in".into(), records))
    }
}

impl HandIns {
    /// The same as several, as [`Import::into_parts`] says; what goes is the first.
    pub fn into_parts(self, articles: usize) -> Vec<HandIns> {
        let gone = HandIns {
            import: Import::default(),
            gone: self.gone,
        };
        let come = self.import.into_parts(articles).into_iter();
        let come = come.map(|import| HandIns {
            import,
            gone: Vec::new(),
        });
        let all = std::iter::once(gone).chain(come);
        all.filter(|it| *it != HandIns::default()).collect()
    }
}
