//! From presses, drags and key selections to drafts and focus. Holds only what lasts from press to
//! release; every selection is read afresh from the page.

use std::sync::Arc;
use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::Element;

use super::{Page, mark_at, next_at};
use crate::dom;
use crate::model::{
    Document, EditError, End, LabelId, Offset, Span, Text, Unit, snap, trim, widen_to_graphemes,
};
use crate::session::{Clicks, Command, Session};
use crate::ui::dynamic::{after_painting, on_window};

/// A press that moves less than this is a click, in CSS pixels.
const STILL: i32 = 4;

/// How long a double click waits for its third click before it paints.
const THIRD_CLICK: Duration = Duration::from_millis(350);

/// How long a selection by keys or handles must rest before it becomes the draft.
const REST: Duration = Duration::from_millis(120);

/// The reader's hand.
#[derive(Clone, Copy)]
pub(super) struct Gesture {
    session: Session,
    page: Page,
    /// Where the press began, while it lasts.
    press: StoredValue<Option<(i32, i32)>>,
    /// The first word tapped, until the second one is.
    tapped: StoredValue<Option<Span>>,
    waiting: StoredValue<Option<TimeoutHandle>>,
    /// A click whose selection the page has not yet taken.
    clicked: StoredValue<Option<ev::PointerEvent>, LocalStorage>,
}

impl Gesture {
    pub fn new(session: Session, page: Page) -> Self {
        Self {
            session,
            page,
            press: StoredValue::new(None),
            tapped: StoredValue::new(None),
            waiting: StoredValue::new(None),
            clicked: StoredValue::new_local(None),
        }
    }

    /// Listens to what ends a gesture: it may end outside the text.
    pub fn listen(self) {
        let up = on_window("pointerup", move |event| self.release(event));
        let cancel = on_window("pointercancel", move |_: ev::Event| {
            self.press.set_value(None)
        });
        let key = on_window("keyup", move |event| self.key_released(&event));
        // It is told to the document and does not bubble to the window.
        on_document(
            "selectionchange",
            Box::new(move || self.selection_changed()),
        );
        // A key may be that of a label: it is for what the click before it has selected.
        on_document("keydown", Box::new(move || self.settle()));
        on_cleanup(move || {
            up.remove();
            cancel.remove();
            key.remove();
        });
    }

    /// A press in the text began.
    pub fn press(self, event: &ev::PointerEvent) {
        if event.button() == 0 {
            self.session.view.cursor.set(None);
            self.press
                .set_value(Some((event.client_x(), event.client_y())));
        }
    }

    fn release(self, event: ev::PointerEvent) {
        let Some((x, y)) = self.press.get_value() else {
            return;
        };
        self.press.set_value(None);
        self.stop_waiting();
        let moved = (event.client_x() - x).abs() > STILL || (event.client_y() - y).abs() > STILL;
        if moved {
            self.released(&event, true);
        } else {
            // What a click does to the selection the browser does after the event.
            self.clicked.set_value(Some(event));
            set_timeout(move || self.settle(), Duration::ZERO);
        }
    }

    /// Takes what the last click has done, once.
    fn settle(self) {
        let clicked = self.clicked.try_update_value(Option::take).flatten();
        if let Some(event) = clicked {
            self.released(&event, false);
        }
    }

    fn released(self, event: &ev::PointerEvent, moved: bool) {
        let is_painting = self.session.view.armed.with_untracked(Option::is_some);
        if dom::selection::is_empty() {
            if !moved {
                self.click(event);
            }
        } else if self.adds(event) {
            self.selected(false);
            Command::AddToMark.run(self.session);
        } else if moved || !is_painting {
            self.selected(true);
        } else {
            self.wait(THIRD_CLICK, true);
        }
    }

    /// Whether what is selected is for the mark that was in focus: Ctrl or ⌘ is held, or one has said so.
    fn adds(self, event: &ev::PointerEvent) -> bool {
        let is_held = event.ctrl_key() || event.meta_key();
        let is_meant = is_held || self.session.view.awaits(Clicks::Add);
        is_meant && untrack(|| self.session.growing()).is_some()
    }

