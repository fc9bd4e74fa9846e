//! Which marks of several people mean the same, so that the disorder is least: what γ is counted from. Knows
//! nothing of texts and people.
//!
//! The disorder of marks that are taken for one is the mean over each two people: how unlike their two marks
//! are, and 1 where one of them has none. So it is 1 less what [`worth`](Aligning::worth) says of each two
//! groups that were joined. Of two people the least is found exactly. Of more there is no quick way: the marks
//! of each person, or of two, are set free in turn and joined again as well as can be until nothing gets
//! better, from several beginnings.

use super::super::matching::{self, Pairing};
use crate::model::sorted::sort_by;

/// Of more people than this each is set free alone, from one beginning.
const FEW: usize = 6;

/// How often the marks of each of few people are set free at most, and those of each of many.
const ROUNDS: [usize; 2] = [20, 3];

/// A part of a mark, from its first word to behind its last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Unit {
    pub start: f64,
    pub end: f64,
    pub label: usize,
}

/// How unlike two units are: how far their ends are apart, by their lengths, and 1 for another label.
fn unlikeness(one: &Unit, other: &Unit) -> f64 {
    let apart = (one.start - other.start).abs() + (one.end - other.end).abs();
    let far = apart / (one.end - one.start + other.end - other.start);
    far * far + if one.label == other.label { 0.0 } else { 1.0 }
}

/// Units that are taken for one, with the places of their people, each of whom has at most one.
type Group = Vec<(usize, Unit)>;

fn first(group: &Group) -> f64 {
    let starts = group.iter().map(|it| it.1.start);
    starts.fold(f64::INFINITY, f64::min)
}

fn last(group: &Group) -> f64 {
    let starts = group.iter().map(|it| it.1.start);
    starts.fold(f64::NEG_INFINITY, f64::max)
}

/// The least disorder with which the units of two or more people can be aligned, summed over all groups: a unit
/// that stands alone counts 1.
pub(super) fn least_disorder(people: &[Vec<Unit>]) -> f64 {
    let beginnings = match people.len() {
        3..=FEW => people.len(),
        _ => 1,
    };
    let begun = (0..beginnings).map(|begin| {
        let mut aligning = Aligning::new(people, begin);
        aligning.settle(people.len());
        aligning.disorder()
    });
    begun.fold(f64::INFINITY, f64::min)
}

struct Aligning {
    /// How many times two people there are.
    pairs: f64,
    /// So far apart, start from start, no two units are better joined than alone.
    reach: f64,
    groups: Vec<Group>,
}

impl Aligning {
    /// The units of one person after the other, from this one on, each joined with those before.
    fn new(people: &[Vec<Unit>], begin: usize) -> Self {
        let pairs = (people.len() * people.len().saturating_sub(1) / 2) as f64;
        let lengths = people.iter().flatten().map(|it| it.end - it.start);
        let longest = lengths.fold(0.0, f64::max);
        let mut made = Self {
            pairs,
            reach: 2.0 * longest * (1.0 + pairs).sqrt(),
            groups: Vec::new(),
        };
        for place in 0..people.len() {
            let person = (begin + place) % people.len();
            let own = people[person].iter().map(|unit| vec![(person, *unit)]);
            made.join(own.collect());
        }
        made
    }

    /// What the disorder is less by when two groups are joined that have no person in common.
    fn worth(&self, one: &Group, other: &Group) -> f64 {
        let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
        let alike = pairs.map(|(a, b)| 1.0 - unlikeness(&a.1, &b.1));
        1.0 + alike.sum::<f64>() / self.pairs
    }

    /// Joins groups with those that are there, so that it is worth most.
    fn join(&mut self, more: Vec<Group>) {
        let groups = &mut self.groups;
        sort_by(groups, |a, b| first(a).total_cmp(&first(b)));
        let firsts: Vec<f64> = groups.iter().map(first).collect();
        let wide = groups.iter().map(|it| last(it) - first(it));
        let wide = wide.fold(0.0, f64::max);
        let mut pairings = Vec::new();
        for (one, group) in more.iter().enumerate() {
            let (from, to) = (first(group) - self.reach - wide, last(group) + self.reach);
            let near =
                firsts.partition_point(|it| *it < from)..firsts.partition_point(|it| *it <= to);
            for other in near {
                let worth = self.worth(group, &self.groups[other]);
                if worth > 0.0 {
                    pairings.push(Pairing { one, other, worth });
                }
            }
        }
        let mut alone: Vec<Option<Group>> = more.into_iter().map(Some).collect();
        for it in matching::best(&pairings) {
            self.groups[it.other].extend(alone[it.one].take().into_iter().flatten());
        }
        self.groups.extend(alone.into_iter().flatten());
    }

