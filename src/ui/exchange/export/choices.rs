//! The choices of the export besides the articles: the format, the labels, who marked.

use leptos::prelude::*;

use super::Export;
use super::training::list;
use crate::format::exchange::by_id;
use crate::model::{AnnotatorId, Certainty, Project};
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, element, field_name, tick_box};
use crate::ui::exchange::PROJECT;
use crate::ui::exchange::choosing::{Scope, line, member};

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
    (
        "Documents to read",
        &["html", "worksheet", "markdown", "tei"],
    ),
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

    /// What is left out on request.
    pub(super) fn filters(self) -> AnyView {
        let labels = self.session.peek(|project| {
            let labels = project.schema().labels().iter();
            let known = labels.map(|it| (it.id.clone(), it.name.clone()));
            known.collect::<Vec<_>>()
        });
        let (annotators, is_said) = self.session.peek(makers);
        let content = move || {
            let is_picked = self.choosing.scope.get() == Scope::Picked;
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
