//! What more is asked and said of a mark: questions, certainty, tags, relations and a conversation. All
//! of it comes with the second file; only [`Desk`] and [`Task`] are known before. Knows nothing of how the
//! schema is made.

mod about;
mod arcs;
mod desk;
mod discussion;
mod keys;
mod marks_field;
mod missing;
mod more;
mod over;
mod question;
mod relations;
mod tasks;

use leptos::prelude::*;

use super::context;
use super::dynamic::{dynamic, when};
use super::element::{Element, button, element};
use super::rows::{Key, each};
use crate::format::schema_file;
use crate::model::{AnnotationId, LabelId, Subject};
use crate::session::{Derived, Session};
pub(super) use about::{About, wish};
pub use desk::{Desk, Task};
pub(super) use missing::{missing_dialog, missing_line};
pub use over::over_text;
pub(super) use question::Asked;
pub(super) use relations::relate_dialog;
pub use tasks::run;

/// What is asked and said of the mark in focus.
pub fn inspector(id: AnnotationId) -> AnyView {
    let about = About::Mark(id.clone());
    vec![
        more::revised(&id),
        questions(about),
        relations::relations(&id),
        discussion::discussion(&id),
    ]
    .into_any()
}

/// The questions that are put to something, and what can be said of any mark.
pub fn questions(about: About) -> AnyView {
    let (session, _) = context();
    let schema = {
        let schema = move || session.with_marks(|project| project.schema().attributes());
        Derived::new(schema)
    };
    let is_of_marks = !matches!(about, About::Article(_));
    let group = element("div")
        .class("questions")
        .set("role", "group")
        .set("aria-label", "Questions")
        .on("keydown", keys::listener());
    let asked = about.clone();
    // Where a question is defined otherwise, its controls may be others.
    let group = group.with(dynamic(move || {
        schema.with(|_| ());
        vec![untrack(|| asked_list(asked.clone()))]
    }));
    if !is_of_marks {
        return group.view();
    }
    let group = group.with(more::certainty(&about)).with(more::tags(&about));
    let asks_nothing = move || {
        let is_plain = |it: &Vec<crate::model::Attribute>| {
            !it.iter().any(|it| it.subject == Subject::Annotation)
        };
        schema.with(is_plain) && has_usual_labels(session)
    };
    vec![group.view(), when(asks_nothing, move || ask_more(session))].into_any()
}

fn asked_list(about: About) -> AnyView {
    let (session, _) = context();
    let asked = {
        let about = about.clone();
        Derived::new(move || about.asked(session))
    };
    let keys = move || asked.with(|all| all.iter().map(|it| it.id.as_str().into()).collect());
    let row = move |key: Key| {
        let found =
            asked.with_untracked(|all| all.iter().find(|it| it.id.as_str() == &*key).cloned());
        match found {
            Some(attribute) => question::question(about.clone(), attribute),
            None => element("div").view(),
        }
    };
    each(element("div").class("asked"), keys, row).view()
}

/// Whether the schema in depth would fit: its labels are those one has.
fn has_usual_labels(session: Session) -> bool {
    let usual = ["claim", "quote", "opinion"];
    session.with_marks(|project| {
        let has =
            |id: &&str| LabelId::new(id).is_some_and(|id| project.schema().get(&id).is_some());
        usual.iter().all(has)
    })
}

/// The way to the questions that come with the page.
fn ask_more(session: Session) -> AnyView {
    let adopt = move || {
        let Ok(file) = schema_file::read("schema.json", schema_file::BUILT_IN[0]) else {
            return;
        };
        let edit = session.peek(|project| schema_file::adopt(project, &file, &[]));
        if wish(session, edit) {
            let said =
                "From now on it is asked who speaks, what is claimed and whose opinion it is";
            session.view.say(said, true);
        }
    };
    let told = "Who speaks in a quote? Can a claim be checked? Whose opinion is it?";
    element("p")
        .class("ask-more")
        .say(told)
        .say(" ")
        .with(button("Ask that of each mark", adopt).class("quiet"))
        .view()
}

/// The questions about all that is picked, behind a button: the list of marks stays in sight.
pub fn questions_about_picked() -> AnyView {
    let is_open = RwSignal::new(false);
    let toggle = move || is_open.update(|it| *it = !*it);
    let shown = move || questions(About::Picked);
    let way: Element = button("Answer for all", toggle)
        .set("id", "answer-picked")
        .class("quiet")
        .follow("aria-expanded", move || is_open.get().to_string());
    vec![way.view(), when(move || is_open.get(), shown)].into_any()
}
