//! Two texts of one article, an earlier and a later one: where the words of the one stand in the other,
//! what becomes of marks, and which sentences changed.
//!
//! Nothing is guessed: a few words that changed are found where the words around them lead, whole
//! sentences where they stand now and did not stand before; what is left has no place. Knows nothing of
//! who asks, and changes nothing.

mod carrying;
mod sentences;

use std::ops::Range;

use super::compare::{Token, alike, coded, pairs, tokens};
use crate::model::{self, Span, Text, Unit, around, trim, widen_to_graphemes};

pub use self::sentences::{Rewritten, Watched};
pub use carrying::{Carried, CarryOver, Fate};

/// So many words are enough to tell that they moved.
const TELLING: usize = 4;

/// The least share of the letters of a mark that must still stand together.
const ENOUGH: f32 = 0.5;

/// What becomes of words in a later text, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Landing {
    /// They stand where the words around them stand, and read the same.
    Same,
    /// They stand elsewhere, unchanged.
    Moved,
    /// They stand at several other places; this is the likeliest.
    Ambiguous,
    /// Some words among them changed.
    Inside,
    /// Their beginning or their end changed.
    Edges,
}

/// A word, a sign or a blank, and its like in the other text, where it has one.
struct Paired {
    token: Token,
    like: Option<usize>,
}

/// Two texts of one article.
pub struct Edition<'t> {
    earlier: &'t Text,
    later: &'t Text,
    first: Vec<Paired>,
    second: Vec<Paired>,
}

impl<'t> Edition<'t> {
    /// Compares two texts: whole sentences first, and word by word what is between those that stayed.
    pub fn of(earlier: &'t Text, later: &'t Text) -> Self {
        let (a, b) = (tokens(earlier.as_str()), tokens(later.as_str()));
        let pairs = by_sentences((earlier, &a), (later, &b));
        let alone = |token| Paired { token, like: None };
        let mut first: Vec<Paired> = a.into_iter().map(alone).collect();
        let mut second: Vec<Paired> = b.into_iter().map(alone).collect();
        for (i, j) in pairs {
            (first[i].like, second[j].like) = (Some(j), Some(i));
        }
        Self {
            earlier,
            later,
            first,
            second,
        }
    }

    /// The share of the words that both texts have, by letters, from 0 to 1.
    pub fn share(&self) -> f32 {
        let kept = letters(self.first.iter().filter(|it| it.like.is_some()));
        let all = letters(self.first.iter()).max(letters(self.second.iter()));
        kept as f32 / all.max(1) as f32
    }

    /// Where words of the earlier text stand in the later one; `None` where they are not there any more.
    pub fn carry(&self, span: Span) -> Option<(Span, Landing)> {
        let part = within(&self.first, span);
        if let Some(place) = self.unchanged(span, part.clone()) {
            return Some((place, Landing::Same));
        }
        let is_telling = words(&self.first[part.clone()]) >= TELLING;
        self.moved(span, is_telling).or_else(|| self.changed(part))
    }

    /// Where all of the words stand together.
    fn unchanged(&self, span: Span, part: Range<usize>) -> Option<Span> {
        let own = &self.first[part];
        let (first, last) = (own.first()?, own.last()?);
        let place = first.like?;
        let together = |(it, at): (&Paired, usize)| it.like == Some(at);
        if !own.iter().zip(place..).all(together) {
            return None;
        }
        let (start, end) = (first.like?, last.like?);
        let (start, end) = (&self.second[start].token, &self.second[end].token);
        // A mark may begin or end within a word, which is then the same to the letter or has no such place.
        let skipped = span.start().bytes() - first.token.range.start;
        let left = last.token.range.end - span.end().bytes();
        let exactly = |it: &Token, other: &Token| {
            self.earlier.as_str()[it.range.clone()] == self.later.as_str()[other.range.clone()]
        };
        let skipped = if exactly(&first.token, start) {
            skipped
        } else {
            0
        };
        let left = if exactly(&last.token, end) { left } else { 0 };
        self.later
            .span(start.range.start + skipped, end.range.end - left)
    }

    /// Where the words, or the sentence they stand in, stand now and did not before.
    fn moved(&self, span: Span, is_telling: bool) -> Option<(Span, Landing)> {
        let whole = match is_telling {
            true => span,
            false => {
                let sentence = around(self.earlier, span.start(), Unit::Sentence)?;
                let words = words(&self.first[within(&self.first, sentence)]);
                Some(sentence).filter(|it| it.contains(span) && words >= TELLING)?
            }
        };
        let exact = self.earlier.slice(whole);
        let all = self.later.as_str().match_indices(exact).take(1_000);
        let new = all.filter_map(|(at, _)| {
            let there = self.later.span(at, at + exact.len())?;
            self.is_new(there).then_some(at)
        });
        let new: Vec<usize> = new.collect();
        let home = span.start().bytes();
        let at = *new.iter().min_by_key(|it| it.abs_diff(home))?;
        let landing = match new.len() {
            1 => Landing::Moved,
            _ => Landing::Ambiguous,
        };
        let start = at + span.start().bytes() - whole.start().bytes();
        let there = self.later.span(start, start + span.byte_len())?;
        Some((there, landing))
    }

