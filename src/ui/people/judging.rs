//! Counts how far people agree, in slices: the screen and scripts go the same way. Knows no elements.

use super::numbers::{decimal, percent};
use crate::analysis::agreement::{
    Agreement, Choice, Counting, Draws, Gamma, Gammas, Gathering, Intervals, Match, Passage,
    Passages, Study, Value, agreement,
};
use crate::format::decision::GOLD;
use crate::format::key::KEY;
use crate::model::sorted::SortedSet;
use crate::model::{AnnotatorId, DocumentId, Project};
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

/// So many of the sentences in which people disagree are told.
const PASSAGES: usize = 40;

/// What came out.
#[derive(Debug)]
pub struct Outcome {
    pub study: Study,
    pub agreement: Agreement,
    /// The sentences in which they disagree most, the worst first.
    pub worst: Vec<Passage>,
    pub intervals: Intervals,
    /// How many words ends may be apart and still be the same.
    pub tolerance: usize,
}

/// Is told how much of how much is done; answers whether to go on.
type GoesOn<'g> = &'g mut dyn FnMut(usize, usize) -> bool;

/// Gives the page its turn now and then; since when it has not had it.
struct Slices(f64);

impl Slices {
    fn new() -> Self {
        Self(js_sys::Date::now())
    }

    /// Goes on until `step`, which says how much of how much is done, has nothing more to do; answers whether it came
    /// to that.
    async fn run(
        &mut self,
        goes_on: GoesOn<'_>,
        step: &mut dyn FnMut() -> Option<(usize, usize)>,
    ) -> bool {
        while let Some((done, all)) = step() {
            if js_sys::Date::now() - self.0 > AT_ONCE {
                if !goes_on(done, all) {
                    return false;
                }
                breathe().await;
                self.0 = js_sys::Date::now();
            }
        }
        true
    }
}

/// A key and the common version, which are no persons.
const NO_PERSONS: [&str; 2] = [KEY, GOLD];

/// What is compared: what was chosen. Unless they were chosen too, without a key and the common version, and
/// without `me` where they have marked nothing: whoever keeps the articles of others sets them to Done, too.
fn compared(project: &Project, choice: &Choice, me: &AnnotatorId) -> Choice {
    let mut choice = choice.clone();
    if choice.annotators.is_empty() {
        let articles = || project.documents().iter();
        let mut marks = articles().flat_map(|it| project.annotations().of(&it.id));
        // Who has neither marked nor finished anything is not among them anyhow, and marks may be many.
        let keeps = articles().any(|it| it.finished_by.contains(me))
            && !marks.any(|it| it.annotator == *me);
        let no_persons = NO_PERSONS.into_iter().filter_map(AnnotatorId::new);
        choice.left_out = no_persons.chain(keeps.then(|| me.clone())).collect();
    }
    choice
}

/// What was chosen of few articles, in one go.
pub fn study(project: &Project, choice: &Choice, me: &AnnotatorId) -> Study {
    Study::of(project, &compared(project, choice, me))
}

/// The same of any number of articles; where `goes_on` says no, nothing comes out.
pub async fn gather(session: Session, choice: &Choice, goes_on: GoesOn<'_>) -> Option<Study> {
    let mut gathering = session.peek(|project| {
        let choice = compared(project, choice, &session.annotator());
        Gathering::new(project, &choice)
    });
    // It is little beside what is counted of it.
    let mut step = || session.peek(|it| gathering.step(it)).then_some((0, 1));
    let is_done = Slices::new().run(goes_on, &mut step).await;
    is_done.then(|| gathering.finish())
}

/// How far those who marked these articles agree, as the card of a data set says it; nothing where one person
/// has marked alone. Counted in one go.
pub fn in_a_card(project: &Project, documents: &[DocumentId]) -> Vec<(&'static str, String)> {
    // To study what one person has marked would take as long as to study what many have.
    let marks = documents.iter().flat_map(|it| project.annotations().of(it));
    let is_person = |it: &&AnnotatorId| !NO_PERSONS.contains(&it.as_str());
    let people = SortedSet::of_few(marks.map(|it| &it.annotator).filter(is_person));
    let annotators: Vec<AnnotatorId> = people.keys().cloned().collect();
    if annotators.len() < 2 {
        return Vec::new();
    }
    let choice = Choice {
        annotators,
        documents: documents.to_vec(),
        ..Choice::default()
    };
    let study = Study::of(project, &choice);
    let shared = study.articles.iter().filter(|it| {
        let people = it.marks.iter().flatten();
        people.count() > 1
    });
    let (people, shared) = (study.annotators.len(), shared.count());
    let all = agreement(&study, 0).all;
    let said = |value: Value| value.map_or_else(|why| format!("– ({why})"), decimal);
    vec![
        ("annotators compared", people.to_string()),
        ("articles that several have marked", shared.to_string()),
        (
            "same label, or none, for a word, of each two people",
            all.percent.map_or_else(|_| said(all.percent), percent),
        ),
        (
            "Cohen’s κ over words, mean of each two people",
            said(all.cohen),
        ),
        ("Fleiss’ κ over words", said(all.fleiss)),
        ("Krippendorff’s α over words", said(all.alpha)),
        ("Krippendorff’s α for units", said(all.alpha_u)),
        (
            "F1 of marks, same label at the same place",
            said(all.f1_of(Match::Exact)),
        ),
    ]
}

/// Counts it, and how sure it is. `goes_on` is told how much of how much is done; where it says no, nothing comes
/// out.
pub async fn count(study: Study, tolerance: usize, goes_on: GoesOn<'_>) -> Option<Outcome> {
    let mut slices = Slices::new();
    let mut counting = Counting::new(&study, tolerance);
    // Counting is half of the work, drawing the other.
    let mut step = || {
        let (done, all) = counting.step().then(|| counting.done())?;
        Some((done, 2 * all))
    };
    if !slices.run(goes_on, &mut step).await {
        return None;
    }
    breathe().await;
    let agreement = counting.finish();
    let mut passages = Passages::new(&study);
    let mut step = || passages.step().then_some((1, 2));
    if !slices.run(goes_on, &mut step).await {
        return None;
    }
    let worst = passages.finish(PASSAGES);
    let mut drawing = agreement.draw(ROUNDS, Draws::new(SEED));
    let mut step = || {
        let (done, all) = drawing.step().then(|| drawing.done())?;
        Some((all + done, 2 * all))
    };
    if !slices.run(goes_on, &mut step).await {
        return None;
    }
    let intervals = drawing.finish();
    Some(Outcome {
        study,
        agreement,
        worst,
        intervals,
        tolerance,
    })
}

/// Counts γ, which takes longer, by the same rules.
pub async fn gamma(study: &Study, goes_on: GoesOn<'_>) -> Option<Gammas> {
    let mut gamma = Gamma::new(study, SAMPLES, Draws::new(SEED));
    let mut step = || gamma.step().then(|| gamma.done());
    let is_done = Slices::new().run(goes_on, &mut step).await;
    is_done.then(|| gamma.finish())
}
