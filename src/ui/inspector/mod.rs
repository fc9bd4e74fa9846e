//! What more is asked and said of a mark: questions, certainty, tags, relations and a conversation. All
//! of it comes with the second file; only [`Desk`] and [`Task`] are known before. Knows nothing of how the
//! schema is made.

mod about;
mod arcs;
mod begun;
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
mod words_field;

use leptos::prelude::*;

use super::dynamic::{dynamic, when};
use super::element::{Element, button, element};
use super::marks::by_whom;
use super::rows::{Key, each};
use super::{context, markdown};
use crate::format::schema_file;
use crate::model::{AnnotationId, Attribute, AttributeId, Import, LabelId, Subject, Together};
use crate::session::{Derived, Session};
pub(super) use about::{About, wish};
pub use begun::begin;
pub(super) use begun::make_room;
pub use desk::{Desk, Task};
pub(super) use missing::{missing_dialog, missing_line};
pub use over::over_text;
pub(super) use question::Asked;
pub(super) use relations::relate_dialog;
pub use tasks::run;

/// The setting that says whether all questions are shown.
pub(super) const ASKS_ALL: &str = "all-questions";

/// What is asked and said of the mark in focus.
pub fn inspector(id: AnnotationId) -> AnyView {
    let about = About::Mark(id.clone());
    vec![
        by_whom(&id),
        more::revised(&id),
        questions(about),
        relations::relations(&id),
        discussion::discussion(&id),
    ]
    .into_any()
}

/// The note of a mark as it reads; nothing where it reads as it stands.
pub fn note_look(id: AnnotationId) -> AnyView {
    let (session, _) = context();
    let note = Derived::new(move || {
        session.with_marks(|project| {
            let note = project.annotations().get(&id).map(|it| it.note.clone());
            note.filter(|it| markdown::has_looks(it))
        })
    });
    dynamic(move || {
        let Some(note) = note.get() else {
            return Vec::new();
        };
        let look = element("div")
            .class("note-look")
            .set("role", "group")
            .set("aria-label", "The note as it reads");
        vec![look.with_all(markdown::rendered(&note)).view()]
    })
}

/// The questions that are put to something, and what can be said of any mark.
pub fn questions(about: About) -> AnyView {
    let (session, screen) = context();
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
    let folds = matches!(about, About::Mark(_));
    let asks_all = move || !folds || screen.desk.with(|it| it.asks_all);
    let told = {
        let about = about.clone();
        Derived::new(move || about.said_besides(session))
    };
    let (sure, tagged) = (about.clone(), about.clone());
    let group = group
        .with(when(
            move || asks_all() || told.get().0,
            move || more::certainty(&sure).view(),
        ))
        .with(when(
            move || asks_all() || told.get().1,
            move || more::tags(&tagged).view(),
        ));
    let group = match folds {
        true => group.with(fold(about, told)),
        false => group,
    };
    let asks_nothing = move || {
        let is_plain = |it: &Vec<Attribute>| !it.iter().any(|it| it.subject == Subject::Annotation);
        schema.with(is_plain) && has_usual_labels(session)
    };
    vec![group.view(), when(asks_nothing, move || ask_more(session))].into_any()
}

/// The way to questions that need no answer and have none, by their names; and back.
fn fold(about: About, told: Derived<(bool, bool)>) -> AnyView {
    let (session, screen) = context();
    let hidden = Derived::new(move || {
        let asked = about.asked(session);
        let open = asked.iter().filter(|it| !is_in_sight(&about, session, it));
        let mut names: Vec<String> = open.map(|it| it.name.clone()).collect();
        let (is_sure, has_tags) = told.get();
        for (is_said, name) in [(is_sure, "Certainty"), (has_tags, "Tags")] {
            if !is_said {
                names.push(name.to_owned());
            }
        }
        names.join(", ")
    });
    let asks_all = move || screen.desk.with(|it| it.asks_all);
    let toggle = move || {
        screen.desk.update(|it| it.asks_all = !it.asks_all);
        screen.remember(ASKS_ALL, if untrack(asks_all) { "on" } else { "off" });
    };
    let name = move || match asks_all() {
        true => "Fewer questions".to_owned(),
        false => hidden.get(),
    };
    let way = move || {
        element("button")
            .set("type", "button")
            .class("quiet more-questions")
            .follow("aria-expanded", move || asks_all().to_string())
            .press(toggle)
            .show(name)
            .view()
    };
    when(move || hidden.with(|it| !it.is_empty()), way)
}

/// Whether a question is in sight where the others are folded: it has to be answered, or is.
fn is_in_sight(about: &About, session: Session, question: &Attribute) -> bool {
    let given = about.given(session, question);
    question.required || given.differs || given.answer.is_some()
}

fn asked_list(about: About) -> AnyView {
    let (session, screen) = context();
    let folds = matches!(about, About::Mark(_));
    // Who empties a field to write something else still needs it.
    let seen = StoredValue::new(Vec::<AttributeId>::new());
    let asked = {
        let about = about.clone();
        Derived::new(move || {
            let mut asked = about.asked(session);
            if !folds || screen.desk.with(|it| it.asks_all) {
                seen.set_value(Vec::new());
                return asked;
            }
            let was_seen = seen.get_value();
            asked.retain(|it| was_seen.contains(&it.id) || is_in_sight(&about, session, it));
            seen.set_value(asked.iter().map(|it| it.id.clone()).collect());
            asked
        })
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
        let questions = Import {
            others: schema_file::of_new_project(),
            ..Import::default()
        };
        let edit = Together {
            name: "ask more".to_owned(),
            wishes: vec![Box::new(questions)],
        };
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
