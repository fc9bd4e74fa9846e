//! How far people say the same of single words: percent, Cohen's and Fleiss' κ, Krippendorff's α for nominal
//! values. Knows nothing of where a mark begins.
//!
//! Cohen (1960), Fleiss (1971), Krippendorff (2004, chapter 11). A word's value is the set of labels it is
//! marked with.

use super::value::{Undefined, Value, share};

/// What some words, judged by the same people, add to the counts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Words {
    /// How many people have judged them.
    pub people: f64,
    /// Whether these are all there are.
    pub are_all: bool,
    /// How many words.
    pub words: f64,
    /// The sum, over words and values, of the squares of how many people gave the value.
    pub squares: f64,
    /// How often each value was given, by its number.
    pub values: Vec<(u32, f64)>,
}

/// Counts over words. They add up.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Nominal {
    same: f64,
    pairs: f64,
    differing: f64,
    values: Vec<f64>,
    /// Of the words that everybody has judged: pairs that say the same, all pairs, values.
    full: (f64, f64, Vec<f64>),
}

impl Nominal {
    pub fn add(&mut self, it: &Words) {
        if it.people < 2.0 {
            return;
        }
        let judged = it.people * it.words;
        let same = it.squares - judged;
        let pairs = judged * (it.people - 1.0);
        self.same += same;
        self.pairs += pairs;
        self.differing += (it.people * judged - it.squares) / (it.people - 1.0);
        add_values(&mut self.values, &it.values);
        if it.are_all {
            self.full.0 += same;
            self.full.1 += pairs;
            add_values(&mut self.full.2, &it.values);
        }
    }

    /// The share of pairs of people that say the same of a word, 0 to 1.
    pub fn percent(&self) -> Value {
        share(self.same, self.pairs, Undefined::Apart)
    }

    /// Krippendorff's α.
    pub fn alpha(&self) -> Value {
        let (sum, squares) = sums(&self.values);
        if sum == 0.0 {
            return Err(Undefined::Apart);
        }
        let expected = sum * sum - squares;
        check_varied(expected, &self.values)?;
        Ok(1.0 - (sum - 1.0) * self.differing / expected)
    }

    /// Fleiss' κ, over the articles that all have marked; of two people it is Scott's π.
    pub fn fleiss(&self) -> Value {
        let observed = share(self.full.0, self.full.1, Undefined::Incomplete)?;
        let (sum, squares) = sums(&self.full.2);
        check_varied(sum * sum - squares, &self.full.2)?;
        Ok(corrected(observed, squares / (sum * sum)))
    }
}

fn add_values(all: &mut Vec<f64>, more: &[(u32, f64)]) {
    for &(value, count) in more {
        let value = value as usize;
        if value >= all.len() {
            all.resize(value + 1, 0.0);
        }
        all[value] += count;
    }
}

/// The sum and the sum of the squares.
fn sums(values: &[f64]) -> (f64, f64) {
    let squares = values.iter().map(|it| it * it).sum();
    (values.iter().sum(), squares)
}

/// An error where all values are one, so that nothing is left to chance.
fn check_varied(expected: f64, values: &[f64]) -> Result<(), Undefined> {
    let is_unmarked = values.iter().skip(1).all(|it| *it == 0.0);
    match expected > 0.0 {
        true => Ok(()),
        false if is_unmarked => Err(Undefined::Unmarked),
        false => Err(Undefined::OneValue),
    }
}

/// How much of what is beyond chance is there.
fn corrected(observed: f64, expected: f64) -> f64 {
    (observed - expected) / (1.0 - expected)
}

/// What two people say of the same words. Counts add up.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Two {
    words: f64,
    same: f64,
    /// How often each of them gave each value.
    values: [Vec<f64>; 2],
}

impl Two {
    /// Adds words of which they say the same so often; `values` is how often each gave each value.
    pub fn add(&mut self, words: f64, same: f64, values: [&[f64]; 2]) {
        self.words += words;
        self.same += same;
        for (all, more) in self.values.iter_mut().zip(values) {
            if all.len() < more.len() {
                all.resize(more.len(), 0.0);
            }
            for (all, more) in all.iter_mut().zip(more) {
                *all += more;
            }
        }
    }

    /// The share of words of which they say the same, 0 to 1.
    pub fn percent(&self) -> Value {
        share(self.same, self.words, Undefined::Apart)
    }

    /// Cohen's κ.
    pub fn cohen(&self) -> Value {
        let observed = self.percent()?;
        let [one, other] = &self.values;
        let by_chance: f64 = one.iter().zip(other).map(|(a, b)| a * b).sum();
        let all = self.words * self.words;
        let unmarked = |it: &Vec<f64>| it.iter().skip(1).all(|it| *it == 0.0);
        match by_chance < all {
            true => Ok(corrected(observed, by_chance / all)),
            false if unmarked(one) && unmarked(other) => Err(Undefined::Unmarked),
            false => Err(Undefined::OneValue),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The counts of a table of values, a row a word, a column a person; `None` where one has not judged it.
    fn nominal(rows: &[&[Option<u32>]]) -> Nominal {
        let mut made = Nominal::default();
        for row in rows {
            let given: Vec<u32> = row.iter().flatten().copied().collect();
            let most = given.iter().max().map_or(0, |it| it + 1);
            let count = |value| given.iter().filter(|it| **it == value).count() as f64;
            let values: Vec<(u32, f64)> = (0..most).map(|it| (it, count(it))).collect();
            made.add(&Words {
                people: given.len() as f64,
                are_all: given.len() == row.len(),
                words: 1.0,
                squares: values.iter().map(|it| it.1 * it.1).sum(),
                values,
            });
        }
        made
    }

    #[test]
    fn alpha_is_that_of_the_published_example() {
        // Krippendorff, “Computing Krippendorff’s Alpha-Reliability” (2011), four observers, nominal: 0.743.
        let observers = [
            "123321412...",
            "1233224125.3",
            ".3332342251.",
            "12332441251.",
        ];
        // A dot is a value that is missing.
        let column = |unit: usize| {
            let value = |it: &&str| it.as_bytes()[unit].checked_sub(b'0').filter(|it| *it < 10);
            observers
                .iter()
                .map(|it| value(it).map(u32::from))
                .collect::<Vec<_>>()
        };
        let rows: Vec<Vec<Option<u32>>> = (0..12).map(column).collect();
        let rows: Vec<&[Option<u32>]> = rows.iter().map(Vec::as_slice).collect();
        let alpha = nominal(&rows).alpha().expect("it has a value");
        assert!((alpha - 0.743421).abs() < 1e-6, "{alpha}");
    }

    #[test]
    fn what_is_not_known_has_a_reason() {
        let all = |value: u32| nominal(&[&[Some(value), Some(value)], &[Some(value), Some(value)]]);
        assert_eq!(all(0).alpha(), Err(Undefined::Unmarked));
        assert_eq!(all(3).alpha(), Err(Undefined::OneValue));
        assert_eq!(all(3).fleiss(), Err(Undefined::OneValue));
        assert_eq!(nominal(&[&[Some(1), None]]).alpha(), Err(Undefined::Apart));
        let uneven = nominal(&[&[Some(1), Some(0), None]]);
        assert_eq!(uneven.fleiss(), Err(Undefined::Incomplete));
        assert_eq!(Two::default().cohen(), Err(Undefined::Apart));
    }
}
