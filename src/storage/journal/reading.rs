//! Reads the whole store and unites what it finds (P4). Writes nothing.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use indexmap::map::Entry;
use rustc_hash::{FxBuildHasher, FxHashSet as HashSet};

use super::names::{self, Name};
use super::snapshot;
use super::value::{self, Found, Permit, Raw, Version, Versioned};
use crate::format::record::{Decoder, RecordError, StoredRecord};
use crate::model::Text;
use crate::model::sorted::{SortedMap, SortedSet};
use crate::storage::memory::units;
use crate::storage::{KeyValue, StorageError};

type IndexMap<K, V> = indexmap::IndexMap<K, V, FxBuildHasher>;

/// How much of the store to read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Everything.
    All,
    /// Everything but the texts themselves, which are only listed.
    Records,
}

/// What was found in a store.
#[derive(Default)]
pub(super) struct Reading {
    /// The header as it is, readable or not.
    pub header: Option<String>,
    /// The newest version of each record, by name, in the order of reading.
    pub winners: IndexMap<Rc<str>, Winner>,
    /// The entries and snapshots that were read.
    pub sources: Vec<Source>,
    /// Keys of texts, by SHA-256, with the text where it was asked for.
    pub texts: IndexMap<String, Option<Arc<Text>>>,
    /// Leaves to delete, by key.
    pub permits: Vec<(String, Permit)>,
    /// Keys whose value could not be read.
    pub unreadable: Vec<String>,
    /// What is in quarantine, by the last part of its key.
    pub quarantined: Vec<String>,
    /// The highest lamport number anywhere.
    pub lamport: u64,
    /// The highest number that `writer` has used in a key.
    pub number: Option<u64>,
    decoder: Decoder,
    /// UTF-16 units of all keys and values of the origin, texts left out unless they were read.
    pub used: usize,
}

/// The newest version of a record.
pub(super) struct Winner {
    pub version: Version,
    /// The article it belongs to.
    pub document: Option<Rc<str>>,
    /// The SHA-256 of the text it needs.
    pub text: Option<Rc<str>>,
    /// Whether this version knows what kind of record it is.
    pub is_known: bool,
    /// The record as it is stored.
    pub raw: Raw,
    /// The record, unless it was taken out.
    pub record: Option<Result<StoredRecord, RecordError>>,
}

/// An entry or a snapshot that was read.
pub(super) struct Source {
    pub key: String,
    pub checksum: u32,
    /// The names of the records in it.
    pub records: Vec<Rc<str>>,
    /// Whether everything in it was understood.
    pub is_understood: bool,
}

impl Reading {
    /// Reads `store` on behalf of `writer`.
    ///
    /// # Errors
    /// Where the browser does not let the store be read. What is in it is never an error.
    pub fn of(store: &dyn KeyValue, writer: &str, scope: Scope) -> Result<Self, StorageError> {
        let mut reading = Self::default();
        store.visit(&mut |(read, listed), key, value| {
            reading.make_room(read, listed);
            if scope == Scope::Records
                && let Some(Name::Text(hash)) = Name::of(key)
            {
                reading.texts.insert(hash.to_owned(), None);
            } else if let Some(value) = value()? {
                reading.used += units(key) + units(&value);
                reading.take(key, &value, writer);
            }
            Ok(())
        })?;
        Ok(reading)
    }

    /// Makes room for what the rest of the keys will hold if it is like what was `read` of those
    /// that are `listed`: a map that only doubles when it is full is copied over and over.
    fn make_room(&mut self, read: usize, listed: usize) {
        let winners = &mut self.winners;
        if winners.capacity() - winners.len() < winners.len() / read.max(1) * 2 {
            winners.reserve(winners.len() * (listed - read) / read.max(1));
        }
    }

    /// Takes in one key.
    pub fn take(&mut self, key: &str, value: &str, writer: &str) {
        let Some(name) = Name::of(key) else {
            return;
        };
        if let Some(stamp) = name.stamp()
            && stamp.writer == writer
        {
            self.number = self.number.max(Some(stamp.number));
        }
        let is_readable = match name {
            Name::Header => {
                self.header = Some(value.to_owned());
                value::is_header(value)
            }
            Name::Entry(stamp) => {
                let read = value::read_entry(&value.into(), stamp.writer, &mut self.decoder);
                self.take_records(key, read)
            }
            Name::Snapshot(_) => {
                let read = snapshot::read(&value.into(), &mut self.decoder);
                self.take_records(key, read)
            }
            Name::Text(hash) => self.take_text(hash, value),
            Name::Permit(_) => {
                let permit = Permit::read(value);
                let is_readable = permit.is_some();
                self.permits
                    .extend(permit.map(|permit| (key.to_owned(), permit)));
                is_readable
            }
            Name::Setting(_) => value::open_text(value).is_some(),
            Name::Quarantine(what) => {
                self.quarantined.push(what.to_owned());
                true
            }
        };
        if !is_readable {
            self.unreadable.push(key.to_owned());
        }
    }

