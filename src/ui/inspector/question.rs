//! One question with what is answered to it: buttons to choose from, or a field. Knows nothing of which
//! questions there are.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::about::{About, Given, wish};
use super::marks_field::marks_field;
use super::words_field::words_field;
use crate::model::{Answer, AnswerEdit, Attribute, AttributeKind, EditError};
use crate::session::{Derived, Session};
use crate::ui::cast::speaker_field;
use crate::ui::context;
use crate::ui::dynamic::when;
use crate::ui::element::{Element, element};

/// So many values of a scale are buttons; of a longer one the value is typed.
const MOST_STEPS: i32 = 11;

/// A question that is put to something.
#[derive(Clone)]
pub struct Asked {
    pub session: Session,
    pub about: About,
    pub attribute: Arc<Attribute>,
    /// What is answered.
    pub given: Derived<Given>,
}

/// What can be chosen.
struct Offer {
    name: String,
    told: String,
    value: Answer,
    /// The digit that chooses it.
    key: Option<String>,
}

impl Asked {
    /// A question that is put to something.
    pub fn of(session: Session, about: About, attribute: Attribute) -> Self {
        let attribute = Arc::new(attribute);
        let given = {
            let (about, attribute) = (about.clone(), attribute.clone());
            Derived::new(move || about.given(session, &attribute))
        };
        Self {
            session,
            about,
            attribute,
            given,
        }
    }

    /// The id of an element of this question.
    pub fn part(&self, which: &str) -> String {
        [
            which,
            "-",
            self.about.key(),
            "-",
            self.attribute.id.as_str(),
        ]
        .concat()
    }

    /// Answers it, or takes the answer back; answers whether that was possible.
    pub fn answer(&self, answer: Option<Answer>) -> bool {
        wish(self.session, self.edit(answer))
    }

    fn edit(&self, answer: Option<Answer>) -> AnswerEdit {
        self.about.answer(self.session, &self.attribute.id, answer)
    }

    /// Answers it where that is an answer; tells whether it is, and says nothing.
    fn try_answer(&self, answer: Option<Answer>) -> bool {
        let done = self.session.dispatch(self.edit(answer).into());
        matches!(done, Ok(_) | Err(EditError::NoChange))
    }

    /// Whether it has to be answered and is not.
    fn is_lacking(&self) -> bool {
        let is_answered = |it: &Given| {
            let fits = it.answer.as_ref();
            it.differs || fits.is_some_and(|it| self.attribute.kind.accepts(it))
        };
        let may_lack = self.attribute.required && self.attribute.default.is_none();
        may_lack && !self.given.with(is_answered)
    }

    /// What is answered, as it is typed.
    fn words(&self) -> String {
        self.given.with(|it| match &it.answer {
            Some(Answer::Text(text) | Answer::Number(text)) => text.clone(),
            _ => String::new(),
        })
    }

    /// What stands in a field without an answer.
    fn hint(&self) -> Option<String> {
        if self.given.with(|it| it.differs) {
            return Some("different answers".to_owned());
        }
        match &self.attribute.default {
            Some(Answer::Text(text) | Answer::Number(text)) => Some(text.clone()),
            _ => None,
        }
    }
}

/// A question that is put to something.
pub fn question(about: About, attribute: Attribute) -> AnyView {
    let (session, _) = context();
    let asked = Asked::of(session, about, attribute);
    let attribute = asked.attribute.clone();
    let control = match &attribute.kind {
        AttributeKind::Speaker => speaker_field(&asked),
        AttributeKind::Spans => marks_field(&asked),
        AttributeKind::Words => words_field(&asked),
        kind => match offers(kind) {
            Some(offers) => choice(&asked, offers),
            None => field(&asked),
        },
    };
    let lacking = asked.clone();
    let mut row = element("div")
        .class("question")
        .set_to("data-question", attribute.id.to_string())
        .class_if("is-lacking", move || lacking.is_lacking());
    if let Some(key) = attribute.key {
        row = row.set_to("data-question-key", key.to_string());
    }
    let mut row = row.with(heading(&asked)).with(control);
    if !attribute.definition.is_empty() {
        let told = element("p").class("question-told");
        let told = told.set_to("id", asked.part("told"));
        row = row.with(told.say_this(attribute.definition.clone()));
    }
    row.view()
}

/// What is asked, whether it must be answered, and the key that leads there.
fn heading(asked: &Asked) -> Element {
    let attribute = &asked.attribute;
    let mut name = element("span").class("question-name");
    name = name.set_to("id", asked.part("name"));
    name = name.say_this(attribute.name.clone());
    if attribute.required {
        name = name.with(element("small").class("needed").say(" required"));
    }
    match attribute.key {
        Some(key) => name.with(element("kbd").say_this(key.to_string())),
        None => name,
    }
}

fn choice(asked: &Asked, offers: Vec<Offer>) -> Element {
    let several = matches!(asked.attribute.kind, AttributeKind::Choices(_));
    let group = element("div")
        .class("answers")
        .set("role", "group")
        .set_to("aria-labelledby", asked.part("name"));
    let group = match asked.attribute.definition.is_empty() {
        true => group,
        false => group.set_to("aria-describedby", asked.part("told")),
    };
    let buttons = offers.into_iter();
    group.with_all(buttons.map(|it| offered(asked, it, several)).collect())
}

