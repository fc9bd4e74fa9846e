//! The same words in several articles: what is looked for, and the versions that were found.

use std::sync::Arc;

use leptos::prelude::*;

use super::confirm::{confirm, is_confirmed};
use super::desk::Panel;
use super::difference::other_wording;
use super::facts;
use super::places::go;
use super::slot::Desk;
use super::transcript::transcript_field;
use super::versions::{Base, Version, VersionWords as _, Versions, given, told_left_out, versions};
use crate::analysis::{ENOUGH, thread};
use crate::model::{Document, Span};
use crate::session::{Derived, Watched};
use crate::ui::counted;
use crate::ui::dynamic::{dynamic, effect};
use crate::ui::element::{Element, button, element};

/// What is looked for in all articles, and what was found.
#[derive(Clone, Copy)]
pub struct Threads {
    /// What was pasted to compare with.
    pub pasted: Watched<Option<Arc<Document>>>,
    found: Watched<Option<Arc<Versions>>>,
    told: Watched<String>,
}

impl Threads {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            pasted: Watched::new(None),
            found: Watched::new(None),
            told: Watched::new(String::new()),
        }
    }
}

impl Desk {
    /// What is selected, or the mark in focus.
    pub fn chosen_words(self) -> Option<Base> {
        let view = self.session.view;
        let open = view.open.get_untracked()?;
        let focused = self.session.focused().filter(|it| it.document == open);
        let span = view.draft.get_untracked();
        let span: Span = span.or_else(|| focused.map(|it| it.hull()))?;
        let document = self.session.peek(|it| it.document(&open).cloned())?;
        Some(Base { document, span })
    }

    /// Looks for what is selected or in focus.
    pub fn look_for_chosen(self) {
        match self.chosen_words() {
            Some(base) => self.look_for(base),
            None => {
                let sentence = "Select words or a mark in one of the articles first.";
                self.threads.told.set(sentence.to_owned());
            }
        }
    }

    /// Looks for some words in all other articles.
    pub fn look_for(self, base: Base) {
        let threads = self.threads;
        threads.told.set(String::new());
        self.work.begin(move |turn| async move {
            let pasted = threads.pasted.get_untracked();
            let Some(index) = turn.index_with(self.session, pasted.as_ref()).await else {
                return;
            };
            let mut base = base;
            let mut found = thread(&index, &base.document.id, base.span, ENOUGH);
            // Where a text was pasted the words are compared with what stands there.
            if let Some(pasted) = pasted.as_ref().filter(|it| it.id != base.document.id) {
                let there = found.versions.iter().find(|it| it.document == pasted.id);
                match there.map(|it| it.span) {
                    Some(span) => {
                        let document = pasted.clone();
                        base = Base { document, span };
                        found = thread(&index, &base.document.id, base.span, ENOUGH);
                    }
                    None => {
                        let sentence = "The pasted text does not have these words.";
                        threads.told.set(sentence.to_owned());
                    }
                }
            }
            super::work::keep(index);
            let all = self
                .session
                .peek(|project| versions(project, pasted.as_ref(), &base, &found));
            threads.found.set(Some(Arc::new(all)));
        });
    }
}

/// Looks whenever a command asks for it.
pub fn follow_asked(desk: Desk) {
    let asked = desk.screen.versions;
    let done = StoredValue::new(0);
    effect(move || {
        let count = asked.get();
        let is_shown = desk
            .screen
            .comparing
            .with(|it| it.as_ref().is_some_and(|it| it.panel == Some(Panel::Quote)));
        if count > done.get_value() && is_shown {
            done.set_value(count);
            untrack(|| desk.look_for_chosen());
        }
    });
}

/// The panel.
pub fn quote_panel(desk: Desk) -> AnyView {
    let threads = desk.threads;
    if threads.found.with_untracked(Option::is_none) {
        desk.look_for_chosen();
    }
    let look = button("Look for the selected words", move || {
        desk.look_for_chosen()
    });
    let tools = element("div")
        .class("panel-tools")
        .with(look.class("primary"))
        .with(transcript_field(desk));
    let told = element("p").class("side-note").set("role", "status");
    let told = told.show(move || match threads.found.get() {
        _ if !threads.told.with(String::is_empty) => threads.told.get(),
        Some(found) => summary(&found),
        None => String::new(),
    });
    let listed = dynamic(move || match threads.found.get() {
        Some(found) => vec![untrack(|| list(desk, &found)), missing(&found)],
        None => vec![untrack(nothing_yet)],
    });
    vec![tools.view(), told.view(), listed].into_any()
}

