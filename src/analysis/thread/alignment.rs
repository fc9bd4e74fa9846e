//! Which words of one stretch are which words of another, whatever their order.

use super::base::Base;
use crate::model::sorted::sort_by_key;

/// A run of words that stand in both: where it begins in the base and in the other, and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub base: usize,
    pub other: usize,
    pub length: usize,
}

/// A word that stands alone must tell as much as this, in bits, unless its neighbours are near.
const ALONE: f32 = 7.0;

/// How near they must be, in words.
const NEAR: usize = 3;

/// The runs that two stretches have in common, in the order of the other one. The most telling run is
/// taken first; no word is taken twice.
pub(super) fn align(base: &Base, other: &[u32]) -> Vec<Run> {
    let all = common_runs(base, other);
    let mut used = (vec![false; base.words.len()], vec![false; other.len()]);
    let mut taken: Vec<Run> = Vec::new();
    loop {
        let free = all.iter().filter_map(|run| unused(*run, &used));
        let worth = |run: &Run| bits(base, run);
        let fits = |run: &Run| run.length > 1 || worth(run) >= ALONE || is_near(&taken, run);
        let best = free
            .filter(fits)
            .max_by(|a, b| worth(a).total_cmp(&worth(b)));
        let Some(best) = best else {
            break;
        };
        used.0[best.base..best.base + best.length].fill(true);
        used.1[best.other..best.other + best.length].fill(true);
        taken.push(best);
    }
    sort_by_key(&mut taken, |it| it.other);
    taken
}

/// How much a run tells, in bits.
pub(super) fn bits(base: &Base, run: &Run) -> f32 {
    base.bits[run.base..run.base + run.length].iter().sum()
}

/// All runs that can be made no longer.
fn common_runs(base: &Base, other: &[u32]) -> Vec<Run> {
    let mut found = Vec::new();
    // Behind which word of the base the runs end that end with the last word of the other, and how long
    // they are.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for at in 0..=other.len() {
        let places = other.get(at).and_then(|it| base.places(*it)).unwrap_or(&[]);
        let longer = |place: &usize| {
            let before = open.iter().find(|it| it.0 == *place);
            (place + 1, before.map_or(1, |it| it.1 + 1))
        };
        let next = places.iter().map(longer).collect();
        let over = open.iter().filter(|it| !places.contains(&it.0));
        found.extend(over.map(|&(end, length)| Run {
            base: end - length,
            other: at - length,
            length,
        }));
        open = next;
    }
    found
}

/// What is left of a run: from its first free word to the next one that is taken.
fn unused(run: Run, used: &(Vec<bool>, Vec<bool>)) -> Option<Run> {
    let is_free = |at: &usize| !used.0[run.base + at] && !used.1[run.other + at];
    let start = (0..run.length).find(is_free)?;
    let length = (start..run.length).take_while(is_free).count();
    Some(Run {
        base: run.base + start,
        other: run.other + start,
        length,
    })
}

/// Whether a run that was taken is near in both stretches.
fn is_near(taken: &[Run], run: &Run) -> bool {
    let near = |a: usize, a_length: usize, b: usize, b_length: usize| {
        let gap = match a < b {
            true => b - (a + a_length).min(b),
            false => a - (b + b_length).min(a),
        };
        gap < NEAR
    };
    taken.iter().any(|it| {
        let in_order = (it.base < run.base) == (it.other < run.other);
        in_order
            && near(it.base, it.length, run.base, run.length)
            && near(it.other, it.length, run.other, run.length)
    })
}
