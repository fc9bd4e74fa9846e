//! Stories of a reader at work, told through the session: what is dispatched, what is written
//! ahead, what undo brings back. No browser and no screen.

mod support;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use sourcelight::model::{Edit, EditError, Project, Record, Timestamp};
use sourcelight::session::{Command, Direction, End, Origin, Outside, Session};
use support::{annotator_id, document_id, label_id, read_marked};

/// A session with one article, and what was written ahead in it.
struct Desk {
    session: Session,
    written: Rc<RefCell<Vec<String>>>,
    clock: Rc<Cell<u64>>,
}

impl Desk {
    /// The article with its marks; an owner must be there.
    fn with(marked: &str) -> Desk {
        let written = Rc::new(RefCell::new(Vec::new()));
        let clock = Rc::new(Cell::new(1_000));
        let (log, time, count) = (written.clone(), clock.clone(), Cell::new(0));
        let outside = Outside {
            now: Rc::new(move || Timestamp(time.get())),
            new_id: Rc::new(move || {
                count.set(count.get() + 1);
                format!("new-{}", count.get())
            }),
            record: Rc::new(move |change, _| log.borrow_mut().push(change.name.clone())),
        };
        let session = Session::new(outside, annotator_id("reader"));
        let (document, annotations) = read_marked("story", marked);
        let id = document.id.clone();
        let mut records = vec![Record::Document(document.into())];
        records.extend(
            annotations
                .into_iter()
                .map(|it| Record::Annotation(it.into())),
        );
        session.receive(records, Origin::Stored);
        session.view.open(id);
        Desk {
            session,
            written,
            clock,
        }
    }

    /// Selects `words` as a drag would.
    fn select(&self, words: &str) -> &Self {
        let span = self.session.peek(|project| {
            let text = &project.documents()[0].text;
            let start = text
                .as_str()
                .find(words)
                .expect("the words are in the text");
            text.span(start, start + words.len())
                .expect("words make a span")
        });
        self.session.view.draft.set(Some(span));
        self
    }

    fn run(&self, command: Command) -> &Self {
        self.clock.set(self.clock.get() + 5_000);
        command.run(self.session);
        self
    }

    /// Every mark as `label:words`, in text order.
    fn marks(&self) -> Vec<String> {
        self.session.peek(|project: &Project| {
            let document = &project.documents()[0];
            let all = project.annotations().of(&document.id).iter();
            all.map(|it| format!("{}:{}", it.label, document.text.slice(it.hull())))
                .collect()
        })
    }
}

/// Runs a story with the signals' owner in place.
fn story(tell: impl FnOnce()) {
    Owner::new().with(tell);
}

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
fn marks_of_one_label_that_touch_become_one_and_one_undo_parts_them() {
    story(|| {
        let desk = Desk::with("[claim:One.] [claim:Two.]\n\n[claim:Three.] and [quote:Four.]");
        let before = desk.marks();
        desk.run(Command::GoToMark(Direction::Forward))
            .run(Command::Join);
        assert_eq!(
            desk.marks(),
            ["claim:One. Two.", "claim:Three.", "quote:Four."],
            "those beside the one in focus"
        );
        desk.run(Command::Join);
        assert_eq!(desk.marks()[0], "claim:One. Two.\n\nThree.");
        desk.run(Command::Undo).run(Command::Undo);
        assert_eq!(desk.marks(), before);
        let all = desk.session.peek(|project| {
            let all = project.annotations().of(&document_id("story")).iter();
            all.map(|it| it.id.clone()).collect::<Vec<_>>()
        });
        desk.session.pick(|it| it.all(&all[..3]));
        desk.run(Command::Join);
        assert_eq!(
            desk.marks(),
            ["claim:One. Two.\n\nThree.", "quote:Four."],
            "all that are picked"
        );
        desk.run(Command::Undo);
        desk.session.pick(|it| it.all(&all));
        desk.run(Command::Join);
        assert_eq!(desk.marks(), before, "a quote is no claim");
    });
}

#[test]
fn merged_marks_keep_their_notes() {
    story(|| {
        let desk = Desk::with("[1:claim:One [2:claim:two 1]three 2]four");
        let all = desk.session.peek(|project| {
            let all = project.annotations().of(&document_id("story")).iter();
            all.map(|it| it.id.clone()).collect::<Vec<_>>()
        });
        for (id, note) in all.iter().zip(["first", "second"]) {
            let edit = Edit::SetNote(id.clone(), note.to_owned());
            desk.session.dispatch(edit).expect("a note may be written");
        }
        desk.session
            .dispatch(Edit::Join(all.clone()))
            .expect("they overlap");
        assert_eq!(desk.marks(), ["claim:One two three "]);
        let note = desk.session.peek(|project| {
            let joined = project.annotations().get(&all[0]).expect("the first stays");
            joined.note.to_string()
        });
        assert_eq!(note, "first\nsecond");
    });
}

#[test]
fn a_mark_is_split_where_one_is() {
    story(|| {
        let desk = Desk::with("[claim:One [quote:two three] four]");
        desk.run(Command::SplitAt(8));
        assert_eq!(
            desk.marks(),
            ["claim:One two three four", "quote:two", "quote:three"],
            "the smallest at the place, without the blank between the parts"
        );
        desk.run(Command::Undo);
        desk.session.view.focused.set(desk.session.peek(|project| {
            let all = project.annotations().of(&document_id("story")).iter();
            all.map(|it| it.id.clone()).next()
        }));
        desk.run(Command::SplitAt(4));
        assert_eq!(
            desk.marks(),
            ["claim:One", "claim:two three four", "quote:two three"],
            "the one in focus"
        );
        let before = desk.marks();
        desk.run(Command::SplitAt(0)).run(Command::SplitAt(18));
        assert_eq!(desk.marks(), before, "nothing to split there");
    });
}

#[test]
fn a_character_is_not_split() {
    story(|| {
        let desk = Desk::with("[claim:a👩‍🚒b]");
        // Between the parts of the joined emoji, and inside of one of them.
        desk.run(Command::SplitAt(5)).run(Command::SplitAt(6));
        assert_eq!(desk.marks(), ["claim:a👩‍🚒b"]);
        desk.run(Command::SplitAt(1));
        assert_eq!(desk.marks(), ["claim:a", "claim:👩‍🚒b"]);
    });
}
