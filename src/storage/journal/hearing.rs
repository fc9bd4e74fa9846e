//! What others have written since the journal was opened. It comes as a change to the project, so
//! that the screen takes it in like any other.

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;

use super::Journal;
use super::names::{self, Name};
use super::reading::{Reading, Scope};
use crate::format::record::{Assembled, StoredRecord, assemble, decode, encode};
use crate::model::sorted::SortedSet;
use crate::model::{
    Change, Document, DocumentId, Project, Record, RecordChange, RecordId, Text, Timestamp,
};
use crate::storage::StorageError;

/// What was heard.
#[derive(Debug)]
pub struct Heard {
    /// What becomes of the project; empty where all of it was known.
    pub change: Change,
    /// Articles that were removed and are not in the project; a reading set does not bring them back.
    pub removed_documents: Vec<DocumentId>,
    /// Sentences on what could not be read.
    pub problems: Vec<String>,
}

impl Journal {
    /// Takes in what is in the store and was not there, or not yet to be seen, when it was read.
    ///
    /// # Errors
    /// Where the browser does not let the store be read.
    pub fn catch_up(&mut self, project: &Project, now: Timestamp) -> Result<Heard, StorageError> {
        let mut found = Vec::new();
        for key in self.store.keys()? {
            if self.is_news(&key)
                && let Some(value) = self.store.get(&key)?
            {
                found.push((key, value));
            }
        }
        Ok(self.hear(found, project, now))
    }

    /// Takes in these keys with their values, as another page has just written them.
    pub fn hear(
        &mut self,
        found: Vec<(String, String)>,
        project: &Project,
        now: Timestamp,
    ) -> Heard {
        let reading = self.news(&found);
        self.take_in(reading, &found, project, now)
    }

    /// Reads what is news among these; texts only where a record needs them.
    pub(super) fn news(&self, found: &[(String, String)]) -> Reading {
        let mut reading = Reading::default();
        // What cannot be read is set aside when the store is next opened.
        for (key, value) in found.iter().filter(|it| self.is_news(&it.0)) {
            reading.take(key, value, &self.writer);
        }
        reading
    }

    /// Takes in what was read of `found`.
    pub(super) fn take_in(
        &mut self,
        mut reading: Reading,
        found: &[(String, String)],
        project: &Project,
        now: Timestamp,
    ) -> Heard {
        self.lamport = self.lamport.max(reading.lamport);
        for source in &reading.sources {
            self.heard.insert(source.key.clone());
        }
        reading.winners.retain(|name, winner| {
            let known = self.versions.get(name);
            known.is_none_or(|known| *known < winner.version)
        });
        for (name, winner) in &reading.winners {
            self.versions.insert(name.clone(), winner.version.clone());
        }
        let texts: HashMap<&str, &str> = found
            .iter()
            .filter(|it| is_text(&it.0))
            .map(|(key, value)| (&**key, &**value))
            .collect();
        let may_fit = std::mem::take(&mut self.may_fit) | self.awaited_texts_came();
        let is_news = !texts.is_empty() || !reading.winners.is_empty();
        if self.is_awaited && (is_news || may_fit) {
            self.add_waiting(&mut reading);
        }
        self.fit(reading, &texts, project, now)
    }

    /// Whether a text that stored articles need is there by now. What others write is seen late, and
    /// not in the order in which it was written.
    fn awaited_texts_came(&mut self) -> bool {
        let awaited = std::mem::take(&mut self.awaited_texts);
        let before = awaited.len();
        let missing = awaited.into_iter().filter(|hash| !self.has_text(hash));
        self.awaited_texts = missing.collect();
        self.awaited_texts.len() < before
    }

    /// Whether the store has a text, readable or not.
    fn has_text(&self, hash: &str) -> bool {
        matches!(self.store.get(&names::text(hash)), Ok(Some(_)))
    }

