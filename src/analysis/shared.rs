//! Passages that stand in two articles word for word or nearly: wire copy, press releases, what one took
//! from the other. Knows nothing of who was first.
//!
//! Three words in a row that stand in both articles are where a passage may be; from there it is followed
//! both ways as long as most words are the same. Where a fifth of the words is changed there are still
//! three in a row. Words that stand everywhere tell little, so that “in front of the” is nowhere looked at.
//! What is a notice is no passage.

use super::index::TextIndex;
use super::notices::notices;
use super::thread::quoted_parts;
use super::words::{self, COMMON, forms};
use crate::model::sorted::{SortedMap, sort_by_key};
use crate::model::{DocumentId, Span};

/// How many words of a passage must be the same, and what share of them.
const FEWEST_WORDS: usize = 8;
const ENOUGH: f32 = 0.7;

/// What three words must tell to be looked at, in bits, and by how much all words of a passage must tell
/// more than it takes to name a place in all the texts.
const TELLING_START: f32 = 13.0;
const TELLING: f32 = 32.0;

/// How many words may differ before two are the same again, and how far a passage may lose more than it
/// gains.
const MOST_CHANGED: usize = 6;
const PATIENCE: f32 = 7.0;

/// With how many other places each place is compared that has the same three words.
const MOST_PLACES: usize = 64;

/// How many words are looked at in one step, about.
const STEP: usize = 1 << 16;

/// A passage that stands in two articles.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedPassage {
    /// Where it stands, in the order of the articles.
    pub places: [(DocumentId, Span); 2],
    /// How many words are the same.
    pub words: usize,
    /// Their share of the longer of the two, up to 1.
    pub likeness: f32,
    /// Whether most of it stands in quotation marks in both, so that they may just quote the same words.
    pub is_quotation: bool,
}

/// A passage as numbers of words.
#[derive(Debug, Clone, Copy)]
struct Found {
    first: (usize, usize),
    second: (usize, usize),
    same: usize,
}

/// A search that is done in steps, over an index that does not change meanwhile.
pub struct SharedSearch {
    /// What a word tells, in bits, by the lowest bits of its form.
    bits: Vec<f32>,
    place_bits: f32,
    steps: usize,
    done: usize,
    /// By the numbers of the two articles.
    found: SortedMap<(usize, usize), Vec<Found>>,
}

fn slot(word: u32) -> usize {
    word as usize & 0xffff
}

/// Three words in a row: what they are, in which article, at which word.
type Start = (u32, u32, u32);

impl SharedSearch {
    /// A search through what the index has read.
    pub fn new(index: &TextIndex) -> Self {
        let mut counts = vec![0_u32; 1 << 16];
        for word in index.texts.iter().flat_map(|it| &it.words) {
            counts[slot(*word)] += 1;
        }
        let all = index.word_count();
        let bits = |count: &u32| words::bits(*count, all);
        let mut bits: Vec<f32> = counts.iter().map(bits).collect();
        for common in forms(COMMON) {
            bits[slot(common)] /= 2.0;
        }
        Self {
            bits,
            place_bits: (all.max(1) as f32).log2(),
            steps: (index.word_count() / STEP).clamp(1, 64),
            done: 0,
            found: SortedMap::default(),
        }
    }

    /// Takes a step; says whether it was the last one.
    pub fn step(&mut self, index: &TextIndex) -> bool {
        if self.done < self.steps {
            let mut starts = self.starts(index);
            self.done += 1;
            sort_by_key(&mut starts, |it| it.0);
            for same in starts.chunk_by(|a, b| a.0 == b.0) {
                for (at, first) in same.iter().enumerate() {
                    for second in same[at + 1..].iter().take(MOST_PLACES) {
                        self.follow(index, first, second);
                    }
                }
            }
        }
        self.done == self.steps
    }

