//! Files of earlier versions and of other programs still open.

use std::path::Path;

use sourcelight::format::{Outcome, Reading};
use sourcelight::model::{Progress, Project, Provenance};

use super::support::{bare_project, document_id, merge_change, merged, read, render, show};

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name);
    std::fs::read(path).expect(name)
}

fn open(project: &Project, name: &str) -> Reading {
    read(project, name, &fixture(name)).expect(name)
}

fn shown(project: &Project, id: &str) -> String {
    let id = document_id(id);
    let text = &project.document(&id).expect("it is here").text;
    show(text, project.annotations().of(&id))
}

#[test]
fn version_1_is_read_and_written_to_the_byte() {
    let reading = open(&bare_project(), "v1.json");
    assert_eq!(
        (&reading.problems[..], &reading.notices[..]),
        (&[][..], &[][..])
    );
    let project = merged(&bare_project(), reading.import);
    assert_eq!(
        shown(&project, "harbour"),
        "Harbour Shut For A Day\nBy Ann Lee\n\n“[1:quote:We saw it coming,1]” said Zoe\u{301} 👩‍🚒 Maar, “[1:quote:all of us.1]”\n\n- [claim:The [opinion:rotten chain] broke at 7.40].\n- [claim:Nobody was hurt]."
    );
    let harbour = project
        .document(&document_id("harbour"))
        .expect("it is here");
    assert_eq!(
        (harbour.progress, harbour.meta.outlet.as_str()),
        (Progress::InProgress, "The Kel Post")
    );
    assert_eq!(project.unplaced().count(), 1);
    assert_eq!(
        render(&project).replacen("\"1.1\"", "\"1.0\"", 1),
        String::from_utf8(fixture("v1.json")).expect("it is UTF-8"),
        "what was written then is written so still, but for the version"
    );
}

#[test]
fn a_file_of_another_program_is_read_with_what_it_says_more() {
    let reading = open(&Project::default(), "foreign.json");
    assert_eq!(reading.problems, []);
    assert!(
        reading
            .placements
            .iter()
            .all(|it| it.outcome == Outcome::Exact)
    );
    let project = merged(&Project::default(), reading.import);
    assert_eq!(
        shown(&project, "doc-1"),
        "Quay 🚲 news\n\n“[1:quote:Not one boat,1]” said Ana, “[1:quote:not today.1]”\n[2:opinion:A [3:claim:sad2] end for Zoe\u{301}3].\n"
    );
    let first = &project.annotations().of(&document_id("doc-1"))[0];
    let answers = &first.details.as_ref().expect("it has answers").answers;
    assert_eq!(
        answers.get("speaker"),
        Some(&sourcelight::model::Answer::Text("Ana".into()))
    );
    assert_eq!(first.provenance, Provenance::Manual);
    let out = render(&project);
    for kept in [
        "\"relations\": [\n    {\"id\":\"r1\",\"from\":\"a2\",\"to\":\"a3\",\"type\":\"disputes\"}",
        "\"language\": \"en\"",
        "\"retrieved\": \"2031-05-04\"",
        "\"shortcut\": \"o\"",
        "\"email\": \"ana@example.org\"",
    ] {
        assert!(out.contains(kept), "{kept} in {out}");
    }
    let again = read(&project, "again.json", &fixture("foreign.json")).expect("it opens");
    assert_eq!(merge_change(&project, again.import), None);
    let own = read(&bare_project(), "p.json", out.as_bytes()).expect("it opens");
    assert_eq!(render(&merged(&bare_project(), own.import)), out);
}

#[test]
fn articles_of_every_kind_are_read() {
    for (name, articles, problems) in [
        ("articles.jsonl", 3, 1),
        ("article.md", 1, 0),
        ("article.html", 1, 0),
        ("latin.txt", 1, 0),
    ] {
        let reading = open(&Project::default(), name);
        assert_eq!(reading.import.documents.len(), articles, "{name}");
        assert_eq!(
            reading.problems.len(),
            problems,
            "{name}: {:?}",
            reading.problems
        );
        assert_eq!(
            reading.notices.len(),
            usize::from(name == "latin.txt"),
            "{name}"
        );
        for document in &reading.import.documents {
            assert!(!document.meta.title.is_empty(), "{name}");
        }
    }
}