fn nothing_yet() -> AnyView {
    let told = "Select a quotation in one of the articles, or click a mark, and look for the same words in the others: whole, shortened, put together or in other words.";
    element("p").class("side-empty").say(told).view()
}

fn summary(found: &Versions) -> String {
    let others = found.all.len().saturating_sub(1);
    let versions = match others {
        0 => "No other version".to_owned(),
        _ => counted(others, "other version", "other versions"),
    };
    match found.missing.len() {
        0 => format!("{versions} of these words."),
        gone => format!(
            "{versions} of these words; {} without them.",
            counted(gone, "article", "articles")
        ),
    }
}

fn list(desk: Desk, found: &Arc<Versions>) -> AnyView {
    let rows = found.all.iter().map(|it| row(desk, found, it));
    element("ol")
        .class("versions")
        .set("aria-label", "Versions in the order of time")
        .with_all(rows.collect())
        .view()
}

fn row(desk: Desk, found: &Arc<Versions>, version: &Version) -> Element {
    let is_base = version.kind.is_none();
    let kind = element("span").class("version-kind");
    let kind = match version.kind {
        None => kind.say("compared with"),
        Some(it) => kind.say(it.told()),
    };
    let head = element("p")
        .class("version-head")
        .with(element("b").say_this(version.outlet.clone()))
        .with(
            element("span")
                .class("side-note")
                .say_this(version.date.clone()),
        )
        .with(kind);
    let wording = match is_base {
        true => element("p")
            .class("wording")
            .set("dir", "auto")
            .say_this(version.words.clone()),
        false => other_wording(found.base.words(), &version.words),
    };
    let mut row = element("li")
        .class("version")
        .set_to("data-document", version.document.to_string())
        .with(head)
        .with(wording)
        .with(element("p").class("side-note").say_this(given(version)));
    let gone = told_left_out(version);
    if !gone.is_empty() {
        row = row.with(
            element("p")
                .class("side-note")
                .set("dir", "auto")
                .say_this(gone),
        );
    }
    let is_pasted = desk
        .session
        .peek(|it| it.document(&version.document).is_none());
    if is_pasted {
        return row;
    }
    row.with(tools(desk, found, version, is_base))
}

/// What can be done with a version.
fn tools(desk: Desk, found: &Arc<Versions>, version: &Version, is_base: bool) -> Element {
    let (document, span) = (version.document.clone(), version.span);
    let there = {
        let document = document.clone();
        button("Go there", move || go(desk, &document, span)).class("quiet")
    };
    let row = element("p").class("version-tools").with(there);
    if is_base {
        return row;
    }
    let rebase = {
        let document = document.clone();
        move || {
            desk.threads.pasted.set(None);
            let document = desk.session.peek(|it| it.document(&document).cloned());
            if let Some(document) = document {
                desk.look_for(Base { document, span });
            }
        }
    };
    let row = row.with(button("Compare with this", rebase).class("quiet"));
    let base = found.base.clone();
    if desk
        .session
        .peek(|it| it.document(&base.document.id).is_none())
    {
        return row;
    }
    let session = desk.session;
    let is_done = {
        let (base, document) = (base.clone(), document.clone());
        Derived::new(move || session.with_marks(|it| is_confirmed(it, &base, &document, span)))
    };
    // The button stays where it is: it has the focus.
    let act = move || {
        if !is_done.get_untracked() {
            confirm(session, &base, &document, span);
        }
    };
    let name = move || {
        if is_done.get() {
            "Confirmed"
        } else {
            "Confirm"
        }
        .to_owned()
    };
    let link = element("button")
        .class_if("version-linked", move || is_done.get())
        .follow("aria-pressed", move || is_done.get().to_string())
        .press(act)
        .show(name);
    row.with(link)
}

fn missing(found: &Versions) -> AnyView {
    if found.missing.is_empty() {
        return ().into_any();
    }
    let told = format!("Not found in: {}.", found.missing.join(", "));
    element("p")
        .class("not-found")
        .set("dir", "auto")
        .say_this(told)
        .view()
}

/// The threads of all marked quotes of an event, for the report: each with the mark it begins at.
pub fn bases(desk: Desk) -> Vec<Base> {
    let event = untrack(|| desk.event());
    desk.session.peek(|project| {
        let documents = facts::in_time(project, &event);
        let of = |document: &Arc<Document>| {
            let marks = project.annotations().of(&document.id).to_vec();
            let document = document.clone();
            let quotes = marks.into_iter().filter(|it| it.label.as_str() == "quote");
            quotes.map(move |it| Base {
                document: document.clone(),
                span: it.hull(),
            })
        };
        documents.iter().flat_map(of).collect()
    })
}
