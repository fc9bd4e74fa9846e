//! The keys of the list of what was marked at a place. They are its own: nothing of them holds elsewhere.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};

use super::place::Looked;
use crate::dom;
use crate::dom::keys::Chord;
use crate::model::{End, LabelId};
use crate::ui::commands::label_keys;

impl Looked {
    /// Keys in the list.
    pub(super) fn key(self, event: &Event) {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        let target = event
            .target()
            .and_then(|it| it.dyn_into::<HtmlElement>().ok());
        let is_tick = target.is_some_and(|it| it.tag_name() == "INPUT");
        let Some(chord) = Chord::of(event).filter(|_| is_tick) else {
            return;
        };
        let at = self.current.get_untracked();
        match chord.name().as_str() {
            "ArrowDown" => self.go(at + 1),
            "ArrowUp" => self.go(at.saturating_sub(1)),
            "ArrowRight" => self.desk.step(true),
            "ArrowLeft" => self.desk.step(false),
            "Shift+ArrowRight" => self.move_end(at, End::End, true),
            "Shift+ArrowLeft" => self.move_end(at, End::End, false),
            "Shift+ArrowDown" => self.move_end(at, End::Start, true),
            "Shift+ArrowUp" => self.move_end(at, End::Start, false),
            "Enter" => self.take(false),
            "Delete" | "Backspace" => self.take(true),
            _ => match self
                .label_of(&chord)
                .or_else(|| self.label_of(&chord.in_latin(&event.code())?))
            {
                Some(label) => self.relabel(at, Some(label)),
                None => return,
            },
        }
        event.prevent_default();
    }

    fn label_of(self, chord: &Chord) -> Option<LabelId> {
        let screen = self.desk.sheet.class.screen;
        self.session().peek(|project| {
            let mut all = project.schema().offered().enumerate();
            let found =
                all.find(|(place, it)| untrack(|| label_keys(screen, it, *place)).contains(chord));
            found.map(|it| it.1.id.clone())
        })
    }

    fn go(self, at: usize) {
        let shown = self
            .rows
            .with_untracked(Vec::len)
            .min(untrack(|| self.most()));
        let at = at.min(shown.saturating_sub(1));
        self.current.set(at);
        // At once: the next key may be here before the page is painted.
        let tick = format!("#people .decide-rows > li:nth-child({}) input", at + 1);
        if let Some(tick) = dom::find(&tick) {
            drop(tick.focus());
        }
    }
}
