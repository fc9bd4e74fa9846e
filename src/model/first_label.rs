//! What people first took their marks for, where they want that to be kept: for themselves, to see how their mind
//! has changed. It belongs to the project as it is kept here; our files leave it out. Knows nothing of who asks.

use super::annotation::Timestamp;
use super::change::{Change, Record, RecordChange, RecordId};
use super::entry::Entry;
use super::id::{AnnotationId, AnnotatorId, LabelId};
use super::project::Project;
use super::value::Value;

/// What somebody first took a mark for.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstLabel {
    /// The mark.
    pub annotation: AnnotationId,
    /// What it was taken for at first.
    pub label: LabelId,
    /// When that was given up for another label.
    pub changed: Timestamp,
}

impl FirstLabel {
    /// What an entry says of a mark; `None` for one of another kind, and where it does not say of which mark.
    pub fn of(entry: &Entry) -> Option<Self> {
        let RecordId::FirstLabel(_) = &entry.id else {
            return None;
        };
        Some(Self {
            annotation: AnnotationId::new(entry.text("annotation"))?,
            label: LabelId::new(entry.text("label"))?,
            changed: entry.created,
        })
    }
}

impl From<FirstLabel> for Record {
    fn from(it: FirstLabel) -> Record {
        let mut entry = Entry::new(RecordId::FirstLabel(it.annotation.clone()));
        entry.created = it.changed;
        entry.modified = it.changed;
        for (name, id) in [
            ("annotation", it.annotation.as_str()),
            ("label", it.label.as_str()),
        ] {
            let id = Value::Text(id.to_owned());
            entry.fields.insert(name.to_owned(), id);
        }
        entry.into()
    }
}

impl Change {
    /// Lets the change keep what the marks that it relabels were first taken for, where `who` made them. Of those
    /// that got another label before, it is kept already.
    pub fn keep_first_labels(&mut self, project: &Project, who: &AnnotatorId) {
        let first = |it: &RecordChange| {
            let (Record::Annotation(before), Record::Annotation(after)) =
                (it.before.as_ref()?, it.after.as_ref()?)
            else {
                return None;
            };
            let is_kept = project
                .record(&RecordId::FirstLabel(before.id.clone()))
                .is_some();
            let changes = before.label != after.label && before.annotator == *who && !is_kept;
            changes.then(|| FirstLabel {
                annotation: before.id.clone(),
                label: before.label.clone(),
                changed: self.at,
            })
        };
        let new: Vec<FirstLabel> = self.records.iter().filter_map(first).collect();
        let new = new.into_iter().map(Record::from);
        self.records.extend(new.map(RecordChange::added));
    }
}
