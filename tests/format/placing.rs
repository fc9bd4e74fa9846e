//! Where annotations go when the file and what is here are not the same.

use serde_json::{Value, json};
use sourcelight::format::{Outcome, Reading};
use sourcelight::model::{Anchor, Project};

use super::support::{
    bare_project, document_id, label_id, merge_change, merged, project, read, render, show,
};

/// Opens `file` where there is the article `here` without marks; answers with the reading and
/// with what the article looks like then.
fn open_over(here: &str, file: &str) -> (Reading, String) {
    let before = project(&[("d", here)]);
    let reading = read(&before, "p.json", file.as_bytes()).expect("it opens");
    let after = merged(&before, reading.import.clone());
    let id = document_id("d");
    let text = &after.document(&id).expect("it is here").text;
    let shown = show(text, after.annotations().of(&id));
    (reading, shown)
}

#[test]
fn marks_move_with_their_words_when_the_text_has_changed() {
    let file = render(&project(&[(
        "d",
        "The [opinion:sleepy] town of Kel woke late. [claim:Its bridge is a hundred years old], and [quote:no one will mend it].",
    )]));
    let (reading, shown) = open_over(
        "Update: the town of Kel, a sleepy place, woke late. Its bridges are a hundred years old, and no one will mend it. So it goes.",
        &file,
    );
    assert_eq!(
        shown,
        "Update: the town of Kel, a [opinion:sleepy] place, woke late. [claim:Its bridges are a hundred years old], and [quote:no one will mend it]. So it goes."
    );
    let outcomes: Vec<Outcome> = reading.placements.iter().map(|it| it.outcome).collect();
    assert_eq!(outcomes[0], Outcome::Moved { similarity: 1.0 });
    assert!(matches!(outcomes[1], Outcome::Moved { similarity } if similarity < 1.0));
    assert_eq!(outcomes[2], Outcome::Moved { similarity: 1.0 });
    assert!(
        reading
            .import
            .annotations
            .iter()
            .all(|it| it.anchor == Anchor::Moved)
    );
    assert!(reading.import.documents.is_empty());
    assert!(
        reading
            .notices
            .iter()
            .any(|it| it.contains("different text"))
    );
}

#[test]
fn what_is_not_found_waits_in_the_tray_and_is_written_with_its_old_place() {
    let file = render(&project(&[(
        "d",
        "One two three four five. [claim:Gone with the wind.]",
    )]));
    let here = project(&[("d", "One two three four five. Something else entirely.")]);
    let reading = read(&here, "p.json", file.as_bytes()).expect("it opens");
    assert_eq!(reading.placements[0].outcome, Outcome::Unplaced);
    assert_eq!(reading.placements[0].quote, "Gone with the wind.");
    let after = merged(&here, reading.import);
    assert_eq!(after.unplaced().count(), 1);
    let written: Value = serde_json::from_str(&render(&after)).expect("it is JSON");
    let lost = &written["documents"][0]["unplaced"][0];
    assert_eq!(
        (&lost["anchor"], &lost["fragments"][0]["start"]),
        (&json!("lost"), &json!(25))
    );
    // Where the first text is, the lost one is found again only if it was not said to be lost.
    let again = read(&after, "p.json", render(&after).as_bytes()).expect("it opens");
    assert_eq!(merge_change(&after, again.import), None);
}

#[test]
fn words_that_stand_in_several_places_are_ambiguous() {
    let file = render(&project(&[("d", "x [claim:no] y, so it goes on and on")]));
    let (reading, shown) = open_over("no no no no, so it goes on and on", &file);
    assert_eq!(shown, "no [claim:no] no no, so it goes on and on");
    assert_eq!(reading.placements[0].outcome, Outcome::Ambiguous);
    assert_eq!(reading.import.annotations[0].anchor, Anchor::Ambiguous);
}