/// A button with one of the answers.
fn offered(asked: &Asked, offer: Offer, several: bool) -> Element {
    let value = Arc::new(offer.value);
    let is_on = {
        let (asked, value) = (asked.clone(), value.clone());
        move || asked.given.with(|it| has(it, &value, several))
    };
    let press = {
        let (asked, is_on, value) = (asked.clone(), is_on.clone(), value.clone());
        move || {
            let was_on = untrack(&is_on);
            let answer = match several {
                true => toggled(&asked, &value, was_on),
                false => (!was_on).then(|| Answer::clone(&value)),
            };
            asked.answer(answer);
        }
    };
    let mut button = element("button")
        .set("type", "button")
        .class("answer")
        .follow("aria-pressed", move || is_on().to_string());
    if let Some(key) = offer.key {
        button = button.set_to("data-key", key);
    }
    if !offer.told.is_empty() {
        button = button.set_to("title", offer.told);
    }
    if asked.attribute.default.as_ref() == Some(&*value) {
        let asked = asked.clone();
        let is_taken = move || asked.given.with(|it| it.answer.is_none() && !it.differs);
        button = button.class_if("is-assumed", is_taken);
    }
    button.press(press).say_this(offer.name)
}

fn has(given: &Given, value: &Answer, several: bool) -> bool {
    match (&given.answer, value.text()) {
        (Some(answer), Some(text)) if several => answer.says(text),
        (answer, _) => answer.as_ref() == Some(value),
    }
}

/// The chosen values with one more or less, in the order in which they are offered.
fn toggled(asked: &Asked, value: &Answer, was_on: bool) -> Option<Answer> {
    let now = asked.given.with_untracked(|it| it.answer.clone());
    let chosen = asked.attribute.kind.choices().iter().filter(|choice| {
        let is_this = value.text() == Some(choice.value.as_str());
        match is_this {
            true => !was_on,
            false => now.as_ref().is_some_and(|it| it.says(&choice.value)),
        }
    });
    let values: Vec<&str> = chosen.map(|it| it.value.as_str()).collect();
    (!values.is_empty()).then(|| Answer::list(values))
}

/// What can be chosen; `None` where one types.
fn offers(kind: &AttributeKind) -> Option<Vec<Offer>> {
    let digit = |number: i32| (0..=9).contains(&number).then(|| number.to_string());
    let offer = |name: &str, value, key| Offer {
        name: name.to_owned(),
        told: String::new(),
        value,
        key: digit(key),
    };
    Some(match kind {
        AttributeKind::Choice(all) | AttributeKind::Choices(all) => {
            let offers = all.iter().zip(1..).map(|(it, key)| Offer {
                told: it.definition.clone(),
                ..offer(&it.name, Answer::Text(it.value.clone()), key)
            });
            offers.collect()
        }
        AttributeKind::YesNo => vec![
            offer("Yes", Answer::Flag(true), 1),
            offer("No", Answer::Flag(false), 2),
        ],
        AttributeKind::Scale(from, to) if to.saturating_sub(*from) < MOST_STEPS => {
            let step = |it: i32| offer(&it.to_string(), Answer::Number(it.to_string()), it);
            (*from..=*to).map(step).collect()
        }
        _ => return None,
    })
}

/// A field for a text or a number. What is no answer yet stays in the field, and is said.
fn field(asked: &Asked) -> Element {
    let is_number = asked.attribute.kind != AttributeKind::Text;
    let is_wrong = RwSignal::new(false);
    let act = {
        let asked = asked.clone();
        move |words: String| {
            let trimmed = words.trim();
            let answer = match is_number {
                true => Answer::Number(trimmed.to_owned()),
                false => Answer::Text(words.clone()),
            };
            let answer = (!trimmed.is_empty()).then_some(answer);
            is_wrong.set(!asked.try_answer(answer));
        }
    };
    let input = element("input")
        .set_to("id", asked.part("field"))
        .set_to("aria-labelledby", asked.part("name"))
        .set("dir", "auto")
        .set("autocomplete", "off")
        .follow_if("aria-invalid", move || is_wrong.get());
    let input = match is_number {
        true => input.set("inputmode", "decimal"),
        false => input,
    };
    // Keys that follow each other are one step for one mark; for several, one step when one is done.
    let event = match asked.about {
        About::Picked => "change",
        _ => "input",
    };
    let (shown, hint) = (asked.clone(), asked.clone());
    let input = input
        .value(move || shown.words())
        .follow_maybe("placeholder", move || hint.hint())
        .on(event, move |event| act(event_target_value(&event)));
    let told = match asked.attribute.kind {
        AttributeKind::Scale(from, to) => format!("A whole number from {from} to {to}."),
        _ => "A number, such as 12 or 3.5.".to_owned(),
    };
    let told = move || {
        element("small")
            .class("wrong")
            .say_this(told.clone())
            .view()
    };
    element("div")
        .class("answers")
        .with(input)
        .with(when(move || is_wrong.get(), told))
}

/// The element that a question stands in.
pub fn row_of(element: &web_sys::Element) -> Option<web_sys::HtmlElement> {
    element.closest(".question").ok()??.dyn_into().ok()
}