    /// Adds what is in the store on articles, as it may have waited for what came now. An article that
    /// is in the project may have come with the reading set while its stored text could not be read.
    fn add_waiting(&self, reading: &mut Reading) {
        // Where the store cannot be read, what waits there goes on waiting.
        let Ok(all) = Reading::of(&*self.store, &self.writer, Scope::Records) else {
            return;
        };
        for (name, winner) in all.winners {
            let known = self.versions.get(&name);
            let is_newest = known.is_none_or(|known| *known <= winner.version);
            if winner.document.is_some() && is_newest {
                reading.winners.entry(name).or_insert(winner);
            }
        }
    }

    /// Whether another hand has emptied the store since this page wrote or read it.
    pub fn is_emptied(&self) -> bool {
        self.header.is_some() && matches!(self.store.get(names::HEADER), Ok(None))
    }

    /// Whether this page has written into a store that it found emptied, and not yet everything.
    pub fn lacks_the_rest(&self) -> bool {
        !self.emptied.is_empty()
    }

    /// Writes everything again, after the store was emptied by another hand.
    ///
    /// # Errors
    /// Why not everything is written; it is tried again.
    pub fn write_again(&mut self, project: &Project, now: Timestamp) -> Result<(), StorageError> {
        for id in std::mem::take(&mut self.emptied).keys() {
            self.stored.add(id.clone());
        }
        let stored = |id: &DocumentId| self.is_stored(id);
        let marks = project
            .documents()
            .iter()
            .map(|it| &it.id)
            .filter(|id| stored(id));
        let marks = marks.flat_map(|id| project.annotations().of(id)).cloned();
        let tray = project
            .unplaced()
            .filter(|it| stored(&it.document))
            .cloned();
        let named = self.stored.keys().filter_map(|id| project.record(id));
        let records = named
            .chain(marks.map(Record::Annotation))
            .chain(tray.map(Record::Unplaced));
        let change = Change {
            name: "write again".into(),
            records: records.map(RecordChange::added).collect(),
            at: now,
            merge_key: None,
        };
        self.heard.clear();
        // It is not what was done before the copy was read, but all there is.
        let early = self.early.take();
        let outcome = self.record(&change, project);
        self.early = early;
        self.emptied.clear();
        outcome
    }

    /// Whether a key holds records that were not read or written here yet.
    fn is_news(&self, key: &str) -> bool {
        match Name::of(key) {
            Some(Name::Entry(stamp) | Name::Snapshot(stamp)) => {
                stamp.writer != self.writer && !self.heard.contains(key)
            }
            _ => false,
        }
    }

    fn fit(
        &mut self,
        mut reading: Reading,
        texts: &HashMap<&str, &str>,
        project: &Project,
        now: Timestamp,
    ) -> Heard {
        let mut heard = Heard {
            change: Change {
                name: "changes made elsewhere".into(),
                records: Vec::new(),
                at: now,
                merge_key: None,
            },
            removed_documents: Vec::new(),
            problems: Vec::new(),
        };
        let mut stored = Vec::new();
        let mut lean_on = SortedSet::default();
        for winner in reading.winners.values_mut() {
            match winner.record.take() {
                Some(Ok(record)) => stored.push(record),
                Some(Err(error)) => heard.problems.push(format!(
                    "Something that another page stored could not be read: {error}."
                )),
                None => {}
            }
            if let Some(article) = winner.document.as_deref().and_then(DocumentId::new) {
                lean_on.add(article);
            }
        }
        stored.extend(known_articles(&stored, lean_on, project));
        let documents = project.documents().iter();
        let known = documents.map(|it| (it.text.hash().as_str(), &it.text));
        let known: HashMap<&str, &Arc<Text>> = known.collect();
        let mut awaited: Vec<Rc<str>> = Vec::new();
        let assembled = assemble(stored, |hash| {
            let text = known.get(hash).copied().cloned();
            let text = text.or_else(|| self.text(hash, texts));
            if text.is_none() && !self.has_text(hash) {
                awaited.push(hash.into());
            }
            text
        });
        awaited.retain(|it| !self.awaited_texts.contains(it));
        self.awaited_texts.append(&mut awaited);
        let misfits = assembled.misfits.iter().map(|it| it.1.clone());
        heard.problems.extend(misfits);
        // What leans on an article that was removed waits without a word, should it come back.
        self.is_awaited |= !assembled.missing.is_empty() || !assembled.gone.is_empty();
        let is_removed = |id: &DocumentId| project.was_removed(id);
        let waiting = assembled.missing.iter().filter(|(id, _)| !is_removed(id));
        heard.problems.extend(waiting.map(|it| it.1.clone()));
        let lacks_text = |document: &Document| {
            let hash = document.text.hash().as_str();
            !texts.contains_key(&*names::text(hash)) && !self.has_text(hash)
        };
        // An article is not stored where marks only lean on the project's, or where only another
        // article in the project has its text.
        let mut lacks_some = false;
        let records = assembled.records.iter();
        let not_stored = SortedSet::of_keys(records.filter_map(|it| match it {
            Record::Document(it) => {
                let is_heard = reading.winners.contains_key(&*format!("d:{}", it.id));
                let lacks_text = lacks_text(it);
                lacks_some |= is_heard && lacks_text;
                (!is_heard || lacks_text).then(|| it.id.clone())
            }
            _ => None,
        }));
        // It counts as stored as soon as another article brings the text into the store.
        self.is_awaited |= lacks_some;
        self.difference(assembled, &not_stored, project, &mut heard);
        heard
    }

