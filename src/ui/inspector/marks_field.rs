//! A question that is answered by other marks: where the text gives evidence, for instance. The marks are
//! chosen where they stand, in any article.

use leptos::prelude::*;

use super::about::{About, wish};
use super::desk::Waiting;
use super::question::Asked;
use crate::model::{AnnotationId, Answer, AttributeId};
use crate::session::Session;
use crate::ui::context;
use crate::ui::dynamic::{dynamic, when};
use crate::ui::element::{Element, button, element};
use crate::ui::places::way;

/// The marks that are the answer, and the ways to others.
pub fn marks_field(asked: &Asked) -> Element {
    let listed = {
        let asked = asked.clone();
        move || {
            let named = asked.given.with(|it| named(it.answer.as_ref()));
            let named = named.unwrap_or_default().into_iter();
            named.map(|id| row(&asked, id).view()).collect()
        }
    };
    let is_answered = {
        let given = asked.given;
        move || given.with(|it| it.answer.is_some())
    };
    let has_none = {
        let given = asked.given;
        move || given.with(|it| named(it.answer.as_ref()).is_some_and(|all| all.is_empty()))
    };
    let none = {
        let (asked, has_none) = (asked.clone(), has_none);
        move || {
            let is_said = untrack(has_none);
            asked.answer((!is_said).then(|| Answer::List(Vec::new())));
        }
    };
    let point = match asked.about {
        About::Mark(_) => point_button(asked),
        _ => element("small")
            .class("side-note")
            .say("Marks are pointed at mark by mark."),
    };
    let clear = {
        let asked = asked.clone();
        move || {
            let asked = asked.clone();
            let clear = move || {
                asked.answer(None);
            };
            button("Take back", clear).class("quiet").view()
        }
    };
    let none = button("None given", none)
        .class("answer")
        .set("type", "button")
        .follow("aria-pressed", move || has_none().to_string());
    element("div")
        .class("answers")
        .set("role", "group")
        .set_to("aria-labelledby", asked.part("name"))
        .with(element("ul").class("pointed").with(dynamic(listed)))
        .with(point)
        .with(none)
        .with(when(is_answered, clear))
}

/// The marks that an answer names, if it is such an answer.
fn named(answer: Option<&Answer>) -> Option<Vec<AnnotationId>> {
    let ids = answer?.texts()?;
    Some(ids.into_iter().filter_map(AnnotationId::new).collect())
}

/// Lets the next mark that is chosen be part of the answer.
fn point_button(asked: &Asked) -> Element {
    let (_, screen) = context();
    let asked = asked.clone();
    let point = move || {
        let Some(from) = untrack(|| asked.about.marks(asked.session))
            .into_iter()
            .next()
        else {
            asked.session.view.warn("Choose one mark first.");
            return;
        };
        let waiting = Waiting::Answer(from, asked.attribute.id.clone());
        screen.desk.update(|it| it.waiting = Some(waiting));
        screen.sheet.set(None);
    };
    button("Point at a mark", point)
        .class("answer")
        .set("type", "button")
}

/// A mark of the answer: its words lead there.
fn row(asked: &Asked, id: AnnotationId) -> Element {
    let without = {
        let (asked, id) = (asked.clone(), id.clone());
        move || {
            let now = asked.given.with_untracked(|it| named(it.answer.as_ref()));
            let others = now.unwrap_or_default().into_iter().filter(|it| *it != id);
            let others: Vec<String> = others.map(|it| it.to_string()).collect();
            asked.answer((!others.is_empty()).then(|| Answer::list(others)));
        }
    };
    element("li")
        .with(way_to(asked.session, id))
        .with(button("Drop", without).class("quiet"))
}

/// Words of a mark that lead to it, also into another article.
pub fn way_to(session: Session, id: AnnotationId) -> Element {
    let (_, screen) = context();
    let found = session.peek(|project| project.annotations().get(&id).cloned());
    let Some(mark) = found else {
        return element("span")
            .class("side-note")
            .say("a mark without a place");
    };
    let words = format!("“{}”", session.quote(&mark));
    let go = move || {
        session.go_to_mark(&mark.id);
        screen.sheet.set(None);
    };
    way(words, go)
}

/// Adds a mark to the answer to a question about another one; answers whether it is new there.
pub fn add_to_answer(
    session: Session,
    from: &AnnotationId,
    question: &AttributeId,
    id: &AnnotationId,
) -> bool {
    let now = session.peek(|project| {
        let details = project.annotations().get(from)?.details.clone()?;
        named(details.answers.get(question.as_str()))
    });
    let now = now.unwrap_or_default();
    if now.contains(id) {
        session.view.say("That mark is named already.", false);
        return false;
    }
    let all = now.iter().chain([id]).map(ToString::to_string);
    let answer = Some(Answer::list(all));
    let edit = About::Mark(from.clone()).answer(session, question, answer);
    wish(session, edit)
}
