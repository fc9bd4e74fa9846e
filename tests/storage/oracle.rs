//! What the machine of many tabs runs on: local storage that each tab sees late, and the record of
//! what was attempted and what was promised. Reads raw entries by itself, not with the journal.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use sourcelight::model::*;
use sourcelight::storage::{KeyValue, MemoryStore, StorageError, Write};

use crate::sample::*;

pub type Image = BTreeMap<String, String>;

/// Does these writes to what a store holds.
pub fn tell(image: &mut Image, writes: &[Write]) {
    for write in writes {
        match write {
            Write::Put(key, value) => drop(image.insert(key.clone(), value.clone())),
            Write::Delete(key) => drop(image.remove(key)),
        }
    }
}

/// Local storage as the browser's own process has it, with every write since the disk last had all.
#[derive(Default)]
pub struct Shared {
    base: Image,
    log: RefCell<Vec<Write>>,
    ticks: Cell<usize>,
}

impl Shared {
    pub fn of(base: Image) -> Rc<Self> {
        Rc::new(Self {
            base,
            ..Self::default()
        })
    }

    /// What it holds after all but the last `back` writes.
    pub fn image(&self, back: usize) -> Image {
        let log = self.log.borrow();
        let mut image = self.base.clone();
        tell(&mut image, &log[..log.len() - back]);
        image
    }

    pub fn writes(&self) -> usize {
        self.log.borrow().len()
    }
}

/// Local storage as one tab sees it: its own writes at once, those of others when it looks.
pub struct View {
    shared: Rc<Shared>,
    seen: RefCell<MemoryStore>,
    quota: Cell<Option<usize>>,
    /// Turns the list of keys, to show that their order does not matter.
    turn: usize,
}

impl View {
    pub fn of(shared: &Rc<Shared>, turn: usize) -> Rc<Self> {
        let view = Self {
            shared: shared.clone(),
            seen: RefCell::default(),
            quota: Cell::default(),
            turn,
        };
        view.look();
        Rc::new(view)
    }

    /// A number that is greater each time, in any tab.
    pub fn tick(&self) -> usize {
        self.shared.ticks.set(self.shared.ticks.get() + 1);
        self.shared.ticks.get()
    }

    /// Sees what others have written.
    pub fn look(&self) {
        let seen = MemoryStore::of(self.shared.image(0));
        seen.set_quota(self.quota.get());
        self.seen.replace(seen);
    }

    /// Leaves so many units free, or any number.
    pub fn limit(&self, free: Option<usize>) {
        let seen = self.seen.borrow();
        self.quota.set(free.map(|free| seen.used() + free));
        seen.set_quota(self.quota.get());
    }

    fn log(&self, write: Write) {
        self.shared.log.borrow_mut().push(write);
    }
}

impl KeyValue for View {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.seen.borrow().get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.seen.borrow().set(key, value)?;
        self.log(Write::Put(key.to_owned(), value.to_owned()));
        Ok(())
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), StorageError> {
        let value = self.get(from)?;
        value.map_or(Ok(()), |value| self.set(to, &value))
    }

    fn delete(&self, key: &str) -> Result<(), StorageError> {
        self.seen.borrow().delete(key)?;
        self.log(Write::Delete(key.to_owned()));
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        let mut keys = self.seen.borrow().keys()?;
        let turn = self.turn % keys.len().max(1);
        keys.rotate_left(turn);
        if self.turn % 2 == 1 {
            keys.reverse();
        }
        Ok(keys)
    }
}

/// Lamport number and writer.
type Version = (u64, String);

/// What the tabs have tried to store and what they were promised.
#[derive(Default)]
pub struct Oracle {
    /// Every version of each record.
    attempted: BTreeMap<RecordId, BTreeMap<Version, Option<Record>>>,
    /// The newest version of each that the safe copy has acknowledged.
    pub acknowledged: BTreeMap<RecordId, Version>,
}

