//! The list of marks beside the article, and the tray of marks without a place.

mod row;
mod tray;

use std::sync::Arc;

use leptos::prelude::*;

use super::dynamic::{attr, dynamic, each, is, press, text, typed, when};
use super::{Sheet, context, counted};
use crate::dom::{self, paint::LABEL_SLOTS};
use crate::model::sorted::sort_by_key;
use crate::model::{Annotation, AnnotationId, LabelId};
use crate::session::{Derived, Watched};
use row::MarkRow;
use tray::Tray;

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
#[component]
pub fn Marks() -> impl IntoView {
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
    view! {
        <aside
            {..attr("id", "marks")}
            class="side"
            {..attr("aria-label", "Marks")}
            class:is-open=is(move || screen.sheet.get() == Some(Sheet::Marks))
        >
            <div class="side-head">
                <h2>"Marks"</h2>
                <p class="side-note">{text(tally)}</p>
                <button class="quiet sheet-close" on:click=press(move || screen.sheet.set(None))>"Close"</button>
            </div>
            <FilterRow filter />
            <Tray />
            <Pager filter rows found forward=false />
            <ol {..attr("id", "mark-list")}>
                {each(
                    move || rows.with(|it| it.1.iter().map(ToString::to_string).collect()),
                    |id| view! { <MarkRow id /> }.into_any(),
                )}
            </ol>
            <Pager filter rows found forward=true />
            {when(
                move || found.with(Vec::is_empty),
                move || view! { <NoMarks filter total /> }.into_any(),
            )}
        </aside>
    }
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

#[component]
fn FilterRow(filter: Filter) -> impl IntoView {
    let (session, _) = context();
    let labels =
        Derived::new(move || session.with_marks(|project| project.schema().labels().to_vec()));
    let buttons = move || {
        let all = labels.get().into_iter().enumerate();
        all.map(|(place, label)| {
            let (id, key) = (label.id.clone(), label.id.to_string());
            let choose = {
                let id = id.clone();
                move || {
                    filter.first.set(0);
                    filter.label.update(|on| {
                        *on = if on.as_ref() == Some(&id) {
                            None
                        } else {
                            Some(id.clone())
                        }
                    });
                }
            };
            let pressed = move || filter.label.with(|on| on.as_ref() == Some(&id)).to_string();
            view! {
                <button
                    class=format!("filter-label label-{}", place % LABEL_SLOTS)
                    {..attr("data-filter", key)}
                    {..attr("aria-pressed", text(pressed))}
                    on:click=press(choose)
                >
                    {label.name}
                </button>
            }
        })
        .collect::<Vec<_>>()
        .into_any()
    };
    let type_words = move |words| {
        filter.first.set(0);
        filter.words.set(words);
    };
    view! {
        <div class="filter" {..attr("role", "group")} {..attr("aria-label", "Filter the marks")}>
            <div class="filter-labels">{dynamic(buttons)}</div>
            <label class="field" for="mark-filter">"Filter"</label>
            <input {..attr("id", "mark-filter")} {..attr("type", "search")} prop:value=filter.words on:input=typed(type_words) />
            <label class="field" for="mark-sort">"Sort"</label>
            <select
                {..attr("id", "mark-sort")}
                on:change=typed(move |order| filter.newest_first.set(order == "newest"))
            >
                <option value="position">"By position"</option>
                <option value="newest">"Newest first"</option>
            </select>
        </div>
    }
}

/// A step to the rows before or after the window.
#[component]
fn Pager(
    filter: Filter,
    rows: Derived<(usize, Vec<AnnotationId>)>,
    found: Derived<Vec<AnnotationId>>,
    forward: bool,
) -> impl IntoView {
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
    view! {
        {when(
            move || { left() > 0 },
            move || view! { <button class="pager quiet" on:click=press(go)>{text(words)}</button> }.into_any(),
        )}
    }
}

#[component]
fn NoMarks(filter: Filter, total: Derived<usize>) -> impl IntoView {
    let sentence = move || {
        let sentence = if filter.is_on() && total.get() > 0 {
            "No mark fits the filter."
        } else {
            "Nothing is marked yet. Select words in the article and choose a label."
        };
        sentence.to_owned()
    };
    view! { <p class="side-empty">{text(sentence)}</p> }
}
