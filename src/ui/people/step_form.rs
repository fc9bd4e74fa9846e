//! One step of a lesson, as its teacher writes it.

use leptos::prelude::*;

use super::class::Class;
use super::line;
use crate::format::lesson::Step;
use crate::model::{DocumentId, LabelId};
use crate::session::Watched;
use crate::ui::element::{Element, element, tick_box};

/// A step in the making.
#[derive(Clone, Copy)]
pub struct StepForm {
    /// What it is known by on the screen.
    pub id: u32,
    words: RwSignal<String>,
    labels: Watched<Vec<LabelId>>,
    count: RwSignal<String>,
    minutes: RwSignal<String>,
}

impl PartialEq for StepForm {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl StepForm {
    /// An empty step.
    pub fn new(id: u32) -> Self {
        Self {
            id,
            words: RwSignal::new(String::new()),
            labels: Watched::new(Vec::new()),
            count: RwSignal::new(String::new()),
            minutes: RwSignal::new(String::new()),
        }
    }

    /// The step as it is written; nothing where nothing is said.
    pub fn made(self, documents: &[DocumentId]) -> Option<Step> {
        let number = |it: RwSignal<String>| it.get_untracked().trim().parse().unwrap_or(0);
        let step = Step {
            instructions: self.words.get_untracked().trim().to_owned(),
            documents: documents.to_vec(),
            labels: self.labels.get_untracked(),
            count: number(self.count),
            minutes: number(self.minutes),
        };
        let is_said = !step.instructions.is_empty() || !step.labels.is_empty() || step.count > 0;
        is_said.then_some(step)
    }

    /// Its fields.
    pub fn view(self, class: Class, place: usize, remove: impl FnMut() + 'static) -> Element {
        let labels = class.session.peek(|project| {
            let offered = project.schema().offered();
            offered
                .map(|it| (it.id.clone(), it.name.clone()))
                .collect::<Vec<_>>()
        });
        let ticks = labels.into_iter().map(|(id, name)| {
            let wanted = id.clone();
            let is_on = move || self.labels.with(|it| it.contains(&wanted));
            let tick = tick_box(is_on, move |on| {
                self.labels.update(|all| {
                    all.retain(|it| *it != id);
                    all.extend(on.then(|| id.clone()));
                });
            });
            element("label").class("choice").with(tick).say_this(name)
        });
        let number = |name: &'static str, value: RwSignal<String>| {
            let field = element("input")
                .set("type", "number")
                .set("min", "0")
                .set("max", "10000")
                .set("inputmode", "numeric")
                .value(move || value.get())
                .typed(move |words| value.set(words));
            line(name, field)
        };
        let words = element("textarea")
            .set("rows", "2")
            .set("dir", "auto")
            .set_to(
                "aria-label",
                format!("What is to be done in step {}", place + 1),
            )
            .value(move || self.words.get())
            .typed(move |words| self.words.set(words));
        let labels = element("div")
            .class("choices-in-row")
            .set("role", "group")
            .set("aria-label", "With which labels; none means all")
            .with_all(ticks.collect());
        let remove = crate::ui::element::button("Remove this step", remove)
            .set("type", "button")
            .class("quiet");
        element("fieldset")
            .class("lesson-step")
            .with(element("legend").say_this(format!("Step {}", place + 1)))
            .with(words)
            .with(labels)
            .with(number("Marks asked for, if any", self.count))
            .with(number("Minutes, if any", self.minutes))
            .with(remove)
    }
}
