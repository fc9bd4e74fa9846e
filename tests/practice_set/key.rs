//! Checks that the model answer in `articles/key.json` fits the texts: every offset, every reference, every required field.
//!
//! Offsets in the key are Unicode code points, half open. It must not know how Sourcelight itself keeps offsets.

use super::{bytes, json, list, string, texts, unique};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

const LABELS: [&str; 3] = ["claim", "quote", "opinion"];
const CLAIM_KINDS: [&str; 7] = [
    "event",
    "number",
    "cause",
    "comparison",
    "prediction",
    "rule",
    "other",
];
const FORMS: [&str; 6] = [
    "exact",
    "trimmed",
    "bracketed",
    "joined",
    "reordered",
    "paraphrased",
];
const TRAP_KINDS: [&str; 8] = [
    "wrong-office",
    "trimmed-quote",
    "unsourced-number",
    "loaded-words",
    "headline-stronger",
    "correlation-as-cause",
    "former-office",
    "unnamed-experts",
];

fn offset(value: &Value, field: &str) -> usize {
    let number = value[field]
        .as_u64()
        .unwrap_or_else(|| panic!("`{field}` is no offset in {value}"));
    usize::try_from(number).unwrap_or_else(|_| panic!("`{field}` is too large in {value}"))
}

/// The text between `start` and `end` of `place`, which must be a real, trimmed stretch of `text`.
fn slice(text: &[char], place: &Value) -> String {
    let (start, end) = (offset(place, "start"), offset(place, "end"));
    assert!(
        start < end && end <= text.len(),
        "offsets are out of order or outside the text: {place}"
    );
    let found: String = text[start..end].iter().collect();
    assert_eq!(
        found.trim(),
        found,
        "a place must not begin or end with white space: {place}"
    );
    let word = |at: usize| text[at].is_alphanumeric();
    assert!(
        start == 0 || !(word(start - 1) && word(start)),
        "a place begins inside a word: {place}"
    );
    assert!(
        end == text.len() || !(word(end - 1) && word(end)),
        "a place ends inside a word: {place}"
    );
    found
}

/// The text of the article that `place` names in its field `article`.
fn text_of<'a>(texts: &'a BTreeMap<String, Vec<char>>, place: &Value) -> &'a [char] {
    texts
        .get(string(place, "article"))
        .unwrap_or_else(|| panic!("the article is not in the index: {place}"))
}

#[test]
fn the_key_was_made_for_these_bytes() {
    let (index, key) = (json("index.json"), json("key.json"));
    assert_eq!(key["format"], "sourcelight-key");
    assert_eq!(key["version"], "1.0");
    let answers = list(&key, "articles");
    assert_eq!(answers.len(), list(&index, "articles").len());
    for (article, answer) in list(&index, "articles").iter().zip(answers) {
        assert_eq!(
            string(article, "id"),
            string(answer, "id"),
            "index and key list the articles in another order"
        );
        let file = string(article, "file");
        let hash: String = Sha256::digest(bytes(file))
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            string(answer, "sha256"),
            hash,
            "articles/{file} is not the text that the key was made for"
        );
    }
    assert!(
        bytes("key.json").len() < 90_000,
        "the key is too large for the page's budget"
    );
}

#[test]
fn every_span_of_the_key_is_exact() {
    let (texts, key) = (texts(), json("key.json"));
    let answers = list(&key, "articles");
    unique(
        answers
            .iter()
            .flat_map(|answer| list(answer, "spans"))
            .map(|span| string(span, "id")),
        "span",
    );
    for answer in answers {
        let id = string(answer, "id");
        let spans = list(answer, "spans");
        assert!(
            (18..=35).contains(&spans.len()),
            "{id} has {} spans, not 18 to 35",
            spans.len()
        );
        for label in LABELS {
            assert!(
                spans.iter().any(|span| span["label"] == label),
                "{id} has no {label}"
            );
        }
        assert!(
            spans.is_sorted_by_key(|span| offset(span, "start")),
            "the spans of {id} are not in text order"
        );
        for span in spans {
            check_span(&texts[id], span);
        }
    }
}

