//! A row of the list of what was marked at a place, and how what it stands for is changed.

use std::sync::Arc;

use leptos::prelude::*;

use super::place::{Looked, letter};
use crate::dom::paint::slot;
use crate::model::{AnnotationId, Boundary, End, Label, LabelId, Span, trim};
use crate::session::{Derived, shorten};
use crate::ui::dynamic::{dynamic, when};
use crate::ui::element::{Element, button, element, tick_box};
use crate::ui::people::deciding::Row;
use crate::ui::people::note;

impl Looked {
    /// The row.
    pub(super) fn row(self, at: usize) -> Element {
        let session = self.session();
        let is_on = move || self.read(at, |it| it.is_on);
        let tick = tick_box(is_on, move |on| self.change(at, |it| it.is_on = on))
            .follow("tabindex", move || {
                let is_current = self.current.get() == at;
                if is_current { "0" } else { "-1" }.to_owned()
            })
            .on("focus", move |_| self.current.set(at));
        let label = Derived::new(move || {
            self.rows
                .with(|it| it.get(at).map(|it| it.mark.label.clone()))
        });
        let badge = dynamic(move || {
            let Some(label) = label.get() else {
                return Vec::new();
            };
            let slot = session.peek(|project| slot(project, &label));
            let badge = element("span").set_to("class", format!("mark-label label-{slot}"));
            vec![
                badge
                    .set("dir", "auto")
                    .say_this(session.label_name(&label))
                    .view(),
            ]
        });
        let words = move || self.read(at, |it| self.quoted(it));
        let line = element("label")
            .class("decide-choice")
            .with(tick)
            .with(element("b").class("decide-letter").say_this(letter(at)))
            .with(badge)
            .with(
                element("span")
                    .class("decide-words")
                    .with(element("q").set("dir", "auto").show(words)),
            );
        element("li")
            .class_if("is-on", is_on)
            .with(line)
            .with(note(self.who(at)).set("dir", "auto"))
            .with(when(is_on, move || self.edit(at).view()))
    }

    fn quoted(self, row: &Row) -> String {
        self.session().peek(|project| {
            let document = project.document(&row.mark.document);
            document.map_or_else(String::new, |it| {
                shorten(&row.mark.words(&it.text, " … "), 200)
            })
        })
    }

    /// Who marked it so, and whether it is preselected.
    fn who(self, at: usize) -> String {
        let candidate = self.rows.with_untracked(|it| it.get(at)?.candidate);
        let told = self.with_place(|disputed, place| {
            let it = place.question.candidates.get(candidate?)?;
            let people = |all: &[(usize, AnnotationId)]| {
                self.named(&disputed.people_of(all.iter().map(|it| it.0)))
            };
            let mut told = people(&it.same);
            if !it.near.is_empty() {
                told += &format!("; nearly so {}", people(&it.near));
            }
            told += &format!(" · {} of {}", it.votes, place.question.people);
            if it.is_proposed && !place.is_decided {
                told += " · preselected";
            }
            Some(told)
        });
        told.flatten().unwrap_or_else(|| "New".to_owned())
    }

    /// Ways to change what a row stands for.
    fn edit(self, at: usize) -> Element {
        let session = self.session();
        let now = self.read(at, |it| Some(it.mark.label.clone()));
        let options = session.peek(|project| {
            let all = project.schema().labels().iter();
            let option = |it: &Arc<Label>| {
                let option = element("option")
                    .set_to("value", it.id.to_string())
                    .say_this(it.name.clone());
                match Some(&it.id) == now.as_ref() {
                    true => option.set("selected", ""),
                    false => option,
                }
            };
            all.map(option).collect::<Vec<_>>()
        });
        let label = element("select")
            .set("aria-label", "Label")
            .value(move || self.read(at, |it| it.mark.label.to_string()))
            .typed(move |id| self.relabel(at, LabelId::new(&id)))
            .with_all(options);
        let ends = [
            ("Start earlier", End::Start, false),
            ("Start later", End::Start, true),
            ("End earlier", End::End, false),
            ("End later", End::End, true),
        ];
        let ends = ends.map(|(name, end, forward)| {
            button(name, move || self.move_end(at, end, forward)).class("quiet")
        });
        element("p")
            .class("decide-edit")
            .with(label)
            .with_all(ends.into())
    }

    pub(super) fn relabel(self, at: usize, label: Option<LabelId>) {
        if let Some(label) = label {
            self.change(at, |it| (it.mark.label, it.is_on) = (label, true));
        }
    }

    pub(super) fn move_end(self, at: usize, end: End, forward: bool) {
        let session = self.session();
        self.change(at, |row| {
            let spans = row.mark.fragments();
            let which = match end {
                End::Start => 0,
                End::End => spans.len() - 1,
            };
            let moved = session.peek(|project| {
                let document = project.document(&row.mark.document)?;
                let (text, span) = (&document.text, spans[which]);
                let moved = end.moved(text, span, Boundary::Word, forward)?;
                trim(text, moved)
            });
            if let Some(moved) = moved {
                let others = spans
                    .iter()
                    .enumerate()
                    .filter(|it| it.0 != which)
                    .map(|it| *it.1);
                let spans: Vec<Span> = others.chain([moved]).collect();
                if let Some(mark) = row.mark.clone().with_fragments(spans) {
                    (row.mark, row.is_on) = (mark, true);
                }
            }
        });
    }
}
