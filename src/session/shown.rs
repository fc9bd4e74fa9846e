//! Showing only some labels. What is hidden stays as it is, and in every file; and nothing that is
//! done to a mark is done out of sight: its label is shown again then.

use super::ViewState;
use crate::model::sorted::SortedSet;
use crate::model::{Change, LabelId, LabelState, Project, Record};

/// Whether marks of a label are shown where these alone are; all are where there is none.
pub fn shows(only: &SortedSet<LabelId>, label: &LabelId) -> bool {
    only.is_empty() || only.contains(label)
}

impl ViewState {
    /// Whether marks of a label are shown; without following it.
    pub fn is_shown(&self, label: &LabelId) -> bool {
        self.only.with_untracked(|only| shows(only, label))
    }

    /// Shows only this label, or this one besides those that are shown alone; or shows it no longer
    /// alone. Without any all are shown.
    pub fn toggle_only(&self, label: &LabelId) {
        self.only.update(|only| {
            if only.remove(label).is_none() {
                only.add(label.clone());
            }
        });
    }

    /// Shows all labels.
    pub fn show_all(&self) {
        self.only.set(SortedSet::default());
    }

    /// Shows a label again, if it is hidden.
    pub fn show_label(&self, label: &LabelId) {
        if !self.is_shown(label) {
            self.only.update(|only| {
                only.add(label.clone());
            });
        }
    }

    /// Shows no more a label that has become a hidden one, until somebody asks for it; and shows one that
    /// came, or is hidden no more. `project` is as it is after the change.
    pub(super) fn follow_states(&self, change: &Change, project: &Project) {
        let is_hidden = |record: &Option<Record>| match record {
            Some(Record::Label(label)) => Some(label.state == LabelState::Hidden),
            _ => None,
        };
        let before = self.only.get_untracked();
        let mut only = before.clone();
        let labels = project.schema().labels();
        for record in &change.records {
            let was = is_hidden(&record.before);
            if let (Some(Record::Label(label)), Some(is)) =
                (&record.after, is_hidden(&record.after))
                && was != Some(is)
            {
                if only.is_empty() {
                    only = SortedSet::of_keys(labels.iter().map(|it| it.id.clone()));
                }
                match is {
                    true => only.remove(&label.id).is_some(),
                    false => only.add(label.id.clone()),
                };
            }
        }
        let left = labels.iter().filter(|it| only.contains(&it.id)).count();
        if left == labels.len() || left == 0 {
            only = SortedSet::default();
        }
        if only != before {
            self.only.set(only);
        }
    }

    /// Shows the labels of what became another mark, or came.
    pub(super) fn show_changed(&self, change: &Change) {
        if self.only.with_untracked(SortedSet::is_empty) {
            return;
        }
        for record in &change.records {
            if let Some(annotation) = record.annotation() {
                self.show_label(&annotation.label);
            }
        }
    }
}
