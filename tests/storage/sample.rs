//! Texts, tabs and faulty stores for the tests.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use sourcelight::model::sorted::SortedSet;
use sourcelight::model::*;
use sourcelight::storage::{Heard, Journal, KeyValue, Loaded, MemoryStore, StorageError, Write};

pub const TEXTS: [&str; 4] = [
    "The ferry was late.\n\nNobody said why, and nobody asked.",
    "🚲 — “It is nothing,” said the 👩‍🚒, “nothing at all.”\n- café, Ünïcode\n- e\u{301}t cetera",
    "\u{feff}\u{feff}Two marks before the first word. غدا سيكون أفضل.",
    "x",
];

pub fn document_id(text: &str) -> DocumentId {
    DocumentId::new(text).expect("a valid id")
}

pub fn annotation_id(text: &str) -> AnnotationId {
    AnnotationId::new(text).expect("a valid id")
}

pub fn label_id(text: &str) -> LabelId {
    LabelId::new(text).expect("a valid id")
}

pub fn annotator_id(text: &str) -> AnnotatorId {
    AnnotatorId::new(text).expect("a valid id")
}

pub fn extra(fields: &[(&str, &str)]) -> Extra {
    let owned = fields
        .iter()
        .map(|(name, json)| ((*name).to_owned(), (*json).to_owned()));
    Arc::new(owned.collect())
}

pub fn document(id: &str, text: &str) -> Document {
    let text = Text::new(text).expect("has text");
    Document::new(document_id(id), format!("About {id}"), Arc::new(text))
}

/// The span of `len` code points from `start`, both brought to fit.
pub fn span(text: &Text, start: usize, len: usize) -> Span {
    let bounds: Vec<usize> = text
        .as_str()
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.as_str().len()])
        .collect();
    let start = start % (bounds.len() - 1);
    let end = (start + 1 + len).min(bounds.len() - 1);
    text.span(bounds[start], bounds[end])
        .expect("it was made to fit")
}

/// One open page: a journal and the project it keeps.
pub struct Tab {
    pub journal: Journal,
    pub project: Project,
    pub last: Option<Change>,
    writer: String,
    fresh: u32,
    /// The time of the last edit, in milliseconds since 1970.
    pub clock: u64,
}

pub type State = BTreeMap<RecordId, Record>;

impl Tab {
    /// Opens a page over `store`, where articles of a reading set come anew.
    pub fn open(store: Rc<dyn KeyValue>, writer: &str, set: &[Document]) -> (Tab, Loaded) {
        let (journal, mut loaded) = Journal::open(store, writer.to_owned(), Timestamp(7));
        let mut project = Project::default();
        let stored = loaded.records.clone();
        project.mark_removed(std::mem::take(&mut loaded.removed_documents));
        receive(&mut project, stored);
        let of_set = set.iter().filter(|it| project.document(&it.id).is_none());
        let of_set = of_set.filter(|it| !project.was_removed(&it.id)).cloned();
        let of_set: Vec<_> = of_set.map(|it| Record::Document(Arc::new(it))).collect();
        receive(&mut project, of_set);
        let tab = Tab {
            journal,
            project,
            last: None,
            writer: writer.to_owned(),
            fresh: 0,
            clock: 1_000,
        };
        (tab, loaded)
    }

    /// Does what the session does with an edit. `None` where it is refused by the model.
    pub fn edit(&mut self, edit: Edit) -> Option<Result<(), StorageError>> {
        self.clock += 1;
        let (writer, fresh) = (&self.writer, &mut self.fresh);
        let mut new_annotation_id = || {
            *fresh += 1;
            annotation_id(&format!("a{writer}-{fresh}"))
        };
        let mut cx = EditContext {
            now: Timestamp(self.clock),
            annotator: annotator_id("me"),
            new_annotation_id: &mut new_annotation_id,
        };
        let change = plan(&self.project, edit, &mut cx).ok()?;
        Some(self.make(change))
    }

    /// Takes the last change back.
    pub fn undo(&mut self) -> Option<Result<(), StorageError>> {
        let mut change = self.last.take()?.inverse();
        self.project.narrow(&mut change);
        let outcome = self.make(change);
        self.last = None;
        Some(outcome)
    }

    /// Takes in what another page has written.
    pub fn catch_up(&mut self) -> Heard {
        let heard = self.journal.catch_up(&self.project, Timestamp(0));
        self.take(heard.expect("the store can be read"))
    }

    /// Takes in what only a safe copy has, and tells what the copy is to be told.
    pub fn recover(&mut self, copy: &BTreeMap<String, String>) -> (Heard, Vec<Write>) {
        let keys = SortedSet::of_keys(copy.keys().cloned());
        let compared = self.journal.compare(&keys).expect("the store can be read");
        let (fetch, mut bring) = compared;
        let found = fetch
            .into_iter()
            .map(|key| (key.clone(), copy[&key].clone()));
        let heard = self.recover_these(found.collect());
        bring.extend(self.journal.take_unmirrored());
        (heard, bring)
    }

    /// Takes in what was fetched from a safe copy.
    pub fn recover_these(&mut self, found: Vec<(String, String)>) -> Heard {
        let heard = self
            .journal
            .recover(found, true, &self.project, Timestamp(0));
        self.take(heard)
    }

