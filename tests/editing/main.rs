//! Stories of a reader at work, told through the session: what is dispatched, what is written
//! ahead, what undo brings back. No browser and no screen.

mod desk;
mod parts;
mod reshape;
mod shown;
#[path = "../support/mod.rs"]
mod support;

use std::cell::RefCell;
use std::rc::Rc;

use desk::{Desk, story};
use sourcelight::model::{
    Annotation, Change, Document, Edit, EditError, End, Progress, Record, RecordChange, Timestamp,
};
use sourcelight::session::{Command, Direction, Origin};
use support::{annotator_id, document_id, label_id};

#[test]
fn a_digit_labels_the_draft_then_relabels_the_mark_in_focus() {
    story(|| {
        let desk = Desk::with("“Never,” she said.");
        desk.select("Never").run(Command::LabelAt(1));
        assert_eq!(desk.marks(), ["quote:Never"]);
        desk.run(Command::LabelAt(2));
        assert_eq!(desk.marks(), ["opinion:Never"]);
        assert_eq!(*desk.written.borrow(), ["mark quote", "relabel as opinion"]);
    });
}

#[test]
fn a_digit_without_a_draft_arms_the_label_and_disarms_it() {
    story(|| {
        let desk = Desk::with("Text.");
        desk.run(Command::LabelAt(0));
        assert_eq!(
            desk.session.view.armed.get_untracked(),
            Some(label_id("claim"))
        );
        desk.run(Command::LabelAt(0));
        assert_eq!(desk.session.view.armed.get_untracked(), None);
        assert!(desk.written.borrow().is_empty());
    });
}

#[test]
fn undo_and_redo_walk_through_everything_that_was_done() {
    story(|| {
        let desk = Desk::with("One [claim:two] three.");
        desk.select("three")
            .run(Command::LabelAt(2))
            .run(Command::Delete);
        assert_eq!(desk.marks(), ["claim:two"]);
        desk.run(Command::Undo);
        assert_eq!(desk.marks(), ["claim:two", "opinion:three"]);
        desk.run(Command::Undo);
        assert_eq!(desk.marks(), ["claim:two"]);
        desk.run(Command::Redo).run(Command::Redo);
        assert_eq!(desk.marks(), ["claim:two"]);
        assert_eq!(
            desk.session.history_names().0.as_deref(),
            Some("delete opinion")
        );
    });
}

#[test]
fn removing_an_article_takes_its_marks_and_undo_brings_them_back() {
    story(|| {
        let desk = Desk::with("One [claim:two] [quote:three].");
        let done = desk
            .session
            .dispatch(Edit::RemoveDocument(document_id("story")));
        assert!(done.is_ok());
        assert!(desk.session.peek(|project| project.documents().is_empty()));
        assert!(desk.session.view.open.get_untracked().is_none());
        desk.run(Command::Undo);
        assert_eq!(desk.marks(), ["claim:two", "quote:three"]);
    });
}

#[test]
fn ends_move_by_words_and_characters_and_never_into_a_grapheme() {
    use sourcelight::model::Boundary::{Grapheme, Word};
    story(|| {
        let desk = Desk::with("Ana 👩‍🚒 said [claim:so] then.");
        desk.run(Command::GoToMark(Direction::Forward));
        desk.run(Command::MoveEnd(End::End, Word, Direction::Forward));
        assert_eq!(desk.marks(), ["claim:so then"]);
        desk.run(Command::MoveEnd(End::End, Grapheme, Direction::Back));
        assert_eq!(desk.marks(), ["claim:so the"]);
        desk.run(Command::MoveEnd(End::Start, Word, Direction::Back));
        desk.run(Command::MoveEnd(End::Start, Word, Direction::Back));
        assert_eq!(desk.marks(), ["claim:Ana 👩‍🚒 said so the"]);
        desk.run(Command::MoveEnd(End::Start, Grapheme, Direction::Forward));
        assert_eq!(desk.marks(), ["claim:na 👩‍🚒 said so the"]);
    });
}

#[test]
fn the_letters_of_a_note_are_one_step_of_undo() {
    story(|| {
        let desk = Desk::with("[claim:So].");
        let id = desk.session.peek(|project| {
            project.annotations().of(&document_id("story"))[0]
                .id
                .clone()
        });
        for note in ["w", "wh", "why", "why?"] {
            desk.clock.set(desk.clock.get() + 200);
            let done = desk
                .session
                .dispatch(Edit::SetNote(id.clone(), note.to_owned()));
            assert!(done.is_ok());
        }
        assert_eq!(
            desk.written.borrow().len(),
            4,
            "each letter is written ahead"
        );
        desk.run(Command::Undo);
        let note = desk
            .session
            .peek(|project| project.annotations().get(&id).map(|it| it.note.to_string()));
        assert_eq!(note.as_deref(), Some(""));
    });
}