    /// Whether most words of a stretch of the later text are at no place of the earlier one, and whether
    /// it cuts none of them.
    fn is_new(&self, span: Span) -> bool {
        let part = within(&self.second, span);
        let own = &self.second[part];
        let is_whole = own.first().zip(own.last()).is_some_and(|(first, last)| {
            first.token.range.start == span.start().bytes()
                && last.token.range.end == span.end().bytes()
        });
        let new = own.iter().filter(|it| it.like.is_none());
        is_whole && 2 * letters(new) > letters(own.iter())
    }

    /// Where some of the words stand together still, with what came in the place of the others.
    fn changed(&self, part: Range<usize>) -> Option<(Span, Landing)> {
        let own = &self.first[part.clone()];
        let is_kept = |it: &Paired| it.like.is_some() && !is_blank(self.earlier, it);
        let (one, two) = (
            own.iter().position(is_kept)?,
            own.iter().rposition(is_kept)?,
        );
        let (from, to) = (own[one].like?, own[two].like?);
        let kept = letters(own.iter().filter(|it| it.like.is_some()));
        let (before, after) = (own[..one].iter(), own[two + 1..].iter());
        let lost_edge = before.chain(after).any(|it| !is_blank(self.earlier, it));
        // What came in the place of the edges belongs to the mark where nothing beyond them changed.
        let start = match self.first[..part.start].last() {
            Some(it) => it.like.map(|it| it + 1),
            None => Some(0),
        };
        let end = match self.first.get(part.end) {
            Some(it) => it.like,
            None => Some(self.second.len()),
        };
        let start = start
            .filter(|_| one > 0)
            .filter(|it| self.replaces(*it..from, &own[..one]));
        let end = end.filter(|_| two + 1 < own.len());
        let end = end.filter(|it| self.replaces(to + 1..*it, &own[two + 1..]));
        let (start, end) = (start.unwrap_or(from), end.unwrap_or(to + 1));
        let new = letters(self.second[from..=to].iter());
        if (kept as f32) < ENOUGH * letters(own.iter()).max(new) as f32 {
            return None;
        }
        let landing = match lost_edge {
            true => Landing::Edges,
            false => Landing::Inside,
        };
        let (start, end) = (
            &self.second[start].token.range,
            &self.second[end - 1].token.range,
        );
        let there = trim(self.later, self.later.span(start.start, end.end)?)?;
        Some((widen_to_graphemes(self.later, there), landing))
    }

    /// Whether some words of the later text may stand in the place of these.
    fn replaces(&self, place: Range<usize>, gone: &[Paired]) -> bool {
        let Some(new) = self.second.get(place) else {
            return false;
        };
        let has_line_end = |it: &Paired| self.later.as_str()[it.token.range.clone()].contains('\n');
        !new.iter().any(has_line_end) && letters(new.iter()) <= 2 * letters(gone.iter()) + 20
    }
}

/// The places of what two texts have in common: whole sentences where these stayed, so that none is taken
/// apart for the sake of a word; else words.
fn by_sentences(one: (&Text, &[Token]), other: (&Text, &[Token])) -> Vec<(usize, usize)> {
    let [a, b] = [one, other].map(|(text, tokens)| sentences(text, tokens));
    let code = |tokens: &[Token], all: &[Range<usize>]| {
        let coded = all.iter().map(|it| coded(&tokens[it.clone()]));
        coded.collect::<Vec<_>>()
    };
    let whole = pairs::of(&code(one.1, &a), &code(other.1, &b));
    let whole = whole.into_iter().map(|(i, j)| (a[i].clone(), b[j].clone()));
    let end = (one.1.len(), other.1.len());
    let (mut from, mut found) = ((0, 0), Vec::new());
    for (i, j) in whole.chain([(end.0..end.0, end.1..end.1)]) {
        let words = alike(&one.1[from.0..i.start], &other.1[from.1..j.start]);
        found.extend(words.into_iter().map(|it| (from.0 + it.0, from.1 + it.1)));
        from = (i.end, j.end);
        found.extend(i.zip(j));
    }
    found
}

/// The tokens of each sentence.
fn sentences(text: &Text, tokens: &[Token]) -> Vec<Range<usize>> {
    let tokens_of = |it: Span| {
        // A token that two sentences share belongs to the first one.
        let at = |byte| tokens.partition_point(|it| it.range.start < byte);
        at(it.start().bytes())..at(it.end().bytes())
    };
    model::sentences(text)
        .map(tokens_of)
        .filter(|it| !it.is_empty())
        .collect()
}

/// The tokens that share a character with a span.
fn within(tokens: &[Paired], span: Span) -> Range<usize> {
    let first = tokens.partition_point(|it| it.token.range.end <= span.start().bytes());
    let last = tokens.partition_point(|it| it.token.range.start < span.end().bytes());
    first..last
}

fn is_blank(text: &Text, it: &Paired) -> bool {
    text.as_str()[it.token.range.clone()].trim().is_empty()
}

/// How many words there are.
fn words(tokens: &[Paired]) -> usize {
    tokens.iter().filter(|it| it.token.is_word()).count()
}

/// How long the words among these are, in bytes.
fn letters<'p>(tokens: impl Iterator<Item = &'p Paired>) -> usize {
    let words = tokens.filter(|it| it.token.is_word());
    words.map(|it| it.token.range.len()).sum()
}

#[cfg(test)]
mod tests;
