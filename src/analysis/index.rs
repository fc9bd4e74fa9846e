//! The words of all articles, ready to be compared: the ground of threads and shared passages.
//!
//! Each word is four bytes, and each block four more, which is less than the text itself takes. It is
//! made in slices, so that the page does not wait for it. Knows nothing of marks.

use std::sync::Arc;

use super::words::{Word, Words};
use crate::model::{Document, DocumentId, Span, Text};

/// The words of one article.
pub(super) struct IndexedText {
    pub id: DocumentId,
    pub text: Arc<Text>,
    /// The forms of its words, in order.
    pub words: Vec<u32>,
    /// How many words stand before each block that has been read.
    blocks: Vec<u32>,
}

impl IndexedText {
    fn new(document: &Document) -> Self {
        Self {
            id: document.id.clone(),
            text: document.text.clone(),
            words: Vec::new(),
            blocks: Vec::new(),
        }
    }

    fn is_complete(&self) -> bool {
        self.blocks.len() == self.text.blocks().len()
    }

    /// The block that a word, which must be one of these, stands in.
    fn block_of(&self, word: usize) -> usize {
        self.blocks.partition_point(|it| *it as usize <= word) - 1
    }

    /// How many words stand before the last block with words.
    pub fn last_block(&self) -> usize {
        let mut starts = self.blocks.iter().rev().map(|it| *it as usize);
        let last = starts.find(|it| *it < self.words.len());
        last.unwrap_or(self.words.len())
    }

    /// The words from `from` up to `to` with their places: all of the blocks these two lie in, and how
    /// many words stand before the first of them.
    pub fn places(&self, from: usize, to: usize) -> (Vec<Word>, usize) {
        let (first, last) = (self.block_of(from), self.block_of(to - 1));
        let (mut reader, mut found) = (Words::default(), Vec::new());
        for block in first..=last {
            reader.of_block(&self.text, block, &mut found);
        }
        (found, self.blocks[first] as usize)
    }

    /// The span from the first to the last of some words.
    pub fn span(&self, from: usize, to: usize) -> Option<Span> {
        let (places, before) = self.places(from, to);
        let (start, end) = (places.get(from - before)?, places.get(to - 1 - before)?);
        self.text.span(start.start as usize, end.end as usize)
    }

    /// The words that lie in a span, by their number in the text.
    pub fn words_in(&self, span: Span) -> std::ops::Range<usize> {
        let blocks = self.text.blocks_of(span);
        let (mut reader, mut found) = (Words::default(), Vec::new());
        let Some(&before) = self.blocks.get(blocks.start) else {
            return 0..0;
        };
        for block in blocks {
            reader.of_block(&self.text, block, &mut found);
        }
        let (start, end) = (span.start().bytes() as u32, span.end().bytes() as u32);
        let from = found.partition_point(|it| it.end <= start);
        let to = found.partition_point(|it| it.start < end);
        before as usize + from..before as usize + to.max(from)
    }
}

/// The words of all articles, or of those that have been read so far.
#[derive(Default)]
pub struct TextIndex {
    pub(super) texts: Vec<IndexedText>,
    /// How many of the texts, from the first, are known to be complete.
    read: usize,
    reader: Words,
    found: Vec<Word>,
}

impl TextIndex {
    /// An index that has read nothing yet of these articles.
    pub fn new<'d>(documents: impl IntoIterator<Item = &'d Arc<Document>>) -> Self {
        let mut index = Self::default();
        index.follow(documents);
        index
    }

    /// An index that has read all of these articles.
    pub fn of<'d>(documents: impl IntoIterator<Item = &'d Arc<Document>>) -> Self {
        let mut index = Self::new(documents);
        while !index.read(usize::MAX) {}
        index
    }

    /// Takes these articles for the ones it had before. What it has read of those that stay is kept.
    pub fn follow<'d>(&mut self, documents: impl IntoIterator<Item = &'d Arc<Document>>) {
        let mut known = std::mem::take(&mut self.texts);
        let mut at = 0;
        for document in documents {
            let is_it =
                |it: &IndexedText| it.id == document.id && Arc::ptr_eq(&it.text, &document.text);
            // The order rarely changes, so that the next one is looked at first.
            let place = (at..known.len()).chain(0..at).find(|it| is_it(&known[*it]));
            let fresh = IndexedText::new(document);
            self.texts.push(match place {
                Some(place) => {
                    at = place + 1;
                    std::mem::replace(&mut known[place], fresh)
                }
                None => fresh,
            });
        }
        self.read = 0;
    }

    /// Reads at least `budget` bytes more, or all that is left; says whether everything is read. A slice
    /// ends with a block, and so is at most some 6 kB longer.
    pub fn read(&mut self, mut budget: usize) -> bool {
        while let Some(next) = self.texts.get_mut(self.read) {
            if next.is_complete() {
                next.words.shrink_to_fit();
                next.blocks.shrink_to_fit();
                self.read += 1;
                continue;
            }
            if budget == 0 {
                return false;
            }
            let block = next.blocks.len();
            next.blocks.push(next.words.len() as u32);
            self.found.clear();
            self.reader.of_block(&next.text, block, &mut self.found);
            next.words.extend(self.found.iter().map(|it| it.form));
            budget = budget.saturating_sub(next.text.blocks()[block].span().byte_len());
        }
        true
    }

    /// How much is read and how much there is, in bytes of text.
    pub fn progress(&self) -> (usize, usize) {
        let done = |it: &IndexedText| match it.blocks.len().checked_sub(1) {
            Some(last) => it.text.blocks()[last].span().end().bytes(),
            None => 0,
        };
        let all = self
            .texts
            .iter()
            .map(|it| (done(it), it.text.as_str().trim_end().len()));
        all.fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1))
    }

    /// How many words have been read.
    pub fn word_count(&self) -> usize {
        self.texts.iter().map(|it| it.words.len()).sum()
    }

    /// How many bytes the words take; the texts themselves are not counted.
    pub fn memory(&self) -> usize {
        let of = |it: &IndexedText| {
            size_of::<IndexedText>() + 4 * (it.words.capacity() + it.blocks.capacity())
        };
        self.texts.iter().map(of).sum::<usize>()
    }

    pub(super) fn text(&self, id: &DocumentId) -> Option<&IndexedText> {
        self.texts.iter().find(|it| it.id == *id)
    }
}
