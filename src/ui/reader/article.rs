//! What can be done with the open article as a whole.

use crate::model::{Edit, Progress};
use crate::session::Session;
use crate::ui::inspector::Task;
use crate::ui::{Dialog, Screen, later};

/// Shows what is known of it.
pub fn details(session: Session, screen: Screen) {
    if let Some(open) = session.view.open.get_untracked() {
        screen.open(Dialog::Details(open));
    }
}

/// Asks for a later text of it.
pub fn later_text(session: Session, screen: Screen) {
    if let Some(open) = session.view.open.get_untracked() {
        screen.open(Dialog::Edition(open, None));
    }
}

/// Says how far one has come with it. Once the panels are here, they say what is missing first.
pub fn set_progress(session: Session, screen: Screen, progress: Progress) {
    if progress == Progress::Done && later::is_here() {
        return later::run(Task::Finish, session, screen);
    }
    if let Some(open) = session.view.open.get_untracked() {
        // Choosing what is chosen already changes nothing, and there is nothing to say.
        drop(session.dispatch(Edit::SetProgress(open, progress)));
    }
}

/// Moves it by so many places in the list.
pub fn move_by(session: Session, by: i32) {
    let open = session.view.open.get_untracked();
    if let Some(open) = open
        && session.dispatch(Edit::MoveDocument(open, by)).is_err()
    {
        session
            .view
            .say("The article is at the end of the list already.", false);
    }
}

/// Removes it with its marks, and opens the one beside it.
pub fn remove(session: Session) {
    let Some(id) = session.view.open.get_untracked() else {
        return;
    };
    let (title, next) = session.peek(|project| {
        let documents = project.documents();
        let at = documents.iter().position(|it| it.id == id).unwrap_or(0);
        let next = documents
            .get(at + 1)
            .or_else(|| documents.get(at.wrapping_sub(1)));
        let title = documents
            .get(at)
            .map_or(String::new(), |it| it.title().to_owned());
        (title, next.map(|it| it.id.clone()))
    });
    match session.dispatch(Edit::RemoveDocument(id)) {
        Ok(_) => {
            if let Some(next) = next {
                session.view.open(next);
            }
            session
                .view
                .say(format!("Removed “{title}” with its marks"), true);
        }
        Err(error) => session.view.warn(error.to_string()),
    }
}
