//! Two pages over one store do anything in any order, with full stores, damage and crashes between,
//! and what comes back is what was acknowledged (laws L6 and L7).
//!
//! Pages do not hear of each other yet, so each keeps to its own articles.

use std::collections::BTreeMap;
use std::rc::Rc;

use proptest::prelude::*;
use sourcelight::model::*;

use crate::sample::*;
use crate::step::{Step, edit_of, step};

/// What a store image may come to.
struct Frame {
    image: BTreeMap<String, String>,
    allowed: [Rc<State>; 2],
}

struct Machine {
    store: Rc<TestStore>,
    tabs: [Tab; 2],
    opened: u32,
    frames: Vec<Frame>,
    /// What each page was told is stored, and what it has tried since.
    acknowledged: [State; 2],
    tried: [BTreeMap<RecordId, Vec<Option<Record>>>; 2],
    /// What both were told is stored, when nothing was pending.
    whole: Rc<State>,
    /// Whether anything was pending after the last step.
    is_held_up: bool,
}

/// The reading set: one article a page.
fn set() -> Vec<Document> {
    vec![document("set0", TEXTS[0]), document("set1", TEXTS[1])]
}

/// Which page a record belongs to.
fn owner_of(record: &Record) -> usize {
    match record {
        Record::Label(it) => owner(it.id.as_str()),
        Record::Annotator(it) => owner(it.id.as_str()),
        Record::Entry(it) => owner(it.id.name()),
        _ => owner(
            record
                .article()
                .expect("anything else is in an article")
                .as_str(),
        ),
    }
}

impl Machine {
    fn new() -> Self {
        let store = Rc::new(TestStore::default());
        let tabs = ["w0", "w1"].map(|writer| Tab::open(store.clone(), writer, &set()).0);
        Self {
            store,
            tabs,
            opened: 2,
            frames: Vec::new(),
            acknowledged: Default::default(),
            tried: Default::default(),
            whole: Rc::default(),
            is_held_up: false,
        }
    }

    fn writer(&mut self) -> String {
        self.opened += 1;
        // Writers in an order that has nothing to do with time.
        format!("w{}x{}", self.opened * 7 % 10, self.opened)
    }

    /// What a page has of its own articles.
    fn own(&self, page: usize) -> State {
        let records = self.tabs[page].state().into_iter();
        records
            .filter(|(_, record)| owner_of(record) == page)
            .collect()
    }

    /// What both pages together have.
    fn state(&self) -> State {
        self.own(0).into_iter().chain(self.own(1)).collect()
    }

    fn pending(&self) -> usize {
        self.tabs.iter().map(|tab| tab.journal.pending()).sum()
    }

    fn step(&mut self, page: usize, step: &Step) {
        match step {
            Step::Reopen => self.reopen(page),
            Step::Crash(at) => self.crash(*at),
            Step::Damage(key, at, with) => self.damage(*key, *at, *with),
            Step::Quota(free) => {
                let quota = self.store.memory.used() + free;
                self.store.memory.set_quota((*free < 600).then_some(quota));
            }
            Step::Retry => {
                let _ = self.tabs[page].journal.retry();
                self.settle();
            }
            Step::Fold(few) => {
                let _ = self.tabs[page].journal.fold_beyond(*few);
                self.settle();
            }
            _ => self.edit(page, step),
        }
    }

    fn edit(&mut self, page: usize, step: &Step) {
        let before = self.own(page);
        let outcome = match step {
            Step::Undo => self.tabs[page].undo(),
            _ => edit_of(&self.tabs[page], page, step).and_then(|edit| self.tabs[page].edit(edit)),
        };
        if let Some(outcome) = outcome {
            assert_eq!(
                outcome.is_ok(),
                self.tabs[page].journal.pending() == 0,
                "{outcome:?}"
            );
        }
        let after = self.own(page);
        for id in before.keys().chain(after.keys()) {
            if before.get(id) != after.get(id) {
                let versions = self.tried[page].entry(id.clone()).or_default();
                versions.extend([before.get(id).cloned(), after.get(id).cloned()]);
            }
        }
        self.settle();
    }

    /// Notes what was written and what it may come to.
    fn settle(&mut self) {
        let images = self.store.images.take();
        for page in 0..2 {
            if self.tabs[page].journal.pending() == 0 {
                self.acknowledged[page] = self.own(page);
                self.tried[page].clear();
            }
        }
        let is_held_up = self.pending() > 0;
        let was_held_up = std::mem::replace(&mut self.is_held_up, is_held_up);
        if is_held_up {
            self.frames.clear();
            return;
        }
        let now = Rc::new(self.state());
        let allowed = [self.whole.clone(), now.clone()];
        // Several changes that were held up may stop between any two of them.
        if !was_held_up {
            let frames = images.into_iter().map(|image| Frame {
                image,
                allowed: allowed.clone(),
            });
            self.frames.extend(frames);
        }
        self.whole = now;
    }

