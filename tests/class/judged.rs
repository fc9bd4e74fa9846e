//! The values of krippendorff, scikit-learn, NLTK and pygamma-agreement for the cases in
//! `tests/fixtures/agreement`, recorded there. Where Python has them they are asked again.
//!
//! `UPDATE_JUDGED=1` records what they say. `SOURCELIGHT_PYTHON` names the Python that has them.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use sourcelight::analysis::agreement::{
    Choice, Draws, Gamma, Gammas, Measures, Study, Undefined, agreement,
};
use sourcelight::model::Project;

use crate::made::{Made, finished, project};
use crate::support::{annotator_id, document_id};

fn fixture(name: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.join("tests/fixtures/agreement").join(name)
}

fn json(name: &str) -> Value {
    let bytes = std::fs::read(fixture(name)).expect("the fixture is there");
    serde_json::from_slice(&bytes).expect("it is JSON")
}

/// The study of a case: everybody it names has been at the articles that name them.
fn study(case: &Value) -> Project {
    let mut articles = Vec::new();
    let mut people = Vec::new();
    for (at, article) in list(&case["articles"]).iter().enumerate() {
        let mut marks: Vec<Made<'_>> = Vec::new();
        for (who, own) in article["marks"].as_object().expect("people") {
            people.push((who.as_str(), at));
            marks.extend(list(own).iter().map(|it| {
                (
                    who.as_str(),
                    count(&it[0]),
                    count(&it[1]),
                    it[2].as_str().expect("a label"),
                )
            }));
        }
        articles.push((count(&article["words"]), marks));
    }
    finished(&project(&articles), people)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn count(value: &Value) -> usize {
    value.as_u64().expect("a count") as usize
}

/// Compares measures with what the libraries say; where they say nothing there must be a reason.
fn compare(what: &str, ours: &Measures, theirs: &Value) {
    if theirs.is_null() {
        assert!(
            ours.percent.is_err(),
            "{what}: nobody can compare, and yet there is {ours:?}"
        );
        return;
    }
    let named = [
        ("percent", ours.percent),
        ("cohen", ours.cohen),
        ("fleiss", ours.fleiss),
        ("alpha", ours.alpha),
        ("alpha_u", ours.alpha_u),
    ];
    let f1 = ours.f1.iter().zip(list(&theirs["f1"]));
    let all = named.iter().map(|(name, it)| (*name, *it, &theirs[*name]));
    for (name, ours, theirs) in all.chain(f1.map(|(ours, theirs)| ("F1", *ours, theirs))) {
        match (ours, theirs.as_f64()) {
            (Ok(ours), Some(theirs)) => {
                assert!(
                    (ours - theirs).abs() < 1e-9,
                    "{what}: {name} is {ours}, not {theirs}"
                );
            }
            (Err(why), None) => assert!(!why.to_string().is_empty()),
            _ => panic!("{what}: {name} is {ours:?}, not {theirs}"),
        }
    }
}

fn check(judged: &Value) {
    let cases = json("cases.json");
    for case in list(&cases) {
        let name = case["name"].as_str().expect("a name");
        let judged = &judged[name];
        let project = study(case);
        let study = Study::of(&project, &Choice::default());
        let found = agreement(&study, count(&case["tolerance"]));
        compare(name, &found.all, &judged["all"]);
        for row in &found.labels {
            compare(
                &format!("{name}, {}", row.label),
                &row.measures,
                &judged["labels"][row.label.as_str()],
            );
        }
        for (at, row) in found.articles.iter().enumerate() {
            compare(
                &format!("{name}, article {at}"),
                &row.measures,
                &judged["articles"][at],
            );
        }
        for row in &found.pairs {
            let both = format!("{} {}", row.people[0], row.people[1]);
            compare(
                &format!("{name}, {both}"),
                &row.measures,
                &judged["pairs"][&both],
            );
        }
        check_gamma(name, &project, &judged["gamma"]);
    }
}

/// The observed disorder is that of an exact alignment; the one by chance is drawn by another hand.
fn check_gamma(name: &str, project: &Project, judged: &Value) {
    let (mut observed, mut expected) = (0.0, 0.0);
    for (at, article) in list(judged).iter().enumerate() {
        let here = Choice {
            documents: vec![document_id(&format!("d{at}"))],
            ..Choice::default()
        };
        let everybody = Study::of(project, &here).annotators.len();
        for (people, theirs) in article.as_object().expect("groups of people") {
            let Some(disorder) = theirs["observed"].as_f64() else {
                continue;
            };
            let own = Choice {
                annotators: people.split(' ').map(annotator_id).collect(),
                ..here.clone()
            };
            let own = Study::of(project, &own);
            let by_chance = theirs["expected"].as_f64().expect("a disorder");
            let gammas = counted(&own, at as u64);
            assert!(
                (gammas.disorder - disorder).abs() < 1e-5,
                "{name}, {people}: {}, not {disorder}",
                gammas.disorder
            );
            let ours = gammas.all.expect("γ has a value");
            // Where nothing is left to chance the library divides by nothing.
            let theirs = if disorder > 0.0 {
                1.0 - disorder / by_chance
            } else {
                1.0
            };
            // One text drawn differs from the next; of hundreds the mean does not differ much.
            assert!(
                (ours - theirs).abs() < 0.06,
                "{name}, {people}: γ is {ours}, not {theirs}"
            );
            if own.annotators.len() == everybody {
                let marks: usize = own.articles[0].marks.iter().flatten().map(Vec::len).sum();
                let mean = marks as f64 / everybody as f64;
                observed += disorder * mean;
                expected += by_chance * mean;
            }
        }
    }
    if expected > 0.0 && !name.starts_with("one has") {
        let ours = counted(&Study::of(project, &Choice::default()), 1);
        let ours = ours.all.expect("γ has a value");
        let theirs = 1.0 - observed / expected;
        assert!(
            (ours - theirs).abs() < 0.03,
            "{name}: γ is {ours}, not {theirs}"
        );
    }
}

fn counted(study: &Study, seed: u64) -> Gammas {
    let mut gamma = Gamma::new(study, 400, Draws::new(seed));
    while gamma.step() {}
    gamma.finish()
}

/// Asks the libraries; `None` where they are not there.
fn ask(drawn: &str) -> Option<Value> {
    let python = std::env::var_os("SOURCELIGHT_PYTHON").unwrap_or_else(|| "python3".into());
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/class/judge.py");
    let asked = Command::new(python)
        .arg("-B")
        .arg(script)
        .arg(fixture("cases.json"))
        .arg(drawn)
        .output();
    let Ok(answer) = asked else {
        eprintln!("skipped: there is no Python to ask");
        return None;
    };
    let told = String::from_utf8_lossy(&answer.stderr);
    if answer.status.code() == Some(77) {
        eprintln!("skipped: {told}");
        return None;
    }
    assert!(answer.status.success(), "{told}");
    Some(serde_json::from_slice(&answer.stdout).expect("it says JSON"))
}

#[test]
fn values_are_those_that_the_libraries_gave() {
    check(&json("judged.json"));
}

#[test]
fn values_are_those_that_the_libraries_give() {
    let updates = std::env::var_os("UPDATE_JUDGED").is_some();
    let Some(judged) = ask(if updates { "300" } else { "60" }) else {
        return;
    };
    if updates {
        let told = serde_json::to_string_pretty(&judged).expect("it is JSON");
        std::fs::write(fixture("judged.json"), told + "\n").expect("room for the record");
    }
    check(&judged);
}

#[test]
fn what_is_not_known_has_a_reason_that_can_be_read() {
    for (articles, why) in [
        (vec![], Undefined::Alone),
        (vec![(9, vec![("ann", 0, 2, "claim")])], Undefined::Alone),
        (
            vec![
                (9, vec![("ann", 0, 2, "claim")]),
                (9, vec![("ben", 0, 2, "claim")]),
            ],
            Undefined::Apart,
        ),
        (
            vec![(9, vec![("ann", 0, 9, "claim"), ("ben", 0, 9, "claim")])],
            Undefined::OneValue,
        ),
    ] {
        let study = Study::of(&project(&articles), &Choice::default());
        let found = agreement(&study, 1);
        assert_eq!(found.all.alpha, Err(why));
        assert!(why.to_string().ends_with('.'), "{why}");
        let few = found.intervals(10, Draws::new(1));
        assert_eq!(few.alpha, Err(Undefined::TooFew));
    }
}
