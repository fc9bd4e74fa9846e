//! The page that tells how to mark, in Markdown: written in a form, read in the guide and beside the text.

use std::sync::Arc;

use leptos::prelude::*;

use super::guide::explained;
use super::{Sheet, View, body, quiet};
use crate::dom::paint::slot;
use crate::model::{GuidelinesEdit, Label};
use crate::session::Derived;
use crate::ui::context;
use crate::ui::dialogs::{leave, paragraph, with_focus};
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, button, element, form};
use crate::ui::markdown::rendered;

impl Sheet {
    /// The page, and the ways to write it and to keep it in sight.
    pub(super) fn guidelines(self) -> Element {
        let screen = self.screen;
        let page = self
            .session
            .peek(|project| project.schema().guidelines().to_owned());
        let name = match page.is_empty() {
            true => "Write guidelines",
            false => "Change the guidelines",
        };
        let write = move || self.go(View::Guidelines);
        let keep = move || {
            screen.desk.update(|it| it.guide = true);
            leave();
        };
        let ways = element("p")
            .class("ways")
            .with(button("Keep beside the text", keep).class("guide-beside"))
            .with(quiet(name, write));
        element("div")
            .class("guidelines")
            .with(ways)
            .with_all(rendered(&page))
    }

    /// The form in which the page is written, and how it will look.
    pub(super) fn guidelines_form(self) -> Element {
        let page = self
            .session
            .peek(|project| project.schema().guidelines().to_owned());
        let words = RwSignal::new(page);
        let save = move || {
            if self.make(GuidelinesEdit(words.get_untracked())) {
                self.back();
            }
        };
        let name = element("label")
            .class("field")
            .set("for", "guidelines-text");
        let field = element("textarea")
            .set("id", "guidelines-text")
            .set("rows", "9")
            .set("dir", "auto")
            .value(move || words.get())
            .typed(move |now| words.set(now));
        let look = dynamic(move || {
            let made = words.with(|it| rendered(it));
            made.into_iter().map(Element::view).collect()
        });
        let inside = body()
            .with(element("h3").say("Guidelines"))
            .with(name.say(
                "How to mark, for everybody who marks here (Markdown: # for headings, - for lists, **bold**, [words](address))",
            ))
            .with(with_focus(field))
            .with(paragraph("How it will look:".to_owned()))
            .with(
                element("div")
                    .class("guidelines guidelines-look")
                    .with(look),
            );
        form(save)
            .with(inside)
            .with(self.form_foot(Vec::new(), "Save"))
    }
}

/// The guide beside the text: the page, and what each label means.
pub fn guide_beside() -> AnyView {
    let (session, screen) = context();
    let told = Derived::new(move || {
        session.with_marks(|project| {
            let schema = project.schema();
            let labels = schema.offered();
            let labels: Vec<(Arc<Label>, usize)> = labels
                .map(|it| (it.clone(), slot(project, &it.id)))
                .collect();
            (schema.guidelines().to_owned(), labels, schema.attributes())
        })
    });
    let content = dynamic(move || {
        let (page, labels, questions) = told.get();
        let mut made = rendered(&page);
        for (label, slot) in labels {
            let name = element("span")
                .set_to("class", format!("mark-label label-{slot}"))
                .say_this(label.name.clone());
            let entry = element("section").with(element("h4").with(name));
            made.push(explained(entry, &label, &questions));
        }
        made.into_iter().map(Element::view).collect()
    });
    let close = move || screen.desk.update(|it| it.guide = false);
    let head = element("div")
        .class("guide-head")
        .with(element("h3").set("id", "guide-title").say("Guide"))
        .with(button("Close the guide", close).class("quiet"));
    let text = element("div")
        .class("guidelines guide-text")
        .set("tabindex", "0")
        .set("role", "group")
        .set("aria-label", "What the labels mean")
        .with(content);
    element("section")
        .set("id", "guide-beside")
        .set("aria-labelledby", "guide-title")
        .with(head)
        .with(text)
        .view()
}
