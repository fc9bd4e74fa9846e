//! The programs the formats are for, asked what they see in our files. They are Python packages; where
//! they are not installed the test says so, and what was recorded once stands for them: a file that is
//! written as it was then is read as it was then.
//!
//! `UPDATE_JUDGED=1` asks them again and records files and answers in `tests/fixtures/exchange`.
//! `SOURCELIGHT_PYTHON` names the Python that has the packages.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use sourcelight::format::exchange::{FORMATS, Feature, OutFile, Written, by_id};
use sourcelight::model::Project;

use super::{nasty, written};

/// Which script judges a format.
const JUDGES: [(&str, &str); 16] = [
    ("csv", "tables.py"),
    ("tsv", "tables.py"),
    ("label-studio", "slices.py"),
    ("doccano", "slices.py"),
    ("doccano-code-points", "slices.py"),
    ("prodigy", "spacy_spans.py"),
    ("hugging-face", "hugging_face.py"),
    ("web-annotation", "slices.py"),
    ("hugging-face-tokens", "token_columns.py"),
    ("conll", "tags.py"),
    ("conll-2003", "tags.py"),
    ("brat", "brat_server.py"),
    ("uima-xmi", "cassis_cas.py"),
    ("uima-json", "cassis_cas.py"),
    ("tei", "markup.py"),
    ("html", "markup.py"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn recorded(format: &str) -> PathBuf {
    root().join("tests/fixtures/exchange").join(format)
}

fn updates() -> bool {
    std::env::var_os("UPDATE_JUDGED").is_some()
}

/// Every part of every mark: article, label, start and end in code points, words.
pub(super) fn expected(project: &Project) -> Vec<Value> {
    let mut rows = Vec::new();
    for document in project.documents() {
        let text = &document.text;
        for annotation in project.annotations().of(&document.id) {
            for &span in annotation.fragments() {
                let [start, end] = [span.start(), span.end()].map(|it| text.code_points(it));
                let label = annotation.label.as_str();
                rows.push(json!([
                    document.id.as_str(),
                    label,
                    start,
                    end,
                    text.slice(span)
                ]));
            }
        }
    }
    rows
}

/// The rows of each kind, counted.
fn counted<'r>(rows: impl IntoIterator<Item = &'r Value>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(row.to_string()).or_default() += 1;
    }
    counts
}

/// Formats that give words and no text between them.
const OF_WORDS: [&str; 2] = ["hugging-face-tokens", "conll"];

/// Whether what was seen is what is there, but for what the losses name.
fn compare(format: &str, written: &Written, seen: &Value, project: &Project) {
    if format == "conll-2003" {
        // It has neither articles nor places: how many there are is all that can be compared.
        let told: usize = written
            .losses
            .iter()
            .filter(|it| it.feature == Feature::Overlaps)
            .map(|it| it.count)
            .sum();
        let count = expected(project).len() - told;
        let said = seen["consumer"].as_str().expect("a sentence");
        assert!(
            said.contains(&format!("{count} entities")),
            "{said}, not {count}"
        );
        return;
    }
    let without_words = |rows: &[Value]| -> Vec<Value> {
        let of_words = OF_WORDS.contains(&format);
        let row = |it: &Value| {
            json!([
                it[0],
                it[1],
                it[2],
                it[3],
                if of_words { &Value::Null } else { &it[4] }
            ])
        };
        rows.iter().map(row).collect()
    };
    let seen = counted(&without_words(
        seen["spans"].as_array().expect("a list of spans"),
    ));
    let expected = counted(&without_words(&expected(project)));
    let lost = written
        .losses
        .iter()
        .filter(|it| matches!(it.feature, Feature::Overlaps | Feature::Characters));
    let told: usize = lost.map(|it| it.count).sum();
    let mut missing = 0;
    for (row, &count) in &expected {
        missing += count.saturating_sub(seen.get(row).copied().unwrap_or_default());
    }
    assert!(
        missing <= told,
        "{format}: {missing} of {expected:#?} are missing in {seen:#?}"
    );
    for (row, count) in &seen {
        let known = expected.get(row).copied().unwrap_or_default();
        assert!(
            *count <= known || told > 0,
            "{format}: {row} was seen and is not there"
        );
    }
}

/// Asks a judge; `None` where it has not what it needs.
fn ask(script: &str, files: &[OutFile], folder: &Path) -> Option<Value> {
    std::fs::create_dir_all(folder).expect("a folder for the files");
    for file in files {
        std::fs::write(folder.join(&file.name), &file.bytes).expect("room for a file");
    }
    let python = std::env::var_os("SOURCELIGHT_PYTHON").unwrap_or_else(|| "python3".into());
    let script = root().join("tests/format/judges").join(script);
    let asked = Command::new(python)
        .arg("-B")
        .arg(&script)
        .arg(folder)
        .env("HF_HUB_OFFLINE", "1")
        .output();
    let Ok(answer) = asked else {
        eprintln!("skipped: there is no Python to ask");
        return None;
    };
    if answer.status.code() == Some(77) {
        eprintln!("skipped: {}", String::from_utf8_lossy(&answer.stderr));
        return None;
    }
    let told = String::from_utf8_lossy(&answer.stderr);
    assert!(answer.status.success(), "{}: {told}", script.display());
    Some(serde_json::from_slice(&answer.stdout).expect("the judge says JSON"))
}