    fn take(&mut self, heard: Heard) -> Heard {
        self.project.apply(&heard.change);
        self.project.mark_removed(heard.removed_documents.clone());
        heard
    }

    fn make(&mut self, change: Change) -> Result<(), StorageError> {
        let outcome = self.journal.record(&change, &self.project);
        self.project.apply(&change);
        self.last = Some(change);
        outcome
    }

    /// Marks `len` code points from `start`.
    pub fn mark(&mut self, document: &str, start: usize, len: usize, label: &str) {
        let id = document_id(document);
        let text = self
            .project
            .document(&id)
            .expect("the article is there")
            .text
            .clone();
        let edit = Edit::Annotate(id, span(&text, start, len), label_id(label));
        self.edit(edit)
            .expect("the mark is allowed")
            .expect("the store takes it");
    }

    /// What must be in the store: the articles it knows with everything in them, and all names.
    pub fn state(&self) -> State {
        let documents = self
            .project
            .documents()
            .iter()
            .cloned()
            .map(Record::Document);
        let annotations = self
            .project
            .documents()
            .iter()
            .flat_map(|it| self.project.annotations().of(&it.id));
        let annotations = annotations.cloned().map(Record::Annotation);
        let unplaced = self.project.unplaced().cloned().map(Record::Unplaced);
        let labels = self
            .project
            .schema()
            .labels()
            .iter()
            .cloned()
            .map(Record::Label);
        let schema = self.project.schema();
        let entries = schema.entries().iter().chain(self.project.entries());
        let entries = entries.cloned().map(Record::Entry);
        let annotators = self.project.annotators().cloned().map(Record::Annotator);
        let all = documents
            .chain(annotations)
            .chain(unplaced)
            .chain(labels)
            .chain(annotators)
            .chain(entries);
        let stored = all.filter(|it| it.article().is_none_or(|id| self.journal.is_stored(id)));
        state_of(stored)
    }
}

fn receive(project: &mut Project, records: Vec<Record>) {
    project.apply(&Change {
        name: "load".into(),
        records: records.into_iter().map(RecordChange::added).collect(),
        at: Timestamp(0),
        merge_key: None,
    });
}

/// Records by id, without the schema that every project has.
pub fn state_of(records: impl IntoIterator<Item = Record>) -> State {
    let built_in = Project::default();
    let is_own = |it: &Record| built_in.record(&it.id()).as_ref() != Some(it);
    records
        .into_iter()
        .filter(is_own)
        .map(|it| (it.id(), it))
        .collect()
}

/// What a store comes to for somebody who opens it and changes nothing in it.
pub fn look(image: &BTreeMap<String, String>) -> Loaded {
    Journal::open(
        Rc::new(MemoryStore::of(image.clone())),
        "looker".into(),
        Timestamp(9),
    )
    .1
}

/// Everything that opening a store says.
pub fn told(loaded: &Loaded) -> Vec<String> {
    [loaded.problems.as_slice(), &loaded.missing].concat()
}

/// A store that remembers what it held after each write, lists its keys in any order, and can be
/// told to fail.
#[derive(Default)]
pub struct TestStore {
    pub memory: MemoryStore,
    pub images: RefCell<Vec<BTreeMap<String, String>>>,
    /// Turns the list of keys, to show that their order does not matter.
    pub turn: Cell<usize>,
    pub failure: RefCell<Option<StorageError>>,
}

impl TestStore {
    pub fn of(image: BTreeMap<String, String>) -> Self {
        Self {
            memory: MemoryStore::of(image),
            ..Self::default()
        }
    }

    fn log(&self, outcome: Result<(), StorageError>) -> Result<(), StorageError> {
        if outcome.is_ok() {
            self.images.borrow_mut().push(self.memory.image());
        }
        outcome
    }

    fn check(&self) -> Result<(), StorageError> {
        self.failure.borrow().clone().map_or(Ok(()), Err)
    }
}

impl KeyValue for TestStore {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.check()?;
        self.memory.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.check()?;
        assert!(
            serde_json::from_str::<serde::de::IgnoredAny>(value).is_ok(),
            "{value}"
        );
        self.log(self.memory.set(key, value))
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), StorageError> {
        self.check()?;
        self.log(self.memory.copy(from, to))
    }

    fn delete(&self, key: &str) -> Result<(), StorageError> {
        self.check()?;
        self.log(self.memory.delete(key))
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        self.check()?;
        let mut keys = self.memory.keys()?;
        let turn = self.turn.get() % keys.len().max(1);
        keys.rotate_left(turn);
        if self.turn.get() % 2 == 1 {
            keys.reverse();
        }
        Ok(keys)
    }
}

/// A page without a reading set.
pub fn tab(store: &Rc<TestStore>, writer: &str) -> Tab {
    Tab::open(store.clone(), writer, &[]).0
}

/// Adds an article as a person does.
pub fn own_document(tab: &mut Tab, id: &str, text: &str) {
    let added = tab.edit(Edit::AddDocuments(vec![document(id, text)]));
    added.expect("allowed").expect("stored");
}

/// The keys that begin with `part`.
pub fn keys(store: &TestStore, part: &str) -> Vec<String> {
    let keys = store.memory.keys().expect("memory");
    keys.into_iter()
        .filter(|key| key.starts_with(part))
        .collect()
}

/// Which page an article, a label or an annotator belongs to.
pub fn owner(id: &str) -> usize {
    usize::from(id.ends_with('1'))
}
