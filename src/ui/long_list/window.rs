//! Which rows of a long list stand in the page, and where.
//!
//! The list is as high as all rows would be, by an estimate, and rows are measured only where they
//! stand. Whenever some come or go above, the padding before them is set so that the first row in
//! view does not move. The height as a whole stays the same: while it changes, browsers do not let
//! the thumb of the scroll bar follow the hand.

use std::ops::Range;
use std::time::Duration;

use leptos::prelude::{Owner, set_timeout};
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, HtmlElement, HtmlTextAreaElement, KeyboardEvent};

use crate::dom;
use crate::model::sorted::sort_by;
use crate::ui::rows::{self, Key, MakeRow, Row, Rows};

/// Rows stand ready for one screen above and below the view, or for so many CSS pixels where the
/// screen is higher.
const MOST_READY: f64 = 1000.0;

/// The height of a row in CSS pixels as long as none was measured.
const ROW_HEIGHT: f64 = 60.0;

/// Room at the end of the list, in CSS pixels, while rows are exchanged.
const SLACK: f64 = 100_000.0;

/// What stays at its place in the list while rows come and go, in CSS pixels from the list's upper
/// edge.
enum Hold {
    /// The upper edge of the row with this key.
    Row(Key, f64),
    /// The lower edge of the last row.
    End(f64),
}

/// A list in the page.
pub(super) struct LongList {
    list: HtmlElement,
    /// The element around the list, which scrolls.
    area: Element,
    keys: Vec<Key>,
    /// Those in `window`; the one with the keyboard's focus and the one of `shown` wherever they are.
    rows: Rows,
    window: Range<usize>,
    /// What a row takes, with the gap between two; 0 until one was measured.
    row_height: f64,
    /// The width for which `row_height` holds; 0 while the list is not to be seen.
    width: i32,
    /// The padding before the rows, in CSS pixels.
    before: f64,
    /// The height with what the rows after the window would take.
    whole: f64,
    hold: Option<Hold>,
    /// The row that is current elsewhere in the page.
    shown: Option<Key>,
    /// Whether it is still to be brought into view: it was not in the list, or the list not seen.
    is_asked: bool,
}

impl LongList {
    /// No rows yet in `list`; they are made by `row` and have the context of `owner`.
    pub(super) fn new(list: HtmlElement, owner: Owner, row: MakeRow) -> Self {
        let parent: Element = list.clone().into();
        Self {
            area: list.parent_element().unwrap_or_else(|| parent.clone()),
            list,
            keys: Vec::new(),
            rows: Rows::new(parent, owner, row),
            window: 0..0,
            row_height: 0.0,
            width: 0,
            before: 0.0,
            whole: 0.0,
            hold: None,
            shown: None,
            is_asked: false,
        }
    }

    /// Takes the keys of all rows. The first row in view that is among them too stays where it is.
    pub(super) fn set_keys(&mut self, keys: Vec<Key>) {
        let mut start = self.window.start;
        if let Some(Hold::Row(held, _)) = &self.hold {
            let rows = self.in_window().skip_while(|it| it.key != *held);
            let found = rows.take(5).find_map(|row| {
                let at = keys.iter().position(|it| *it == row.key)?;
                Some((row, at))
            });
            if let Some((row, at)) = found {
                start = (start + at).saturating_sub(row.place);
            }
            self.hold = found.map(|(row, _)| self.hold_of(row));
        }
        let gone = self.focused().filter(|it| !keys.contains(&it.key));
        let next = gone.and_then(|it| self.rows.beside(it, &keys));
        self.keys = keys;
        let end = (start + self.window.len()).min(self.keys.len());
        self.put(start.min(end)..end, true, true);
        self.settle();
        if self.is_asked {
            self.bring_shown();
        }
        if let Some(row) = next {
            // Whoever listens to the focus may look at this list, which is being changed now.
            set_timeout(move || rows::focus_in(&row), Duration::ZERO);
        }
    }

    /// Lets the rows stand in the page that should.
    pub(super) fn settle(&mut self) {
        let view = self.area.get_bounding_client_rect();
        let width = self.area.client_width();
        let is_other_width = std::mem::replace(&mut self.width, width) != width;
        if view.height() == 0.0 {
            return;
        }
        if is_other_width {
            self.row_height = 0.0;
        }
        // Rows may have grown or shrunk since.
        self.stay(self.whole, true, is_other_width);
        // What comes may turn out lower than estimated, and then there is room for more.
        for _ in 0..8 {
            let Some((window, hold, is_jump)) = self.wanted(&view) else {
                break;
            };
            self.hold = hold;
            self.put(window, !is_jump, false);
        }
        let first = self.in_view(&view).next();
        let is_top_above = self.list.get_bounding_client_rect().top() < view.top();
        self.hold = first.filter(|_| is_top_above).map(|it| self.hold_of(it));
        if is_other_width && self.is_asked {
            self.bring_shown();
        }
    }

