//! Where a stretch was left out or put in, it often may be said to begin a few words earlier or later:
//! `One. Two. Three.` without `Two.` lacks `Two. ` or ` Two.` or `. Two`. Here it ends where a sentence
//! does, where it can. Knows nothing of what is paired.

use super::Token;

/// The places of what two texts have in common, in order.
type Pairs = Vec<(usize, usize)>;

/// The same pairs with what lies between them at the ends of sentences, as far as that is possible.
pub(super) fn slid(a: &[Token], b: &[Token], pairs: Pairs) -> Pairs {
    let turned = |pairs: Pairs| pairs.into_iter().map(|it| (it.1, it.0)).collect();
    turned(slid_in_first(b, turned(slid_in_first(a, pairs))))
}

/// Moves what only the first text has.
fn slid_in_first(a: &[Token], mut pairs: Pairs) -> Pairs {
    for next in 1..pairs.len() {
        let ((before, one), (after, other)) = (pairs[next - 1], pairs[next]);
        if before + 1 == after || one + 1 != other {
            continue;
        }
        let follows =
            |steps: usize| pairs.get(next + steps) == Some(&(after + steps, other + steps));
        let on =
            |steps: &usize| follows(*steps) && a[before + 1 + steps].form == a[after + steps].form;
        let comes = |steps: usize| {
            let place = (next - 1).checked_sub(steps).and_then(|it| pairs.get(it));
            place.is_some_and(|it| it.0 + steps == before && it.1 + steps == one)
        };
        let back =
            |steps: &usize| comes(*steps) && a[before - steps].form == a[after - 1 - steps].form;
        let most_on = (0..).take_while(on).count();
        let most_back = (0..).take_while(back).count();
        let ends = |from: usize, to: usize| {
            let last = a[from..to].iter().rev().find(|it| it.form != " ");
            last.is_some_and(|it| matches!(it.form.as_str(), "." | "!" | "?" | "…" | "\""))
        };
        if let Some(steps) = (0..=most_on).find(|it| ends(before + 1 + it, after + it)) {
            for step in 0..steps {
                pairs[next + step].0 = before + 1 + step;
            }
        } else if let Some(steps) = (1..=most_back).find(|it| ends(before + 1 - it, after - it)) {
            for step in 0..steps {
                pairs[next - 1 - step].0 = after - 1 - step;
            }
        }
    }
    pairs
}
