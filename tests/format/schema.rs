//! The committed JSON Schema, tried on files. What checks them knows the part of JSON Schema that
//! our schemas use, and refuses to pass over a keyword it does not know.

use std::path::Path;

use serde_json::Value;

use super::support::{annotation_id, project, render};

/// What is wrong with `value` under `schema`, a part of `root`.
fn faults(root: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else {
        return;
    };
    for (keyword, wanted) in keywords {
        let fits = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "format" => true,
            "$ref" => {
                let at = wanted.as_str().and_then(|it| it.strip_prefix('#'));
                let target = at
                    .and_then(|it| root.pointer(it))
                    .expect("a part of the schema");
                faults(root, target, value, path, found);
                true
            }
            "type" => {
                let types = wanted.as_array().cloned().unwrap_or(vec![wanted.clone()]);
                types
                    .iter()
                    .any(|it| is_of(value, it.as_str().expect("a type")))
            }
            // Of maps from any name to any value.
            "additionalProperties" => *wanted == Value::Bool(true),
            "const" => value == wanted,
            "enum" => wanted.as_array().expect("a list").contains(value),
            "anyOf" => wanted.as_array().expect("a list").iter().any(|it| {
                let mut own = Vec::new();
                faults(root, it, value, path, &mut own);
                own.is_empty()
            }),
            "pattern" => value
                .as_str()
                .is_none_or(|it| matches(wanted.as_str().expect("a pattern"), it)),
            "minLength" => value
                .as_str()
                .is_none_or(|it| it.chars().count() as u64 >= count(wanted)),
            "minimum" => value
                .as_f64()
                .is_none_or(|it| it >= wanted.as_f64().expect("a number")),
            "maximum" => value
                .as_f64()
                .is_none_or(|it| it <= wanted.as_f64().expect("a number")),
            "minItems" => value
                .as_array()
                .is_none_or(|it| it.len() as u64 >= count(wanted)),
            "maxItems" => value
                .as_array()
                .is_none_or(|it| it.len() as u64 <= count(wanted)),
            "required" => value.as_object().is_none_or(|it| {
                let keys = wanted.as_array().expect("a list").iter();
                keys.filter_map(Value::as_str)
                    .all(|key| it.contains_key(key))
            }),
            "properties" => {
                for (key, schema) in wanted.as_object().expect("an object") {
                    if let Some(value) = value.get(key) {
                        faults(root, schema, value, &format!("{path}/{key}"), found);
                    }
                }
                true
            }
            "items" => {
                for (value, at) in value.as_array().into_iter().flatten().zip(0..) {
                    faults(root, wanted, value, &format!("{path}/{at}"), found);
                }
                true
            }
            "prefixItems" => {
                let pairs = value
                    .as_array()
                    .into_iter()
                    .flatten()
                    .zip(wanted.as_array().expect("a list"));
                for (value, schema) in pairs {
                    faults(root, schema, value, path, found);
                }
                true
            }
            unknown => panic!("the keyword {unknown} is not known here"),
        };
        if !fits {
            found.push(format!("{path}: {keyword} {wanted} and not {value}"));
        }
    }
}

fn count(value: &Value) -> u64 {
    value.as_u64().expect("a count")
}

fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("the type {other} is not known here"),
    }
}

/// Matches patterns of letters and classes, each of which may be repeated.
fn matches(pattern: &str, text: &str) -> bool {
    let whole = pattern
        .strip_prefix('^')
        .and_then(|it| it.strip_suffix('$'));
    let mut pattern = whole.expect("our patterns are about the whole text");
    let mut rest = text;
    while !pattern.is_empty() {
        let length = match pattern.as_bytes()[0] {
            b'[' => pattern.find(']').expect("a class ends") + 1,
            b'\\' => 2,
            _ => 1,
        };
        let (atom, after) = pattern.split_at(length);
        let (range, after) = match after.as_bytes().first() {
            Some(b'+') => (1..=usize::MAX, &after[1..]),
            Some(b'{') => {
                let (range, after) = after[1..].split_once('}').expect("a count ends");
                let (low, high) = range.split_once(',').unwrap_or((range, range));
                (
                    low.parse().expect("a count")..=high.parse().expect("a count"),
                    after,
                )
            }
            _ => (1..=1, after),
        };
        let most = *range.end();
        let taken = rest
            .chars()
            .take(most)
            .take_while(|&c| is_in(atom, c))
            .count();
        if !range.contains(&taken) {
            return false;
        }
        rest = &rest[taken..];
        pattern = after;
    }
    rest.is_empty()
}

