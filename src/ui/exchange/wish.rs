//! What somebody wants to be written, and the writing of it: the screen and scripts go the same way.

use super::Target;
use crate::format;
use crate::format::exchange::{
    Ends, Feature, Filter, Loss, Options, OutFile, Split, Written, aligned, cut_words,
    written_in_parts,
};
use crate::model::{DocumentId, Project};
use crate::ui::later::CountAgreement;
use crate::ui::{counted, saving};

/// What is to be written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wish {
    pub(super) documents: Vec<DocumentId>,
    /// Which marks.
    pub(super) filter: Filter,
    pub(super) options: Options,
    /// What becomes of marks that cut words.
    pub(super) ends: Ends,
    /// How articles are divided, where they are.
    pub(super) split: Option<Split>,
}

impl Wish {
    /// These articles, with all their marks and undivided.
    pub(super) fn of(documents: Vec<DocumentId>) -> Self {
        Self {
            documents,
            filter: Filter::default(),
            options: Options::default(),
            ends: Ends::Keep,
            split: None,
        }
    }

    /// What is said of the marks that cut words, where that changes them.
    fn changed_ends(&self, project: &Project) -> Option<Loss> {
        let became = match self.ends {
            Ends::Keep => return None,
            Ends::Widen => "widened to whole words",
            Ends::Trim => "trimmed to whole words, or left out where none is left",
        };
        let count = cut_words(project, &self.documents);
        let marks = counted(count, "mark that cuts", "marks that cut");
        (count > 0).then(|| Loss {
            feature: Feature::Characters,
            count,
            message: format!("{marks} a word: {became}."),
        })
    }

    /// The files of a format, and what they do not say. The card, where there is one, says how far annotators
    /// agree if there is something to count that with.
    pub(super) fn written(
        &self,
        project: &Project,
        target: Target,
        count: Option<CountAgreement>,
    ) -> Written {
        let narrowed = self.filter.narrowed(project);
        let project = narrowed.as_ref().unwrap_or(project);
        match target {
            Target::Other(format) => {
                let changed = self.changed_ends(project);
                let whole = changed.is_some().then(|| aligned(project, self.ends));
                let project = whole.as_ref().unwrap_or(project);
                let count = count.filter(|_| format.has_card());
                let write = |ids: &[DocumentId]| {
                    let mut options = self.options.clone();
                    options.agreement = count.map_or_else(Vec::new, |count| count(project, ids));
                    format.write(project, ids, options)
                };
                let mut written = match self.split {
                    Some(split) => written_in_parts(project, &self.documents, split, write),
                    None => write(&self.documents),
                };
                written.losses.splice(0..0, changed);
                written
            }
            Target::Project => Written {
                files: vec![OutFile {
                    name: "sourcelight.json".to_owned(),
                    mime: saving::MIME,
                    bytes: format::render(project, &self.documents).into_bytes(),
                }],
                ..Written::default()
            },
        }
    }
}
