//! The list of marks beside the article, and the tray of marks without a place.

mod row;
mod tray;

use std::sync::Arc;

use leptos::prelude::*;

use super::articles::side_area;
use super::dynamic::{dynamic, each, when};
use super::element::{element, field_name};
use super::{Sheet, context, counted};
use crate::dom::{self, paint::LABEL_SLOTS};
use crate::model::sorted::sort_by_key;
use crate::model::{Annotation, AnnotationId, Label, LabelId};
use crate::session::{Derived, Watched};
use row::mark_row;
use tray::tray;

/// How many rows stand in the page at once. A list of ten thousand would cost more than the text.
const ROWS: usize = 60;

/// What the list is narrowed to.
#[derive(Clone, Copy)]
struct Filter {
    label: Watched<Option<LabelId>>,
    words: RwSignal<String>,
    newest_first: RwSignal<bool>,
    /// The first row that stands in the page.
    first: Watched<usize>,
}

impl Filter {
    fn new() -> Self {
        Self {
            label: Watched::new(None),
            words: RwSignal::new(String::new()),
            newest_first: RwSignal::new(false),
            first: Watched::new(0),
        }
    }

    fn is_on(&self) -> bool {
        self.label.with(Option::is_some) || !self.words.with(String::is_empty)
    }
}

/// The side area with the marks of the open article.
pub fn marks() -> AnyView {
    let (session, screen) = context();
    let view = session.view;
    let filter = Filter::new();
    let found = Derived::new(move || listed(filter));
    let rows = Derived::new(move || {
        let focused = view.focused.get();
        found.with(|found| window_of(found, filter.first.get(), focused.as_ref()))
    });
    let total = Derived::new(move || {
        let open = view.open.get();
        session.with_marks(|project| open.map_or(0, |id| project.annotations().of(&id).len()))
    });
    let tally = move || match (total.get(), found.with(Vec::len)) {
        (0, _) => String::new(),
        (total, shown) if shown < total => format!("{shown} of {total}"),
        (total, _) => counted(total, "mark", "marks"),
    };
    let keys = move || rows.with(|it| it.1.iter().map(ToString::to_string).collect());
    let list = element("ol").set("id", "mark-list");
    side_area(screen, Sheet::Marks, "Marks", tally)
        .with(filter_row(filter))
        .with(tray())
        .with(pager(filter, rows, found, false))
        .with(list.with(each(keys, mark_row)))
        .with(pager(filter, rows, found, true))
        .with(when(
            move || found.with(Vec::is_empty),
            move || no_marks(filter, total),
        ))
        .view()
}

/// The marks that the filter lets through, in the order that is wished.
fn listed(filter: Filter) -> Vec<AnnotationId> {
    let (session, _) = context();
    let Some(open) = session.view.open.get() else {
        return Vec::new();
    };
    let label = filter.label.get();
    let words = dom::lowercase(&filter.words.get());
    let newest_first = filter.newest_first.get();
    session.with_marks(|project| {
        let Some(document) = project.document(&open) else {
            return Vec::new();
        };
        let says = |it: &Annotation| {
            words.is_empty()
                || dom::lowercase(document.text.slice(it.hull())).contains(&words)
                || dom::lowercase(&it.note).contains(&words)
        };
        let all = project.annotations().of(&open).iter();
        let fits =
            |it: &&Arc<Annotation>| label.as_ref().is_none_or(|id| it.label == *id) && says(it);
        let mut found: Vec<&Arc<Annotation>> = all.filter(fits).collect();
        if newest_first {
            sort_by_key(&mut found, |it| std::cmp::Reverse(it.created));
        }
        found.into_iter().map(|it| it.id.clone()).collect()
    })
}

/// The rows that stand in the page: from `first` on, or around the mark in focus where that would
/// not be among them. Answers with the index of the first and the rows.
fn window_of(
    found: &[AnnotationId],
    first: usize,
    focused: Option<&AnnotationId>,
) -> (usize, Vec<AnnotationId>) {
    let mut from = first.min(found.len().saturating_sub(1));
    if let Some(at) = focused.and_then(|id| found.iter().position(|it| it == id))
        && !(from..from + ROWS).contains(&at)
    {
        from = at.saturating_sub(ROWS / 2);
    }
    let to = (from + ROWS).min(found.len());
    (from, found[from.min(to)..to].to_vec())
}

fn filter_row(filter: Filter) -> AnyView {
    let (session, _) = context();
    let labels =
        Derived::new(move || session.with_marks(|project| project.schema().labels().to_vec()));
    let buttons = move || {
        let all = labels.get().into_iter().enumerate();
        all.map(|(place, label)| filter_button(filter, place, label))
            .collect()
    };
    let type_words = move |words| {
        filter.first.set(0);
        filter.words.set(words);
    };
    let words = element("input").set("id", "mark-filter");
    let words = words
        .set("type", "search")
        .value(move || filter.words.get())
        .typed(type_words);
    let order = element("select")
        .set("id", "mark-sort")
        .typed(move |order| filter.newest_first.set(order == "newest"))
        .with(
            element("option")
                .set("value", "position")
                .say("By position"),
        )
        .with(element("option").set("value", "newest").say("Newest first"));
    element("div")
        .class("filter")
        .set("role", "group")
        .set("aria-label", "Filter the marks")
        .with(element("div").class("filter-labels").with(dynamic(buttons)))
        .with(field_name("mark-filter", "Filter"))
        .with(words)
        .with(field_name("mark-sort", "Sort"))
        .with(order)
        .view()
}

fn filter_button(filter: Filter, place: usize, label: Label) -> AnyView {
    let id = label.id.clone();
    let choose = move || {
        filter.first.set(0);
        filter.label.update(|on| {
            *on = if on.as_ref() == Some(&id) {
                None
            } else {
                Some(id.clone())
            }
        });
    };
    let look = format!("filter-label label-{}", place % LABEL_SLOTS);
    let id = label.id;
    element("button")
        .set_to("class", look)
        .set_to("data-filter", id.to_string())
        .follow("aria-pressed", move || {
            filter.label.with(|on| on.as_ref() == Some(&id)).to_string()
        })
        .press(choose)
        .say_this(label.name)
        .view()
}

/// A step to the rows before or after the window.
fn pager(
    filter: Filter,
    rows: Derived<(usize, Vec<AnnotationId>)>,
    found: Derived<Vec<AnnotationId>>,
    forward: bool,
) -> AnyView {
    let (session, _) = context();
    let left = move || {
        let (from, shown) = rows.with(|(from, shown)| (*from, shown.len()));
        if forward {
            found.with(Vec::len) - (from + shown).min(found.with(Vec::len))
        } else {
            from
        }
    };
    let go = move || {
        let from = rows.with_untracked(|it| it.0);
        // A focus elsewhere would pull the window back to itself.
        session.view.focused.set(None);
        filter.first.set(if forward {
            from + ROWS
        } else {
            from.saturating_sub(ROWS)
        });
    };
    let words = move || match forward {
        true => format!("Show {} later", left().min(ROWS)),
        false => format!("Show {} earlier", left().min(ROWS)),
    };
    let button = move || {
        let button = element("button").class("pager quiet");
        button.press(go).show(words).view()
    };
    when(move || left() > 0, button)
}

fn no_marks(filter: Filter, total: Derived<usize>) -> AnyView {
    let sentence = move || {
        let sentence = if filter.is_on() && total.get() > 0 {
            "No mark fits the filter."
        } else {
            "Nothing is marked yet. Select words in the article and choose a label."
        };
        sentence.to_owned()
    };
    element("p").class("side-empty").show(sentence).view()
}
