//! Files for the judges that `cargo xtask interop` asks: three projects in every format that is
//! written, each with what a judge has to see in it. Knows no judge.

use std::path::Path;
use std::sync::Arc;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use sourcelight::format::exchange::{FORMATS, Feature, Options, OutFile, by_id};
use sourcelight::model::{Annotation, Document, DocumentMeta, Import, Project, Text};

use super::judged::expected;
use super::{generate, nasty, written};
use crate::support::{annotation_id, annotator_id, document_id, label_id, merged, render};

/// How many generated projects are put together.
const GENERATED: u32 = 40;

#[test]
#[ignore = "writes files for `cargo xtask interop`, which names the folder"]
fn files_for_the_judges() {
    let folder = std::env::var_os("SOURCELIGHT_EXPORTS").expect("the folder is named");
    let projects = [
        ("nasty", nasty::project()),
        ("generated", generated()),
        ("practice", practice()),
    ];
    for (name, project) in projects {
        let folder = Path::new(&folder).join(name);
        let own = OutFile {
            name: "sourcelight.json".to_owned(),
            mime: "application/json",
            bytes: render(&project).into_bytes(),
        };
        keep(&folder, "project", &[own], 0, expected(&project));
        keep_tables(&folder, &project);
        for format in FORMATS.iter().filter(|it| it.is_written()) {
            let written = written(format, &project);
            let counted = |it: &Feature| matches!(it, Feature::Overlaps | Feature::Characters);
            let lost = written.losses.iter().filter(|it| counted(&it.feature));
            let told = lost.map(|it| it.count).sum();
            let rows = expected(&project).into_iter();
            let rows = rows.map(|it| as_written(format.id, it)).collect();
            keep(&folder, format.id, &written.files, told, rows);
        }
    }
}

fn keep(folder: &Path, format: &str, files: &[OutFile], told: usize, rows: Vec<Value>) {
    let own = folder.join(format);
    std::fs::create_dir_all(&own).expect("a folder for the files");
    for file in files {
        std::fs::write(own.join(&file.name), &file.bytes).expect("room for a file");
    }
    let expected = json!({"told": told, "spans": rows}).to_string();
    std::fs::write(folder.join(format!("{format}.expected.json")), expected).expect("room");
}

/// Tables as somebody wants them who opens them in a spreadsheet.
fn keep_tables(folder: &Path, project: &Project) {
    let all: Vec<_> = project.documents().iter().map(|it| it.id.clone()).collect();
    let options = Options {
        defuse_formulas: true,
        ..Options::default()
    };
    let csv = by_id("csv").expect("it is in the list");
    let written = csv.write(project, &all, options);
    keep(folder, "csv-defused", &written.files, 0, expected(project));
}

/// XML has no place for most control characters; U+FFFD stands for each.
fn as_written(format: &str, mut row: Value) -> Value {
    if ["uima-xmi", "tei", "html"].contains(&format) {
        let words = row[4].as_str().expect("words").to_owned();
        row[4] = words.replace('\u{7}', "\u{fffd}").into();
    }
    row
}

/// What generated projects hold, under ids of their own; always the same.
fn generated() -> Project {
    let mut runner = TestRunner::deterministic();
    let mut all = Import::default();
    for number in 0..GENERATED {
        let tree = generate::import().new_tree(&mut runner);
        let made = tree.expect("there is one").current();
        let named = |id: &str| format!("g{number}-{id}");
        for mut document in made.documents {
            document.id = document_id(&named(document.id.as_str()));
            all.documents.push(document);
        }
        for mut annotation in made.annotations {
            annotation.id = annotation_id(&named(annotation.id.as_str()));
            annotation.document = document_id(&named(annotation.document.as_str()));
            all.annotations.push(annotation);
        }
    }
    merged(&Project::default(), all)
}

/// The practice set with its model answer.
fn practice() -> Project {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("articles");
    let file = |name: &str| std::fs::read_to_string(folder.join(name)).expect("it is there");
    let json = |name: &str| serde_json::from_str::<Value>(&file(name)).expect("it is JSON");
    let said = |it: &Value, name: &str| it[name].as_str().unwrap_or_default().to_owned();
    let mut import = Import::default();
    for it in json("index.json")["articles"].as_array().expect("articles") {
        let text = Arc::new(Text::new(&file(&said(it, "file"))).expect("it has words"));
        let mut document = Document::new(document_id(&said(it, "id")), said(it, "title"), text);
        document.meta = DocumentMeta {
            outlet: said(it, "outlet"),
            author: said(it, "author"),
            date: said(it, "date"),
            event: said(it, "event"),
            language: said(it, "language"),
            ..document.meta
        };
        import.documents.push(document);
    }
    for article in json("key.json")["articles"].as_array().expect("articles") {
        let id = document_id(&said(article, "id"));
        let document = import.documents.iter().find(|it| it.id == id);
        let document = document.expect("the key is about the set").clone();
        let spans = article["spans"].as_array().expect("spans");
        let marks = spans.iter().map(|it| answered(&document, it));
        import.annotations.extend(marks);
    }
    merged(&Project::default(), import)
}

fn answered(document: &Document, span: &Value) -> Annotation {
    let text = document.text.as_str();
    let byte = |name: &str| {
        let at = span[name].as_u64().expect("a position") as usize;
        let mut places = text.char_indices().map(|it| it.0);
        places.nth(at).unwrap_or(text.len())
    };
    let place = document.text.span(byte("start"), byte("end"));
    let place = place.expect("it is in the text");
    assert_eq!(Some(document.text.slice(place)), span["exact"].as_str());
    let mut made = Annotation::new(
        annotation_id(span["id"].as_str().expect("an id")),
        document.id.clone(),
        place,
        label_id(span["label"].as_str().expect("a label")),
        annotator_id("key"),
        crate::support::NOW,
    );
    made.note = span["reason"].as_str().unwrap_or_default().into();
    made
}
