//! The sentences of the open article as a list with a button per label each: marking without
//! selecting, for switches, screen readers and large pointers.
//!
//! Only some sentences stand in the page at once, so that a long article costs no more than a short
//! one.

use std::sync::Arc;

use leptos::prelude::*;

use super::{sheet_button, text_sheet};
use crate::dom::paint::LABEL_SLOTS;
use crate::model::{Annotation, Document, Edit, Label, LabelId, Span, Unit};
use crate::model::{around, beyond};
use crate::session::{Session, Watched, shorten};
use crate::ui::context;
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, ElementRef, button, element};
use crate::ui::reader::Hand;

/// How many sentences stand in the page at once.
const ROWS: usize = 20;

/// What the parts of the list share.
#[derive(Clone, Copy)]
struct List {
    session: Session,
    /// The byte at which the first sentence shown begins.
    from: Watched<usize>,
    /// What was done last, in words.
    told: RwSignal<String>,
    place: ElementRef,
}

/// The list, from the sentence on in which one works.
pub(super) fn sentences() -> AnyView {
    let (session, _) = context();
    let Some(document) = open_document(session) else {
        return ().into_any();
    };
    let at = expect_context::<Hand>().begin(&document);
    let first = around(&document.text, at, Unit::Sentence);
    let list = List {
        session,
        from: Watched::new(first.map_or(0, |it| it.start().bytes())),
        told: RwSignal::new(String::new()),
        place: ElementRef::new(),
    };
    let rows = element("ol")
        .set("id", "sentence-list")
        .set("tabindex", "-1")
        .set("aria-labelledby", "sentence-tally")
        .found_by(list.place)
        .with(dynamic(move || list.rows()));
    let tally = element("p").set("id", "sentence-tally").class("side-note");
    let content = element("div")
        .with(tally.show(move || list.tally()))
        .with(list.pager("Earlier sentences", false))
        .with(rows)
        .with(list.pager("Later sentences", true));
    let told = element("p").set("role", "status").class("side-note");
    let undo = move || {
        let undone = session.undo().map(|name| ["Undone: ", &name].concat());
        list.told.set(undone.unwrap_or_default());
    };
    let buttons = vec![
        told.show(move || list.told.get()),
        sheet_button("Undo", undo),
    ];
    text_sheet("sentences", "Mark by sentences", content, buttons)
}

/// The open article; it stays so as long as a dialog lies over it.
fn open_document(session: Session) -> Option<Arc<Document>> {
    let open = session.view.open.get_untracked()?;
    session.peek(|project| project.document(&open).cloned())
}

impl List {
    /// Which part of the article is shown.
    fn tally(self) -> String {
        let from = self.from.get();
        let Some(document) = open_document(self.session) else {
            return String::new();
        };
        let text = &document.text;
        let rest = text.span(from, text.as_str().len());
        let block = rest.map_or(0, |it| text.block_at(it.start()));
        format!("From paragraph {} of {}", block + 1, text.blocks().len())
    }

    fn rows(self) -> Vec<AnyView> {
        let labels = (self.session).peek(|project| project.schema().labels().to_vec());
        let mut at = self.from.get();
        let mut rows = Vec::new();
        let Some(document) = open_document(self.session) else {
            return rows;
        };
        while rows.len() < ROWS
            && let Some(span) = beyond(&document.text, at, Unit::Sentence, true)
        {
            let words = document.text.slice(span).to_owned();
            rows.push(self.row(span, words, &labels).view());
            at = span.end().bytes();
        }
        rows
    }

    fn row(self, span: Span, words: String, labels: &[Label]) -> Element {
        let name = format!("sentence-{}", span.start().bytes());
        let words = element("p")
            .set_to("id", name.clone())
            .class("mark-quote")
            .set("dir", "auto")
            .say_this(words);
        let buttons = labels.iter().enumerate();
        let buttons = buttons.map(|(place, label)| self.button(place, label, span));
        let group = element("div")
            .class("palette-labels")
            .set("role", "group")
            .set_to("aria-labelledby", name)
            .with_all(buttons.collect());
        let others = element("p").class("side-note").set("dir", "auto");
        element("li")
            .with(words)
            .with(group)
            .with(others.show(move || self.others(span)))
    }

    fn button(self, place: usize, label: &Label, span: Span) -> Element {
        let (id, pressed) = (label.id.clone(), label.id.clone());
        let look = format!("label-button label-{}", place % LABEL_SLOTS);
        element("button")
            .set_to("class", look)
            .follow("aria-pressed", move || {
                self.whole(span, &pressed).is_some().to_string()
            })
            .press(move || self.toggle(span, &id))
            .say_this(label.name.clone())
    }

    /// The marks that share words with a sentence.
    fn marks(self, span: Span) -> Vec<Arc<Annotation>> {
        let Some(open) = self.session.view.open.get_untracked() else {
            return Vec::new();
        };
        self.session.with_marks(|project| {
            let marks = project.annotations().overlapping(&open, span);
            marks.cloned().collect()
        })
    }

    /// The mark with this label on exactly this sentence.
    fn whole(self, span: Span, label: &LabelId) -> Option<Arc<Annotation>> {
        let mut marks = self.marks(span).into_iter();
        marks.find(|it| it.label == *label && *it.fragments() == [span])
    }

    /// The marks that are not on the whole sentence, in words.
    fn others(self, span: Span) -> String {
        let mut told = String::new();
        for mark in self.marks(span) {
            if *mark.fragments() != [span] {
                told += if told.is_empty() { "Also " } else { ", " };
                told += &self.session.label_name(&mark.label).to_ascii_lowercase();
                told += ": “";
                told += &shorten(&self.session.quote(&mark), 40);
                told += "”";
            }
        }
        told
    }

    /// Marks the sentence, or takes that mark away.
    fn toggle(self, span: Span, label: &LabelId) {
        let name = self.session.label_name(label).to_ascii_lowercase();
        let Some(document) = self.session.view.open.get_untracked() else {
            return;
        };
        let (edit, done) = match untrack(|| self.whole(span, label)) {
            Some(mark) => (Edit::Remove(vec![mark.id.clone()]), "No longer marked as "),
            None => (Edit::Annotate(document, span, label.clone()), "Marked as "),
        };
        self.told.set(match self.session.dispatch(edit) {
            Ok(_) => [done, &name, "."].concat(),
            Err(error) => error.to_string(),
        });
    }

    /// Where the sentences begin that come before or after those that are shown.
    fn next(self, forward: bool) -> Option<usize> {
        let document = open_document(self.session)?;
        let mut at = self.from.get();
        let mut next = None;
        for _ in 0..ROWS {
            let Some(span) = beyond(&document.text, at, Unit::Sentence, forward) else {
                break;
            };
            next = Some(span);
            at = if forward { span.end() } else { span.start() }.bytes();
        }
        if forward {
            next = beyond(&document.text, at, Unit::Sentence, true);
        }
        Some(next?.start().bytes())
    }

    /// A step to the sentences before or after those that are shown.
    fn pager(self, name: &'static str, forward: bool) -> Element {
        let go = move || {
            if let Some(to) = untrack(|| self.next(forward)) {
                self.from.set(to);
            }
            // Reading goes on at the first of the new sentences.
            if let Some(list) = self.place.get_untracked() {
                drop(list.focus());
                list.scroll_into_view();
            }
        };
        button(name, go)
            .class("pager quiet")
            .follow_if("disabled", move || self.next(forward).is_none())
    }
}