    fn text(&self, hash: &str, found: &HashMap<&str, &str>) -> Option<Arc<Text>> {
        let key = names::text(hash);
        let kept = match found.get(&*key) {
            Some(_) => None,
            None => self.store.get(&key).ok()?,
        };
        let value = kept.as_deref().or(found.get(&*key).copied())?;
        let mut reading = Reading::default();
        reading.take(&key, value, &self.writer);
        reading.texts.swap_remove(hash)?
    }

    /// What is not in the project as it was heard.
    fn difference(
        &mut self,
        assembled: Assembled,
        not_stored: &SortedSet<DocumentId>,
        project: &Project,
        heard: &mut Heard,
    ) {
        let records = &mut heard.change.records;
        for record in assembled.records {
            let id = record.id();
            let is_kept = match &id {
                RecordId::Annotation(_) | RecordId::Unplaced(_) => false,
                RecordId::Document(id) => !not_stored.contains(id),
                _ => true,
            };
            if is_kept {
                self.stored.add(id.clone());
            }
            let before = project.record(&id);
            if before.as_ref() != Some(&record) {
                let after = Some(record);
                records.push(RecordChange { before, after });
            }
        }
        let may_repeat = !assembled.gone.is_empty();
        for id in assembled.gone {
            self.stored.remove(&id);
            if let RecordId::Document(document) = &id {
                if let Some(document) = project.document(document) {
                    self.forget_text(&document.text);
                }
                // Marks that whoever removed it did not know of wait in the store, should it come back.
                let marks = project.annotations().of(document).iter();
                records.extend(
                    marks
                        .cloned()
                        .map(|it| RecordChange::removed(Record::Annotation(it))),
                );
                if project.document(document).is_none() {
                    heard.removed_documents.push(document.clone());
                }
            }
            records.extend(project.record(&id).map(RecordChange::removed));
        }
        // A mark that was removed together with its article was met twice.
        if may_repeat {
            let mut seen = SortedSet::default();
            records.retain(|it| seen.add(it.id()));
        }
    }
}

fn is_text(key: &str) -> bool {
    matches!(Name::of(key), Some(Name::Text(_)))
}

/// The articles that the heard records lean on and that only the project has.
fn known_articles(
    stored: &[StoredRecord],
    lean_on: SortedSet<DocumentId>,
    project: &Project,
) -> Vec<StoredRecord> {
    let heard = SortedSet::of_keys(stored.iter().filter_map(StoredRecord::document_id));
    let known = lean_on.keys().filter(|id| !heard.contains(id));
    let known = known.filter_map(|id| project.document(id));
    known
        .filter_map(|document| decode(&encode::document(document)).ok())
        .collect()
}
