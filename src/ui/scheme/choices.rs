//! The answers that one may choose from, as rows that can be written in, put in order and dropped. What
//! files call an answer stays when people call it otherwise.

use leptos::prelude::*;

use super::quiet;
use crate::model::Choice;
use crate::session::Watched;
use crate::ui::element::{Element, button, element};
use crate::ui::rows::each;

/// The answers, each with a number that it keeps.
#[derive(Clone, Copy)]
pub(super) struct Choices {
    all: Watched<Vec<(u32, Choice)>>,
    next: StoredValue<u32>,
}

impl Choices {
    /// These answers to begin with; two empty ones where there are none.
    pub fn of(choices: &[Choice]) -> Self {
        let mut all: Vec<(u32, Choice)> = (0..).zip(choices.iter().cloned()).collect();
        if all.is_empty() {
            all = (0..2).map(|it| (it, Choice::new(""))).collect();
        }
        let next = StoredValue::new(all.len() as u32);
        Self {
            all: Watched::new(all),
            next,
        }
    }

    /// Those that have a name. A new one is called in files as people call it.
    pub fn made(self) -> Vec<Choice> {
        let all = self.all.get_untracked().into_iter().map(|it| it.1);
        let named = all.filter_map(|mut choice| {
            choice.name = choice.name.trim().to_owned();
            if choice.value.is_empty() {
                choice.value.clone_from(&choice.name);
            }
            (!choice.name.is_empty()).then_some(choice)
        });
        named.collect()
    }

    /// Their values and names, which are followed.
    pub fn options(self) -> Vec<(String, String)> {
        self.all.track();
        let made = self.made().into_iter();
        made.map(|it| (it.value, it.name)).collect()
    }

    /// The rows, and the button that adds one.
    pub fn element(self) -> Element {
        let keys = move || {
            self.all
                .with(|all| all.iter().map(|it| it.0.to_string().into()).collect())
        };
        let rows = element("ol").class("choice-rows");
        let add = move || {
            let next = self.next.get_value();
            self.next.set_value(next + 1);
            self.all.update(|it| it.push((next, Choice::new(""))));
            super::focus_soon(format!("#scheme [data-choice=\"{next}\"] input"));
        };
        element("fieldset")
            .class("choice-list")
            .with(element("legend").say("Answers to choose from, and when each is the right one"))
            .with(each(rows, keys, move |key| self.row(key.to_string())))
            .with(button("Add an answer", add).set("type", "button"))
    }

    fn row(self, key: String) -> AnyView {
        let number: u32 = key.parse().unwrap_or_default();
        let read = move |read: fn(&Choice) -> &String| {
            let all = self.all.get_untracked();
            let found = all.iter().find(|it| it.0 == number);
            found.map_or_else(String::new, |it| read(&it.1).clone())
        };
        let write = move |change: fn(&mut Choice, String), words: String| {
            self.all.update(|all| {
                if let Some(found) = all.iter_mut().find(|it| it.0 == number) {
                    change(&mut found.1, words);
                }
            });
        };
        let name = element("input")
            .set("aria-label", "Answer")
            .set("dir", "auto")
            .value(move || read(|it| &it.name))
            .typed(move |words| write(|it, words| it.name = words, words));
        let definition = element("input")
            .set("aria-label", "When it is right")
            .set("placeholder", "When it is right")
            .set("dir", "auto")
            .value(move || read(|it| &it.definition))
            .typed(move |words| write(|it, words| it.definition = words, words));
        let up = move || {
            self.all.update(|all| {
                let at = all.iter().position(|it| it.0 == number).unwrap_or(0);
                all.swap(at, at.saturating_sub(1));
            });
        };
        let drop_it = move || self.all.update(|all| all.retain(|it| it.0 != number));
        element("li")
            .set_to("data-choice", key)
            .with(name)
            .with(definition)
            .with(quiet("Up", up))
            .with(quiet("Drop", drop_it))
            .view()
    }
}
