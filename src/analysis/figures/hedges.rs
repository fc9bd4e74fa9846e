//! How firmly a number is given, by the words before and behind it.

use super::Hedge;
use super::tokens::{Token, says};

type Hedges = &'static [(&'static str, Hedge)];

const BEFORE: Hedges = &[
    ("at least", Hedge::AtLeast),
    ("no fewer than", Hedge::AtLeast),
    ("no less than", Hedge::AtLeast),
    ("no more than", Hedge::AtMost),
    ("more than", Hedge::MoreThan),
    ("upwards of", Hedge::MoreThan),
    ("well over", Hedge::MoreThan),
    ("just over", Hedge::MoreThan),
    ("over", Hedge::MoreThan),
    ("less than", Hedge::LessThan),
    ("fewer than", Hedge::LessThan),
    ("just under", Hedge::Almost),
    ("under", Hedge::LessThan),
    ("up to", Hedge::AtMost),
    ("at most", Hedge::AtMost),
    ("as many as", Hedge::AtMost),
    ("the best part of", Hedge::Almost),
    ("close to", Hedge::Almost),
    ("almost", Hedge::Almost),
    ("nearly", Hedge::Almost),
    ("an estimated", Hedge::About),
    ("approximately", Hedge::About),
    ("roughly", Hedge::About),
    ("around", Hedge::About),
    ("about", Hedge::About),
    ("some", Hedge::About),
];

const AFTER: Hedges = &[
    ("or more", Hedge::AtLeast),
    ("or so", Hedge::About),
    (", near enough", Hedge::About),
    ("and change", Hedge::MoreThan),
    ("at most", Hedge::AtMost),
    ("at least", Hedge::AtLeast),
];

/// The hedge that ends where a number begins, and where it begins itself.
pub(super) fn hedge_before(tokens: &[Token], at: usize) -> Option<(usize, Hedge)> {
    BEFORE.iter().find_map(|(words, hedge)| {
        let from = at.checked_sub(words.split(' ').count())?;
        says(tokens, from, words).then_some((from, *hedge))
    })
}

/// The hedge that begins where a figure ends, and where it ends itself.
pub(super) fn hedge_after(tokens: &[Token], at: usize) -> Option<(usize, Hedge)> {
    let found = AFTER.iter().find(|it| says(tokens, at, it.0))?;
    Some((at + found.0.split(' ').count(), found.1))
}
