//! Lessons, keys made of marks, and the common version.

use sourcelight::analysis::adjudication::{Votes, questions};
use sourcelight::analysis::agreement::{Choice, Study};
use sourcelight::format::decision::{Decision, GOLD, How};
use sourcelight::format::lesson::{self, Feedback, Lesson, Step};
use sourcelight::format::{key, people, render};
use sourcelight::model::{Document, Import, Progress, Project, RecordId, Timestamp, Value};

use crate::made::{finished, project, project_of, saying};
use crate::support::{annotation_id, annotator_id, document_id, label_id, merged, read};

fn marked() -> Project {
    project(&[(
        30,
        vec![
            ("ann", 0, 4, "claim"),
            ("ben", 0, 4, "claim"),
            ("cem", 1, 4, "claim"),
            ("ann", 2, 4, "quote"),
            ("ann", 20, 25, "opinion"),
            ("ben", 10, 12, "quote"),
            ("cem", 10, 12, "quote"),
        ],
    )])
}

#[test]
fn a_lesson_comes_back_as_it_was_made() {
    // The teacher is done with it, and has said what it is.
    let project = finished(&marked(), [("teacher", 0)]);
    let article = RecordId::Document(document_id("d0"));
    let project = saying(&project, &article, "kind", Value::Text("satire".into()));
    let documents = [document_id("d0")];
    let made = Lesson {
        id: "lesson-1".into(),
        title: "Claims “first”".into(),
        instructions: "Read.\nMark.".into(),
        steps: vec![Step {
            instructions: "Find three claims".into(),
            documents: documents.to_vec(),
            labels: vec![label_id("claim")],
            count: 3,
            minutes: 10,
        }],
        hand_in_name: "claims".into(),
        feedback: Feedback::EachMark,
        tolerance: 2,
        key: key::render(&project, &documents, &annotator_id("ann")),
        ..Lesson::default()
    };
    let file = lesson::render(&project, &documents, &made, &[annotator_id("ben")]);
    let (found, problems) = lesson::read("l.json", file.as_bytes())
        .expect("it opens")
        .expect("a lesson");
    assert_eq!((&found, problems), (&made, Vec::new()));
    let reading =
        read(&Project::default(), "l.json", file.as_bytes()).expect("it is a project file, too");
    assert_eq!(reading.problems, []);
    let students = merged(&Project::default(), reading.import);
    assert_eq!(students.annotations().len(), 2, "of the examples alone");
    let article = students.documents().first().expect("it came");
    assert_eq!(
        (article.progress, &article.finished_by, &article.details),
        (Progress::ToDo, &Vec::new(), &None)
    );
    let key = found
        .read_key("l.json", &students)
        .expect("there is one")
        .expect("it is a key");
    assert_eq!(key.problems, []);
    assert_eq!(key.marks.iter().map(|it| it.1.len()).sum::<usize>(), 3);
    assert_eq!(
        lesson::read("p.json", render(&project, &documents).as_bytes()),
        Ok(None)
    );
    assert_eq!(lesson::read("p.txt", b"Some text"), Ok(None));
}

#[test]
fn a_lesson_on_an_article_that_was_here_before_names_it_as_it_is_called_here() {
    let given = project(&[(30, vec![]), (20, vec![])]);
    let documents = ["d0", "d1"].map(document_id);
    let made = Lesson {
        steps: vec![Step {
            documents: documents.to_vec(),
            ..Step::default()
        }],
        ..Lesson::default()
    };
    let file = lesson::render(&given, &documents, &made, &[]);
    // The first article is here as the second of another name, and its name is another article's.
    let here = project_of("v", 1, &[(30, vec![])]);
    let text = given.documents()[0].text.clone();
    let import = Import {
        documents: vec![Document::new(document_id("own"), "Mine", text)],
        ..Import::default()
    };
    let here = merged(&here, import);
    let reading = read(&here, "l.json", file.as_bytes()).expect("it opens");
    let here = merged(&here, reading.import);
    let named = lesson::named_as_here(&made, file.as_bytes(), &here);
    assert_eq!(named.steps[0].documents, ["own", "d1"].map(document_id));
    assert_eq!(lesson::named_as_here(&made, b"{", &here), made);
}

