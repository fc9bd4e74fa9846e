//! People who mark the same articles: what they hand in, how far they agree, how they compare with a key, and
//! the lesson one is in. Only [`PeoplePage`] and the commands are known to the first part of the page; all else
//! comes with the sixth.

mod agreement;
mod annotators;
mod bringing;
mod class;
mod decide;
mod deciding;
mod desk;
mod doing;
mod first_labels;
mod handing_in;
mod heat;
pub mod judging;
mod lesson_form;
mod measures;
pub(super) mod names;
mod numbers;
mod one_file;
mod places;
mod practice;
mod progress;
mod report;
mod score_table;
mod scores;
mod scoring;
pub(super) mod scripting;
mod step_form;
mod take_over;

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::dialogs::{frame, leave, page_row};
use super::dynamic::dynamic;
use super::element::{Element, button, element};
use super::{Dialog, context};
use crate::dom;
use crate::dom::keys::Chord;
use crate::format::class_file::ClassFile;
use crate::session::{Derived, Watched};
use class::Class;
pub use desk::PeoplePage;
pub use doing::{around, begin};
use names::Names;
pub use one_file::save_copy;
pub use practice::invitation;
use scoring::KeySource;

/// The looks of everything about people. They come with this part of the program.
const LOOKS: &str = include_str!("../../../style/people.css");

/// What the dialog shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    People,
    BringIn,
    Agreement,
    Scores,
    Decide,
    Lesson,
    FirstLabels,
}

/// The pages with their names, in the order of the buttons.
const PAGES: [(Shown, &str); 7] = [
    (Shown::People, "People"),
    (Shown::BringIn, "Bring in"),
    (Shown::Agreement, "Agreement"),
    (Shown::Scores, "Scores"),
    (Shown::Decide, "Decide"),
    (Shown::Lesson, "Lesson"),
    (Shown::FirstLabels, "Changes of mind"),
];

/// What the pages of the dialog share.
#[derive(Clone, Copy)]
struct Sheet {
    class: Class,
    shown: Watched<Shown>,
    /// What people are called.
    names: Derived<Names>,
    /// What was done last, or why it was not.
    told: RwSignal<String>,
    /// Files that are to be brought in as soon as that page is there.
    files: StoredValue<desk::Files>,
}

/// The dialog.
pub fn dialog(dialog: Dialog) -> AnyView {
    let (session, screen) = context();
    let class = Class::of(session, screen);
    let page = match dialog {
        Dialog::People(page) => page,
        _ => PeoplePage::People,
    };
    let (shown, files) = match page {
        PeoplePage::HandIn => return handing_in::dialog(class),
        PeoplePage::Lesson => return doing::dialog(class),
        PeoplePage::Files(files) => match doing::of_files(class, &files) {
            Some(lesson) => return lesson,
            None => match KeySource::of_files(&files) {
                // A key is looked at beside what people have handed in, which comes first.
                Some(key) if !files.iter().any(is_hand_in) => {
                    class.key.set(Some(key));
                    (Shown::Scores, Arc::default())
                }
                _ => (Shown::BringIn, files),
            },
        },
        PeoplePage::Scores => (Shown::Scores, Arc::default()),
        PeoplePage::FirstLabels => (Shown::FirstLabels, Arc::default()),
        PeoplePage::People => (Shown::People, Arc::default()),
    };
    let sheet = Sheet {
        class,
        shown: Watched::new(shown),
        names: Derived::new(move || class.names()),
        told: RwSignal::new(String::new()),
        files: StoredValue::new(files),
    };
    let pages = PAGES.map(|(page, name)| {
        let is_on = move || (sheet.shown.get() == page).to_string();
        button(name, move || sheet.go(page)).follow("aria-pressed", is_on)
    });
    let content = dynamic(move || {
        let shown = sheet.shown.get();
        vec![untrack(|| sheet.content(shown)).view()]
    });
    let told = element("p").set("role", "status").class("side-note");
    let foot = element("div")
        .class("buttons people-foot")
        .with(told.show(move || sheet.told.get()))
        .with(button("Undo", move || sheet.undo()).class("quiet"))
        .with(button("Close", leave));
    frame("people", "People and their marks")
        .class_if("is-projected", move || class.projects.get())
        .with(page_row(pages.into()))
        .with(content)
        .with(foot)
        .view()
}

impl Sheet {
    fn go(self, page: Shown) {
        self.told.set(String::new());
        self.shown.set(page);
    }

    /// Takes the last step back, and says so.
    fn undo(self) {
        let undone = self.class.session.undo();
        let told = undone.map(|name| format!("Undone: {name}."));
        self.told.set(told.unwrap_or_default());
    }

    fn content(self, shown: Shown) -> Element {
        let page = match shown {
            Shown::People => annotators::page(self),
            Shown::BringIn => bringing::page(self),
            Shown::Agreement => agreement::page(self),
            Shown::Scores => scores::page(self),
            Shown::Decide => decide::page(self),
            Shown::Lesson => lesson_form::page(self),
            Shown::FirstLabels => first_labels::page(self),
        };
        page.class("people-body")
    }
}

fn is_hand_in(file: &(String, Vec<u8>)) -> bool {
    ClassFile::of(&file.1) == Some(ClassFile::HandIn)
}

/// Whether a key asks to take the last step back.
fn is_undo(event: &web_sys::Event) -> bool {
    let chord = event.dyn_ref().and_then(Chord::of);
    chord.is_some_and(|it| it.name() == "Control+z")
}

/// A field after what is asked.
fn line(asked: &'static str, field: Element) -> Element {
    element("label")
        .class("choice-line")
        .with(element("span").say(asked))
        .with(field)
}

/// A paragraph beside what matters.
fn note(words: String) -> Element {
    element("p").class("side-note").say_this(words)
}

/// Gives the focus to what fits, once it stands there.
fn focus_soon(selector: &'static str) {
    request_animation_frame(move || {
        if let Some(element) = dom::find(selector) {
            drop(element.focus());
        }
    });
}
