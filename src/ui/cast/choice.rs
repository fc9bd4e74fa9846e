//! Choosing who speaks: a field with the likely ones below it, in the list of marks and beside the text.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::offers::{Deed, Offer, kind_of, offers};
use crate::analysis::likely_speakers;
use crate::dom;
use crate::model::{AnnotationId, Answer, Attribute, CastEdit, Edit, Project, Speaker, SpeakerId};
use crate::session::{Derived, Session, Watched};
use crate::ui::dynamic::{dynamic, when};
use crate::ui::element::{Element, element};
use crate::ui::inspector::{About, Asked, wish};

/// No line is chosen yet.
const NONE: usize = usize::MAX;

/// So many lines are shown; who wants others types on.
const MOST: usize = 30;

/// A field to choose somebody in.
#[derive(Clone)]
pub struct Choice {
    session: Session,
    about: About,
    attribute: Arc<Attribute>,
    /// The cast, the likeliest first, as it was when the list was opened.
    likely: Watched<Vec<Speaker>>,
    words: RwSignal<String>,
    is_open: RwSignal<bool>,
    /// The line that Enter takes, from 0.
    at: RwSignal<usize>,
    offers: Derived<Vec<Offer>>,
    /// Who is answered, by name.
    answered: Derived<Option<String>>,
}

/// The control of a question for a speaker.
pub fn speaker_field(asked: &Asked) -> Element {
    let choice = Choice::of(asked);
    let (opens, closes) = (choice.clone(), choice.clone());
    let key = choice.clone();
    let field = choice
        .field(&asked.part("speaker"))
        .set_to("aria-labelledby", asked.part("name"))
        .on("focus", move |_| opens.open(NONE))
        .on("blur", move |_| closes.close())
        .on("keydown", move |event| key.key(&event, true));
    let list = choice.clone();
    let id = asked.part("speakers");
    let is_open = choice.is_open;
    let shown = move || list.list(&id).view();
    element("div")
        .class("answers speaker-field")
        .with(field)
        .with(when(move || is_open.get(), shown))
}

impl Choice {
    /// A field for what is asked.
    pub fn of(asked: &Asked) -> Self {
        let (session, given) = (asked.session, asked.given);
        let answered = Derived::new(move || {
            let id = given.with(|it| it.answer.as_ref()?.text().map(str::to_owned))?;
            let found = session.with_marks(|project| project.speaker(&id));
            Some(found.map_or(id, |it| it.name))
        });
        let likely = Watched::new(Vec::new());
        let words = RwSignal::new(String::new());
        let offers = Derived::new(move || {
            let typed = words.get();
            let is_answered = answered.with(Option::is_some);
            likely.with(|all| offers(all, &typed, is_answered, dom::lowercase))
        });
        Self {
            session,
            about: asked.about.clone(),
            attribute: asked.attribute.clone(),
            likely,
            words,
            is_open: RwSignal::new(false),
            at: RwSignal::new(NONE),
            offers,
            answered,
        }
    }

    /// Shows the list; `at` is the line that Enter takes.
    pub fn open(&self, at: usize) {
        let marks = untrack(|| self.about.marks(self.session));
        let likely = self.session.peek(|project| likely(project, marks.first()));
        self.likely.set(likely);
        self.words.set(String::new());
        self.at.set(at);
        self.is_open.set(true);
    }

    fn close(&self) {
        self.is_open.set(false);
        self.words.set(String::new());
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.words.with_untracked(String::is_empty)
    }

    /// The field itself.
    pub fn field(&self, id: &str) -> Element {
        let list = list_id(id);
        let (typed, value, hint, active) = (self.clone(), self.clone(), self.clone(), self.clone());
        let is_open = self.is_open;
        let rows = list.clone();
        element("input")
            .set_to("id", id.to_owned())
            .set("role", "combobox")
            .set("aria-autocomplete", "list")
            .set_to("aria-controls", list)
            .follow("aria-expanded", move || is_open.get().to_string())
            .follow_maybe("aria-activedescendant", move || active.active(&rows))
            .follow_maybe("placeholder", move || hint.hint())
            .set("autocomplete", "off")
            .set("spellcheck", "false")
            .set("dir", "auto")
            .value(move || value.value())
            .typed(move |words| typed.type_words(words))
    }

    fn type_words(&self, words: String) {
        self.words.set(words);
        self.at.set(0);
        self.is_open.set(true);
    }

