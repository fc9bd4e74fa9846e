//! Ten minutes with the practice set: one article, and a model answer to compare with. And, where a lesson says
//! so, a word on each mark as it is made.

use std::sync::Arc;

use leptos::prelude::*;

use super::class::Class;
use super::doing::PRACTICE_LESSON;
use super::scores::has_practice;
use super::scoring::{KeySource, PRACTICE, scores, told};
use crate::analysis::score::Rules;
use crate::format::lesson::{Feedback, Lesson, Step};
use crate::model::{AnnotationId, Change, Record};
use crate::session::Origin;
use crate::ui::context;
use crate::ui::dialogs::leave;
use crate::ui::dynamic::{after_painting, when};
use crate::ui::element::{Element, button};

/// The way in, at the first visit and wherever scores are shown.
pub fn try_it(class: Class) -> Element {
    button("Try it: 10 minutes", move || begin(class))
}

/// The same beside the first steps, where the practice set is here.
pub fn invitation() -> AnyView {
    let (session, screen) = context();
    let class = Class::of(session, screen);
    let is_here = move || session.with_documents(has_practice);
    when(is_here, move || try_it(class).view())
}

fn begin(class: Class) {
    let session = class.session;
    let first = session.peek(|project| {
        let mut all = project.documents().iter();
        let found = all.find(|it| PRACTICE.contains(it.text.hash().as_str()));
        found.map(|it| it.id.clone())
    });
    let about = "Read the article. Mark what it claims, whom it quotes and where it gives an opinion. Then see how your \
                 marks compare with a model answer.";
    let lesson = Lesson {
        id: PRACTICE_LESSON.to_owned(),
        title: "Try it".to_owned(),
        steps: vec![Step {
            instructions: about.to_owned(),
            documents: first.into_iter().collect(),
            minutes: 10,
            ..Step::default()
        }],
        feedback: Feedback::HandIn,
        tolerance: 1,
        key: PRACTICE.to_owned(),
        ..Lesson::default()
    };
    leave();
    class.begin_at(Arc::new(lesson), 0);
}

/// Says of each mark what becomes of it, as long as the lesson wants that.
pub fn follow_marks(class: Class) {
    class.session.observe(move |change, origin| {
        let lesson = class.opened.get_untracked().map(|it| it.lesson);
        let lesson = lesson.filter(|it| it.feedback == Feedback::EachMark && !it.key.is_empty());
        let made = made(class, change).filter(|_| origin == Origin::Local);
        if let Some((lesson, id)) = lesson.zip(made) {
            // The mark itself is seen first.
            after_painting(move || tell(class, lesson, &id));
        }
    });
}

/// The mark that a change has made or changed, where it is one and one's own.
fn made(class: Class, change: &Change) -> Option<AnnotationId> {
    match change.records.as_slice() {
        [only] => match &only.after {
            Some(Record::Annotation(it)) if it.annotator == class.me() => Some(it.id.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn tell(class: Class, lesson: Arc<Lesson>, id: &AnnotationId) {
    let session = class.session;
    let rules = Rules {
        tolerance: lesson.tolerance as usize,
        ..Rules::default()
    };
    let source = KeySource::Lesson(lesson);
    let said = session.peek(|project| {
        let key = source.key(project).ok()?;
        let found = scores(project, &key, &source.labels(), &[class.me()], rules);
        let mut verdicts = found
            .first()?
            .articles
            .iter()
            .flat_map(|it| &it.score.verdicts);
        let verdict = verdicts.find(|it| it.given.as_ref() == Some(id))?;
        Some(format!("{}. {}", told(verdict), verdict.reason))
    });
    if let Some(said) = said {
        session.view.say(said, false);
    }
}
