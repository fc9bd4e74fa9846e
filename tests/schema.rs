//! Stories of schemas, answers, the cast and relations.

mod support;

use sourcelight::analysis::{likely_speakers, missing, missing_in};
use sourcelight::format::schema_file::{self, BUILT_IN, adopt, rows};
use sourcelight::model::*;
use support::*;

const NEWS: &str = "Ana Kel came late. “[quote:No trams today],” said Bo Ram. [claim:Ten trams stopped]. [opinion:A shame].";

fn speaker(id: &str) -> SpeakerId {
    SpeakerId::new(id).expect("valid")
}

fn question(id: &str) -> AttributeId {
    AttributeId::new(id).expect("valid")
}

fn mark(place: usize) -> AnnotationId {
    annotation_id(&format!("news-{place}"))
}

/// The article with the built-in schema in depth and two people; who speaks, and whose opinion it is, have
/// to be said.
fn desk() -> Project {
    let mut project = project(&[("news", NEWS)]);
    let file = schema_file::read("s.json", BUILT_IN[0]).expect("it opens");
    let rows = rows(&project, &file);
    let edit = adopt(&project, &file, &rows);
    done(&mut project, edit);
    for id in ["speaker", "whose"] {
        let asked = project.schema().attribute(id).expect("it is asked");
        let asked = Attribute {
            required: true,
            ..asked
        };
        done(&mut project, AttributeEdit::Change(asked));
    }
    for (id, name) in [("ana", "Ana Kel"), ("bo", "Bo Ram")] {
        done(&mut project, CastEdit::Add(Speaker::new(speaker(id), name)));
    }
    project
}

fn planned(project: &Project, edit: impl Into<Edit>) -> Result<Change, EditError> {
    let mut cx = EditContext {
        now: Timestamp(NOW.0 + 5),
        annotator: annotator_id("me"),
        new_annotation_id: &mut || annotation_id("fresh"),
    };
    plan(project, edit.into(), &mut cx)
}

/// Does it, and checks that one step takes it back.
fn done(project: &mut Project, edit: impl Into<Edit>) -> Change {
    let change = planned(project, edit).expect("it can be granted");
    let before = project.clone();
    project.apply(&change);
    let mut back = project.clone();
    back.apply(&change.inverse());
    assert!(back == before, "one step takes back {}", change.name);
    change
}

fn answer(project: &Project, place: usize, id: &str) -> Option<Answer> {
    let mark = project
        .annotations()
        .get(&mark(place))
        .expect("it is there");
    mark.details.as_ref()?.answers.get(id).cloned()
}

fn text(it: &str) -> Option<Answer> {
    Some(Answer::Text(it.into()))
}

#[test]
fn a_quote_gets_its_speaker_and_the_nearest_name_is_offered_first() {
    let mut project = desk();
    let quote = project
        .annotations()
        .get(&mark(1))
        .expect("it is there")
        .clone();
    let likely = likely_speakers(&project, &quote.document, quote.hull());
    let names: Vec<&str> = likely.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Bo Ram", "Ana Kel"]);
    let lacking = missing(&project, &quote);
    assert_eq!(
        lacking.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(),
        ["speaker"]
    );
    done(
        &mut project,
        AnswerEdit::Answer(vec![mark(1)], question("speaker"), text("bo")),
    );
    assert_eq!(answer(&project, 1, "speaker"), text("bo"));
    assert_eq!(
        missing_in(&project, &document_id("news")).count(),
        1,
        "whose opinion it is"
    );
    let nobody = AnswerEdit::Answer(vec![mark(1)], question("speaker"), text("nobody"));
    let refused = planned(&project, nobody).expect_err("nobody is called so");
    assert_eq!(refused.to_string(), "That is no answer to “Speaker”.");
    let new = Speaker::new(speaker("cy"), "Cy");
    let change = done(
        &mut project,
        CastEdit::Answer(new, vec![mark(1)], question("speaker")),
    );
    assert_eq!(change.records.len(), 2, "who and where in one step");
    done(&mut project, CastEdit::Merge(speaker("cy"), speaker("bo")));
    assert_eq!(answer(&project, 1, "speaker"), text("bo"));
    let bo = project.speaker("bo").expect("he stays");
    assert_eq!(bo.aliases, ["Cy"]);
    done(&mut project, CastEdit::Remove(speaker("bo")));
    assert_eq!(answer(&project, 1, "speaker"), None);
}

