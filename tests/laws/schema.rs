//! Generated schemas, answers, casts and links.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use sourcelight::model::{
    Answer, Answers, Attribute, AttributeId, AttributeKind, Certainty, Choice, Color, Comment,
    CommentId, Condition, Details, Fields, Import, Label, LabelId, LabelState, LineStyle,
    MaybeDetails, Reach, Record, Relation, RelationId, RelationType, RelationTypeId, Speaker,
    SpeakerId, SpeakerKind, Subject, Timestamp,
};

use super::{extra, words};
use crate::support::{annotator_id, label_id};

/// Ids that questions have; answers may have others besides.
pub const QUESTIONS: [&str; 4] = ["kind", "who", "evidence", "stance"];

/// Ids of the cast.
pub const SPEAKERS: [&str; 3] = ["ana", "the-office", "_someone"];

/// Kinds of relations.
pub const LINKS: [&str; 2] = ["supports", "answers"];

pub fn answer() -> impl Strategy<Value = Answer> {
    let number = select(&["0", "3", "1.50", "-3e4", "12345678901234567890123"][..]);
    let text = |it: &str| Answer::Text(it.to_owned());
    let other = select(vec![
        Answer::Null,
        Answer::Fields(vec![
            (
                "b".to_owned(),
                Answer::List(vec![Answer::Number("1".to_owned()), Answer::Null]),
            ),
            ("a".to_owned(), text("é\"")),
        ]),
        Answer::List(vec![Answer::Flag(true), text("x")]),
        Answer::List(vec![Answer::List(vec![])]),
    ]);
    prop_oneof![
        any::<bool>().prop_map(Answer::Flag),
        number.prop_map(|it| Answer::Number(it.to_owned())),
        words().prop_map(Answer::Text),
        select(&SPEAKERS[..]).prop_map(|it| Answer::Text(it.to_owned())),
        vec(words(), 0..3).prop_map(Answer::list),
        other,
    ]
}

pub fn details() -> impl Strategy<Value = MaybeDetails> {
    let key = prop_oneof![
        select(&QUESTIONS[..]),
        select(&["b", "a_1", "x y", "é\"\\"][..])
    ];
    let certainty = select(&[Certainty::Low, Certainty::Medium, Certainty::High][..]);
    let said = (
        vec((key, answer()), 0..4),
        option::of(certainty),
        vec(words(), 0..3),
    );
    let details = said.prop_map(|(all, certainty, tags)| {
        let mut answers = Answers::default();
        for (key, answer) in all {
            answers.set(key, Some(answer));
        }
        let details = Details {
            answers,
            certainty,
            tags,
        };
        details.kept()
    });
    prop_oneof![Just(None), details]
}

/// Fields that are not known, of an entry.
fn more() -> impl Strategy<Value = Fields> {
    let key = select(&["score", "links", "é\"\\", "x y"][..]);
    vec((key, answer()), 0..3).prop_map(|fields| {
        let fields = fields.into_iter();
        fields.map(|(key, value)| (key.to_owned(), value)).collect()
    })
}

fn labels() -> impl Strategy<Value = Vec<LabelId>> {
    let some = subsequence(&["claim", "quote", "opinion", "rumour", "gone"][..], 0..4);
    some.prop_map(|ids| ids.into_iter().map(label_id).collect())
}

fn key() -> impl Strategy<Value = Option<char>> {
    option::of(select(&['c', '\u{e9}', '漢', '🚲', '"'][..]))
}

pub fn label() -> impl Strategy<Value = Label> {
    let look = (any::<[u8; 3]>(), select(lines()), key());
    let meaning = (words(), vec(words(), 0..3), vec(words(), 0..3));
    let states = [LabelState::Shown, LabelState::Hidden, LabelState::Retired];
    let place = (
        option::of(select(&["claim", "gone"][..])),
        select(states.to_vec()),
        0..4_u32,
    );
    (words(), look, meaning, place, extra()).prop_map(
        |(name, ([red, green, blue], line, key), meaning, (parent, state, revision), extra)| {
            Label {
                line,
                key,
                definition: meaning.0,
                examples: meaning.1,
                counter_examples: meaning.2,
                parent: parent.map(label_id),
                state,
                revision,
                extra,
                ..Label::new(label_id("rumour"), name, Color(red, green, blue))
            }
        },
    )
}

fn lines() -> &'static [Option<LineStyle>] {
    &[
        None,
        Some(LineStyle::Solid),
        Some(LineStyle::Double),
        Some(LineStyle::Dotted),
        Some(LineStyle::Dashed),
        Some(LineStyle::Wavy),
    ]
}

fn choice() -> impl Strategy<Value = Choice> {
    let plain = words().prop_map(Choice::new);
    let full = (words(), words(), words(), more());
    let full = full.prop_map(|(value, name, definition, extra)| Choice {
        value,
        name,
        definition,
        extra,
    });
    prop_oneof![plain, full]
}

