//! What the labels mean, to be read at the moment of choice: definitions, examples and what is asked. From
//! here a selection can be marked at once. Knows nothing of how any of it is changed.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Sheet, View, earlier};
use crate::dom::paint::slot;
use crate::model::{AnswerEdit, Attribute, Label, Subject};
use crate::session::Command;
use crate::ui::commands::{self, label_keys};
use crate::ui::dialogs::{leave, paragraph};
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, button, element};
use crate::ui::palette::label_button;
use crate::ui::saving;
use crate::ui::{SchemePage, counted};

impl Sheet {
    /// The page.
    pub(super) fn guide(self) -> Element {
        let view = self.session.view;
        let is_chosen =
            view.draft.with_untracked(Option::is_some) || self.session.focused().is_some();
        let questions = self.session.peek(|project| project.schema().attributes());
        let (labels, slots): (Vec<Arc<Label>>, Vec<usize>) = self.session.peek(|project| {
            let offered = project.schema().offered();
            offered
                .map(|it| (it.clone(), slot(project, &it.id)))
                .unzip()
        });
        let told = match is_chosen {
            true => "Choose a label here to mark what is selected.",
            false => {
                "Select words or a mark before you open this page, and a label here marks them."
            }
        };
        let labels = labels.into_iter().zip(slots).enumerate();
        let entries = labels
            .map(|(place, (label, slot))| self.meaning(&label, place, slot, &questions, is_chosen));
        let of_articles = questions
            .iter()
            .filter(|it| it.subject == Subject::Document);
        let of_articles: Vec<Element> = of_articles.map(question).collect();
        let mut page = element("div")
            .set("id", "guide")
            .set("tabindex", "0")
            .set("role", "region")
            .set("aria-label", "What the labels mean")
            .with(paragraph(told.to_owned()))
            .with(self.earlier())
            .with(self.guidelines())
            .with_all(entries.collect());
        if !of_articles.is_empty() {
            let list = element("ul").with_all(of_articles);
            page = page
                .with(element("h3").say("About each article"))
                .with(list);
        }
        page.with(button("Download as Markdown", move || self.download()).class("quiet"))
    }

    /// What one label means.
    fn meaning(
        self,
        label: &Label,
        place: usize,
        slot: usize,
        questions: &[Attribute],
        is_chosen: bool,
    ) -> Element {
        let keys = untrack(|| label_keys(self.screen, label, place));
        let id = label.id.clone();
        let (session, screen) = (self.session, self.screen);
        let mark = move || {
            let label = id.clone();
            screen.after_dialog(move || Command::Label(label).run(session));
            leave();
        };
        let name = match is_chosen {
            true => label_button(label, slot)
                .set_to("data-key", commands::shown(&keys))
                .press(mark),
            false => element("span")
                .set_to("class", format!("mark-label label-{slot}"))
                .say_this(label.name.clone()),
        };
        let entry = element("section")
            .set_to("data-guide", label.id.to_string())
            .with(element("h3").with(name));
        explained(entry, label, questions)
    }

    /// How many marks are older than the definitions, and the way through them.
    fn earlier(self) -> AnyView {
        let session = self.session;
        dynamic(move || {
            let found = session.with_marks(earlier::all);
            if found.is_empty() {
                return Vec::new();
            }
            let words = counted(found.len(), "mark was", "marks were");
            let words = format!("{words} made before the definition of the label was changed.");
            let screen = self.screen;
            let go = move || {
                screen.after_dialog(move || earlier::next_earlier(session));
                leave();
            };
            let all = found.into_iter().map(|it| it.1).collect::<Vec<_>>();
            let keep = move || {
                self.make(AnswerEdit::Review(all.clone()));
                self.view.set(View::Page(SchemePage::Guide));
            };
            let told = element("div").class("earlier");
            vec![
                told.with(paragraph(words))
                    .with(button("Go through them", go))
                    .with(button("They all hold", keep).class("quiet"))
                    .view(),
            ]
        })
    }

    /// Hands the page to the person as a file.
    fn download(self) {
        let text = self.session.peek(|project| {
            let schema = project.schema();
            let labels = markdown(schema.offered(), &schema.attributes());
            match schema.guidelines() {
                "" => labels,
                page => [page, "\n\n", &labels].concat(),
            }
        });
        let name = format!("{}.md", saving::dated_name(self.session, "guide-"));
        let said = match saving::save(&name, "text/markdown", text.as_bytes()) {
            Ok(()) => format!("Saved as {name}."),
            Err(sentence) => sentence,
        };
        self.told.set(said);
    }
}

/// What a label means: when to use it, examples, and what is asked of its marks.
pub(super) fn explained(mut entry: Element, label: &Label, questions: &[Attribute]) -> Element {
    for part in label.definition.split("\n\n").filter(|it| !it.is_empty()) {
        entry = entry.with(element("p").set("dir", "auto").say_this(part.to_owned()));
    }
    entry = examples(entry, "For example", &label.examples);
    entry = examples(entry, "But not", &label.counter_examples);
    let asked = questions.iter().filter(|it| it.is_for(&label.id));
    let asked: Vec<Element> = asked.map(question).collect();
    match asked.is_empty() {
        true => entry,
        false => entry
            .with(element("h4").say("What is asked of it"))
            .with(element("ul").with_all(asked)),
    }
}

fn examples(entry: Element, heading: &'static str, all: &[String]) -> Element {
    if all.is_empty() {
        return entry;
    }
    let rows = all
        .iter()
        .map(|it| element("li").set("dir", "auto").say_this(it.clone()));
    entry
        .with(element("h4").say(heading))
        .with(element("ul").class("examples").with_all(rows.collect()))
}

/// A question with what may be answered.
fn question(asked: &Attribute) -> Element {
    let choices = asked.kind.choices().iter();
    let choices: Vec<&str> = choices.map(|it| it.name.as_str()).collect();
    let mut words = String::new();
    if !asked.definition.is_empty() {
        words = [" ", &asked.definition].concat();
    }
    if !choices.is_empty() {
        words += &format!(" ({})", choices.join(", "));
    }
    let name = element("b").say_this(format!("{}.", asked.name));
    element("li").set("dir", "auto").with(name).say_this(words)
}

/// The same as a file.
fn markdown<'l>(labels: impl Iterator<Item = &'l Arc<Label>>, questions: &[Attribute]) -> String {
    let mut text = "# Guide\n".to_owned();
    for label in labels {
        text += &format!("\n## {}\n\n{}\n", label.name, label.definition);
        for (heading, all) in [
            ("For example", &label.examples),
            ("But not", &label.counter_examples),
        ] {
            if !all.is_empty() {
                text += &format!("\n{heading}:\n\n- {}\n", all.join("\n- "));
            }
        }
        for asked in questions.iter().filter(|it| it.is_for(&label.id)) {
            text += &format!("\n**{}.** {}\n", asked.name, asked.definition);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LabelSchema;

    #[test]
    fn the_guide_is_a_file_that_people_read() {
        let schema = LabelSchema::default();
        let mut labels: Vec<Arc<Label>> = schema.labels().to_vec();
        Arc::make_mut(&mut labels[0]).examples = vec!["Ten trams".into(), "Two".into()];
        let text = markdown(labels.iter(), &[]);
        let begin = "# Guide\n\n## Claim\n\nA statement of fact that somebody could check.\n\nFor example:\n\n- Ten trams\n- Two\n\n## Quote\n";
        assert!(text.starts_with(begin), "{text}");
    }
}
