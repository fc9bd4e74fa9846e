//! The formats of other programs, as the screen and scripts use them: both go the same way. Knows
//! nothing of what stands in the files; that is `format::exchange`.

mod export;
mod import;
mod incoming;
/// What scripts can ask of the formats.
pub mod scripting;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Dialog, Screen, counted, opening, saving};
use crate::format::exchange::{
    Ends, Feature, Format, Loss, Options, OutFile, Split, Written, aligned, by_id, cut_words,
    written_in_parts,
};
use crate::format::{self, Problem, Reading};
use crate::model::{DocumentId, LabelId, Project};
use crate::session::Session;
pub use incoming::{File, Incoming};

/// The name of our own format for scripts.
const PROJECT: &str = "project";

/// A format in which the work can be written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Target {
    /// Our own, which says everything.
    Project,
    Other(&'static Format),
}

impl Target {
    /// The format of this name, where it can be written.
    fn of(id: &str) -> Option<Self> {
        match id {
            PROJECT => Some(Self::Project),
            _ => by_id(id).filter(|it| it.is_written()).map(Self::Other),
        }
    }
}

/// What is to be written.
#[derive(Debug, Clone, PartialEq)]
struct Wish {
    documents: Vec<DocumentId>,
    /// Marks of these labels are left out.
    without: Vec<LabelId>,
    options: Options,
    /// What becomes of marks that cut words.
    ends: Ends,
    /// How articles are divided, where they are.
    split: Option<Split>,
}

impl Wish {
    /// These articles, with all their marks and undivided.
    fn of(documents: Vec<DocumentId>) -> Self {
        Self {
            documents,
            without: Vec::new(),
            options: Options::default(),
            ends: Ends::Keep,
            split: None,
        }
    }

    /// The project without the marks that are left out.
    fn narrowed(&self, project: &Project) -> Option<Project> {
        let labels = project.schema().labels().iter().map(|it| it.id.clone());
        let wanted: Vec<LabelId> = labels.filter(|it| !self.without.contains(it)).collect();
        (!self.without.is_empty()).then(|| project.with_labels(&wanted))
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

    /// The files of a format, and what they do not say.
    fn written(&self, project: &Project, target: Target) -> Written {
        let narrowed = self.narrowed(project);
        let project = narrowed.as_ref().unwrap_or(project);
        match target {
            Target::Other(format) => {
                let changed = self.changed_ends(project);
                let whole = changed.is_some().then(|| aligned(project, self.ends));
                let project = whole.as_ref().unwrap_or(project);
                let write = |ids: &[DocumentId]| format.write(project, ids, self.options);
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

/// The view of a dialog of this part of the program.
pub(super) fn dialog(dialog: Dialog) -> AnyView {
    match dialog {
        Dialog::Import(incoming) => import::import(incoming),
        _ => export::export(),
    }
}

/// Takes files over. Where they are of other programs, shows first what was found in them.
pub(super) fn open(session: Session, screen: Screen, files: Vec<File>, problems: Vec<Problem>) {
    let incoming = Incoming::of(files, problems);
    if incoming.needs_a_look() {
        screen.open(Dialog::Import(std::sync::Arc::new(incoming)));
        return;
    }
    spawn_local(async move {
        let mut all = Reading::default();
        for at in 0..incoming.packets.len() {
            opening::breathe().await;
            match incoming.read(session, at, Some(0), &[]) {
                Ok(reading) => all.merge(reading),
                Err(problem) => all.problems.push(problem),
            }
        }
        all.problems.splice(0..0, incoming.problems);
        opening::take_over(session, screen, all);
    });
}
