//! Marks of several parts, and marks within each other.

use sourcelight::model::{EditError, End};
use sourcelight::session::{Command, Direction};

use crate::desk::{Desk, story};

#[test]
fn selected_words_are_added_to_the_mark_that_was_in_focus() {
    story(|| {
        let desk = Desk::with("[quote:Never], she said, again, and went.");
        let select = |words| {
            let draft = desk.select(words).session.view.draft.get_untracked();
            desk.session.view.draft.set(None);
            desk.session.view.select(draft);
        };
        desk.run(Command::AddToMark);
        assert!(desk.said().contains("click the mark"));
        desk.focus(0);
        select("again");
        assert!(desk.session.focused().is_none());
        desk.run(Command::AddToMark);
        let parted = "[1:quote:Never1], she said, [1:quote:again1], and went.";
        assert_eq!(desk.shown(), parted);
        assert!(desk.session.focused().is_some(), "it has the focus again");
        assert_eq!(desk.said(), "Added to the mark: “Never … again”");
        select("she");
        select("went");
        desk.run(Command::AddToMark);
        assert_eq!(
            desk.shown(),
            "[1:quote:Never1], she said, [1:quote:again1], and [1:quote:went1].",
            "one may select anew"
        );
        select("went");
        desk.run(Command::AddToMark);
        assert_eq!(desk.said(), "The mark has these words already.");
        desk.run(Command::Undo);
        assert_eq!(desk.shown(), parted);
        desk.session.view.growing.set(None);
        select(", and");
        desk.run(Command::LetGo);
        select(", and");
        desk.run(Command::AddToMark);
        assert_eq!(desk.shown(), parted, "Escape has let the mark go");
        desk.focus(0);
        select(", and");
        desk.run(Command::AddToMark);
        assert_eq!(
            desk.shown(),
            "[1:quote:Never1], she said, [1:quote:again, and1] went.",
            "parts that touch are one"
        );
    });
}

#[test]
fn a_part_is_dropped_and_the_last_one_is_not() {
    story(|| {
        let desk = Desk::with("[1:quote:One1] two [1:quote:three1] four [1:quote:five1].");
        desk.focus(0).run(Command::DropPart);
        assert_eq!(desk.said(), EditError::NoFragment.to_string());
        let at = |byte| {
            let mark = desk.session.focused().expect("it has the focus");
            let place = desk
                .session
                .peek(|project| project.documents()[0].text.span(byte, byte + 1));
            let place = place.map(|it| it.start());
            desk.session.view.focus_at(Some(mark.id.clone()), place);
        };
        at(9);
        desk.run(Command::DropPart);
        assert_eq!(
            desk.shown(),
            "[1:quote:One1] two three four [1:quote:five1]."
        );
        at(1);
        desk.run(Command::DropPart);
        assert_eq!(desk.shown(), "One two three four [quote:five].");
        desk.run(Command::DropPart);
        assert_eq!(desk.said(), EditError::LastFragment.to_string());
        desk.run(Command::Undo).run(Command::Undo);
        assert_eq!(
            desk.shown(),
            "[1:quote:One1] two [1:quote:three1] four [1:quote:five1]."
        );
        desk.run(Command::Delete);
        assert_eq!(desk.shown(), "One two three four five.", "Delete takes all");
    });
}

#[test]
fn ends_move_at_the_part_one_is_at_else_at_the_outer_ones() {
    use sourcelight::model::Boundary::Word;
    story(|| {
        let desk = Desk::with("[1:quote:One1] two three [1:quote:four1] five.");
        desk.focus(0)
            .run(Command::MoveEnd(End::End, Word, Direction::Forward));
        assert_eq!(
            desk.shown(),
            "[1:quote:One1] two three [1:quote:four five1]."
        );
        let mark = desk.session.focused().expect("it has the focus");
        let start = mark.fragments()[0].start();
        desk.session
            .view
            .focus_at(Some(mark.id.clone()), Some(start));
        desk.run(Command::MoveEnd(End::End, Word, Direction::Forward));
        assert_eq!(
            desk.shown(),
            "[1:quote:One two1] three [1:quote:four five1]."
        );
        desk.run(Command::MoveEnd(End::End, Word, Direction::Forward));
        assert_eq!(
            desk.shown(),
            "[quote:One two three four five].",
            "they touch"
        );
    });
}

#[test]
fn the_outer_mark_becomes_the_inner_one() {
    story(|| {
        let desk = Desk::with("[claim:He said [quote:it [opinion:is so]]].");
        desk.focus(1).run(Command::SwapNesting);
        assert_eq!(desk.shown(), "[quote:He said [claim:it [opinion:is so]]].");
        desk.focus(0).run(Command::SwapNesting);
        assert_eq!(desk.shown(), "[claim:He said [quote:it [opinion:is so]]].");
        let all = desk.session.peek(|project| project.annotations().all());
        let (outer, inner) = (all[0].id.clone(), all[2].id.clone());
        desk.session.pick(|it| it.all(&[outer, inner]));
        desk.run(Command::SwapNesting);
        assert_eq!(desk.shown(), "[opinion:He said [quote:it [claim:is so]]].");
        desk.run(Command::Undo);
        assert_eq!(desk.shown(), "[claim:He said [quote:it [opinion:is so]]].");
    });
}

#[test]
fn where_there_is_nothing_to_exchange_it_is_said() {
    story(|| {
        let desk = Desk::with("[claim:[quote:So]] it [opinion:goes].");
        desk.focus(0).run(Command::SwapNesting);
        assert_eq!(desk.said(), EditError::SameWords.to_string());
        desk.focus(2).run(Command::SwapNesting);
        assert_eq!(desk.said(), EditError::NotNested.to_string());
        assert!(desk.written.borrow().is_empty());
    });
}
