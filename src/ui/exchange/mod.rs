//! The formats of other programs, as the screen and scripts use them: both go the same way. Knows
//! nothing of what stands in the files; that is `format::exchange`.

mod export;
mod import;
mod incoming;
/// What scripts can ask of the formats.
pub mod scripting;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Dialog, Screen, opening, saving};
use crate::format::exchange::{Format, Options, OutFile, Written, by_id};
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
}

impl Wish {
    /// The project without the marks that are left out.
    fn narrowed(&self, project: &Project) -> Option<Project> {
        let labels = project.schema().labels().iter().map(|it| it.id.clone());
        let wanted: Vec<LabelId> = labels.filter(|it| !self.without.contains(it)).collect();
        (!self.without.is_empty()).then(|| project.with_labels(&wanted))
    }

    /// The files of a format, and what they do not say.
    fn written(&self, project: &Project, target: Target) -> Written {
        let narrowed = self.narrowed(project);
        let project = narrowed.as_ref().unwrap_or(project);
        match target {
            Target::Other(format) => format.write(project, &self.documents, self.options),
            Target::Project => Written {
                files: vec![OutFile {
                    name: "sourcelight.json".to_owned(),
                    mime: saving::MIME,
                    bytes: format::render(project, &self.documents).into_bytes(),
                }],
                losses: Vec::new(),
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
