//! What accounts of one event have in common, as scripts ask for it. What is found is the matter of the
//! native tests; here it is that it comes out of the page, in code points.

use e2e::{Engine, Options, Page, run, tools};
use serde_json::{Value, json};

#[test]
fn accounts_are_compared_in_chromium() {
    run(&Options::new(Engine::Chromium), body);
}

#[test]
fn accounts_are_compared_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

fn call(page: &Page, name: &str, argument: Value) -> Value {
    let script = format!("return await window.sourcelight.{name}(arguments[0])");
    page.browser.read_later(&script, vec![argument])
}

fn list(value: &Value) -> &[Value] {
    value
        .as_array()
        .unwrap_or_else(|| panic!("no list: {value}"))
}

/// The words at a place of an answer, read from the files by their code points.
fn words(place: &Value) -> String {
    let id = place["document"].as_str().expect("an article");
    let path = tools::workspace().join(format!("articles/{id}.txt"));
    let text = std::fs::read_to_string(path).expect("the article");
    let at = |field: &str| place[field].as_u64().expect("an offset") as usize;
    text.chars()
        .skip(at("start"))
        .take(at("end") - at("start"))
        .collect()
}

fn body(page: &Page) {
    page.open("");
    page.step("the versions of a quotation");
    let key =
        std::fs::read(tools::workspace().join("articles/key.json")).expect("the model answer");
    let key: Value = serde_json::from_slice(&key).expect("it is JSON");
    let articles = list(&key["articles"]).iter();
    let span = articles
        .flat_map(|it| list(&it["spans"]))
        .find(|it| it["id"] == "w27");
    let span = span.expect("the key has it");
    let wish = json!({"document": "wire-report", "start": span["start"], "end": span["end"]});
    let thread = call(page, "thread", wish);
    let found: Vec<(String, String)> = list(&thread)
        .iter()
        .map(|it| {
            (
                it["relation"].as_str().expect("a kind").to_owned(),
                words(it),
            )
        })
        .collect();
    let expected = [
        ("trimmed", "“one man doing the work of two”"),
        ("trimmed", "\"one man doing the work of two\""),
        (
            "joined",
            "“He never let go of the ramp, and he did it well.”",
        ),
    ];
    for (kind, words) in expected {
        assert!(
            found.contains(&(kind.to_owned(), words.to_owned())),
            "{words}: {found:?}"
        );
    }
    assert!(
        list(&thread)
            .iter()
            .all(|it| it["score"].as_f64().is_some_and(|it| it >= 0.5))
    );

    page.step("where there is none, it is said");
    let text = std::fs::read_to_string(tools::workspace().join("articles/wire-report.txt"));
    let text = text.expect("the article");
    let at = text
        .split("Sarn Polytechnic")
        .next()
        .expect("it stands there")
        .chars()
        .count();
    let thread = call(
        page,
        "thread",
        json!({"document": "wire-report", "start": at, "end": at + 16}),
    );
    assert_eq!(list(&thread).len(), 4);
    assert!(
        list(&thread)
            .iter()
            .all(|it| it["relation"] == "not-found" && it["start"].is_null())
    );

    page.step("passages that two articles share");
    let shared = call(page, "shared", Value::Null);
    let passage = list(&shared).iter().find(|it| {
        it["places"][0]["document"] == "wire-report"
            && it["places"][1]["document"] == "press-rewrite"
            && it["isQuotation"] == false
    });
    let passage = passage.expect("the one about the operator");
    for place in list(&passage["places"]) {
        assert!(
            words(place).contains("carried passengers across the estuary since 1998"),
            "{passage}"
        );
    }

    page.step("figures of one event");
    let groups = call(
        page,
        "figures",
        json!({"event": "Chain failure of the Kelmsund ferry, October 2025"}),
    );
    let money = list(&groups)
        .iter()
        .find(|it| it["figures"][0]["value"] == 410_000.0);
    let money = money.expect("the chain");
    assert_eq!(money["differs"], true);
    let told: Vec<String> = list(&money["figures"]).iter().map(words).collect();
    assert_eq!(
        told,
        [
            "€410,000",
            "almost half a million euros",
            "four hundred grand and change"
        ]
    );
    assert_eq!(words(&money["figures"][0]["source"]), "the company");
    assert_eq!(call(page, "figures", json!({"event": "none"})), json!([]));

    page.step("what cannot be meant is refused in words");
    for wish in [
        json!(null),
        json!({"document": "nowhere"}),
        json!({"document": "newsletter", "start": 5, "end": 5}),
    ] {
        let answer = call(page, "thread", wish.clone());
        let thrown = answer["thrown"].as_str().unwrap_or_default();
        assert!(thrown.len() > 10, "thread({wish}) gave {answer}");
    }
}
