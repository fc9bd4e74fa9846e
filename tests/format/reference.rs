//! Files that others made, where they are at hand, and a reader that shares no code with us.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sourcelight::format::Outcome;
use sourcelight::model::{Annotation, Import, Project, Timestamp, trim};

use super::support::{
    annotation_id, annotator_id, bare_project, document_id, label_id, merge_change, merged, read,
    render, show,
};

/// What any program can do with an export, in ten lines.
const READER: &str = r#"
import json, sys
count = 0
for document in json.load(sys.stdin)["documents"]:
    text, units = document["text"], document["text"].encode("utf-16-le")
    for annotation in document["annotations"]:
        for it in annotation["fragments"]:
            low, high = it["utf16"]
            assert text[it["start"]:it["end"]] == it["exact"], it
            assert units[2 * low:2 * high].decode("utf-16-le") == it["exact"], it
            count += 1
print(count)
"#;

/// Has Python read an export; answers with the number of fragments, `None` where there is no Python.
fn count_in_python(file: &str) -> Option<usize> {
    let started = Command::new("python3")
        .args(["-X", "utf8", "-c", READER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut python) = started else {
        eprintln!("skipped: there is no python3 here");
        return None;
    };
    let mut input = python.stdin.take().expect("it is piped");
    input.write_all(file.as_bytes()).expect("Python reads");
    drop(input);
    let output = python.wait_with_output().expect("Python ends");
    assert!(output.status.success(), "Python found a fault");
    let count = String::from_utf8(output.stdout).expect("a number");
    Some(count.trim().parse().expect("a number"))
}

fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared")
        .join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not here", path.display());
    None
}

/// The project with twenty annotations at random places of each article.
fn with_random_marks(project: &Project) -> Project {
    let mut import = Import::default();
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for document in project.documents() {
        let text = &document.text;
        let letters: Vec<usize> = text.as_str().char_indices().map(|it| it.0).collect();
        let mut made = 0;
        while made < 20 {
            let start = letters[random(letters.len())];
            let end = letters[random(letters.len())].min(start + 400);
            let span = text.span(start, text.as_str().floor_char_boundary(end));
            let Some(span) = span.and_then(|it| trim(text, it)) else {
                continue;
            };
            made += 1;
            import.annotations.push(Annotation::new(
                annotation_id(&format!("{}-{made}", document.id)),
                document.id.clone(),
                span,
                label_id(["claim", "quote", "opinion"][random(3)]),
                annotator_id("ann"),
                Timestamp(1_935_478_800_000),
            ));
        }
    }
    merged(project, import)
}

/// Opens texts, marks them at random, and checks the export here and in Python.
fn check_texts(texts: &[(String, Vec<u8>)]) {
    let mut project = Project::default();
    for (name, bytes) in texts {
        let reading = read(&project, name, bytes).expect(name);
        assert_eq!(reading.problems, [], "{name}");
        project = merged(&project, reading.import);
    }
    assert_eq!(project.documents().len(), texts.len());
    let marked = with_random_marks(&project);
    let file = render(&marked);
    if let Some(count) = count_in_python(&file) {
        assert_eq!(count, 20 * texts.len());
    }
    let reading = read(&Project::default(), "p.json", file.as_bytes()).expect("it opens");
    assert!(
        reading
            .placements
            .iter()
            .all(|it| it.outcome == Outcome::Exact)
    );
    let after = merged(&Project::default(), reading.import);
    assert_eq!(render(&after), file);
    let again = read(&after, "p.json", file.as_bytes()).expect("it opens");
    assert_eq!(merge_change(&after, again.import), None);
}

#[test]
fn a_reader_in_python_finds_every_quote() {
    let hard = "“Né 👩\u{200d}🚒 e\u{301},” said Zoe\u{301} 🚲.\r\n\r\nمرحبا 漢字 𝒳\r\n".repeat(20);
    check_texts(&[("hard.txt".to_owned(), hard.into_bytes())]);
}

#[test]
fn real_articles_are_marked_and_written() {
    let Some(folder) = shared("articles") else {
        return;
    };
    let files = std::fs::read_dir(folder).expect("a folder").flatten();
    let texts: Vec<_> = files
        .map(|it| {
            (
                it.file_name().to_string_lossy().into_owned(),
                std::fs::read(it.path()).expect("a file"),
            )
        })
        .collect();
    assert!(!texts.is_empty());
    check_texts(&texts);
}

#[test]
fn the_practice_set_is_marked_and_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("articles");
    let index = std::fs::read_to_string(folder.join("index.json")).expect("the practice set");
    let set = sourcelight::format::reading_set::parse("index.json", &index).expect("it is a set");
    let texts: Vec<_> = set
        .articles
        .iter()
        .map(|it| {
            (
                it.file.clone(),
                std::fs::read(folder.join(&it.file)).expect("a file"),
            )
        })
        .collect();
    check_texts(&texts);
}

#[test]
fn the_reference_file_of_the_format_is_read() {
    let Some(path) = shared("format-samples/canonical.json") else {
        return;
    };
    let bytes = std::fs::read(path).expect("a file");
    let reading = read(&Project::default(), "canonical.json", &bytes).expect("it opens");
    assert_eq!(reading.problems, []);
    assert!(
        reading
            .placements
            .iter()
            .all(|it| it.outcome == Outcome::Exact)
    );
    let project = merged(&Project::default(), reading.import);
    let id = document_id("doc-1");
    let text = &project.document(&id).expect("it is here").text;
    // The positions of the format notes after CR LF has become LF, in code points.
    let positions: Vec<(&str, Vec<[u32; 2]>)> = project
        .annotations()
        .of(&id)
        .iter()
        .map(|it| {
            let at = it.fragments().iter();
            let at = at.map(|it| [text.code_points(it.start()), text.code_points(it.end())]);
            (it.id.as_str(), at.collect())
        })
        .collect();
    assert_eq!(
        positions,
        [
            ("a1", vec![[21, 41], [66, 87]]),
            ("a2", vec![[22, 39]]),
            ("a5", vec![[22, 39]]),
            ("a3", vec![[99, 138]]),
            ("a4", vec![[114, 157]]),
        ]
    );
    assert_eq!(
        show(text, project.annotations().of(&id))
            .matches('[')
            .count(),
        6
    );
    let out = render(&project);
    if let Some(count) = count_in_python(&out) {
        assert_eq!(count, 6);
    }
    let again = read(&project, "canonical.json", &bytes).expect("it opens");
    assert_eq!(merge_change(&project, again.import), None);
    let own = read(&bare_project(), "p.json", out.as_bytes()).expect("it opens");
    assert_eq!(render(&merged(&bare_project(), own.import)), out);
}
