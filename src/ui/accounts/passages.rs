//! What stands in several articles, word for word or nearly: how much each two share, every passage, and
//! tints over them in the texts.

use std::sync::Arc;

use leptos::prelude::*;

use super::facts;
use super::places::way;
use super::slot::Desk;
use super::work;
use crate::analysis::{Matrix, SharedPassage, SharedSearch};
use crate::dom;
use crate::model::{DocumentId, Project};
use crate::session::shorten;
use crate::ui::counted;
use crate::ui::dynamic::{dynamic, effect};
use crate::ui::element::{Element, element, tick_box};
use crate::ui::opening::breathe;
use crate::ui::reader::Page;

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    pub passages: Vec<SharedPassage>,
    matrix: Matrix,
}

/// The passages that the articles of the event share.
pub async fn look(desk: Desk, turn: work::Turn) -> Option<Arc<Shared>> {
    let index = turn.index(desk.session).await?;
    let mut search = SharedSearch::new(&index);
    while !search.step(&index) {
        let (done, all) = search.progress();
        if !turn.tell(done, all) {
            work::keep(index);
            return None;
        }
        breathe().await;
    }
    let event = untrack(|| desk.event());
    let of_event: Vec<DocumentId> = desk.session.peek(|project| {
        let all = facts::of_event(project, &event);
        all.iter().map(|it| it.id.clone()).collect()
    });
    let mut passages = search.passages(&index);
    passages.retain(|it| it.places.iter().all(|place| of_event.contains(&place.0)));
    let matrix = Matrix::new(&index, &passages, false);
    work::keep(index);
    Some(Arc::new(Shared { passages, matrix }))
}

/// The panel.
pub fn passages_panel(desk: Desk) -> AnyView {
    desk.shared.set(None);
    desk.work.begin(move |turn| async move {
        if let Some(shared) = look(desk, turn).await {
            desk.shared.set(Some(shared));
        }
    });
    let paints = desk.paints;
    let tick = tick_box(move || paints.get(), move |on| paints.set(on));
    let switch = element("label")
        .class("switch")
        .with(tick)
        .say("Show them in the texts");
    let shown = dynamic(move || match desk.shared.get() {
        Some(shared) => vec![untrack(|| listed(desk, &shared))],
        None => Vec::new(),
    });
    vec![switch.view(), shown].into_any()
}

fn listed(desk: Desk, shared: &Shared) -> AnyView {
    if shared.passages.is_empty() {
        let told = "No passage of eight words or more stands in two of these articles.";
        return element("p").class("side-empty").say(told).view();
    }
    let own = shared.passages.iter().filter(|it| !it.is_quotation).count();
    let quoted = shared.passages.len() - own;
    let told = format!(
        "{}, and {}. Articles that copy from one place are not several confirmations.",
        counted(
            own,
            "passage in the writers’ own words",
            "passages in the writers’ own words"
        ),
        counted(
            quoted,
            "that is a quotation in both",
            "that are quotations in both"
        ),
    );
    let rows = shared.passages.iter().map(|it| passage(desk, it));
    let list = element("ol").class("passages").with_all(rows.collect());
    vec![
        element("p")
            .class("side-note")
            .set("role", "status")
            .say_this(told)
            .view(),
        matrix(desk, shared),
        list.view(),
    ]
    .into_any()
}

/// Article by article, how many words they share outside of quotations.
fn matrix(desk: Desk, shared: &Shared) -> AnyView {
    let event = untrack(|| desk.event());
    let names: Vec<(usize, String)> = desk.session.peek(|project| names(project, shared, &event));
    let head = names
        .iter()
        .map(|it| element("th").set("scope", "col").say_this(it.1.clone()));
    let head = element("tr")
        .with(element("td").with(element("span").class("visually-hidden").say("Article")))
        .with_all(head.collect());
    let row = |(at, name): &(usize, String)| {
        let cells = names.iter().map(|(other, _)| {
            let cell = element("td").class("number");
            match (at == other, shared.matrix.words(*at, *other)) {
                (true, _) => cell.say("–"),
                (_, 0) => cell.say("0"),
                (_, words) => cell.class("number is-shared").say_this(words.to_string()),
            }
        });
        element("tr")
            .with(element("th").set("scope", "row").say_this(name.clone()))
            .with_all(cells.collect())
    };
    let caption = element("caption").say("Words that two articles share outside of quotations");
    element("table")
        .class("matrix")
        .with(caption)
        .with(element("thead").with(head))
        .with(element("tbody").with_all(names.iter().map(row).collect()))
        .view()
}

fn names(project: &Project, shared: &Shared, event: &str) -> Vec<(usize, String)> {
    let all = facts::of_event(project, event);
    let number = |id: &DocumentId| shared.matrix.documents.iter().position(|it| it == id);
    let named = all
        .iter()
        .filter_map(|it| Some((number(&it.id)?, facts::outlet(it))));
    named.collect()
}

/// A passage with the ways to both of its places.
fn passage(desk: Desk, passage: &SharedPassage) -> Element {
    let likeness = (passage.likeness * 100.0) as u32;
    let kind = match (passage.is_quotation, likeness) {
        (true, _) => "a quotation in both".to_owned(),
        (false, 100) => "word for word".to_owned(),
        (false, _) => format!("{likeness} % the same"),
    };
    let told = format!("{}, {kind}", counted(passage.words, "word", "words"));
    let row = element("li").with(element("p").class("side-note").say_this(told));
    passage.places.iter().fold(row, |row, (id, span)| {
        let (outlet, words) = desk.session.peek(|project| {
            let document = project.document(id);
            let words = document.map_or("", |it| it.text.slice(*span));
            (facts::outlet_of(project, id), shorten(words, 220))
        });
        let line = element("p")
            .with(element("b").say_this(outlet))
            .say(" ")
            .with(way(desk, id, *span, words));
        row.with(line)
    })
}

/// Tints the shared passages in all columns as long as that is wanted.
pub fn follow_tints(desk: Desk) {
    effect(move || {
        desk.page.layout.track();
        desk.slots.iter().for_each(|it| it.page.layout.track());
        let is_on = desk.paints.get() && desk.screen.comparing.with(Option::is_some);
        let shared = desk.shared.get().filter(|_| is_on);
        for (name, quoted) in [("shared", false), ("shared-quote", true)] {
            let passages = shared.iter().flat_map(|it| &it.passages);
            let passages = passages.filter(|it| it.is_quotation == quoted);
            let places = passages.flat_map(|it| &it.places);
            let pages = || desk.slots.iter().map(|it| it.page).chain([desk.page]);
            let ranges: Vec<web_sys::Range> = places
                .flat_map(|it| {
                    pages()
                        .filter_map(|page| range(page, it))
                        .collect::<Vec<_>>()
                })
                .collect();
            dom::highlight::set(name, &ranges);
        }
    });
}

fn range(page: Page, (id, span): &(DocumentId, crate::model::Span)) -> Option<web_sys::Range> {
    let (host, document) = page.place().filter(|it| it.1.id == *id)?;
    dom::place::range_of(&host, &document.text, *span)
}
