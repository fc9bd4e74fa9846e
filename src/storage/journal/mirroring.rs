//! What the safe copy is told of. Knows nothing of how it is stored there.

use std::sync::Arc;

use super::value::seal_text;
use super::{Journal, Write, names};
use crate::model::{Change, Record, Text};

impl Journal {
    /// What the safe copy has to be told since this was last asked, in order. Where a newer version
    /// has written here, nothing is (P7).
    pub fn take_unmirrored(&mut self) -> Vec<Write> {
        match self.refusal {
            Some(_) => Vec::new(),
            None => std::mem::take(&mut self.unmirrored),
        }
    }

    /// Texts go into the safe copy before the entries that need them, and once as long as an article
    /// has them. Answers whether one went.
    pub(super) fn mirror_texts(&mut self, texts: &[Arc<Text>], entries: usize) -> bool {
        let before = self.unmirrored.len();
        let at = self.unmirrored.len() - entries;
        for text in texts {
            let key = names::text(text.hash().as_str());
            if self.heard.insert(key.clone()) {
                let value = seal_text(text.as_str());
                self.unmirrored.insert(at, Write::Put(key, value));
            }
        }
        self.unmirrored.len() > before
    }

    /// An article was removed: its text may be deleted by any page from now on.
    pub(super) fn forget_text(&mut self, text: &Text) {
        self.heard.remove(&names::text(text.hash().as_str()));
    }

    /// As [`forget_text`](Self::forget_text), for the articles that a change removes.
    pub(super) fn forget_texts_of_removed(&mut self, change: &Change) {
        for removed in change.records.iter().filter(|it| it.after.is_none()) {
            if let Some(Record::Document(document)) = &removed.before {
                self.forget_text(&document.text);
            }
        }
    }
}
