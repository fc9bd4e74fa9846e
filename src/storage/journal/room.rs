//! Room in the store. Where it is scarce, finished articles stay in the safe copy alone: they are
//! loaded from there, listed and exported like all others.
//!
//! Only what the copy has under the same key leaves the store, and only bulky values do: texts, and
//! marks that were folded. What is done to such an article later is written to both as ever.

use super::names::{self, Name};
use super::reading::{Reading, Scope};
use super::{Journal, units};
use crate::model::sorted::{SortedSet, sort_by};
use crate::model::{DocumentId, Progress, Project};
use crate::storage::{CAPACITY, StorageError, Usage};

/// The setting that names the articles which are in the safe copy alone.
const MOVED: &str = "moved";

/// Up to here there is room enough for everything, in percent of the store.
const ROOMY: usize = 60;

/// From here on finished articles leave, in percent of the store.
const SCARCE: usize = 80;

impl Usage {
    /// How much is used, in percent.
    pub fn percent(self) -> usize {
        self.used * 100 / self.capacity
    }
}

impl Journal {
    /// How full the store is. What other tabs have written since this one opened is not counted.
    pub fn usage(&self) -> Usage {
        Usage {
            used: self.used,
            capacity: CAPACITY,
        }
    }

    /// How much each article takes in the store, in UTF-16 units, as browsers count, the largest first.
    ///
    /// # Errors
    /// Where the browser does not let the store be read.
    pub fn sizes(&self) -> Result<Vec<(String, usize)>, StorageError> {
        let reading = Reading::of(&*self.store, &self.writer, Scope::All)?;
        let sizes = reading.sizes();
        let mut sizes: Vec<_> = sizes.iter().map(|it| (it.0.to_owned(), it.1)).collect();
        sort_by(&mut sizes, |a, b| b.1.cmp(&a.1));
        Ok(sizes)
    }

    /// Whether there is so little room that finished articles should leave.
    pub fn is_scarce(&self) -> bool {
        self.usage().percent() >= SCARCE
    }

    /// The articles that are in the safe copy alone, or were.
    pub fn moved(&self) -> SortedSet<DocumentId> {
        let names = self.setting(MOVED).unwrap_or_default();
        SortedSet::of_keys(names.split(' ').filter_map(DocumentId::new))
    }

    /// How many articles have left the store and are not in the project: what the safe copy has of them
    /// could not be read.
    pub fn missing(&self, project: &Project) -> usize {
        let moved = self.moved();
        let is_here = |id: &DocumentId| project.document(id).is_some() || project.was_removed(id);
        moved.keys().filter(|id| !is_here(id)).count()
    }

    /// Whether the safe copy, which has these keys, and the store both lack the text of an article that
    /// left the store and is in the project.
    pub fn has_lost(&self, copied: &SortedSet<String>, project: &Project) -> bool {
        let moved = self.moved();
        let here = moved.keys().filter_map(|id| project.document(id));
        let mut texts = here.map(|it| names::text(it.text.hash().as_str()));
        texts.any(|key| !copied.contains(&key) && !matches!(self.store.get(&key), Ok(Some(_))))
    }

    /// Whether a value that only the copy has may come back into the store.
    pub(super) fn has_room_for(&self, value: &str) -> bool {
        (self.used + units(value)) * 100 <= CAPACITY * ROOMY
    }

    /// Everything is in the store again.
    pub(super) fn forget_moved(&mut self) {
        if self.setting(MOVED).is_some_and(|it| !it.is_empty()) {
            // Where it cannot be kept, it is tried again at the next start.
            drop(self.set_setting(MOVED, ""));
        }
    }

    /// Takes texts and folded marks of finished articles out of the store, as far as the safe copy
    /// has them under these keys, until there is room. Answers with the number of articles.
    ///
    /// # Errors
    /// Where the store cannot be read or written.
    pub fn move_finished(
        &mut self,
        copied: &SortedSet<String>,
        project: &Project,
    ) -> Result<usize, StorageError> {
        if !self.is_scarce() {
            return Ok(0);
        }
        self.move_until(copied, project, CAPACITY * ROOMY / 100)
    }

    /// As [`move_finished`](Self::move_finished), until no more than `units` are used.
    ///
    /// # Errors
    /// As there.
    pub fn move_until(
        &mut self,
        copied: &SortedSet<String>,
        project: &Project,
        goal: usize,
    ) -> Result<usize, StorageError> {
        self.may_write()?;
        let present = SortedSet::of_keys(self.store.keys()?);
        let open = project.documents().iter();
        let open = open.filter(|it| it.progress != Progress::Done);
        let needed = SortedSet::of_keys(open.map(|it| names::text(it.text.hash().as_str())));
        let mut moved = self.moved();
        let before = moved.len();
        let finished = project.documents().iter();
        for document in finished.filter(|it| it.progress == Progress::Done) {
            let text = names::text(document.text.hash().as_str());
            let is_own = |key: &&String| names::is_snapshot_of(key, document.id.as_str());
            let mut keys: Vec<String> = present.keys().filter(is_own).cloned().collect();
            if !needed.contains(&text) {
                keys.push(text);
            }
            keys.retain(|key| copied.contains(key) && present.contains(key));
            if self.used <= goal || keys.is_empty() {
                continue;
            }
            // Named first: a page that goes in between has one too many in the list, not one too few.
            moved.add(document.id.clone());
            let ids: Vec<&str> = moved.keys().map(DocumentId::as_str).collect();
            self.set_setting(MOVED, &ids.join(" "))?;
            for key in keys {
                self.leave(&key)?;
            }
        }
        Ok(moved.len() - before)
    }

    /// Deletes a key here, and not in the safe copy.
    fn leave(&mut self, key: &str) -> Result<(), StorageError> {
        if let Some(value) = self.store.get(key)? {
            self.store.delete(key)?;
            self.used = self.used.saturating_sub(units(key) + units(&value));
        }
        Ok(())
    }
}

impl Name<'_> {
    /// Whether its values are large, and seldom written: they need not be in both stores.
    pub(super) fn is_bulky(self) -> bool {
        matches!(self, Name::Text(_) | Name::Snapshot(_))
    }
}
