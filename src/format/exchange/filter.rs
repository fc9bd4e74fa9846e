//! Which marks go into the files. Knows nothing of the formats.

use crate::model::{AnnotatorId, Certainty, LabelId, MaybeDetails, Project};

/// Which marks are written: all but these.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Marks of these labels are left out.
    pub without_labels: Vec<LabelId>,
    /// Marks of these annotators are left out.
    pub without_annotators: Vec<AnnotatorId>,
    /// Marks that are less sure are left out. Where nobody has said how sure, a mark is likely.
    pub least: Option<Certainty>,
}

impl Filter {
    /// Whether a mark with this label, of this annotator, of which this is said, is written.
    pub fn takes(&self, label: &LabelId, annotator: &AnnotatorId, said: &MaybeDetails) -> bool {
        let certainty = said.as_ref().and_then(|it| it.certainty);
        let is_sure = match self.least {
            None | Some(Certainty::Low) => true,
            Some(Certainty::Medium) => certainty != Some(Certainty::Low),
            Some(Certainty::High) => certainty == Some(Certainty::High),
        };
        is_sure
            && !self.without_labels.contains(label)
            && !self.without_annotators.contains(annotator)
    }

    /// The project with these marks alone; nothing where all are written.
    pub fn narrowed(&self, project: &Project) -> Option<Project> {
        let takes = |label: &_, annotator: &_, said: &_| self.takes(label, annotator, said);
        (*self != Self::default()).then(|| project.narrowed_to(&takes))
    }
}
