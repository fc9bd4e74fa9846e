//! Files that other hands made: the shared samples where they are, and small ones of our own.

use std::path::{Path, PathBuf};

use sourcelight::format::Outcome;
use sourcelight::model::Project;

use super::read_files;
use crate::support::{document_id, merged, show};

/// The folder of samples, which is not part of the project.
fn folder() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = ["../shared/format-samples", "../../shared/format-samples"];
    let set = std::env::var_os("SOURCELIGHT_FORMAT_SAMPLES").map(PathBuf::from);
    let found = set
        .into_iter()
        .chain(beside.map(|it| root.join(it)))
        .find(|it| it.is_dir());
    if found.is_none() {
        eprintln!("skipped: there is no folder of format samples beside the project");
    }
    found
}

/// The sample text with what all files mark in it.
const ALL: &str = "City desk 🚲 — 3 May\n\n[1:quote:“[claim:[opinion:We will cut fares]],”1] Mayor Zoe\u{301} Müller said, [1:quote:“by 20% before June.”1]\nFire chief [4:opinion:Ana 👩\u{200d}🚒 thinks [5:claim:the plan is a cruel joke4] that will cost €4m5].\n";

/// Reads sample files where only the article is; compares the marks with `expected`.
fn check(names: &[&str], expected: &str) {
    let Some(folder) = folder() else { return };
    let bytes: Vec<Vec<u8>> = names
        .iter()
        .map(|it| std::fs::read(folder.join(it)).expect(it))
        .collect();
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .copied()
        .zip(bytes.iter().map(Vec::as_slice))
        .collect();
    let article = std::fs::read_to_string(folder.join("sample.txt")).expect("the text");
    let here = crate::support::project(&[("doc-1", &article.replace("\r\n", "\n"))]);
    let readings = read_files(&here, &files).unwrap_or_else(|it| panic!("{it}"));
    assert_eq!(readings.len(), 1, "{names:?} belong together");
    let reading = &readings[0];
    assert_eq!(reading.problems, [], "{names:?}");
    assert!(
        reading
            .placements
            .iter()
            .all(|it| it.outcome == Outcome::Exact),
        "{names:?}: {:?}",
        reading.placements
    );
    let after: Project = merged(&here, reading.import.clone());
    let text = &after
        .document(&document_id("doc-1"))
        .expect("it is here")
        .text;
    let marks = after.annotations().of(&document_id("doc-1"));
    assert_eq!(show(text, marks), expected, "{names:?}");
    assert!(reading.import.labels.is_empty(), "{names:?}");
}

#[test]
fn tables() {
    check(&["table.csv"], ALL);
    check(&["table.tsv"], ALL);
}

#[test]
fn label_studio() {
    check(&["labelstudio.json"], ALL);
    check(&["labelstudio.json", "labelstudio.config.xml"], ALL);
}

/// As [`ALL`], from files that do not say which parts are one mark.
const PARTS: &str = "City desk 🚲 — 3 May\n\n[quote:“[claim:[opinion:We will cut fares]],”] Mayor Zoe\u{301} Müller said, [quote:“by 20% before June.”]\nFire chief [5:opinion:Ana 👩\u{200d}🚒 thinks [6:claim:the plan is a cruel joke5] that will cost €4m6].\n";

#[test]
fn doccano() {
    check(&["doccano.jsonl"], ALL);
    check(&["doccano.seq.jsonl"], PARTS);
}

#[test]
fn spacy_prodigy_and_hugging_face() {
    check(&["prodigy.jsonl"], PARTS);
    check(&["hf.jsonl"], ALL);
}

#[test]
fn web_annotations() {
    check(&["webannotation.json", "sample.txt"], ALL);
}

#[test]
fn words_with_tags() {
    check(&["conll/layers.tsv"], PARTS);
    check(&["conll/flat.iob2"], FLAT);
    check(&["conll/flat.conll2003"], FLAT);
    check(&["conll/opinion.iob2"], OPINIONS);
}

const FLAT: &str = "City desk 🚲 — 3 May\n\n[quote:“We will cut fares,”] Mayor Zoe\u{301} Müller said, [quote:“by 20% before June.”]\nFire chief Ana 👩\u{200d}🚒 thinks [claim:the plan is a cruel joke that will cost €4m].\n";

const OPINIONS: &str = "City desk 🚲 — 3 May\n\n“[opinion:We will cut fares],” Mayor Zoe\u{301} Müller said, “by 20% before June.”\nFire chief [opinion:Ana 👩\u{200d}🚒 thinks the plan is a cruel joke] that will cost €4m.\n";

#[test]
fn brat() {
    check(
        &["brat/doc-1.ann", "brat/doc-1.txt", "brat/annotation.conf"],
        ALL,
    );
}

#[test]
fn webanno_and_uima() {
    check(&["webanno33.tsv"], PARTS);
    check(&["cas.json"], ALL);
    check(&["cas.xmi", "typesystem.xml"], ALL);
}
