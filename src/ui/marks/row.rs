//! One mark in the list; the one in focus shows its note and what can be done with it.

use leptos::prelude::*;

use super::picking::{self, Listed};
use crate::dom::paint::slot;
use crate::model::{Anchor, AnnotationId, Edit, EditError, LabelId};
use crate::session::{Command, Derived, Session, shorten};
use crate::ui::dynamic::{dynamic, effect, when};
use crate::ui::element::{ElementRef, button, element};
use crate::ui::keyboard::leave_field;
use crate::ui::palette::label_buttons;
use crate::ui::rows::Key;
use crate::ui::{Sheet, context, later};

/// What a row shows.
#[derive(Clone, PartialEq)]
struct Shown {
    label: String,
    slot: usize,
    quote: String,
    /// Of the words.
    language: Option<String>,
    note: String,
    anchor: Anchor,
}

fn shown(session: Session, id: &AnnotationId) -> Option<Shown> {
    session.with_marks(|project| {
        let annotation = project.annotations().get(id)?;
        let document = project.document(&annotation.document)?;
        let words = annotation.words(&document.text, " … ");
        let label = project.schema().get(&annotation.label);
        Some(Shown {
            label: label.map_or_else(|| annotation.label.to_string(), |it| it.name.clone()),
            slot: slot(project, &annotation.label),
            quote: shorten(&words, 160),
            language: document.meta.language_code().map(str::to_owned),
            note: annotation.note.to_string(),
            anchor: annotation.anchor,
        })
    })
}

/// A row of the list.
pub(super) fn mark_row(key: Key, listed: Listed) -> AnyView {
    let (session, screen) = context();
    let id = AnnotationId::new(&key).expect("the list is made of ids");
    let row = {
        let id = id.clone();
        Derived::new(move || shown(session, &id))
    };
    let is_focused = {
        let id = id.clone();
        Derived::new(move || {
            session
                .view
                .focused
                .with(|focused| focused.as_ref() == Some(&id))
        })
    };
    let show = {
        let id = id.clone();
        move |event| {
            if !picking::click(&event, &id, listed) {
                session.view.show(id.clone());
                screen.sheet.set(None);
            }
        }
    };
    let press = {
        let id = id.clone();
        move |event| picking::press(&event, &id, listed)
    };
    // A row whose mark is gone stands as it was until the list follows.
    let mut last = Vec::new();
    let text = move || {
        if let Some(row) = row.get() {
            last = vec![row];
        }
        last.iter().cloned().flat_map(row_text).collect()
    };
    let current = move || is_focused.get().then(|| "true".to_owned());
    let button = picking::show_picked(element("button"), id.clone())
        .class("mark-row")
        .follow_maybe("aria-current", current)
        .on("click", show)
        .on("keydown", press)
        .with(dynamic(text));
    element("li")
        .class("mark-item")
        .class_if("is-focused", move || is_focused.get())
        .set_to("data-annotation", key.to_string())
        .with(button)
        .with(when(
            move || is_focused.get(),
            move || inspector(id.clone()),
        ))
        .view()
}

fn row_text(row: Shown) -> Vec<AnyView> {
    let doubt = match row.anchor {
        Anchor::Exact => "",
        Anchor::Moved => "moved",
        Anchor::Ambiguous => "in doubt",
    };
    let part = |class: &str, words: String, language| {
        let part = element("span")
            .set_to("class", class.to_owned())
            .set("dir", "auto")
            .in_language(language);
        (!words.is_empty()).then(|| part.say_this(words).view())
    };
    let label = format!("mark-label label-{}", row.slot);
    let parts = [
        part(&label, row.label, None),
        part("mark-doubt", doubt.to_owned(), None),
        part("mark-quote", row.quote, row.language),
        part("mark-note", row.note, None),
    ];
    // A space between them, or a screen reader reads "ClaimThe town".
    let parts = parts.into_iter().flatten();
    parts.flat_map(|it| [it, " ".into_any()]).collect()
}

/// Note, labels and deletion of the mark in focus.
fn inspector(id: AnnotationId) -> AnyView {
    let (session, screen) = context();
    let field = format!("note-{id}");
    let mark = id.clone();
    let area = ElementRef::new();
    let note = {
        let id = id.clone();
        Derived::new(move || {
            session.with_marks(|project| {
                let annotation = project.annotations().get(&id);
                annotation.map_or(String::new(), |it| it.note.to_string())
            })
        })
    };
    let is_label = {
        let label = {
            let id = id.clone();
            Derived::new(move || {
                session
                    .with_marks(|project| project.annotations().get(&id).map(|it| it.label.clone()))
            })
        };
        move |other: &LabelId| label.with(|label| label.as_ref() == Some(other))
    };
    let asked = screen.note.get_untracked();
    effect(move || {
        if let (true, Some(area)) = (screen.note.get() != asked, area.get()) {
            screen.sheet.set(Some(Sheet::Marks));
            drop(area.focus());
        }
    });
    let write = move |words| match session.dispatch(Edit::SetNote(id.clone(), words)) {
        Ok(_) | Err(EditError::NoChange) => {}
        Err(error) => session.view.warn(error.to_string()),
    };
    let name = element("label")
        .class("field")
        .set_to("for", field.clone())
        .say("Note");
    let note = element("textarea")
        .set_to("id", field)
        .set("rows", "2")
        .set("dir", "auto")
        .found_by(area)
        .value(move || note.get())
        .typed(write)
        .on("keydown", |event| leave_field(&event));
    let labels = element("div").class("inspector-labels");
    let look = mark.clone();
    element("div")
        .class("inspector")
        .with(labels.with(label_buttons(session, is_label)))
        .with(later::view(move |parts| (parts.inspector)(mark.clone())))
        .with(name)
        .with(note)
        .with(later::view(move |parts| (parts.note_look)(look.clone())))
        .with(button("Delete", move || Command::Delete.run(session)).class("quiet"))
        .view()
}