impl Oracle {
    /// A tab has passed these writes on, right after what they are about. What it wrote once more, of
    /// a mark whose article has just been heard to be gone, it no longer shows.
    pub fn attempt(&mut self, tab: &Tab, writer: &str, writes: &[Write]) {
        for (id, version, is_gone) in versions(writes).filter(|it| it.1.1 == writer) {
            let shown = tab.project.record(&id);
            let all = self.attempted.entry(id).or_default();
            let own = all.iter().rev().filter(|it| it.0.1 == writer);
            let last = own.map(|it| it.1).next().cloned().flatten();
            let record = if is_gone { None } else { shown.or(last) };
            all.entry(version).or_insert(record);
        }
    }

    /// The safe copy has told a tab that these writes are on the disk. What another has written and
    /// the tab only passes on counts if the tab can show it: damage may have taken its text before.
    pub fn acknowledge(&mut self, tab: &Tab, writer: &str, writes: &[Write]) {
        for (id, version, _) in versions(writes) {
            let attempted = self.attempted.get(&id).and_then(|it| it.get(&version));
            let is_stored = |it: &Record| it.article().is_none_or(|id| tab.journal.is_stored(id));
            let shown = tab.project.record(&id).filter(is_stored);
            if version.1 != writer && attempted != Some(&shown) {
                continue;
            }
            let newest = self.acknowledged.entry(id).or_default();
            *newest = version.max(std::mem::take(newest));
        }
    }

    /// Whatever was acknowledged is there in that version or a later one, and nothing is invented.
    pub fn check(&self, found: &State) {
        for id in found.keys() {
            assert!(self.attempted.contains_key(id), "{id:?} is invented");
        }
        for (id, versions) in &self.attempted {
            let least = self.acknowledged.get(id).cloned().unwrap_or_default();
            let here = found.get(id);
            let mut allowed = versions.range(least.clone()..);
            let is_there = allowed.any(|(_, record)| record.as_ref() == here);
            let is_unpromised = here.is_none() && least == Version::default();
            assert!(
                is_there || is_unpromised || here.is_none() && self.is_homeless(id, found),
                "{id:?}: found {here:#?}, acknowledged {least:?} of {versions:#?}"
            );
        }
    }

    /// Whether a record waits in the store for an article that is not there, which is checked by itself.
    fn is_homeless(&self, id: &RecordId, found: &State) -> bool {
        let records = self.attempted[id].values().flatten();
        let mut articles = records.filter_map(Record::article).cloned();
        !matches!(id, RecordId::Document(_))
            && articles.any(|it| !found.contains_key(&RecordId::Document(it)))
    }
}

/// Which versions of which records are in the entries among these writes, and whether they say that
/// the record is gone.
fn versions(writes: &[Write]) -> impl Iterator<Item = (RecordId, Version, bool)> {
    let entries = writes.iter().filter_map(|write| match write {
        Write::Put(key, value) => Some((key.strip_prefix("sl1:j:")?, value)),
        Write::Delete(_) => None,
    });
    entries.flat_map(|(key, value)| {
        let writer = key.split(':').next().unwrap_or_default();
        let (_, rest) = value.split_once("\"l\":").expect("an entry has a number");
        let digits = rest.split(',').next().unwrap_or_default();
        let version = (digits.parse().expect("a number"), writer.to_owned());
        let records = rest.split("{\"k\":\"").skip(1);
        records.map(move |it| (record_id(it), version.clone(), it.contains("\"z\":1}")))
    })
}

/// The id of a stored record without its first letters, `{"k":"`.
fn record_id(json: &str) -> RecordId {
    let mut parts = json.split('"');
    let kind = parts.next().expect("a kind");
    let id = parts.nth(3).expect("an id");
    match kind {
        "d" => RecordId::Document(document_id(id)),
        "a" => RecordId::Annotation(annotation_id(id)),
        "u" => RecordId::Unplaced(annotation_id(id)),
        "l" => RecordId::Label(label_id(id)),
        "w" => RecordId::Annotator(annotator_id(id)),
        "p" => RecordId::Speaker(SpeakerId::new(id).expect("valid")),
        "r" => RecordId::Relation(RelationId::new(id).expect("valid")),
        "c" => RecordId::Comment(CommentId::new(id).expect("valid")),
        other => panic!("there is no kind “{other}”"),
    }
}
