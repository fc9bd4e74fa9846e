//! What is known of an article, to be seen and mended.

use leptos::prelude::*;

use super::{form_buttons, frame, leave};
use crate::model::{DocumentId, DocumentMeta, Edit, EditError};
use crate::ui::element::{button, element, field_name, form};
use crate::ui::{Dialog, context};

/// A field of the form: its id, its name, what it holds.
type Field = (&'static str, &'static str, RwSignal<String>);

/// What reads the article aloud is told its language by a code.
const LANGUAGE: &str = "Language (its code, such as en)";

/// The form of such a code, as [`DocumentMeta::language_code`] has it.
const CODE: &str = "\\s*[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\\s*";

const EXAMPLES: &str = "The code of a language, such as en, de, ar or zh-Hant";

/// The form.
pub(super) fn details(id: DocumentId) -> AnyView {
    let (session, screen) = context();
    let meta = session.peek(|project| project.document(&id).map(|it| it.meta.clone()));
    let meta = meta.unwrap_or_default();
    let earlier = id.clone();
    let field = |id, name, value: String| -> Field { (id, name, RwSignal::new(value)) };
    let fields = [
        field("details-title", "Title", meta.title),
        field("details-outlet", "Outlet", meta.outlet),
        field("details-author", "Author", meta.author),
        field("details-date", "Date", meta.date),
        field("details-url", "Address", meta.url),
        field("details-event", "Event", meta.event),
        field("details-language", LANGUAGE, meta.language),
    ];
    let save = move || {
        let [title, outlet, author, date, url, event, language] =
            fields.map(|it| it.2.get_untracked().trim().to_owned());
        let meta = DocumentMeta {
            title,
            outlet,
            author,
            date,
            url,
            event,
            language,
        };
        match session.dispatch(Edit::Describe(id.clone(), meta)) {
            Ok(_) | Err(EditError::NoChange) => leave(),
            Err(error) => session.view.warn(error.to_string()),
        }
    };
    let mut rows = form(save);
    for (id, name, value) in fields {
        let mut field = element("input").set("id", id).set("dir", "auto");
        if name == LANGUAGE {
            // The browser says so beside the field where it is none.
            field = field.set("pattern", CODE).set("title", EXAMPLES);
        }
        let field = field
            .value(move || value.get())
            .typed(move |now| value.set(now));
        rows = rows.with(field_name(id, name)).with(field);
    }
    let later = button("A later text of it…", move || {
        screen.open(Dialog::Edition(earlier.clone(), None));
    });
    let buttons = form_buttons(element("button").say("Save"), "Cancel");
    let buttons = buttons.with(later.set("type", "button"));
    frame("details", "Details of the article")
        .with(rows.with(buttons))
        .view()
}
