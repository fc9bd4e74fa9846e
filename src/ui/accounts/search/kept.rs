//! Searches that are kept in this browser, and what is offered before anything is typed.

use leptos::prelude::*;

use super::Search;
use crate::analysis::query::{Query, Wording};
use crate::dom;
use crate::model::{AttributeKind, LabelId, Project};
use crate::ui::Screen;
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, element};

/// The setting that they are kept as: one in each line.
const NAME: &str = "searches";

/// So many are kept; the oldest go.
const MOST: usize = 20;

/// Those that are kept.
pub fn read(screen: Screen) -> Vec<String> {
    let kept = screen.recall(NAME).unwrap_or_default();
    kept.lines().map(str::to_owned).collect()
}

/// The query as it is kept: in which order its lines are is no part of it.
fn written(query: &Query) -> String {
    let query = Query {
        order: Default::default(),
        words: query.words.trim().to_owned(),
        ..query.clone()
    };
    dom::route::written(&query.fields())
}

/// Keeps what is looked for now, or does not keep it any longer.
pub fn toggle(search: Search) {
    let this = search.query.with_untracked(written);
    // Another tab may have kept others meanwhile.
    let mut kept = read(search.desk.screen);
    match kept.iter().position(|it| *it == this) {
        Some(at) => drop(kept.remove(at)),
        None => kept.push(this),
    }
    kept.drain(..kept.len().saturating_sub(MOST));
    search.desk.screen.remember(NAME, &kept.join("\n"));
    search.kept.set(kept);
}

/// Whether what is looked for now is kept; follows both.
pub fn is_kept(search: Search) -> bool {
    let this = search.query.with(written);
    search.kept.with(|it| it.contains(&this))
}

/// The kept searches as ways to them.
pub fn list(search: Search) -> AnyView {
    dynamic(move || {
        let kept = search.kept.get();
        if kept.is_empty() {
            return Vec::new();
        }
        let now = search.query.with(written);
        let ways = kept.into_iter().map(|it| {
            let is_now = it == now;
            let query = Query::read(dom::route::fields(&it));
            untrack(|| way(search, query))
                .set("aria-pressed", if is_now { "true" } else { "false" })
        });
        let list = element("div")
            .class("search-kept")
            .set("role", "group")
            .set("aria-label", "Saved searches")
            .with(element("span").class("side-note").say("Saved:"))
            .with_all(ways.collect());
        vec![list.view()]
    })
}

/// A way to a query, which is called what it looks for.
fn way(search: Search, query: Query) -> Element {
    let name = search.desk.session.peek(|project| told(project, &query));
    let go = move || {
        let order = search.query.with_untracked(|it| it.order);
        search.look_for(&Query {
            order,
            ..query.clone()
        });
    };
    element("button")
        .set("type", "button")
        .set("dir", "auto")
        .press(go)
        .say_this(name)
}

/// What is said, and offered, before anything is typed.
pub fn nothing_yet(search: Search) -> AnyView {
    let told = "Type words to see every place where they stand, with what stands around them. Or choose marks alone: opinions within quotes, claims without evidence.";
    let offers = search.desk.session.peek(offers);
    let ways = offers.into_iter().map(|it| way(search, it));
    let ways = element("div").class("search-kept").with_all(ways.collect());
    element("div")
        .class("search-empty")
        .with(element("p").class("side-empty").say(told))
        .with(ways)
        .view()
}

/// Queries that this project can answer without a word being typed.
fn offers(project: &Project) -> Vec<Query> {
    let schema = project.schema();
    let known = |id: &str| LabelId::new(id).filter(|it| schema.get(it).is_some());
    let mut offers = Vec::new();
    if let (Some(label), Some(within)) = (known("opinion"), known("quote")) {
        let mut query = Query::default();
        (query.marks.label, query.marks.within) = (Some(label), Some(within));
        offers.push(query);
    }
    let questions = schema.attributes().into_iter();
    for question in questions.filter(|it| it.kind == AttributeKind::Spans) {
        if let Some(label) = question.labels.first() {
            let mut query = Query::default();
            query.marks.label = Some(label.clone());
            query.marks.answer = Some((question.id.to_string(), false));
            offers.push(query);
        }
    }
    offers
}

/// A query in words: `“ferry” in Claim within Quote`.
fn told(project: &Project, query: &Query) -> String {
    let name = |id: &LabelId| {
        let known = project.schema().get(id);
        known.map_or_else(|| id.to_string(), |it| it.name.clone())
    };
    let words = query.words.trim();
    let mut parts = Vec::new();
    if query.has_words() {
        parts.push(match query.wording {
            Wording::Words => words.to_owned(),
            Wording::Phrase => format!("“{words}”"),
            Wording::Pattern => format!("/{words}/"),
        });
    }
    match (&query.marks.label, query.has_words()) {
        (Some(label), true) => parts.push(format!("in {}", name(label))),
        (Some(label), false) => parts.push(name(label)),
        (None, true) => {}
        (None, false) => parts.push("Any mark".to_owned()),
    }
    if let Some(within) = &query.marks.within {
        parts.push(format!("within {}", name(within)));
    }
    if let Some((id, is_answered)) = &query.marks.answer {
        let questions = project.schema().attributes();
        let known = questions.iter().find(|it| it.id.as_str() == id);
        let question = known.map_or(id.as_str(), |it| &it.name);
        let how = if *is_answered { "with" } else { "without" };
        parts.push(format!("{how} “{question}”"));
    }
    parts.join(" ")
}
