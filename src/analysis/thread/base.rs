//! The words one looks for, what each of them tells, and where in a text some of them stand together.

use super::super::index::{IndexedText, TextIndex};
use super::super::quotation::quotations;
use super::super::words::{self, COMMON, forms};
use crate::model::Span;
use crate::model::sorted::SortedMap;

/// How many words of a span are looked for; more make no difference to what is found.
const MOST_WORDS: usize = 150;

/// What a word costs that stands apart from its neighbours, in bits: the articles, pronouns and
/// prepositions that stand everywhere then tell nothing.
const APART: f32 = 3.0;

/// What a word costs that is not looked for.
const OTHER: f32 = 2.0;

/// How far what the words tell may stay below what it takes to name a place, in bits: what leads to them
/// may make up for it.
const TOO_LITTLE: f32 = 4.0;

/// How many words before a span are taken for what leads to it.
const LEAD: usize = 4;

/// The words of a span.
pub(super) struct Base {
    pub words: Vec<u32>,
    /// How much it says that a word stands in a text, in bits: the rarer, the more.
    pub bits: Vec<f32>,
    /// The words before the span with their bits, the nearest first.
    pub lead: Vec<(u32, f32)>,
    /// How many bits it takes to name a place in all the texts and a word of these.
    pub place_bits: f32,
    /// How many bits it takes to name one of these words: what it costs to go on at another place.
    pub jump_bits: f32,
    /// By word, where it stands among `words`.
    places: SortedMap<u32, Vec<usize>>,
    /// Which words may be among them, by their lowest bits; nearly all others are told by this alone.
    filter: Box<Filter>,
}

type Filter = [bool; 4096];

fn slot(word: u32) -> usize {
    word as usize % 4096
}

impl Base {
    pub fn new(index: &TextIndex, text: &IndexedText, span: Span) -> Self {
        let words = said(text, span);
        let first = text.words_in(span).start;
        let lead: Vec<u32> = text.words[..first]
            .iter()
            .rev()
            .take(LEAD)
            .copied()
            .collect();
        let bits = bits(index, &words, &lead);
        let mut places: SortedMap<u32, Vec<usize>> = SortedMap::default();
        let mut filter = Box::new([false; 4096]);
        for (at, word) in words.iter().enumerate() {
            places.or_default(*word).push(at);
            filter[slot(*word)] = true;
        }
        Self {
            bits: bits[..words.len()].to_vec(),
            lead: lead
                .into_iter()
                .zip(bits[words.len()..].iter().copied())
                .collect(),
            place_bits: ((index.word_count() * words.len()).max(1) as f32).log2(),
            jump_bits: (words.len().max(1) as f32).log2(),
            places,
            filter,
            words,
        }
    }

    /// Where a word stands in the base.
    pub fn places(&self, word: u32) -> Option<&[usize]> {
        if !self.filter[slot(word)] {
            return None;
        }
        self.places.get(&word).map(Vec::as_slice)
    }

    /// How much words must tell, at the least, to be a version.
    pub fn worth_a_look(&self) -> f32 {
        self.place_bits - TOO_LITTLE
    }

    /// The stretches of a text where enough of the words stand together, whatever their order, as
    /// numbers of its words.
    pub fn regions(&self, words: &[u32]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut before: &[usize] = &[];
        let (mut sum, mut start, mut best, mut end) = (0.0_f32, 0, 0.0_f32, 0);
        // All that is told since the start, and what of it before the end.
        let (mut told, mut all) = (0.0_f32, 0.0_f32);
        for (at, word) in words.iter().enumerate() {
            let places = self.places(*word).unwrap_or(&[]);
            sum += match places.first() {
                Some(&first) => {
                    let goes_on = before.iter().any(|it| places.contains(&(it + 1)));
                    told += self.bits[first];
                    self.bits[first] - if goes_on { 0.0 } else { APART }
                }
                None => -OTHER,
            };
            before = places;
            if sum > best {
                (best, end, all) = (sum, at + 1, told);
            }
            let is_over = sum <= 0.0 || best - sum > 24.0;
            if is_over || at + 1 == words.len() {
                if all >= self.worth_a_look() {
                    found.push((start, end));
                }
                (sum, start, best, told, all) = (0.0, at + 1, 0.0, 0.0, 0.0);
            }
        }
        found
    }
}

/// How much each of some words tells.
fn bits(index: &TextIndex, said: &[u32], lead: &[u32]) -> Vec<f32> {
    let mut counts = SortedMap::default();
    let mut filter: Box<Filter> = Box::new([false; 4096]);
    for word in said.iter().chain(lead) {
        counts.insert(*word, 0_u32);
        filter[slot(*word)] = true;
    }
    for word in index.texts.iter().flat_map(|it| &it.words) {
        if filter[slot(*word)]
            && let Some(count) = counts.get_mut(word)
        {
            *count += 1;
        }
    }
    let (all, common) = (index.word_count(), forms(COMMON));
    let bits = |word: &u32| {
        let bits = words::bits(counts.get(word).copied().unwrap_or(0), all);
        if common.contains(word) {
            bits / 2.0
        } else {
            bits
        }
    };
    said.iter().chain(lead).map(bits).collect()
}

/// The words of a span: of a quotation with “she said” within, those in quotation marks.
fn said(text: &IndexedText, span: Span) -> Vec<u32> {
    let range = text.words_in(span);
    if range.is_empty() {
        return Vec::new();
    }
    let (places, before) = text.places(range.start, range.end);
    let within = &places[range.start - before..range.end - before];
    let quoted = quoted_parts(text, span);
    let is_said = |start: u32, end: u32| {
        let lies_in =
            |it: &Span| it.start().bytes() <= start as usize && end as usize <= it.end().bytes();
        quoted.iter().any(lies_in)
    };
    let ends = [within.first(), within.last()];
    let is_quotation = ends.iter().flatten().all(|it| is_said(it.start, it.end));
    let words = within
        .iter()
        .filter(|it| !is_quotation || is_said(it.start, it.end));
    words.map(|it| it.form).take(MOST_WORDS).collect()
}

/// What stands in quotation marks in the blocks of a span.
pub(in super::super) fn quoted_parts(text: &IndexedText, span: Span) -> Vec<Span> {
    let mut found = Vec::new();
    for block in &text.text.blocks()[text.text.blocks_of(span)] {
        let base = block.span().start().bytes();
        let parts = quotations(text.text.slice(block.span()));
        found.extend(
            parts
                .iter()
                .filter_map(|it| text.text.span(base + it.0, base + it.1)),
        );
    }
    found
}