#[test]
fn a_bad_lesson_is_told_of() {
    let project = marked();
    let made = Lesson {
        steps: vec![Step::default()],
        ..Lesson::default()
    };
    let file = lesson::render(&project, &[document_id("d0")], &made, &[]);
    let newer = file.replace(
        "\"lesson\": {\"version\":\"1.0\"",
        "\"lesson\": {\"version\":\"2.0\"",
    );
    assert_ne!(newer, file);
    let problem = lesson::read("l.json", newer.as_bytes()).expect_err("it is newer");
    assert!(problem.to_string().contains("newer page"), "{problem}");
    for (from, to, says) in [
        ("\"steps\":[{", "\"steps\":[1,{", "This step"),
        ("\"steps\":[{", "\"key\":5,\"steps\":[{", "“key”"),
        ("\"title\":\"\"", "\"title\":[]", "“title”"),
    ] {
        let changed = file.replacen(from, to, 1);
        assert_ne!(changed, file, "{to}");
        let (_, problems) = lesson::read("l.json", changed.as_bytes())
            .expect(to)
            .expect("a lesson");
        assert_eq!(problems.len(), 1, "{to}: {problems:?}");
        assert!(problems[0].to_string().contains(says), "{problems:?}");
    }
}

#[test]
fn what_most_have_marked_is_proposed_and_kept_with_its_decision() {
    let project = marked();
    let study = Study::of(&project, &Choice::default());
    let asked = questions(&study.articles[0], Votes::default());
    let shown: Vec<_> = asked
        .iter()
        .map(|it| {
            (
                it.words.clone(),
                it.candidates
                    .iter()
                    .map(|it| (it.votes, it.same.len(), it.is_proposed))
                    .collect::<Vec<_>>(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            (0..4, vec![(3, 2, true), (3, 1, false), (1, 1, false)]),
            (10..12, vec![(2, 2, true)]),
            (20..25, vec![(1, 1, false)]),
        ]
    );
    assert!(asked.iter().all(|it| it.people == 3 && !it.is_agreed()));
    let candidate = &asked[0].candidates[0];
    let like = project
        .annotations()
        .get(&candidate.same[0].1)
        .expect("it is here");
    let decision = Decision {
        by: annotator_id("teacher"),
        at: Timestamp(9),
        how: How::Vote,
        whose: candidate
            .people()
            .collect::<Vec<_>>()
            .into_iter()
            .map(|it| study.annotators[it].clone())
            .collect(),
        from: candidate
            .same
            .iter()
            .chain(&candidate.near)
            .map(|it| it.1.clone())
            .collect(),
        votes: [3, 3],
    };
    let made = decision.gold(like, annotation_id("g1"));
    let import = Import {
        annotations: vec![made],
        ..Import::default()
    };
    let after = merged(&project, import);
    let file = render(&after, &[document_id("d0")]);
    let again = read(&Project::default(), "p.json", file.as_bytes()).expect("it opens");
    let again = merged(&Project::default(), again.import);
    let kept = again
        .annotations()
        .get(&annotation_id("g1"))
        .expect("it came along");
    assert_eq!(kept.annotator, annotator_id(GOLD));
    assert_eq!(Decision::of(kept), Some(decision));
    assert_eq!(Decision::of(like), None);
}

#[test]
fn names_are_hidden_and_people_left_out() {
    let project = marked();
    let people = [annotator_id("cem"), annotator_id("ann")];
    let hidden = people::hidden(&project, &people);
    let file = render(&hidden, &[document_id("d0")]);
    for name in ["\"ann\"", "\"ben\"", "\"cem\""] {
        assert!(!file.contains(name), "{name}");
    }
    assert_eq!(hidden.annotations().len(), 5);
    let first = hidden.annotations().all();
    assert!(
        first
            .iter()
            .any(|it| it.annotator == annotator_id("person-1"))
    );
}
