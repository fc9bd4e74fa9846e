//! Files for a class are known by their beginning, a lesson is kept without its articles, and people are renamed.

use sourcelight::format::class_file::ClassFile;
use sourcelight::format::hand_in::{self, HandIn};
use sourcelight::format::lesson::{self, Feedback, Lesson, Step};
use sourcelight::format::{key, render};
use sourcelight::model::{
    AnnotatorEdit, EditContext, EditError, History, Project, Timestamp, plan,
};

use crate::made::project;
use crate::support::{annotation_id, annotator_id, document_id, label_id};

fn marked() -> Project {
    project(&[(30, vec![("ann", 0, 3, "claim"), ("ben", 4, 9, "quote")])])
}

fn made() -> Lesson {
    Lesson {
        id: "l1".into(),
        title: "Who says “what”?".into(),
        steps: vec![Step {
            instructions: "Mark\nall.".into(),
            documents: vec![document_id("d0")],
            labels: vec![label_id("claim")],
            count: 3,
            minutes: 5,
        }],
        feedback: Feedback::EachMark,
        tolerance: 2,
        ..Lesson::default()
    }
}

#[test]
fn files_for_a_class_are_known_by_their_beginning() {
    let project = marked();
    let documents = [document_id("d0")];
    let ann = annotator_id("ann");
    let said = HandIn {
        lesson: "lesson".into(),
        ..HandIn::default()
    };
    for (file, is) in [
        (
            hand_in::render(&project, &documents, &ann, &said, true),
            Some(ClassFile::HandIn),
        ),
        (
            lesson::render(&project, &documents, &made(), &[]),
            Some(ClassFile::Lesson),
        ),
        (
            key::render(&project, &documents, &ann),
            Some(ClassFile::Key),
        ),
        (render(&project, &documents), None),
        ("A word on the \"handIn\" of a \"lesson\".".to_owned(), None),
        (String::new(), None),
    ] {
        assert_eq!(ClassFile::of(file.as_bytes()), is, "{file}");
    }
    assert_eq!(ClassFile::of(&[0xff, 0xfe, 0]), None);
}

#[test]
fn a_lesson_is_kept_without_its_articles() {
    let project = marked();
    let mut lesson = made();
    lesson.key = key::render(&project, &[document_id("d0")], &annotator_id("ann"));
    let kept = lesson::render_alone(&lesson);
    let (read, problems) = lesson::read("kept", kept.as_bytes())
        .expect("it is read")
        .expect("it is one");
    assert_eq!(problems, []);
    assert_eq!(read, lesson);
}

#[test]
fn people_are_renamed_as_one_step() {
    let mut project = marked();
    let mut history = History::default();
    let rename = |project: &Project, name: &str| {
        let mut cx = EditContext {
            now: Timestamp(5),
            annotator: annotator_id("ann"),
            new_annotation_id: &mut || annotation_id("unused"),
        };
        let wish = AnnotatorEdit(annotator_id("ben"), name.to_owned());
        plan(project, wish.into(), &mut cx)
    };
    let name = |project: &Project| {
        let mut all = project.annotators();
        all.find(|it| it.id == annotator_id("ben"))
            .map(|it| it.name.clone())
    };
    let change = rename(&project, " Benjamin ").expect("it is a name");
    project.apply(&change);
    history.push(change);
    assert_eq!(name(&project).as_deref(), Some("Benjamin"));
    assert_eq!(rename(&project, "Benjamin"), Err(EditError::NoChange));
    let long = rename(&project, &"x".repeat(201)).expect_err("it is too long");
    assert!(long.to_string().contains("200"), "{long}");
    let undone = history.undo().expect("there is a step");
    project.apply(&undone);
    assert_eq!(name(&project), None);
}