    /// A selection without a press: by keys, or by the handles of a touch screen.
    fn selection_changed(self) {
        if self.press.with_value(Option::is_none) && !dom::selection::is_empty() {
            self.wait(REST, false);
        }
    }

    /// What keys have selected need not rest: the next key may be that of a label. And a caret that
    /// goes on without selecting lets the selection go.
    fn key_released(self, event: &ev::KeyboardEvent) {
        let view = self.session.view;
        if view.cursor.with_untracked(Option::is_some) {
            return;
        }
        if !dom::selection::is_empty() {
            let is_done = event.key() == "Shift" && view.focused.with_untracked(Option::is_none);
            if is_done || self.waiting.with_value(Option::is_some) {
                self.stop_waiting();
                self.selected(false);
            }
        } else if !event.shift_key() && dom::cursor_keys::moves_caret(event) {
            let has_draft = view.draft.with_untracked(Option::is_some);
            if has_draft && super::caret(self.page).is_some() {
                view.draft.set(None);
            }
        }
    }

    fn wait(self, rest: Duration, by_pointer: bool) {
        self.stop_waiting();
        let rested = move || {
            self.waiting.set_value(None);
            self.selected(by_pointer);
        };
        let handle = set_timeout_with_handle(rested, rest);
        self.waiting.set_value(handle.ok());
    }

    fn stop_waiting(self) {
        if let Some(handle) = self.waiting.get_value() {
            handle.clear();
        }
        self.waiting.set_value(None);
    }

    /// Takes the page's selection as the draft; in paint mode a pointer's is marked at once.
    fn selected(self, by_pointer: bool) {
        let Some((host, document)) = self.page.place() else {
            return;
        };
        let Some(span) = dom::selection::read(&host, &document.text) else {
            return;
        };
        if by_pointer && self.session.view.armed.with_untracked(Option::is_some) {
            self.lift_caret(&host, &document);
        }
        take(self.session, &document.text, span, by_pointer);
    }

    /// Takes the caret off the words that are about to be painted, and puts it back when they are. To keep it
    /// there meanwhile would lay out the page twice before the mark is seen.
    fn lift_caret(self, host: &Element, document: &Arc<Document>) {
        let Some(caret) = dom::selection::caret(host, &document.text) else {
            return;
        };
        dom::selection::clear();
        let id = document.id.clone();
        after_painting(move || {
            let Some((host, open)) = self.page.place().filter(|(_, open)| open.id == id) else {
                return;
            };
            let is_elsewhere = dom::selection::caret(&host, &open.text).is_some();
            if !is_elsewhere && self.press.with_value(Option::is_none) {
                dom::selection::put_caret(&host, &open.text, caret);
            }
        });
    }

    fn click(self, event: &ev::PointerEvent) {
        let view = self.session.view;
        let is_painting =
            event.pointer_type() == "touch" && view.armed.with_untracked(Option::is_some);
        if view.awaits(Clicks::Split) {
            self.split(event);
            return;
        }
        if is_painting || view.awaits(Clicks::Add) {
            self.tap(event);
            return;
        }
        view.draft.set(None);
        let next = mark_at(event).and_then(|mark| next_at(self.session, &mark));
        view.focus_at(next, place_of(self.page, event));
    }

    /// Splits the mark in focus before the word that was clicked. A click beside all words leaves it
    /// whole.
    fn split(self, event: &ev::PointerEvent) {
        self.session.view.stop_growing();
        let word = self.page.place().and_then(|(_, document)| {
            let at = place_of(self.page, event)?;
            word_at(&document.text, at)
        });
        if let Some(word) = word {
            Command::SplitAt(word.start().bytes()).run(self.session);
        }
    }

