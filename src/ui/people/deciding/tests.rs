//! How places are decided: votes, takings, what stands where nothing is said.

use std::sync::Arc;

use super::*;
use crate::analysis::Places;
use crate::model::{
    Change, Document, Edit, EditContext, LabelId, Record, RecordChange, Text, plan,
};

fn who(id: &str) -> AnnotatorId {
    AnnotatorId::new(id).expect("it is an id")
}

fn here() -> DocumentId {
    DocumentId::new("d").expect("it is an id")
}

fn mark(id: &str, by: &str, [from, to]: [usize; 2], label: &str, text: &Text) -> Annotation {
    let span = Places::of(text).span(&(from..to)).expect("there are words");
    let label = LabelId::new(label).expect("it is an id");
    let id = AnnotationId::new(id).expect("it is an id");
    Annotation::new(id, here(), span, label, who(by), Timestamp(1))
}

/// Three people: they agree on the first words, two of them on the next, nobody on the last.
fn project() -> Project {
    let words: Vec<String> = (0..30).map(|it| format!("w{it}")).collect();
    let text = Text::new(&words.join(" ")).expect("has text");
    let marks = [
        ("a1", "ann", [0, 3], "claim"),
        ("b1", "ben", [0, 3], "claim"),
        ("c1", "cem", [0, 3], "claim"),
        ("a2", "ann", [10, 14], "claim"),
        ("b2", "ben", [10, 15], "claim"),
        ("c2", "cem", [10, 12], "quote"),
        ("a3", "ann", [20, 22], "opinion"),
        ("c3", "cem", [21, 25], "claim"),
    ];
    let marks = marks.map(|(id, by, at, label)| mark(id, by, at, label, &text));
    let document = Document::new(here(), "Article", Arc::new(text));
    let marks = marks.map(|it| Record::Annotation(Arc::new(it)));
    let mut project = Project::default();
    let records = std::iter::once(Record::Document(Arc::new(document))).chain(marks);
    project.apply(&Change {
        name: "load".into(),
        records: records.map(RecordChange::added).collect(),
        at: Timestamp::default(),
        merge_key: None,
    });
    project
}

fn disputed(project: &Project) -> Disputed {
    let people = people(project, &who("teacher"));
    Disputed::of(project, &here(), &people, Votes::default()).expect("several marked it")
}

