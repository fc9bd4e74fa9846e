//! What only one of the two stores has: the safe copy's comes back, the store's goes there. Knows
//! nothing of how the copy keeps it.

use std::rc::Rc;

use rustc_hash::FxHashSet as HashSet;

use super::hearing::Heard;
use super::names::{self, Name};
use super::pending::Pending;
use super::reading::Reading;
use super::{Journal, Write, saving};
use crate::format::record::Heading;
use crate::model::sorted::SortedSet;
use crate::model::{Change, IMPORT, Project, Timestamp};
use crate::storage::StorageError;

impl Journal {
    /// Compares the store with the safe copy, which has these keys: what to fetch from there, and
    /// what to bring there.
    ///
    /// # Errors
    /// Where the browser does not let the store be read, or nothing may be written (P7).
    pub fn compare(
        &self,
        copied: &SortedSet<String>,
    ) -> Result<(Vec<String>, Vec<Write>), StorageError> {
        if let Some(refusal) = &self.refusal {
            return Err(refusal.clone());
        }
        let own = SortedSet::of_keys(self.store.keys()?);
        let is_own = |key: &str| {
            let stamp = Name::of(key).and_then(Name::stamp);
            stamp.is_some_and(|stamp| stamp.writer == self.writer)
        };
        // What was folded has just been deleted here, and is about to be deleted there.
        let deleted = self.unmirrored.iter().filter_map(|it| match it {
            Write::Delete(key) => Some(key),
            Write::Put(..) => None,
        });
        let deleted = SortedSet::of_keys(deleted);
        let lacking = copied.keys().filter(|key| !names::is_of_copy(key));
        let lacking = lacking.filter(|key| !own.contains(*key));
        let lacking = lacking.filter(|key| !is_own(key) && !deleted.contains(key));
        let mut bring = Vec::new();
        for key in own.keys().filter(|key| !copied.contains(*key)) {
            let is_kept = !matches!(Name::of(key), None | Some(Name::Quarantine(_)));
            if is_kept && let Some(value) = self.store.get(key)? {
                bring.push(Write::Put(key.clone(), value));
            }
        }
        // What has no room here may be nowhere else, where the copy was lost while this page was open.
        let waiting = self.pending.iter().flat_map(Pending::keys_and_values);
        let waiting = waiting.filter(|it| !copied.contains(&it.0));
        bring.extend(waiting.map(|(key, value)| Write::Put(key, value)));
        Ok((lacking.cloned().collect(), bring))
    }

    /// Takes in what only the safe copy had, and brings it back into the store: what is bulky only
    /// where there is room enough, the rest as soon as there is any. Nothing is deleted in the copy
    /// here: that is for folding alone, which knows that what it deletes is in a snapshot there, while
    /// other pages may be deleting too. `is_all` says whether all that was asked for was found.
    pub fn recover(
        &mut self,
        found: Vec<(String, String)>,
        is_all: bool,
        project: &Project,
        now: Timestamp,
    ) -> Heard {
        let reading = self.news(&found);
        if self.refusal.is_none() {
            self.write_early_again(&reading, project, now);
            self.bring_back(&reading, &found, is_all, project);
        }
        self.take_in(reading, &found, project, now)
    }

    /// Remembers what a person changes before anything came from the safe copy. What comes by itself
    /// with a file is older than what people made of it.
    pub(super) fn note_early(&mut self, change: &Change) {
        if let Some(early) = self.early.as_mut().filter(|_| change.name != IMPORT) {
            for record in &change.records {
                early.insert(record.id(), record.clone());
            }
        }
    }

    /// What was done here before the copy was read is newer than what earlier pages left there, but was
    /// numbered after this store alone, which may have fallen behind: it is written again.
    fn write_early_again(&mut self, reading: &Reading, project: &Project, now: Timestamp) {
        self.lamport = self.lamport.max(reading.lamport);
        let early = self.early.take().unwrap_or_default();
        let mut change = Change {
            name: "done early".into(),
            records: early.iter().map(|it| it.1.clone()).collect(),
            at: now,
            merge_key: None,
        };
        // Others may have changed it since.
        change
            .records
            .retain(|it| project.record(&it.id()) == it.after);
        // What it leans on was stored with it.
        let Ok(mut saving) = saving::of(&change, project, &mut self.stored.clone()) else {
            return;
        };
        saving.records.retain(|record| {
            let name = Heading::of(record).name;
            let own = self.versions.get(&name);
            let own = own.filter(|it| *it.writer == *self.writer);
            own.zip(reading.winners.get(&name))
                .is_some_and(|(own, theirs)| *own < theirs.version)
        });
        self.enqueue(saving, now);
    }

    fn bring_back(
        &mut self,
        reading: &Reading,
        found: &[(String, String)],
        is_all: bool,
        project: &Project,
    ) {
        let needless = self.needless(found, reading, project);
        let unknown = self.unknown_sources(reading);
        let mut all_is_here = is_all;
        for (key, value) in found {
            match Name::of(key) {
                Some(Name::Text(_)) if needless.contains(&**key) => {}
                Some(name) if name.is_bulky() && !self.has_room_for(value) => {
                    all_is_here = false;
                }
                Some(Name::Header) if self.header.is_some() => {}
                Some(Name::Header) => {
                    self.header = self.keep(key, value).is_ok().then(|| value.clone());
                }
                Some(Name::Text(_)) => self.pending.push_back(Pending::of(key, value)),
                Some(Name::Entry(_) | Name::Snapshot(_)) if unknown.contains(&**key) => {
                    self.pending.push_back(Pending::of(key, value));
                }
                // What is known does not wait for room; and a setting that is made later is newer.
                Some(_) => drop(self.keep(key, value)),
                None => {}
            }
        }
        // Where there is no room it is heard all the same, and by other pages when there is.
        self.trouble = self.flush().err();
        if all_is_here && !found.is_empty() {
            self.forget_moved();
        }
    }

    /// The keys of texts among what only the safe copy has that no article needs, here or there. What
    /// this page has told the copy itself may wait for room here, and is needed.
    fn needless<'a>(
        &self,
        found: &'a [(String, String)],
        reading: &Reading,
        project: &Project,
    ) -> HashSet<&'a str> {
        let here = project.documents().iter().map(|it| it.text.hash().as_str());
        let read = reading.winners.values().filter_map(|it| it.text.as_deref());
        let awaited = self.awaited_texts.iter().map(|it| &**it);
        let needed: HashSet<&str> = here.chain(read).chain(awaited).collect();
        let keys = found.iter().map(|it| it.0.as_str());
        let is_needless = |key: &&str| match Name::of(key) {
            Some(Name::Text(hash)) => !needed.contains(hash) && !self.heard.contains(*key),
            _ => false,
        };
        keys.filter(is_needless).collect()
    }

    /// The keys of what was read that hold something which is not known in this version or a newer
    /// one, or cannot be read.
    fn unknown_sources<'a>(&self, reading: &'a Reading) -> HashSet<&'a str> {
        let is_unknown = |name: &Rc<str>| {
            let known = self.versions.get(name);
            known.is_none_or(|known| *known < reading.winners[name].version)
        };
        let sources = reading.sources.iter();
        let unknown = sources.filter(|it| it.records.iter().any(is_unknown));
        let unknown = unknown.map(|it| it.key.as_str());
        unknown
            .chain(reading.unreadable.iter().map(String::as_str))
            .collect()
    }
}
