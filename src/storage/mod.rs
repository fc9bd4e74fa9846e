//! Keeps the project in the browser: every change as one record in local storage, before it is
//! on the screen.
//!
//! Knows records and their stored form, nothing of the session or the screen. [`Journal`] is the
//! whole of it; below it a [`KeyValue`] store can be local storage ([`LocalStore`]), memory
//! ([`MemoryStore`]) or a faulty one in a test.
//!
//! Rules the tests cite by number:
//!
//! - **P1** A change is in local storage, and on its way to the safe copy, before it is applied.
//! - **P2** "Saved" is said when the safe copy is complete, and not before.
//! - **P3** Every key has one writer. A page load writes under names of its own and never again
//!   under the same; nothing is read, changed and written back. (Settings are the exception: each
//!   is one small preference, and the last one to set it wins.)
//! - **P4** Loading is a union by record: the newest version by (lamport number, writer) wins, a
//!   removal is a version like any other. Order does not matter and reading twice changes nothing.
//! - **P5** What cannot be read is set aside under another name and counted, never overwritten.
//! - **P7** Whoever does not understand the format writes nothing.
//!
//! The second, crash-safe store is IndexedDB ([`Mirror`]). It holds the same keys and values, and
//! loading from both is the same union: what only one of them has is taken in like what another
//! page has written.

mod journal;
mod local;
mod memory;
mod mirror;

pub use journal::{Heard, Journal, Loaded, Write, is_setting};
pub use local::LocalStore;
pub use memory::MemoryStore;
pub use mirror::{Condition, Mirror, Point};

/// How many UTF-16 units, keys and values together, local storage holds for one origin. Measured
/// in Chromium; the limit of others is about the same.
pub const CAPACITY: usize = 5 * 1024 * 1024;

/// Named texts that outlive the page.
pub trait KeyValue {
    /// The value of a key, whatever it holds.
    fn get(&self, key: &str) -> Result<Option<String>, StorageError>;
    /// Gives a key a value, which is JSON. Where that fails, the key keeps the value it had.
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError>;
    /// Gives the key `to` the value of the key `from`, unit by unit, even where it is no JSON and
    /// not even valid Unicode.
    fn copy(&self, from: &str, to: &str) -> Result<(), StorageError>;
    /// Removes a key; it may be absent.
    fn delete(&self, key: &str) -> Result<(), StorageError>;
    /// All keys of the origin, in any order, other people's included.
    fn keys(&self) -> Result<Vec<String>, StorageError>;

    /// Shows each key to `visit`, with its place and how many there are, and with a way to its value.
    /// A key may go between listing and reading, when another tab deletes it.
    fn visit(&self, visit: &mut Visit<'_>) -> Result<(), StorageError> {
        let keys = self.keys()?;
        for (at, key) in keys.iter().enumerate() {
            visit((at, keys.len()), key, &|| self.get(key))?;
        }
        Ok(())
    }
}

/// What is done with a key: its place among how many, its name, and what gives its value.
pub type Visit<'v> = dyn FnMut(
        (usize, usize),
        &str,
        &dyn Fn() -> Result<Option<String>, StorageError>,
    ) -> Result<(), StorageError>
    + 'v;

/// Why something could not be stored, in words for the person whose work it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The origin has used up its quota.
    #[error("This browser’s storage for the page is full.")]
    Full,
    /// The browser's settings, or the frame the page is shown in, forbid storage.
    #[error(
        "This browser does not let the page store anything: your work lasts until this tab is closed."
    )]
    Blocked,
    /// A newer Sourcelight has stored data that this one does not understand (P7).
    #[error(
        "A newer version of Sourcelight has saved here, and this one will not write over it. Reload the page to get the newer one."
    )]
    NewerFormat,
    /// Anything else.
    #[error("The browser could not store this: {0}")]
    Other(String),
}

/// How much of the space is used, in UTF-16 units, keys and values together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Units in use by everything on this origin.
    pub used: usize,
    /// Units there are.
    pub capacity: usize,
}