    /// How many steps are done, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.steps)
    }

    /// What was found, in the order of the articles and their texts.
    pub fn passages(&self, index: &TextIndex) -> Vec<SharedPassage> {
        let mut passages = Vec::new();
        let notices = notices(index);
        // A word or two before it may be the same by chance.
        let is_notice = |text: usize, words: (usize, usize)| notices[text] < words.0 + FEWEST_WORDS;
        for ((one, other), all) in self.found.iter() {
            let mut all = all.clone();
            sort_by_key(&mut all, |it| it.first);
            let texts = [&index.texts[*one], &index.texts[*other]];
            all.retain(|it| !(is_notice(*one, it.first) && is_notice(*other, it.second)));
            for found in all {
                let spans = [found.first, found.second];
                let places = [0, 1].map(|at| texts[at].span(spans[at].0, spans[at].1));
                let [Some(first), Some(second)] = places else {
                    continue;
                };
                let length = found.length();
                passages.push(SharedPassage {
                    is_quotation: is_quotation(texts[0], first) && is_quotation(texts[1], second),
                    places: [(texts[0].id.clone(), first), (texts[1].id.clone(), second)],
                    words: found.same,
                    likeness: found.same as f32 / length as f32,
                });
            }
        }
        passages
    }

    fn bits(&self, word: u32) -> f32 {
        self.bits[slot(word)]
    }

    /// The starts that are looked at in this step.
    fn starts(&self, index: &TextIndex) -> Vec<Start> {
        let mut starts = Vec::new();
        for (number, text) in index.texts.iter().enumerate() {
            for (at, words) in text.words.windows(3).enumerate() {
                let mix =
                    |sum: u32, word: &u32| (sum.rotate_left(11) ^ word).wrapping_mul(0x9e37_79b1);
                let form = words.iter().fold(0, mix);
                let is_of_step = (form >> 16) as usize % self.steps == self.done;
                if is_of_step && words.iter().map(|it| self.bits(*it)).sum::<f32>() >= TELLING_START
                {
                    starts.push((form, number as u32, at as u32));
                }
            }
        }
        starts
    }

    /// Follows a passage from three words that stand in two articles.
    fn follow(&mut self, index: &TextIndex, first: &Start, second: &Start) {
        let pair = (first.1 as usize, second.1 as usize);
        if pair.0 == pair.1 {
            return;
        }
        let (at, other) = (first.2 as usize, second.2 as usize);
        let known = self.found.get(&pair);
        if known.is_some_and(|all| all.iter().any(|it| it.holds(at, other))) {
            return;
        }
        let (a, b) = (&index.texts[pair.0].words, &index.texts[pair.1].words);
        if a[at..at + 3] != b[other..other + 3] {
            return;
        }
        let behind = self.extend(a[at + 3..].iter(), b[other + 3..].iter());
        let before = self.extend(a[..at].iter().rev(), b[..other].iter().rev());
        let found = Found {
            first: (at - before.first, at + 3 + behind.first),
            second: (other - before.second, other + 3 + behind.second),
            same: 3 + before.same + behind.same,
        };
        let start: f32 = a[at..at + 3].iter().map(|it| self.bits(*it)).sum();
        let told = start + before.told + behind.told;
        let share = found.same as f32 / found.length() as f32;
        if found.same >= FEWEST_WORDS && share >= ENOUGH && told >= TELLING + self.place_bits {
            let all = self.found.or_default(pair);
            // Another way through the same words may have been found from another place in them.
            if all
                .iter()
                .all(|it| !it.overlaps(&found) || it.same < found.same)
            {
                all.retain(|it| !it.overlaps(&found));
                all.push(found);
            }
        }
    }
}

impl SharedSearch {
    /// Follows two texts as long as most of their words are the same.
    fn extend<'w, W: Iterator<Item = &'w u32>>(&self, first: W, second: W) -> Extent {
        let (mut a, mut b) = (Window::new(first), Window::new(second));
        let (mut here, mut worth) = (Extent::default(), 0.0_f32);
        let (mut best, mut most) = (here, 0.0);
        loop {
            if a.at(0).is_some() && a.at(0) == b.at(0) {
                here.same += 1;
                here.told += self.bits(a.at(0).unwrap_or_default());
                worth += 1.0;
                a.skip(1);
                b.skip(1);
                (here.first, here.second) = (here.first + 1, here.second + 1);
                if worth > most {
                    (best, most) = (here, worth);
                }
                continue;
            }
            let Some((x, y)) = meeting(&a, &b) else {
                return best;
            };
            let same = if x == y {
                (0..x).filter(|it| a.at(*it) == b.at(*it)).count()
            } else {
                0
            };
            here.same += same;
            worth += same as f32 - 1.2 * (x.max(y) - same) as f32;
            if most - worth > PATIENCE {
                return best;
            }
            a.skip(x);
            b.skip(y);
            (here.first, here.second) = (here.first + x, here.second + y);
        }
    }
}

