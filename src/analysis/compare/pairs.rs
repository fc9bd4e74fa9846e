//! What two long lists have in common, in order. Knows nothing of what is in them.
//!
//! What is alike at both ends is paired first. Of what is left the pairs that are worth most together are
//! found by the usual table, where that is small enough; else runs that stand once in either list are
//! looked for, and what lies between these is treated in the same way.

use crate::model::sorted::sort_by_key;

/// What stands for a thing, and how much it is worth to find it again.
type Coded = (u32, u32);

/// The largest table, in pairs.
const MOST_PAIRS: usize = 1_000_000;

/// How long the runs are that are looked for, the longest first.
const RUNS: [usize; 4] = [16, 8, 4, 1];

/// How often what lies between runs is taken apart once more.
const MOST_DEEP: usize = 24;

/// The places of what is alike, in order.
pub(in crate::analysis) fn of(a: &[Coded], b: &[Coded]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    between(a, b, (0, 0), 0, &mut found);
    found
}

/// Adds what two parts of the lists have in common, which begin at `from`.
fn between(
    a: &[Coded],
    b: &[Coded],
    from: (usize, usize),
    depth: usize,
    found: &mut Vec<(usize, usize)>,
) {
    let is_same = |(a, b): &(&Coded, &Coded)| a.0 == b.0;
    let head = a.iter().zip(b).take_while(is_same).count();
    let backward = a[head..].iter().rev().zip(b[head..].iter().rev());
    let tail = backward.take_while(is_same).count();
    found.extend((0..head).map(|it| (from.0 + it, from.1 + it)));
    let (middle, other) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let start = (from.0 + head, from.1 + head);
    if middle.len().saturating_mul(other.len()) <= MOST_PAIRS {
        let pairs = longest(middle, other).into_iter();
        found.extend(pairs.map(|it| (start.0 + it.0, start.1 + it.1)));
    } else if depth < MOST_DEEP {
        let (mut one, mut two) = (0, 0);
        for (i, j) in anchors(middle, other) {
            // Runs overlap where they follow each other.
            if i < one || j < two {
                continue;
            }
            let at = (start.0 + one, start.1 + two);
            between(&middle[one..i], &other[two..j], at, depth + 1, found);
            found.push((start.0 + i, start.1 + j));
            (one, two) = (i + 1, j + 1);
        }
        if (one, two) != (0, 0) {
            let at = (start.0 + one, start.1 + two);
            between(&middle[one..], &other[two..], at, depth + 1, found);
        }
    }
    let ends = (from.0 + a.len() - tail, from.1 + b.len() - tail);
    found.extend((0..tail).map(|it| (ends.0 + it, ends.1 + it)));
}

/// Where runs begin that stand once in either list, as many as come in the same order in both.
fn anchors(a: &[Coded], b: &[Coded]) -> Vec<(usize, usize)> {
    let found = RUNS.iter().map(|length| {
        let (one, other) = (single(a, *length), single(b, *length));
        let mut pairs = Vec::new();
        let mut rest = other.iter().peekable();
        for (run, at) in one {
            while rest.next_if(|it| it.0 < run).is_some() {}
            pairs.extend(rest.peek().filter(|it| it.0 == run).map(|it| (at, it.1)));
        }
        sort_by_key(&mut pairs, |it| it.0);
        rising(&pairs)
    });
    let mut found = found.filter(|it| !it.is_empty());
    found.next().unwrap_or_default()
}

/// The runs of this length that stand once in a list, in the order of the numbers that are made of them.
fn single(list: &[Coded], length: usize) -> Vec<(u64, usize)> {
    let number = |run: &[Coded]| {
        let step = |all: u64, it: &Coded| (all ^ u64::from(it.0)).wrapping_mul(0x0100_0000_01b3);
        run.iter().fold(0xcbf2_9ce4_8422_2325, step)
    };
    let mut runs: Vec<(u64, usize)> = list.windows(length).map(number).zip(0..).collect();
    sort_by_key(&mut runs, |it| it.0);
    let alone = runs.chunk_by(|one, next| one.0 == next.0);
    alone.filter(|it| it.len() == 1).map(|it| it[0]).collect()
}

/// As many of these pairs, which are in the order of the first list, as are in that of the second, too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair that ends such a row earliest, and before each pair the one it follows.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|it| pairs[*it].1 < pair.1);
        before.push(length.checked_sub(1).map(|it| ends[it]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut found = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(place) = at {
        found.push(pairs[place]);
        at = before[place];
    }
    found.reverse();
    found
}

/// The pairs, in order, that are worth most together.
fn longest(a: &[Coded], b: &[Coded]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut worth = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let skip = worth[(i + 1) * width + j].max(worth[i * width + j + 1]);
            worth[i * width + j] = match a[i].0 == b[j].0 {
                true => skip.max(worth[(i + 1) * width + j + 1] + a[i].1),
                false => skip,
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        let here = worth[i * width + j];
        if a[i].0 == b[j].0 && here == worth[(i + 1) * width + j + 1] + a[i].1 {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if here == worth[(i + 1) * width + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn coded(list: &[u32]) -> Vec<Coded> {
        list.iter().map(|it| (*it, 1)).collect()
    }

    #[test]
    fn long_lists_are_paired_between_what_stands_once() {
        // Two million pairs and more, with a change in every hundredth place.
        let one: Vec<u32> = (0..3_000).map(|it| it % 977 * 31 + it / 10).collect();
        let other: Vec<u32> = one
            .iter()
            .zip(0..)
            .map(|(it, at)| if at % 100 == 50 { 1_000_000 + at } else { *it })
            .collect();
        let found = of(&coded(&one), &coded(&other));
        assert!(found.len() >= 2_970, "{}", found.len());
        let apart: Vec<u32> = (5_000_000..5_003_000).collect();
        assert_eq!(of(&coded(&one), &coded(&apart)), []);
    }

    proptest! {
        #[test]
        fn pairs_are_alike_and_in_order(
            one in vec(0..9_u32, 0..80),
            other in vec(0..9_u32, 0..80),
            unlike in any::<bool>(),
        ) {
            let (a, b) = (coded(&one), coded(&other));
            let mut found = of(&a, &b);
            if unlike {
                found = Vec::new();
                let mut last = None;
                for (i, j) in anchors(&a, &b) {
                    prop_assert!(last.is_none_or(|it: (usize, usize)| it.0 < i && it.1 < j));
                    last = Some((i, j));
                    found.push((i, j));
                }
            }
            for pair in found.windows(2) {
                prop_assert!(pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1);
            }
            prop_assert!(found.iter().all(|it| one[it.0] == other[it.1]));
        }
    }
}
