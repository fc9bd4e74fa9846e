//! Opening: from what was read to records, with a sentence for each thing that could not be read.

use std::rc::Rc;

use rustc_hash::FxHashSet as HashSet;

use super::names::{self, Name};
use super::reading::{self, Reading, Scope};
use super::{Journal, Write, value};
use crate::format::record::{Assembled, assemble};
use crate::model::sorted::{SortedMap, SortedSet, sort_by};
use crate::model::{DocumentId, Record, RecordId};
use crate::storage::StorageError;

/// What a store held.
#[derive(Debug, Default)]
pub struct Loaded {
    /// What leans on no text, then articles, annotations and tray, each as they were read.
    pub records: Vec<Record>,
    /// Articles that were removed; a reading set does not bring them back.
    pub removed_documents: Vec<DocumentId>,
    /// What of the schema was removed, which may be built in.
    pub removed_names: Vec<RecordId>,
    /// Sentences on what could not be read or shown this time, and what became of it.
    pub problems: Vec<String>,
    /// Sentences on articles that are missing here. The safe copy may have them: hearing from it
    /// says them again where it does not.
    pub missing: Vec<String>,
    /// How many values are in quarantine, from this and earlier times.
    pub quarantined: usize,
    /// Whether a newer version has written here, so that the journal refuses to (P7).
    pub newer_format: bool,
}

impl Journal {
    pub(super) fn load(&mut self) -> Loaded {
        let mut reading = match Reading::of(&*self.store, &self.writer, Scope::All) {
            Ok(reading) => reading,
            Err(error) => {
                // Without the lamport numbers there, what is written now could lose to what is old.
                let problems = vec![error.to_string()];
                self.refusal = Some(error);
                return Loaded {
                    problems,
                    ..Loaded::default()
                };
            }
        };
        self.lamport = reading.lamport;
        self.number = reading.number.map_or(0, |number| number + 1);
        self.used = reading.used;
        self.header = reading.header.clone();
        let mut loaded = Loaded {
            quarantined: reading.quarantined.len(),
            newer_format: reading.header.as_deref().is_some_and(value::is_newer),
            ..Loaded::default()
        };
        if loaded.newer_format {
            loaded.problems.push(StorageError::NewerFormat.to_string());
            self.refusal = Some(StorageError::NewerFormat);
        } else {
            self.set_all_aside(&reading, &mut loaded);
            self.use_permits(&reading);
        }
        let texts = reading.winners.values().filter_map(|it| it.text.clone());
        let is_here = |text: &Rc<str>| reading.texts.contains_key(&**text);
        self.awaited_texts = texts.filter(|it| !is_here(it)).collect();
        self.assemble(&mut reading, &mut loaded);
        let sources = reading.sources.into_iter();
        self.heard = sources.map(|it| it.key).collect();
        let winners = reading.winners.into_iter();
        self.versions = winners.map(|(name, it)| (name, it.version)).collect();
        loaded
    }

    fn set_all_aside(&mut self, reading: &Reading, loaded: &mut Loaded) {
        let mut counts: SortedMap<(&str, bool), usize> = SortedMap::default();
        for key in &reading.unreadable {
            let is_aside = self.set_aside(key).is_ok();
            loaded.quarantined += usize::from(is_aside);
            *counts.or_default((what_is(key), is_aside)) += 1;
            if is_aside && key == names::HEADER {
                self.header = None;
            }
        }
        for ((what, is_aside), count) in counts {
            loaded.problems.push(sentence(what, is_aside, count));
        }
    }

    /// Deletes what an earlier page load has folded into snapshots that are there, whole.
    fn use_permits(&mut self, reading: &Reading) {
        let needless = reading.needless_texts();
        self.needless_texts = needless.iter().map(|it| (*it).to_owned()).collect();
        let needless: HashSet<&str> = needless.into_iter().collect();
        for (key, permit) in &reading.permits {
            let drop = if reading.grants(permit) {
                permit.drop.as_slice()
            } else {
                &[]
            };
            let may_go = |key: &&String| match Name::of(key) {
                Some(Name::Entry(_) | Name::Snapshot(_)) => true,
                Some(Name::Text(hash)) => needless.contains(hash),
                _ => false,
            };
            if !drop.is_empty() && self.mirror_again(&permit.into).is_err() {
                return;
            }
            let gone: Result<(), StorageError> =
                drop.iter()
                    .filter(may_go)
                    .try_for_each(|key| match Name::of(key) {
                        // The safe copy may have articles that need it, see `recover`.
                        Some(Name::Text(_)) => self.store.delete(key),
                        _ => self.remove(key),
                    });
            // Where deleting fails, the leave stays for the next time: it is not work that is lost.
            if gone.is_err() || self.remove(key).is_err() {
                return;
            }
        }
    }