    /// Selecting without a drag: the first tap takes a word, the second one the words up to it.
    fn tap(self, event: &ev::PointerEvent) {
        let view = self.session.view;
        let word = self.page.place().and_then(|(_, document)| {
            let at = place_of(self.page, event)?;
            word_at(&document.text, at)
        });
        let Some(word) = word else {
            return;
        };
        let first = self
            .tapped
            .get_value()
            .filter(|first| view.draft.get_untracked() == Some(*first));
        view.draft
            .set(Some(first.map_or(word, |first| first.hull(word))));
        if first.is_some() {
            self.tapped.set_value(None);
            if view.awaits(Clicks::Add) {
                Command::AddToMark.run(self.session);
            } else if let Some(label) = view.armed.get_untracked() {
                paint(self.session, &label);
            }
        } else {
            self.tapped.set_value(Some(word));
            view.say("Now the last word.", false);
        }
    }
}

/// Hears of an event before anything in the page does, for as long as the page lives, as the reader does.
fn on_document(name: &str, act: Box<dyn FnMut()>) {
    let act = Closure::wrap(act);
    let listener = act.as_ref().unchecked_ref();
    let added = dom::document().add_event_listener_with_callback_and_bool(name, listener, true);
    drop(added);
    act.forget();
}

/// Takes a span of the open article as the draft; in paint mode a pointer's is marked at once.
pub fn take(session: Session, text: &Text, span: Span, by_pointer: bool) {
    let Some(span) = fit(session, text, span) else {
        return;
    };
    let armed = session.view.armed.get_untracked();
    session.view.select(Some(span));
    if let Some(label) = armed.filter(|_| by_pointer) {
        paint(session, &label);
    }
}

/// The span as it would be marked: trimmed, whole graphemes, whole words if that is on.
fn fit(session: Session, text: &Text, span: Span) -> Option<Span> {
    let span = widen_to_graphemes(text, trim(text, span)?);
    Some(if session.view.whole_words.get_untracked() {
        snap(text, span, Unit::Word)
    } else {
        span
    })
}

fn paint(session: Session, label: &LabelId) {
    match session.label_draft(label) {
        // In paint mode the next drag is what comes next, not the mark just made.
        Ok(()) => session.view.focused.set(None),
        Err(EditError::NoChange) => {}
        Err(error) => {
            session.view.draft.set(None);
            session.view.warn(error.to_string());
        }
    }
}

/// The place of the text that an event points at.
fn place_of(page: Page, event: &ev::PointerEvent) -> Option<Offset> {
    let (host, document) = page.place()?;
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    dom::selection::offset_at_point(&host, &document.text, x, y)
}

/// The word at a place; a place between two words has none.
fn word_at(text: &Text, at: Offset) -> Option<Span> {
    let rest = text.as_str()[at.bytes()..].chars().next()?;
    let here = text.span(at.bytes(), at.bytes() + rest.len_utf8())?;
    let word = snap(text, here, Unit::Word);
    trim(text, word)
}

/// A click on the text under whatever lies over it: the next mark there takes the focus.
pub(super) fn click_through(session: Session, page: Page, event: &ev::PointerEvent) {
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    let stack = dom::document().elements_from_point(x, y);
    let mark = stack.iter().find_map(|it| {
        let element: Element = it.dyn_into().ok()?;
        element.closest("mark").ok().flatten()
    });
    if let Some(mark) = mark {
        let at = place_of(page, event);
        session.view.focus_at(next_at(session, &mark), at);
    }
}

/// Lets a handle move one end of the focused annotation.
pub(super) fn resize(session: Session, page: Page, end: End, span: Span) {
    let open = page.place().map(|it| it.1.id.clone());
    let Some(focused) = session.focused() else {
        return;
    };
    if open.as_ref() != Some(&focused.document) {
        return;
    }
    let fragment = session.moved_fragment(&focused, end);
    match session.resize(&focused, fragment, span) {
        Ok(()) | Err(EditError::NoChange) => {}
        Err(error) => session.view.warn(error.to_string()),
    }
}