#[test]
fn a_question_is_asked_after_the_answer_it_waits_for() {
    let mut project = desk();
    let opinion = |project: &Project| {
        project
            .annotations()
            .get(&mark(3))
            .expect("it is there")
            .clone()
    };
    let asked = |project: &Project| {
        let asked = sourcelight::analysis::asked(project, &opinion(project));
        asked.iter().any(|it| it.id.as_str() == "holder")
    };
    assert!(!asked(&project));
    done(
        &mut project,
        AnswerEdit::Answer(vec![mark(3)], question("whose"), text("speaker")),
    );
    assert!(asked(&project));
}

#[test]
fn relations_and_comments_go_with_their_marks_and_come_back() {
    let mut project = desk();
    let (id, kind) = (
        RelationId::new("r").expect("valid"),
        RelationTypeId::new("supports").expect("valid"),
    );
    let wrong = RelationEdit::Add(id.clone(), kind.clone(), mark(2), mark(1));
    let refused = planned(&project, wrong).expect_err("it leads to no claim");
    assert_eq!(
        refused.to_string(),
        "“supports” does not lead from “Claim” to “Quote”."
    );
    done(&mut project, RelationEdit::Add(id, kind, mark(1), mark(2)));
    let comment = CommentId::new("c").expect("valid");
    done(
        &mut project,
        AnswerEdit::AddComment(comment, mark(2), "Ten?".into()),
    );
    let file = render(&project);
    let again = merged(
        &bare_project(),
        read(&bare_project(), "p.json", file.as_bytes())
            .expect("it opens")
            .import,
    );
    assert!(again.relations().eq(project.relations()) && again.comments().eq(project.comments()));
    let change = done(&mut project, Edit::Remove(vec![mark(2)]));
    assert_eq!(change.records.len(), 3);
    assert_eq!(
        (project.relations().count(), project.comments().count()),
        (0, 0)
    );
}

#[test]
fn labels_that_become_one_are_no_kind_of_themselves() {
    let mut project = desk();
    let [top, middle, low] = ["top", "middle", "low"].map(label_id);
    let label = |id: &LabelId, parent: Option<&LabelId>| Label {
        parent: parent.cloned(),
        ..Label::new(id.clone(), id.as_str(), Color(0, 0, 0))
    };
    for it in [
        label(&top, None),
        label(&middle, Some(&top)),
        label(&low, Some(&middle)),
    ] {
        done(&mut project, LabelEdit::Add(it));
    }
    done(&mut project, LabelEdit::Merge(top, low.clone()));
    assert!(examine(&project).is_empty());
    let renamed = Label {
        name: "Another".into(),
        ..Label::clone(project.schema().get(&low).expect("it is there"))
    };
    done(&mut project, LabelEdit::Change(renamed));
}

#[test]
fn a_label_that_goes_leaves_its_marks_where_one_says() {
    let mut project = desk();
    let (claim, quote) = (label_id("claim"), label_id("quote"));
    let mut kept = project.clone();
    done(
        &mut kept,
        LabelEdit::Remove(claim.clone(), Fate::Relabel(quote.clone())),
    );
    assert_eq!(kept.annotations().count(&document_id("news"), &quote), 2);
    assert!(
        kept.schema().attribute("checkable").is_none(),
        "it was for claims alone"
    );
    done(&mut project, LabelEdit::Remove(claim.clone(), Fate::Delete));
    assert_eq!(project.annotations().len(), 2);
    let meaning = Label {
        definition: "Words in quotation marks.".into(),
        ..Label::clone(project.schema().get(&quote).expect("it is there"))
    };
    done(&mut project, LabelEdit::Change(meaning));
    let revision = |project: &Project| {
        let label = project.schema().get(&quote).expect("it is there").revision;
        let mark = project
            .annotations()
            .get(&mark(1))
            .expect("it is there")
            .revision;
        (label, mark)
    };
    assert_eq!(
        revision(&project),
        (1, 0),
        "the mark was made when it meant something else"
    );
    done(&mut project, AnswerEdit::Review(vec![mark(1)]));
    assert_eq!(revision(&project), (1, 1));
}
