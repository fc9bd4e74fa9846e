//! Gives commands other keys, or none.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::help::letters_switch;
use super::{sheet_button, text_sheet, with_focus};
use crate::dom;
use crate::dom::keys::{Chord, has_command_key};
use crate::session::{Derived, Session, Watched};
use crate::ui::commands::{self, Entry, Keymap, SECTIONS};
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, button, element};
use crate::ui::{Screen, context};

/// What is being changed.
#[derive(Debug, Clone, PartialEq)]
enum Change {
    /// New keys for this command are awaited; the sentence says why the last ones were not taken.
    Awaited(&'static str, String),
    /// These keys for the first command are those of the second one.
    Clash(&'static str, Chord, &'static str),
}

/// The dialog's own state.
#[derive(Clone, Copy)]
struct Keys {
    session: Session,
    screen: Screen,
    change: Watched<Option<Change>>,
    told: RwSignal<String>,
}

/// The dialog.
pub(super) fn keys() -> AnyView {
    let (session, screen) = context();
    let keys = Keys {
        session,
        screen,
        change: Watched::new(None),
        told: RwSignal::new(String::new()),
    };
    let told = element("p")
        .class("side-note")
        .set("role", "status")
        .show(move || keys.told.get());
    let mut content = element("div").with(letters_switch());
    for (name, entries) in SECTIONS {
        content = content
            .with(element("h3").say(name))
            .with(keys.list(entries));
    }
    let reset = move || {
        keys.change.set(None);
        screen.change_keys(|it| *it = Keymap::default());
        keys.told.set("All keys are as they were.".to_owned());
    };
    let unchanged = move || screen.keys.with(|it| !it.is_any_changed());
    let reset = sheet_button("Reset all", reset).follow_if("disabled", unchanged);
    text_sheet("keys", "Keys", content.with(told), vec![reset])
}

impl Keys {
    fn list(self, entries: &'static [Entry]) -> Element {
        let rows = entries.iter().filter_map(|entry| {
            let name = entry.name(self.session)?;
            Some(self.row(entry, name))
        });
        element("ul").class("key-list").with_all(rows.collect())
    }

    fn row(self, entry: &'static Entry, name: String) -> Element {
        let id = format!("key-name-{}", entry.id);
        let change = Derived::new(move || self.change.get().filter(|it| it.id() == entry.id));
        let name = element("span")
            .class("key-name")
            .set_to("id", id.clone())
            .say_this(name);
        let screen = self.screen;
        let shown = Derived::new(move || entry.shown_keys(screen));
        let keys = move || match shown.get() {
            none if none.is_empty() => vec![element("em").say("none").view()],
            keys => vec![element("kbd").say_this(keys).view()],
        };
        let controls = move || {
            let id = id.clone();
            match change.get() {
                None => vec![self.change_button(entry, id).view()],
                Some(Change::Awaited(_, why)) => self.awaited(entry, id, why),
                Some(Change::Clash(_, chord, other)) => self.clash(entry, chord, other),
            }
        };
        let controls = element("span")
            .class("key-controls")
            .with(dynamic(controls));
        element("li")
            .set_to("data-command", entry.id.to_owned())
            .with(name)
            .with(element("span").class("key-shown").with(dynamic(keys)))
            .with(controls)
    }

    fn change_button(self, entry: &'static Entry, name: String) -> Element {
        let begin = move || {
            self.told.set(String::new());
            let nothing_wrong = Change::Awaited(entry.id, String::new());
            self.change.set(Some(nothing_wrong));
        };
        button("Change", begin)
            .class("quiet")
            .set_to("id", format!("change-{}", entry.id))
            .set_to("aria-describedby", name)
    }

    /// A field that takes the next keys, and what else can be done.
    fn awaited(self, entry: &'static Entry, name: String, why: String) -> Vec<AnyView> {
        let sentence = match why.is_empty() {
            true => "Press the new keys; Escape leaves it.".to_owned(),
            false => why,
        };
        let field = element("input")
            .set("readonly", "")
            .set("aria-label", "New keys")
            .set_to("aria-describedby", name)
            .set("placeholder", "New keys")
            .on("keydown", move |event| self.key(entry, &event));
        let none = button("None", move || {
            self.finish(entry, |it| it.switch_off(entry), "It has no keys now.");
        });
        let usual = button("Reset", move || {
            self.finish(entry, |it| it.reset(entry), "It has its usual keys.");
        });
        let screen = self.screen;
        let is_usual = move || screen.keys.with(|it| !it.is_changed(entry));
        vec![
            element("p").set("role", "status").say_this(sentence).view(),
            with_focus(field).view(),
            none.class("quiet").view(),
            usual.class("quiet").follow_if("disabled", is_usual).view(),
        ]
    }

    fn clash(self, entry: &'static Entry, chord: Chord, other: &'static str) -> Vec<AnyView> {
        let other = commands::entry(other).and_then(|it| it.name(self.session));
        let shown = chord.shown(has_command_key());
        let sentence = format!("{shown} is taken: “{}”.", other.unwrap_or_default());
        let take = move || {
            let chord = chord.clone();
            self.finish(
                entry,
                move |it| it.give(entry, &chord),
                "The keys are changed.",
            );
        };
        let keep = move || {
            self.change.set(None);
            self.focus_button(entry);
        };
        vec![
            element("p").set("role", "status").say_this(sentence).view(),
            with_focus(button("Take it", take)).view(),
            button("Leave it", keep).class("quiet").view(),
        ]
    }

    /// A key in the field of a command.
    fn key(self, entry: &'static Entry, event: &Event) {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        // Tab leads on, as everywhere.
        let Some(chord) = Chord::of(event).filter(|_| event.key() != "Tab") else {
            return;
        };
        // Escape would close the dialog.
        event.prevent_default();
        let shown = chord.shown(has_command_key());
        let other = self.screen.keys.with_untracked(|it| it.command(&chord));
        let is_its_own = entry.usual_keys().contains(&chord);
        if chord.name() == "Escape" && !is_its_own {
            self.change.set(None);
            self.focus_button(entry);
        } else if chord.is_reserved() && !is_its_own {
            let why = format!("{shown} is needed by the text or the browser. Press others.");
            self.change.set(Some(Change::Awaited(entry.id, why)));
        } else if let Some(other) = other.filter(|it| it.id != entry.id) {
            self.change
                .set(Some(Change::Clash(entry.id, chord, other.id)));
        } else {
            self.finish(entry, |it| it.give(entry, &chord), "The keys are changed.");
        }
    }

    fn finish(self, entry: &'static Entry, change: impl FnOnce(&mut Keymap), told: &'static str) {
        self.screen.change_keys(change);
        self.change.set(None);
        self.told.set(told.to_owned());
        self.focus_button(entry);
    }

    /// Gives the focus back to the button where it began, as soon as that stands there again.
    fn focus_button(self, entry: &'static Entry) {
        request_animation_frame(move || {
            if let Some(button) = dom::find(&format!("#change-{}", entry.id)) {
                drop(button.focus());
            }
        });
    }
}

impl Change {
    /// The command that is changed.
    fn id(&self) -> &'static str {
        match self {
            Change::Awaited(id, _) | Change::Clash(id, ..) => id,
        }
    }
}
