//! Marks of several parts, and marks within each other.

use std::sync::Arc;

use leptos::prelude::untrack;

use super::{Clicks, Session};
use crate::model::{Annotation, AnnotationId, Edit, EditError, End, Project, Span};

impl Session {
    /// The mark of the open article that selected words can be added to; follows what decides it.
    pub fn growing(&self) -> Option<Arc<Annotation>> {
        let id = self
            .view
            .focused
            .get()
            .or_else(|| self.view.growing.get())?;
        let open = self.view.open.get();
        let mark = self.with_marks(|project| project.annotations().get(&id).cloned());
        mark.filter(|it| Some(&it.document) == open.as_ref())
    }

    /// Waits for clicks that say which words are added to the mark in focus, or where it is split.
    ///
    /// # Errors
    /// None; it is a command like others.
    pub(super) fn await_clicks(&self, clicks: Clicks) -> Result<(), EditError> {
        let view = self.view;
        if view.focused.with_untracked(Option::is_none) {
            return Ok(());
        }
        view.cursor.set(None);
        match clicks {
            Clicks::Select => {}
            Clicks::Add => {
                view.select(None);
                view.say("Click or tap the first word to add, then the last.", false);
            }
            Clicks::Split => {
                view.draft.set(None);
                view.say(
                    "Click or tap the word that the second mark begins with.",
                    false,
                );
            }
        }
        view.clicks.set(clicks);
        Ok(())
    }

    /// Adds the draft to it, else the word at the cursor.
    ///
    /// # Errors
    /// The sentence of the model, for instance where the mark has these words already.
    pub(super) fn add_to_mark(&self) -> Result<(), EditError> {
        let view = self.view;
        let cursor = view.cursor.get_untracked().map(|it| it.head);
        let span = view.draft.get_untracked().or(cursor);
        let (Some(mark), Some(span)) = (untrack(|| self.growing()), span) else {
            view.warn("To add words to a mark, click the mark, then select the words.");
            return Ok(());
        };
        self.dispatch(Edit::AddFragment(mark.id.clone(), span))?;
        view.draft.set(None);
        view.focus_at(Some(mark.id.clone()), Some(span.start()));
        if let Some(mark) = self.focused() {
            view.tell(format!("Added to the mark: “{}”", self.quote(&mark)));
        }
        Ok(())
    }

    /// Takes the part away that one is at.
    ///
    /// # Errors
    /// The sentence of the model: there may be one part only, or none that was said.
    pub(super) fn drop_part(&self) -> Result<(), EditError> {
        let Some(mark) = self.focused() else {
            return Ok(());
        };
        let is_one = mark.fragments().len() == 1;
        let part = untrack(|| self.part_of(&mark)).or(is_one.then_some(0));
        let part = part.ok_or(EditError::NoFragment)?;
        self.dispatch(Edit::RemoveFragment(mark.id.clone(), part))?;
        self.view.part.set(None);
        if let Some(mark) = self.focused() {
            let quote = self.quote(&mark);
            self.view
                .say(format!("Part dropped; left is “{quote}”"), true);
        }
        Ok(())
    }

    /// Which fragment of a mark, counted from 0, one is at; follows it.
    pub fn part_of(&self, mark: &Annotation) -> Option<usize> {
        let place = self.view.part.get().filter(|it| it.0 == mark.id);
        place.map(|it| mark.fragment_near(it.1))
    }

    /// The fragment of a mark that moves with one of its ends: the one that one is at, else the
    /// outer one.
    pub fn moved_fragment(&self, mark: &Annotation, end: End) -> usize {
        untrack(|| self.part_of(mark)).unwrap_or(match end {
            End::Start => 0,
            End::End => mark.fragments().len() - 1,
        })
    }

    /// Lets a fragment of a mark be another span.
    ///
    /// # Errors
    /// The sentence of the model.
    pub fn resize(&self, mark: &Annotation, fragment: usize, span: Span) -> Result<(), EditError> {
        self.dispatch(Edit::Resize(mark.id.clone(), fragment, span))
            .map(drop)
    }

    /// Lets two marks change places: those that are picked, else the one in focus and the nearest.
    ///
    /// # Errors
    /// The sentence of the model, for instance where neither lies within the other.
    pub(super) fn swap_nesting(&self) -> Result<(), EditError> {
        let picked = self.picked_now();
        let (one, other) = match (picked.as_slice(), self.focused()) {
            ([one, other], _) => (one.clone(), other.clone()),
            ([], Some(mark)) => {
                let near = self.peek(|project| nested_with(project, &mark));
                (mark.id.clone(), near.ok_or(EditError::NotNested)?)
            }
            _ => return Err(EditError::NotNested),
        };
        self.dispatch(Edit::Swap(one, other))?;
        self.view.part.set(None);
        self.view
            .say("The outer mark is the inner one now".to_owned(), true);
        Ok(())
    }
}

/// The mark that another one would change places with: the smallest around it, else the largest
/// within it, else one of the same words.
pub fn nested_with(project: &Project, mark: &Annotation) -> Option<AnnotationId> {
    let all = project
        .annotations()
        .overlapping(&mark.document, mark.hull());
    let others = all.filter(|it| it.id != mark.id);
    let rank = |it: &Arc<Annotation>| match (it.covers(mark), mark.covers(it)) {
        (true, false) => Some((0, it.byte_len())),
        (false, true) => Some((1, usize::MAX - it.byte_len())),
        (true, true) => Some((2, 0)),
        (false, false) => None,
    };
    let ranked = others.filter_map(|it| Some((rank(it)?, it)));
    ranked.min_by_key(|it| it.0).map(|it| it.1.id.clone())
}
