//! One mark in the list; the one in focus shows its note and what can be done with it.

use leptos::prelude::*;

use crate::dom::paint::slot;
use crate::model::{Anchor, AnnotationId, Edit, EditError, LabelId};
use crate::session::{Command, Derived, Session, shorten};
use crate::ui::dynamic::{attr, dynamic, effect, is, maybe, press, text, typed, when};
use crate::ui::palette::label_buttons;
use crate::ui::{Sheet, context};

/// What a row shows.
#[derive(Clone, PartialEq)]
struct Shown {
    label: String,
    slot: usize,
    quote: String,
    note: String,
    anchor: Anchor,
}

fn shown(session: Session, id: &AnnotationId) -> Option<Shown> {
    session.with_marks(|project| {
        let annotation = project.annotations().get(id)?;
        let document = project.document(&annotation.document)?;
        let words = annotation
            .fragments()
            .iter()
            .map(|it| document.text.slice(*it));
        let label = project.schema().get(&annotation.label);
        Some(Shown {
            label: label.map_or_else(|| annotation.label.to_string(), |it| it.name.clone()),
            slot: slot(project, &annotation.label),
            quote: shorten(&words.collect::<Vec<_>>().join(" … "), 160),
            note: annotation.note.to_string(),
            anchor: annotation.anchor,
        })
    })
}

/// A row of the list.
#[component]
pub(super) fn MarkRow(id: String) -> impl IntoView {
    let (session, screen) = context();
    let key = id.clone();
    let id = AnnotationId::new(&id).expect("the list is made of ids");
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
    let item = NodeRef::<leptos::html::Li>::new();
    effect(move || {
        if let (true, Some(item)) = (is_focused.get(), item.get()) {
            keep_in_sight(&item);
        }
    });
    let show = {
        let id = id.clone();
        move || {
            session.view.show(id.clone());
            screen.sheet.set(None);
        }
    };
    let inspector = move || view! { <Inspector id=id.clone() /> }.into_any();
    view! {
        <li class="mark-item" class:is-focused=is(move || is_focused.get()) data-annotation=key node_ref=item>
            <button class="mark-row" {..attr("aria-current", maybe(move || is_focused.get().then(|| "true".to_owned())))} on:click=press(show)>
                {dynamic(move || row.get().map_or_else(|| ().into_any(), row_text))}
            </button>
            {when(move || is_focused.get(), inspector)}
        </li>
    }
}

fn row_text(row: Shown) -> AnyView {
    let doubt = match row.anchor {
        Anchor::Exact => None,
        Anchor::Moved => Some("moved"),
        Anchor::Ambiguous => Some("in doubt"),
    };
    view! {
        <span class=format!("mark-label label-{}", row.slot)>{row.label}</span>
        {doubt.map(|doubt| view! { <span class="mark-doubt">{doubt}</span> })}
        <span class="mark-quote" {..attr("dir", "auto")}>{row.quote}</span>
        {(!row.note.is_empty()).then(|| view! { <span class="mark-note" {..attr("dir", "auto")}>{row.note}</span> })}
    }
    .into_any()
}

/// Scrolls the list, and only the list, so that the row can be seen.
fn keep_in_sight(item: &web_sys::HtmlElement) {
    let Some(list) = item.closest("#marks").ok().flatten() else {
        return;
    };
    let (row, area) = (
        item.get_bounding_client_rect(),
        list.get_bounding_client_rect(),
    );
    if row.top() < area.top() + 60.0 || row.bottom() > area.bottom() {
        let middle = row.top() - area.top() - area.height() / 2.0;
        list.set_scroll_top(list.scroll_top() + middle as i32);
    }
}

/// Note, labels and deletion of the mark in focus.
#[component]
fn Inspector(id: AnnotationId) -> impl IntoView {
    let (session, screen) = context();
    let field = format!("note-{id}");
    let area = NodeRef::<leptos::html::Textarea>::new();
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
    let leave = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape"
            && let Some(area) = area.get_untracked()
        {
            event.prevent_default();
            drop(area.blur());
        }
    };
    view! {
        <div class="inspector">
            <div class="inspector-labels">{label_buttons(session, is_label)}</div>
            <label class="field" {..attr("for", field.clone())}>"Note"</label>
            <textarea
                {..attr("id", field)}
                {..attr("rows", "2")}
                {..attr("dir", "auto")}
                node_ref=area
                prop:value=text(move || note.get())
                on:input=typed(write)
                on:keydown=leave
            ></textarea>
            <button class="quiet" on:click=press(move || Command::Delete.run(session))>"Delete"</button>
        </div>
    }
}