    /// Sets the units of these people free, together where they are in one group, and joins them again: the
    /// disorder is never more than before.
    fn realign(&mut self, is_free: impl Fn(usize) -> bool) {
        let mut free = Vec::new();
        for group in std::mem::take(&mut self.groups) {
            let (own, others): (Group, Group) = group.into_iter().partition(|it| is_free(it.0));
            free.extend(Some(own).filter(|it| !it.is_empty()));
            self.groups.extend(Some(others).filter(|it| !it.is_empty()));
        }
        self.join(free);
    }

    /// Realigns until nothing gets better.
    fn settle(&mut self, people: usize) {
        // Two are aligned as well as can be from the beginning.
        let rounds = match people {
            0..=2 => 0,
            3..=FEW => ROUNDS[0],
            _ => ROUNDS[1],
        };
        for _ in 0..rounds {
            let before = self.disorder();
            for one in 0..people {
                self.realign(|it| it == one);
            }
            // Of three people to set two free is to set free the third.
            if (4..=FEW).contains(&people) {
                for one in 0..people {
                    (0..one).for_each(|other| self.realign(|it| it == one || it == other));
                }
            }
            if before - self.disorder() < 1e-9 {
                break;
            }
        }
    }

    fn disorder(&self) -> f64 {
        let of_group = |group: &Group| {
            let pairs = group.iter().enumerate();
            let pairs = pairs.flat_map(|(at, a)| group[..at].iter().map(move |b| (a, b)));
            let alike = pairs.map(|(a, b)| 1.0 - unlikeness(&a.1, &b.1));
            1.0 - alike.sum::<f64>() / self.pairs.max(1.0)
        };
        self.groups.iter().map(of_group).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{Unit, least_disorder};

    fn unit((start, end, label): (u32, u32, usize)) -> Unit {
        Unit {
            start: start.into(),
            end: end.into(),
            label,
        }
    }

    fn least(people: &[&[(u32, u32, usize)]]) -> f64 {
        let own = |it: &&[(u32, u32, usize)]| it.iter().copied().map(unit).collect();
        least_disorder(&people.iter().map(own).collect::<Vec<_>>())
    }

    #[test]
    fn disorder_of_two_is_least_over_all_alignments() {
        let one: &[_] = &[(0, 10, 0), (12, 20, 1)];
        for (other, expected) in [
            (&[(0, 10, 0), (12, 20, 1)][..], 0.0),
            (&[(0, 10, 0), (12, 20, 0)], 1.0),
            (&[(0, 10, 0)], 1.0),
            (&[], 2.0),
            // (1 + 1) / (10 + 10) squared, and a mark that stands alone.
            (&[(1, 11, 0)], 1.01),
            (&[(100, 101, 0)], 3.0),
        ] {
            let found = least(&[one, other]);
            assert!((found - expected).abs() < 1e-12, "{other:?}: {found}");
            assert_eq!(found, least(&[other, one]));
        }
    }

    #[test]
    fn disorder_of_several_is_the_mean_of_each_two() {
        let mark: &[_] = &[(0, 10, 0)];
        for (people, expected) in [
            (vec![mark, mark, mark], 0.0),
            // One of three has nothing: two of three pairs.
            (vec![mark, mark, &[]], 2.0 / 3.0),
            (vec![mark, mark, &[(0, 10, 1)]], 2.0 / 3.0),
            (vec![mark, &[], &[]], 1.0),
            (vec![mark, mark, mark, &[(1, 11, 0)]], 0.01 * 3.0 / 6.0),
            (vec![mark; 12], 0.0),
        ] {
            let found = least(&people);
            assert!((found - expected).abs() < 1e-12, "{people:?}: {found}");
        }
    }
}
