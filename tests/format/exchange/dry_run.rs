//! What is told of the marks of a file before anything is taken over.

use sourcelight::format::Reading;
use sourcelight::format::exchange::{
    DryRun, Fate, InFile, Joined, by_id, count_lines, found_spans, slices, unknown_labels,
};
use sourcelight::model::{LabelId, Project};

use crate::support::{document_id, label_id, merged, project, with_context};

const FILE: &str = r#"{"text": "Anna went to Bern by train. She was late.", "id": "trip", "spans": [
    {"start": 0, "end": 4, "label": "Per Son!", "text": "Anna"},
    {"start": 13, "end": 17, "label": "claim", "text": "Bern"},
    {"start": 1, "end": 4, "label": "quote", "text": "She"},
    {"start": 5, "end": 9, "label": "claim", "text": "Xylophones"},
    {"start": 0, "end": 1, "label": "opinion", "text": "a"}]}"#;

fn read(project: &Project, mapping: &[(String, LabelId)]) -> Reading {
    let line = FILE.replace('\n', "");
    let files = [InFile {
        name: "trip.jsonl",
        bytes: line.as_bytes(),
    }];
    let format = by_id("prodigy").expect("it is in the list");
    let read = with_context(project, |cx| format.read(&files, mapping, cx));
    read.unwrap_or_else(|it| panic!("{it}"))
}

fn fates(reading: &Reading, project: &Project) -> Vec<(Fate, String)> {
    let spans = found_spans(reading, project).into_iter();
    let label = |id: Option<LabelId>| id.map_or_else(String::new, |it| it.to_string());
    spans.map(|it| (it.fate, label(it.label))).collect()
}

#[test]
fn each_mark_is_told_with_what_becomes_of_it() {
    let here = project(&[]);
    let reading = read(&here, &[]);
    let new = &unknown_labels(&reading, &here)[..];
    assert_eq!(new.len(), 1, "{new:?}");
    assert_eq!(new[0].name, "Per Son!");
    let expected = [
        (Fate::Placed, new[0].id.as_str()),
        (Fate::Placed, "claim"),
        (Fate::Moved, "quote"),
        (Fate::NotPlaced, "claim"),
        (Fate::Ambiguous, "opinion"),
    ];
    let expected = expected.map(|it| (it.0, it.1.to_owned()));
    assert_eq!(fates(&reading, &here), expected);

    // Once it is here all of it is known.
    let after = merged(&here, reading.import);
    let again = fates(&read(&after, &[]), &after);
    let known = again.iter().filter(|it| it.0 == Fate::HereAlready);
    assert_eq!(known.count(), 4, "{again:?}");
}

/// The id that is made of a name stands for it, since that is what the labels of a reading are known by.
#[test]
fn a_label_can_be_said_to_be_one_that_is_here() {
    let here = project(&[]);
    let unknown = unknown_labels(&read(&here, &[]), &here);
    for name in [unknown[0].id.to_string(), "Per Son!".to_owned()] {
        let reading = read(&here, &[(name, label_id("opinion"))]);
        assert_eq!(unknown_labels(&reading, &here), []);
        assert_eq!(fates(&reading, &here)[0].1, "opinion");
    }
}

#[test]
fn marks_of_some_labels_alone() {
    let here = project(&[("a", "[claim:One] and [quote:two] and [claim:three].")]);
    let narrowed = here.narrowed_to(&|label, _, _| *label == label_id("claim"));
    assert_eq!(narrowed.annotations().len(), 2);
    assert_eq!(narrowed.documents(), here.documents());
    assert_eq!(
        here.narrowed_to(&|_, _, _| false)
            .annotations()
            .of(&document_id("a")),
        []
    );
}

/// A large file is read in slices; what comes of them together is what comes of the whole.
#[test]
fn slices_of_a_file_give_what_the_whole_gives() {
    let line = |number: u32| {
        let words = format!("Anna {number} went to Bern. She was late.");
        format!(
            r#"{{"text": "{words}", "spans": [{{"start": 0, "end": 4, "label": "PER"}}, {{"start": 2, "end": 5, "label": "claim", "text": "She"}}]}}"#
        )
    };
    let mut lines: Vec<String> = (0..40).map(line).collect();
    lines.insert(30, "{broken".to_owned());
    let file = lines.join("\n");
    let here = project(&[]);
    let format = by_id("prodigy").expect("it is in the list");
    let read = |bytes: &[u8], first_line: u32| {
        let files = [InFile {
            name: "trip.jsonl",
            bytes,
        }];
        let read = with_context(&here, |cx| format.read_from(&files, first_line, &[], cx));
        read.unwrap_or_else(|it| panic!("{it}"))
    };
    let slices = slices(format.id, file.as_bytes(), 500);
    assert!(slices.len() > 8, "{slices:?}");
    let mut line = 1;
    let parts = slices.into_iter().map(|it| {
        let bytes = &file.as_bytes()[it];
        let first_line = line;
        line += count_lines(bytes);
        read(bytes, first_line)
    });
    let (mut joined, mut run) = (Joined::default(), DryRun::default());
    for part in parts {
        joined.add(part);
        run.look(joined.so_far(), &here);
    }
    let joined = joined.finish();
    assert_eq!(joined, read(file.as_bytes(), 1));
    assert_eq!(run.spans, found_spans(&joined, &here));
    assert_eq!(joined.problems[0].line, Some(31));
    assert_eq!(joined.placements.len(), 80);
}