/// Keeps an answer, a span a line.
fn record(path: &Path, seen: &Value) {
    let rows = seen["spans"].as_array().expect("a list");
    let rows: Vec<String> = rows.iter().map(|it| format!("  {it}")).collect();
    let (consumer, rows) = (&seen["consumer"], rows.join(",\n"));
    let record = format!("{{\"consumer\": {consumer},\n \"spans\": [\n{rows}\n]}}\n");
    std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
    std::fs::write(path, record).expect("room for the record");
}

#[test]
fn every_judge_sees_what_is_marked() {
    let project = nasty::project();
    let base = Path::new(env!("CARGO_TARGET_TMPDIR")).join("judged");
    for (id, script) in JUDGES {
        let written = written(by_id(id).expect(id), &project);
        let folder = base.join(id);
        let _ = std::fs::remove_dir_all(&folder);
        let Some(seen) = ask(script, &written.files, &folder) else {
            continue;
        };
        compare(id, &written, &seen, &project);
        if updates() {
            record(&recorded(id).join("judged.json"), &seen);
        }
    }
}

#[test]
fn files_are_written_as_they_were_judged() {
    let project = nasty::project();
    for format in FORMATS.iter().filter(|it| it.is_written()) {
        let written = written(format, &project);
        let folder = recorded(format.id);
        if updates() {
            std::fs::create_dir_all(&folder).expect("a folder for the files");
            for file in &written.files {
                std::fs::write(folder.join(&file.name), &file.bytes).expect("room for a file");
            }
        }
        for file in &written.files {
            let path = folder.join(&file.name);
            let before = std::fs::read(&path).unwrap_or_default();
            assert!(
                before == file.bytes,
                "{} is written otherwise; see whether its readers still take it: UPDATE_JUDGED=1",
                path.display()
            );
        }
        if !updates() && JUDGES.iter().any(|it| it.0 == format.id) {
            let answer = std::fs::read(folder.join("judged.json")).expect("a recorded answer");
            let seen = serde_json::from_slice(&answer).expect("it is JSON");
            compare(format.id, &written, &seen, &project);
        }
    }
}

#[test]
fn the_readers_in_the_documentation_read_our_own_file() {
    let project = nasty::project();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own.json");
    std::fs::write(&path, crate::support::render(&project)).expect("room for a file");
    let expected: Vec<String> = expected(&project)
        .iter()
        .map(|it| {
            format!(
                "{}\t{}\t{}",
                it[0].as_str().expect("id"),
                it[1].as_str().expect("label"),
                it[4]
            )
        })
        .collect();
    for (program, script) in [("python3", "read.py"), ("node", "read.js")] {
        let script = root().join("docs/readers").join(script);
        let Ok(answer) = Command::new(program).arg(script).arg(&path).output() else {
            eprintln!("skipped: there is no {program}");
            continue;
        };
        let told = String::from_utf8_lossy(&answer.stderr);
        assert!(answer.status.success(), "{program}: {told}");
        let said = String::from_utf8(answer.stdout).expect("it is text");
        assert_eq!(said.lines().collect::<Vec<_>>(), expected, "{program}");
    }
}

/// Programs that take a minute to start, asked only where `SOURCELIGHT_SLOW_JUDGES` is set.
const SLOW_JUDGES: [(&str, &str); 2] = [
    ("label-studio", "label_studio_server.py"),
    ("doccano", "doccano_server.py"),
];

#[test]
fn servers_give_back_what_they_were_given() {
    let project = nasty::project();
    let is_asked = std::env::var_os("SOURCELIGHT_SLOW_JUDGES").is_some();
    for (id, script) in SLOW_JUDGES {
        let written = written(by_id(id).expect(id), &project);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("judged-by-server")
            .join(id);
        let seen = is_asked
            .then(|| ask(script, &written.files, &folder))
            .flatten();
        if let Some(seen) = &seen {
            compare(id, &written, seen, &project);
            if updates() {
                record(&recorded(id).join("judged-by-server.json"), seen);
            }
        }
        let answer =
            std::fs::read(recorded(id).join("judged-by-server.json")).expect("a recorded answer");
        let before = serde_json::from_slice(&answer).expect("it is JSON");
        compare(id, &written, &before, &project);
    }
}
