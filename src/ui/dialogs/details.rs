//! What is known of an article, to be seen and mended.

use leptos::prelude::*;

use super::{Frame, close};
use crate::model::{DocumentId, DocumentMeta, Edit, EditError};
use crate::ui::context;
use crate::ui::dynamic::{attr, submitted, typed};

/// A field of the form: its id, its name, what it holds.
type Field = (&'static str, &'static str, RwSignal<String>);

/// The form.
#[component]
pub(super) fn Details(id: DocumentId) -> impl IntoView {
    let (session, screen) = context();
    let meta = session.peek(|project| project.document(&id).map(|it| it.meta.clone()));
    let meta = meta.unwrap_or_default();
    let field = |id, name, value: String| -> Field { (id, name, RwSignal::new(value)) };
    let fields = [
        field("details-title", "Title", meta.title),
        field("details-outlet", "Outlet", meta.outlet),
        field("details-author", "Author", meta.author),
        field("details-date", "Date", meta.date),
        field("details-url", "Address", meta.url),
        field("details-event", "Event", meta.event),
    ];
    let save = move || {
        let [title, outlet, author, date, url, event] =
            fields.map(|it| it.2.get_untracked().trim().to_owned());
        let meta = DocumentMeta {
            title,
            outlet,
            author,
            date,
            url,
            event,
        };
        match session.dispatch(Edit::Describe(id.clone(), meta)) {
            Ok(_) | Err(EditError::NoChange) => screen.dialog.set(None),
            Err(error) => session.view.warn(error.to_string()),
        }
    };
    let rows = fields.map(|(id, name, value)| {
        view! {
            <label class="field" {..attr("for", id)}>{name}</label>
            <input {..attr("id", id)} {..attr("dir", "auto")} prop:value=value on:input=typed(move |now| value.set(now)) />
        }
    });
    view! {
        <Frame id="details" title="Details of the article">
            <form class="form" on:submit=submitted(save)>
                {rows.into_iter().collect::<Vec<_>>()}
                <div class="buttons">
                    <button type="submit" class="primary">"Save"</button>
                    <button {..attr("type", "button")} on:click=close()>"Cancel"</button>
                </div>
            </form>
        </Frame>
    }
}
