//! Marks that came with a file and whose words are not in the article: to be placed by hand.

use std::sync::Arc;

use leptos::prelude::*;

use crate::model::{Edit, Unplaced};
use crate::session::{Derived, Session, shorten};
use crate::ui::dynamic::{dynamic, when};
use crate::ui::element::{button, element};
use crate::ui::inspector::missing_line;
use crate::ui::{context, later};

/// The guide where somebody wants it in sight, what the open article lacks, and its tray.
pub fn tray() -> AnyView {
    let (_, screen) = context();
    let shows_guide = move || screen.desk.with(|it| it.guide);
    vec![when(shows_guide, later::guide), missing_line(), unplaced()].into_any()
}

fn unplaced() -> AnyView {
    let (session, _) = context();
    let waiting = Derived::new(move || {
        let open = session.view.open.get();
        session.with_marks(|project| {
            let here = project
                .unplaced()
                .filter(|it| Some(&it.document) == open.as_ref());
            here.cloned().collect::<Vec<_>>()
        })
    });
    let items = move || waiting.get().into_iter().map(tray_item).collect();
    let told = "These words are not in this text. Select where they belong, then place them.";
    let tray = move || {
        element("section")
            .set("id", "tray")
            .set("aria-labelledby", "tray-title")
            .with(element("h3").set("id", "tray-title").say("Not placed"))
            .with(element("p").class("side-note").say(told))
            .with(element("ul").with(dynamic(items)))
            .view()
    };
    when(move || !waiting.with(Vec::is_empty), tray)
}

fn tray_item(unplaced: Arc<Unplaced>) -> AnyView {
    let (session, _) = context();
    let label = session.label_name(&unplaced.label);
    let words = unplaced.quotes.iter().map(|it| it.0.exact.as_str());
    let quote = shorten(&words.collect::<Vec<_>>().join(" … "), 160);
    let id = unplaced.id.clone();
    let place = {
        let id = id.clone();
        move || place_at_selection(session, id.clone())
    };
    let discard = move || match session.dispatch(Edit::Discard(id.clone())) {
        Ok(_) => session.view.say("Discarded from the tray", true),
        Err(error) => session.view.warn(error.to_string()),
    };
    let quote = element("span")
        .class("mark-quote")
        .set("dir", "auto")
        .say_this(quote);
    let words = element("p")
        .with(element("span").class("mark-label").say_this(label))
        .with(quote);
    element("li")
        .class("tray-item")
        .set_to("data-unplaced", unplaced.id.to_string())
        .with(words)
        .with(button("Place at selection", place).class("quiet"))
        .with(button("Discard", discard).class("quiet"))
        .view()
}

fn place_at_selection(session: Session, id: crate::model::AnnotationId) {
    let Some(span) = session.view.draft.get_untracked() else {
        session.view.warn("Select the words in the article first.");
        return;
    };
    match session.dispatch(Edit::Place(id.clone(), span)) {
        Ok(_) => {
            session.view.draft.set(None);
            session.view.focused.set(Some(id));
            session.view.say("Placed", true);
        }
        Err(error) => session.view.warn(error.to_string()),
    }
}
