//! Marks from the lines: the one in focus by a key, those that are ticked by a button or a key, in one step.
//! Above the lines: how they are sorted, and what is ticked.

use leptos::prelude::*;

use super::{Search, kept};
use crate::analysis::concordance::{Line, Order};
use crate::analysis::query::Query;
use crate::dom::keys;
use crate::model::sorted::{SortedSet, sort_by_key};
use crate::model::{AnnotationId, DocumentId, Edit, EditError, LabelId, Span};
use crate::session::Derived;
use crate::ui::commands::meaning;
use crate::ui::counted;
use crate::ui::dynamic::when;
use crate::ui::element::{Element, button, element};
use crate::ui::palette::label_buttons_that;

/// What lines may be sorted by.
const ORDERS: [(Order, &str); 4] = [
    (Order::Text, "Article"),
    (Order::Time, "Date"),
    (Order::Left, "Words before"),
    (Order::Right, "Words after"),
];

impl Search {
    fn ticked(self) -> Vec<usize> {
        self.ticks.with_untracked(|ticks| {
            let all = ticks.iter().enumerate();
            all.filter(|it| *it.1).map(|it| it.0).collect()
        })
    }

    /// Which of other lines are ticked: those that are now, and are still among them.
    pub fn ticks_in(self, lines: &[Line]) -> Vec<bool> {
        let found = self.found.get_untracked().unwrap_or_default();
        let ticked = self.ticked().into_iter();
        let ticked = SortedSet::of_keys(ticked.filter_map(|at| found.lines.get(at)));
        lines.iter().map(|it| ticked.contains(&it)).collect()
    }

    /// Ticks a line, or not.
    pub fn tick(self, at: usize, on: bool) {
        self.ticks.update(|ticks| {
            if let Some(tick) = ticks.get_mut(at) {
                *tick = on;
            }
        });
    }

    fn tick_all(self, on: bool) {
        self.ticks.update(|ticks| ticks.fill(on));
    }

    /// Marks what is ticked, else this line.
    pub fn mark(self, at: Option<usize>, label: &LabelId) {
        let ticked = self.ticked();
        let chosen = match ticked.is_empty() {
            true => at.into_iter().collect(),
            false => ticked,
        };
        let Some(found) = self.found.get_untracked() else {
            return;
        };
        let lines: Vec<&Line> = chosen
            .iter()
            .filter_map(|it| found.lines.get(*it))
            .collect();
        let session = self.desk.session;
        // Where marks alone were looked for these are what gets another label.
        let edit = match self.query.with_untracked(Query::has_words) {
            true => Edit::AnnotateAll(self.in_order(&lines), label.clone()),
            false => {
                // Some may have been deleted since they were found.
                let mut ids = marks(&lines);
                session.peek(|it| ids.retain(|id| it.annotations().get(id).is_some()));
                Edit::Relabel(ids, label.clone())
            }
        };
        let name = session.label_name(label).to_ascii_lowercase();
        match session.dispatch(edit) {
            Ok(change) => {
                let made = change.records.len();
                let told = match lines.len().saturating_sub(made) {
                    0 => format!("Marked {made} as {name}"),
                    rest => format!("Marked {made} as {name}; {rest} had that mark already"),
                };
                session.view.draft.set(None);
                session.view.say(told, true);
                self.tick_all(false);
            }
            Err(EditError::NoChange) => {
                session.view.say(format!("Marked as {name} already"), false);
            }
            Err(error) => session.view.warn(error.to_string()),
        }
    }

