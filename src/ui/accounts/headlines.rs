//! Each headline beside the sentence of its article that says most of the same, for the reader to judge
//! whether it says as much.

use std::sync::Arc;

use leptos::prelude::*;

use super::facts;
use super::places::way;
use super::slot::Desk;
use super::work;
use crate::analysis::{HeadlineCheck, headline};
use crate::model::{Document, DocumentId, Span};
use crate::session::Watched;
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, element};

/// A headline and what stands behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Behind {
    pub id: DocumentId,
    pub outlet: String,
    pub title: String,
    /// The sentence that says most of the same, with where it stands.
    pub sentence: Option<(Span, String)>,
    /// Its words that make it weaker, or somebody’s saying.
    pub weaker: Vec<String>,
}

/// All headlines of the event.
pub async fn look(desk: Desk, turn: work::Turn) -> Option<Vec<Behind>> {
    let index = turn.index(desk.session).await?;
    let event = untrack(|| desk.event());
    let documents = desk.session.peek(|it| facts::in_time(it, &event));
    let all = documents.iter().map(|it| behind(it, headline(&index, it)));
    let all = all.collect();
    work::keep(index);
    Some(all)
}

fn behind(document: &Document, found: Option<HeadlineCheck>) -> Behind {
    let slice = |span: Span| document.text.slice(span).trim().to_owned();
    let weaker = found.as_ref().map_or_else(Vec::new, |it| {
        it.weaker.iter().map(|span| slice(*span)).collect()
    });
    Behind {
        id: document.id.clone(),
        outlet: facts::outlet(document),
        title: document.title().to_owned(),
        sentence: found.map(|it| (it.nearest, slice(it.nearest))),
        weaker,
    }
}

/// The panel.
pub fn headlines_panel(desk: Desk) -> AnyView {
    let found: Watched<Option<Arc<Vec<Behind>>>> = Watched::new(None);
    desk.work.begin(move |turn| async move {
        if let Some(all) = look(desk, turn).await {
            found.set(Some(Arc::new(all)));
        }
    });
    let asked = "Does the article say what its headline says, and as firmly?";
    let listed = dynamic(move || {
        let all = found.get();
        let all = all.iter().flat_map(|it| it.iter());
        all.map(|it| untrack(|| shown(desk, it)).view()).collect()
    });
    vec![
        element("p").class("side-note").say(asked).view(),
        element("div").class("headlines").with(listed).view(),
    ]
    .into_any()
}

fn shown(desk: Desk, it: &Behind) -> Element {
    let sentence = match &it.sentence {
        Some((span, words)) => way(desk, &it.id, *span, words.clone()).class("quiet way wording"),
        None => element("p")
            .class("side-note")
            .say("No sentence of the text shares a word with it."),
    };
    let row = element("section")
        .class("headline")
        .with(element("p").class("side-note").say_this(it.outlet.clone()))
        .with(element("h3").set("dir", "auto").say_this(it.title.clone()))
        .with(sentence);
    match it.weaker.as_slice() {
        [] => row,
        weaker => {
            let told = format!("Only the sentence says: {}.", weaker.join(", "));
            row.with(
                element("p")
                    .class("side-note")
                    .set("dir", "auto")
                    .say_this(told),
            )
        }
    }
}
