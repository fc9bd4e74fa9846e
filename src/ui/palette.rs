//! The labels, always in view: a click or a digit labels the selection, relabels the mark in
//! focus, or arms the label so that each drag marks at once.

use std::sync::Arc;

use leptos::prelude::*;

use super::context;
use super::dynamic::{Dynamic, attr, dynamic, is, pointer, press, text, ticked};
use crate::dom::{self, paint::LABEL_SLOTS};
use crate::model::{Label, LabelId};
use crate::session::{Command, Derived, Session};

/// A button for the label at `place` of the schema. `pressed` tells whether it is on.
#[component]
fn LabelButton(label: Label, place: usize, pressed: Signal<bool>) -> impl IntoView {
    let (session, _) = context();
    let id = label.id.clone();
    let click = move || Command::Label(id.clone()).run(session);
    let key = (place < 9).then(|| (place + 1).to_string());
    view! {
        <button
            class=format!("label-button label-{}", place % LABEL_SLOTS)
            {..attr("title", label.definition.clone())}
            {..attr("aria-pressed", text(move || pressed.get().to_string()))}
            {..attr("aria-keyshortcuts", key.clone())}
            data-key=key.clone()
            on:click=press(click)
        >
            {label.name.clone()}
        </button>
    }
}

/// A button for each label of the project.
pub fn label_buttons(
    session: Session,
    pressed: impl Fn(&LabelId) -> bool + Send + Sync + 'static,
) -> Dynamic {
    let pressed: Arc<dyn Fn(&LabelId) -> bool + Send + Sync> = Arc::new(pressed);
    buttons(session, pressed)
}

fn buttons(session: Session, pressed: Arc<dyn Fn(&LabelId) -> bool + Send + Sync>) -> Dynamic {
    let labels =
        Derived::new(move || session.with_marks(|project| project.schema().labels().to_vec()));
    dynamic(move || {
        let all = labels.get().into_iter().enumerate();
        let buttons = all.map(|(place, label)| {
            let (id, pressed) = (label.id.clone(), pressed.clone());
            let on = is(move || pressed(&id));
            view! { <LabelButton label place pressed=on /> }.into_any()
        });
        buttons.collect::<Vec<_>>().into_any()
    })
}

/// The palette under the article.
#[component]
pub fn Palette() -> impl IntoView {
    let (session, screen) = context();
    let view = session.view;
    let armed = move |label: &LabelId| view.armed.with(|armed| armed.as_ref() == Some(label));
    let whole_words = move |on| {
        view.whole_words.set(on);
        screen.remember("whole-words", if on { "on" } else { "off" });
    };
    let by_touch = dom::prefers("(pointer: coarse)");
    let hint = move || {
        let sentence = if view.draft.with(Option::is_some) {
            "Choose a label for the selection."
        } else if view.focused.with(Option::is_some) {
            "Choose another label for the mark."
        } else if by_touch && view.armed.with(Option::is_some) {
            "Tap the first word, then the last."
        } else if view.armed.with(Option::is_some) {
            "Each drag marks at once. Escape ends it."
        } else {
            "Select words, or choose a label first and drag."
        };
        sentence.to_owned()
    };
    // A press must not take the selection away before the click is read.
    let keep_selection = |event: leptos::ev::PointerEvent| event.prevent_default();
    view! {
        <div {..attr("id", "palette")} {..attr("role", "toolbar")} {..attr("aria-label", "Labels")} class:is-armed=is(move || view.armed.with(Option::is_some))>
            <div class="palette-labels" on:pointerdown=pointer(keep_selection)>{label_buttons(session, armed)}</div>
            <p class="palette-hint">{text(hint)}</p>
            <label class="switch">
                <input {..attr("type", "checkbox")} prop:checked=view.whole_words on:change=ticked(whole_words) />
                "Whole words"
            </label>
        </div>
    }
}