    fn take_text(&mut self, hash: &str, value: &str) -> bool {
        // Its checksum says that it is what was written. Whether it has the SHA-256 it is called by is
        // not looked at: that takes long, and where it had not, the marks would not fit.
        let text = value::open_text(value).and_then(|content| frozen(&content));
        let is_readable = text.is_some();
        if is_readable {
            self.texts.insert(hash.to_owned(), text.map(Arc::new));
        }
        is_readable
    }

    /// Takes in what was read of a key, if it was.
    fn take_records(&mut self, key: &str, versioned: Option<Versioned>) -> bool {
        let Some(versioned) = versioned else {
            return false;
        };
        let mut records = Vec::with_capacity(versioned.records.len());
        for found in versioned.records {
            self.lamport = self.lamport.max(found.version.lamport);
            records.push(self.unite(found));
        }
        self.sources.push(Source {
            key: key.to_owned(),
            checksum: versioned.checksum,
            records,
            is_understood: versioned.is_understood,
        });
        true
    }

    /// Takes in a record; answers with its name.
    fn unite(&mut self, found: Found) -> Rc<str> {
        let Found {
            version,
            raw,
            heading,
            record,
        } = found;
        let winner = Winner {
            version,
            document: heading.document,
            text: heading.text,
            is_known: heading.is_known,
            raw,
            record: Some(record),
        };
        match self.winners.entry(heading.name) {
            Entry::Occupied(mut known) => {
                // Equal versions hold equal records; comparing those too makes the order of reading
                // of no consequence even where a writer has made a mistake.
                let old = known.get();
                let by_version = old.version.cmp(&winner.version);
                if by_version
                    .then_with(|| old.raw.json().cmp(&winner.raw.json()))
                    .is_lt()
                {
                    known.insert(winner);
                }
                known.key().clone()
            }
            Entry::Vacant(place) => {
                let name = place.key().clone();
                place.insert(winner);
                name
            }
        }
    }

    /// How much each article takes, its text included, in UTF-16 units, as browsers count.
    pub fn sizes(&self) -> SortedMap<&str, usize> {
        let mut sizes: SortedMap<&str, usize> = SortedMap::default();
        for winner in self.winners.values() {
            if let Some(document) = winner.document.as_deref() {
                let text = winner
                    .text
                    .as_deref()
                    .and_then(|hash| self.texts.get(hash)?.as_ref());
                let text = text.map_or(0, |text| units(text.as_str()));
                *sizes.or_default(document) += units(&winner.raw.json()) + text;
            }
        }
        sizes
    }

    /// The texts that no record needs, by SHA-256. A record of an unknown kind needs every text it
    /// names anywhere.
    pub fn needless_texts(&self) -> Vec<&str> {
        let winners = self.winners.values();
        let needed: HashSet<&str> = winners.filter_map(|it| it.text.as_deref()).collect();
        let unknown = self.winners.values().filter(|it| !it.is_known);
        let unknown: Vec<Cow<'_, str>> = unknown.map(|it| it.raw.json()).collect();
        let is_needed =
            |hash: &str| needed.contains(hash) || unknown.iter().any(|it| it.contains(hash));
        let hashes = self.texts.keys().map(String::as_str);
        hashes.filter(|hash| !is_needed(hash)).collect()
    }

    /// Whether `permit` may be used: what has taken the place of the keys is there, whole.
    pub fn grants(&self, permit: &Permit) -> bool {
        let sources = self.sources.iter();
        let present = SortedSet::of_keys(sources.map(|it| (it.key.as_str(), it.checksum)));
        let mut into = permit.into.iter();
        into.all(|(key, checksum)| present.contains(&(key.as_str(), *checksum)))
    }
}

/// The text with exactly this content. [`Text::new`] drops one byte order mark; a second one, which
/// is part of a frozen text, is kept by giving it another to drop.
fn frozen(content: &str) -> Option<Text> {
    if content.starts_with('\u{feff}') {
        Text::new(&format!("\u{feff}{content}")).ok()
    } else {
        Text::new(content).ok()
    }
}

/// The key of a record in quarantine, after the time.
pub(super) fn quarantined_record(name: &str) -> String {
    format!("r:{name}")
}

/// The part of a key after the prefix: what it is called in quarantine.
pub(super) fn short(key: &str) -> &str {
    key.strip_prefix(names::PREFIX).unwrap_or(key)
}
