//! What becomes of the marks of a label that goes, asked before it goes.

use leptos::prelude::*;

use super::fields::{label_options, pick};
use super::list::marks_of;
use super::{Sheet, View, body, quiet};
use crate::model::{Fate, Label, LabelEdit, LabelId};
use crate::session::Watched;
use crate::ui::counted;
use crate::ui::dialogs::{paragraph, with_focus};
use crate::ui::element::{Element, element, form, radio};

impl Sheet {
    /// The name of a label, how many marks it has, in texts and in the tray, and the others that could take them.
    fn leaving(self, id: &LabelId) -> (String, usize, Vec<(String, String)>) {
        self.session.peek(|project| {
            let labels = project.schema().labels();
            let gone = labels.iter().find(|it| it.id == *id);
            let others = labels.iter().map(AsRef::as_ref);
            let placed = gone.map_or(0, |it| marks_of(project, it).0);
            let marks = placed + project.unplaced().filter(|it| it.label == *id).count();
            let name = gone.map_or_else(String::new, |it| it.name.clone());
            let others = label_options(others.filter(|it: &&Label| it.id != *id));
            (name, marks, others)
        })
    }

    /// Asks which label another becomes part of.
    pub(super) fn merge_label(self, id: LabelId) -> Element {
        let (name, marks, others) = self.leaving(&id);
        let first = others.first().map_or_else(String::new, |it| it.0.clone());
        let into = RwSignal::new(first);
        let told = format!(
            "Its {} and the questions and relations that are for it become those of the other label. “{name}” goes.",
            counted(marks, "mark", "marks")
        );
        let from = id.clone();
        let merge = move || {
            if let Some(into) = LabelId::new(&into.get_untracked())
                && self.make(LabelEdit::Merge(from.clone(), into))
            {
                self.back();
            }
        };
        self.asking(
            format!("Merge “{name}” into another label"),
            id,
            form(merge),
            body()
                .with(paragraph(told))
                .with(pick("merge-into", "Into", into, others)),
            "Merge",
        )
    }

    /// Asks what becomes of the marks of a label.
    pub(super) fn remove_label(self, id: LabelId) -> Element {
        let (name, marks, others) = self.leaving(&id);
        let first = others.first().map_or_else(String::new, |it| it.0.clone());
        let to = RwSignal::new(first);
        let is_moved = Watched::new(marks > 0);
        let gone = id.clone();
        let remove = move || {
            // Another tab may have made the first of them while nothing was asked.
            if marks == 0 && self.leaving(&gone).1 > 0 {
                self.go(View::RemoveLabel(gone.clone()));
                return;
            }
            let other = LabelId::new(&to.get_untracked());
            let fate = match other.filter(|_| is_moved.get_untracked()) {
                Some(other) => Fate::Relabel(other),
                None => Fate::Delete,
            };
            if self.make(LabelEdit::Remove(gone.clone(), fate)) {
                self.back();
            }
        };
        let mut inside = body();
        if marks > 0 {
            let choose = |on: bool, words: &'static str| {
                let field = radio(
                    "fate",
                    move || is_moved.get() == on,
                    move || is_moved.set(on),
                );
                let line = element("label").class("choice-line").with(field);
                line.with(element("span").say(words))
            };
            let question = format!("What becomes of its {}?", counted(marks, "mark", "marks"));
            inside = inside
                .with(paragraph(question))
                .with(choose(true, "They get another label"))
                .with(pick("move-to", "Which label they get", to, others))
                .with(choose(false, "They are deleted, too"));
        }
        let told =
            "Questions that are for this label alone go with it. One undo brings everything back.";
        self.asking(
            format!("Delete the label “{name}”"),
            id,
            form(remove),
            inside.with(paragraph(told.to_owned())),
            "Delete",
        )
    }

    /// A question about a label, and the buttons that answer it.
    fn asking(
        self,
        title: String,
        id: LabelId,
        form: Element,
        inside: Element,
        send: &'static str,
    ) -> Element {
        let back = move || self.go(View::Label(Some(id.clone())));
        let heading = element("h3").set("dir", "auto").set("tabindex", "-1");
        let heading = with_focus(heading.say_this(title));
        let others = vec![quiet("Back to the label", back)];
        form.with(heading)
            .with(inside)
            .with(self.form_foot(others, send))
    }
}
