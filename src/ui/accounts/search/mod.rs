//! Search in all articles: what is typed, in which marks, and the lines that are found, to be sorted, gone
//! to and marked. What is looked for is in the address, and nowhere else.

mod choices;
mod kept;
mod lines;
mod looking;
mod marking;

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::slot::Desk;
use super::work::Work;
use crate::analysis::query::Query;
use crate::dom;
use crate::model::trim;
use crate::session::{Derived, Watched};
use crate::ui::dynamic::{effect, when};
use crate::ui::element::{ElementRef, button, element};
use looking::{Found, MOST};

/// How long nobody types until the address follows: browsers let it change so often and no oftener.
const PAUSE: Duration = Duration::from_millis(250);

/// A search, as long as the page lives.
#[derive(Clone, Copy)]
pub struct Search {
    desk: Desk,
    /// What is looked for; empty where nothing is.
    query: Derived<Query>,
    /// What was found; none until the first search is done.
    found: Watched<Option<Arc<Found>>>,
    /// Which lines are ticked.
    ticks: Watched<Vec<bool>>,
    /// Counts the searches: a line has another row in each.
    run: RwSignal<u32>,
    work: Work,
    /// Whether the text lies over the lines, on a screen that has no room for both.
    is_aside: RwSignal<bool>,
    /// The searches that are kept, as addresses.
    kept: Watched<Vec<String>>,
    /// What was looked for when it was shut.
    last: StoredValue<String>,
}

/// The search, as long as there is one.
pub fn search_panel(desk: Desk) -> AnyView {
    let searching = desk.screen.searching;
    let search = Search {
        desk,
        query: Derived::new(move || {
            let written = searching.get().unwrap_or_default();
            Query::read(dom::route::fields(&written))
        }),
        found: Watched::new(None),
        ticks: Watched::new(Vec::new()),
        run: RwSignal::new(0),
        work: Work::new(),
        is_aside: RwSignal::new(false),
        kept: Watched::new(kept::read(desk.screen)),
        last: StoredValue::new(String::new()),
    };
    search.follow();
    let is_open = move || searching.with(Option::is_some);
    when(is_open, move || search.panel())
}

impl Search {
    /// Looks again whenever something else is looked for or there are other articles.
    fn follow(self) {
        let searching = self.desk.screen.searching;
        let articles = Derived::new(move || {
            let ids = self.desk.session.with_documents(|project| {
                let documents = project.documents().iter();
                documents.map(|it| it.id.clone()).collect::<Vec<_>>()
            });
            searching.with(Option::is_some).then_some(ids)
        });
        effect(move || {
            articles.with(|_| ());
            match searching.get() {
                Some(written) => untrack(|| self.look(written)),
                None => self.forget(),
            }
        });
    }

    fn look(self, written: String) {
        if !written.is_empty() {
            self.last.set_value(written.clone());
        }
        let searching = self.desk.screen.searching;
        let settled = move || {
            if searching.with_untracked(|it| it.as_ref() == Some(&written)) {
                dom::route::write_search(&written);
            }
        };
        set_timeout(settled, PAUSE);
        looking::begin(self);
    }

    fn forget(self) {
        self.work.stop();
        self.found.set(None);
        self.ticks.set(Vec::new());
        looking::forget();
    }

    /// Looks for something else.
    fn change(self, change: impl FnOnce(&mut Query)) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        self.look_for(&query);
    }

    fn look_for(self, query: &Query) {
        let written = dom::route::written(&query.fields());
        self.desk.screen.searching.set(Some(written));
    }

    /// Who asks for a search without words gets those that are selected, else what was looked for last.
    fn begin(self) {
        self.is_aside.set(false);
        if !self.query.with_untracked(Query::is_empty) {
            return;
        }
        let selected = self.desk.chosen_words().and_then(|it| {
            let span = trim(&it.document.text, it.span)?;
            Some(it.document.text.slice(span).to_owned())
        });
        match selected.filter(|it| it.len() < 100) {
            Some(words) => self.look_for(&Query {
                words,
                wording: crate::analysis::query::Wording::Phrase,
                ..Query::default()
            }),
            None => {
                let last = self.last.get_value();
                self.desk.screen.searching.set(Some(last));
            }
        }
    }

    /// Shuts it and gives the focus back to the text.
    fn close(self) {
        self.desk.screen.searching.set(None);
        self.desk.page.take_focus();
    }

    fn panel(self) -> AnyView {
        self.begin();
        let field = ElementRef::new();
        effect(move || {
            if let Some(field) = field.get() {
                drop(field.focus());
            }
        });
        let aside = self.is_aside;
        let back = move || {
            let back = move || {
                aside.set(false);
                lines::focus_last();
            };
            button("Back to the lines", back).view()
        };
        let head = element("div")
            .class("panel-head")
            .with(
                element("h2")
                    .set("id", "search-title")
                    .say("Search all articles"),
            )
            .with(when(move || aside.get(), back))
            .with(button("Close", move || self.close()).class("quiet"));
        let is_empty = move || self.query.with(Query::is_empty);
        let has_lines = move || {
            let found = self.found.get();
            found.is_some_and(|it| !it.lines.is_empty())
        };
        element("section")
            .set("id", "search")
            .set("aria-labelledby", "search-title")
            .class_if("is-aside", move || aside.get())
            .class_if("has-lines", has_lines)
            .on("keydown", move |event| self.close_by_key(&event))
            .with(head)
            .with(self.form(field))
            .with(kept::list(self))
            .with(self.work.line("Reading the articles"))
            .with(self.tally())
            .with(marking::bar(self))
            .with(lines::list(self))
            .with(when(is_empty, move || kept::nothing_yet(self)))
            .view()
    }

    fn close_by_key(self, event: &web_sys::Event) {
        if dom::keys::is_escape(event) {
            // A field would be emptied by it.
            event.prevent_default();
            event.stop_propagation();
            self.close();
        }
    }

    /// How much was found, in a sentence.
    fn tally(self) -> AnyView {
        let told = move || match self.found.get() {
            Some(found) if !self.query.with(Query::is_empty) => told(&found),
            _ => String::new(),
        };
        element("p")
            .set("id", "search-tally")
            .set("role", "status")
            .show(told)
            .view()
    }
}

fn told(found: &Found) -> String {
    let grouped = super::facts::grouped;
    let places = match (found.lines.len(), found.is_cut) {
        (0, _) => "Nothing found.".to_owned(),
        (_, true) => format!(
            "More than {} places; these are the first. More words or a filter leave fewer.",
            grouped(MOST)
        ),
        (1, _) => "1 place.".to_owned(),
        (all, _) => match found.articles {
            1 => format!("{} places in 1 article.", grouped(all)),
            articles => format!("{} places in {} articles.", grouped(all), grouped(articles)),
        },
    };
    match &found.trouble {
        Some(trouble) if found.lines.is_empty() => trouble.clone(),
        Some(trouble) => format!("{trouble} {places}"),
        None => places,
    }
}
