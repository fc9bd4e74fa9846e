//! The labels, always in view: a click or a digit labels the selection, relabels the mark in
//! focus, or arms the label so that each drag marks at once.

use std::sync::Arc;

use leptos::prelude::*;

use super::commands::{self, command_button};
use super::context;
use super::dynamic::{dynamic, when};
use super::element::{Element, element, tick_box};
use crate::dom::{self, paint::LABEL_SLOTS};
use crate::model::{Label, LabelId, LabelState};
use crate::session::{Clicks, Command, Derived, Session};

/// A button with the name and the colour of the label at `place` of the schema.
pub fn label_button(label: &Label, place: usize) -> Element {
    let look = format!("label-button label-{}", place % LABEL_SLOTS);
    // In a form it would send the form otherwise.
    let made = element("button").set("type", "button");
    made.set_to("class", look).say_this(label.name.clone())
}

/// That button with its keys and its definition. It is at `place` of those that are offered, and at `slot`
/// of all; `pressed` tells whether it is on.
fn labelling_button(
    label: Arc<Label>,
    place: usize,
    slot: usize,
    pressed: Pressed,
    act: Act,
) -> Element {
    let (_, screen) = context();
    let id = label.id.clone();
    let click = move || act(&id);
    let mut made = label_button(&label, slot);
    if !label.definition.is_empty() {
        made = made.set_to("title", label.definition.clone());
    }
    if label.parent.is_some() {
        made = made.set("data-sub", "");
    }
    let id = label.id.clone();
    let keys = Derived::new(move || {
        let keys = commands::label_keys(screen, &label, place);
        Some((commands::shown(&keys), commands::for_aria(&keys)?))
    });
    made.follow_maybe("aria-keyshortcuts", move || keys.get().map(|it| it.1))
        .follow_maybe("data-key", move || keys.get().map(|it| it.0))
        .follow("aria-pressed", move || pressed(&id).to_string())
        .press(click)
}

type Pressed = Arc<dyn Fn(&LabelId) -> bool + Send + Sync>;

type Act = Arc<dyn Fn(&LabelId) + Send + Sync>;

/// A button for each label that is offered; what it does is what a digit does.
pub fn label_buttons(
    session: Session,
    pressed: impl Fn(&LabelId) -> bool + Send + Sync + 'static,
) -> AnyView {
    let label = move |id: &LabelId| Command::Label(id.clone()).run(session);
    buttons(session, Arc::new(pressed), Arc::new(label))
}

/// A button for each label that is offered that does something of its own.
pub fn label_buttons_that(
    session: Session,
    pressed: impl Fn(&LabelId) -> bool + Send + Sync + 'static,
    act: impl Fn(&LabelId) + Send + Sync + 'static,
) -> AnyView {
    buttons(session, Arc::new(pressed), Arc::new(act))
}

fn buttons(session: Session, pressed: Pressed, act: Act) -> AnyView {
    let labels =
        Derived::new(move || session.with_marks(|project| project.schema().labels().to_vec()));
    dynamic(move || {
        let all = labels.get().into_iter().enumerate();
        let offered = all.filter(|it| it.1.state != LabelState::Retired);
        let button = |(place, (slot, label))| {
            labelling_button(label, place, slot, pressed.clone(), act.clone()).view()
        };
        offered.enumerate().map(button).collect()
    })
}

/// A button that adds the selection to the mark that was in focus before, where there is one.
pub fn add_to_mark() -> AnyView {
    let (session, _) = context();
    let may_add = Derived::new(move || {
        let has_draft = session.view.draft.with(Option::is_some);
        has_draft && session.growing().is_some()
    });
    let add = move || {
        command_button("Add to mark", "add-to-mark")
            .class("quiet")
            .view()
    };
    when(move || may_add.get(), add)
}

/// The palette under the article.
pub fn palette() -> AnyView {
    let (session, screen) = context();
    let view = session.view;
    let armed = move |label: &LabelId| view.armed.with(|armed| armed.as_ref() == Some(label));
    let whole_words = move |on| screen.set_whole_words(session, on);
    let by_touch = dom::prefers("(pointer: coarse)");
    let hint = move || {
        let has_cursor = view.cursor.with(Option::is_some);
        let sentence = if view.draft.with(Option::is_some) {
            "Choose a label for the selection."
        } else if view.clicks.get() == Clicks::Add {
            "Choose the first word to add, then the last."
        } else if view.clicks.get() == Clicks::Split {
            "Choose the word that the second mark begins with."
        } else if view.focused.with(Option::is_some) {
            "Choose another label for the mark."
        } else if has_cursor {
            "Arrows go from word to word; Shift selects."
        } else if by_touch && view.armed.with(Option::is_some) {
            "Tap the first word, then the last."
        } else if view.armed.with(Option::is_some) {
            "Each drag marks at once. Escape ends it."
        } else {
            "Select words, or choose a label first and drag."
        };
        sentence.to_owned()
    };
    let labels = element("div")
        .class("palette-labels")
        // A press must not take the selection away before the click is read.
        .on("pointerdown", |event| event.prevent_default())
        .with(label_buttons(session, armed))
        .with(add_to_mark());
    let edit = command_button("Labels…", "labels").class("quiet");
    let switch = tick_box(move || view.whole_words.get(), whole_words);
    element("div")
        .set("id", "palette")
        .set("role", "toolbar")
        .set("aria-label", "Labels")
        .class_if("is-armed", move || view.armed.with(Option::is_some))
        .with(labels)
        .with(element("p").class("palette-hint").show(hint))
        .with(edit)
        .with(
            element("label")
                .class("switch")
                .with(switch)
                .say("Whole words"),
        )
        .view()
}