#[test]
fn another_article_with_the_same_id_is_another_article() {
    let file = render(&project(&[(
        "d",
        "Rain fell on the harbour all day, and [claim:nobody came].",
    )]));
    let (reading, shown) = open_over("The election was won by a margin of nine.", &file);
    assert_eq!(shown, "The election was won by a margin of nine.");
    assert_eq!(reading.import.documents.len(), 1);
    assert_ne!(reading.import.documents[0].id, document_id("d"));
    assert_eq!(
        reading.import.annotations[0].document,
        reading.import.documents[0].id
    );
    assert_eq!(reading.placements[0].outcome, Outcome::Exact);
}

#[test]
fn the_same_text_under_another_id_gets_the_marks() {
    let file = render(&project(&[("other", "One [claim:two] three.")]));
    let (reading, shown) = open_over("One two three.", &file);
    assert_eq!(shown, "One [claim:two] three.");
    assert!(reading.import.documents.is_empty() && reading.duplicates.is_empty());
}

#[test]
fn a_file_without_the_text_finds_it_here_or_says_so() {
    let whole = render(&project(&[("d", "One [claim:two] three.")]));
    let mut file: Value = serde_json::from_str(&whole).expect("it is JSON");
    file["documents"][0]
        .as_object_mut()
        .expect("an object")
        .remove("text");
    let bare = file.to_string();
    let (_, shown) = open_over("One two three.", &bare);
    assert_eq!(shown, "One [claim:two] three.");
    let (_, shown) = open_over("Zero, one two three.", &bare);
    assert_eq!(shown, "Zero, one [claim:two] three.");
    let reading = read(&Project::default(), "p.json", bare.as_bytes()).expect("it opens");
    assert_eq!(
        (reading.import.annotations.len(), reading.problems.len()),
        (0, 2)
    );
    assert!(
        reading.problems[1].message.contains("two"),
        "{:?}",
        reading.problems
    );
}

/// A file whose positions count something else, over a text with CR LF and an emoji.
fn file_counting(count: impl Fn(&str) -> usize) -> String {
    let text = "🚲 One\r\n\r\nélan two\r\nthree.";
    let at = |words: &str| {
        let start = text.find(words).expect("it is there");
        json!({"start": count(&text[..start]), "end": count(&text[..start + words.len()]), "exact": words})
    };
    json!({
        "format": "span-annotations", "version": "1.0", "offsetUnit": "code-point", "schemes": [],
        "documents": [{"id": "d", "text": text, "annotations": [
            {"id": "a1", "label": "claim", "fragments": [at("One")]},
            {"id": "a2", "label": "quote", "fragments": [at("two\r\nthree")]},
        ]}],
    })
    .to_string()
}

#[test]
fn positions_in_another_unit_are_recognised_by_their_words() {
    fn as_one(text: &str) -> String {
        text.replace("\r\n", "\n")
    }
    type Count = fn(&str) -> usize;
    let counts: [(&str, Count); 5] = [
        ("", |text| text.chars().count()),
        ("UTF-16", |text| text.encode_utf16().count()),
        ("UTF-8 bytes", str::len),
        ("each line end as one", |text| as_one(text).chars().count()),
        ("UTF-16 units with each line end as one", |text| {
            as_one(text).encode_utf16().count()
        }),
    ];
    for (unit, count) in counts {
        let reading = read(
            &Project::default(),
            "p.json",
            file_counting(count).as_bytes(),
        )
        .expect(unit);
        let text = &reading.import.documents[0].text;
        let marked: Vec<&str> = reading
            .import
            .annotations
            .iter()
            .map(|it| text.slice(it.hull()))
            .collect();
        assert_eq!(marked, ["One", "two\nthree"], "{unit}");
        assert!(
            reading
                .placements
                .iter()
                .all(|it| it.outcome == Outcome::Exact),
            "{unit}"
        );
        assert_eq!(
            reading.notices.iter().any(|it| it.contains("positions")),
            !unit.is_empty()
        );
        assert!(
            reading.notices.iter().all(|it| it.contains(unit)),
            "{:?}",
            reading.notices
        );
    }
}

