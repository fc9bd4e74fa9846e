//! Wishes about schema, answers, cast and relations, about whatever is there when their turn comes.

use proptest::prelude::*;
use proptest::sample::Index;
use sourcelight::model::{
    AnnotationId, Answer, AnswerEdit, Attribute, AttributeEdit, AttributeKind, CastEdit, Certainty,
    CommentId, Edit, Fate, GuidelinesEdit, Label, LabelEdit, Project, RelationEdit, RelationId,
    RelationType, RelationTypeEdit, RelationTypeId, Speaker, SpeakerId, Value,
};

use super::generate::schema::{self, LINKS, QUESTIONS};
use super::support::label_id;

/// What is wished, and what decides about what.
#[derive(Debug, Clone)]
pub struct Other {
    what: usize,
    a: Index,
    b: Index,
    flag: bool,
    answer: Answer,
    label: Label,
    question: Attribute,
    speaker: Speaker,
}

/// How many kinds of wishes there are.
const KINDS: usize = 29;

pub fn other() -> impl Strategy<Value = Other> {
    let places = (0..KINDS, any::<Index>(), any::<Index>(), any::<bool>());
    let things = (
        schema::answer(),
        schema::label(),
        schema::attribute(QUESTIONS[0]),
        schema::speaker("somebody"),
    );
    (places, things).prop_map(
        |((what, a, b, flag), (answer, label, question, speaker))| Other {
            what,
            a,
            b,
            flag,
            answer,
            label,
            question,
            speaker,
        },
    )
}

fn pick<T>(from: Vec<T>, index: Index) -> Option<T> {
    let place = (!from.is_empty()).then(|| index.index(from.len()))?;
    from.into_iter().nth(place)
}