    /// The window that there should be where that is another one, what stays at its place on the
    /// way there, and whether nothing of it was in view.
    fn wanted(&self, view: &DomRect) -> Option<(Range<usize>, Option<Hold>, bool)> {
        let all = self.keys.len();
        let height = self.row_height();
        let ready = (view.height().min(MOST_READY) / height).ceil() as usize;
        let Range { start, end } = self.window;
        if let Some(first) = self.in_view(view).next() {
            let last = self.in_view(view).last().map_or(first.place, |it| it.place);
            let reach = |more: usize| first.place.saturating_sub(more)..(last + 1 + more).min(all);
            let (least, most) = (reach(ready / 2), reach(ready * 2));
            let is_enough = start <= least.start && end >= least.end;
            let is_too_much = self.window.len() > most.len();
            let hold = Some(self.hold_of(first));
            return (!is_enough || is_too_much).then(|| (reach(ready), hold, false));
        }
        let list = self.list.get_bounding_client_rect();
        let at = view.top() - list.top();
        let first = if at < self.before {
            start as f64 * at / self.before
        } else {
            let rest = (at - list.height()) / (self.whole - list.height());
            end as f64 + rest * (all - end) as f64
        };
        let first = (first as usize).min(all.checked_sub(1)?);
        let last = first + (view.height() / height) as usize;
        // Near an end all up to it, so that nothing is left there to be estimated.
        let mut window = first.saturating_sub(ready)..last + ready;
        if window.start <= ready {
            window.start = 0;
        }
        if window.end + ready >= all {
            window.end = all;
        }
        let hold = match window {
            Range { start: 0, .. } => None,
            Range { end, .. } if end == all => Some(Hold::End(self.whole)),
            _ => Some(Hold::Row(self.keys[first].clone(), at)),
        };
        (window != self.window).then_some((window, hold, true))
    }

    /// Lets these rows stand in the page, with those that stay wherever they are, and what is held
    /// where it is.
    fn put(&mut self, window: Range<usize>, may_scroll: bool, anew: bool) {
        // While it is measured the list must not be shorter than what is scrolled to.
        let whole = self.whole;
        self.make_room(self.before, whole + SLACK);
        let focused = self.focused().map(|it| &it.key);
        let apart = [focused, self.shown.as_ref()].into_iter().flatten();
        let apart = apart.filter_map(|key| self.place_of(key));
        let mut places: Vec<usize> = apart.chain(window.clone()).collect();
        sort_by(&mut places, Ord::cmp);
        places.dedup();
        let keys = &self.keys;
        let wanted = places.into_iter().map(|it| (it, keys[it].clone()));
        self.rows.keep(wanted.collect());
        for row in self.rows.all() {
            let place = [
                ("aria-posinset", row.place + 1),
                ("aria-setsize", self.keys.len()),
            ];
            for (name, number) in place {
                drop(row.item.set_attribute(name, &number.to_string()));
            }
        }
        self.window = window;
        self.stay(whole, may_scroll, anew);
    }

    /// Sets the padding so that what is held stays at its place in the list. Where that would not
    /// do, or all is to be estimated `anew`, it is set as estimated and the area may scroll along.
    fn stay(&mut self, whole: f64, may_scroll: bool, anew: bool) {
        let anew = anew || self.row_height == 0.0;
        if self.row_height == 0.0 {
            self.measure();
        }
        let Range { start, end } = self.window;
        let height = self.list.get_bounding_client_rect().height();
        let hold = self.hold.take();
        let moved = match &hold {
            Some(Hold::Row(key, at)) => {
                let row = self.rows.all().iter().find(|it| it.key == *key);
                row.map_or(0.0, |it| self.top_of(it) - at)
            }
            Some(Hold::End(at)) => height - at,
            None => 0.0,
        };
        // Less than that no screen shows.
        let moved = if moved.abs() < 0.02 { 0.0 } else { moved };
        let held = self.before - moved;
        let is_held = start > 0 && held >= 0.0 && !anew;
        let before = if is_held {
            held
        } else {
            start as f64 * self.row_height()
        };
        let height = height - self.before + before;
        let rest = (self.keys.len() - end) as f64 * self.row_height();
        let whole = if anew || end == self.keys.len() || whole <= height {
            height + rest
        } else {
            whole
        };
        if before != held && may_scroll && hold.is_some() {
            self.make_room(before, whole + SLACK);
            self.area.scroll_by_with_x_and_y(0.0, before - held);
        }
        self.make_room(before, whole);
    }

