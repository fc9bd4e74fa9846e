//! The sentences of the open article as a list with a button per label each: marking without
//! selecting, for switches, screen readers and large pointers.
//!
//! Which sentences there are is known for all of the article; rows stand in the page for those near
//! the ones in view.

use std::sync::Arc;

use leptos::prelude::*;

use super::{sheet_button, text_sheet, with_focus};
use crate::model::{
    self, Annotation, Document, DocumentId, Edit, Label, LabelId, LabelState, Span, Unit, around,
};
use crate::session::{Session, shorten};
use crate::ui::element::{Element, element};
use crate::ui::long_list::long_list;
use crate::ui::palette::label_button;
use crate::ui::reader::Page;
use crate::ui::rows::Key;
use crate::ui::{context, counted};

/// What the parts of the list share.
#[derive(Clone, Copy)]
struct List {
    session: Session,
    /// The article and its sentences.
    article: StoredValue<(Arc<Document>, Vec<Span>)>,
    /// The sentence in which one works, until its row has got the focus.
    first: StoredValue<Option<Span>>,
    /// What was done last, in words.
    told: RwSignal<String>,
}

/// The list, at the sentence in which one works.
pub(super) fn sentences() -> AnyView {
    let (session, _) = context();
    let Some(document) = open_document(session) else {
        return ().into_any();
    };
    let at = expect_context::<Page>().working_place(&document);
    let first = around(&document.text, at, Unit::Sentence);
    let all: Vec<Span> = model::sentences(&document.text).collect();
    let tally = counted(all.len(), "sentence", "sentences");
    let list = List {
        session,
        article: StoredValue::new((document, all)),
        first: StoredValue::new(first),
        told: RwSignal::new(String::new()),
    };
    let rows = element("ol")
        .set("id", "sentence-list")
        .class("long-list")
        .set("aria-labelledby", "sentence-tally");
    let rows = long_list(
        rows,
        move || list.keys(),
        move || first.map(key),
        move |key| list.row(&key),
    );
    let tally = element("p")
        .set("id", "sentence-tally")
        .class("side-note")
        .say_this(tally);
    let content = element("div").with(tally).with(rows);
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

/// The open article.
fn open_document(session: Session) -> Option<Arc<Document>> {
    let open = session.view.open.get_untracked()?;
    session.peek(|project| project.document(&open).cloned())
}

/// What a sentence is known by: the byte with which it begins.
fn key(sentence: Span) -> Key {
    sentence.start().bytes().to_string().into()
}

impl List {
    fn keys(self) -> Vec<Key> {
        self.article
            .with_value(|(_, all)| all.iter().copied().map(key).collect())
    }

    fn row(self, key: &str) -> AnyView {
        let at: usize = key.parse().expect("the keys are numbers");
        let found = self.article.with_value(|(document, all)| {
            let place = all.partition_point(|it| it.start().bytes() < at);
            let span = *all.get(place)?;
            Some((span, document.text.slice(span).to_owned()))
        });
        let labels = (self.session).peek(|project| project.schema().labels().to_vec());
        match found {
            Some((span, words)) => self.sentence(span, words, &labels).view(),
            None => element("li").view(),
        }
    }

    fn sentence(self, span: Span, words: String, labels: &[Arc<Label>]) -> Element {
        let name = format!("sentence-{}", span.start().bytes());
        let words = element("p")
            .set_to("id", name.clone())
            .class("mark-quote")
            .set("dir", "auto")
            .say_this(words);
        let begins = self.first.get_value() == Some(span);
        if begins {
            self.first.set_value(None);
        }
        let all = labels.iter().enumerate();
        let offered = all.filter(|it| it.1.state != LabelState::Retired);
        let buttons = offered.enumerate().map(|(place, (slot, label))| {
            let button = self.button(slot, label, span);
            match begins && place == 0 {
                true => with_focus(button),
                false => button,
            }
        });
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

    fn button(self, slot: usize, label: &Label, span: Span) -> Element {
        let (id, pressed) = (label.id.clone(), label.id.clone());
        label_button(label, slot)
            .follow("aria-pressed", move || {
                self.whole(span, &pressed).is_some().to_string()
            })
            .press(move || self.toggle(span, &id))
    }

    /// The article whose sentences these are. Another may be open by now: the browser's *Back* leads to one
    /// under a dialog, too.
    fn document(self) -> DocumentId {
        self.article.with_value(|it| it.0.id.clone())
    }

    /// The marks that share words with a sentence.
    fn marks(self, span: Span) -> Vec<Arc<Annotation>> {
        let document = self.document();
        self.session.with_marks(|project| {
            let marks = project.annotations().overlapping(&document, span);
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
        let (edit, done) = match untrack(|| self.whole(span, label)) {
            Some(mark) => (Edit::Remove(vec![mark.id.clone()]), "No longer marked as "),
            None => (
                Edit::Annotate(self.document(), span, label.clone()),
                "Marked as ",
            ),
        };
        self.told.set(match self.session.dispatch(edit) {
            Ok(_) => [done, &name, "."].concat(),
            Err(error) => error.to_string(),
        });
    }
}
