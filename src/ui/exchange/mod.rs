//! The formats of other programs, as the screen and scripts use them: both go the same way. Knows
//! nothing of what stands in the files; that is `format::exchange`.

mod choosing;
mod export;
mod import;
mod incoming;
mod link;
/// What scripts can ask of the formats.
pub mod scripting;
mod wish;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Dialog, PeoplePage, Screen, edition, opening};
use crate::format::exchange::{Format, by_id};
use crate::format::{Problem, Reading, one_file};
use crate::session::Session;
pub use incoming::{File, Incoming};
use wish::Wish;

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

/// The view of a dialog of this part of the program.
pub(super) fn dialog(dialog: Dialog) -> AnyView {
    match dialog {
        Dialog::Import(incoming) => import::import(incoming, "What the files hold"),
        Dialog::Link(fragment) if fragment.is_empty() => link::share(),
        Dialog::Link(fragment) => link::opened(&fragment),
        Dialog::Edition(earlier, later) => edition::dialog(&earlier, later.as_ref()),
        _ => export::export(),
    }
}

/// Of a page in one file, the work that is in it; else the file as it is.
fn work_of(file: File) -> File {
    match one_file::work_in(&file.1) {
        Some(work) => (file.0, work.as_bytes().to_vec()),
        None => file,
    }
}

/// Takes files over. Where they are of other programs, shows first what was found in them; where some of them
/// are for a class, leads to where these are read.
pub(super) fn open(session: Session, screen: Screen, files: Vec<File>, problems: Vec<Problem>) {
    let incoming = Incoming::of(files.into_iter().map(work_of).collect(), problems);
    if incoming.is_for_a_class() {
        for problem in &incoming.problems {
            session.view.warn(problem.to_string());
        }
        let files = incoming.into_files();
        screen.open(Dialog::People(PeoplePage::Files(files)));
        return;
    }
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
