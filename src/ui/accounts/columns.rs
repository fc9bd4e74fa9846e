//! Which articles stand beside each other: those that are chosen, and always the open one. A phone shows
//! one column, and a swipe brings the next.

use std::time::Duration;

use leptos::prelude::*;

use super::desk::Comparing;
use super::facts::in_time;
use super::slot::{Desk, MOST};
use crate::dom;
use crate::model::DocumentId;
use crate::ui::dynamic::{effect, when};
use crate::ui::reader::{self, Page};

/// The looks of everything about accounts. They come with this part of the program, since nobody needs
/// them before.
const LOOKS: [&str; 2] = [
    include_str!("../../../style/accounts.css"),
    include_str!("../../../style/search.css"),
];

/// How long a swipe takes to come to rest.
const REST: Duration = Duration::from_millis(120);

/// How wide a column is at least, in CSS pixels, where it is chosen how many there are.
const WIDTH: f64 = 340.0;

/// The columns beside which the real reader stands.
pub fn columns(page: Page) -> AnyView {
    LOOKS.into_iter().for_each(dom::add_style_sheet);
    let desk = Desk::of(page);
    for slot in desk.slots {
        slot.follow(desk);
    }
    let session = desk.session;
    session.observe(move |change, _| {
        for slot in desk.slots {
            reader::repaint(session, slot.page, change);
        }
    });
    follow_open(desk);
    follow_place(desk);
    follow_swipes(desk);
    let is_open = move || desk.screen.comparing.with(Option::is_some);
    when(is_open, move || {
        let views = desk.slots.map(|it| it.view(desk));
        views.into_iter().collect::<Vec<_>>().into_any()
    })
}

/// Keeps the columns in step with the articles there are and with the one that is open: it takes the
/// place of the one that was worked in before, unless it has a column. One of another event ends it.
fn follow_open(desk: Desk) {
    let last = StoredValue::new(0_usize);
    effect(move || {
        let open = desk.session.view.open.get();
        let Some(now) = desk.screen.comparing.get() else {
            return;
        };
        let all: Vec<DocumentId> = desk.session.with_documents(|project| {
            let all = in_time(project, &now.event);
            all.iter().map(|it| it.id.clone()).collect()
        });
        let Some(open) = open.filter(|it| all.contains(it)) else {
            desk.screen.comparing.set(None);
            return;
        };
        let columns = chosen(&now, &all, &open, last.get_value());
        last.set_value(columns.iter().position(|it| *it == open).unwrap_or(0));
        desk.change(|it| it.columns = columns);
    });
}

/// The columns there are to be: of `all` articles those in columns, among them the open one.
fn chosen(now: &Comparing, all: &[DocumentId], open: &DocumentId, last: usize) -> Vec<DocumentId> {
    let mut columns: Vec<DocumentId> = now.columns.clone();
    columns.retain(|it| all.contains(it));
    if columns.is_empty() {
        let at = all.iter().position(|it| it == open).unwrap_or(0);
        let count = room().min(all.len());
        // The open one and those after it, or before it where it is among the last.
        let first = at.min(all.len() - count);
        return all[first..first + count].to_vec();
    }
    if !columns.contains(open) {
        match columns.get_mut(last) {
            Some(column) => *column = open.clone(),
            None => columns.push(open.clone()),
        }
    }
    columns
}

/// How many columns there is room for at first; a phone shows one at a time, and may have all.
fn room() -> usize {
    if dom::prefers("(max-width: 47.5rem)") {
        return MOST;
    }
    let wide = dom::find("#centre").map_or(0.0, |it| it.get_bounding_client_rect().width());
    ((wide / WIDTH) as usize).clamp(2, 3)
}

/// Puts the real reader into its column.
fn follow_place(desk: Desk) {
    effect(move || {
        let open = desk.session.view.open.get();
        let columns = desk
            .screen
            .comparing
            .with(|it| it.as_ref().map(|it| it.columns.clone()));
        let Some(element) = dom::find("#columns") else {
            return;
        };
        let place = columns.and_then(|all| all.iter().position(|it| Some(it) == open.as_ref()));
        match place {
            Some(place) => drop(element.set_attribute("data-worked", &(place + 1).to_string())),
            None => drop(element.remove_attribute("data-worked")),
        }
        // On a phone it comes into sight.
        let wide = element.client_width();
        let is_swiped = element.scroll_width() > wide + 1;
        if let Some(place) = place.filter(|_| is_swiped) {
            element.set_scroll_left(wide * place as i32);
        }
        desk.page.touch();
    });
}

/// Lets the real reader come to the column that a swipe has brought.
fn follow_swipes(desk: Desk) {
    let swipes = desk.screen.swiped;
    effect(move || {
        let count = swipes.get();
        if count == 0 {
            return;
        }
        let settled = move || {
            if swipes.get_untracked() != count {
                return;
            }
            let Some(element) = dom::find("#columns") else {
                return;
            };
            let wide = element.client_width().max(1);
            let place = (element.scroll_left() + wide / 2) / wide;
            let slot = desk.slots.get(place as usize);
            if let Some(slot) = slot.filter(|_| element.scroll_width() > wide + 1) {
                slot.work_here(desk);
            }
        };
        set_timeout(settled, REST);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(names: &str) -> Vec<DocumentId> {
        let names = names.chars().map(|it| it.to_string());
        names.filter_map(|it| DocumentId::new(&it)).collect()
    }

    #[test]
    fn the_open_article_always_has_a_column() {
        for (columns, open, last, expected) in [
            ("ab", "b", 0, "ab"),
            ("ab", "d", 1, "ad"),
            ("ab", "d", 0, "db"),
            ("xb", "b", 0, "b"),
            ("a", "c", 3, "ac"),
        ] {
            let now = Comparing {
                columns: ids(columns),
                ..Comparing::default()
            };
            let open = ids(open);
            assert_eq!(chosen(&now, &ids("abcde"), &open[0], last), ids(expected));
        }
    }
}