    /// Places in the order of the articles and their texts: many marks are made quickly in that.
    fn in_order(self, lines: &[&Line]) -> Vec<(DocumentId, Span)> {
        let mut places: Vec<(usize, DocumentId, Span)> = self.desk.session.peek(|project| {
            let all = project.documents();
            let number = |id: &DocumentId| all.iter().position(|it| it.id == *id);
            let mut last: Option<(&DocumentId, usize)> = None;
            let places = lines.iter().filter_map(|line| {
                let known = last.filter(|it| *it.0 == line.document);
                let number = known.map(|it| it.1).or_else(|| number(&line.document))?;
                last = Some((&line.document, number));
                Some((number, line.document.clone(), line.span))
            });
            places.collect()
        });
        sort_by_key(&mut places, |it| (it.0, it.2));
        places.into_iter().map(|it| (it.1, it.2)).collect()
    }

    /// The label that a key on a line gives, if it is the key of one.
    pub fn label_by_key(self, event: &web_sys::KeyboardEvent) -> Option<LabelId> {
        let (session, screen) = (self.desk.session, self.desk.screen);
        let chord = keys::pressed(event)?;
        let (command, label) = meaning(session, screen, &chord, &event.code());
        if chord.is_character() && !session.view.letter_keys.get_untracked() {
            return None;
        }
        let by_place = || {
            let entry = command.filter(|it| it.gives_label())?;
            let place: usize = entry.id.strip_prefix("label-")?.parse().ok()?;
            session.peek(|project| {
                let mut offered = project.schema().offered();
                Some(offered.nth(place.checked_sub(1)?)?.id.clone())
            })
        };
        label.or_else(by_place)
    }
}

fn marks(lines: &[&Line]) -> Vec<AnnotationId> {
    lines.iter().filter_map(|it| it.mark.clone()).collect()
}

/// What stands above the lines.
pub fn bar(search: Search) -> AnyView {
    let has_lines = Derived::new(move || {
        let found = search.found.get();
        found.is_some_and(|it| !it.lines.is_empty())
    });
    let keeps = move || !search.query.with(Query::is_empty);
    let bar = element("div")
        .class("search-tools")
        .with(when(move || has_lines.get(), move || sorts(search).view()))
        .with(when(keeps, move || keep(search)))
        .with(when(move || has_lines.get(), move || ticks(search)));
    bar.view()
}

fn keep(search: Search) -> AnyView {
    let name = move || {
        match kept::is_kept(search) {
            true => "Forget this search",
            false => "Save this search",
        }
        .to_owned()
    };
    element("button")
        .class("quiet")
        .press(move || kept::toggle(search))
        .show(name)
        .view()
}

fn sorts(search: Search) -> Element {
    let sort = |(order, name): (Order, &'static str)| {
        let is_on = move || search.query.with(|it| it.order == order);
        button(name, move || search.change(|it| it.order = order))
            .follow("aria-pressed", move || is_on().to_string())
    };
    element("div")
        .class("search-sorts")
        .set("role", "group")
        .set("aria-label", "Sort by")
        .with(element("span").class("side-note").say("Sort by"))
        .with_all(ORDERS.map(sort).into_iter().collect())
}

/// What is ticked, and what can be done with it.
fn ticks(search: Search) -> AnyView {
    let count = Derived::new(move || {
        let ticks = search.ticks;
        ticks.with(|it| it.iter().filter(|it| **it).count())
    });
    let none = move || count.get() == 0;
    let all = move || {
        let told = "A label’s key marks the line in focus; tick several to mark them together.";
        element("div")
            .class("search-ticks")
            .with(element("span").class("side-note search-hint").say(told))
            .with(button("Tick all", move || search.tick_all(true)).class("quiet"))
            .view()
    };
    let some = move || {
        let told = move || counted(count.get(), "line ticked", "lines ticked");
        let labels = element("span")
            .class("find-labels")
            .set("role", "group")
            .set("aria-label", "Mark the ticked lines")
            .with(label_buttons_that(
                search.desk.session,
                |_| false,
                move |id| search.mark(None, id),
            ));
        element("div")
            .class("search-ticks")
            .with(element("span").set("role", "status").show(told))
            .with(labels)
            .with(button("Untick all", move || search.tick_all(false)).class("quiet"))
            .view()
    };
    vec![when(none, all), when(move || !none(), some)].into_any()
}
