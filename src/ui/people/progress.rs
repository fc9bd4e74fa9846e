//! How much of what a step of a lesson asks for is done. Knows nothing of where that is shown.

use leptos::prelude::*;

use super::class::Class;
use super::doing::asked_of;
use crate::format::lesson::Step;
use crate::model::{AnnotatorId, LabelId, Project};
use crate::session::Derived;
use crate::ui::counted;
use crate::ui::element::{Element, element};

/// How much of what is asked for is done, and how long it took so far.
pub fn progress(class: Class, step: Step, ticks: RwSignal<u32>) -> Element {
    let session = class.session;
    let me = class.me();
    let labels = asked_of(
        session,
        &Step {
            labels: step.labels.clone(),
            ..Step::default()
        },
    );
    let (count, minutes) = (step.count as usize, step.minutes);
    let made = Derived::new(move || session.with_marks(|it| made_in(it, &step, &me)));
    let told = move || {
        ticks.track();
        let gone = (js_sys::Date::now() - class.begun.get_value()) / 60_000.0;
        let made = made.get();
        let mut parts = vec![labels.clone()];
        parts.push(match count {
            0 => counted(made, "mark of yours", "marks of yours"),
            _ => format!("{made} of {}", counted(count, "mark", "marks")),
        });
        if minutes > 0 {
            parts.push(format!(
                "{} of {}",
                gone as u32,
                counted(minutes as usize, "minute", "minutes")
            ));
        }
        parts.retain(|it| !it.is_empty());
        parts.join(" · ")
    };
    let is_done = move || count > 0 && made.get() >= count;
    element("p")
        .class("side-note lesson-progress")
        .class_if("is-done", is_done)
        .show(told)
}

/// How many marks somebody has made for a step.
fn made_in(project: &Project, step: &Step, me: &AnnotatorId) -> usize {
    let documents = project.documents().iter();
    let documents =
        documents.filter(|it| step.documents.is_empty() || step.documents.contains(&it.id));
    let is_asked = |label: &LabelId| step.labels.is_empty() || step.labels.contains(label);
    let marks = documents.flat_map(|it| project.annotations().of(&it.id));
    marks
        .filter(|it| it.annotator == *me && is_asked(&it.label))
        .count()
}
