//! The choices of the export: the format, the articles, the labels.

use leptos::prelude::*;

use super::training::list;
use super::{Export, Scope};
use crate::format::exchange::by_id;
use crate::model::{AnnotatorId, Certainty, DocumentId, Progress, Project};
use crate::session::{Value, Watched};
use crate::ui::dynamic::{dynamic, when};
use crate::ui::element::{Element, element, field_name, radio, tick_box};
use crate::ui::exchange::PROJECT;

/// The formats in which models are trained.
pub(super) const TRAINING: [&str; 5] = [
    "prodigy",
    "hugging-face",
    "hugging-face-tokens",
    "conll",
    "conll-2003",
];

/// The formats that are written besides our own, by what people want them for.
const GROUPS: [(&str, &[&str]); 3] = [
    ("Training data", &TRAINING),
    (
        "Other tools",
        &[
            "label-studio",
            "doccano",
            "doccano-code-points",
            "brat",
            "webanno-tsv",
            "uima-xmi",
            "uima-json",
            "web-annotation",
            "csv",
            "tsv",
        ],
    ),
    ("Documents to read", &["html", "markdown", "tei"]),
];

impl Export {
    /// The formats, by what they are for.
    pub(super) fn formats(self) -> Element {
        let option =
            |id: &'static str, name: &'static str| element("option").set("value", id).say(name);
        let ours = element("optgroup").set("label", "Project");
        let mut list = element("select")
            .set("id", "export-format")
            .typed(move |id| {
                let known = GROUPS.iter().flat_map(|it| it.1);
                let known = known.copied().find(|it| *it == id);
                self.format.set(known.unwrap_or(PROJECT));
            })
            .with(ours.with(option(PROJECT, "Sourcelight project")));
        for (name, ids) in GROUPS {
            let formats = ids.iter().filter_map(|it| by_id(it));
            let options = formats.map(|it| option(it.id, it.name));
            let group = element("optgroup").set("label", name);
            list = list.with(group.with_all(options.collect()));
        }
        let name = field_name("export-format", "Format");
        element("p").with(name).with(list)
    }

    /// Which articles.
    pub(super) fn scopes(self) -> Element {
        let has_picked = self.picked.with_untracked(|it| !it.is_empty());
        let has_finished = self.session.peek(|project| {
            let mut documents = project.documents().iter();
            documents.any(|it| it.progress == Progress::Done)
        });
        let mut choices = element("fieldset")
            .class("choices-in-row")
            .with(element("legend").say("What to export"));
        for (choice, name, is_there) in [
            (Scope::All, "All articles", true),
            (Scope::Open, "This article", true),
            (Scope::Finished, "Finished articles", has_finished),
            (Scope::Chosen, "Chosen articles", true),
            (Scope::Picked, "Selected marks", has_picked),
        ] {
            if is_there {
                let is_on = move || self.scope.get() == choice;
                let radio = radio("scope", is_on, move || self.scope.set(choice));
                choices = choices.with(line().with(radio).say(name));
            }
        }
        choices
    }

    /// A box to tick for each article.
    pub(super) fn chooser(self) -> AnyView {
        let titles = self.session.peek(|project| {
            let documents = project.documents().iter();
            let known = documents.map(|it| (it.id.clone(), it.title().to_owned()));
            known.collect::<Vec<(DocumentId, String)>>()
        });
        let chosen = self.chosen;
        when(
            move || self.scope.get() == Scope::Chosen,
            move || {
                let mut boxes = element("fieldset")
                    .class("chooser")
                    .with(element("legend").say("Articles"));
                for (id, title) in titles.clone() {
                    boxes = boxes.with(member(chosen, id, title, true));
                }
                boxes.view()
            },
        )
    }

    /// What is left out on request.
    pub(super) fn filters(self) -> AnyView {
        let labels = self.session.peek(|project| {
            let labels = project.schema().labels().iter();
            let known = labels.map(|it| (it.id.clone(), it.name.clone()));
            known.collect::<Vec<_>>()
        });
        let (annotators, is_said) = self.session.peek(makers);
        let content = move || {
            let is_picked = self.scope.get() == Scope::Picked;
            let is_table = ["csv", "tsv"].contains(&self.format.get());
            let mut boxes = element("fieldset")
                .class("choices-in-row")
                .with(element("legend").say("Marks of"));
            for (id, name) in labels.clone() {
                boxes = boxes.with(member(self.without, id, name, false));
            }
            let mut people = element("fieldset")
                .class("choices-in-row")
                .with(element("legend").say("Made by"));
            for (id, name) in annotators.clone() {
                people = people.with(member(self.without_those_of, id, name, false));
            }
            let mut rest = element("div");
            if is_said {
                let words = "How sure".to_owned();
                let now = self.least.get_untracked();
                rest = rest.with(list(words, &SURE, now, move |it| self.least.set(it)));
            }
            if !is_picked {
                let toggle = tick_box(move || self.unmarked.get(), move |on| self.unmarked.set(on));
                rest = rest.with(line().with(toggle).say("Also articles without marks"));
            }
            if is_table {
                let toggle = tick_box(move || self.defused.get(), move |on| self.defused.set(on));
                let words = "Put an apostrophe before what a spreadsheet takes for a formula";
                rest = rest.with(line().with(toggle).say(words));
            }
            let mut all = vec![boxes.view()];
            if annotators.len() > 1 {
                all.push(people.view());
            }
            all.push(rest.view());
            all
        };
        dynamic(content)
    }
}

/// Who has made the marks, by id and name, and whether anybody has said how sure.
fn makers(project: &Project) -> (Vec<(AnnotatorId, String)>, bool) {
    let mut found: Vec<(AnnotatorId, String)> = Vec::new();
    let mut is_said = false;
    for mark in project.annotations().all() {
        is_said |= mark
            .details
            .as_ref()
            .is_some_and(|it| it.certainty.is_some());
        if found.iter().all(|it| it.0 != mark.annotator) {
            let named = project.annotators().find(|it| it.id == mark.annotator);
            let name = named.map(|it| it.name.clone()).filter(|it| !it.is_empty());
            let name = name.unwrap_or_else(|| mark.annotator.as_str().to_owned());
            found.push((mark.annotator.clone(), name));
        }
    }
    (found, is_said)
}

/// How sure marks have to be. Of a mark of which nobody has said it, the middle is taken.
const SURE: [(&str, Option<Certainty>); 3] = [
    ("All marks", None),
    ("Without those that are a guess", Some(Certainty::Medium)),
    ("Only those beyond doubt", Some(Certainty::High)),
];

pub(super) fn line() -> Element {
    element("label").class("choice-line")
}

/// A box to tick for one of a set; ticked where its being among the `members` is `wanted`.
fn member<T: Value>(members: Watched<Vec<T>>, one: T, name: String, wanted: bool) -> Element {
    let is_on = {
        let one = one.clone();
        move || members.with(|it| it.contains(&one)) == wanted
    };
    let toggle = move |on: bool| {
        members.update(|it| {
            it.retain(|it| *it != one);
            if on == wanted {
                it.push(one.clone());
            }
        });
    };
    line().with(tick_box(is_on, toggle)).say_this(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::exchange::FORMATS;

    #[test]
    fn every_format_that_is_written_can_be_chosen_once() {
        for format in &FORMATS {
            let places = GROUPS.iter().flat_map(|it| it.1);
            let count = places.filter(|it| **it == format.id).count();
            assert_eq!(count, usize::from(format.is_written()), "{format:?}");
        }
        assert!(
            GROUPS
                .iter()
                .flat_map(|it| it.1)
                .all(|it| by_id(it).is_some())
        );
    }
}
