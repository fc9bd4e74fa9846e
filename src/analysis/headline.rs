//! A headline and the sentence of the article that says most of the same, for the reader to judge whether
//! it says as much. Knows nothing of marks.

use super::index::TextIndex;
use super::words::{self, COMMON, form, forms};
use crate::model::sorted::SortedMap;
use crate::model::{BlockKind, Document, Span, Text, Unit, pieces};

/// Words by which a sentence takes something back, or gives it to somebody else.
const WEAKER: &str = "accused alleged allegedly apparently according appear appears could expected if likely may might \
    no not possible possibly reported reportedly said says seem seemed seems should suspected unlikely whether would";

/// What stands behind a headline.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadlineCheck {
    /// The sentence that shares most with it.
    pub nearest: Span,
    /// How much of what the headline's words tell stands in the sentence, too, from 0 to 1.
    pub share: f32,
    /// Words of the sentence, not of the headline, that make it weaker or somebody's saying.
    pub weaker: Vec<Span>,
}

/// Looks for the sentence behind the title of an article; none where the title has no words, or no word
/// of it stands in the text below.
pub fn headline(index: &TextIndex, document: &Document) -> Option<HeadlineCheck> {
    let title = forms(&document.meta.title);
    let weights = weights(index, &title);
    let all: f32 = weights.iter().map(|it| it.1).sum();
    let mut best: Option<(f32, Span)> = None;
    for sentence in sentences(document) {
        let words = forms(document.text.slice(sentence));
        let shared = weights.iter().filter(|it| words.contains(&it.0));
        let told: f32 = shared.map(|it| it.1).sum();
        if told > best.map_or(0.0, |it| it.0) {
            best = Some((told, sentence));
        }
    }
    let (told, nearest) = best?;
    Some(HeadlineCheck {
        nearest,
        share: told / all,
        weaker: weaker(&document.text, nearest, &title),
    })
}

/// The sentences of an article without its headline, author and date.
fn sentences(document: &Document) -> impl Iterator<Item = Span> {
    let text = &document.text;
    let is_body = |at: &usize| match document.block_kind(*at) {
        BlockKind::Byline | BlockKind::Heading(1) => false,
        _ => text.slice(text.blocks()[*at].span()).trim() != document.meta.title.trim(),
    };
    let blocks = (0..text.blocks().len()).filter(is_body);
    blocks.flat_map(|it| pieces(text, it, Unit::Sentence))
}

/// What each word of a title tells, in bits.
fn weights(index: &TextIndex, title: &[u32]) -> Vec<(u32, f32)> {
    let mut counts = SortedMap::of(title.iter().map(|it| (*it, 0)).collect());
    for word in index.texts.iter().flat_map(|it| &it.words) {
        if let Some(count) = counts.get_mut(word) {
            *count += 1;
        }
    }
    let (all, common) = (index.word_count(), forms(COMMON));
    let told = |it: &(u32, u32)| {
        let bits = words::bits(it.1, all);
        (
            it.0,
            if common.contains(&it.0) {
                bits / 2.0
            } else {
                bits
            },
        )
    };
    counts.iter().map(told).collect()
}

fn weaker(text: &Text, sentence: Span, title: &[u32]) -> Vec<Span> {
    let weaker: Vec<u32> = WEAKER.split_whitespace().map(form).collect();
    let block = text.block_at(sentence.start());
    let words = pieces(text, block, Unit::Token)
        .into_iter()
        .filter(|it| sentence.contains(*it));
    let is_weaker = |it: &Span| {
        forms(text.slice(*it))
            .iter()
            .any(|it| weaker.contains(it) && !title.contains(it))
    };
    words.filter(is_weaker).collect()
}
