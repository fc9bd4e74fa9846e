//! All commands and articles in one list, to be searched and run by keys.
//!
//! What does nothing now is shown after the others, with the reason, so that one learns that it is there.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::matching::fit;
use super::{frame, leave};
use crate::dom;
use crate::model::DocumentId;
use crate::model::sorted::sort_by_key;
use crate::session::{Derived, Session};
use crate::ui::commands::{Entry, all};
use crate::ui::dynamic::{dynamic, effect};
use crate::ui::element::{Element, element, field_name};
use crate::ui::{Screen, context};

/// So many rows are shown; who wants others types on.
const MOST: usize = 60;

/// The setting that holds the commands that were used last, and how many of them.
const RECENT: &str = "recent-commands";
const REMEMBERED: usize = 12;

/// A row.
struct Item {
    name: String,
    keys: String,
    /// Name and keys, in small letters.
    searched: String,
    hindrance: Option<&'static str>,
    act: Act,
}

#[derive(Clone)]
enum Act {
    Run(&'static Entry),
    Open(DocumentId),
}

/// The list as it is while the dialog is open.
#[derive(Clone, Copy)]
struct List {
    session: Session,
    screen: Screen,
    items: StoredValue<Vec<Item>>,
    words: RwSignal<String>,
    /// The items that fit, by their places, the best first.
    shown: Derived<Vec<usize>>,
    /// The row that Enter runs, from 0.
    at: RwSignal<usize>,
}

/// The dialog.
pub(super) fn commands() -> AnyView {
    let (session, screen) = context();
    let items = StoredValue::new(items(session, screen));
    let words = RwSignal::new(String::new());
    let shown = Derived::new(move || {
        let typed = dom::lowercase(&words.get());
        items.with_value(|items| fitting(items, &typed))
    });
    let list = List {
        session,
        screen,
        items,
        words,
        shown,
        at: RwSignal::new(0),
    };
    effect(move || list.bring_into_sight());
    frame("commands", "Commands")
        .with(field_name("command-words", "What do you want to do?"))
        .with(list.field())
        .with(list.rows())
        .with(
            element("p")
                .class("side-note")
                .set("role", "status")
                .show(move || list.tally()),
        )
        .view()
}

/// The rows, those that were used last first.
fn items(session: Session, screen: Screen) -> Vec<Item> {
    let recent = screen.recall(RECENT).unwrap_or_default();
    let age = |entry: &Entry| recent.split(' ').position(|it| it == entry.id);
    let mut entries: Vec<&'static Entry> = all().collect();
    sort_by_key(&mut entries, |it| age(it).unwrap_or(usize::MAX));
    let commands = entries.into_iter().filter_map(|entry| {
        let keys = untrack(|| entry.shown_keys(screen));
        let hindrance = entry.hindrance(session);
        Some(Item::new(
            entry.name(session)?,
            keys,
            hindrance,
            Act::Run(entry),
        ))
    });
    let mut items: Vec<Item> = commands.collect();
    session.peek(|project| {
        items.extend(project.documents().iter().map(|document| {
            let name = format!("Open “{}”", document.title());
            Item::new(name, String::new(), None, Act::Open(document.id.clone()))
        }));
    });
    items
}

/// The places of the items that fit, the best first; what does nothing now comes last.
fn fitting(items: &[Item], typed: &str) -> Vec<usize> {
    let fits = items.iter().enumerate().filter_map(|(place, item)| {
        let rank = fit(typed, &item.searched)?;
        Some((place, (item.hindrance.is_some(), rank)))
    });
    let mut fits: Vec<(usize, (bool, usize))> = fits.collect();
    sort_by_key(&mut fits, |it| it.1);
    fits.into_iter().map(|it| it.0).collect()
}

impl Item {
    fn new(name: String, keys: String, hindrance: Option<&'static str>, act: Act) -> Self {
        Self {
            searched: dom::lowercase(&format!("{name} {keys}")),
            name,
            keys,
            hindrance,
            act,
        }
    }
}

fn row_id(row: usize) -> String {
    format!("command-{row}")
}

impl List {
    fn field(self) -> Element {
        let typed = move |words| {
            self.words.set(words);
            self.at.set(0);
        };
        let active = move || {
            let is_any = self.shown.with(|it| !it.is_empty());
            is_any.then(|| row_id(self.at.get()))
        };
        element("input")
            .set("id", "command-words")
            .set("role", "combobox")
            .set("aria-expanded", "true")
            .set("aria-autocomplete", "list")
            .set("aria-controls", "command-list")
            .follow_maybe("aria-activedescendant", active)
            .set("autocomplete", "off")
            .set("spellcheck", "false")
            .typed(typed)
            .on("keydown", move |event| self.key(&event))
    }

