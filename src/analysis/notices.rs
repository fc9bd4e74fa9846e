//! Notices, such as of rights or of who publishes: a last paragraph of fewer than twenty words that ends
//! three articles or more in the same words. Knows nothing of what they are set apart from.

use super::index::{IndexedText, TextIndex};
use crate::model::sorted::SortedMap;

/// Fewer words than so many in a last paragraph that ends at least so many articles are a notice.
const NOTICE_WORDS: usize = 20;
const NOTICE_ARTICLES: usize = 3;

/// With which word the notice of each article begins; where it has none, behind its last word.
pub(super) fn notices(index: &TextIndex) -> Vec<usize> {
    let mut counts: SortedMap<&[u32], usize> = SortedMap::default();
    let last = |it: &IndexedText| {
        let from = it.last_block();
        (1..NOTICE_WORDS)
            .contains(&(it.words.len() - from))
            .then_some(from)
    };
    for text in &index.texts {
        if let Some(from) = last(text) {
            *counts.or_default(&text.words[from..]) += 1;
        }
    }
    let begin = |text: &IndexedText| {
        let is_notice = |from: &usize| {
            let count = counts.get(&text.words[*from..]);
            count.is_some_and(|it| *it >= NOTICE_ARTICLES)
        };
        last(text).filter(is_notice).unwrap_or(text.words.len())
    };
    index.texts.iter().map(begin).collect()
}
