//! What the doctor finds in projects that are broken in every way that can come about, what its
//! repairs make of them, and that undo brings the original back.

mod loose_ends;
#[path = "../support/mod.rs"]
mod support;

use std::sync::Arc;

use sourcelight::model::{
    Annotation, Answer, Attribute, Change, Details, Document, EditContext, Finding, Project, Quote,
    Record, RecordChange, RecordId, Timestamp, Unplaced, examine, plan,
};
use support::{
    NOW, annotation_id, annotator_id, document_id, label_id, project, read_marked, show,
};

/// The project after these records came, went or were replaced, as another hand does it.
fn after(mut project: Project, records: Vec<RecordChange>) -> Project {
    project.apply(&Change {
        name: "elsewhere".into(),
        records,
        at: NOW,
        merge_key: None,
    });
    project
}

fn gone(project: &Project, id: RecordId) -> RecordChange {
    RecordChange::removed(project.record(&id).expect("it is there"))
}

fn changed(project: &Project, id: &str, change: impl FnOnce(&mut Annotation)) -> RecordChange {
    let before = project.annotations().get(&annotation_id(id));
    let before = before.expect("it is there").clone();
    let mut after = Annotation::clone(&before);
    change(&mut after);
    RecordChange::replaced(
        Record::Annotation(before),
        Record::Annotation(Arc::new(after)),
    )
}

/// A mark of these words in the tray of the article `d`.
fn lost(id: &str, words: &str) -> RecordChange {
    let quote = Quote {
        exact: words.into(),
        ..Quote::default()
    };
    RecordChange::added(Record::Unplaced(Arc::new(Unplaced {
        id: annotation_id(id),
        document: document_id("d"),
        quotes: Arc::new([(quote, [0, 0])]),
        label: label_id("claim"),
        annotator: annotator_id("ann"),
        note: "kept".into(),
        created: NOW,
        modified: NOW,
        revision: 0,
        details: None,
        extra: Default::default(),
    })))
}

/// Repairs all that can be, then undoes it; answers with the repaired project.
fn repaired(broken: &Project) -> Project {
    let mut project = broken.clone();
    let mut done = Vec::new();
    for edit in examine(broken).into_iter().filter_map(|it| it.repair) {
        let mut cx = EditContext {
            now: NOW,
            annotator: annotator_id("ben"),
            new_annotation_id: &mut || annotation_id("unused"),
        };
        let change = plan(&project, edit, &mut cx).expect("a repair can be done");
        project.apply(&change);
        done.push(change);
    }
    let mut undone = project.clone();
    for change in done.iter().rev() {
        undone.apply(&change.inverse());
    }
    assert_eq!(&undone, broken, "undo brings the original back");
    project
}

fn sentences(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|it| it.sentence.as_str()).collect()
}

/// `broken` has one finding, which says `words`; its repair makes the article `d` look like `mended`.
fn check(broken: &Project, words: &str, mended: &str) -> Finding {
    let mut findings = examine(broken);
    let said = sentences(&findings).join("\n");
    assert_eq!(findings.len(), 1, "{words}: {said}");
    assert!(said.contains(words), "{said}");
    let project = repaired(broken);
    let id = document_id("d");
    let left = examine(&project);
    match (findings[0].repair.is_some(), left.is_empty()) {
        (true, true) | (false, false) => {}
        _ => panic!("{words}: {:?}", sentences(&left)),
    }
    let shown = project.document(&id).map(|document| {
        let marks = project.annotations().of(&id);
        show(&document.text, marks)
    });
    assert_eq!(shown.unwrap_or_default(), mended, "{words}");
    findings.remove(0)
}

/// A sound project with this record more, which another hand or a file brought.
fn with(record: impl Into<Record>) -> Project {
    let sound = project(&[("d", "One [claim:two] [quote:three].")]);
    let record = record.into();
    let before = sound.record(&record.id());
    let change = RecordChange {
        before,
        after: Some(record),
    };
    after(sound, vec![change])
}

/// The sound project with this answer to the first mark.
fn answered(question: Option<Attribute>, id: &str, answer: Answer) -> Project {
    let sound = project(&[("d", "One [claim:two] [quote:three].")]);
    let mut details = Details::default();
    details.answers.set(id, Some(answer));
    let details = details.kept();
    let mut records = vec![changed(&sound, "d-1", |it| it.details = details)];
    records.extend(question.map(|it| RecordChange::added(it.into())));
    after(sound, records)
}

#[test]
fn nothing_is_wrong_with_a_sound_project() {
    for marked in [
        "One [claim:two [quote:three]].",
        "[claim:[quote:[opinion:same words]]]",
        "[1:claim:one [2:claim:two 1]three 2]four",
        "[1:quote:one 1]two [1:quote:three1] [quote:one] [quote:one]",
    ] {
        let sound = project(&[("d", marked), ("e", marked)]);
        assert_eq!(sentences(&examine(&sound)), [""; 0], "{marked}");
    }
    // Two people may see the same words the same way.
    let two = project(&[("d", "[claim:[claim:same]]")]);
    let ben = changed(&two, "d-2", |it| it.annotator = annotator_id("ben"));
    assert_eq!(sentences(&examine(&after(two, vec![ben]))), [""; 0]);
}

#[test]
fn a_label_that_is_gone_is_brought_back() {
    let marked = "[claim:One] two [claim:three] [quote:four].";
    let sound = project(&[("d", marked)]);
    let label = gone(&sound, RecordId::Label(label_id("claim")));
    let broken = after(sound, vec![label]);
    let finding = check(&broken, "“claim”", marked);
    assert_eq!(finding.mark, Some(annotation_id("d-1")));
    assert!(
        finding.sentence.starts_with("“One” in “d” has the label"),
        "{}",
        finding.sentence
    );
    let mended = repaired(&broken);
    assert!(mended.schema().get(&label_id("claim")).is_some());
}

