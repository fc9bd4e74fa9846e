//! What lies over the text and is about marks: the choice of who speaks, what waits for another mark, and
//! the arcs of relations.

use leptos::prelude::*;

use super::arcs::arcs;
use super::desk::Waiting;
use super::tasks::stop;
use super::words_field::follow_words;
use crate::dom;
use crate::model::AnnotationId;
use crate::session::Session;
use crate::ui::cast::speaker_bar;
use crate::ui::commands::command_button;
use crate::ui::dynamic::{on_window, when};
use crate::ui::element::{button, element};
use crate::ui::reader::Page;
use crate::ui::{Screen, context};

/// The looks of everything about questions, relations and the cast. They come with this part of the program,
/// since nobody needs them before.
const LOOKS: &str = include_str!("../../../style/inspector.css");

/// What lies over the text.
pub fn over_text(page: Page) -> AnyView {
    let (session, screen) = context();
    dom::add_style_sheet(LOOKS);
    follow_words(session, page);
    vec![
        arcs(session, screen, page),
        speaker_bar(session, screen, page),
        waiting_bar(session, screen),
    ]
    .into_any()
}

/// What waits for another mark, and how it goes on.
fn waiting_bar(session: Session, screen: Screen) -> AnyView {
    let waiting = move || screen.desk.with(|it| it.waiting.clone());
    let leave = on_window("keydown", move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && screen.desk.with_untracked(|it| it.waiting.is_some()) {
            stop(screen);
        }
    });
    on_cleanup(move || leave.remove());
    let is_elsewhere = move || {
        let focused = session.view.focused.get();
        let from = waiting().map(|it| begin_of(&it));
        focused.is_some() && focused != from
    };
    let bar = move || {
        let told = move || waiting().map_or_else(String::new, |it| sentence(session, &it));
        let take = command_button("This mark", "relate").class("primary");
        element("div")
            .set("id", "waiting-bar")
            .set("role", "group")
            .set("aria-label", "Choose another mark")
            .with(
                element("p")
                    .set("role", "status")
                    .set("dir", "auto")
                    .show(told),
            )
            .with(take.follow_if("disabled", move || !is_elsewhere()))
            .with(button("Cancel", move || stop(screen)).class("quiet"))
            .view()
    };
    when(move || waiting().is_some(), bar)
}

fn begin_of(waiting: &Waiting) -> AnnotationId {
    match waiting {
        Waiting::Relation(from) | Waiting::Answer(from, _) => from.clone(),
    }
}

fn sentence(session: Session, waiting: &Waiting) -> String {
    let from = begin_of(waiting);
    let mark = session.peek(|project| project.annotations().get(&from).cloned());
    let quote = mark.map_or_else(String::new, |it| session.quote(&it));
    match waiting {
        Waiting::Relation(_) => format!("A relation from “{quote}”: choose the other mark."),
        Waiting::Answer(_, question) => {
            let named = |it: &crate::model::Project| it.schema().attribute(question.as_str());
            let name = session.peek(named).map_or_else(String::new, |it| it.name);
            format!("{name} of “{quote}”: choose a mark.")
        }
    }
}
