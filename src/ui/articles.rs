//! The list of articles: what there is, how far one has come, what is marked where.

use leptos::prelude::*;

use super::commands::command_button;
use super::dynamic::{dynamic, when};
use super::element::{Element, button, element};
use super::long_list::long_list;
use super::rows::Key;
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
    language: Option<String>,
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
        language: document.meta.language_code().map(str::to_owned),
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
pub fn articles() -> AnyView {
    let (session, screen) = context();
    let ids = Derived::new(move || {
        session.with_documents(|project| {
            let documents = project.documents().iter();
            documents.map(|it| it.id.shared()).collect::<Vec<Key>>()
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
    let list = element("ol").class("long-list article-list");
    let open = move || session.view.open.get().map(|id| id.shared());
    let search = || {
        command_button("Search all articles", "search")
            .class("search-all")
            .view()
    };
    side_area(screen, Sheet::Articles, "Articles", tally, None)
        .with(when(move || !ids.with(Vec::is_empty), search))
        .with(long_list(list, move || ids.get(), open, article_row))
        .with(when(
            move || ids.with(Vec::is_empty),
            move || no_articles(screen),
        ))
        .view()
}

/// An area beside the article, with its name, a line on what is in it, and tools beside these.
pub fn side_area(
    screen: Screen,
    sheet: Sheet,
    name: &'static str,
    tally: impl Fn() -> String + Send + Sync + 'static,
    tools: Option<AnyView>,
) -> Element {
    let id = match sheet {
        Sheet::Articles => "articles",
        Sheet::Marks => "marks",
    };
    let close = button("Close", move || screen.sheet.set(None));
    let head = element("div")
        .class("side-head")
        .with(element("h2").say(name))
        .with(element("p").class("side-note").show(tally))
        .with(tools.unwrap_or_else(|| ().into_any()))
        .with(close.class("quiet sheet-close"));
    element("aside")
        .set("id", id)
        .class("side")
        .set("aria-label", name)
        .class_if("is-open", move || screen.sheet.get() == Some(sheet))
        .with(head)
}

fn article_row(key: Key) -> AnyView {
    let (session, screen) = context();
    let id = DocumentId::new(&key).expect("the list is made of ids");
    let shown = id.clone();
    let row = Derived::new(move || {
        session.with_marks(|project| project.document(&shown).map(|it| row(project, it)))
    });
    let is_open = {
        let id = id.clone();
        Derived::new(move || session.view.open.with(|open| open.as_ref() == Some(&id)))
    };
    let current = move || is_open.get().then(|| "true".to_owned());
    let progress =
        move || row.with(|it| it.as_ref().map(|it| progress_word(it.progress).to_owned()));
    let open = move || {
        session.view.open(id.clone());
        screen.sheet.set(None);
    };
    let button = element("button")
        .class("article-open")
        .follow_maybe("aria-current", current)
        .press(open)
        .with(dynamic(move || row.get().map_or_else(Vec::new, row_text)));
    element("li")
        .class("article-row")
        .set_to("data-document", key.to_string())
        .follow_maybe("data-progress", progress)
        .with(button)
        .view()
}

fn row_text(row: Row) -> Vec<AnyView> {
    let progress = element("span").class("article-progress");
    let mut facts = element("span")
        .class("article-facts")
        .with(progress.say(progress_name(row.progress)));
    for (id, slot, name, count) in row.counts {
        let badge = element("span")
            .set_to("class", format!("count label-{slot}"))
            .set_to("data-count", id)
            .set_to("title", format!("{count} × {name}"));
        facts = facts.with(badge.say_this(count.to_string()));
    }
    let title = element("span").class("article-title").set("dir", "auto");
    let source = element("span").class("article-source");
    vec![
        title.in_language(row.language).say_this(row.title).view(),
        source.say_this(row.source).view(),
        facts.view(),
    ]
}

fn no_articles(screen: Screen) -> AnyView {
    let sentence = move || {
        let sentence = if screen.loading.get() {
            "The articles are on their way…"
        } else {
            "No articles yet. Open files, paste a text, or drop files anywhere on this page."
        };
        sentence.to_owned()
    };
    element("p").class("side-empty").show(sentence).view()
}
