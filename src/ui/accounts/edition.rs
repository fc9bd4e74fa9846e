//! A line above the text where an article is a later text of another one, or has one: the way there, and
//! to what changed. What is looked at in a text comes from here as well; the dialog itself is elsewhere.

use leptos::prelude::*;

use super::difference::difference;
use crate::analysis::{Edition, Piece, Watched, compare};
use crate::model::{Document, DocumentId, Project, Text};
use crate::session::Derived;
use crate::ui::accounts::slot::Desk;
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, button, element};
use crate::ui::{Dialog, places, shown_date};

/// What is asked of two texts of an article, by the dialog, which is in another part of the program.
pub struct Editions {
    /// Both, word by word.
    pub compared: for<'t> fn(&'t Text, &'t Text) -> Edition<'t>,
    /// What is looked at in the sentences of one.
    pub watched: fn(&Project, &Document) -> Watched,
    /// What differs between two sentences.
    pub compare: fn(&str, &str) -> Vec<Piece>,
    /// The same, as it is shown.
    pub difference: fn(&str, &str) -> Element,
}

/// What answers.
pub const EDITIONS: Editions = Editions {
    compared: |earlier, later| Edition::of(earlier, later),
    watched,
    compare,
    difference,
};

/// A text of the same article.
#[derive(Clone, PartialEq)]
struct Other {
    id: DocumentId,
    /// How people tell it from the open one.
    name: String,
    is_later: bool,
}

/// The line.
pub fn line(desk: Desk) -> AnyView {
    let session = desk.session;
    let others = Derived::new(move || {
        let open = session.view.open.get();
        let screen = desk.screen;
        let is_alone =
            screen.comparing.with(Option::is_none) && screen.searching.with(Option::is_none);
        let open = open.filter(|_| is_alone);
        session.with_documents(|it| open.map_or_else(Vec::new, |id| others(it, &id)))
    });
    dynamic(move || {
        let others = others.get();
        if others.is_empty() {
            return Vec::new();
        }
        let ways = others.into_iter().map(|it| way(desk, it));
        let line = element("p")
            .set("id", "edition-line")
            .with_all(ways.collect());
        vec![line.view()]
    })
}

/// What is looked at in the sentences of an article: what is in quotation marks or marked as a quotation,
/// and figures.
fn watched(project: &Project, document: &Document) -> Watched {
    let mut watched = Watched::of(document);
    let marks = project.annotations().of(&document.id).iter();
    let quotes = marks.filter(|it| it.label.as_str() == "quote");
    watched
        .quotes
        .extend(quotes.flat_map(|it| it.fragments().to_vec()));
    watched
}

fn others(project: &Project, open: &DocumentId) -> Vec<Other> {
    let document = project.document(open);
    let earlier = document.and_then(|it| project.document(it.version_of.as_ref()?));
    let all = project.documents().iter();
    let later = all.filter(|it| it.version_of.as_ref() == Some(open));
    let other = |it: &Document, is_later| Other {
        id: it.id.clone(),
        name: match it.meta.date.as_str() {
            "" => it.title().to_owned(),
            date => format!("{}, {}", it.title(), shown_date(date)),
        },
        is_later,
    };
    let earlier = earlier.map(|it| other(it, false));
    earlier
        .into_iter()
        .chain(later.map(|it| other(it, true)))
        .collect()
}

fn way(desk: Desk, other: Other) -> Element {
    let words = match other.is_later {
        true => "There is a later text: ",
        false => "This is a later text of ",
    };
    let (id, open) = (other.id.clone(), other.id.clone());
    let compare = move || {
        let here = desk.session.view.open.get_untracked();
        if let Some(here) = here {
            let (earlier, later) = match other.is_later {
                true => (here, id.clone()),
                false => (id.clone(), here),
            };
            desk.screen.open(Dialog::Edition(earlier, Some(later)));
        }
    };
    let title = places::way(other.name, move || {
        desk.session.go_to_article(&open);
    });
    element("span")
        .say(words)
        .with(title)
        .with(button("What changed", compare).class("quiet"))
}
