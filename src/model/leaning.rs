//! What leans on marks: relations and comments go where their marks go.

use std::sync::Arc;

use super::change::{Record, RecordChange, RecordId};
use super::edit::Planner;
use super::entry::Entry;
use super::id::AnnotationId;
use super::sorted::sort_by;

/// What leans on marks that become the mark `to`. A relation between two of them is gone.
pub(super) fn moved(
    entry: &Arc<Entry>,
    is_other: &dyn Fn(&str) -> bool,
    to: &AnnotationId,
) -> RecordChange {
    let before = Record::Entry(entry.clone());
    // What a mark was first taken for is not what another one was.
    if matches!(entry.id, RecordId::FirstLabel(_)) {
        return RecordChange::removed(before);
    }
    match entry.moved(is_other, to) {
        Some(after) => RecordChange::replaced(before, after.into()),
        None => RecordChange::removed(before),
    }
}

impl Planner<'_> {
    /// With a mark goes what leans on it: its relations and what was said about it. One that only moves
    /// between the text and the tray is not gone.
    pub(super) fn take_along(&self, records: &mut Vec<RecordChange>) {
        let mark = |record: Option<&Record>| match record? {
            Record::Annotation(it) => Some(it.id.clone()),
            Record::Unplaced(it) => Some(it.id.clone()),
            _ => None,
        };
        let removed = records.iter().filter(|it| it.after.is_none());
        let mut gone: Vec<_> = removed.filter_map(|it| mark(it.before.as_ref())).collect();
        if gone.is_empty() {
            return;
        }
        let stay = records.iter().filter_map(|it| mark(it.after.as_ref()));
        let stay: Vec<AnnotationId> = stay.collect();
        gone.retain(|id| !stay.contains(id));
        sort_by(&mut gone, Ord::cmp);
        let is_gone = |id: &str| gone.binary_search_by(|it| it.as_str().cmp(id)).is_ok();
        let mut leaning = self.project.leaning_on(&is_gone);
        // A wish that has said what becomes of one knows better.
        let planned = records
            .iter()
            .filter(|it| mark(it.before.as_ref()).is_none());
        let planned: Vec<RecordId> = planned.map(RecordChange::id).collect();
        leaning.retain(|it| !planned.contains(&it.id));
        let gone = leaning.into_iter().map(Record::Entry);
        records.extend(gone.map(RecordChange::removed));
    }
}
