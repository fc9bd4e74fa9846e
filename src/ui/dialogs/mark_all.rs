//! The same words wherever they stand, looked over and then marked in one step.

use std::sync::Arc;

use leptos::prelude::*;

use super::{form_buttons, frame, leave};
use crate::analysis::find;
use crate::model::{Document, DocumentId, Edit, LabelId, Span, trim};
use crate::session::{Session, Watched};
use crate::ui::element::{Element, element, form, tick_box};
use crate::ui::long_list::long_list;
use crate::ui::palette::label_buttons_that;
use crate::ui::{Dialog, Same, Screen, compared, context, counted};

/// How much is shown before and after the words, in bytes.
const AROUND: usize = 36;

/// Opens the dialog for the words of a span of the open article.
pub fn open_mark_all(session: Session, screen: Screen, span: Span, label: Option<LabelId>) {
    let words = session.view.open.get_untracked().and_then(|id| {
        session.peek(|project| Some(project.document(&id)?.text.slice(span).to_owned()))
    });
    if let Some(words) = words {
        screen.open(Dialog::MarkAll(Same {
            words,
            label,
            exact_case: false,
            whole_words: true,
        }));
    }
}

/// A place where the words stand.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    document: Arc<Document>,
    span: Span,
    is_marked: bool,
}

/// What is looked for, and what was found.
#[derive(Clone, Copy)]
pub(super) struct Search {
    session: Session,
    words: RwSignal<String>,
    label: Watched<Option<LabelId>>,
    everywhere: RwSignal<bool>,
    exact_case: RwSignal<bool>,
    whole_words: RwSignal<bool>,
    places: Watched<Arc<Vec<Place>>>,
    /// Which of them are ticked.
    ticks: Watched<Vec<bool>>,
    /// Counts the searches: a place has another row in each.
    run: RwSignal<u32>,
}

impl Search {
    /// A search for nothing. It goes with the dialog.
    pub fn new() -> Self {
        let [everywhere, exact_case, whole_words] = [false; 3].map(RwSignal::new);
        Self {
            session: context().0,
            words: RwSignal::new(String::new()),
            label: Watched::new(None),
            everywhere,
            exact_case,
            whole_words,
            places: Watched::new(Arc::default()),
            ticks: Watched::new(Vec::new()),
            run: RwSignal::new(0),
        }
    }

    /// The dialog.
    pub fn dialog(self, same: Same) -> AnyView {
        let labels = move || {
            self.session
                .peek(|it| it.schema().offered().next().map(|it| it.id.clone()))
        };
        self.label.set(same.label.or_else(labels));
        self.everywhere.set(false);
        self.exact_case.set(same.exact_case);
        self.whole_words.set(same.whole_words);
        self.words.set(same.words.trim().to_owned());
        self.run();
        let words = element("p").class("same-words").set("dir", "auto");
        let send = element("button")
            .follow_if("disabled", move || self.ticked() == 0)
            .show(move || format!("Mark {}", self.ticked()));
        let labels = label_buttons_that(
            self.session,
            move |id| self.label.with(|it| it.as_ref() == Some(id)),
            move |id| {
                self.label.set(Some(id.clone()));
                self.run();
            },
        );
        let labels = element("div").class("inspector-labels").with(labels);
        let tally = move || self.places.with(|it| counted(it.len(), "match", "matches"));
        let rules = element("div")
            .class("choices")
            .with(self.rule("All articles", self.everywhere))
            .with(self.rule("Whole words", self.whole_words))
            .with(self.rule("Exact case", self.exact_case))
            .with(element("span").set("role", "status").show(tally));
        let inside = form(move || self.mark())
            .with(words.show(move || format!("“{}”", self.words.get())))
            .with(labels.set("role", "group").set("aria-label", "Mark as"))
            .with(rules)
            .with(self.list())
            .with(form_buttons(send, "Cancel"));
        frame("mark-all", "Mark all the same words")
            .with(inside)
            .view()
    }

