//! Everything that can be wrong with a file: a sentence that names it, the rest still loads, and
//! nothing panics.

use serde_json::{Value, json};
use sourcelight::format::{MAX_FILE_BYTES, Outcome, Reading, is_too_large, read_text};
use sourcelight::model::Project;

use super::support::{merged, project, read, render, with_context};

/// The sentence for a file that cannot be read at all.
fn refused(name: &str, bytes: &[u8]) -> String {
    let problem = read(&Project::default(), name, bytes).expect_err(name);
    assert_eq!(problem.file, name);
    let sentence = problem.to_string();
    assert!(
        sentence.starts_with(name) && sentence.ends_with('.'),
        "{sentence}"
    );
    sentence
}

/// Checks that a file is refused with a sentence that says this.
fn check(name: &str, bytes: &[u8], says: &str) {
    let sentence = refused(name, bytes);
    assert!(sentence.contains(says), "{sentence}");
}

#[test]
fn files_that_are_no_text() {
    check("a.txt", b"", "empty");
    check("a.txt", b" \r\n\t\xc2\xa0", "white space");
    check("a.json", b"  ", "white space");
    check("a.pdf", b"%PDF-1.7 ...", "PDF");
    check("a.docx", b"PK\x03\x04....", "Word");
    check("a.txt", b"\x89PNG\r\n\x1a\n", "PNG");
    check("a.jpg", b"\xff\xd8\xff\xe0....", "JPEG");
    check("a.txt", b"some text\0and more", "NUL");
    check("a.txt", b"\xff\xfea\0\0\0b\0", "NUL");
    check("a.txt", &[0, 159, 146, 150].repeat(50), "NUL");
}

#[test]
fn files_that_are_too_large() {
    assert_eq!(is_too_large("a.txt", MAX_FILE_BYTES as u64), None);
    let problem = is_too_large("a.txt", 50_000_000).expect("50 MB is too much");
    let sentence = problem.to_string();
    assert!(
        sentence.contains("50 MB") && sentence.contains("20 MB"),
        "{sentence}"
    );
    // What has an article a line is read slice by slice.
    assert_eq!(is_too_large("a.JSONL", 60_000_000), None);
    let problem = is_too_large("a.jsonl", 100_000_001).expect("it is too much");
    assert!(problem.to_string().contains("100 MB"), "{problem}");
    check("a.txt", &vec![b' '; MAX_FILE_BYTES + 1], "20 MB");
    check(
        "a.txt",
        "line\n".repeat(1_000_000).as_bytes(),
        "an article can have 4 MB",
    );
    check(
        "a.json",
        format!("{{\"text\": 1{}", " ".repeat(1_000_000)).as_bytes(),
        "cut off",
    );
}

#[test]
fn json_that_is_none() {
    check("a.json", b"{\"text\": \"x\",\n\n\"title\": oops}", "line 3");
    check("a.json", b"{\"text\": \"x\"", "cut off");
    check("a.json", b"not json", "line 1");
    check("a.json", "[".repeat(10_000).as_bytes(), "64 levels");
    check(
        "a.json",
        "{\"a\":".repeat(1_000_000).as_bytes(),
        "64 levels",
    );
    let lines = "{bad\n".repeat(100);
    let reading = read(&Project::default(), "a.jsonl", lines.as_bytes()).expect("each by itself");
    assert_eq!(reading.problems.len(), 100);
    let deep = format!(
        "{{\"text\": \"x\", \"more\": {}1{}}}",
        "[".repeat(500),
        "]".repeat(500)
    );
    check("a.json", deep.as_bytes(), "64 levels");
    check("a.json", b"{\"format\": \"coco\", \"images\": []}", "coco");
    check(
        "a.json",
        b"{\"format\": \"sourcelight-reading-set\"}",
        "reading set",
    );
    check("a.json", b"{\"documents\": []}", "span-annotations");
}

/// A project file with one article, to which something is done first.
fn changed(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let before = project(&[("d", "So [claim:it 🚲 is], she said, [quote:and so on].")]);
    let mut file: Value = serde_json::from_str(&render(&before)).expect("it is JSON");
    change(&mut file);
    serde_json::to_vec_pretty(&file).expect("it is JSON")
}

fn open(change: impl FnOnce(&mut Value)) -> Reading {
    read(&Project::default(), "p.json", &changed(change)).expect("it opens")
}

#[test]
fn project_files_of_other_kinds_are_refused() {
    let refused = |change: fn(&mut Value)| refused("p.json", &changed(change));
    assert!(refused(|it| it["version"] = json!("2.0")).contains("version 2.0"));
    assert!(refused(|it| it["version"] = json!("soon")).contains("version"));
    assert!(refused(|it| it["version"] = Value::Null).contains("version"));
    assert!(refused(|it| it["documents"] = json!({})).contains("not a list"));
    assert!(refused(|it| it["documents"] = Value::Null).contains("documents"));
}

