//! What stands above and below the columns: the event with the ways to what its accounts have in common,
//! and the panel that shows it. Where all articles are searched, that stands here, too.

use leptos::prelude::*;

use super::desk::Panel;
use super::edition;
use super::facts::event_name;
use super::figures::figures_panel;
use super::headlines::headlines_panel;
use super::list::list_panel;
use super::passages::{follow_tints, passages_panel};
use super::report::report_panel;
use super::search::search_panel;
use super::slot::Desk;
use super::sources::sources_panel;
use super::thread::{follow_asked, quote_panel};
use crate::dom;
use crate::session::Derived;
use crate::ui::commands::command_button;
use crate::ui::dynamic::{dynamic, when};
use crate::ui::element::{Element, button, element};
use crate::ui::reader::Page;

/// The panels with their names, in the order of the buttons.
const PANELS: [(Panel, &str, &str); 7] = [
    (Panel::List, "Articles", "All articles of the event"),
    (Panel::Quote, "Quote", "The same words in several articles"),
    (
        Panel::Passages,
        "Shared passages",
        "What stands in several articles",
    ),
    (
        Panel::Figures,
        "Figures",
        "Numbers that seem to count the same, and names",
    ),
    (Panel::Sources, "Sources", "Who speaks where"),
    (
        Panel::Headlines,
        "Headlines",
        "Each headline and the sentence behind it",
    ),
    (Panel::Report, "Report", "Report"),
];

/// What stands above and below the columns, as long as there are any.
pub fn around(page: Page) -> AnyView {
    let desk = Desk::of(page);
    follow_asked(desk);
    follow_tints(desk);
    let has_columns = move || {
        let comparing = desk.screen.comparing;
        comparing.with(|it| it.as_ref().is_some_and(|it| !it.columns.is_empty()))
    };
    let compared = when(has_columns, move || vec![bar(desk), panel(desk)].into_any());
    vec![search_panel(desk), edition::line(desk), compared].into_any()
}

fn bar(desk: Desk) -> AnyView {
    let name = element("h2").class("event-name").set("dir", "auto");
    let name = name.show(move || event_name(&desk.event()));
    let ways = PANELS
        .iter()
        .map(|(panel, name, _)| way(desk, *panel, name));
    let ways = element("div").class("event-ways").with_all(ways.collect());
    let back = command_button("One article", "compare").class("quiet");
    element("header")
        .set("id", "event-bar")
        .with(element("div").class("event-line").with(name).with(back))
        .with(ways)
        .with(pager(desk))
        .view()
}

fn way(desk: Desk, panel: Panel, name: &'static str) -> Element {
    let is_open = move || {
        let comparing = desk.screen.comparing;
        comparing.with(|it| it.as_ref().is_some_and(|it| it.panel == Some(panel)))
    };
    let toggle = move || {
        let panel = Some(panel).filter(|_| !untrack(is_open));
        desk.show(panel);
    };
    button(name, toggle)
        .set("aria-controls", "event-panel")
        .follow("aria-expanded", move || is_open().to_string())
}

/// Where one is among the columns, for a screen that shows one at a time.
fn pager(desk: Desk) -> Element {
    let columns = Derived::new(move || {
        let comparing = desk.screen.comparing;
        comparing.with(|it| it.as_ref().map_or_else(Vec::new, |it| it.columns.clone()))
    });
    let dots = move || {
        let columns = columns.get();
        let dot = |(at, id)| dot(desk, at, id).view();
        columns.into_iter().enumerate().map(dot).collect()
    };
    element("div")
        .class("event-pager")
        .set("role", "group")
        .set("aria-label", "Articles beside each other")
        .with(dynamic(dots))
}

fn dot(desk: Desk, at: usize, id: crate::model::DocumentId) -> Element {
    let name = desk.session.peek(|it| super::facts::outlet_of(it, &id));
    let open = move || {
        if let Some(slot) = desk.slots.get(at) {
            slot.work_here(desk);
        }
    };
    let is_here = move || desk.slots.get(at).is_some_and(|it| it.is_worked.get());
    element("button")
        .press(open)
        .follow("aria-pressed", move || is_here().to_string())
        .say_this(name)
}

fn panel(desk: Desk) -> AnyView {
    let open = Derived::new(move || desk.screen.comparing.with(|it| it.as_ref()?.panel));
    dynamic(move || {
        let found = open
            .get()
            .and_then(|open| PANELS.iter().find(|it| it.0 == open));
        let Some((which, _, title)) = found else {
            desk.work.stop();
            return Vec::new();
        };
        vec![untrack(|| sheet(desk, *which, title))]
    })
}

/// Closes the panel by Escape, and gives the focus back to the text.
fn close_by_key(desk: Desk, event: &web_sys::Event) {
    if dom::keys::is_escape(event) {
        event.stop_propagation();
        desk.show(None);
        desk.page.take_focus();
    }
}

fn sheet(desk: Desk, which: Panel, title: &'static str) -> AnyView {
    let close = button("Close", move || {
        desk.show(None);
        desk.page.take_focus();
    });
    let content = match which {
        Panel::List => list_panel(desk),
        Panel::Quote => quote_panel(desk),
        Panel::Passages => passages_panel(desk),
        Panel::Figures => figures_panel(desk),
        Panel::Sources => sources_panel(desk),
        Panel::Headlines => headlines_panel(desk),
        Panel::Report => report_panel(desk),
    };
    let head = element("div")
        .class("panel-head")
        .with(element("h2").set("id", "event-panel-title").say(title))
        .with(close.class("quiet"));
    let body = element("div")
        .class("panel-body")
        .set("tabindex", "0")
        .with(desk.work.line("Reading the articles"))
        .with(content);
    element("section")
        .set("id", "event-panel")
        .class_if("is-report", move || which == Panel::Report)
        .on("keydown", move |event| close_by_key(desk, &event))
        .set("aria-labelledby", "event-panel-title")
        .with(head)
        .with(body)
        .view()
}
