//! What is said in files that are handed in beside marks: relations, comments, answers about articles.

use sourcelight::format::hand_in::Keep;
use sourcelight::model::{
    Comment, CommentId, Project, RecordChange, RecordId, Relation, RelationId, RelationTypeId,
    Timestamp, Value,
};

use crate::hand_in::{articles, marks, merged};
use crate::made::{Made, project, project_of, saying, sheet_of, with};
use crate::support::{annotation_id, annotator_id, document_id};

#[test]
fn what_leans_on_a_mark_goes_with_it_where_a_later_file_counts() {
    let linked = |at: u64, marks: Vec<Made<'_>>, note: &str| {
        let own = project_of("w", at, &[(30, marks), (30, vec![])]);
        let id = |it: &str| annotation_id(it);
        let kind = RelationTypeId::new("supports").expect("an id");
        let relation = Relation {
            note: note.into(),
            annotator: Some(annotator_id("p1")),
            ..Relation::new(
                RelationId::new("r1").expect("an id"),
                kind,
                id("d0-0"),
                id("d0-1"),
            )
        };
        let comment = Comment {
            id: CommentId::new("c1").expect("an id"),
            annotation: id("d0-0"),
            annotator: annotator_id("p1"),
            text: note.into(),
            created: Timestamp(1),
            modified: Timestamp(at),
            extra: Default::default(),
        };
        let records = [relation.into(), comment.into()].map(RecordChange::added);
        sheet_of(&with(&own, records.to_vec()), "p1", "Ann", at)
    };
    let two = || vec![("p1", 0, 3, "claim"), ("p1", 8, 9, "quote")];
    let early = linked(10, two(), "early");
    let late = linked(30, two(), "late");
    let notes = |project: &Project| -> Vec<String> {
        let relations = project.relations().map(|it| it.note.to_string());
        relations
            .chain(project.comments().map(|it| it.text.to_string()))
            .collect()
    };
    let (after, _) = merged(&articles(), &[late, early.clone()], Keep::Latest);
    assert_eq!(notes(&after), ["late", "late"]);
    // Later both marks are gone, and with them what was said of them.
    let gone = sheet_of(
        &project_of(
            "w",
            40,
            &[(30, vec![("p1", 20, 21, "claim")]), (30, vec![])],
        ),
        "p1",
        "Ann",
        40,
    );
    let (after, _) = merged(&articles(), &[early, gone], Keep::Latest);
    assert_eq!(marks(&after), ["d0 p1 claim w20"]);
    assert_eq!(notes(&after), Vec::<String>::new());
}

#[test]
fn answers_about_articles_are_not_taken_over_and_that_is_told() {
    let article = RecordId::Document(document_id("d0"));
    let satire = || Value::Text("satire".into());
    let own = project(&[(30, vec![("p1", 0, 3, "claim")]), (30, vec![])]);
    let files = [sheet_of(
        &saying(&own, &article, "kind", satire()),
        "p1",
        "Ann",
        10,
    )];
    let (after, report) = merged(&articles(), &files, Keep::Latest);
    assert_eq!(after.documents()[0].details, None);
    assert_eq!(
        report.files[0].notices,
        [
            "What it answers about 1 of the articles as a whole is not taken over: there is one answer for all."
        ]
    );
    let here = saying(&articles(), &article, "kind", satire());
    let (_, report) = merged(&here, &files, Keep::Latest);
    assert_eq!(report.files[0].notices, Vec::<String>::new());
}
