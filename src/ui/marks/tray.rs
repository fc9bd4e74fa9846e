//! Marks that came with a file and whose words are not in the article: to be placed by hand.

use std::sync::Arc;

use leptos::prelude::*;

use crate::model::{Edit, Unplaced};
use crate::session::{Derived, Session, shorten};
use crate::ui::context;
use crate::ui::dynamic::{attr, dynamic, press, when};

/// The tray of the open article; nothing where it is empty.
#[component]
pub(super) fn Tray() -> impl IntoView {
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
    let items = move || {
        let all = waiting.get().into_iter();
        let items: Vec<_> = all
            .map(|unplaced| view! { <TrayItem unplaced /> })
            .collect();
        items.into_any()
    };
    let tray = move || {
        view! {
            <section {..attr("id", "tray")} {..attr("aria-labelledby", "tray-title")}>
                <h3 id="tray-title">"Not placed"</h3>
                <p class="side-note">"These words are not in this text. Select where they belong, then place them."</p>
                <ul>{dynamic(items)}</ul>
            </section>
        }
        .into_any()
    };
    when(move || !waiting.with(Vec::is_empty), tray)
}

#[component]
fn TrayItem(unplaced: Arc<Unplaced>) -> impl IntoView {
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
    view! {
        <li class="tray-item" data-unplaced=unplaced.id.to_string()>
            <p>
                <span class="mark-label">{label}</span>
                <span class="mark-quote" {..attr("dir", "auto")}>{quote}</span>
            </p>
            <button class="quiet" on:click=press(place)>"Place at selection"</button>
            <button class="quiet" on:click=press(discard)>"Discard"</button>
        </li>
    }
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
