//! The journal: what is written for each change, and what a store comes to when it is read.
//!
//! ```text
//! sl1:h                            format, oldest reader, when and by what the store was begun
//! sl1:j:<writer>:<number>          the records of one change, with a lamport number
//! sl1:s:<writer>:<number>:<article>  records of one article, folded from many changes
//! sl1:f:<writer>:<number>          leave to delete what was folded, used when the store is next opened
//! sl1:t:<sha256>                   a text; its name is its content, so any number may write it
//! sl1:settings:<name>              a small setting
//! sl1:q:<time>:<key>               a value that could not be read, unit by unit as it was
//! ```
//!
//! Each value is `[crc32, content]`. Knows nothing of the session or of how a store works.

mod compaction;
mod hearing;
mod loading;
mod mirroring;
mod names;
mod pending;
mod reading;
mod recovering;
mod room;
mod saving;
mod snapshot;
mod value;

use std::collections::VecDeque;
use std::rc::Rc;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::memory::units;
use super::{KeyValue, StorageError};
use crate::format::record::Heading;
use crate::model::sorted::{SortedMap, SortedSet};
use crate::model::{Change, DocumentId, Project, RecordChange, RecordId, Timestamp};
use pending::{Pending, fitting};
use saving::Saving;
use value::{Version, seal_text};

pub use hearing::Heard;
pub use loading::Loaded;
pub use names::is_setting;
pub(super) use names::{FOLDER, POINT};

/// Writes each change to a store before it is applied.
pub struct Journal {
    store: Rc<dyn KeyValue>,
    /// This page load's own name: nobody else writes under it (P3).
    writer: String,
    opened: Timestamp,
    /// The number of the next key.
    number: u64,
    /// The highest lamport number seen or used.
    lamport: u64,
    /// The header as it was last seen.
    header: Option<String>,
    /// Why nothing may be written, where nothing may.
    refusal: Option<StorageError>,
    /// Articles, labels and annotators that are stored or wait to be.
    stored: SortedSet<RecordId>,
    /// What was stored when this page found the store emptied, until it is written again.
    emptied: SortedSet<RecordId>,
    /// What was changed here before anything came from the safe copy; `None` from then on.
    early: Option<SortedMap<RecordId, RecordChange>>,
    /// The newest version that was read or written of each record, by name.
    versions: HashMap<Rc<str>, Version>,
    /// The keys of others that were read, and of texts that the safe copy was told.
    heard: HashSet<String>,
    /// Whether the store holds marks on articles that are missing or were removed.
    is_awaited: bool,
    /// Whether what waits may fit by now: an article came with the reading set, or was stored here.
    may_fit: bool,
    /// The texts, by SHA-256, that were there when it was opened and no article needs.
    needless_texts: Vec<String>,
    /// The texts, by SHA-256, that stored articles need and that were not there.
    awaited_texts: Vec<Rc<str>>,
    /// What the safe copy has to be told, in order.
    unmirrored: Vec<Write>,
    /// Changes that are not written yet, oldest first.
    pending: VecDeque<Pending>,
    trouble: Option<StorageError>,
    used: usize,
}

/// What becomes of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// It has this value.
    Put(String, String),
    /// It is gone.
    Delete(String),
}

impl Journal {
    /// Opens the journal of `store` and reads everything in it.
    ///
    /// `writer` must be made afresh for each page load, of letters and digits. Unreadable values are
    /// set aside here and folded ones deleted; apart from that, opening writes nothing.
    pub fn open(store: Rc<dyn KeyValue>, writer: String, now: Timestamp) -> (Journal, Loaded) {
        let mut journal = Journal {
            store,
            writer: writer.replace(':', "-"),
            opened: now,
            number: 0,
            lamport: 0,
            header: None,
            refusal: None,
            stored: SortedSet::default(),
            emptied: SortedSet::default(),
            early: Some(SortedMap::default()),
            versions: HashMap::default(),
            heard: HashSet::default(),
            is_awaited: false,
            may_fit: false,
            needless_texts: Vec::new(),
            awaited_texts: Vec::new(),
            unmirrored: Vec::new(),
            pending: VecDeque::new(),
            trouble: None,
            used: 0,
        };
        let loaded = journal.load();
        (journal, loaded)
    }

