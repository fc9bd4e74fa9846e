//! The list of articles: what there is, how far one has come, what is marked where.

use leptos::prelude::*;

use super::dynamic::{attr, dynamic, each, is, maybe, press, text, when};
use super::{Screen, Sheet, context, shown_date};
use crate::dom::paint::LABEL_SLOTS;
use crate::model::{Document, DocumentId, Progress, Project};
use crate::session::Derived;

/// The word for `data-progress`.
pub fn progress_word(progress: Progress) -> &'static str {
    match progress {
        Progress::ToDo => "to-do",
        Progress::InProgress => "in-progress",
        Progress::Done => "done",
    }
}

/// A state as people read it.
pub fn progress_name(progress: Progress) -> &'static str {
    match progress {
        Progress::ToDo => "To do",
        Progress::InProgress => "In progress",
        Progress::Done => "Done",
    }
}

/// What a row shows.
#[derive(Clone, PartialEq)]
struct Row {
    id: DocumentId,
    title: String,
    source: String,
    progress: Progress,
    /// Label id, slot, name and count, without the zeros.
    counts: Vec<(String, usize, String, usize)>,
}

fn row(project: &Project, document: &Document) -> Row {
    let source = [
        document.meta.outlet.clone(),
        shown_date(&document.meta.date),
    ];
    let labels = project.schema().labels().iter().enumerate();
    let counts = labels.map(|(place, label)| {
        let count = project.annotations().count(&document.id, &label.id);
        (
            label.id.to_string(),
            place % LABEL_SLOTS,
            label.name.to_ascii_lowercase(),
            count,
        )
    });
    Row {
        id: document.id.clone(),
        title: document.title().to_owned(),
        source: source
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        progress: document.progress,
        counts: counts.filter(|it| it.3 > 0).collect(),
    }
}

/// The side area with the list.
#[component]
pub fn Articles() -> impl IntoView {
    let (session, screen) = context();
    let ids = Derived::new(move || {
        session.with_documents(|project| {
            let documents = project.documents().iter();
            documents.map(|it| it.id.to_string()).collect::<Vec<_>>()
        })
    });
    let done = Derived::new(move || {
        session.with_documents(|project| {
            let documents = project.documents();
            let done = documents.iter().filter(|it| it.progress == Progress::Done);
            (done.count(), documents.len())
        })
    });
    let tally = move || match done.get() {
        (_, 0) => String::new(),
        (done, all) => format!("{done} of {all} done"),
    };
    view! {
        <aside
            {..attr("id", "articles")}
            class="side"
            {..attr("aria-label", "Articles")}
            class:is-open=is(move || screen.sheet.get() == Some(Sheet::Articles))
        >
            <div class="side-head">
                <h2>"Articles"</h2>
                <p class="side-note">{text(tally)}</p>
                <button class="quiet sheet-close" on:click=press(move || screen.sheet.set(None))>"Close"</button>
            </div>
            <ol class="article-list">
                {each(move || ids.get(), |id| view! { <ArticleRow id /> }.into_any())}
            </ol>
            {when(move || ids.with(Vec::is_empty), move || view! { <NoArticles screen /> }.into_any())}
        </aside>
    }
}

#[component]
fn ArticleRow(id: String) -> impl IntoView {
    let (session, screen) = context();
    let key = id.clone();
    let id = DocumentId::new(&id).expect("the list is made of ids");
    let shown = id.clone();
    let row = Derived::new(move || {
        session.with_marks(|project| project.document(&shown).map(|it| row(project, it)))
    });
    let is_open = {
        let id = id.clone();
        move || session.view.open.with(|open| open.as_ref() == Some(&id))
    };
    let current = move || is_open().then(|| "true".to_owned());
    let progress =
        move || row.with(|it| it.as_ref().map(|it| progress_word(it.progress).to_owned()));
    let open = move || {
        session.view.open(id.clone());
        screen.sheet.set(None);
    };
    view! {
        <li
            class="article-row"
            data-document=key
            data-progress=maybe(progress)
        >
            <button class="article-open" {..attr("aria-current", maybe(current))} on:click=press(open)>
                {dynamic(move || row.get().map_or_else(|| ().into_any(), row_text))}
            </button>
        </li>
    }
}

fn row_text(row: Row) -> AnyView {
    view! {
        <span class="article-title" {..attr("dir", "auto")}>{row.title}</span>
        <span class="article-source">{row.source}</span>
        <span class="article-facts">
            <span class="article-progress">{progress_name(row.progress)}</span>
            {counts(row.counts)}
        </span>
    }
    .into_any()
}

fn counts(counts: Vec<(String, usize, String, usize)>) -> impl IntoView {
    let shown = counts.into_iter().map(|(id, slot, name, count)| {
        view! {
            <span class=format!("count label-{slot}") {..attr("data-count", id)} {..attr("title", format!("{count} × {name}"))}>
                {count}
            </span>
        }
    });
    shown.collect::<Vec<_>>()
}

#[component]
fn NoArticles(screen: Screen) -> impl IntoView {
    let sentence = move || {
        let sentence = if screen.loading.get() {
            "The articles are on their way…"
        } else {
            "No articles yet. Open files, paste a text, or drop files anywhere on this page."
        };
        sentence.to_owned()
    };
    view! { <p class="side-empty">{text(sentence)}</p> }
}
