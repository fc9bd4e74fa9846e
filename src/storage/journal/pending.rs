//! Changes on their way into the store, and how they are cut into entries. Writes nothing.

use std::collections::VecDeque;
use std::sync::Arc;

use super::names;
use super::value::seal_text;
use crate::model::Text;

/// The longest entry in bytes: a change with more records than fit is written as several.
const ENTRY_BYTES: usize = 64 * 1024;

/// A change on its way into the store.
pub(super) struct Pending {
    /// Checked for as long as an entry is left to write, since another tab may have deleted a text
    /// that nothing referred to yet.
    pub texts: Vec<Arc<Text>>,
    /// Whether another page may just have deleted one of the texts, unseen by this one.
    pub may_be_gone: bool,
    pub entries: VecDeque<(String, String)>,
}

impl Pending {
    /// One value that the safe copy has.
    pub fn of(key: &str, value: &str) -> Self {
        Self {
            texts: Vec::new(),
            may_be_gone: false,
            entries: VecDeque::from([(key.to_owned(), value.to_owned())]),
        }
    }

    /// All that is left to write, as the safe copy has it.
    pub fn keys_and_values(&self) -> impl Iterator<Item = (String, String)> {
        let sealed = |text: &Arc<Text>| {
            let key = names::text(text.hash().as_str());
            (key, seal_text(text.as_str()))
        };
        let texts = self.texts.iter().map(sealed);
        texts.chain(self.entries.iter().cloned())
    }

    /// About how many bytes are left to write.
    pub fn length(&self) -> usize {
        let texts = self.texts.iter().map(|text| text.as_str().len());
        let entries = self
            .entries
            .iter()
            .map(|(key, value)| key.len() + value.len());
        texts.sum::<usize>() + entries.sum::<usize>()
    }
}

/// How many of the first records go into one entry; at least one.
pub(super) fn fitting(records: &[String]) -> usize {
    let mut length = 0;
    let fits = records.iter().take_while(|record| {
        length += record.len() + 1;
        length <= ENTRY_BYTES
    });
    fits.count().max(1)
}
