//! Showing only some marks: those with some labels, those of some people, or both. What is hidden stays as it is,
//! and in every file; and nothing that is done to a mark is done out of sight: it is shown again then.

use super::ViewState;
use crate::model::sorted::SortedSet;
use crate::model::{Annotation, AnnotatorId, Change, LabelId, LabelState, Project, Record};

/// Which marks alone are shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shown {
    /// Their labels; all where there is none.
    pub labels: SortedSet<LabelId>,
    /// Who made them; everybody where there is none.
    pub people: SortedSet<AnnotatorId>,
}

impl Shown {
    /// Whether no mark is hidden.
    pub fn is_all(&self) -> bool {
        self.labels.is_empty() && self.people.is_empty()
    }

    /// Whether a mark is shown.
    pub fn lets(&self, mark: &Annotation) -> bool {
        (self.labels.is_empty() || self.labels.contains(&mark.label))
            && (self.people.is_empty() || self.people.contains(&mark.annotator))
    }
}

impl ViewState {
    /// Whether a mark is shown; without following it.
    pub fn is_shown(&self, mark: &Annotation) -> bool {
        self.only.with_untracked(|only| only.lets(mark))
    }

    /// Shows only this label, or this one besides those that are shown alone; or shows it no longer
    /// alone. Without any all are shown.
    pub fn toggle_label(&self, label: &LabelId) {
        self.only.update(|only| only.labels.toggle(label));
    }

    /// The same with whoever made the marks.
    pub fn toggle_person(&self, person: &AnnotatorId) {
        self.only.update(|only| only.people.toggle(person));
    }

    /// Shows all marks.
    pub fn show_all(&self) {
        self.only.set(Shown::default());
    }

    /// Shows a mark again, if it is hidden, with its label and whoever made it.
    pub fn show_mark(&self, mark: &Annotation) {
        if self.is_shown(mark) {
            return;
        }
        self.only.update(|only| {
            if !only.labels.is_empty() {
                only.labels.add(mark.label.clone());
            }
            if !only.people.is_empty() {
                only.people.add(mark.annotator.clone());
            }
        });
    }

    /// Shows no more a label that has become a hidden one, until somebody asks for it; and shows one that
    /// came, or is hidden no more. `project` is as it is after the change.
    pub(super) fn follow_states(&self, change: &Change, project: &Project) {
        let is_hidden = |record: &Option<Record>| match record {
            Some(Record::Label(label)) => Some(label.state == LabelState::Hidden),
            _ => None,
        };
        let before = self.only.with_untracked(|only| only.labels.clone());
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
            self.only.update(|shown| shown.labels = only);
        }
    }

    /// Shows what became another mark, or came.
    pub(super) fn show_changed(&self, change: &Change) {
        if self.only.with_untracked(Shown::is_all) {
            return;
        }
        for record in &change.records {
            if let Some(annotation) = record.annotation() {
                self.show_mark(annotation);
            }
        }
    }
}