#[test]
fn the_same_file_twice_changes_nothing_whatever_its_ids() {
    let file = file_counting(|text| text.chars().count())
        .replace("\"a1\"", "\"1.1\"")
        .replace("\"a2\"", "null")
        .replace("\"d\"", "\"4711\"");
    let first = read(&bare_project(), "p.json", file.as_bytes()).expect("it opens");
    assert_eq!(first.import.annotations.len(), 2);
    let after = merged(&bare_project(), first.import);
    let second = read(&after, "p.json", file.as_bytes()).expect("it opens");
    assert_eq!(merge_change(&after, second.import), None);
}

#[test]
fn an_id_that_is_another_marks_is_not_taken_over() {
    let here = project(&[("d", "One [claim:two] three.")]);
    let theirs = project(&[("d", "[quote:One] two three.")]);
    let file = render(&theirs).replace("\"ann\"", "\"ben\"");
    let reading = read(&here, "p.json", file.as_bytes()).expect("it opens");
    let after = merged(&here, reading.import);
    let id = document_id("d");
    assert_eq!(
        show(
            &after.document(&id).expect("here").text,
            after.annotations().of(&id)
        ),
        "[quote:One] [claim:two] three."
    );
    let again = read(&after, "p.json", file.as_bytes()).expect("it opens");
    assert_eq!(merge_change(&after, again.import), None);
}

#[test]
fn a_mark_that_was_placed_by_hand_stays_placed() {
    let file = render(&project(&[(
        "d",
        "One two three four five. [claim:Gone with the wind.]",
    )]));
    let here = project(&[("d", "One two three four five. Something else entirely.")]);
    let tray = merged(
        &here,
        read(&here, "p.json", file.as_bytes())
            .expect("it opens")
            .import,
    );
    let lost = tray.unplaced().next().expect("one is lost").clone();
    let text = &tray.document(&document_id("d")).expect("here").text;
    let mut placed = tray.clone();
    let import = sourcelight::model::Import {
        annotations: vec![lost.place(text.span(25, 34).expect("a span"), super::support::NOW)],
        ..Default::default()
    };
    placed = merged(&placed, import);
    assert_eq!(
        (placed.unplaced().count(), placed.annotations().len()),
        (0, 1)
    );
    let again = read(&placed, "p.json", file.as_bytes()).expect("it opens");
    assert_eq!(merge_change(&placed, again.import), None);
}

#[test]
fn newer_marks_replace_older_ones_and_not_the_other_way_round() {
    let here = project(&[("d", "One [claim:two] three.")]);
    let file = render(&here);
    let mut newer: Value = serde_json::from_str(&file).expect("it is JSON");
    let annotation = &mut newer["documents"][0]["annotations"][0];
    annotation["label"] = json!("quote");
    annotation["modified"] = json!("2040-01-01T00:00:00Z");
    let reading = read(&here, "p.json", newer.to_string().as_bytes()).expect("it opens");
    let after = merged(&here, reading.import);
    let count = |project: &Project, label| {
        project
            .annotations()
            .count(&document_id("d"), &label_id(label))
    };
    assert_eq!((count(&after, "quote"), count(&after, "claim")), (1, 0));
    let old = read(&after, "p.json", file.as_bytes()).expect("it opens");
    assert_eq!(merge_change(&after, old.import), None);
}

#[test]
fn articles_that_share_a_sentence_are_two() {
    let file = render(&project(&[(
        "d",
        "By our own reporter. Rain fell on the quay all day long, and [claim:nobody came] to see the new ferry leave.",
    )]));
    let (reading, _) = open_over(
        "By our own reporter. The vote went nine to four after a debate that took the whole of Monday night.",
        &file,
    );
    assert_eq!(reading.import.documents.len(), 1);
}