/// The edit that a wish is in this project; `None` where there is nothing it could be about.
pub fn edit(project: &Project, wish: &Other) -> Option<Edit> {
    let project_schema = project.schema();
    let label = |at| pick(project_schema.labels().to_vec(), at);
    let question = |at| pick(project_schema.attributes(), at);
    let kind = |at| pick(project_schema.relation_types(), at);
    let speaker = |at| pick(project.cast().collect(), at);
    let relation = |at| Some(pick(project.relations().collect(), at)?.id.clone());
    let comment = |at| Some(pick(project.comments().collect(), at)?.id.clone());
    let marks: Vec<AnnotationId> = project
        .annotations()
        .all()
        .iter()
        .map(|it| it.id.clone())
        .collect();
    let mark = |at| pick(marks.clone(), at);
    let (a, b) = (wish.a, wish.b);
    let by = if wish.flag { 1 } else { -1 };
    Some(match wish.what {
        0 => LabelEdit::Add(Label {
            id: label_id("another"),
            ..wish.label.clone()
        })
        .into(),
        1 => LabelEdit::Change(Label {
            id: label(a)?.id.clone(),
            ..wish.label.clone()
        })
        .into(),
        2 => LabelEdit::Move(label(a)?.id.clone(), by).into(),
        3 => LabelEdit::Merge(label(a)?.id.clone(), label(b)?.id.clone()).into(),
        4 => LabelEdit::Remove(label(a)?.id.clone(), Fate::Delete).into(),
        5 => LabelEdit::Remove(label(a)?.id.clone(), Fate::Relabel(label(b)?.id.clone())).into(),
        6 => AttributeEdit::Add(wish.question.clone()).into(),
        7 => AttributeEdit::Change(Attribute {
            id: question(a)?.id.clone(),
            ..wish.question.clone()
        })
        .into(),
        8 => AttributeEdit::Move(question(a)?.id.clone(), by).into(),
        9 => AttributeEdit::Remove(question(a)?.id.clone()).into(),
        10 | 11 => {
            let question = question(a)?;
            let answer = match &question.kind {
                AttributeKind::Speaker => Answer::Text(speaker(b)?.id.to_string()),
                AttributeKind::Spans => Answer::list(mark(b).map(|it| it.to_string())),
                AttributeKind::YesNo => Answer::Flag(wish.flag),
                _ => wish.answer.clone(),
            };
            let answer = (wish.what == 10).then_some(answer);
            AnswerEdit::Answer(marks, question.id.clone(), answer).into()
        }
        12 => {
            let document = pick(project.documents().to_vec(), b)?.id.clone();
            let answer = Some(wish.answer.clone());
            AnswerEdit::AnswerDocument(document, question(a)?.id.clone(), answer).into()
        }
        13 => AnswerEdit::SetCertainty(marks, wish.flag.then_some(Certainty::High)).into(),
        14 => AnswerEdit::Tag(vec![mark(a)?], "check".into()).into(),
        15 => AnswerEdit::Untag(marks, "check".into()).into(),
        16 => AnswerEdit::Review(marks).into(),
        17 => {
            let id = CommentId::new("said").expect("valid");
            project.comments().all(|it| it.id != id).then_some(())?;
            AnswerEdit::AddComment(id, mark(a)?, "Why?".into()).into()
        }
        18 => match wish.flag {
            true => AnswerEdit::ChangeComment(comment(a)?, "Because.".into()).into(),
            false => AnswerEdit::RemoveComment(comment(a)?).into(),
        },
        19 => CastEdit::Merge(speaker(a)?.id.clone(), speaker(b)?.id.clone()).into(),
        20 => CastEdit::Remove(speaker(a)?.id.clone()).into(),
        21 => match wish.flag {
            true => CastEdit::Add(wish.speaker.clone()).into(),
            false => CastEdit::Change(Speaker {
                id: speaker(a)?.id.clone(),
                ..wish.speaker.clone()
            })
            .into(),
        },
        22 => {
            let somebody = Speaker::new(SpeakerId::new("somebody").expect("valid"), "Somebody");
            CastEdit::Answer(somebody, marks, question(a)?.id.clone()).into()
        }
        23 => {
            let id = RelationId::new("linked").expect("valid");
            project.relations().all(|it| it.id != id).then_some(())?;
            RelationEdit::Add(id, kind(a)?.id.clone(), mark(a)?, mark(b)?).into()
        }
        26 => {
            let mut asked = project_schema.attributes();
            asked.retain(|it| it.kind == AttributeKind::Words);
            let id = mark(b)?;
            let words = project.annotations().get(&id)?.fragments().to_vec();
            let words = words.into_iter().map(Value::Span).collect();
            AnswerEdit::Answer(vec![id], pick(asked, a)?.id, Some(Answer::List(words))).into()
        }
        27 => GuidelinesEdit(wish.label.definition.clone()).into(),
        28 => {
            let somebody = Speaker::new(SpeakerId::new("somebody").expect("valid"), "Somebody");
            let document = pick(project.documents().to_vec(), b)?.id.clone();
            CastEdit::AnswerDocument(somebody, document, question(a)?.id).into()
        }
        24 => match wish.flag {
            true => RelationEdit::Reverse(relation(a)?).into(),
            false => RelationEdit::SetKind(relation(a)?, kind(b)?.id.clone()).into(),
        },
        _ => match wish.flag {
            true => RelationTypeEdit::Remove(kind(a)?.id.clone()).into(),
            false => {
                let id = RelationTypeId::new(LINKS[0]).expect("valid");
                let made = RelationType::new(id, "Supports");
                match project_schema
                    .relation_types()
                    .iter()
                    .any(|it| it.id == made.id)
                {
                    true => RelationTypeEdit::Change(made).into(),
                    false => RelationTypeEdit::Add(made).into(),
                }
            }
        },
    })
}

/// Whether nothing leans on what is not there, as far as edits can see to it.
pub fn check(project: &Project) -> Result<(), TestCaseError> {
    for relation in project.relations() {
        for end in [&relation.from, &relation.to] {
            prop_assert!(project.home(end).is_some(), "{:?} leads nowhere", relation);
        }
    }
    for comment in project.comments() {
        prop_assert!(project.home(&comment.annotation).is_some(), "{:?}", comment);
    }
    let ranks: Vec<u32> = project.schema().labels().iter().map(|it| it.rank).collect();
    prop_assert!(ranks.is_sorted(), "{:?}", ranks);
    Ok(())
}
