//! Saves the page itself as one file, with work in it: a copy to go on with, or a lesson that begins in it.

use leptos::task::spawn_local;

use crate::dom;
use crate::format;
use crate::format::one_file::{Purpose, with_work};
use crate::session::Session;
use crate::ui::saving;

/// The media type for the browser: what is saved is never shown as a page of this site.
const MIME: &str = "application/octet-stream";

/// Hands the page with `work`, which is JSON, to the person as the file `name`.
///
/// # Errors
/// A sentence, where the page cannot be had or the browser refuses.
pub async fn save(
    session: Session,
    purpose: Purpose,
    name: &str,
    work: &str,
) -> Result<(), String> {
    let failed = |why: &str| {
        format!(
            "The page in one file, sourcelight.html, has to lie beside this page on its site, and it could not be had ({why}). \
             Export saves your work."
        )
    };
    let page = dom::one_file::text().await.map_err(|why| failed(&why))?;
    let page = with_work(&page, purpose, &session.new_id(), work);
    let page = page.ok_or_else(|| failed("what is there is something else"))?;
    saving::save(name, MIME, page.as_bytes())
}

/// Saves a copy of the page with all articles, labels and marks in it, and says so.
pub fn save_copy(session: Session) {
    spawn_local(async move {
        let name = format!("{}.html", saving::dated_name(session, ""));
        let work = session.peek(format::render_all);
        match save(session, Purpose::Copy, &name, &work).await {
            Ok(()) => session.view.say(
                format!("Saved as {name}: open it, and it begins with your articles and marks"),
                false,
            ),
            Err(sentence) => session.view.warn(sentence),
        }
    });
}