#[test]
fn a_newer_minor_version_is_read_with_a_notice() {
    let reading = open(|it| it["version"] = json!("1.7"));
    assert!(
        reading.notices[0].contains("newer"),
        "{:?}",
        reading.notices
    );
    assert_eq!(reading.import.annotations.len(), 2);
}

/// Does something to the first annotation, and checks the problem and what loads all the same.
fn check_annotation(change: impl FnOnce(&mut Value), says: &str, kept: usize) {
    let reading = open(|file| change(&mut file["documents"][0]["annotations"][0]));
    let said: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
    assert!(
        said.iter()
            .any(|it| it.contains(says) && it.contains("line ")),
        "{says}: {said:?}"
    );
    assert_eq!(reading.import.documents.len(), 1);
    let import = &reading.import;
    assert_eq!(
        import.annotations.len() + import.unplaced.len(),
        kept,
        "{says}"
    );
    render(&merged(&Project::default(), reading.import));
}

#[test]
fn one_bad_annotation_costs_that_annotation() {
    check_annotation(|it| *it = json!("no"), "not an object", 1);
    check_annotation(|it| it["label"] = Value::Null, "no label", 1);
    check_annotation(|it| it["note"] = json!(["x"]), "“note” is not text", 2);
    check_annotation(|it| it["created"] = json!("soon"), "not a time", 2);
    check_annotation(|it| it["fragments"] = json!(7), "not a list", 2);
    check_annotation(|it| it["fragments"][0] = json!(7), "not an object", 2);
}

#[test]
fn positions_that_are_no_place_are_found_by_their_words() {
    for (start, end) in [
        (json!(9), json!(3)),
        (json!(3), json!(3)),
        (json!(-3), json!(10)),
        (json!(3), json!(99_999)),
        (json!(3), json!(4_294_967_296_u64)),
        (json!(1e300), json!(1e301)),
        (json!("3"), json!([10])),
        (Value::Null, json!(10)),
        (json!(3.5), json!(10)),
    ] {
        let reading = open(|file| {
            let fragment = &mut file["documents"][0]["annotations"][0]["fragments"][0];
            fragment["start"] = start.clone();
            fragment["end"] = end.clone();
        });
        let document = &reading.import.documents[0];
        let placed = &reading.import.annotations[0];
        assert_eq!(
            document.text.slice(placed.hull()),
            "it 🚲 is",
            "{start} {end}"
        );
        assert_eq!(
            reading.placements[0].outcome,
            Outcome::Moved { similarity: 1.0 }
        );
        assert!(
            reading.problems[0].message.contains("no place"),
            "{:?}",
            reading.problems
        );
    }
}

#[test]
fn nan_is_no_position() {
    let file = String::from_utf8(changed(|_| {})).expect("it is UTF-8");
    let file = file.replacen("\"start\": 3", "\"start\": NaN", 1);
    assert!(file.contains("NaN"));
    let reading = read(&Project::default(), "p.json", file.as_bytes()).expect("it opens");
    assert!(matches!(
        reading.placements[0].outcome,
        Outcome::Moved { .. }
    ));
}

#[test]
fn without_words_a_bad_position_goes_to_the_tray() {
    let reading = open(|file| {
        let fragment = &mut file["documents"][0]["annotations"][0]["fragments"][0];
        *fragment = json!({"start": 9, "end": 3});
    });
    assert_eq!(reading.placements[0].outcome, Outcome::Unplaced);
    assert_eq!(reading.import.unplaced.len(), 1);
    // It goes out and comes in again, still lost.
    let after = merged(&Project::default(), reading.import);
    let again = read(&after, "p.json", render(&after).as_bytes()).expect("it opens");
    assert_eq!(again.import.unplaced.len(), 1);
    assert_eq!(render(&merged(&after, again.import)), render(&after));
}

#[test]
fn utf16_positions_within_a_letter_are_told_of() {
    let reading = open(|file| {
        let fragment = &mut file["documents"][0]["annotations"][0]["fragments"][0];
        fragment["utf16"] = json!([7, 11]);
    });
    assert!(
        reading.notices[0].contains("UTF-16"),
        "{:?}",
        reading.notices
    );
    assert_eq!(reading.placements[0].outcome, Outcome::Exact);
}

