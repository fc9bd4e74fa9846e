//! What makes data fit for training: whole words, one of marks that overlap, and parts between which
//! nothing leaks.

use leptos::prelude::*;

use super::Export;
use super::choices::TRAINING;
use crate::format::exchange::{Ends, Overlaps, Split, Together, cut_words};
use crate::session::Derived;
use crate::ui::counted;
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, element, tick_box};
use crate::ui::exchange::choosing::line;

/// The formats with a card.
const HAS_CARD: [&str; 2] = ["hugging-face", "hugging-face-tokens"];

/// The formats in which a word has one tag.
const TAGGED: [&str; 3] = ["hugging-face-tokens", "conll", "conll-2003"];

const TOGETHER: [(&str, Together); 3] = [
    ("Articles that are almost the same", Together::Article),
    ("Articles about one event", Together::Event),
    ("Articles of one outlet", Together::Outlet),
];

const ENDS: [(&str, Ends); 3] = [
    ("Leave them as they are", Ends::Keep),
    ("Widen them to whole words", Ends::Widen),
    ("Trim them to whole words", Ends::Trim),
];

const OVERLAPS: [(&str, Overlaps); 2] = [
    ("Take the first", Overlaps::First),
    ("Take the longest", Overlaps::Longest),
];

impl Export {
    /// Whether the format is one to train with.
    pub(super) fn is_for_training(self) -> bool {
        TRAINING.contains(&self.format.get())
    }

    /// The choices that only such formats have.
    pub(super) fn training(self) -> AnyView {
        let cut = Derived::new(move || {
            let wish = self.wish();
            self.choosing.with_project(|project| {
                let narrowed = wish.filter.narrowed(project);
                cut_words(narrowed.as_ref().unwrap_or(project), &wish.documents)
            })
        });
        let content = move || {
            if !self.is_for_training() {
                return Vec::new();
            }
            let is_tagged = TAGGED.contains(&self.format.get());
            let mut choices = element("fieldset")
                .class("training")
                .with(element("legend").say("For training"));
            let cut = cut.get();
            if cut > 0 {
                let words = counted(cut, "mark cuts a word", "marks cut a word");
                let now = self.ends.get_untracked();
                let set = move |it| self.ends.set(it);
                choices = choices.with(list(words, &ENDS, now, set));
            }
            if is_tagged {
                let words = "Of marks that overlap".to_owned();
                let now = self.overlaps.get_untracked();
                let set = move |it| self.overlaps.set(it);
                choices = choices.with(list(words, &OVERLAPS, now, set));
            }
            let is_split = move || self.split.with(Option::is_some);
            let toggle = tick_box(is_split, move |on| {
                let split = Split {
                    together: Together::Article,
                    seed: 1,
                };
                self.split.set(on.then_some(split));
            });
            let line = line().with(toggle);
            let line = line.say("Divide into train, dev and test (80, 10, 10 of 100)");
            choices = choices.with(line).with(self.division());
            if HAS_CARD.contains(&self.format.get()) {
                choices = choices.with(self.licence_field());
            }
            vec![choices.view()]
        };
        dynamic(content)
    }

    /// The licence that the card states.
    fn licence_field(self) -> Element {
        let field = element("input")
            .set("type", "text")
            .set("placeholder", "such as cc-by-4.0")
            .set_to("value", self.licence.get_untracked())
            .typed(move |words| self.licence.set(words));
        let words = element("span").say("Licence of the set");
        line().with(words).with(field)
    }

    /// How the articles are divided.
    fn division(self) -> AnyView {
        // Made anew only where there is a division or none: whoever types the seed keeps the field.
        let is_split = Derived::new(move || self.split.with(Option::is_some));
        dynamic(move || {
            let split = self.split.get_untracked();
            let (true, Some(split)) = (is_split.get(), split) else {
                return Vec::new();
            };
            let change = move |change: &dyn Fn(&mut Split)| {
                self.split.update(|it| it.iter_mut().for_each(change));
            };
            let words = "In one part stay".to_owned();
            let set = move |it| change(&|split| split.together = it);
            let together = list(words, &TOGETHER, split.together, set);
            let seed = element("input")
                .set("type", "number")
                .set("min", "0")
                .set("inputmode", "numeric")
                .set_to("value", split.seed.to_string())
                .typed(move |words| {
                    let seed = words.parse().unwrap_or(0);
                    change(&|split| split.seed = seed);
                });
            let seed = line().with(element("span").say("Seed")).with(seed);
            let told = element("p").class("side-note").set("id", "division");
            let told = told.show(move || {
                let parts = self
                    .prepared
                    .get()
                    .map_or(Vec::new(), |it| it.parts.clone());
                let parts = parts.iter().map(|it| format!("{} in {}", it.1, it.0));
                parts.collect::<Vec<_>>().join(", ")
            });
            vec![together.view(), seed.view(), told.view()]
        })
    }
}

/// A choice that is made in a list, with what it is about before it.
pub(super) fn list<T: Copy + PartialEq + 'static>(
    words: String,
    choices: &'static [(&'static str, T)],
    now: T,
    mut set: impl FnMut(T) + 'static,
) -> Element {
    let options = choices.iter().map(|(name, value)| {
        let option = element("option").set("value", name).say(name);
        match *value == now {
            true => option.set("selected", ""),
            false => option,
        }
    });
    let list = element("select").typed(move |wanted| {
        if let Some(choice) = choices.iter().find(|it| it.0 == wanted) {
            set(choice.1);
        }
    });
    line()
        .with(element("span").say_this(words))
        .with(list.with_all(options.collect()))
}