    /// Looks again, by what is chosen now. All that is not marked so already gets a tick.
    fn run(self) {
        let open = self.session.view.open.get_untracked();
        let everywhere = self.everywhere.get_untracked();
        let label = self.label.get_untracked();
        let exact_case = self.exact_case.get_untracked();
        let words = compared(&self.words.get_untracked(), exact_case);
        let mut places = Vec::new();
        for document in self.session.peek(|project| project.documents().to_vec()) {
            if !everywhere && Some(&document.id) != open.as_ref() {
                continue;
            }
            let text = &document.text;
            let form = compared(text.as_str(), exact_case);
            for span in find(text, &form, &words, self.whole_words.get_untracked()) {
                let has = |label| self.session.has_marked(&document.id, span, label);
                places.extend(trim(text, span).map(|span| Place {
                    document: document.clone(),
                    span,
                    is_marked: label.as_ref().is_some_and(has),
                }));
            }
        }
        self.ticks
            .set(places.iter().map(|it| !it.is_marked).collect());
        self.places.set(Arc::new(places));
        self.run.update(|count| *count += 1);
    }

    fn ticked(self) -> usize {
        self.ticks
            .with(|ticks| ticks.iter().filter(|it| **it).count())
    }

    /// Marks what is ticked, in one step.
    fn mark(self) {
        let Some(label) = self.label.get_untracked() else {
            return;
        };
        let (places, ticks) = (self.places.get_untracked(), self.ticks.get_untracked());
        let ticked = places.iter().zip(ticks).filter(|it| it.1);
        let chosen: Vec<(DocumentId, Span)> = ticked
            .map(|(place, _)| (place.document.id.clone(), place.span))
            .collect();
        let name = self.session.label_name(&label).to_ascii_lowercase();
        leave();
        let view = self.session.view;
        match self.session.dispatch(Edit::AnnotateAll(chosen, label)) {
            Ok(change) => {
                view.draft.set(None);
                view.say(format!("Marked {} as {name}", change.records.len()), true);
            }
            Err(error) => view.warn(error.to_string()),
        }
    }

    fn rule(self, name: &'static str, rule: RwSignal<bool>) -> Element {
        let set = move |on| {
            rule.set(on);
            self.run();
        };
        choice(tick_box(move || rule.get(), set), element("span").say(name))
    }

    fn list(self) -> Element {
        let keys = move || {
            let run = self.run.get();
            let places = 0..self.places.with_untracked(|it| it.len());
            places.map(|at| format!("{run}.{at}").into()).collect()
        };
        let rows = element("ol").class("long-list");
        let rows = long_list(rows, keys, || None, move |key| self.row(&key));
        element("div").class("same-list").with(rows)
    }

    fn row(self, key: &str) -> AnyView {
        let at: usize = key
            .split_once('.')
            .map_or("", |it| it.1)
            .parse()
            .unwrap_or(0);
        let Some(place) = self.places.with_untracked(|it| it.get(at).cloned()) else {
            return element("li").view();
        };
        let is_on = move || self.ticks.with(|ticks| ticks.get(at) == Some(&true));
        let tick = move |on| {
            self.ticks.update(|ticks| {
                if let Some(tick) = ticks.get_mut(at) {
                    *tick = on;
                }
            });
        };
        let mut field = tick_box(is_on, tick);
        let text = place.document.text.as_str();
        let (start, end) = (place.span.start().bytes(), place.span.end().bytes());
        let from = text.floor_char_boundary(start.saturating_sub(AROUND));
        let to = text.floor_char_boundary((end + AROUND).min(text.len()));
        let mut quote = element("span")
            .set("dir", "auto")
            .say_this(format!("…{}", &text[from..start]))
            .with(element("b").say_this(text[start..end].to_owned()))
            .say_this(format!("{}…", &text[end..to]));
        if place.is_marked {
            field = field.set("disabled", "");
            quote = quote.with(element("small").say("Marked already"));
        }
        if self.everywhere.get_untracked() {
            let title = place.document.title().to_owned();
            quote = quote.with(element("small").say_this(title));
        }
        element("li").with(choice(field, quote)).view()
    }
}

fn choice(field: Element, name: Element) -> Element {
    element("label").class("choice").with(field).with(name)
}
