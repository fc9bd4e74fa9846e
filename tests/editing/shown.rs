//! Some of the marks: only those of some labels shown, only those that were picked in a file.

use sourcelight::model::EditError;
use sourcelight::session::{Command, Direction};

use crate::desk::{Desk, story};
use crate::support::{self, label_id};

#[test]
fn hidden_marks_are_passed_over_and_come_back_when_one_works_on_them() {
    story(|| {
        let desk = Desk::with("[claim:One] [quote:two] [claim:three] four.");
        let view = desk.session.view;
        let focused = || desk.session.focused().map(|it| desk.session.quote(&it));
        view.toggle_only(&label_id("claim"));
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
        assert!(!view.is_shown(&label_id("quote")));
        desk.select("four").run(Command::LabelAt(1));
        assert!(view.is_shown(&label_id("quote")), "a quote was marked");
        assert!(!view.is_shown(&label_id("opinion")));
        view.show_all();
        assert!(view.is_shown(&label_id("opinion")));
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