    fn key(self, event: &Event) {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        let count = self.count();
        if event.is_composing() || count == 0 {
            return;
        }
        let at = self.at.get_untracked();
        let next = match event.key().as_str() {
            "ArrowDown" => (at + 1) % count,
            "ArrowUp" => (at + count - 1) % count,
            "PageDown" => (at + 8).min(count - 1),
            "PageUp" => at.saturating_sub(8),
            "Enter" => {
                event.prevent_default();
                return self.run(at);
            }
            _ => return,
        };
        event.prevent_default();
        self.at.set(next);
    }

    /// How many rows there are.
    fn count(self) -> usize {
        self.shown.with_untracked(|it| it.len().min(MOST))
    }

    /// Runs what a row stands for, once the dialog has given the focus back.
    fn run(self, row: usize) {
        let item = self.shown.with_untracked(|it| it.get(row).copied());
        let ready = item.and_then(|item| {
            self.items.with_value(|items| {
                let item = items.get(item).filter(|it| it.hindrance.is_none());
                item.map(|it| it.act.clone())
            })
        });
        let Some(act) = ready else {
            return;
        };
        let (session, screen) = (self.session, self.screen);
        screen.after_dialog(move || match act {
            Act::Run(entry) => {
                remember(screen, entry);
                entry.run(session, screen);
            }
            Act::Open(id) => session.view.open(id),
        });
        leave();
    }

    fn rows(self) -> Element {
        let rows = move || {
            let shown = self.shown.get();
            let shown = shown.iter().take(MOST).enumerate();
            let row = |(row, item): (usize, &usize)| self.row(row, *item).view();
            shown.map(row).collect()
        };
        element("ul")
            .set("id", "command-list")
            .set("role", "listbox")
            .set("aria-label", "Commands")
            // The focus stays in the field.
            .on("pointerdown", |event| event.prevent_default())
            .with(dynamic(rows))
    }

    fn row(self, row: usize, item: usize) -> Element {
        let made = element("li")
            .set("role", "option")
            .set_to("id", row_id(row))
            .follow("aria-selected", move || (self.at.get() == row).to_string())
            .press(move || self.run(row));
        self.items.with_value(|items| {
            let Some(item) = items.get(item) else {
                return made;
            };
            let name = element("span")
                .set("dir", "auto")
                .say_this(item.name.clone());
            match item.hindrance {
                Some(why) => made
                    .set("aria-disabled", "true")
                    .with(name)
                    .with(element("small").say(why)),
                None if item.keys.is_empty() => made.with(name),
                None => made
                    .with(name)
                    .with(element("kbd").say_this(item.keys.clone())),
            }
        })
    }

    fn tally(self) -> String {
        match self.shown.with(Vec::len) {
            0 => "Nothing is called so.".to_owned(),
            count if count > MOST => format!("{} more: type on to find them.", count - MOST),
            _ => String::new(),
        }
    }

    /// Scrolls the list so that the row that Enter runs is seen.
    fn bring_into_sight(self) {
        self.shown.with(|_| ());
        let row = dom::document().get_element_by_id(&row_id(self.at.get()));
        let list = row.as_ref().and_then(|it| it.parent_element());
        let (Some(row), Some(list)) = (row, list) else {
            return;
        };
        let (row, seen) = (
            row.get_bounding_client_rect(),
            list.get_bounding_client_rect(),
        );
        let by = (row.bottom() - seen.bottom()).max(0.0) + (row.top() - seen.top()).min(0.0);
        list.set_scroll_top(list.scroll_top() + by.round() as i32);
    }
}

/// Puts a command before the others that were used.
fn remember(screen: Screen, entry: &Entry) {
    let before = screen.recall(RECENT).unwrap_or_default();
    let others = before
        .split(' ')
        .filter(|it| !it.is_empty() && *it != entry.id);
    let recent: Vec<&str> = [entry.id]
        .into_iter()
        .chain(others)
        .take(REMEMBERED)
        .collect();
    screen.remember(RECENT, &recent.join(" "));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(name: &str, hindrance: Option<&'static str>) -> Item {
        Item {
            name: name.to_owned(),
            keys: String::new(),
            searched: name.to_owned(),
            hindrance,
            act: Act::Run(all().next().expect("there are commands")),
        }
    }

    #[test]
    fn the_best_comes_first_and_what_does_nothing_last() {
        let items = [
            item("mark", Some("why")),
            item("find a mark", None),
            item("marks", None),
            item("articles", None),
            item("a mark", None),
        ];
        assert_eq!(fitting(&items, "mark"), [2, 1, 4, 0]);
        assert_eq!(fitting(&items, ""), [1, 2, 3, 4, 0]);
        assert_eq!(fitting(&items, "no such"), [0usize; 0]);
    }
}
