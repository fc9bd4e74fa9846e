//! What can be said of any mark, whatever the schema asks: how sure one is, tags, and whether it is still
//! right after its label has come to mean something else.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::about::{About, wish};
use crate::model::sorted::SortedSet;
use crate::model::{AnnotationId, AnswerEdit, Certainty};
use crate::session::{Derived, Watched};
use crate::ui::context;
use crate::ui::dynamic::{dynamic, when};
use crate::ui::element::{Element, ElementRef, button, element};

const CERTAINTIES: [(&str, &str, Certainty); 3] = [
    ("1", "Guess", Certainty::Low),
    ("2", "Likely", Certainty::Medium),
    ("3", "Sure", Certainty::High),
];

/// A line with a name before it, among the questions.
fn line(about: &About, which: &str, name: &'static str) -> (Element, String) {
    let id = [which, "-", about.key()].concat();
    let name = element("span")
        .class("question-name")
        .set_to("id", id.clone())
        .say(name);
    (element("div").class("question").with(name), id)
}

/// How sure one is.
pub fn certainty(about: &About) -> Element {
    let (session, _) = context();
    let now = {
        let about = about.clone();
        Derived::new(move || {
            let told = about.told(session);
            let mut all = told
                .iter()
                .map(|it| it.1.as_ref().and_then(|it| it.certainty));
            let first = all.next().flatten();
            first.filter(|_| all.all(|it| it == first))
        })
    };
    let (row, name) = line(about, "certainty", "Certainty");
    let mut group = element("div")
        .class("answers")
        .set("role", "group")
        .set_to("aria-labelledby", name);
    for (key, word, certainty) in CERTAINTIES {
        let about = about.clone();
        let press = move || {
            let is_on = now.get_untracked() == Some(certainty);
            let marks = untrack(|| about.marks(session));
            let next = (!is_on).then_some(certainty);
            wish(session, AnswerEdit::SetCertainty(marks, next));
        };
        let made = button(word, press)
            .set("type", "button")
            .class("answer")
            .set("data-key", key)
            .follow("aria-pressed", move || {
                (now.get() == Some(certainty)).to_string()
            });
        group = group.with(made);
    }
    row.with(group)
}

/// The tags, and a field for more of them.
pub fn tags(about: &About) -> Element {
    let (session, _) = context();
    let (row, name) = line(about, "tags", "Tags");
    let all = {
        let about = about.clone();
        Derived::new(move || {
            let told = about.told(session);
            let all = told.iter().filter_map(|it| it.1.as_ref());
            let mut tags: Vec<String> = Vec::new();
            for tag in all.flat_map(|it| &it.tags) {
                if !tags.contains(tag) {
                    tags.push(tag.clone());
                }
            }
            tags
        })
    };
    let untag = about.clone();
    let chips = move || {
        let chips = all.get().into_iter().map(|tag| chip(&untag, tag).view());
        chips.collect()
    };
    row.with(
        element("div")
            .class("answers")
            .set("role", "group")
            .set_to("aria-labelledby", name.clone())
            .with(dynamic(chips))
            .with(tag_field(about, name)),
    )
}

fn chip(about: &About, tag: String) -> Element {
    let (session, _) = context();
    let (about, gone) = (about.clone(), tag.clone());
    let drop = move || {
        let marks = untrack(|| about.marks(session));
        wish(session, AnswerEdit::Untag(marks, gone.clone()));
    };
    element("button")
        .set("type", "button")
        .class("tag")
        .set("aria-description", "Press to take the tag off.")
        .press(drop)
        .say_this(tag)
}

fn tag_field(about: &About, name: String) -> AnyView {
    let (session, _) = context();
    let known = Watched::new(Vec::<String>::new());
    let place = ElementRef::new();
    let list = ["known-tags-", about.key()].concat();
    let learn = move || {
        let tags = session.peek(|project| {
            let marks = project.annotations().all();
            let told = marks.iter().filter_map(|it| it.details.clone());
            let tags: Vec<String> = told.flat_map(|it| it.tags.clone()).collect();
            SortedSet::of_keys(tags)
        });
        known.set(tags.keys().cloned().collect());
    };
    let about = about.clone();
    let put = move |event: &web_sys::Event| {
        let field = place.get_untracked();
        let field = field.and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok());
        let (Some(event), Some(field)) = (event.dyn_ref::<KeyboardEvent>(), field) else {
            return;
        };
        let words = field.value();
        let ends = event.key() == "Enter" || event.key() == ",";
        if event.is_composing() || !ends || words.trim().is_empty() {
            return;
        }
        event.prevent_default();
        let marks = untrack(|| about.marks(session));
        if wish(session, AnswerEdit::Tag(marks, words)) {
            field.set_value("");
        }
    };
    let options = move || {
        let options = known.get().into_iter();
        let option = |tag: String| element("option").set_to("value", tag).view();
        options.map(option).collect()
    };
    let field = element("input")
        .class("tag-field")
        .set_to("aria-labelledby", name)
        .set_to("list", list.clone())
        .set("placeholder", "Add a tag")
        .set("dir", "auto")
        .set("autocomplete", "off")
        .found_by(place)
        .on("focus", move |_| learn())
        .on("keydown", move |event| put(&event));
    let options = element("datalist")
        .set_to("id", list)
        .with(dynamic(options));
    vec![field.view(), options.view()].into_any()
}

/// Says that the label meant something else when the mark was made, and lets one confirm the mark.
pub fn revised(id: &AnnotationId) -> AnyView {
    let (session, _) = context();
    let is_old = {
        let id = id.clone();
        Derived::new(move || {
            session.with_marks(|project| {
                let mark = project.annotations().get(&id)?;
                let label = project.schema().get(&mark.label)?;
                (label.revision != mark.revision).then(|| label.name.clone())
            })
        })
    };
    let id = id.clone();
    let told = move || {
        let id = id.clone();
        let confirm = move || {
            wish(session, AnswerEdit::Review(vec![id.clone()]));
        };
        let name = is_old.get_untracked().unwrap_or_default();
        let words = format!("Marked before the definition of “{name}” was changed. ");
        element("p")
            .class("revised")
            .say_this(words)
            .with(button("Still right", confirm).class("quiet"))
            .view()
    };
    when(move || is_old.with(Option::is_some), told)
}