/// The project after a step of the teacher.
fn after(project: &Project, make: impl Fn(&Disputed, &Deciding<'_>) -> Decisions) -> Project {
    let count = std::cell::Cell::new(project.annotations().len());
    let new_id = || {
        count.set(count.get() + 1);
        AnnotationId::new(&format!("g{}", count.get())).expect("it is an id")
    };
    let by = Deciding {
        by: who("teacher"),
        at: Timestamp(5_000),
        new_id: &new_id,
    };
    let wish: Edit = make(&disputed(project), &by).into();
    let mut cx = EditContext {
        now: Timestamp(5_000),
        annotator: who("teacher"),
        new_annotation_id: &mut || new_id(),
    };
    let mut after = project.clone();
    after.apply(&plan(project, wish, &mut cx).expect("something changes"));
    after
}

/// Chooses rows of a place, by their places.
fn choose(project: &Project, at: usize, on: &[usize], edit: fn(&mut Row)) -> Project {
    after(project, |it, by| {
        let mut rows = it.rows(project, &it.places[at]);
        for (place, row) in rows.iter_mut().enumerate() {
            row.is_on = on.contains(&place);
            if row.is_on {
                edit(row);
            }
        }
        it.decide(project, at, &rows, by)
    })
}

/// The marks of the common version: words, label and decision.
fn gold(project: &Project) -> Vec<(String, String, Decision)> {
    let text = &project.document(&here()).expect("it is here").text;
    let all = project.annotations().of(&here()).iter();
    let gold = all.filter(|it| it.annotator.as_str() == GOLD);
    let told = gold.map(|it| {
        let made = Decision::of(it).expect("it says how it came to be");
        (it.words(text, ""), it.label.to_string(), made)
    });
    told.collect()
}

fn decided(project: &Project) -> Vec<bool> {
    disputed(project)
        .places
        .iter()
        .map(|it| it.is_decided)
        .collect()
}

#[test]
fn what_people_marked_is_counted_and_preselected_by_votes() {
    let project = project();
    let found = disputed(&project);
    assert_eq!(found.places.len(), 3);
    assert_eq!(found.count_preselected(true), 1, "all agree on one");
    assert_eq!(found.count_preselected(false), 1, "most on another");
    let on = |at: usize| -> Vec<bool> {
        let rows = found.rows(&project, &found.places[at]);
        rows.iter().map(|it| it.is_on).collect()
    };
    assert_eq!(on(1), [true, false, false]);
    assert_eq!(on(2), [false, false]);
    assert_eq!(decided(&project), [false; 3]);
    assert_eq!(
        gold(&project),
        [],
        "nothing is taken before somebody says so"
    );
    assert_eq!(articles(&project, &found.study.annotators), [here()]);
    assert_eq!(articles(&project, &[who("ann")]), []);
}

#[test]
fn a_choice_stands_with_whose_it_was() {
    let first = choose(&project(), 2, &[1], |_| ());
    let [(words, label, made)] = gold(&first).try_into().expect("one stands");
    assert_eq!(
        (words.as_str(), label.as_str()),
        ("w21 w22 w23 w24", "claim")
    );
    assert_eq!(made.how, How::Choice);
    assert_eq!((made.by, made.at), (who("teacher"), Timestamp(5_000)));
    assert_eq!((made.whose, made.votes), (vec![who("cem")], [1, 3]));
    assert_eq!(decided(&first), [false, false, true]);
    let both = choose(&first, 2, &[0, 1], |_| ());
    assert_eq!(
        gold(&both).len(),
        2,
        "both stand, and the first as it stood"
    );
    let other = choose(&both, 2, &[0], |_| ());
    let [(words, ..)] = gold(&other).try_into().expect("one stands");
    assert_eq!(words, "w20 w21");
}

#[test]
fn ends_of_one_and_the_label_of_another_make_a_mix() {
    let mixed = choose(&project(), 2, &[1], |row| {
        row.mark.label = LabelId::new("opinion").expect("it is an id");
    });
    let [(words, label, made)] = gold(&mixed).try_into().expect("one stands");
    assert_eq!(
        (words.as_str(), label.as_str()),
        ("w21 w22 w23 w24", "opinion")
    );
    assert_eq!(made.how, How::Own);
    assert_eq!(made.whose, [who("cem"), who("ann")]);
    assert_eq!(decided(&mixed), [false, false, true]);
    let found = disputed(&mixed);
    let rows = found.rows(&mixed, &found.places[2]);
    let on: Vec<bool> = rows.iter().map(|it| it.is_on).collect();
    assert_eq!(
        on,
        [false, false, true],
        "it is shown after what people marked"
    );
}

#[test]
fn that_nothing_stands_is_a_decision_and_can_be_taken_back() {
    let none = choose(&project(), 2, &[], |_| ());
    assert_eq!(gold(&none), []);
    assert_eq!(decided(&none), [false, false, true]);
    let document = none.document(&here()).expect("it is here");
    let [nothing] = Decision::nothings(document).try_into().expect("it is kept");
    assert_eq!((nothing.how, nothing.votes), (How::Nothing, [0, 3]));
    assert_eq!(nothing.whose, [who("ann"), who("cem")]);
    let one = choose(&none, 2, &[0], |_| ());
    assert_eq!(gold(&one).len(), 1);
    let document = one.document(&here()).expect("it is here");
    assert_eq!(Decision::nothings(document), []);
    let again = choose(&one, 2, &[], |_| ());
    assert_eq!((gold(&again).len(), decided(&again)[2]), (0, true));
}

#[test]
fn all_that_is_preselected_is_taken_in_one_step_and_nothing_else() {
    let project = project();
    let agreed = after(&project, |it, by| it.take_preselected(&project, true, by));
    assert_eq!(decided(&agreed), [true, false, false]);
    assert_eq!(gold(&agreed)[0].2.votes, [3, 3]);
    let voted = after(&agreed, |it, by| it.take_preselected(&agreed, false, by));
    assert_eq!(decided(&voted), [true, true, false]);
    assert_eq!(gold(&voted)[1].2.how, How::Vote);
    assert_eq!(gold(&voted)[1].2.whose, [who("ann"), who("ben")]);
    // What was decided otherwise is not taken again.
    let otherwise = choose(&voted, 1, &[2], |_| ());
    let people = people(&otherwise, &who("teacher"));
    assert_eq!(
        people,
        [who("ann"), who("ben"), who("cem")],
        "gold is no voter"
    );
    assert_eq!(disputed(&otherwise).count_preselected(false), 0);
    assert_eq!(gold(&otherwise)[1].0, "w10 w11");
}
