//! Scores of made texts, and what always holds of them.

use proptest::prelude::*;

use super::*;
use crate::model::{AnnotatorId, DocumentId, LabelId, Text, Timestamp};

fn text() -> Text {
    let words: Vec<String> = (0..30).map(|it| format!("w{it}")).collect();
    Text::new(&words.join(" ")).expect("has text")
}

/// A mark of the words from the first up to, not with, the last.
fn mark(
    text: &Text,
    places: &Places,
    at: usize,
    (from, to, label): (usize, usize, &str),
) -> Annotation {
    let span = places.span(&(from..to)).expect("there are words");
    let span = text.span(span.start().bytes(), span.end().bytes());
    let mut made = Annotation::new(
        AnnotationId::new(&format!("m{at}")).expect("an id"),
        DocumentId::new("d").expect("an id"),
        span.expect("a span"),
        LabelId::new(label).expect("an id"),
        AnnotatorId::new("ann").expect("an id"),
        Timestamp(1),
    );
    made.note = format!("because {from}").into();
    made
}

fn scored(key: &[(usize, usize, &str)], given: &[(usize, usize, &str)], rules: Rules) -> Score {
    let text = text();
    let places = Places::of(&text);
    let made = |all: &[(usize, usize, &str)]| -> Vec<Annotation> {
        let all = all.iter().enumerate();
        all.map(|(at, it)| mark(&text, &places, at, *it)).collect()
    };
    let (key, given) = (made(key), made(given));
    let (key, given): (Vec<_>, Vec<_>) = (key.iter().collect(), given.iter().collect());
    score(&places, &key, &given, rules)
}

const STRICT: Rules = Rules {
    tolerance: 0,
    cost_of_extra: 0.5,
};

#[test]
fn each_mark_gets_its_verdict() {
    use Outcome::*;
    let key = [(0, 4, "claim"), (10, 14, "quote")];
    let lax = Rules {
        tolerance: 1,
        ..STRICT
    };
    for (given, rules, outcomes, points, reachable) in [
        (
            vec![(0, 4, "claim"), (10, 14, "quote")],
            STRICT,
            vec![Found, Found],
            2.0,
            2.0,
        ),
        (vec![], STRICT, vec![Missed, Missed], 0.0, 2.0),
        (
            vec![(1, 4, "claim")],
            STRICT,
            vec![EdgeOff { start: 1, end: 0 }, Missed],
            0.75,
            2.0,
        ),
        (vec![(1, 5, "claim")], lax, vec![Found, Missed], 1.0, 2.0),
        (
            vec![(8, 12, "quote")],
            lax,
            vec![Missed, EdgeOff { start: -2, end: -2 }],
            1.0 / 3.0,
            2.0,
        ),
        (
            vec![(0, 4, "quote")],
            STRICT,
            vec![WrongLabel, Missed],
            0.5,
            2.5,
        ),
        (
            vec![(20, 22, "claim")],
            STRICT,
            vec![Missed, Missed, Extra],
            0.0,
            2.5,
        ),
        (
            vec![(0, 4, "claim"), (0, 3, "claim")],
            STRICT,
            vec![Found, Missed, Extra],
            1.0,
            2.0,
        ),
    ] {
        let score = scored(&key, &given, rules);
        let found: Vec<Outcome> = score.verdicts.iter().map(|it| it.outcome).collect();
        assert_eq!(found, outcomes, "{given:?}");
        assert!((score.points - points).abs() < 1e-5, "{given:?}: {score:?}");
        assert_eq!(score.reachable, reachable, "{given:?}");
    }
    let score = scored(&key, &[], STRICT);
    assert_eq!(&*score.verdicts[1].reason, "because 10");
    assert_eq!(scored(&[], &[], STRICT).share(), None);
}

#[test]
fn of_two_that_are_near_the_nearer_is_taken() {
    let rules = Rules {
        tolerance: 2,
        ..STRICT
    };
    let score = scored(
        &[(5, 9, "claim")],
        &[(4, 9, "claim"), (5, 9, "claim")],
        rules,
    );
    assert_eq!(
        score.verdicts[0].given.as_ref().map(AnnotationId::as_str),
        Some("m1")
    );
}

fn marks() -> impl Strategy<Value = Vec<(usize, usize, &'static str)>> {
    let mark = (
        0_usize..28,
        1_usize..6,
        prop::sample::select(&["claim", "quote"]),
    );
    let mark = mark.prop_map(|(from, length, label)| (from, (from + length).min(30), label));
    prop::collection::vec(mark, 0..8)
}

proptest! {
    #[test]
    fn a_score_never_falls_when_a_correct_mark_is_added(
        key in marks(),
        given in marks(),
        at: prop::sample::Index,
        tolerance in 0_usize..3,
        cost in prop::sample::select(&[0.0, 0.5, 1.0]),
    ) {
        prop_assume!(!key.is_empty());
        let rules = Rules { tolerance, cost_of_extra: cost };
        let before = scored(&key, &given, rules).share().expect("there is a key");
        let mut more = given.clone();
        more.push(key[at.index(key.len())]);
        let after = scored(&key, &more, rules).share().expect("there is a key");
        prop_assert!(after >= before - 1e-12, "{} after {}", after, before);
        prop_assert!((0.0..=1.0).contains(&after));
    }

    #[test]
    fn the_key_itself_reaches_everything(key in marks()) {
        prop_assume!(!key.is_empty());
        let score = scored(&key, &key, STRICT);
        prop_assert_eq!(score.share(), Some(1.0));
        prop_assert_eq!(score.count(Outcome::Found), key.len());
    }

    #[test]
    fn the_order_of_marks_does_not_matter(key in marks(), given in marks()) {
        let turned: Vec<_> = given.iter().rev().copied().collect();
        let (one, other) = (scored(&key, &given, STRICT), scored(&key, &turned, STRICT));
        prop_assert!((one.points - other.points).abs() < 1e-9);
        prop_assert_eq!(one.reachable, other.reachable);
    }
}
