//! What stands above the text: title, source, state, and what can be done with the article.

use leptos::prelude::*;

use crate::model::{BlockKind, Document, DocumentId, Edit, Progress};
use crate::session::{Derived, Session};
use crate::ui::articles::{progress_name, progress_word};
use crate::ui::dynamic::{attr, dynamic, is, press, ticked};
use crate::ui::{Dialog, context, shown_date};

/// Whether the text itself begins with the title, which then need not stand twice.
fn begins_with_title(document: &Document) -> bool {
    let first = document.text.blocks()[0];
    document.block_kind(0) == BlockKind::Heading(1)
        && document.text.slice(first.span()).trim() == document.title().trim()
}

/// Outlet, author and date in one line.
fn source_line(document: &Document) -> String {
    let meta = &document.meta;
    let date = shown_date(&meta.date);
    let parts = [meta.outlet.as_str(), meta.author.as_str(), date.as_str()];
    let known: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    known.join(" · ")
}

/// The head of the open article.
#[component]
pub fn ReaderHead(id: DocumentId) -> impl IntoView {
    let (session, _) = context();
    let shown = id.clone();
    let facts = Derived::new(move || {
        session.with_documents(|project| {
            let document = project.document(&shown)?;
            let title = document.title().to_owned();
            Some((
                title,
                source_line(document),
                begins_with_title(document),
                document.meta.url.clone(),
            ))
        })
    });
    let heading = move || {
        let Some((title, source, twice, url)) = facts.get() else {
            return ().into_any();
        };
        view! {
            <h2 {..attr("id", "reader-title")} class="reader-title" {..attr("dir", "auto")} class:visually-hidden=twice>{title}</h2>
            <p class="reader-source">{source}</p>
            <p class="reader-address">{url}</p>
        }
        .into_any()
    };
    view! {
        <header {..attr("id", "reader-head")}>
            {dynamic(heading)}
            <div class="reader-tools">
                <StatePicker id=id.clone() />
                <ArticleTools id />
            </div>
        </header>
    }
}

#[component]
fn StatePicker(id: DocumentId) -> impl IntoView {
    let (session, _) = context();
    let shown = id.clone();
    let progress = Derived::new(move || {
        session.with_documents(|project| project.document(&shown).map(|it| it.progress))
    });
    let choices = [Progress::ToDo, Progress::InProgress, Progress::Done].map(|choice| {
        let id = id.clone();
        let choose = move |_| {
            // Choosing what is chosen already changes nothing, and there is nothing to say.
            drop(session.dispatch(Edit::SetProgress(id.clone(), choice)));
        };
        view! {
            <label class="choice">
                <input
                    {..attr("type", "radio")}
                    {..attr("name", "progress")}
                    {..attr("value", progress_word(choice))}
                    prop:checked=is(move || progress.get() == Some(choice))
                    on:change=ticked(choose)
                />
                <span>{progress_name(choice)}</span>
            </label>
        }
    });
    view! {
        <fieldset class="choices">
            <legend class="visually-hidden">"State"</legend>
            {choices.into_iter().collect::<Vec<_>>()}
        </fieldset>
    }
}

#[component]
fn ArticleTools(id: DocumentId) -> impl IntoView {
    let (session, screen) = context();
    let details = {
        let id = id.clone();
        move || screen.open(Dialog::Details(id.clone()))
    };
    let up = {
        let id = id.clone();
        move || move_by(session, &id, -1)
    };
    let down = {
        let id = id.clone();
        move || move_by(session, &id, 1)
    };
    let remove = move || remove(session, &id);
    view! {
        <div class="reader-buttons">
            <button class="quiet" on:click=press(details)>"Details"</button>
            <button class="quiet" on:click=press(up)>"Move up"</button>
            <button class="quiet" on:click=press(down)>"Move down"</button>
            <button class="quiet" on:click=press(remove)>"Remove"</button>
        </div>
    }
}

fn move_by(session: Session, id: &DocumentId, by: i32) {
    if session
        .dispatch(Edit::MoveDocument(id.clone(), by))
        .is_err()
    {
        session
            .view
            .say("The article is at the end of the list already.", false);
    }
}

fn remove(session: Session, id: &DocumentId) {
    let (title, next) = session.peek(|project| {
        let documents = project.documents();
        let at = documents.iter().position(|it| it.id == *id).unwrap_or(0);
        let next = documents
            .get(at + 1)
            .or_else(|| documents.get(at.wrapping_sub(1)));
        let title = documents
            .get(at)
            .map_or(String::new(), |it| it.title().to_owned());
        (title, next.map(|it| it.id.clone()))
    });
    match session.dispatch(Edit::RemoveDocument(id.clone())) {
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
