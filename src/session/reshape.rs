//! Marks that become one, and a mark that becomes two.

use super::Session;
use crate::model::{AnnotationId, Edit, EditError, touches};

impl Session {
    /// Makes one of what is picked, else of the mark in focus and those of its label beside it.
    ///
    /// # Errors
    /// The sentence of the model, for instance where they do not touch.
    pub(super) fn join(&self) -> Result<(), EditError> {
        let mut ids = self.picked_now();
        if ids.is_empty() {
            ids = self.beside_focused();
        }
        let count = ids.len();
        let change = self.dispatch(Edit::Join(ids))?;
        self.view.picked.set(None);
        if let Some(joined) = super::command::made(&change) {
            self.view.show(joined.id.clone());
        }
        let parts = super::command::made(&change).map_or(1, |it| it.fragments().len());
        let told = match parts {
            1 => format!("Merged {count} marks"),
            _ => format!("Merged {count} marks into one of {parts} parts"),
        };
        self.view.say(told, true);
        Ok(())
    }

    /// The mark in focus, and those of its label and annotator that touch it.
    fn beside_focused(&self) -> Vec<AnnotationId> {
        let Some(focused) = self.focused() else {
            return Vec::new();
        };
        self.peek(|project| {
            let Some(document) = project.document(&focused.document) else {
                return Vec::new();
            };
            let all = project.annotations().of(&focused.document).iter();
            let kin = all.filter(|it| {
                (&it.label, &it.annotator) == (&focused.label, &focused.annotator)
                    && touches(&document.text, it.hull(), focused.hull())
            });
            kin.map(|it| it.id.clone()).collect()
        })
    }

    /// Splits the mark at byte `at` of the open article: the one in focus, else the smallest.
    ///
    /// # Errors
    /// The sentence of the model, for instance where no mark is on both sides of the place.
    pub(super) fn split(&self, at: usize) -> Result<(), EditError> {
        let focused = self.focused().map(|it| it.id.clone());
        let here = self.peek(|project| {
            let document = self.view.open.get_untracked()?;
            let marks = project.annotations().of(&document).iter().filter(|it| {
                let hull = it.hull();
                let is_inside = hull.start().bytes() < at && at < hull.end().bytes();
                is_inside && self.view.is_shown(it)
            });
            let best =
                marks.min_by_key(|it| (Some(&it.id) != focused.as_ref(), it.hull().byte_len()));
            Some(best?.id.clone())
        });
        let id = here.ok_or(EditError::NotInside)?;
        self.dispatch(Edit::Split(id.clone(), at))?;
        self.view.focus_at(Some(id), None);
        self.view.say("Split in two", true);
        Ok(())
    }
}