    /// Writes a change ahead: call it with the project as it is before the change is applied.
    ///
    /// An article that came with a reading set is stored with the first change that touches it or
    /// something in it. What cannot be written waits in memory and is tried again with every later
    /// change.
    ///
    /// # Errors
    /// Why not everything is written. The change is remembered all the same, unless its records
    /// contradict each other.
    pub fn record(&mut self, change: &Change, before: &Project) -> Result<(), StorageError> {
        // First, as it may find the store emptied, and then more has to be stored.
        let permission = self.may_write();
        let outcome = match saving::of(change, before, &mut self.stored) {
            Ok(saving) => {
                self.may_fit |= !saving.texts.is_empty();
                self.forget_texts_of_removed(change);
                self.note_early(change);
                self.enqueue(saving, change.at);
                permission.and_then(|()| self.flush())
            }
            Err(error) => Err(StorageError::Other(error.to_string())),
        };
        self.trouble = outcome.clone().err();
        outcome
    }

    /// Tries again to write what could not be written.
    ///
    /// # Errors
    /// Why not everything is written.
    pub fn retry(&mut self) -> Result<(), StorageError> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let outcome = self.may_write().and_then(|()| self.flush());
        self.trouble = outcome.clone().err();
        outcome
    }

    /// Why not everything is written, if so, as of the last time it was tried; or why nothing may be.
    pub fn trouble(&self) -> Option<StorageError> {
        self.refusal.clone().or(self.trouble.clone())
    }

    /// How many changes are not written.
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Whether an article is stored, or waits to be; one that came with a reading set and was not
    /// touched is not.
    pub fn is_stored(&self, id: &DocumentId) -> bool {
        self.stored.contains(&RecordId::Document(id.clone()))
    }

    /// How many changes were written so far, by whomever: a number that only grows.
    pub fn written(&self) -> u64 {
        self.lamport
    }

    /// Whether nothing may be written, neither here nor to the safe copy (P7).
    pub fn is_stopped(&self) -> bool {
        self.refusal.is_some()
    }

    /// Writes nothing from now on.
    pub fn stop(&mut self) {
        self.refusal = Some(StorageError::Blocked);
        self.pending.clear();
    }

    /// A setting; `None` where it was never set or cannot be read.
    pub fn setting(&self, name: &str) -> Option<String> {
        value::open_text(&self.store.get(&names::setting(name)).ok()??)
    }

    /// Keeps a setting. One that cannot be kept is not remembered.
    ///
    /// # Errors
    /// Why it is not kept.
    pub fn set_setting(&mut self, name: &str, text: &str) -> Result<(), StorageError> {
        self.may_write()?;
        let (key, value) = (names::setting(name), seal_text(text));
        self.put_over(&key, &value, |old| value::open_text(old).is_some())?;
        self.unmirrored.push(Write::Put(key, value));
        Ok(())
    }

    fn enqueue(&mut self, saving: Saving, at: Timestamp) {
        let mut entries = VecDeque::new();
        let mut rest = saving.records.as_slice();
        while !rest.is_empty() {
            let (records, later) = rest.split_at(fitting(rest));
            rest = later;
            self.lamport = self.lamport.saturating_add(1);
            let value = value::write_entry(self.lamport, at.0, records);
            let number = self.take_number();
            let key = names::entry(&self.writer, number);
            let version = Version {
                lamport: self.lamport,
                writer: self.writer.as_str().into(),
            };
            for record in records {
                let name = Heading::of(record).name;
                self.versions.insert(name, version.clone());
            }
            // The safe copy takes also what the store has no room for.
            self.unmirrored.push(Write::Put(key.clone(), value.clone()));
            entries.push_back((key, value));
        }
        if !entries.is_empty() {
            let texts = saving.texts;
            let may_be_gone = self.mirror_texts(&texts, entries.len());
            self.pending.push_back(Pending {
                texts,
                may_be_gone,
                entries,
            });
        }
    }

    fn take_number(&mut self) -> u64 {
        self.number += 1;
        self.number - 1
    }

    /// Writes what is pending, oldest first. In a full store one that is too long does not hold up
    /// shorter ones; it is tried again later, and versions keep their order by lamport number.
    fn flush(&mut self) -> Result<(), StorageError> {
        let mut outcome = Ok(());
        let mut too_long = usize::MAX;
        let mut waiting = VecDeque::new();
        for mut pending in std::mem::take(&mut self.pending) {
            if pending.length() < too_long
                && let Err(error) = self.write(&mut pending)
            {
                let is_full = error == StorageError::Full;
                too_long = if is_full { pending.length() } else { 0 };
                outcome = Err(error);
            }
            if !pending.entries.is_empty() {
                waiting.push_back(pending);
            }
        }
        self.pending = waiting;
        outcome
    }

    /// Writes the texts and then the entries of a change; what is written leaves `pending`.
    fn write(&mut self, pending: &mut Pending) -> Result<(), StorageError> {
        for text in &pending.texts {
            // Whatever else stands under this name is damage: it cannot be this text.
            let key = names::text(text.hash().as_str());
            let value = seal_text(text.as_str());
            self.put_over(&key, &value, |_| false)?;
            if pending.may_be_gone {
                self.store.set(&key, &value)?;
            }
        }
        while let Some((key, value)) = pending.entries.front() {
            self.keep(key, value)?;
            pending.entries.pop_front();
        }
        Ok(())
    }

    /// Whether writing is allowed (P7). Asked before every write, since another tab may have brought
    /// a newer format, or the person may have cleared the store, while this page was open.
    fn may_write(&mut self) -> Result<(), StorageError> {
        if let Some(refusal) = &self.refusal {
            return Err(refusal.clone());
        }
        let found = self.store.get(names::HEADER)?;
        match &found {
            Some(header) if value::is_newer(header) => {
                self.refusal = Some(StorageError::NewerFormat);
                return Err(StorageError::NewerFormat);
            }
            Some(_) => self.header = found,
            None => {
                if self.header.take().is_some() {
                    // The store was emptied under this page: nothing counts as stored any more.
                    self.emptied = std::mem::take(&mut self.stored);
                }
                self.begin()?;
            }
        }
        Ok(())
    }

    /// Writes the header into a store that has none.
    fn begin(&mut self) -> Result<(), StorageError> {
        let app = concat!("sourcelight ", env!("CARGO_PKG_VERSION"));
        let header = value::header(app, &self.writer, self.opened.0);
        self.put(names::HEADER, &header)?;
        self.header = Some(header);
        Ok(())
    }

    /// Writes a key that is new, here and in the safe copy.
    fn put(&mut self, key: &str, value: &str) -> Result<(), StorageError> {
        self.keep(key, value)?;
        self.unmirrored
            .push(Write::Put(key.to_owned(), value.to_owned()));
        Ok(())
    }

    /// Writes a key that is new, here alone.
    fn keep(&mut self, key: &str, value: &str) -> Result<(), StorageError> {
        self.store.set(key, value)?;
        self.used += units(key) + units(value);
        Ok(())
    }

    /// Writes a key that may be there; a value that is not `readable` is set aside first (P5).
    fn put_over(
        &mut self,
        key: &str,
        value: &str,
        readable: impl FnOnce(&str) -> bool,
    ) -> Result<(), StorageError> {
        let old = match self.store.get(key)? {
            Some(old) if old == value => return Ok(()),
            Some(old) if readable(&old) => units(key) + units(&old),
            Some(_) => {
                self.set_aside(key)?;
                0
            }
            None => 0,
        };
        self.keep(key, value)?;
        self.used = self.used.saturating_sub(old);
        Ok(())
    }

    /// Moves an unreadable value to quarantine: the copy is there before the original goes (P5).
    fn set_aside(&mut self, key: &str) -> Result<(), StorageError> {
        let mut attempt = 0;
        let aside = loop {
            let name = names::quarantine(self.opened.0, reading::short(key), attempt);
            if self.store.get(&name)?.is_none() {
                break name;
            }
            attempt += 1;
        };
        self.store.copy(key, &aside)?;
        self.store.delete(key)?;
        self.used += units(&aside).saturating_sub(units(key));
        Ok(())
    }

    /// Deletes a key.
    fn remove(&mut self, key: &str) -> Result<(), StorageError> {
        let Some(value) = self.store.get(key)? else {
            return Ok(());
        };
        self.store.delete(key)?;
        self.unmirrored.push(Write::Delete(key.to_owned()));
        self.used = self.used.saturating_sub(units(key) + units(&value));
        Ok(())
    }
}
