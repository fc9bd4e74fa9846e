//! Undo and redo: two stacks of changes. Knows nothing of what the changes mean.

use super::change::Change;

/// Changes in this many milliseconds with one merge key become one step.
const MERGE_WITHIN: u64 = 2_000;

/// How many steps are remembered.
const LONGEST: usize = 1_000;

/// What was done and what was undone.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<Change>,
    undone: Vec<Change>,
}

impl History {
    /// Remembers a change that has been made, and forgets what was undone before it.
    pub fn push(&mut self, change: Change) {
        self.undone.clear();
        if self.done.last().is_some_and(|last| merges(last, &change)) {
            let last = self.done.pop().expect("it was just looked at");
            self.done.push(last.then(change));
        } else {
            self.done.push(change);
        }
        if self.done.len() > LONGEST {
            self.done.remove(0);
        }
    }

    /// The name of what undo would take back.
    pub fn undo_name(&self) -> Option<&str> {
        self.done.last().map(|change| change.name.as_str())
    }

    /// The name of what redo would do again.
    pub fn redo_name(&self) -> Option<&str> {
        self.undone.last().map(|change| change.name.as_str())
    }

    /// Steps back; answers with the change to apply.
    pub fn undo(&mut self) -> Option<Change> {
        let change = self.done.pop()?;
        let inverse = change.inverse();
        self.undone.push(change);
        Some(inverse)
    }

    /// Steps forward again; answers with the change to apply.
    pub fn redo(&mut self) -> Option<Change> {
        let change = self.undone.pop()?;
        self.done.push(change.clone());
        Some(change)
    }
}

fn merges(last: &Change, next: &Change) -> bool {
    let same = last.merge_key.is_some() && last.merge_key == next.merge_key;
    same && next.at.0.abs_diff(last.at.0) <= MERGE_WITHIN && goes_on(last, next)
}

/// Whether `next` begins where `last` has ended: nobody else has changed anything of it in between.
fn goes_on(last: &Change, next: &Change) -> bool {
    next.records.iter().all(|record| {
        let mut earlier = last.records.iter().rev();
        let earlier = earlier.find(|it| it.id() == record.id());
        earlier.is_none_or(|it| it.after == record.before)
    })
}
