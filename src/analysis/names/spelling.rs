//! Which names may be one that articles write in different ways. That no article has both is what makes
//! it a question; where one has, they are two.

use super::super::words::fold;
use super::belonging::Whole;
use super::{Name, NameGroup};
use crate::model::sorted::{SortedMap, sort_by};

/// The names, those together that may be one.
pub(super) fn grouped(mut all: Vec<Whole>) -> Vec<NameGroup> {
    sort_by(&mut all, |a, b| a.name.form.cmp(&b.name.form));
    let words: Vec<Vec<Spelt>> = all.iter().map(|it| words_of(&it.name.form)).collect();
    let mut group_of: Vec<usize> = (0..all.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..all.len()).map(|it| vec![it]).collect();
    for (one, other) in neighbours(&words) {
        let (to, from) = (group_of[one], group_of[other]);
        let may_be = from != to && may_be_one(&all[one], &all[other], &words[one], &words[other]);
        let meets = |it: &usize| {
            members[from]
                .iter()
                .any(|other| share(&all[*it], &all[*other]))
        };
        if may_be && !members[to].iter().any(meets) {
            let moved = std::mem::take(&mut members[from]);
            moved.iter().for_each(|it| group_of[*it] = to);
            members[to].extend(moved);
        }
    }
    let mut groups: SortedMap<usize, Vec<Name>> = SortedMap::default();
    for (whole, group) in all.into_iter().zip(group_of) {
        groups.or_default(group).push(whole.name);
    }
    let groups = groups.iter().map(|it| NameGroup {
        names: it.1.clone(),
    });
    groups.collect()
}

/// A word of a name, as it is compared.
#[derive(PartialEq)]
struct Spelt {
    /// In small letters.
    lower: String,
    /// The same without accents.
    folded: String,
    /// The same with one letter for what is written with one or two.
    plain: String,
}

impl Spelt {
    fn of(word: &str) -> Self {
        let lower = word.replace('.', "").to_lowercase();
        let mut folded = String::new();
        fold(&lower, &mut folded);
        let pairs = [("ae", "a"), ("oe", "o"), ("ue", "u"), ("ss", "ß")];
        let plain = pairs
            .iter()
            .fold(folded.clone(), |it, pair| it.replace(pair.0, pair.1));
        Self {
            lower,
            folded,
            plain,
        }
    }
}

/// The words of a name without single letters.
fn words_of(form: &str) -> Vec<Spelt> {
    let words = form.split([' ', '-', '\u{a0}', '‐', '‑']).map(Spelt::of);
    words.filter(|it| it.lower.chars().count() > 1).collect()
}

/// The pairs that begin or end alike, each once, in order.
fn neighbours(words: &[Vec<Spelt>]) -> Vec<(usize, usize)> {
    let mut ends: Vec<(String, usize)> = Vec::new();
    for (at, words) in words.iter().enumerate() {
        if let [one] = words.as_slice() {
            ends.push((one.folded.chars().take(2).collect(), at));
        } else if let (Some(first), Some(last)) = (words.first(), words.last()) {
            ends.extend([
                (format!("{} ", first.lower), at),
                (format!(" {}", last.lower), at),
            ]);
        }
    }
    sort_by(&mut ends, Ord::cmp);
    let mut pairs = Vec::new();
    for alike in ends.chunk_by(|a, b| a.0 == b.0) {
        for (place, at) in alike.iter().enumerate() {
            pairs.extend(alike[..place].iter().map(|it| (it.1, at.1)));
        }
    }
    sort_by(&mut pairs, Ord::cmp);
    pairs.dedup();
    pairs
}

/// Whether an article has both.
fn share(a: &Whole, b: &Whole) -> bool {
    a.articles
        .iter()
        .any(|it| b.articles.binary_search(it).is_ok())
}

fn may_be_one(a: &Whole, b: &Whole, one: &[Spelt], other: &[Spelt]) -> bool {
    let (Some(first), Some(last)) = (one.first().zip(other.first()), one.last().zip(other.last()))
    else {
        return false;
    };
    let is_full = one.len() > 1 && other.len() > 1;
    if is_full && last.0 == last.1 && !a.is_common && !b.is_common {
        let letters = first.0.lower.chars().zip(first.1.lower.chars());
        let begins_alike = letters.take_while(|it| it.0 == it.1).count() > 3;
        return begins_alike
            || first.0 == first.1
            || a.is_person && b.is_person
            || is_near(first.0, first.1, true);
    }
    let mut differing = one.iter().zip(other).filter(|it| it.0 != it.1);
    let (Some(pair), None) = (differing.next(), differing.next()) else {
        return false;
    };
    one.len() == other.len() && is_near(pair.0, pair.1, is_full)
}

/// Whether two words are written nearly alike: but for accents, for one letter in five or, in a fuller
/// name, two in eight. “Mexico” and “Mexican” are two words.
fn is_near(one: &Spelt, other: &Spelt, is_full: bool) -> bool {
    let (a, b) = (&one.folded, &other.folded);
    if a.len().abs_diff(b.len()) > 4 {
        return false;
    }
    if one.plain == other.plain {
        return true;
    }
    let shorter = a.chars().count().min(b.chars().count());
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let ending = long.strip_prefix(short.as_str());
    if ending.is_some_and(|it| matches!(it, "s" | "n" | "ns" | "an" | "er" | "es" | "in" | "'s")) {
        return false;
    }
    let most = match shorter {
        ..=4 => 0,
        8.. if is_full => 2,
        _ => 1,
    };
    distance(a, b) <= most
}

/// How many letters have to be put in, left out or exchanged.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, a) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        for (place, b) in other.iter().enumerate() {
            let changed = corner + usize::from(a != *b);
            corner = row[place + 1];
            row[place + 1] = changed.min(corner + 1).min(row[place] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