impl Found {
    fn length(&self) -> usize {
        (self.first.1 - self.first.0).max(self.second.1 - self.second.0)
    }

    fn overlaps(&self, other: &Found) -> bool {
        let overlap = |a: (usize, usize), b: (usize, usize)| a.0 < b.1 && b.0 < a.1;
        overlap(self.first, other.first) && overlap(self.second, other.second)
    }

    /// Whether a place in both articles lies within it.
    fn holds(&self, first: usize, second: usize) -> bool {
        (self.first.0..self.first.1).contains(&first)
            && (self.second.0..self.second.1).contains(&second)
    }
}

/// How far a passage goes on in both articles, and how many words are the same.
#[derive(Clone, Copy, Default)]
struct Extent {
    first: usize,
    second: usize,
    same: usize,
    /// What these tell, in bits.
    told: f32,
}

/// The next words of a text.
struct Window<W> {
    next: [Option<u32>; MOST_CHANGED + 2],
    rest: W,
}

impl<'w, W: Iterator<Item = &'w u32>> Window<W> {
    fn new(mut rest: W) -> Self {
        Self {
            next: std::array::from_fn(|_| rest.next().copied()),
            rest,
        }
    }

    fn at(&self, place: usize) -> Option<u32> {
        self.next[place]
    }

    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.next.rotate_left(1);
            self.next[MOST_CHANGED + 1] = self.rest.next().copied();
        }
    }
}

/// How many words one must go on in each text until two in a row are the same; as few as may be.
fn meeting<'w, W: Iterator<Item = &'w u32>>(
    a: &Window<W>,
    b: &Window<W>,
) -> Option<(usize, usize)> {
    let meets = |x: usize, y: usize| {
        let pair = |at: usize| a.at(x + at).is_some() && a.at(x + at) == b.at(y + at);
        pair(0) && (pair(1) || a.at(x + 1).is_none() || b.at(y + 1).is_none())
    };
    for most in 1..=MOST_CHANGED {
        if meets(most, most) {
            return Some((most, most));
        }
        for less in (0..most).rev() {
            if meets(most, less) {
                return Some((most, less));
            }
            if meets(less, most) {
                return Some((less, most));
            }
        }
    }
    None
}

fn is_quotation(text: &super::index::IndexedText, span: Span) -> bool {
    let quoted = quoted_parts(text, span);
    let within = quoted.iter().filter_map(|it| it.intersection(span));
    2 * within.map(Span::byte_len).sum::<usize>() > span.byte_len()
}

/// All shared passages at once.
pub fn shared(index: &TextIndex) -> Vec<SharedPassage> {
    let mut search = SharedSearch::new(index);
    while !search.step(index) {}
    search.passages(index)
}

/// How many words each two articles share.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matrix {
    /// The articles, in order.
    pub documents: Vec<DocumentId>,
    words: SortedMap<(usize, usize), usize>,
}

impl Matrix {
    /// Adds up passages; those in quotation marks count where `with_quotations`.
    pub fn new(index: &TextIndex, passages: &[SharedPassage], with_quotations: bool) -> Self {
        let documents: Vec<DocumentId> = index.texts.iter().map(|it| it.id.clone()).collect();
        let numbers = documents
            .iter()
            .enumerate()
            .map(|(at, id)| (id.clone(), at));
        let numbers = SortedMap::of(numbers.collect());
        let mut words: SortedMap<(usize, usize), usize> = SortedMap::default();
        for passage in passages
            .iter()
            .filter(|it| with_quotations || !it.is_quotation)
        {
            let pair = [0, 1].map(|at| numbers.get(&passage.places[at].0).copied());
            if let [Some(one), Some(other)] = pair {
                *words.or_default((one, other)) += passage.words;
            }
        }
        Self { documents, words }
    }

    /// How many words two articles share, by their numbers in `documents`.
    pub fn words(&self, one: usize, other: usize) -> usize {
        self.words
            .get(&(one.min(other), one.max(other)))
            .copied()
            .unwrap_or(0)
    }
}
