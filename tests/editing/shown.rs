//! Some of the marks: only those of some labels shown, only those that were picked in a file.

use sourcelight::model::{EditError, Fate, Label, LabelEdit, LabelState};
use sourcelight::session::{Command, Direction, Shown};

use crate::desk::{Desk, story};
use crate::support::{self, document_id, label_id};

#[test]
fn hidden_marks_are_passed_over_and_come_back_when_one_works_on_them() {
    story(|| {
        let desk = Desk::with("[claim:One] [quote:two] [claim:three] four.");
        let view = desk.session.view;
        let focused = || desk.session.focused().map(|it| desk.session.quote(&it));
        view.toggle_label(&label_id("claim"));
        let next = Command::GoToMark(Direction::Forward);
        desk.run(next.clone()).run(next.clone());
        assert_eq!(focused().as_deref(), Some("three"));
        desk.run(next);
        assert_eq!(focused().as_deref(), Some("One"));
        view.focused.set(None);
        desk.run(Command::SplitAt(5));
        assert_eq!(desk.said(), EditError::NotInside.to_string());
        let all = desk.session.peek(|project| project.annotations().all());
        let all: Vec<_> = all.iter().map(|it| it.id.clone()).collect();
        desk.session.pick(|it| it.all(&all));
        desk.run(Command::Delete);
        assert_eq!(desk.marks(), ["quote:two"], "what is hidden is not deleted");
        assert!(!is_shown(&desk, "quote"));
        desk.select("four").run(Command::LabelAt(1));
        assert!(is_shown(&desk, "quote"), "a quote was marked");
        assert!(!is_shown(&desk, "opinion"));
        view.show_all();
        assert!(is_shown(&desk, "opinion"));
    });
}

/// Whether the desk shows marks of a label.
fn is_shown(desk: &Desk, label: &str) -> bool {
    let only = desk.session.view.only;
    only.with_untracked(|it| it.labels.is_empty() || it.labels.contains(&label_id(label)))
}

#[test]
fn what_others_marked_is_passed_over_until_one_works_on_it() {
    story(|| {
        let desk = Desk::with("[claim:One] [quote:two] [claim:three] four.");
        let view = desk.session.view;
        let by = desk.session.peek(|project| {
            let all = project.annotations().all();
            all.iter().map(|it| it.annotator.clone()).next()
        });
        let by = by.expect("somebody made them");
        let all = |desk: &Desk| desk.session.peek(|it| it.annotations().all());
        view.toggle_person(&support::annotator_id("nobody"));
        assert!(!all(&desk).iter().any(|it| view.is_shown(it)));
        desk.run(Command::GoToMark(Direction::Forward));
        assert_eq!(
            desk.said(),
            "Nothing that is shown is marked in this article."
        );
        view.toggle_person(&by);
        assert!(all(&desk).iter().all(|it| view.is_shown(it)));
        view.toggle_person(&by);
        view.toggle_label(&label_id("quote"));
        desk.select("four").run(Command::LabelAt(0));
        let shown: Vec<_> = all(&desk)
            .iter()
            .filter(|it| view.is_shown(it))
            .map(|it| desk.session.quote(it))
            .collect();
        assert_eq!(shown, ["four"], "what one makes is shown, with its label");
        view.show_all();
        assert!(view.only.with_untracked(Shown::is_all));
    });
}

/// A label of the desk in another state.
fn set(desk: &Desk, id: &str, state: LabelState) {
    let label = desk.session.peek(|project| {
        let label = project.schema().get(&label_id(id)).expect("it is there");
        Label::clone(label)
    });
    let wish = LabelEdit::Change(Label { state, ..label });
    desk.session.dispatch(wish.into()).expect("it is granted");
}

