//! Marks of texts that may not be passed on.

use sourcelight::format::{Problem, Reading, render, withheld};
use sourcelight::model::{DocumentId, Project};

use crate::made::{project, project_of};
use crate::support::{merged, with_context};

fn all(project: &Project) -> Vec<DocumentId> {
    project.documents().iter().map(|it| it.id.clone()).collect()
}

fn read(project: &Project, file: &str) -> Result<Reading, Vec<Problem>> {
    with_context(project, |cx| {
        withheld::read("marks.json", file.as_bytes(), cx)
    })
}

#[test]
fn marks_without_their_texts_become_whole_where_the_texts_are() {
    let marked = project(&[
        (40, vec![("ann", 3, 6, "claim"), ("ben", 20, 39, "quote")]),
        (30, vec![]),
    ]);
    let file = withheld::render(&marked, &all(&marked));
    assert!(
        !file.contains("w3 w4 w5") && !file.contains("w0 w1"),
        "{file}"
    );
    assert!(
        !file.contains("w27"),
        "of a long mark the first words alone"
    );
    let bare = project(&[(40, vec![]), (30, vec![])]);
    let reading = read(&bare, &file).expect("the texts are here");
    assert_eq!(reading.problems, []);
    let after = merged(&bare, reading.import);
    assert_eq!(after.annotations(), marked.annotations());
}

#[test]
fn a_file_says_that_the_texts_are_withheld() {
    let marked = project(&[(40, vec![("ann", 3, 6, "claim")])]);
    let file = withheld::render(&marked, &all(&marked));
    let whole = render(&marked, &all(&marked));
    assert!(withheld::is_one(file.as_bytes()));
    assert!(!withheld::is_one(whole.as_bytes()));
    // A file that only seems to be one is read as ever.
    assert!(read(&Project::default(), &whole).is_ok());
}

#[test]
fn another_text_is_told_and_nothing_taken_over() {
    let marked = project(&[(40, vec![("ann", 3, 6, "claim")])]);
    let file = withheld::render(&marked, &all(&marked));
    for (here, says) in [
        (Project::default(), "is not here"),
        (project_of("v", 1, &[(40, vec![])]), "another text"),
        (project(&[(41, vec![])]), "another text"),
    ] {
        let problems = read(&here, &file).expect_err("it is another text");
        assert!(problems[0].to_string().contains(says), "{problems:?}");
    }
    let bare = project(&[(40, vec![])]);
    for (from, to, says) in [
        ("\"start\":", "\"start\":1", "does not have the words"),
        (
            "\"begins\":\"w",
            "\"begins\":\"x",
            "does not have the words",
        ),
        ("span-annotations", "other", "no project file"),
        ("\"textInfo\"", "\"info\"", "cannot be checked"),
    ] {
        let problems = read(&bare, &file.replacen(from, to, 1)).expect_err(to);
        assert!(problems[0].to_string().contains(says), "{problems:?}");
    }
    // Who opens it as any other file gets no mark that may stand anywhere.
    let other = project_of("v", 1, &[(40, vec![])]);
    let reading = crate::support::read(&other, "marks.json", file.as_bytes());
    assert_eq!(reading.expect("it opens").import.annotations, []);
}