    /// Tells the safe copy of these snapshots, which may not have arrived there: it must not delete
    /// what they stand for before it has them.
    fn mirror_again(&mut self, snapshots: &[(String, u32)]) -> Result<(), StorageError> {
        for (key, _) in snapshots {
            let value = self.store.get(key)?;
            let put = value.map(|value| Write::Put(key.clone(), value));
            self.unmirrored.extend(put);
        }
        Ok(())
    }

    fn assemble(&mut self, reading: &mut Reading, loaded: &mut Loaded) {
        let mut unfit: Vec<(Rc<str>, String)> = Vec::new();
        let winners = reading.winners.iter_mut();
        let stored = winners.filter_map(|(name, winner)| match winner.record.take()? {
            Ok(record) => Some(record),
            Err(error) => {
                let problem = format!("Something that was stored could not be read: {error}.");
                unfit.push((name.clone(), problem));
                None
            }
        });
        let mut assembled = assemble(stored, |hash| reading.texts.get(hash)?.clone());
        let misfits = assembled.misfits.drain(..);
        unfit.extend(misfits.map(|(id, problem)| (format!("a:{id}").into(), problem)));
        // The order in which a browser lists its keys is its own.
        sort_by(&mut unfit, Ord::cmp);
        for (name, problem) in unfit {
            self.keep_record(&name, problem, reading, loaded);
        }
        self.adopt(assembled, loaded);
    }

    fn adopt(&mut self, assembled: Assembled, loaded: &mut Loaded) {
        let ids = assembled.records.iter().map(Record::id);
        let is_kept =
            |id: &RecordId| !matches!(id, RecordId::Annotation(_) | RecordId::Unplaced(_));
        self.stored = SortedSet::of_keys(ids.filter(is_kept));
        self.is_awaited = !assembled.missing.is_empty() || !assembled.gone.is_empty();
        self.may_fit = !assembled.missing.is_empty();
        loaded.records = assembled.records;
        loaded.missing = assembled.missing.into_iter().map(|it| it.1).collect();
        for id in assembled.gone {
            match id {
                RecordId::Document(id) => loaded.removed_documents.push(id),
                RecordId::Label(_) | RecordId::Attribute(_) | RecordId::RelationType(_) => {
                    loaded.removed_names.push(id);
                }
                _ => {}
            }
        }
    }

    /// Copies a record that does not fit to quarantine, once, and says so. The record itself also
    /// stays where it is: it may fit again when its article can be read, or a newer version come.
    fn keep_record(&mut self, name: &str, problem: String, reading: &Reading, loaded: &mut Loaded) {
        let what = reading::quarantined_record(name);
        if reading.quarantined.contains(&what) {
            return;
        }
        let winner = reading.winners.get(name).filter(|_| self.refusal.is_none());
        let key = names::quarantine(self.opened.0, &what, 0);
        if let Some(winner) = winner
            && self.keep(&key, &winner.raw.json()).is_ok()
        {
            loaded.quarantined += 1;
        }
        loaded
            .problems
            .push(format!("{problem} It was set aside, not deleted."));
    }
}

fn what_is(key: &str) -> &'static str {
    match Name::of(key) {
        Some(Name::Entry(_)) => "stored change",
        Some(Name::Snapshot(_)) => "part of an article’s stored marks",
        Some(Name::Text(_)) => "stored text of an article",
        Some(Name::Setting(_)) => "stored setting",
        _ => "note on how things are stored",
    }
}

fn sentence(what: &str, is_aside: bool, count: usize) -> String {
    let subject = match count {
        1 => format!("One {what}"),
        _ => format!("{count} times a {what}"),
    };
    let fate = match is_aside {
        true => "set aside, not deleted",
        false => "left where it is",
    };
    format!("{subject} could not be read. It was {fate}.")
}
