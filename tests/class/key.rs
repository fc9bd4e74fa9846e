//! Scores against a key: the practice set's own, and keys that are at odds with their texts.

use std::path::Path;
use std::sync::Arc;

use sourcelight::analysis::Places;
use sourcelight::analysis::score::{Outcome, Rules, Score, score};
use sourcelight::format::key::{self, Key};
use sourcelight::model::{Annotation, Document, Import, Project, Text};

use crate::support::{document_id, merged};

fn articles() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/articles"))
}

/// The practice set as a project.
fn practice() -> Project {
    let names = [
        "wire-report",
        "opinion-column",
        "advocacy-piece",
        "press-rewrite",
        "newsletter",
    ];
    let document = |name: &str| {
        let raw =
            std::fs::read_to_string(articles().join(format!("{name}.txt"))).expect("an article");
        let text = Arc::new(Text::new(&raw).expect("has text"));
        Document::new(document_id(name), name, text)
    };
    let import = Import {
        documents: names.map(document).to_vec(),
        ..Import::default()
    };
    merged(&Project::default(), import)
}

fn key_of(project: &Project, change: impl Fn(String) -> String) -> Key {
    let key = std::fs::read_to_string(articles().join("key.json")).expect("the key");
    key::read("key.json", change(key).as_bytes(), project).expect("it is a key")
}

/// The score of marks made of those of the key.
fn scored(project: &Project, key: &Key, given: impl Fn(&[Annotation]) -> Vec<Annotation>) -> Score {
    let mut all = Score::default();
    for (id, marks) in key.marks.iter() {
        let document = project.document(id).expect("it is here");
        let given = given(marks);
        let (marks, given): (Vec<_>, Vec<_>) = (marks.iter().collect(), given.iter().collect());
        all.add(score(
            &Places::of(&document.text),
            &marks,
            &given,
            Rules::default(),
        ));
    }
    all
}

#[test]
fn the_practice_set_is_scored_against_its_key() {
    let project = practice();
    let key = key_of(&project, |it| it);
    assert_eq!(key.problems, []);
    assert_eq!(key.marks.len(), 5);
    let whole = scored(&project, &key, <[Annotation]>::to_vec);
    assert_eq!(whole.share(), Some(1.0));
    assert!(
        whole
            .verdicts
            .iter()
            .all(|it| it.outcome == Outcome::Found && !it.reason.is_empty())
    );
    let half = scored(&project, &key, |it| it[..it.len() / 2].to_vec());
    let share = half.share().expect("there is a key");
    assert!((0.4..0.55).contains(&share), "{share}");
    assert_eq!(
        half.count(Outcome::Missed) + half.count(Outcome::Found),
        whole.verdicts.len()
    );
    assert_eq!(scored(&project, &key, |_| Vec::new()).share(), Some(0.0));
    // Who marks whole articles with everything finds nothing by it.
    let all = scored(&project, &key, |it| {
        let text = &project.document(&it[0].document).expect("it is here").text;
        let mut mark = it[0].clone();
        mark = mark.with_fragments([text.whole()]).expect("a span");
        vec![mark]
    });
    assert!(all.share().expect("there is a key") < 0.05);
}

#[test]
fn a_key_at_odds_with_its_texts_says_so() {
    let project = practice();
    let spans = key_of(&project, |it| it)
        .marks
        .iter()
        .map(|it| it.1.len())
        .sum::<usize>();
    for (from, to, lost, says) in [
        ("\"start\": 0,", "\"start\": 1,", 1, "“w01”"),
        ("\"start\": 0,", "\"start\": -1,", 1, "“w01”"),
        ("\"label\": \"claim\"", "\"label\": \"\"", 1, "no label"),
        ("\"sha256\": \"1bd", "\"sha256\": \"0bd", 0, "is not here"),
    ] {
        let key = key_of(&project, |it| it.replacen(from, to, 1));
        let left = key.marks.iter().map(|it| it.1.len()).sum::<usize>();
        assert!(left <= spans - lost && left < spans, "{to}");
        assert_eq!(key.problems.len(), 1, "{to}: {:?}", key.problems);
        assert!(
            key.problems[0].to_string().contains(says),
            "{:?}",
            key.problems
        );
    }
    for (file, says) in [
        (
            "{\"format\": \"sourcelight-key\", \"version\": \"2.0\"}",
            "version 2.0",
        ),
        ("{\"format\": \"span-annotations\"}", "no key"),
        ("[]", "one JSON object"),
        ("{", "cut off"),
    ] {
        let problem = key::read("k.json", file.as_bytes(), &project).expect_err(file);
        assert!(problem.to_string().contains(says), "{problem}");
    }
}
