//! Counts how far people agree, in slices: the screen and scripts go the same way. Knows no elements.

use crate::analysis::agreement::{
    Agreement, Choice, Counting, Draws, Gamma, Gammas, Intervals, Study,
};
use crate::format::decision::GOLD;
use crate::format::key::KEY;
use crate::model::AnnotatorId;
use crate::session::Session;
use crate::ui::opening::breathe;

/// After so many milliseconds the page gets its turn.
const AT_ONCE: f64 = 30.0;

/// How often passages are drawn to say how sure the numbers are.
const ROUNDS: usize = 400;

/// So many texts are drawn for each two people and article to count γ.
const SAMPLES: usize = 30;

/// Chance begins here, so that the same marks give the same numbers.
const SEED: u64 = 1;

/// What came out.
#[derive(Debug)]
pub struct Outcome {
    pub study: Study,
    pub agreement: Agreement,
    pub intervals: Intervals,
    /// How many words ends may be apart and still be the same.
    pub tolerance: usize,
}

/// Gives the page its turn now and then.
struct Slices(f64);

impl Slices {
    /// Whether it is the turn of the page.
    fn is_due(&mut self) -> bool {
        let is_due = js_sys::Date::now() - self.0 > AT_ONCE;
        if is_due {
            self.0 = js_sys::Date::now();
        }
        is_due
    }
}

/// Everybody but a key and the common version: they are no persons.
fn without_key(study: &Study, named: &[AnnotatorId]) -> Option<Vec<AnnotatorId>> {
    let is_key = |it: &AnnotatorId| [KEY, GOLD].contains(&it.as_str());
    let has_key = named.is_empty() && study.annotators.iter().any(is_key);
    has_key.then(|| {
        study
            .annotators
            .iter()
            .filter(|it| !is_key(it))
            .cloned()
            .collect()
    })
}

/// What is compared: what was chosen, without a key and the common version unless they were chosen too.
pub fn study(session: Session, choice: &Choice) -> Study {
    let study = session.peek(|project| Study::of(project, choice));
    match without_key(&study, &choice.annotators) {
        None => study,
        Some(annotators) => {
            let choice = Choice {
                annotators,
                ..choice.clone()
            };
            session.peek(|project| Study::of(project, &choice))
        }
    }
}

/// Counts it, and how sure it is. `goes_on` is told how much of how much is done; where it says no, nothing comes
/// out.
pub async fn count(
    study: Study,
    tolerance: usize,
    mut goes_on: impl FnMut(usize, usize) -> bool,
) -> Option<Outcome> {
    let mut counting = Counting::new(&study, tolerance);
    let mut slices = Slices(js_sys::Date::now());
    // Counting is half of the work, drawing the other.
    while counting.step() {
        if slices.is_due() {
            let (done, all) = counting.done();
            if !goes_on(done, 2 * all) {
                return None;
            }
            breathe().await;
        }
    }
    breathe().await;
    let agreement = counting.finish();
    let mut drawing = agreement.draw(ROUNDS, Draws::new(SEED));
    while drawing.step() {
        if slices.is_due() {
            let (done, all) = drawing.done();
            if !goes_on(all + done, 2 * all) {
                return None;
            }
            breathe().await;
        }
    }
    let intervals = drawing.finish();
    Some(Outcome {
        study,
        agreement,
        intervals,
        tolerance,
    })
}

/// Counts γ, which takes longer, by the same rules.
pub async fn gamma(study: &Study, mut goes_on: impl FnMut(usize, usize) -> bool) -> Option<Gammas> {
    let mut gamma = Gamma::new(study, SAMPLES, Draws::new(SEED));
    let mut slices = Slices(js_sys::Date::now());
    while gamma.step() {
        if slices.is_due() {
            let (done, all) = gamma.done();
            if !goes_on(done, all) {
                return None;
            }
            breathe().await;
        }
    }
    Some(gamma.finish())
}