    fn make_room(&mut self, before: f64, whole: f64) {
        if (self.before, self.whole) != (before, whole) {
            (self.before, self.whole) = (before, whole);
            dom::set_style(&self.list, "padding-top", &pixels(before));
            dom::set_style(&self.list, "--whole", &pixels(whole));
        }
    }

    fn measure(&mut self) {
        let edges = self
            .in_window()
            .map(|it| it.item.get_bounding_client_rect());
        let edges: Vec<DomRect> = edges.collect();
        if let (Some(first), Some(last)) = (edges.first(), edges.last()) {
            self.row_height = (last.bottom() - first.top()) / edges.len() as f64;
        }
    }

    /// Brings the row with this key into view, now or once there is such a row and a view; it stays
    /// in the page until another one is shown.
    pub(super) fn show(&mut self, key: Option<Key>) {
        self.shown = key;
        self.bring_shown();
    }

    fn bring_shown(&mut self) {
        let at = self.shown.as_ref().and_then(|key| self.place_of(key));
        self.is_asked = !at.is_some_and(|at| self.bring(at));
    }

    /// Brings the row with the focus into view where it stands apart: its neighbours have to be
    /// there for the next key.
    pub(super) fn attend(&mut self) {
        let place = self.focused().map(|it| it.place);
        match place.filter(|it| !self.window.contains(it)) {
            Some(apart) => drop(self.bring(apart)),
            None => self.settle(),
        }
    }

    /// A key that moves the focus, is typed into a row, or leads to an end of the list. There the
    /// browser would go by the height that it had before its rows were known.
    pub(super) fn press(&mut self, event: &KeyboardEvent) {
        let target = event.target();
        let is_typed = target.is_some_and(|it| it.is_instance_of::<HtmlTextAreaElement>());
        let end = match event.key().as_str() {
            "Tab" => return self.attend(),
            _ if is_typed => return self.attend(),
            _ if event.alt_key() => return,
            "Home" => 0,
            "End" => self.area.scroll_height(),
            _ => return,
        };
        event.prevent_default();
        self.area.set_scroll_top(end);
    }

    /// Scrolls so far that the row at a place is in view; answers whether there is a view.
    fn bring(&mut self, at: usize) -> bool {
        let view = self.area.get_bounding_client_rect();
        let is_near = self.window.contains(&at);
        if view.height() == 0.0 {
            return false;
        }
        if !is_near {
            self.hold = None;
            self.put(at..at + 1, false, true);
        }
        let mut rows = self.rows.all().iter();
        let row = rows.find(|it| it.place == at);
        let row = row
            .expect("it is in the window")
            .item
            .get_bounding_client_rect();
        let (above, below) = (row.top() - view.top(), row.bottom() - view.bottom());
        let by = if is_near {
            // As far as it takes to see all of it, or of a high one as much as fits.
            above.max(below).min(0.0) + above.min(below).max(0.0)
        } else {
            f64::midpoint(above, below)
        };
        self.area.scroll_by_with_x_and_y(0.0, by);
        self.hold = None;
        self.settle();
        true
    }

    fn place_of(&self, key: &Key) -> Option<usize> {
        self.keys.iter().position(|it| it == key)
    }

    fn focused(&self) -> Option<&Row> {
        let focused = dom::document().active_element();
        let mut rows = self.rows.all().iter();
        rows.find(|it| it.item.contains(focused.as_deref()))
    }

    fn in_window(&self) -> impl Iterator<Item = &Row> {
        let rows = self.rows.all().iter();
        rows.filter(|it| self.window.contains(&it.place))
    }

    fn in_view(&self, view: &DomRect) -> impl Iterator<Item = &Row> {
        self.in_window().filter(|it| {
            let row = it.item.get_bounding_client_rect();
            row.bottom() > view.top() && row.top() < view.bottom()
        })
    }

    fn hold_of(&self, row: &Row) -> Hold {
        Hold::Row(row.key.clone(), self.top_of(row))
    }

    /// Where a row begins, in CSS pixels from the upper edge of the list.
    fn top_of(&self, row: &Row) -> f64 {
        row.item.get_bounding_client_rect().top() - self.list.get_bounding_client_rect().top()
    }

    fn row_height(&self) -> f64 {
        if self.row_height == 0.0 {
            ROW_HEIGHT
        } else {
            self.row_height
        }
    }
}

/// A length for a style, exact to a hundredth of a pixel.
fn pixels(length: f64) -> String {
    let hundredths = (length * 100.0).round() as i64;
    format!("{}.{:02}px", hundredths / 100, hundredths % 100)
}
