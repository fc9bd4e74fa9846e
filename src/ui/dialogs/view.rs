//! How the text is shown, to be chosen while one sees it.

use leptos::prelude::*;

use super::{close, frame};
use crate::ui::context;
use crate::ui::element::{Element, button, element, radio};
use crate::ui::look::{self, HEIGHTS, Look, WIDTHS};

/// The choices of the theme.
const THEMES: [(&str, Option<bool>); 3] = [
    ("As the system", None),
    ("Light", Some(false)),
    ("Dark", Some(true)),
];

/// The dialog. It lies at the edge and shades nothing.
pub(super) fn view() -> AnyView {
    let (_, screen) = context();
    let step = |name, larger| {
        let act = move || look::change(screen, |it| it.step_size(larger));
        button(name, act).follow_if("disabled", move || !screen.look.get().can_step(larger))
    };
    let size = element("output")
        .set("id", "text-size")
        .set("role", "status")
        .show(move || format!("{} %", screen.look.get().size));
    let sizes = element("div")
        .class("choices")
        .with(step("Smaller", false))
        .with(size)
        .with(step("Larger", true));
    let widths = WIDTHS.iter().enumerate().map(|(place, (name, ..))| {
        let is_on = move |it: Look| it.width == place;
        choice("width", name, is_on, move |it| it.width = place)
    });
    let heights = HEIGHTS.iter().enumerate().map(|(place, (name, _))| {
        let is_on = move |it: Look| it.height == place;
        choice("height", name, is_on, move |it| it.height = place)
    });
    let themes = THEMES.into_iter().map(|(name, dark)| {
        let is_on = move |it: Look| it.dark == dark;
        choice("theme", name, is_on, move |it| it.dark = dark)
    });
    let is_usual = move || screen.look.get() == Look::default();
    let reset = button("Reset", move || {
        look::change(screen, |it| *it = Look::default())
    })
    .follow_if("disabled", is_usual);
    let buttons = element("div")
        .class("buttons")
        .with(reset)
        .with(close("Close").class("primary"));
    frame("view", "View")
        .with(group("Size of the text", vec![sizes]))
        .with(group("Lines", widths.collect()))
        .with(group("Space between lines", heights.collect()))
        .with(group("Theme", themes.collect()))
        .with(buttons)
        .view()
}

fn group(name: &'static str, choices: Vec<Element>) -> Element {
    element("fieldset")
        .class("choices")
        .with(element("legend").say(name))
        .with_all(choices)
}

fn choice(
    group: &'static str,
    name: &'static str,
    is_on: impl Fn(Look) -> bool + Send + Sync + 'static,
    choose: impl Fn(&mut Look) + Copy + 'static,
) -> Element {
    let (_, screen) = context();
    let field = radio(
        group,
        move || is_on(screen.look.get()),
        move || look::change(screen, choose),
    );
    element("label")
        .class("choice")
        .with(field)
        .with(element("span").say(name))
}