fn is_in(atom: &str, c: char) -> bool {
    let Some(class) = atom.strip_prefix('[').and_then(|it| it.strip_suffix(']')) else {
        return atom.trim_start_matches('\\').starts_with(c);
    };
    let letters: Vec<char> = class.chars().collect();
    let in_range = letters
        .windows(3)
        .any(|it| it[1] == '-' && (it[0]..=it[2]).contains(&c));
    in_range || letters.contains(&c)
}

fn load(path: &Path) -> Option<Value> {
    let json = std::fs::read_to_string(path).ok()?;
    Some(serde_json::from_str(&json).expect("it is JSON"))
}

fn here(path: &str) -> Value {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("it is in the repository")
}

fn own_schema() -> Value {
    here("src/format/project.schema.json")
}

fn check(schema: &Value, file: &Value) -> Vec<String> {
    let mut found = Vec::new();
    faults(schema, schema, file, "", &mut found);
    found
}

fn own_files() -> Vec<Value> {
    let small = project(&[(
        "d",
        "“[quote:Né],” [1:claim:a [2:opinion:b1] c2] [1:claim:d1]",
    )]);
    let none = render(&super::support::bare_project());
    let some = render(&small.excerpt(&[annotation_id("d-2")]));
    vec![
        serde_json::from_str(&render(&small)).expect("it is JSON"),
        serde_json::from_str(&some).expect("it is JSON"),
        serde_json::from_str(&none).expect("it is JSON"),
        here("tests/fixtures/v1.json"),
        here("tests/fixtures/foreign.json"),
    ]
}

#[test]
fn what_is_written_fits_the_schema() {
    for file in own_files() {
        assert_eq!(check(&own_schema(), &file), Vec::<String>::new());
    }
}

#[test]
fn the_schema_finds_faults() {
    let file = own_files().remove(0);
    for (pointer, value, says) in [
        ("/format", "\"other\"", "enum"),
        ("/version", "\"2.0\"", "pattern"),
        ("/documents/0/id", "\"1\"", "pattern"),
        ("/documents/0/textInfo/sha256", "\"ABC\"", "pattern"),
        ("/documents/0/annotations/0/fragments", "[]", "minItems"),
        (
            "/documents/0/annotations/0/fragments/0/start",
            "-1",
            "minimum",
        ),
        ("/documents/0/annotations/0/fragments/0/exact", "7", "type"),
        (
            "/documents/0/annotations/0/fragments/0/utf16",
            "[1]",
            "minItems",
        ),
        ("/documents/0/annotations/0/anchor", "\"maybe\"", "anyOf"),
        ("/schemes/0/labels/0/color", "\"red\"", "pattern"),
    ] {
        let mut broken = file.clone();
        let place = broken.pointer_mut(pointer).expect(pointer);
        *place = serde_json::from_str(value).expect("it is JSON");
        let found = check(&own_schema(), &broken);
        assert!(
            found.iter().any(|it| it.contains(says)),
            "{pointer}: {found:?}"
        );
    }
}

#[test]
fn the_schema_and_the_one_it_comes_from_agree() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let Some(proposal) = load(&shared.join("research/canonical.schema.json")) else {
        eprintln!("skipped: the proposal is not here");
        return;
    };
    for file in own_files() {
        // A label scheme of the proposal has at least one label; an empty project has none.
        if file["schemes"][0]["labels"] != serde_json::json!([]) {
            assert_eq!(check(&proposal, &file), Vec::<String>::new());
        }
    }
    let sample = load(&shared.join("format-samples/canonical.json")).expect("it is beside it");
    assert_eq!(check(&own_schema(), &sample), Vec::<String>::new());
}