#[test]
fn marks_whose_article_is_gone_are_named_and_removed() {
    let sound = project(&[("d", "[claim:One] two")]);
    let records = vec![
        lost("u", "three"),
        gone(&sound, RecordId::Document(document_id("d"))),
    ];
    let broken = after(sound, records);
    let findings = examine(&broken);
    assert_eq!(findings.len(), 2, "{:?}", sentences(&findings));
    for finding in &findings {
        assert!(finding.sentence.contains("an article that is not here"));
        assert_eq!(finding.mark, None);
    }
    let mended = repaired(&broken);
    assert!(mended.annotations().is_empty() && mended.unplaced().count() == 0);
}

#[test]
fn marks_that_do_not_fit_their_text_are_never_cut_out_of_it() {
    // Beyond the end; in the middle of a character.
    for text in ["One", "One, 🚲🚲🚲"] {
        let sound = project(&[("d", "One, t[claim:wo three]")]);
        let (document, _) = read_marked("d", text);
        let before = sound.record(&RecordId::Document(document_id("d")));
        let other = RecordChange::replaced(
            before.expect("it is there"),
            Record::Document(Arc::new(document)),
        );
        let broken = after(sound, vec![other]);
        let finding = check(&broken, "does not fit its text", text);
        assert_eq!(finding.mark, None);
    }
}

#[test]
fn of_marks_that_say_the_same_the_one_that_says_more_stays() {
    // Notes of the first and the second; what is said; what stays.
    let lines = [
        ("", "", "adds nothing", Some("")),
        ("a note", "", "adds nothing", Some("a note")),
        ("", "a note", "adds nothing", Some("a note")),
        ("same", "same", "adds nothing", Some("same")),
        ("one", "other", "by hand", None),
    ];
    for (first, second, words, stays) in lines {
        let sound = project(&[("d", "x [claim:[claim:same words]] [claim:others]")]);
        let records = vec![
            changed(&sound, "d-1", |it| it.note = first.into()),
            changed(&sound, "d-2", |it| {
                it.note = second.into();
                it.created = Timestamp(NOW.0 + 1);
            }),
        ];
        let broken = after(sound, records);
        let mended = match stays {
            Some(_) => "x [claim:same words] [claim:others]",
            None => "x [claim:[claim:same words]] [claim:others]",
        };
        check(&broken, words, mended);
        let mended = repaired(&broken);
        let left = &mended.annotations().of(&document_id("d"))[0];
        assert_eq!(&*left.note, stays.unwrap_or(first), "{words}");
    }
    let three = project(&[("d", "[claim:[claim:[claim:same]]]")]);
    let note = changed(&three, "d-2", |it| it.note = "a note".into());
    let three = after(three, vec![note]);
    let mended = repaired(&three);
    assert_eq!(examine(&mended).len(), 0);
    assert_eq!(
        &*mended.annotations().of(&document_id("d"))[0].note,
        "a note"
    );
}

#[test]
fn a_mark_that_is_placed_leaves_the_tray() {
    let sound = project(&[("d", "[claim:One] two")]);
    let broken = after(sound, vec![lost("d-1", "One")]);
    check(&broken, "has a place as well", "[claim:One] two");
    assert_eq!(repaired(&broken).unplaced().count(), 0);
}

#[test]
fn words_in_the_tray_that_stand_in_the_text_once_are_marked_there() {
    let text = "One two three two. 🚲 vélo";
    let lines = [
        ("three", Some("One two [claim:three] two. 🚲 vélo")),
        ("🚲 vélo", Some("One two three two. [claim:🚲 vélo]")),
        ("two", None),
        ("four", None),
        (" ", None),
        ("", None),
    ];
    for (words, mended) in lines {
        let broken = after(project(&[("d", text)]), vec![lost("u", words)]);
        match mended {
            Some(mended) => {
                check(&broken, "are in the text", mended);
                let placed = repaired(&broken);
                assert_eq!(&*placed.annotations().of(&document_id("d"))[0].note, "kept");
            }
            None => assert_eq!(sentences(&examine(&broken)), [""; 0], "{words}"),
        }
    }
}

#[test]
fn later_texts_of_nothing_and_of_themselves_are_found() {
    let of = |later: &[(&str, &str)]| {
        let here = project(&[("a", "One."), ("b", "One two."), ("c", "One two three.")]);
        let said = later.iter().map(|(id, earlier)| {
            let before = here.document(&document_id(id)).expect("it is there");
            let after = Document {
                version_of: Some(document_id(earlier)),
                ..Document::clone(before)
            };
            let before = Record::Document(before.clone());
            RecordChange::replaced(before, Record::Document(Arc::new(after)))
        });
        after(here.clone(), said.collect())
    };
    for (later, sentences) in [
        (&[("b", "a"), ("c", "b")][..], &[][..]),
        (
            &[("b", "gone"), ("c", "b")],
            &["“b” is said to be a later text of an article that is not here"],
        ),
        (
            &[("b", "b"), ("c", "b")],
            &["“b” is said to be a later text of itself"],
        ),
        (
            &[("a", "c"), ("b", "a"), ("c", "b")],
            &[
                "“a” is said to be a later text of itself",
                "“b” is",
                "“c” is",
            ],
        ),
    ] {
        let broken = of(later);
        let found: Vec<String> = examine(&broken).into_iter().map(|it| it.sentence).collect();
        assert_eq!(found.len(), sentences.len(), "{found:?}");
        for (found, wanted) in found.iter().zip(sentences) {
            assert!(found.contains(wanted), "{found}");
        }
        assert!(examine(&repaired(&broken)).is_empty());
    }
}