#[test]
fn bad_labels_colours_and_ids_are_mended() {
    let reading = open(|file| {
        file["schemes"][0]["labels"] = json!([
            {"id": "direct speech", "name": "Direct speech", "color": "red;background:url(//x)"},
            {"id": "rumour", "color": "#FFF"},
            {"id": "plain"},
            {"id": "good", "name": "Good", "color": "#0A0b0C", "shortcut": "g"},
            {}, 7,
        ]);
        let annotations = &mut file["documents"][0]["annotations"];
        annotations[0]["label"] = json!("direct speech");
        annotations[0]["id"] = json!("a.1");
        annotations[0]["creator"] = json!("ann@example.org");
        annotations[1]["label"] = json!("unheard of");
        annotations[1]["id"] = json!("a.1");
    });
    let labels = &reading.import.labels;
    let names: Vec<&str> = labels.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(
        names,
        ["Direct speech", "rumour", "plain", "Good", "unheard of"]
    );
    assert_eq!(labels[3].color.to_string(), "#0a0b0c");
    assert_eq!(labels[3].extra["shortcut"], "\"g\"");
    let colours = reading
        .problems
        .iter()
        .filter(|it| it.message.contains("#rrggbb"));
    assert_eq!(colours.count(), 2, "{:?}", reading.problems);
    assert_eq!(
        reading.import.annotators.last().map(|it| it.name.as_str()),
        Some("ann@example.org")
    );
    let [first, second] = &reading.import.annotations[..] else {
        panic!("two annotations");
    };
    assert_eq!(
        (first.label.clone(), second.label.clone()),
        (labels[0].id.clone(), labels[4].id.clone())
    );
    assert_ne!(first.id, second.id);
    assert!(
        reading.notices.iter().any(|it| it.contains("new ids")),
        "{:?}",
        reading.notices
    );
}

#[test]
fn only_so_many_labels() {
    let reading = open(|file| {
        let labels: Vec<Value> = (0..300)
            .map(|n| json!({"id": format!("l{n}"), "name": "L"}))
            .collect();
        file["schemes"][0]["labels"] = json!(labels);
        file["documents"][0]["annotations"][0]["label"] = json!("l299");
    });
    assert_eq!(reading.import.labels.len(), 197);
    assert!(
        reading.problems[0].message.contains("l299"),
        "{:?}",
        reading.problems
    );
    assert_eq!(reading.import.annotations.len(), 1);
}

#[test]
fn articles_that_cannot_be_are_told_of_and_the_others_load() {
    for (text, says) in [
        (json!("a\u{0}b"), "NUL"),
        (json!(" \n "), "no text"),
        (json!({"a": 1}), "no text"),
    ] {
        let reading = open(|file| {
            let mut bad = file["documents"][0].clone();
            bad["id"] = json!("bad");
            bad["text"] = text.clone();
            file["documents"]
                .as_array_mut()
                .expect("a list")
                .insert(0, bad);
        });
        assert_eq!(reading.import.documents.len(), 1);
        let problem = reading.problems[0].to_string();
        assert!(
            problem.contains(says) && problem.contains("bad"),
            "{problem}"
        );
    }
}

#[test]
fn lone_surrogates_are_replaced_with_a_notice() {
    let file = br#"{"title": "A \ud83d\ude00", "text": "one \ud83d two \udc00"}"#;
    let reading = read(&Project::default(), "a.json", file).expect("it opens");
    let document = &reading.import.documents[0];
    assert_eq!(document.text.as_str(), "one \u{fffd} two \u{fffd}");
    assert_eq!(document.meta.title, "A 😀");
    assert!(reading.notices[0].contains('2'), "{:?}", reading.notices);
}

#[test]
fn windows_1252_is_read_with_a_notice() {
    let reading = read(
        &Project::default(),
        "a.txt",
        b"\x93N\xe9e\x94 \x97 so \x80 3",
    )
    .expect("it opens");
    assert_eq!(reading.import.documents[0].text.as_str(), "“Née” — so € 3");
    assert!(reading.notices[0].contains("a.txt") && reading.notices[0].contains("Windows-1252"));
}

#[test]
fn pasted_text_is_checked_too() {
    let paste = |text: &str| with_context(&Project::default(), |cx| read_text("", text, cx));
    assert!(paste(" \n").is_err());
    assert!(paste("a\0b").expect_err("NUL").message.contains("NUL"));
    let reading = paste("Harbour shut\n\nIt was.").expect("it is text");
    assert_eq!(reading.import.documents[0].meta.title, "Harbour shut");
    assert_eq!(reading.import.documents[0].imported_from, "");
}

#[test]
fn names_from_javascript_are_only_names() {
    let reading = open(|file| {
        file["documents"][0]["__proto__"] = json!({"x": 1});
        file["documents"][0]["annotations"][0]["constructor"] = json!("y");
    });
    assert_eq!(reading.problems, []);
    assert_eq!(reading.import.documents[0].extra["__proto__"], "{\"x\":1}");
    assert_eq!(reading.import.annotations[0].extra["constructor"], "\"y\"");
}

#[test]
fn a_layout_that_does_not_fit_is_left_out() {
    for (layout, fits) in [
        (json!(["h1"]), true),
        (json!(["h1", "p"]), false),
        (json!([]), false),
        (json!(["h7"]), false),
        (json!("p"), false),
    ] {
        let reading = open(|file| file["documents"][0]["layout"] = layout.clone());
        assert_eq!(
            reading.import.documents[0].layout.is_some(),
            fits,
            "{layout}"
        );
        assert_eq!(reading.problems.is_empty(), fits, "{layout}");
    }
}