fn kind() -> impl Strategy<Value = AttributeKind> {
    prop_oneof![
        vec(choice(), 0..4).prop_map(AttributeKind::Choice),
        vec(choice(), 0..4).prop_map(AttributeKind::Choices),
        Just(AttributeKind::YesNo),
        any::<(i32, i32)>().prop_map(|(from, to)| AttributeKind::Scale(from, to)),
        Just(AttributeKind::Number),
        Just(AttributeKind::Text),
        Just(AttributeKind::Speaker),
        Just(AttributeKind::Spans),
        Just(AttributeKind::Words),
    ]
}

pub fn attribute(id: &'static str) -> impl Strategy<Value = Attribute> {
    let condition = (select(&QUESTIONS[..]), words()).prop_map(|(attribute, value)| Condition {
        attribute: AttributeId::new(attribute).expect("a valid id"),
        value,
    });
    let asked = (any::<bool>(), any::<bool>(), option::of(condition));
    let rest = (option::of(answer()), key(), words(), more());
    (words(), kind(), labels(), asked, rest).prop_map(
        move |(name, kind, labels, (of_document, required, condition), rest)| Attribute {
            subject: match of_document {
                true => Subject::Document,
                false => Subject::Annotation,
            },
            labels,
            required,
            condition,
            default: rest.0,
            key: rest.1,
            definition: rest.2,
            extra: rest.3,
            ..Attribute::new(AttributeId::new(id).expect("a valid id"), name, kind)
        },
    )
}

fn relation_type(id: &'static str) -> impl Strategy<Value = RelationType> {
    let reach = select(&[Reach::Anywhere, Reach::Within, Reach::Across][..]);
    (words(), words(), (labels(), labels(), reach), more()).prop_map(
        move |(name, definition, (from, to, reach), extra)| RelationType {
            definition,
            reach,
            from,
            to,
            extra,
            ..RelationType::new(RelationTypeId::new(id).expect("a valid id"), name)
        },
    )
}

pub fn speaker(id: &'static str) -> impl Strategy<Value = Speaker> {
    let kinds = [
        SpeakerKind::Person,
        SpeakerKind::Body,
        SpeakerKind::Document,
        SpeakerKind::Unnamed,
    ];
    (
        words(),
        words(),
        select(kinds.to_vec()),
        vec(words(), 0..3),
        more(),
    )
        .prop_map(move |(name, role, kind, aliases, extra)| Speaker {
            role,
            kind,
            aliases,
            extra,
            ..Speaker::new(SpeakerId::new(id).expect("a valid id"), name)
        })
}

/// Questions, kinds of relations and a cast.
pub fn others() -> impl Strategy<Value = Vec<Record>> {
    let questions = Vec::from(QUESTIONS.map(attribute));
    let kinds = Vec::from(LINKS.map(relation_type));
    let cast = Vec::from(SPEAKERS.map(speaker));
    (questions, kinds, cast).prop_map(|(questions, kinds, cast)| {
        let questions = questions.into_iter().map(Record::from);
        let kinds = kinds.into_iter().map(Record::from);
        let cast = cast.into_iter().map(Record::from);
        questions.chain(kinds).chain(cast).collect()
    })
}

/// Adds a relation, and a comment, for each pair of marks.
pub fn link(import: &mut Import, pairs: &[(Index, Index)]) {
    let placed = import.annotations.iter().map(|it| it.id.clone());
    let tray = import.unplaced.iter().map(|it| it.id.clone());
    let marks: Vec<_> = placed.chain(tray).collect();
    for ((from, to), place) in pairs.iter().zip(1..) {
        if marks.is_empty() {
            return;
        }
        let (from, to) = (from.get(&marks).clone(), to.get(&marks).clone());
        // Edits make no relation of a mark to itself.
        if from == to {
            continue;
        }
        let kind = LINKS[place % LINKS.len()];
        let kind = RelationTypeId::new(kind).expect("a valid id");
        let relation = Relation {
            note: ["", "because\n🚲"][place % 2].into(),
            annotator: (place % 2 == 0).then(|| annotator_id("ben")),
            created: Timestamp(place as u64 * 1_000),
            modified: Timestamp(place as u64 * 1_500),
            ..Relation::new(
                RelationId::new(&format!("r{place}")).expect("a valid id"),
                kind,
                from.clone(),
                to,
            )
        };
        let comment = Comment {
            id: CommentId::new(&format!("c{place}")).expect("a valid id"),
            annotation: from,
            annotator: annotator_id("ann"),
            text: "Is it?".into(),
            created: Timestamp(place as u64 * 1_000),
            modified: Timestamp(place as u64 * 1_000),
            extra: Fields::default(),
        };
        import.others.push(relation.into());
        import.others.push(comment.into());
    }
}
