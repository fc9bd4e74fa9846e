//! What always holds of agreement.

use proptest::prelude::*;
use sourcelight::analysis::agreement::{
    Choice, Draws, Gamma, Gathering, Measures, Passages, Study, agreement, runs,
};
use sourcelight::model::Project;

use crate::made::{Made, project};
use crate::support::label_id;

/// Marks in a text of 30 words.
fn marks() -> impl Strategy<Value = Vec<(usize, usize, &'static str)>> {
    let mark = (
        0_usize..28,
        1_usize..7,
        prop::sample::select(&["claim", "quote", "rumour"]),
    );
    let mark = mark.prop_map(|(from, length, label)| (from, (from + length).min(30), label));
    prop::collection::vec(mark, 1..8)
}

fn by<'m>(who: &'m str, marks: &[(usize, usize, &'m str)]) -> Vec<Made<'m>> {
    marks.iter().map(|it| (who, it.0, it.1, it.2)).collect()
}

fn both(one: &[(usize, usize, &str)], other: &[(usize, usize, &str)]) -> Project {
    project(&[(30, [by("ann", one), by("ben", other)].concat())])
}

fn measured(project: &Project, choice: &Choice) -> Measures {
    agreement(&Study::of(project, choice), 1).all
}

fn values(it: &Measures) -> Vec<Option<f64>> {
    let words = [it.percent, it.cohen, it.fleiss, it.alpha, it.alpha_u];
    words.iter().chain(&it.f1).map(|it| it.ok()).collect()
}

fn are_close(one: &Measures, other: &Measures) -> bool {
    let close = |it: (&Option<f64>, &Option<f64>)| match it {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        (a, b) => a == b,
    };
    values(one).iter().zip(&values(other)).all(close)
}

fn gamma(project: &Project) -> f64 {
    let study = Study::of(project, &Choice::default());
    let mut gamma = Gamma::new(&study, 30, Draws::new(3));
    while gamma.step() {}
    gamma.finish().all.expect("γ has a value")
}

proptest! {
    #[test]
    fn those_who_say_the_same_agree(own in marks()) {
        let project = both(&own, &own);
        for value in values(&measured(&project, &Choice::default())) {
            prop_assert!(value.is_none_or(|it| (it - 1.0).abs() < 1e-9), "{:?}", value);
        }
        prop_assert!((gamma(&project) - 1.0).abs() < 1e-9);
        let study = Study::of(&project, &Choice::default());
        let mut passages = Passages::new(&study);
        while passages.step() {}
        prop_assert!(passages.finish(9).is_empty());
    }

    #[test]
    fn it_does_not_matter_who_comes_first(one in marks(), other in marks()) {
        let there = measured(&both(&one, &other), &Choice::default());
        let back = measured(&both(&other, &one), &Choice::default());
        prop_assert!(are_close(&there, &back), "{:?} {:?}", there, back);
        for value in values(&there).into_iter().flatten() {
            prop_assert!(value <= 1.0 + 1e-9);
        }
        let [exact, near, over] = there.f1.map(|it| it.expect("there are marks"));
        prop_assert!(exact <= near && exact <= over);
    }

    #[test]
    fn the_labels_of_a_choice_are_counted_as_if_there_were_no_others(one in marks(), other in marks()) {
        let only = |it: &[(usize, usize, &'static str)]| -> Vec<(usize, usize, &'static str)> {
            it.iter().copied().filter(|it| it.2 == "claim").collect()
        };
        let (few, fewer) = (only(&one), only(&other));
        prop_assume!(!few.is_empty() && !fewer.is_empty());
        let choice = Choice { labels: vec![label_id("claim")], ..Choice::default() };
        let all = both(&one, &other);
        let chosen = measured(&all, &choice);
        prop_assert!(are_close(&chosen, &measured(&both(&few, &fewer), &Choice::default())));
        let row = agreement(&Study::of(&all, &Choice::default()), 1);
        let row = row.labels.iter().find(|it| it.label == label_id("claim")).expect("it occurs");
        prop_assert!(are_close(&chosen, &row.measures));
    }

    #[test]
    fn runs_join_up_to_all_words(one in marks(), other in marks()) {
        let project = both(&one, &other);
        let study = Study::of(&project, &Choice::default());
        let runs = runs(&study, &study.articles[0]);
        let mut at = 0;
        for run in &runs {
            prop_assert_eq!(run.words.start, at);
            at = run.words.end;
            let counts = |word: usize| {
                let has = |own: &[(usize, usize, &str)]| own.iter().any(|it| (it.0..it.1).contains(&word));
                usize::from(has(&one)) + usize::from(has(&other))
            };
            for word in run.words.clone() {
                prop_assert_eq!(run.marked, counts(word));
            }
        }
        prop_assert_eq!(at, 30);
        let found = agreement(&study, 1).all.percent.expect("it has a value");
        let heat: f64 = runs.iter().map(|it| it.heat * it.words.len() as f64).sum();
        prop_assert!((1.0 - heat / 30.0 - found).abs() < 1e-9);
    }

    #[test]
    fn the_value_lies_in_its_interval_or_near(one in marks(), other in marks()) {
        let articles: Vec<_> = (0..4).map(|_| (30, [by("ann", &one), by("ben", &other)].concat())).collect();
        let study = Study::of(&project(&articles), &Choice::default());
        let found = agreement(&study, 1);
        let drawn = found.intervals(200, Draws::new(5));
        prop_assert_eq!(&drawn, &found.intervals(200, Draws::new(5)));
        let [low, high] = drawn.percent.expect("there are paragraphs");
        let value = found.all.percent.expect("it has a value");
        prop_assert!(low <= value + 1e-9 && value <= high + 1e-9);
    }
}

#[test]
fn who_comes_while_a_study_is_made_is_left_out() {
    let ann = ("ann", 0, 3, "claim");
    let before = project(&[(30, vec![ann]), (30, vec![ann])]);
    let ben = ("ben", 5, 6, "rumour");
    let meanwhile = project(&[(30, vec![ann]), (30, vec![ann, ben])]);
    let mut gathering = Gathering::new(&before, &Choice::default());
    assert!(gathering.step(&before));
    assert!(gathering.step(&meanwhile) && !gathering.step(&meanwhile));
    assert_eq!(gathering.finish(), Study::of(&before, &Choice::default()));
    // An article that has gone has no marks.
    let mut gathering = Gathering::new(&before, &Choice::default());
    let one = project(&[(30, vec![ann])]);
    while gathering.step(&one) {}
    assert_eq!(gathering.finish(), Study::of(&one, &Choice::default()));
}
