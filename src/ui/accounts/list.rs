//! All articles of an event with what is known of them, to choose which stand beside each other.

use leptos::prelude::*;

use super::facts;
use super::slot::{Desk, MOST};
use crate::model::{Document, DocumentId, Project};
use crate::session::Derived;
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, element, tick_box};

/// What a row shows.
#[derive(Clone, PartialEq)]
struct Row {
    id: DocumentId,
    title: String,
    source: String,
    words: usize,
    counts: Vec<usize>,
}

/// The panel.
pub fn list_panel(desk: Desk) -> AnyView {
    let names = move || {
        desk.session.with_marks(|project| {
            let labels = project.schema().labels().iter();
            labels.map(|it| it.name.clone()).collect::<Vec<_>>()
        })
    };
    let rows = Derived::new(move || {
        let event = desk.event();
        desk.session.with_marks(|project| {
            let all = facts::in_time(project, &event);
            all.iter().map(|it| row(project, it)).collect::<Vec<_>>()
        })
    });
    let table = dynamic(move || {
        let head = ["Beside each other", "Article", "Source", "Words"].map(str::to_owned);
        let head = head.into_iter().chain(names());
        let head = head.map(|it| element("th").set("scope", "col").say_this(it));
        let head = element("tr").with_all(head.collect());
        let body = rows.get().into_iter().map(|it| shown(desk, it));
        let table = element("table")
            .class("accounts")
            .with(element("thead").with(head))
            .with(element("tbody").with_all(body.collect()));
        vec![table.view()]
    });
    let told = format!("Up to {MOST} articles stand beside each other.");
    vec![element("p").class("side-note").say_this(told).view(), table].into_any()
}

fn row(project: &Project, document: &Document) -> Row {
    let labels = project.schema().labels().iter();
    Row {
        id: document.id.clone(),
        title: document.title().to_owned(),
        source: facts::source(document),
        words: facts::words(document),
        counts: labels
            .map(|it| project.annotations().count(&document.id, &it.id))
            .collect(),
    }
}

fn shown(desk: Desk, row: Row) -> Element {
    let comparing = desk.screen.comparing;
    let columns =
        move || comparing.with(|it| it.as_ref().map_or_else(Vec::new, |it| it.columns.clone()));
    let (id, changed) = (row.id.clone(), row.id.clone());
    let has = move || columns().contains(&id);
    let is_on = has.clone();
    let is_last_or_more = move || {
        let columns = columns();
        match has() {
            true => columns.len() == 1,
            false => columns.len() >= MOST,
        }
    };
    let set = move |on: bool| change(desk, &changed, on);
    let open = row.id.clone();
    let box_ = tick_box(is_on, set)
        .set_to("aria-label", row.title.clone())
        .follow_if("disabled", is_last_or_more);
    let title = element("button")
        .class("quiet way")
        .set("dir", "auto")
        .press(move || desk.session.view.open(open.clone()))
        .say_this(row.title);
    let number = |it: usize| element("td").class("number").say_this(facts::grouped(it));
    let cells = [
        element("td").with(element("label").class("tick").with(box_)),
        element("th").set("scope", "row").with(title),
        element("td").say_this(row.source),
        number(row.words),
    ];
    let counts = row.counts.into_iter().map(number);
    element("tr").with_all(cells.into_iter().chain(counts).collect())
}

/// Lets an article stand beside the others, in the order of time, or not.
fn change(desk: Desk, id: &DocumentId, on: bool) {
    let event = untrack(|| desk.event());
    let order: Vec<DocumentId> = desk.session.peek(|project| {
        let all = facts::in_time(project, &event);
        all.iter().map(|it| it.id.clone()).collect()
    });
    let view = desk.session.view;
    desk.change(|it| {
        let mut wanted = it.columns.clone();
        wanted.retain(|column| column != id);
        if on {
            wanted.push(id.clone());
        }
        it.columns = order.into_iter().filter(|it| wanted.contains(it)).collect();
    });
    let columns = desk.screen.comparing.get_untracked().map(|it| it.columns);
    let is_open = view.open.with_untracked(|it| it.as_ref() == Some(id));
    // The one that goes may be the open one: the work goes on in another column.
    if let Some(next) = columns.and_then(|it| it.first().cloned())
        && !on
        && is_open
    {
        view.open(next);
    }
}
