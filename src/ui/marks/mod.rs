//! The list of marks beside the article, and the tray of marks without a place.

mod picking;
mod row;
mod tray;
mod whose;

use std::sync::Arc;

use leptos::prelude::*;

use super::articles::side_area;
use super::dynamic::{dynamic, effect, settled, when};
use super::element::{element, field_name};
use super::long_list::long_list;
use super::{Sheet, context, counted, later};
use crate::dom::{self, paint::LABEL_SLOTS};
use crate::model::sorted::sort_by_key;
use crate::model::{Annotation, AnnotationId, Label};
use crate::session::{Derived, Session, Shown, Watched};
pub use picking::Listed;
use picking::pick_several;
pub(super) use picking::picking_bar;
use row::mark_row;
pub(super) use tray::tray;
pub(super) use whose::{by_whom, whose};

/// What the list is narrowed to.
#[derive(Clone, Copy)]
struct Filter {
    /// Which marks alone are shown, here and in the text.
    only: Watched<Shown>,
    words: RwSignal<String>,
    newest_first: RwSignal<bool>,
}

impl Filter {
    fn new(only: Watched<Shown>) -> Self {
        Self {
            only,
            words: RwSignal::new(String::new()),
            newest_first: RwSignal::new(false),
        }
    }

    fn track(&self) {
        self.only.track();
        self.words.track();
        self.newest_first.track();
    }

    fn is_on(&self) -> bool {
        !self.only.with(Shown::is_all) || !self.words.with(String::is_empty)
    }
}

/// The side area with the marks of the open article.
pub fn marks() -> AnyView {
    let (session, screen) = context();
    let view = session.view;
    let filter = Filter::new(view.only);
    let found = Watched::new(Vec::new());
    follow_marks(session, filter, found);
    let total = Derived::new(move || {
        let open = view.open.get();
        session.with_marks(|project| open.map_or(0, |id| project.annotations().of(&id).len()))
    });
    let shown = move || match filter.is_on() {
        true => found.with(Vec::len),
        false => total.get(),
    };
    let tally = move || match (total.get(), shown()) {
        (0, _) => String::new(),
        (total, shown) if shown < total => format!("{shown} of {total}"),
        (total, _) => counted(total, "mark", "marks"),
    };
    let keys = move || found.with(|found| found.iter().map(AnnotationId::shared).collect());
    let focused = move || view.focused.get().map(|id| id.shared());
    let list = element("ol").set("id", "mark-list").class("long-list");
    let begin = pick_several(found);
    side_area(screen, Sheet::Marks, "Marks", tally, Some(begin))
        .with(filter_row(filter))
        .with(later::view(|parts| (parts.tray)()))
        .with(later::view(move |parts| (parts.picking_bar)(found)))
        .with(long_list(list, keys, focused, move |key| {
            mark_row(key, found)
        }))
        .with(when(move || shown() == 0, move || no_marks(filter, total)))
        .view()
}

/// Keeps the list as the article and the filter ask at once; as the marks are, when those in the text are
/// painted, which are looked at first.
fn follow_marks(session: Session, filter: Filter, found: Listed) {
    let list = move || {
        let now = untrack(|| listed(session, filter));
        if found.with_untracked(|it| *it != now) {
            found.set(now);
        }
    };
    effect(move || {
        session.view.open.track();
        filter.track();
        list();
    });
    settled(move || session.with_marks(|_| ()), list);
}

/// The marks that the filter lets through, in the order that is wished.
fn listed(session: Session, filter: Filter) -> Vec<AnnotationId> {
    let Some(open) = session.view.open.get() else {
        return Vec::new();
    };
    let only = filter.only.get();
    let words = dom::lowercase(&filter.words.get());
    let newest_first = filter.newest_first.get();
    session.with_marks(|project| {
        let Some(document) = project.document(&open) else {
            return Vec::new();
        };
        let says = |it: &Annotation| {
            words.is_empty()
                || dom::lowercase(&it.words(&document.text, " … ")).contains(&words)
                || dom::lowercase(&it.note).contains(&words)
        };
        let all = project.annotations().of(&open).iter();
        let fits = |it: &&Arc<Annotation>| only.lets(it) && says(it);
        let mut found: Vec<&Arc<Annotation>> = all.filter(fits).collect();
        if newest_first {
            sort_by_key(&mut found, |it| std::cmp::Reverse(it.created));
        }
        found.into_iter().map(|it| it.id.clone()).collect()
    })
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
    let words = element("input").set("id", "mark-filter");
    let words = words
        .set("type", "search")
        .value(move || filter.words.get())
        .typed(move |words| filter.words.set(words));
    let order = element("select")
        .set("id", "mark-sort")
        .typed(move |order| filter.newest_first.set(order == "newest"))
        .with(
            element("option")
                .set("value", "position")
                .say("By position"),
        )
        .with(element("option").set("value", "newest").say("Newest first"));
    let shown = element("div")
        .class("filter-labels")
        .set("role", "group")
        .set("aria-label", "Show only")
        .with(dynamic(buttons));
    element("div")
        .class("filter")
        .set("role", "group")
        .set("aria-label", "Filter the marks")
        .with(element("span").class("field").say("Only"))
        .with(shown)
        .with(later::view(|parts| (parts.whose)()))
        .with(field_name("mark-filter", "Filter"))
        .with(words)
        .with(field_name("mark-sort", "Sort"))
        .with(order)
        .view()
}

/// Shows only this label, in the list and in the text; several may be on.
fn filter_button(filter: Filter, place: usize, label: Arc<Label>) -> AnyView {
    let (session, _) = context();
    let view = session.view;
    let id = label.id.clone();
    let choose = move || view.toggle_label(&id);
    let look = format!("filter-label label-{}", place % LABEL_SLOTS);
    let id = label.id.clone();
    let count = Derived::new(move || {
        let open = view.open.get();
        session.with_marks(|project| open.map_or(0, |it| project.annotations().count(&it, &id)))
    });
    let id = label.id.clone();
    element("button")
        .set_to("class", look)
        .set_to("data-filter", id.to_string())
        .follow("data-count", move || count.get().to_string())
        .follow("aria-description", move || {
            counted(count.get(), "mark", "marks")
        })
        .follow("aria-pressed", move || {
            filter
                .only
                .with(|only| only.labels.contains(&id))
                .to_string()
        })
        .press(choose)
        .say_this(label.name.clone())
        .view()
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
