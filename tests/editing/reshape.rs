//! Marks that become one, and a mark that becomes two.

use sourcelight::model::Edit;
use sourcelight::session::{Command, Direction};

use crate::desk::{Desk, story};
use crate::support::document_id;

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
fn marks_that_are_apart_become_the_parts_of_one_when_they_are_picked() {
    story(|| {
        let desk = Desk::with("[quote:So,] she said, [quote:it] [quote:goes].");
        let all = desk.session.peek(|project| project.annotations().all());
        let all: Vec<_> = all.iter().map(|it| it.id.clone()).collect();
        desk.focus(0).run(Command::Join);
        assert!(desk.said().contains("selected in the list"));
        desk.session.pick(|it| it.all(&all));
        desk.run(Command::Join);
        assert_eq!(desk.shown(), "[1:quote:So,1] she said, [1:quote:it goes1].");
        assert_eq!(desk.said(), "Merged 3 marks into one of 2 parts");
        desk.run(Command::SplitAt(10));
        assert_eq!(
            desk.shown(),
            "[quote:So,] she said, [quote:it goes].",
            "between the parts they are two marks again"
        );
        desk.run(Command::Undo).run(Command::SplitAt(17));
        assert_eq!(
            desk.shown(),
            "[1:quote:So,1] she said, [1:quote:it1] [quote:goes].",
            "within a part the others stay with their side"
        );
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
