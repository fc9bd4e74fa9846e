//! A store that lasts as long as the tab: used where the browser forbids storage, and in tests.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::{KeyValue, StorageError};
use crate::model::sorted::SortedMap;

/// Keys and values in memory.
#[derive(Debug, Default)]
pub struct MemoryStore {
    values: RefCell<SortedMap<String, String>>,
    /// In UTF-16 units, keys and values; `None` means no limit.
    quota: Cell<Option<usize>>,
}

impl MemoryStore {
    /// An empty store without a limit.
    pub fn new() -> Self {
        Self::default()
    }

    /// Limits the store to so many UTF-16 units, keys and values together, as browsers do. What is
    /// in it already stays.
    pub fn set_quota(&self, units: Option<usize>) {
        self.quota.set(units);
    }

    /// How many UTF-16 units are used.
    pub fn used(&self) -> usize {
        let values = self.values.borrow();
        values
            .iter()
            .map(|(key, value)| units(key) + units(value))
            .sum()
    }

    /// Everything in the store.
    pub fn image(&self) -> BTreeMap<String, String> {
        self.values.borrow().iter().cloned().collect()
    }

    /// A store that holds `image`.
    pub fn of(image: BTreeMap<String, String>) -> Self {
        Self {
            values: RefCell::new(image.into_iter().collect()),
            quota: Cell::new(None),
        }
    }

    fn put(&self, key: &str, value: &str) -> Result<(), StorageError> {
        if let Some(quota) = self.quota.get() {
            let old = self
                .values
                .borrow()
                .get(key)
                .map_or(0, |old| units(key) + units(old));
            let new = units(key) + units(value);
            if new > old && self.used() - old + new > quota {
                return Err(StorageError::Full);
            }
        }
        self.values
            .borrow_mut()
            .insert(key.to_owned(), value.to_owned());
        Ok(())
    }
}

impl KeyValue for MemoryStore {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.values.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.put(key, value)
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), StorageError> {
        let value = self.values.borrow().get(from).cloned();
        value.map_or(Ok(()), |value| self.put(to, &value))
    }

    fn delete(&self, key: &str) -> Result<(), StorageError> {
        self.values.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        Ok(self.values.borrow().iter().map(|it| it.0.clone()).collect())
    }
}

/// The length of a text as browsers count it for their quota.
pub(super) fn units(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.encode_utf16().count()
    }
}
