//! Which of two lists of things belong together: each with at most one, so that what the pairs are worth is
//! the most there can be. Knows nothing of what is paired.

use crate::model::sorted::sort_by;

/// A thing of the first list, one of the second, and what it is worth to pair them; more than 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pairing {
    /// Its place in the first list.
    pub one: usize,
    /// Its place in the second list.
    pub other: usize,
    /// What it is worth.
    pub worth: f64,
}

/// The most cells of a table that are solved exactly. Of what is larger, thousands of marks over each other,
/// the dearest pairs are taken first.
const MOST_CELLS: usize = 250_000;

/// The pairs that are worth most together, in the order of the first list.
pub fn best(pairings: &[Pairing]) -> Vec<Pairing> {
    let mut chosen = Vec::new();
    for group in groups(pairings) {
        match group.as_slice() {
            [only] => chosen.push(*only),
            many => solve(many, &mut chosen),
        }
    }
    sort_by(&mut chosen, |a, b| a.one.cmp(&b.one));
    chosen
}

/// Those that share a thing, directly or by others, together: the groups do not touch each other.
fn groups(pairings: &[Pairing]) -> Vec<Vec<Pairing>> {
    let most = |of: fn(&Pairing) -> usize| pairings.iter().map(of).max().map_or(0, |it| it + 1);
    let (ones, others) = (most(|it| it.one), most(|it| it.other));
    let mut leader: Vec<usize> = (0..ones + others).collect();
    for it in pairings {
        let (a, b) = (
            find(&mut leader, it.one),
            find(&mut leader, ones + it.other),
        );
        leader[a.max(b)] = a.min(b);
    }
    let mut place = vec![usize::MAX; leader.len()];
    let mut found: Vec<Vec<Pairing>> = Vec::new();
    for it in pairings {
        let at = find(&mut leader, it.one);
        if place[at] == usize::MAX {
            place[at] = found.len();
            found.push(Vec::new());
        }
        found[place[at]].push(*it);
    }
    found
}

fn find(leader: &mut [usize], mut at: usize) -> usize {
    while leader[at] != at {
        leader[at] = leader[leader[at]];
        at = leader[at];
    }
    at
}

/// The places of a list that occur, in order, once each.
fn distinct(mut all: Vec<usize>) -> Vec<usize> {
    sort_by(&mut all, Ord::cmp);
    all.dedup();
    all
}

fn solve(pairings: &[Pairing], chosen: &mut Vec<Pairing>) {
    let ones = distinct(pairings.iter().map(|it| it.one).collect());
    let others = distinct(pairings.iter().map(|it| it.other).collect());
    if ones.len() * others.len() > MOST_CELLS {
        return take_dearest(pairings, chosen);
    }
    // The table has no more rows than columns.
    let is_turned = ones.len() > others.len();
    let (rows, columns) = if is_turned {
        (&others, &ones)
    } else {
        (&ones, &others)
    };
    let mut worth = vec![0.0; rows.len() * columns.len()];
    for it in pairings {
        let (row, column) = if is_turned {
            (it.other, it.one)
        } else {
            (it.one, it.other)
        };
        let row = rows.partition_point(|&known| known < row);
        let column = columns.partition_point(|&known| known < column);
        let cell = &mut worth[row * columns.len() + column];
        *cell = it.worth.max(*cell);
    }
    for (row, column) in assign(&worth, rows.len(), columns.len()) {
        let worth = worth[row * columns.len() + column];
        // A cell of no worth stands for two things that stay alone.
        if worth > 0.0 {
            let (row, column) = (rows[row], columns[column]);
            let (one, other) = if is_turned {
                (column, row)
            } else {
                (row, column)
            };
            chosen.push(Pairing { one, other, worth });
        }
    }
}

fn take_dearest(pairings: &[Pairing], chosen: &mut Vec<Pairing>) {
    let mut sorted = pairings.to_vec();
    sort_by(&mut sorted, |a, b| b.worth.total_cmp(&a.worth));
    let most = |of: fn(&Pairing) -> usize| pairings.iter().map(of).max().map_or(0, |it| it + 1);
    let mut taken = (
        vec![false; most(|it| it.one)],
        vec![false; most(|it| it.other)],
    );
    for it in sorted {
        if !taken.0[it.one] && !taken.1[it.other] {
            (taken.0[it.one], taken.1[it.other]) = (true, true);
            chosen.push(it);
        }
    }
}

/// A column for each row, no column twice, so that the cells are worth most together: the method of Kuhn and
/// Munkres with potentials, row by row. There must be at least as many columns as rows.
fn assign(worth: &[f64], rows: usize, columns: usize) -> Vec<(usize, usize)> {
    // Place 0 of each list stands for "none"; rows and columns are counted from 1.
    let mut of_row = vec![0.0; rows + 1];
    let mut of_column = vec![0.0; columns + 1];
    let mut row_of = vec![0; columns + 1];
    let mut before = vec![0; columns + 1];
    for row in 1..=rows {
        row_of[0] = row;
        let mut column = 0;
        let mut slack = vec![f64::INFINITY; columns + 1];
        let mut is_done = vec![false; columns + 1];
        while row_of[column] != 0 {
            is_done[column] = true;
            let at = row_of[column];
            let (mut least, mut next) = (f64::INFINITY, 0);
            for to in (1..=columns).filter(|&to| !is_done[to]) {
                let cost = -worth[(at - 1) * columns + to - 1] - of_row[at] - of_column[to];
                if cost < slack[to] {
                    (slack[to], before[to]) = (cost, column);
                }
                if slack[to] < least {
                    (least, next) = (slack[to], to);
                }
            }
            for to in 0..=columns {
                if is_done[to] {
                    of_row[row_of[to]] += least;
                    of_column[to] -= least;
                } else {
                    slack[to] -= least;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[before[column]];
            column = before[column];
        }
    }
    let pairs = (1..=columns).filter(|&it| row_of[it] != 0);
    pairs.map(|it| (row_of[it] - 1, it - 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sum(pairings: &[Pairing]) -> f64 {
        pairings.iter().map(|it| it.worth).sum()
    }

    /// The most there can be, by trying everything.
    fn tried(pairings: &[Pairing], taken: u32) -> f64 {
        let Some((first, rest)) = pairings.split_first() else {
            return 0.0;
        };
        let bits = 1 << first.one | 1 << (16 + first.other);
        let without = tried(rest, taken);
        match taken & bits {
            0 => without.max(first.worth + tried(rest, taken | bits)),
            _ => without,
        }
    }

    proptest! {
        #[test]
        fn nothing_is_worth_more(cells in prop::collection::vec((0_usize..5, 0_usize..5, 1_u8..20), 0..14)) {
            let mut pairings: Vec<Pairing> = Vec::new();
            for (one, other, worth) in cells {
                if !pairings.iter().any(|it| (it.one, it.other) == (one, other)) {
                    pairings.push(Pairing { one, other, worth: f64::from(worth) });
                }
            }
            let chosen = best(&pairings);
            for (at, it) in chosen.iter().enumerate() {
                prop_assert!(pairings.contains(it));
                prop_assert!(chosen[..at].iter().all(|known| known.one != it.one && known.other != it.other));
            }
            prop_assert!((sum(&chosen) - tried(&pairings, 0)).abs() < 1e-9);
            let mut dearest = Vec::new();
            take_dearest(&pairings, &mut dearest);
            prop_assert!(2.0 * sum(&dearest) >= sum(&chosen) - 1e-9);
        }
    }
}