fn check_span(text: &[char], span: &Value) {
    assert_eq!(
        slice(text, span),
        string(span, "exact"),
        "the text at these offsets is another: {span}"
    );
    string(span, "reason");
    let label = string(span, "label");
    assert!(LABELS.contains(&label), "unknown label in {span}");
    if label == "claim" {
        assert!(
            CLAIM_KINDS.contains(&string(span, "kind")),
            "unknown kind of claim in {span}"
        );
        string(span, "evidence");
    } else {
        assert!(
            span.get("kind").is_none() && span.get("evidence").is_none(),
            "only claims have these fields: {span}"
        );
    }
    if label == "quote" {
        string(span, "speaker");
        let outside = [
            offset(span, "start").checked_sub(1),
            Some(offset(span, "end")),
        ];
        let left_out = outside
            .into_iter()
            .flatten()
            .any(|at| text.get(at).is_some_and(|c| "“”\"".contains(*c)));
        assert!(
            !left_out,
            "a quote must include its quotation marks: {span}"
        );
    }
}

#[test]
fn threads_figures_passages_and_traps_refer_to_what_exists() {
    let (texts, key) = (texts(), json("key.json"));
    for group in ["threads", "figures", "shared_passages"] {
        unique(
            list(&key, group).iter().map(|entry| string(entry, "id")),
            group,
        );
    }
    for thread in list(&key, "threads") {
        for field in ["title", "lesson"] {
            string(thread, field);
        }
        assert!(
            list(thread, "versions").len() > 1,
            "a thread needs two versions: {thread}"
        );
        list(thread, "versions")
            .iter()
            .for_each(|version| check_version(&key, version));
    }
    for figure in list(&key, "figures") {
        for field in ["what", "lesson"] {
            string(figure, field);
        }
        assert!(
            list(figure, "values").len() > 1,
            "a figure needs two values: {figure}"
        );
        for value in list(figure, "values") {
            let found = slice(text_of(&texts, value), value);
            assert_eq!(
                found,
                string(value, "exact"),
                "the text at these offsets is another: {value}"
            );
            assert!(value["source"].is_null() || !string(value, "source").is_empty());
            assert!(
                value.get("hedge").is_none() || found.contains(string(value, "hedge")),
                "no such hedge: {value}"
            );
        }
    }
    for trap in list(&key, "traps") {
        slice(text_of(&texts, trap), trap);
        string(trap, "lesson");
        assert!(
            TRAP_KINDS.contains(&string(trap, "kind")),
            "unknown kind of trap: {trap}"
        );
    }
    let used = |group: &str, inner: Option<&str>, field: &str| -> BTreeSet<String> {
        let entries = list(&key, group).iter();
        let places: Vec<&Value> = match inner {
            Some(inner) => entries.flat_map(|entry| list(entry, inner)).collect(),
            None => entries.collect(),
        };
        places
            .into_iter()
            .map(|place| string(place, field).to_owned())
            .collect()
    };
    assert_eq!(
        used("traps", None, "kind").len(),
        TRAP_KINDS.len(),
        "some kind of trap has no example"
    );
    assert_eq!(
        used("threads", Some("versions"), "form").len(),
        FORMS.len(),
        "some form has no example"
    );
    assert_eq!(
        used("threads", Some("versions"), "article").len(),
        texts.len(),
        "some article is in no thread"
    );
}

fn check_version(key: &Value, version: &Value) {
    let article = string(version, "article");
    let answer = list(key, "articles")
        .iter()
        .find(|answer| answer["id"] == article);
    let answer = answer.unwrap_or_else(|| panic!("no such article: {version}"));
    let span = list(answer, "spans")
        .iter()
        .find(|span| span["id"] == version["span"]);
    let span = span.unwrap_or_else(|| panic!("no such span: {version}"));
    assert_eq!(
        span["label"], "quote",
        "a thread is made of quotes: {version}"
    );
    assert!(
        FORMS.contains(&string(version, "form")),
        "unknown form: {version}"
    );
}

#[test]
fn shared_passages_share_their_words() {
    let (texts, key) = (texts(), json("key.json"));
    for passage in list(&key, "shared_passages") {
        string(passage, "note");
        let words = |place: &Value| -> BTreeSet<String> {
            let found = slice(text_of(&texts, place), place).to_lowercase();
            found
                .split(|c: char| !c.is_alphanumeric())
                .map(str::to_owned)
                .collect()
        };
        let places: Vec<_> = list(passage, "places").iter().map(words).collect();
        assert!(
            places.len() > 1,
            "a shared passage needs two places: {passage}"
        );
        for pair in places.windows(2) {
            let (common, all) = (
                pair[0].intersection(&pair[1]).count(),
                pair[0].union(&pair[1]).count(),
            );
            assert!(
                common * 10 >= all * 8,
                "less than four words in five are shared: {passage}"
            );
        }
    }
}