#[test]
fn undo_of_a_note_leaves_what_another_page_wrote_in_between() {
    story(|| {
        let desk = Desk::with("[claim:So].");
        let session = desk.session;
        let mark = || session.peek(|project| project.annotations().all()[0].clone());
        let write = |note: &str| {
            let done = session.dispatch(Edit::SetNote(mark().id.clone(), note.to_owned()));
            assert!(done.is_ok());
        };
        write("why");
        let mut theirs = Annotation::clone(&mark());
        theirs.note = "theirs".into();
        let change = Change {
            name: "changes made elsewhere".into(),
            records: vec![RecordChange {
                before: Some(Record::Annotation(mark())),
                after: Some(Record::Annotation(theirs.into())),
            }],
            at: Timestamp(1_000),
            merge_key: None,
        };
        session.receive_change(change, Origin::Elsewhere);
        write("theirs, and why");
        desk.run(Command::Undo);
        assert_eq!(&*mark().note, "theirs");
    });
}

#[test]
fn undo_passes_over_what_others_have_taken_away() {
    story(|| {
        let desk = Desk::with("One two three.");
        desk.select("One").run(Command::LabelAt(0));
        desk.select("three").run(Command::LabelAt(1));
        let marks = desk
            .session
            .peek(|project| project.annotations().all().to_vec());
        let change = Change {
            name: "changes made elsewhere".into(),
            records: vec![RecordChange::removed(Record::Annotation(marks[1].clone()))],
            at: Timestamp(9_000),
            merge_key: None,
        };
        desk.session.receive_change(change, Origin::Elsewhere);
        assert_eq!(desk.session.undo().as_deref(), Some("mark claim"));
        assert!(desk.marks().is_empty());
    });
}

#[test]
fn a_second_person_finishes_an_article_that_is_done() {
    story(|| {
        let desk = Desk::with("Text.");
        let id = document_id("story");
        let document = desk.session.peek(|project| project.documents()[0].clone());
        let mut after = Document::clone(&document);
        after.progress = Progress::Done;
        after.set_finished(&annotator_id("ann"), true);
        let change = Change {
            name: "changes made elsewhere".into(),
            records: vec![RecordChange::replaced(
                Record::Document(document),
                Record::Document(after.into()),
            )],
            at: Timestamp(9_000),
            merge_key: None,
        };
        desk.session.receive_change(change, Origin::Elsewhere);
        let finish = || {
            desk.session
                .dispatch(Edit::SetProgress(id.clone(), Progress::Done))
        };
        assert!(finish().is_ok());
        assert_eq!(finish(), Err(EditError::NoChange));
        let finished = desk
            .session
            .peek(|project| project.documents()[0].finished_by.clone());
        assert_eq!(finished, ["ann", "reader"].map(annotator_id));
    });
}

#[test]
fn what_cannot_be_done_is_said_and_changes_nothing() {
    story(|| {
        let desk = Desk::with("A  [claim:b] c.");
        let session = desk.session;
        let span =
            |start, end| session.peek(|project| project.documents()[0].text.span(start, end));
        let blank = span(1, 3).expect("the blanks");
        let annotate = |span, label| {
            session.dispatch(Edit::Annotate(document_id("story"), span, label_id(label)))
        };
        assert_eq!(annotate(blank, "claim"), Err(EditError::Blank));
        assert_eq!(annotate(blank, "rumour"), Err(EditError::Blank));
        let c = span(5, 6).expect("the c");
        assert_eq!(
            annotate(c, "rumour"),
            Err(EditError::NoLabel(label_id("rumour")))
        );
        assert!(annotate(c, "claim").is_ok());
        assert_eq!(annotate(c, "claim"), Err(EditError::Duplicate));
        assert!(
            annotate(c, "quote").is_ok(),
            "another label on the same words is another mark"
        );
    });
}

#[test]
fn what_was_before_a_step_is_known_while_it_is_announced() {
    story(|| {
        let session = Desk::with("one two [claim:three] four five").session;
        let seen: Rc<RefCell<Vec<usize>>> = Rc::default();
        let log = seen.clone();
        session.observe(move |change, _| {
            log.borrow_mut()
                .push(session.before(change).annotations().len());
        });
        let mark = |words: &str| {
            session.peek(|project| {
                let document = &project.documents()[0];
                let start = document
                    .text
                    .as_str()
                    .find(words)
                    .expect("they stand there");
                let span = document.text.span(start, start + words.len());
                Edit::Annotate(
                    document.id.clone(),
                    span.expect("it is one"),
                    label_id("quote"),
                )
            })
        };
        session.dispatch(mark("one")).expect("it fits");
        assert_eq!(*seen.borrow(), [1]);

        let first = session.dispatch_part(mark("two")).expect("it fits");
        session.dispatch(mark("five")).expect("it fits");
        let second = session.dispatch_part(mark("four")).expect("it fits");
        session.finish_parts(vec![first, second]);
        // The step that came between the parts knows the first of them.
        assert_eq!(*seen.borrow(), [1, 3, 2]);

        session.undo();
        assert_eq!(session.peek(|project| project.annotations().len()), 3);
    });
}
