//! Hands the work to the person as files of our own. It works before any other part of the program
//! is here: no one shall need a connection to save the work.

use leptos::prelude::*;

use super::{Screen, today};
use crate::dom;
use crate::format;
use crate::model::{AnnotationId, DocumentId, Project};
use crate::session::Session;

/// The media type of a project file.
pub(super) const MIME: &str = "application/json";

/// All articles.
pub(super) fn everything(project: &Project) -> Vec<DocumentId> {
    let documents = project.documents().iter();
    documents.map(|it| it.id.clone()).collect()
}

/// Saves everything in a file at once.
pub fn export_all(session: Session, screen: Screen) {
    let ids = session.peek(everything);
    tell(session, download(session, screen, &ids));
}

/// Saves the marks that are picked in a file at once.
pub fn export_picked(session: Session) {
    let saved = download_marks(session, &untrack(|| session.picked()));
    tell(session, saved);
}

/// Says under which name a file was saved, or why it was not; answers whether it was.
pub(super) fn tell(session: Session, saved: Result<String, String>) -> bool {
    let is_saved = saved.is_ok();
    match saved {
        Ok(name) => session.view.say(format!("Exported as {name}"), false),
        Err(sentence) => session.view.warn(sentence),
    }
    is_saved
}

/// Hands a file with these marks and their articles to the person; answers with its name.
fn download_marks(session: Session, ids: &[AnnotationId]) -> Result<String, String> {
    let json = session.peek(|project| format::render_all(&project.excerpt(ids)));
    let name = format!("{}.json", dated_name(session, "selected-"));
    save(&name, MIME, json.as_bytes())?;
    Ok(name)
}

/// The name of a file of today, without its ending.
pub(super) fn dated_name(session: Session, what: &str) -> String {
    format!("sourcelight-{what}{}", today(session.now()))
}

/// Hands a file to the person.
///
/// # Errors
/// A sentence with the browser's reason.
pub(super) fn save(name: &str, mime: &str, bytes: &[u8]) -> Result<(), String> {
    dom::file::download(name, mime, bytes)
        .map_err(|reason| format!("The file could not be saved ({reason})."))
}

/// Hands a project file with these articles to the person; answers with its name.
///
/// # Errors
/// As [`save`].
pub(super) fn download(
    session: Session,
    screen: Screen,
    ids: &[DocumentId],
) -> Result<String, String> {
    let (json, title) = session.peek(|project| {
        let only = match ids {
            [one] => project.document(one).map(|it| it.title().to_owned()),
            _ => None,
        };
        (format::render(project, ids), only)
    });
    let part = title
        .map(|it| dom::file::name_part(&it))
        .filter(|it| !it.is_empty());
    let name = match part {
        Some(part) => format!("sourcelight-{part}.json"),
        None => format!("{}.json", dated_name(session, "")),
    };
    save(&name, MIME, json.as_bytes())?;
    if let Some(keeper) = screen.keeper()
        && ids.len() == session.peek(|project| project.documents().len())
    {
        keeper.was_exported();
        // The first deliberate save is the moment to ask; the answer is shown where the work is.
        keeper.persist(Box::new(|_| ()));
    }
    Ok(name)
}
