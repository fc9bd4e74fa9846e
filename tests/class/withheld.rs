//! Marks of texts that may not be passed on.

use sourcelight::format::{Problem, Reading, render, withheld};
use sourcelight::model::{DocumentId, Project, RecordId, Value};

use crate::made::{project, project_of, saying};
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

#[test]
fn words_in_answers_are_withheld_too() {
    let marked = project(&[(40, vec![("ann", 3, 6, "claim")])]);
    let article = &marked.documents()[0];
    let words = article.text.span_of_code_points(35, 45).expect("words");
    let mark = RecordId::Annotation(marked.annotations().all()[0].id.clone());
    let marked = saying(&marked, &mark, "cue", Value::List(vec![Value::Span(words)]));
    let said = article.text.slice(words);
    assert!(render(&marked, &all(&marked)).contains(said));
    let file = withheld::render(&marked, &all(&marked));
    assert!(!file.contains(said), "{file}");
    let reading = read(&project(&[(40, vec![])]), &file).expect("the texts are here");
    let after = merged(&project(&[(40, vec![])]), reading.import);
    assert_eq!(after.annotations(), marked.annotations());
}
