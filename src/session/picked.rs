//! Marks that are picked, to be changed together. Knows nothing of the list they are picked from:
//! whoever shows one tells its order.

use std::sync::Arc;

use leptos::prelude::untrack;

use super::{Session, Watched};
use crate::model::sorted::SortedSet;
use crate::model::{AnnotationId, Edit, EditError, LabelId, Record, RecordChange};

/// The marks that are picked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Picked {
    ids: SortedSet<AnnotationId>,
    /// Where a range begins.
    anchor: Option<AnnotationId>,
}

/// What is picked as long as several can be.
pub type Picking = Watched<Option<Arc<Picked>>>;

impl Picked {
    /// Only this mark, or none.
    pub fn only(id: Option<AnnotationId>) -> Self {
        Self {
            ids: SortedSet::of_keys(id.clone()),
            anchor: id,
        }
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Whether a mark is picked.
    pub fn contains(&self, id: &AnnotationId) -> bool {
        self.ids.contains(id)
    }

    /// Picks a mark, or lets it go.
    pub fn toggle(&mut self, id: &AnnotationId) {
        self.ids.toggle(id);
        self.anchor = Some(id.clone());
    }

    /// Picks the marks of a list from where the range begins to this one, and no others.
    pub fn reach(&mut self, list: &[AnnotationId], id: &AnnotationId) {
        let place = |id: &AnnotationId| list.iter().position(|it| it == id);
        let Some(to) = place(id) else {
            return;
        };
        let from = self.anchor.as_ref().and_then(place).unwrap_or(to);
        self.anchor = Some(list[from].clone());
        let reached = &list[from.min(to)..=from.max(to)];
        self.ids = SortedSet::of_keys(reached.iter().cloned());
    }

    /// Picks all of a list.
    pub fn all(&mut self, list: &[AnnotationId]) {
        self.ids = SortedSet::of_keys(list.iter().cloned());
    }
}

impl Session {
    /// Changes what is picked. Where nothing was, it begins with the mark in focus.
    pub fn pick(&self, change: impl FnOnce(&mut Picked)) {
        let view = self.view;
        let now = view.picked.get_untracked();
        let mut picked = match now {
            Some(picked) => Picked::clone(&picked),
            None => Picked::only(view.focused.get_untracked()),
        };
        change(&mut picked);
        view.focused.set(None);
        view.picked.set(Some(Arc::new(picked)));
    }

    /// The marks that are picked and still there, as they are now.
    pub fn picked_now(&self) -> Vec<AnnotationId> {
        untrack(|| self.picked())
    }

    /// The marks that are picked, still there and shown; follows all of that.
    pub fn picked(&self) -> Vec<AnnotationId> {
        let Some(picked) = self.view.picked.get() else {
            return Vec::new();
        };
        let only = self.view.only.get();
        self.with_marks(|project| {
            let there = |id: &&AnnotationId| {
                let mark = project.annotations().get(id);
                mark.is_some_and(|it| only.lets(it))
            };
            picked.ids.keys().filter(there).cloned().collect()
        })
    }

    /// Gives all that are picked another label; they stay picked.
    ///
    /// # Errors
    /// The sentence of the model.
    pub(super) fn relabel_picked(
        &self,
        ids: Vec<AnnotationId>,
        label: &LabelId,
    ) -> Result<(), EditError> {
        let change = self.dispatch(Edit::Relabel(ids, label.clone()))?;
        let name = self.label_name(label).to_ascii_lowercase();
        let marks = change.records.iter().filter_map(|it| it.after.as_ref());
        let count = marks
            .filter(|it| matches!(it, Record::Annotation(_)))
            .count();
        self.view.say(format!("Relabelled {count} as {name}"), true);
        Ok(())
    }

    /// Deletes all that are picked.
    ///
    /// # Errors
    /// The sentence of the model.
    pub(super) fn delete_picked(&self, ids: Vec<AnnotationId>) -> Result<(), EditError> {
        let change = self.dispatch(Edit::Remove(ids))?;
        self.view.picked.set(None);
        // What leans on the marks goes with them.
        let is_mark = |it: &&RecordChange| matches!(it.before, Some(Record::Annotation(_)));
        let count = change.records.iter().filter(is_mark).count();
        let noun = if count == 1 { "mark" } else { "marks" };
        self.view.say(format!("Deleted {count} {noun}"), true);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: usize) -> AnnotationId {
        AnnotationId::new(&format!("a{number}")).expect("an id")
    }

    fn picked(it: &Picked) -> Vec<usize> {
        (0..9).filter(|&number| it.contains(&id(number))).collect()
    }

    #[test]
    fn ranges_reach_from_where_one_began_and_back() {
        // The order of a list need not be that of the ids.
        let list: Vec<_> = [3, 1, 4, 0, 5, 2].map(id).into();
        let mut it = Picked::only(Some(id(4)));
        it.reach(&list, &id(5));
        assert_eq!(picked(&it), [0, 4, 5]);
        it.reach(&list, &id(0));
        assert_eq!(picked(&it), [0, 4]);
        it.reach(&list, &id(3));
        assert_eq!(picked(&it), [1, 3, 4]);
        it.toggle(&id(1));
        assert_eq!(picked(&it), [3, 4]);
        it.toggle(&id(2));
        it.reach(&list, &id(5));
        assert_eq!(picked(&it), [2, 5], "it begins where one picked last");
        it.reach(&list[..2], &id(1));
        assert_eq!(
            picked(&it),
            [1],
            "where that is not in the list, it begins anew"
        );
        it.all(&list);
        assert_eq!(picked(&it), [0, 1, 2, 3, 4, 5]);
    }
}
