//! Checks that the practice set in `articles/` is whole: every file, every offset of the key, and every textual trap.
//!
//! It reads the files as any other program would and must not know our own reader, so that a fault there cannot hide one here.
//! Offsets in the key are Unicode code points, half open.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

#[path = "practice_set/key.rs"]
mod key;
#[path = "practice_set/traps.rs"]
mod traps;

const MARK: &str =
    "[Practice text. The town, the people and the event are invented for Sourcelight.]";

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("articles")
        .join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(path(name))
        .unwrap_or_else(|error| panic!("articles/{name} cannot be read: {error}"))
}

fn json(name: &str) -> Value {
    serde_json::from_slice(&bytes(name))
        .unwrap_or_else(|error| panic!("articles/{name} is not JSON: {error}"))
}

fn string<'a>(value: &'a Value, field: &str) -> &'a str {
    match value[field].as_str() {
        Some(text) if !text.trim().is_empty() => text,
        _ => panic!("`{field}` is missing or empty in {value}"),
    }
}

fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    match value[field].as_array() {
        Some(items) if !items.is_empty() => items,
        _ => panic!("`{field}` is missing or empty in {value}"),
    }
}

/// The texts of the index by article id, as code points.
fn texts() -> BTreeMap<String, Vec<char>> {
    let index = json("index.json");
    let read = |article: &Value| {
        let file = string(article, "file");
        let text = String::from_utf8(bytes(file))
            .unwrap_or_else(|error| panic!("articles/{file} is not UTF-8: {error}"));
        (string(article, "id").to_owned(), text.chars().collect())
    };
    list(&index, "articles").iter().map(read).collect()
}

fn unique<'a>(ids: impl Iterator<Item = &'a str>, what: &str) {
    let mut seen = BTreeSet::new();
    for id in ids {
        let plain = id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(
            plain,
            "the id `{id}` of a {what} may hold only a-z, 0-9 and hyphens"
        );
        assert!(seen.insert(id), "the id `{id}` of a {what} occurs twice");
    }
}

fn is_date(text: &str) -> bool {
    let shape = text.char_indices().all(|(at, c)| {
        if at == 4 || at == 7 {
            c == '-'
        } else {
            c.is_ascii_digit()
        }
    });
    let part = |from, to| {
        text.get(from..to)
            .and_then(|digits: &str| digits.parse().ok())
            .unwrap_or(0)
    };
    text.len() == 10 && shape && (1..=12).contains(&part(5, 7)) && (1..=31).contains(&part(8, 10))
}

#[test]
fn the_index_describes_five_articles_of_one_event() {
    let index = json("index.json");
    assert_eq!(index["format"], "sourcelight-reading-set");
    assert_eq!(index["version"], "1.0");
    string(&index, "title");
    let articles = list(&index, "articles");
    assert_eq!(articles.len(), 5);
    unique(
        articles.iter().map(|article| string(article, "id")),
        "article",
    );
    for article in articles {
        for field in ["title", "outlet", "author", "event"] {
            string(article, field);
        }
        assert_eq!(string(article, "event"), string(&articles[0], "event"));
        let date = string(article, "date");
        assert!(is_date(date), "{date} is not a date of the form YYYY-MM-DD");
    }
}

#[test]
fn the_page_brings_the_index_and_every_file_of_it() {
    let page = std::fs::read_to_string(path("../index.html")).expect("index.html");
    let index = json("index.json");
    let files = list(&index, "articles").iter().map(|it| string(it, "file"));
    for file in files.chain(["index.json"]) {
        let copied = format!("href=\"articles/{file}\" data-target-path=\"articles\"");
        assert!(page.contains(&copied), "index.html does not copy {file}");
    }
}

#[test]
fn every_text_is_plain_long_enough_and_marked_as_invented() {
    for article in list(&json("index.json"), "articles") {
        let file = string(article, "file");
        let content = bytes(file);
        assert!(
            !content.starts_with(b"\xef\xbb\xbf"),
            "articles/{file} begins with a byte order mark"
        );
        assert!(
            !content.contains(&b'\r'),
            "articles/{file} has a carriage return"
        );
        let text = String::from_utf8(content)
            .unwrap_or_else(|error| panic!("articles/{file} is not UTF-8: {error}"));
        let words = text.split_whitespace().count();
        assert!(
            (350..=900).contains(&words),
            "articles/{file} has {words} words, not 350 to 900"
        );
        assert!(
            text.trim_end().ends_with(MARK),
            "articles/{file} does not end by saying that it is invented"
        );
        assert!(
            text.ends_with("]\n"),
            "articles/{file} does not end with exactly one line end"
        );
    }
}
