//! What leads to or names something that is not there.

use sourcelight::model::*;

use crate::support::{annotation_id, label_id};
use crate::{answered, check, repaired, with};

#[test]
fn loose_ends_are_found_and_tied() {
    let mended = "One [claim:two] [quote:three].";
    let relation = |kind: &str, to: &str| {
        Relation::new(
            RelationId::new("r").expect("valid"),
            RelationTypeId::new(kind).expect("valid"),
            annotation_id("d-1"),
            annotation_id(to),
        )
    };
    check(
        &with(relation("k", "gone")),
        "leads to or from a mark that is not here",
        mended,
    );
    check(
        &with(relation("k", "d-2")),
        "“k” is not among the kinds of relations",
        mended,
    );
    let label = |parent: &str| Label {
        parent: Some(label_id(parent)),
        ..Label::new(label_id("claim"), "Claim", Color(0, 0, 0))
    };
    check(
        &with(label("gone")),
        "The label “Claim” is a kind of a label that is not here",
        mended,
    );
    check(
        &with(label("claim")),
        "The label “Claim” is a kind of itself",
        mended,
    );
    let question = |kind| Attribute::new(AttributeId::new("q").expect("valid"), "Who", kind);
    let mut waits = question(AttributeKind::YesNo);
    waits.condition = Some(Condition {
        attribute: AttributeId::new("gone").expect("valid"),
        value: "x".into(),
    });
    check(
        &with(waits),
        "The question “Who” names a label or a question",
        mended,
    );
    let mut nowhere = question(AttributeKind::YesNo);
    nowhere.labels = vec![label_id("gone")];
    check(
        &with(nowhere),
        "is for labels alone that are not here",
        mended,
    );
    let text = |it: &str| Answer::Text(it.into());
    for (asked, answer, words) in [
        (
            None,
            text("x"),
            "“q”: 1 answer to a question that is not asked",
        ),
        (
            Some(AttributeKind::YesNo),
            text("x"),
            "“Who”: 1 answer that cannot be one",
        ),
        (
            Some(AttributeKind::Speaker),
            text("ana"),
            "“ana” is said to speak (1)",
        ),
        (
            Some(AttributeKind::Spans),
            Answer::list(["gone", "d-2"]),
            "“Who” names marks that are not here (1)",
        ),
    ] {
        check(&answered(asked.map(question), "q", answer), words, mended);
    }
    let half = answered(
        Some(question(AttributeKind::Spans)),
        "q",
        Answer::list(["gone", "d-2"]),
    );
    let half = repaired(&half);
    let mark = half
        .annotations()
        .get(&annotation_id("d-1"))
        .expect("it is there")
        .clone();
    let left = mark
        .details
        .as_ref()
        .and_then(|it| it.answers.get("q").cloned());
    assert_eq!(left, Some(Answer::list(["d-2"])), "the other end stays");
}