    /// The page is closed and opened again, while the other goes on.
    fn reopen(&mut self, page: usize) {
        let writer = self.writer();
        self.store.turn.set(self.opened as usize);
        let was_whole = self.tabs[page].journal.pending() == 0;
        let (tab, loaded) = Tab::open(self.store.clone(), &writer, &set());
        let is_whole = told(&loaded).is_empty();
        assert!(is_whole || self.pending() > 0, "{:?}", told(&loaded));
        let found = state_of(loaded.records);
        self.compare(&found);
        if !is_whole {
            // A mark was short enough for a full store, and its article was not: it waits for it.
            *self = Machine::new();
            return;
        }
        self.tabs[page] = tab;
        if !was_whole {
            // What was not written went with the page.
            self.frames.clear();
            self.tried[page].clear();
            self.whole = Rc::new(self.state());
        }
        self.check_twice(&found);
        self.settle();
    }

    fn compare(&self, found: &State) {
        if self.pending() == 0 {
            assert_eq!(found, &self.state());
            return;
        }
        for page in 0..2 {
            let (acknowledged, tried) = (&self.acknowledged[page], &self.tried[page]);
            // Nothing that was acknowledged and not touched since is missing, nothing is invented.
            for (id, record) in acknowledged {
                if !tried.contains_key(id) {
                    assert_eq!(found.get(id), Some(record), "acknowledged");
                }
            }
            for (id, record) in found.iter().filter(|(_, it)| owner_of(it) == page) {
                let versions = tried.get(id);
                let was_tried = versions.is_some_and(|all| all.contains(&Some(record.clone())));
                assert!(
                    was_tried || acknowledged.get(id) == Some(record),
                    "{record:?}"
                );
            }
        }
    }

    /// Reading again changes nothing, and neither does what opening has written.
    fn check_twice(&self, found: &State) {
        let images = self.store.images.borrow();
        let images = images
            .iter()
            .chain([self.store.memory.image()].iter())
            .cloned()
            .collect::<Vec<_>>();
        for image in images.iter().rev().take(4) {
            assert_eq!(&state_of(look(image).records), found);
        }
    }

    /// Power goes: the disk holds the store as it was at some earlier moment.
    fn crash(&mut self, at: usize) {
        if self.frames.is_empty() {
            return;
        }
        let frame = &self.frames[at % self.frames.len()];
        let loaded = look(&frame.image);
        assert_eq!(told(&loaded), Vec::<String>::new());
        let found = state_of(loaded.records);
        let is_allowed = frame.allowed.iter().any(|it| **it == found);
        assert!(
            is_allowed,
            "{found:#?}\nis neither of\n{:#?}",
            frame.allowed
        );
        self.restart(frame.image.clone());
    }

    fn restart(&mut self, image: BTreeMap<String, String>) {
        self.store = Rc::new(TestStore::of(image));
        let writers = [self.writer(), self.writer()];
        self.tabs = writers.map(|writer| Tab::open(self.store.clone(), &writer, &set()).0);
        self.store.images.take();
        self.frames.clear();
        self.tried = Default::default();
        self.acknowledged = [self.own(0), self.own(1)];
        self.whole = Rc::new(self.state());
        self.is_held_up = false;
    }

    /// One value is damaged while all pages are closed: everything else is read as if it had never
    /// been, and the value is kept.
    fn damage(&mut self, key: usize, at: usize, with: char) {
        let image = self.store.memory.image();
        let keys: Vec<&String> = image
            .keys()
            .filter(|key| !key.starts_with("sl1:q:"))
            .collect();
        if keys.is_empty() {
            return;
        }
        let key = keys[key % keys.len()].clone();
        let mut value: Vec<char> = image[&key].chars().collect();
        let at = at % value.len();
        if value[at] == with {
            value.truncate(at);
        } else {
            value[at] = with;
        }
        let value: String = value.into_iter().collect();
        let mut without = image.clone();
        without.remove(&key);
        let mut damaged = image;
        damaged.insert(key.clone(), value.clone());
        let store = Rc::new(TestStore::of(damaged));
        store.turn.set(at);
        let writer = self.writer();
        let (_, loaded) = Tab::open(store.clone(), &writer, &set());
        assert_eq!(
            state_of(loaded.records),
            state_of(look(&without).records),
            "{key}"
        );
        assert!(!loaded.problems.is_empty());
        let after = store.memory.image();
        assert!(
            after
                .iter()
                .any(|(name, kept)| name.starts_with("sl1:q:") && *kept == value)
        );
        self.restart(
            after
                .into_iter()
                .filter(|(key, _)| !key.starts_with("sl1:q:"))
                .collect(),
        );
        // Where the words of an article went, its marks wait for them; go on with a store where
        // nothing waits, so that the other rules stay sharp.
        if !told(&look(&self.store.memory.image())).is_empty() {
            *self = Machine::new();
        }
    }
}

proptest! {
    #[test]
    fn what_was_acknowledged_comes_back(steps in prop::collection::vec((0..2_usize, step()), 1..50)) {
        let mut machine = Machine::new();
        for (page, step) in &steps {
            machine.step(*page, step);
        }
        machine.store.memory.set_quota(None);
        for tab in &mut machine.tabs {
            prop_assert_eq!(tab.journal.retry(), Ok(()));
        }
        machine.settle();
        machine.reopen(0);
        machine.reopen(1);
    }
}
