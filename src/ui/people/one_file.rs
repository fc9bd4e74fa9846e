//! Saves the page itself as one file, with work in it: a copy to go on with, or a lesson that begins in it.

use leptos::task::spawn_local;

use super::class::Class;
use crate::dom;
use crate::format::one_file::{Purpose, with_work};
use crate::format::{self, lesson};
use crate::session::Session;
use crate::ui::{Screen, saving};

/// The media type for the browser: what is saved is never shown as a page of this site.
const MIME: &str = "application/octet-stream";

/// Hands the page with what `work` makes, which is JSON, to the person as the file `name`.
///
/// # Errors
/// A sentence, where the page cannot be had or the browser refuses.
pub async fn save(
    session: Session,
    purpose: Purpose,
    name: &str,
    work: impl FnOnce() -> String,
) -> Result<(), String> {
    let failed = |why: &str| {
        format!(
            "The page in one file, sourcelight.html, has to lie beside this page on its site, and it could not be had ({why}). \
             Export saves your work."
        )
    };
    let page = dom::one_file::text().await.map_err(|why| failed(&why))?;
    let page = with_work(&page, purpose, &session.new_id(), &work());
    let page = page.ok_or_else(|| failed("what is there is something else"))?;
    saving::save(name, MIME, page.as_bytes())
}

/// Saves a copy of the page with all articles, labels and marks in it, and the lesson one is in, and says so.
pub fn save_copy(session: Session, screen: Screen) {
    spawn_local(async move {
        let name = format!("{}.html", saving::dated_name(session, ""));
        let work = || {
            let opened = Class::of(session, screen).opened.get_untracked();
            session.peek(|project| match &opened {
                Some(it) => lesson::render_begun(project, &it.lesson, it.step),
                None => format::render_all(project),
            })
        };
        match save(session, Purpose::Copy, &name, work).await {
            Ok(()) => {
                screen.was_exported();
                let words =
                    format!("Saved as {name}: open it, and it begins with your articles and marks");
                session.view.say(words, false);
            }
            Err(sentence) => session.view.warn(sentence),
        }
    });
}