    fn value(&self) -> String {
        match self.is_open.get() {
            true => self.words.get(),
            false => self.answered.get().unwrap_or_default(),
        }
    }

    fn hint(&self) -> Option<String> {
        let answered = self.answered.get();
        answered.or_else(|| Some("Who? Type a name".to_owned()))
    }

    fn active(&self, list: &str) -> Option<String> {
        let at = self.at.get();
        let is_there = self.is_open.get() && at < self.offers.with(|it| it.len().min(MOST));
        is_there.then(|| row_id(list, at))
    }

    /// The list below the field with this id.
    pub fn list(&self, id: &str) -> Element {
        let id = list_id(id);
        let (rows, list) = (self.clone(), id.clone());
        let rows = move || {
            let all = rows.offers.get().into_iter().take(MOST).enumerate();
            all.map(|(at, offer)| rows.row(&list, at, offer).view())
                .collect()
        };
        element("ul")
            .set_to("id", id)
            .class("speaker-list")
            .set("role", "listbox")
            .set("aria-label", "Cast")
            // The focus stays in the field.
            .on("pointerdown", |event| event.prevent_default())
            .with(dynamic(rows))
    }

    fn row(&self, list: &str, at: usize, offer: Offer) -> Element {
        let (taker, chosen) = (self.clone(), self.at);
        let name = element("span").set("dir", "auto").say_this(offer.name);
        let row = element("li")
            .set("role", "option")
            .set_to("id", row_id(list, at))
            .follow("aria-selected", move || (chosen.get() == at).to_string())
            .press(move || {
                taker.take(at);
            })
            .with(name);
        match offer.told.is_empty() {
            true => row,
            false => row.say(" ").with(element("small").say_this(offer.told)),
        }
    }

    /// A key in the field. In the list of marks Enter goes on to the next question.
    pub fn key(&self, event: &Event, goes_on: bool) {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if event.is_composing() || event.default_prevented() {
            return;
        }
        let count = self.offers.with_untracked(|it| it.len().min(MOST));
        let at = self.at.get_untracked();
        let next = match event.key().as_str() {
            _ if count == 0 || event.shift_key() => return,
            "ArrowDown" if at >= count => 0,
            "ArrowDown" => (at + 1) % count,
            "ArrowUp" if at >= count => count - 1,
            "ArrowUp" => (at + count - 1) % count,
            "Enter" if !event.ctrl_key() => {
                let is_done = at < count && self.take(at);
                if at < count && !(is_done && goes_on) {
                    event.prevent_default();
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        self.is_open.set(true);
        self.at.set(next);
    }

    /// Takes who stands in a line; answers whether that was possible.
    pub fn take(&self, at: usize) -> bool {
        let offer = self.offers.with_untracked(|it| it.get(at).cloned());
        let Some(offer) = offer else {
            return false;
        };
        let question = &self.attribute.id;
        let session = self.session;
        let is_done = match offer.deed {
            Deed::Take(id) => {
                let answer = Answer::Text(id.to_string());
                wish(session, self.about.answer(session, question, Some(answer)))
            }
            Deed::Clear => wish(session, self.about.answer(session, question, None)),
            Deed::Add => self.add(),
        };
        if is_done {
            self.close();
        }
        is_done
    }

    /// Takes somebody new into the cast and answers with them.
    fn add(&self) -> bool {
        let name = self.words.get_untracked().trim().to_owned();
        let Some(id) = SpeakerId::new(&self.session.new_id()) else {
            return false;
        };
        let mut new = Speaker::new(id, name.as_str());
        new.kind = kind_of(&name);
        let question = self.attribute.id.clone();
        let edit: Edit = match &self.about {
            About::Article(article) => {
                CastEdit::AnswerDocument(new, article.clone(), question).into()
            }
            marks => {
                let marks = untrack(|| marks.marks(self.session));
                CastEdit::Answer(new, marks, question).into()
            }
        };
        wish(self.session, edit)
    }
}

fn list_id(field: &str) -> String {
    [field, "-list"].concat()
}

fn row_id(list: &str, at: usize) -> String {
    [list, "-", &at.to_string()].concat()
}

/// The cast, the likeliest for a mark first.
fn likely(project: &Project, mark: Option<&AnnotationId>) -> Vec<Speaker> {
    let mark = mark.and_then(|id| project.annotations().get(id));
    match mark {
        Some(mark) => likely_speakers(project, &mark.document, mark.hull()),
        None => project.cast().collect(),
    }
}
