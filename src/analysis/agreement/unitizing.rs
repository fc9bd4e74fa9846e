//! How far people cut the same stretches out of a text: Krippendorff's α for unitizing, for one label.
//!
//! Krippendorff, “On the reliability of unitizing continuous data” (1995), in the form of “Content Analysis”
//! (2004, section 11.6). Lengths are counted in words. Marks of one person and one label that overlap are
//! one unit; such that touch are two. Over several articles, and several labels, the disagreements
//! are summed up, those of an article weighted by its length.

use std::ops::Range;

use super::value::{Undefined, Value};
use crate::model::sorted::sort_by;

/// What one person cut out of one text with one label.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Units {
    units: Vec<Range<usize>>,
    /// The lengths of what is between the units, the longest last, and of each and all longer ones the sum.
    gaps: Vec<(f64, f64)>,
}

/// Observed and expected disagreement. They add up.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Disagreement {
    pub observed: f64,
    pub expected: f64,
}

impl Disagreement {
    pub fn add(&mut self, it: Disagreement) {
        self.observed += it.observed;
        self.expected += it.expected;
    }

    /// Krippendorff's α for unitizing.
    pub fn alpha(&self) -> Value {
        match self.expected > 0.0 {
            true => Ok(1.0 - self.observed / self.expected),
            false => Err(Undefined::Unmarked),
        }
    }
}

impl Units {
    /// Those of a text of so many words. `marked` is in order of where it begins.
    pub fn of(marked: impl Iterator<Item = Range<usize>>, length: usize) -> Self {
        let mut units: Vec<Range<usize>> = Vec::new();
        for it in marked {
            match units.last_mut() {
                Some(last) if it.start < last.end => last.end = last.end.max(it.end),
                _ => units.push(it),
            }
        }
        let mut gaps = Vec::new();
        let mut from = 0;
        let behind = std::iter::once(length..length);
        for it in units.iter().cloned().chain(behind) {
            if it.start > from {
                gaps.push(((it.start - from) as f64, 0.0));
            }
            from = it.end;
        }
        sort_by(&mut gaps, |a, b| a.0.total_cmp(&b.0));
        let mut sum = 0.0;
        for gap in gaps.iter_mut().rev() {
            sum += gap.0;
            gap.1 = sum;
        }
        Self { units, gaps }
    }

    /// In how many ways a unit of this length fits into the gaps.
    fn ways(&self, length: f64) -> f64 {
        let from = self.gaps.partition_point(|it| it.0 < length);
        let longer = (self.gaps.len() - from) as f64;
        let sum = self.gaps.get(from).map_or(0.0, |it| it.1);
        sum - longer * (length - 1.0)
    }

    fn lengths(&self) -> impl Iterator<Item = f64> {
        self.units.iter().map(|it| it.len() as f64)
    }

    /// The squared differences between what two people cut out.
    fn differences(&self, other: &Units) -> f64 {
        let (mut sum, mut first) = (0.0, 0);
        for unit in &self.units {
            while other
                .units
                .get(first)
                .is_some_and(|it| it.end <= unit.start)
            {
                first += 1;
            }
            let over = other.units[first..]
                .iter()
                .take_while(|it| it.start < unit.end);
            let mut is_alone = true;
            for it in over {
                is_alone = false;
                sum += square(unit.start, it.start) + square(unit.end, it.end);
            }
            if is_alone {
                sum += square(unit.len(), 0);
            }
        }
        let mut first = 0;
        for unit in &other.units {
            while self.units.get(first).is_some_and(|it| it.end <= unit.start) {
                first += 1;
            }
            if self.units.get(first).is_none_or(|it| it.start >= unit.end) {
                sum += square(unit.len(), 0);
            }
        }
        sum
    }
}

fn square(a: usize, b: usize) -> f64 {
    let difference = a.abs_diff(b) as f64;
    difference * difference
}