/// A project file over one text, with these annotations.
fn file_with(annotations: &Value) -> String {
    json!({
        "format": "span-annotations", "version": "1.0", "offsetUnit": "code-point", "schemes": [],
        "documents": [{"id": "d", "title": "T", "text": "🚲 one two", "annotations": annotations}],
    })
    .to_string()
}

#[test]
fn what_a_file_calls_lost_stays_lost() {
    // Its words do stand there, but somebody has said that they are not the ones meant. Its
    // positions are those of another text, so they say nothing of the unit of the others.
    let lost = json!({"id": "a1", "label": "claim", "anchor": "lost", "fragments": [
        {"start": 3, "end": 6, "exact": "one", "prefix": "was ", "suffix": ""},
    ]});
    let placed = json!({"id": "a2", "label": "claim", "fragments": [{"start": 7, "end": 10, "exact": "two"}]});
    let reading = read(
        &Project::default(),
        "p.json",
        file_with(&json!([lost, placed])).as_bytes(),
    );
    let reading = reading.expect("it opens");
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    assert!(
        reading.notices.iter().any(|it| it.contains("UTF-16")),
        "{:?}",
        reading.notices
    );
    assert_eq!(reading.placements[0].outcome, Outcome::Unplaced);
    assert_eq!(reading.placements[1].outcome, Outcome::Exact);
    let (quote, at) = &reading.import.unplaced[0].quotes[0];
    assert_eq!(
        (quote.prefix.as_str(), quote.suffix.as_str(), *at),
        ("was ", "", [3, 6])
    );
}

#[test]
fn without_words_the_two_positions_must_agree() {
    let marks = json!([
        {"id": "a1", "label": "claim", "fragments": [{"start": 2, "end": 5, "utf16": [3, 6]}]},
        {"id": "a2", "label": "claim", "fragments": [{"start": 2, "end": 5, "utf16": [2, 5]}]},
        {"id": "a3", "label": "claim", "fragments": [{"start": 0, "end": 5, "utf16": [1, 6]}]},
        {"id": "a4", "label": "claim", "fragments": [{"start": 6, "end": 9}]},
    ]);
    let reading =
        read(&Project::default(), "p.json", file_with(&marks).as_bytes()).expect("it opens");
    let outcomes: Vec<Outcome> = reading.placements.iter().map(|it| it.outcome).collect();
    let (exact, lost) = (Outcome::Exact, Outcome::Unplaced);
    assert_eq!(outcomes, [exact, lost, lost, exact]);
    assert!(
        reading
            .notices
            .iter()
            .any(|it| it.contains("2 marks do not say")),
        "{:?}",
        reading.notices
    );
}

#[test]
fn two_marks_of_a_file_never_share_an_id() {
    let mark = |start: u32, words: &str| {
        json!({"id": "a1", "label": "claim", "created": "2031-05-03T09:00:00Z",
            "fragments": [{"start": start, "end": start + 3, "exact": words}]})
    };
    let file = file_with(&json!([mark(2, "one"), mark(6, "two")]));
    let reading = read(&bare_project(), "p.json", file.as_bytes()).expect("it opens");
    let after = merged(&bare_project(), reading.import);
    assert_eq!(after.annotations().len(), 2);
    let again = read(&after, "p.json", file.as_bytes()).expect("it opens");
    assert_eq!(merge_change(&after, again.import), None);
}

#[test]
fn an_empty_object_of_answers_is_no_field_to_keep() {
    let mut file: Value =
        serde_json::from_str(&render(&project(&[("d", "[claim:One] two.")]))).expect("it is JSON");
    file["documents"][0]["annotations"][0]["attributes"] = json!({});
    let reading = read(&Project::default(), "p.json", file.to_string().as_bytes());
    let import = reading.expect("it opens").import;
    assert!(import.annotations[0].extra.is_empty() && import.annotations[0].details.is_none());
}
