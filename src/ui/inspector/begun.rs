//! What a new project asks: the questions that come with the page, of which none has to be answered. A
//! project that was here before is never asked, and one that comes as a file brings its own.

use leptos::prelude::*;

use crate::format::{Reading, schema_file};
use crate::model::{LabelSchema, RecordId};
use crate::session::{Origin, Session};

/// Lets a new project ask what comes with the page. Like the articles of a reading set that is stored with
/// the first thing that somebody does, and is no step of undo.
pub fn begin(session: Session) {
    let is_bare = session.peek(|project| *project.schema() == LabelSchema::default());
    if is_bare {
        session.receive(schema_file::of_new_project(), Origin::ReadingSet);
        session.view.has_begun.set(true);
    }
}

/// Takes the questions back before a project comes in from a file, as long as nothing was done with them:
/// what is exported again is what was in the file.
pub fn make_room(session: Session, reading: &Reading) {
    let import = &reading.import;
    let is_project =
        !reading.is_foreign && (!import.is_only_documents() || import.documents.is_empty());
    let is_untouched = session.view.has_begun.get_untracked()
        && !session.can_undo()
        && session.peek(|project| project.annotations().is_empty());
    if !(is_project && is_untouched) {
        return;
    }
    let begun: Vec<RecordId> = session.peek(|project| {
        let entries = project.schema().entries().iter();
        entries.map(|it| it.id.clone()).collect()
    });
    session.receive_gone(&begun);
    session.view.has_begun.set(false);
}