/// The disagreements of all people about one text and one label, and those of each pair: by the first one's
/// place, the second one's.
pub(super) fn disagreements(
    people: &[Units],
    length: usize,
) -> (Disagreement, Vec<Vec<Disagreement>>) {
    let count = people.len();
    // How the units of one fall on the gaps of another, and what else the formula sums up over units.
    let falls = |a: &Units, b: &Units| a.lengths().map(|it| it * it * b.ways(it)).sum::<f64>();
    let sums: Vec<[f64; 3]> = people.iter().map(of_units).collect();
    let fall: Vec<Vec<f64>> = people
        .iter()
        .map(|a| people.iter().map(|b| falls(a, b)).collect())
        .collect();
    let expected = |chosen: &[usize]| {
        let sum = |at: usize| chosen.iter().map(|&it| sums[it][at]).sum::<f64>();
        let fall: f64 = chosen
            .iter()
            .flat_map(|&a| chosen.iter().map(move |&b| (a, b)))
            .map(|(a, b)| fall[a][b])
            .sum();
        let places = (chosen.len() * length) as f64;
        let ways = places * (places - 1.0) - sum(1);
        match ways > 0.0 {
            true => 2.0 * ((sum(0) - 1.0) * sum(2) + fall) / ways,
            false => 0.0,
        }
    };
    let size = length as f64;
    let mut all = Disagreement::default();
    let mut pairs = vec![Vec::new(); count];
    for one in 0..count {
        for other in 0..count {
            if other <= one {
                pairs[one].push(Disagreement::default());
                continue;
            }
            let observed = people[one].differences(&people[other]) / size.max(1.0);
            all.observed += observed;
            let expected = expected(&[one, other]);
            pairs[one].push(Disagreement { observed, expected });
        }
    }
    if count > 1 {
        all.observed /= (count * (count - 1) / 2) as f64;
        all.expected = expected(&(0..count).collect::<Vec<_>>());
    }
    (all, pairs)
}

/// How many units there are, and of their lengths the sums of l(l − 1) and of (2l³ − 3l² + l) / 3.
fn of_units(it: &Units) -> [f64; 3] {
    let ordered = it.lengths().map(|l| l * (l - 1.0)).sum();
    let cubes = it
        .lengths()
        .map(|l| (2.0 * l * l * l - 3.0 * l * l + l) / 3.0)
        .sum();
    [it.units.len() as f64, ordered, cubes]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        length: usize,
        one: &[(usize, usize)],
        other: &[(usize, usize)],
        observed: f64,
    ) -> Disagreement {
        let units =
            |it: &[(usize, usize)]| Units::of(it.iter().map(|it| it.0..it.0 + it.1), length);
        let people = [units(one), units(other)];
        let (all, pairs) = disagreements(&people, length);
        assert_eq!(all, pairs[0][1], "two people are a pair");
        let found = all.observed / length as f64;
        assert!(
            (found - observed).abs() < 0.00005,
            "{found} is not {observed}"
        );
        all
    }

    #[test]
    fn the_example_of_2004_has_its_published_values() {
        // Begin and length; the text of the book begins at 150.
        let c = check(
            300,
            &[(75, 70), (220, 30)],
            &[(70, 80), (205, 20), (250, 20)],
            0.0144,
        );
        assert!((c.expected / 300.0 - 0.0532).abs() < 0.00005);
        assert!((c.alpha().expect("a value") - 0.7286).abs() < 0.00005);
        let k = check(300, &[(30, 60), (150, 50)], &[(30, 60), (150, 50)], 0.0);
        assert!((k.expected / 300.0 - 0.0490).abs() < 0.00005);
        assert_eq!(k.alpha(), Ok(1.0));
        let mut both = c;
        both.add(k);
        assert!((both.alpha().expect("a value") - 0.8591).abs() < 0.0005);
    }

    #[test]
    fn the_examples_of_1995_have_their_published_values() {
        check(24, &[(2, 8), (14, 6)], &[(4, 4), (15, 2)], 0.03125);
        let single = [(0, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 3), (9, 1)];
        check(24, &[(0, 18)], &single, 2.26736);
        let c = [(2, 6), (10, 2), (14, 4), (20, 2)];
        let d = [(0, 2), (4, 4), (10, 4), (16, 2), (20, 2)];
        check(24, &c, &d, 0.02777);
        let half =
            |it: &[(usize, usize)]| it.iter().map(|it| (it.0 / 2, it.1 / 2)).collect::<Vec<_>>();
        let half = check(12, &half(&c), &half(&d), 0.02777);
        assert!((half.expected / 12.0 - 0.05494).abs() < 0.000_01);
        assert!((half.alpha().expect("a value") - 0.494).abs() < 0.001);
    }

    #[test]
    fn where_nothing_is_marked_there_is_no_value() {
        let none = check(10, &[], &[], 0.0);
        assert_eq!(none.alpha(), Err(Undefined::Unmarked));
        // The whole text by one, nothing by the other.
        assert!(check(10, &[(0, 10)], &[], 1.0).alpha().expect("a value") < 0.1);
    }
}
