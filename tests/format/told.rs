//! What is wrong in a file itself is told with its name, the line, and the words of the mark.

use sourcelight::format::{Outcome, Reading};
use sourcelight::model::{Project, examine};

use super::support::{merged, read};

/// Reads a project file over “One two three.” with one annotation a line, the first on line 5.
fn open(annotations: &[&str]) -> Reading {
    open_with(annotations, "")
}

/// The same with more fields of the article, from the line after the last annotation.
fn open_with(annotations: &[&str], more: &str) -> Reading {
    let file = format!(
        "{{\"format\": \"span-annotations\", \"version\": \"1.0\",\n\"offsetUnit\": \"code-point\",\n\
         \"documents\": [{{\"id\": \"d\", \"title\": \"T\",\n\"text\": \"One two three.\", \"annotations\": [\n{}\n]{more}}}]}}",
        annotations.join(",\n")
    );
    read(&Project::default(), "p.json", file.as_bytes()).expect("it opens")
}

const ONE: &str = r#"{"id": "a1", "label": "claim", "creator": "ann", "fragments": [{"start": 0, "end": 3, "exact": "One"}]}"#;
const TWO: &str = r#"{"id": "a2", "label": "claim", "creator": "ann", "fragments": [{"start": 4, "end": 7, "exact": "two"}]}"#;
const THREE: &str = r#"{"id": "a3", "label": "claim", "creator": "ann", "fragments": [{"start": 8, "end": 13, "exact": "three"}]}"#;

#[test]
fn an_id_that_comes_twice() {
    let twice = [TWO, THREE].map(|it| it.replace("\"a2\"", "\"a1\"").replace("\"a3\"", "\"a1\""));
    let reading = open(&[ONE, &twice[0], &twice[1]]);
    assert_eq!(
        reading.notices,
        [
            "p.json, line 6: 2 marks got new ids, since theirs cannot be used here or belong to other marks; the first is “two” (a1)."
        ]
    );
    assert_eq!(reading.import.annotations.len(), 3);
}

#[test]
fn a_label_that_the_file_does_not_define() {
    let rumour = [TWO, THREE].map(|it| it.replace("\"claim\"", "\"rumour\""));
    let reading = open(&[ONE, &rumour[0], &rumour[1]]);
    assert_eq!(
        reading.notices,
        ["p.json, line 6: The file does not say what its label “rumour” is; it was added."]
    );
    let project = merged(&Project::default(), reading.import);
    assert!(examine(&project).is_empty());
}

#[test]
fn positions_that_are_no_span() {
    for (start, end) in [(7, 4), (4, 4), (4, 99), (-1, 3)] {
        let place = format!("\"start\": {start}, \"end\": {end}");
        let bad = TWO.replace("\"start\": 4, \"end\": 7", &place);
        let reading = open(&[ONE, &bad]);
        let told: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            ["p.json, line 6: The positions of “two” (a2) are no place in its text."],
            "{place}"
        );
        assert!(matches!(
            reading.placements[1].outcome,
            Outcome::Moved { .. }
        ));
    }
}

#[test]
fn words_that_do_not_stand_at_their_positions() {
    for (words, is_found) in [("three", true), ("seven hundred", false)] {
        let bad = TWO.replace("\"two\"", &format!("\"{words}\""));
        let reading = open(&[ONE, &bad]);
        let told = &reading.placements[1];
        assert_eq!(told.quote, words);
        assert_eq!(told.outcome != Outcome::Unplaced, is_found, "{words}");
        assert_ne!(told.outcome, Outcome::Exact, "{words}");
    }
}

#[test]
fn the_same_mark_twice_is_found_by_the_doctor() {
    let reading = open(&[ONE, TWO, &TWO.replace("\"a2\"", "\"a3\"")]);
    assert_eq!(
        (&reading.problems[..], &reading.notices[..]),
        (&[][..], &[][..])
    );
    let findings = examine(&merged(&Project::default(), reading.import));
    assert_eq!(findings.len(), 1);
    let sentence = &findings[0].sentence;
    assert!(
        sentence.contains("“two” in “T” is marked twice"),
        "{sentence}"
    );
}

#[test]
fn a_relation_that_leads_nowhere() {
    let relations =
        r#"[{"id": "r1", "type": "supports", "from": "a1", "to": "a9"}, {"by": "hand"}]"#;
    let reading = open_with(&[ONE], &format!(",\n\"relations\": {relations}"));
    // What another program calls so may be something else.
    assert_eq!(
        reading.notices,
        [
            "p.json, line 7: This relation does not lead from a mark of the file to another; it is kept with its article, but not shown."
        ]
    );
    let extra = &reading.import.documents[0].extra;
    assert_eq!(
        extra.get("relations").map(String::as_str),
        Some(relations.replace(": ", ":").replace(", ", ",").as_str())
    );
}