#[test]
fn a_label_that_becomes_hidden_is_not_shown_until_somebody_asks() {
    story(|| {
        let desk = Desk::with("[claim:One] [quote:two] three.");
        let view = desk.session.view;
        let shown = || ["claim", "quote", "opinion"].map(|it| is_shown(&desk, it));
        set(&desk, "quote", LabelState::Hidden);
        assert_eq!(shown(), [true, false, true]);
        set(&desk, "claim", LabelState::Hidden);
        assert_eq!(shown(), [false, false, true]);
        view.show_all();
        set(&desk, "opinion", LabelState::Retired);
        assert_eq!(shown(), [true; 3], "what was asked for stays");
        desk.run(Command::Undo)
            .run(Command::Undo)
            .run(Command::Undo);
        assert_eq!(shown(), [true; 3]);
        set(&desk, "claim", LabelState::Hidden);
        desk.run(Command::Undo);
        assert_eq!(shown(), [true; 3], "nothing is hidden any more");
        assert!(view.only.with_untracked(Shown::is_all));
        view.toggle_label(&label_id("quote"));
        set(&desk, "claim", LabelState::Retired);
        assert_eq!(
            shown(),
            [false, true, false],
            "a choice of the reader stays"
        );
        let gone = LabelEdit::Remove(label_id("quote"), Fate::Delete);
        desk.session.dispatch(gone.into()).expect("it is granted");
        assert_eq!(shown(), [true; 3], "nothing that is gone is shown alone");
    });
}

#[test]
fn a_retired_label_is_not_offered() {
    story(|| {
        let desk = Desk::with("[claim:One] two three.");
        set(&desk, "quote", LabelState::Retired);
        desk.select("two").run(Command::LabelAt(1));
        assert_eq!(desk.marks(), ["claim:One", "opinion:two"]);
        desk.select("three").run(Command::LabelAt(2));
        assert_eq!(desk.marks().len(), 2, "there is no third label any more");
    });
}

#[test]
fn an_excerpt_has_the_marks_that_were_asked_for_and_their_articles() {
    let project = support::project(&[
        ("one", "[claim:One] [quote:two]."),
        ("three", "[claim:Three]."),
        ("four", "[1:quote:Four1] five [1:quote:six1]."),
    ]);
    let picked: Vec<_> = ["four-1", "one-2"].map(support::annotation_id).into();
    let excerpt = project.excerpt(&picked);
    let documents = excerpt.documents().iter().map(|it| it.id.as_str());
    assert_eq!(documents.collect::<Vec<_>>(), ["one", "four"]);
    assert_eq!(excerpt.annotations().len(), 2);
    for id in &picked {
        let mark = project.annotations().get(id);
        assert!(mark.is_some() && excerpt.annotations().get(id) == mark);
    }
    assert_eq!(excerpt.schema(), project.schema());
}

#[test]
fn a_way_leads_to_a_hidden_mark_and_says_what_has_gone() {
    story(|| {
        let desk = Desk::with("[claim:One] [quote:two] three.");
        let (session, view) = (desk.session, desk.session.view);
        let ids = session.peek(|project| project.annotations().all());
        let ids: Vec<_> = ids.iter().map(|it| it.id.clone()).collect();
        view.toggle_label(&label_id("claim"));
        view.open.set(None);
        session.go_to_mark(&ids[1]);
        assert_eq!(view.open.get_untracked(), Some(document_id("story")));
        assert!(is_shown(&desk, "quote"), "what one goes to is seen");
        let focused = session.focused().map(|it| it.id.clone());
        assert_eq!(focused.as_ref(), Some(&ids[1]));

        desk.run(Command::Delete);
        session.go_to_mark(&ids[1]);
        assert_eq!(desk.said(), EditError::NoAnnotation.to_string());
        assert_eq!(view.focused.get_untracked(), None);
        assert!(session.go_to_article(&document_id("story")));
        assert!(!session.go_to_article(&document_id("gone")));
        assert_eq!(desk.said(), EditError::NoDocument.to_string());
        assert_eq!(view.open.get_untracked(), Some(document_id("story")));
    });
}
