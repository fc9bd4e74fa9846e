//! Numbers that seem to count the same in several articles, each with the source its article names. Where
//! they differ it is asked, not said, whether they can all be right. The names stand below them.

use std::sync::Arc;

use leptos::prelude::*;

use super::facts;
use super::names::{self, names_section};
use super::places::way;
use super::slot::Desk;
use super::work;
use crate::analysis::{Figure, FigureGroup, Measure, figures};
use crate::session::Watched;
use crate::ui::counted;
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, element};

/// The groups of figures that stand in several articles, and how many numbers stand alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbers {
    pub groups: Vec<FigureGroup>,
    alone: usize,
}

/// The figures of the event.
pub async fn look(desk: Desk, turn: work::Turn) -> Option<Arc<Numbers>> {
    let index = turn.index(desk.session).await?;
    let event = untrack(|| desk.event());
    let documents = desk.session.peek(|it| facts::in_time(it, &event));
    let mut groups = figures(&index, &documents);
    work::keep(index);
    let all = groups.len();
    groups.retain(is_compared);
    Some(Arc::new(Numbers {
        alone: all - groups.len(),
        groups,
    }))
}

/// Whether the figures of a group stand in several articles.
fn is_compared(group: &FigureGroup) -> bool {
    let first = group.figures.first();
    group
        .figures
        .iter()
        .any(|it| first.is_some_and(|first| first.document != it.document))
}

/// What is asked about a group.
pub fn question(group: &FigureGroup) -> String {
    let what = group.what.as_str();
    let measure = group
        .figures
        .first()
        .map_or(Measure::Count, |it| it.measure);
    match measure {
        Measure::Count if what.is_empty() => "How many?".to_owned(),
        Measure::Count => format!("How many {what}?"),
        Measure::Money => "How much money?".to_owned(),
        Measure::Percent => "What share?".to_owned(),
        Measure::Time => "How long?".to_owned(),
        Measure::Date => "On which day?".to_owned(),
        Measure::Score => "With what result?".to_owned(),
        Measure::Change => "From how many to how many?".to_owned(),
        Measure::Quantity => format!("How many {what}?"),
    }
}

/// The panel.
pub fn figures_panel(desk: Desk) -> AnyView {
    let found: Watched<Option<Arc<Numbers>>> = Watched::new(None);
    let named = Watched::new(None);
    desk.work.begin(move |turn| async move {
        if let Some(numbers) = look(desk, turn).await {
            found.set(Some(numbers));
        }
        if let Some(names) = names::look(desk, turn).await {
            named.set(Some(names));
        }
    });
    let numbers = dynamic(move || match found.get() {
        Some(numbers) => vec![untrack(|| listed(desk, &numbers))],
        None => Vec::new(),
    });
    vec![numbers, names_section(desk, named)].into_any()
}

fn listed(desk: Desk, numbers: &Numbers) -> AnyView {
    if numbers.groups.is_empty() {
        let told = "No number stands in two of these articles, as far as it can be read. Numbers are read in English texts, digits in all.";
        return element("p").class("side-empty").say(told).view();
    }
    let (differ, agree): (Vec<_>, Vec<_>) = numbers.groups.iter().partition(|it| it.differs);
    let mut parts = Vec::new();
    for (groups, heading) in [
        (differ, "Can all of these be right?"),
        (agree, "These fit together"),
    ] {
        if !groups.is_empty() {
            parts.push(element("h3").say(heading).view());
            let rows = groups.into_iter().map(|it| group(desk, it));
            parts.push(
                element("div")
                    .class("figure-groups")
                    .with_all(rows.collect())
                    .view(),
            );
        }
    }
    let alone = counted(numbers.alone, "number stands", "numbers stand");
    let told = format!("{alone} in one article only.");
    parts.push(element("p").class("side-note").say_this(told).view());
    parts.into_any()
}

fn group(desk: Desk, group: &FigureGroup) -> Element {
    let rows = group.figures.iter().map(|it| figure(desk, it));
    let heads = ["Article", "Figure", "Source it names"];
    let heads = heads.map(|it| element("th").set("scope", "col").say(it));
    let head = element("tr").with_all(heads.into_iter().collect());
    element("table")
        .class("figures")
        .with(
            element("caption")
                .set("dir", "auto")
                .say_this(question(group)),
        )
        .with(element("thead").with(head))
        .with(element("tbody").with_all(rows.collect()))
}

fn figure(desk: Desk, figure: &Figure) -> Element {
    let (outlet, words, source) = told(desk, figure);
    let source_cell = element("td").set("dir", "auto");
    let source_cell = match source {
        Some(source) => source_cell.say_this(source),
        None => source_cell.class("side-note").say("none named"),
    };
    element("tr")
        .with(element("th").set("scope", "row").say_this(outlet))
        .with(element("td").with(way(desk, &figure.document, figure.span, words)))
        .with(source_cell)
}

/// The article, the words and the source of a figure.
pub fn told(desk: Desk, figure: &Figure) -> (String, String, Option<String>) {
    desk.session.peek(|project| {
        let document = project.document(&figure.document);
        let slice = |span| document.map_or_else(String::new, |it| it.text.slice(span).to_owned());
        (
            facts::outlet_of(project, &figure.document),
            slice(figure.span),
            figure.source.map(slice),
        )
    })
}
