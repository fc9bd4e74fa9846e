//! The fields of the forms: each with its name, following one value. Knows nothing of what they are for.

use leptos::prelude::*;

use crate::model::{Label, LabelId};
use crate::session::Watched;
use crate::ui::dialogs::with_focus;
use crate::ui::element::{Element, element, tick_box};

/// A value and what people call it.
pub(super) type Options = Vec<(String, String)>;

fn field(id: &'static str, name: &'static str, field: Element) -> Element {
    let name = element("label").class("field").set("for", id).say(name);
    element("div").with(name).with(field.set("id", id))
}

fn holding(tag: &'static str, value: RwSignal<String>) -> Element {
    element(tag)
        .set("dir", "auto")
        .value(move || value.get())
        .typed(move |now| value.set(now))
}

/// A line of words.
pub(super) fn words(id: &'static str, name: &'static str, value: RwSignal<String>) -> Element {
    field(id, name, holding("input", value))
}

/// A line of words with the focus, at the top of a form.
pub(super) fn first_words(
    id: &'static str,
    name: &'static str,
    value: RwSignal<String>,
) -> Element {
    field(
        id,
        name,
        with_focus(holding("input", value)).set("required", ""),
    )
}

/// A line of words of a certain kind: a colour, a number.
pub(super) fn typed(
    id: &'static str,
    name: &'static str,
    kind: &'static str,
    value: RwSignal<String>,
) -> Element {
    field(id, name, holding("input", value).set("type", kind))
}

/// Several lines of words.
pub(super) fn lines(
    id: &'static str,
    name: &'static str,
    rows: &'static str,
    value: RwSignal<String>,
) -> Element {
    field(id, name, holding("textarea", value).set("rows", rows))
}

/// One of several values.
pub(super) fn pick(
    id: &'static str,
    name: &'static str,
    value: RwSignal<String>,
    options: Options,
) -> Element {
    let chosen = value.get_untracked();
    let options = options.into_iter().map(|(value, name)| {
        let is_on = value == chosen;
        let made = element("option").set_to("value", value).say_this(name);
        match is_on {
            true => made.set("selected", ""),
            false => made,
        }
    });
    let list = element("select").with_all(options.collect());
    field(id, name, list.typed(move |now| value.set(now)))
}

/// A box to tick with its words.
pub(super) fn tick(words: String, on: RwSignal<bool>) -> Element {
    choice(tick_box(move || on.get(), move |is| on.set(is)), words)
}

/// A box or a button to choose by, with its words.
pub(super) fn choice(field: Element, words: String) -> Element {
    let words = element("span").set("dir", "auto").say_this(words);
    element("label").class("choice").with(field).with(words)
}

/// Some of the labels; none of them stands for all.
pub(super) fn some_labels(
    legend: &'static str,
    labels: &[(LabelId, String)],
    chosen: Watched<Vec<LabelId>>,
) -> Element {
    let ticks = labels.iter().map(|(id, name)| {
        let (shown, id) = (id.clone(), id.clone());
        let is_on = move || chosen.with(|it| it.contains(&shown));
        let set = move |on| {
            chosen.update(|it| {
                it.retain(|label| *label != id);
                if on {
                    it.push(id.clone());
                }
            });
        };
        choice(tick_box(is_on, set), name.clone())
    });
    element("fieldset")
        .class("choices choices-in-row")
        .with(element("legend").say(legend))
        .with_all(ticks.collect())
}

/// Labels as options.
pub(super) fn label_options<'l>(labels: impl Iterator<Item = &'l Label>) -> Options {
    let option = |it: &Label| (it.id.to_string(), it.name.clone());
    labels.map(option).collect()
}

/// The texts of the lines, without empty ones.
pub(super) fn by_line(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    lines.map(str::to_owned).collect()
}
