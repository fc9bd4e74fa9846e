//! Rows that stay in the page as long as their key is wanted.
//!
//! In place of `<For>`, which keeps some memory for every row that has gone: a list that scrolls
//! makes and drops thousands. Knows nothing of what the rows show.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::tachys::view::Mountable;
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::JsCast;

use super::dynamic::effect;
use super::element::{Element, ElementRef};

/// What a row is known by.
pub type Key = Arc<str>;

/// Makes the row of a key: one element.
pub type MakeRow = Box<dyn Fn(Key) -> AnyView>;

/// So many rows that are made one after the other share an owner of their signals. An owner remembers
/// all that it ever owned; this one goes with the last of its rows, and the list's own lives long.
const FAMILY: usize = 250;

/// A row in the page.
pub struct Row {
    /// What it is known by.
    pub key: Key,
    /// Its place among all there are, from 0.
    pub place: usize,
    /// The element.
    pub item: web_sys::Element,
    // Dropped in this order: what is shown, then the signals it reads.
    _view: AnyViewState,
    _signals: Owner,
    _family: Owner,
}

/// The rows of one list.
pub struct Rows {
    parent: web_sys::Element,
    make: MakeRow,
    owner: Owner,
    family: Owner,
    made: usize,
    rows: Vec<Row>,
}

impl Rows {
    /// No rows in `parent`, in which nothing else may stand; `owner` is whose context they have.
    pub fn new(parent: web_sys::Element, owner: Owner, make: MakeRow) -> Self {
        Self {
            parent,
            make,
            family: owner.clone(),
            owner,
            made: 0,
            rows: Vec::new(),
        }
    }

    /// Those that stand in the page, in order.
    pub fn all(&self) -> &[Row] {
        &self.rows
    }

    /// The row after this one whose key is among `keys`, else the one before.
    pub fn beside(&self, row: &Row, keys: &[Key]) -> Option<web_sys::Element> {
        let stays = |it: &&Row| keys.contains(&it.key);
        let after = self
            .rows
            .iter()
            .find(|it| it.place > row.place && stays(it));
        let before = || {
            let mut before = self.rows.iter().rev();
            before.find(|it| it.place < row.place && stays(it))
        };
        Some(after.or_else(before)?.item.clone())
    }

    /// Lets rows with these places and keys stand in the page, in this order. Those that stand there
    /// already stay what they are.
    pub fn keep(&mut self, wanted: Vec<(usize, Key)>) {
        let mut before = std::mem::take(&mut self.rows);
        for (place, key) in wanted {
            let kept = before.iter().position(|it| it.key == key);
            let mut row = match kept {
                Some(at) => before.swap_remove(at),
                None => self.row(key),
            };
            row.place = place;
            self.rows.push(row);
        }
        for gone in before {
            gone.item.remove();
        }
        let mut next: Option<&web_sys::Element> = None;
        for row in self.rows.iter().rev() {
            // A row that is moved loses the focus, so only those that must are.
            let is_there =
                row.item.is_connected() && row.item.next_element_sibling().as_ref() == next;
            if !is_there {
                drop(
                    self.parent
                        .insert_before(&row.item, next.map(AsRef::as_ref)),
                );
            }
            next = Some(&row.item);
        }
    }

    fn row(&mut self, key: Key) -> Row {
        if self.made.is_multiple_of(FAMILY) {
            self.family = self.owner.with(Owner::new);
        }
        self.made += 1;
        let signals = self.family.with(Owner::new);
        let view = signals.with(|| untrack(|| (self.make)(key.clone()).build()));
        let item = view.elements().pop().expect("a row is an element");
        Row {
            key,
            place: 0,
            item,
            _view: view,
            _signals: signals,
            _family: self.family.clone(),
        }
    }
}

/// Gives the focus to the first control of a row.
pub fn focus_in(row: &web_sys::Element) {
    let control = row.query_selector("button, input").ok().flatten();
    if let Some(control) = control.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        drop(control.focus());
    }
}

/// A row in `parent` for each key.
pub fn each(
    parent: Element,
    keys: impl Fn() -> Vec<Key> + 'static,
    make: impl Fn(Key) -> AnyView + 'static,
) -> Element {
    let place = ElementRef::new();
    let owner = Owner::current().expect("the page is made by components");
    let mut make: Option<MakeRow> = Some(Box::new(make));
    let mut rows: Option<Rows> = None;
    effect(move || {
        let keys = keys();
        if let (Some(parent), Some(make)) = (place.get(), make.take()) {
            rows = Some(Rows::new(parent.into(), owner.clone(), make));
        }
        if let Some(rows) = &mut rows {
            rows.keep(keys.into_iter().enumerate().collect());
        }
    });
    parent.found_by(place)
}
