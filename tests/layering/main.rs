//! The house rules, read off the sources: who may import whom, which crates each layer may use, and
//! what no file may hold.

mod lines;
mod sources;
mod styles;

use std::fmt::Write;

use lines::{defined, imports, names_crate, word};
use sources::{Source, crates, mapped, root, sources};

/// The layers from left to right. A layer may use those to its left; of two that share a place
/// neither knows the other.
const LAYERS: [&[&str]; 7] = [
    &["model"],
    &["format", "analysis"],
    &["session"],
    &["storage", "dom"],
    &["ui"],
    &["app"],
    &["main", "lib"],
];

/// The crates of others that a layer may use besides the standard library. `app` and `main` put
/// everything together and may use all.
const CRATES: [(&str, &[&str]); 7] = [
    (
        "model",
        &["rustc_hash", "sha2", "thiserror", "unicode_segmentation"],
    ),
    // The last two for tests beside the code.
    (
        "format",
        &[
            "miniz_oxide",
            "quick_xml",
            "rustc_hash",
            "thiserror",
            "schemars",
            "serde_json",
        ],
    ),
    ("analysis", &["thiserror", "unicode_segmentation"]),
    ("session", &["leptos", "thiserror"]),
    (
        "storage",
        &[
            "gloo_storage",
            "indexmap",
            "js_sys",
            "rustc_hash",
            "thiserror",
            "wasm_bindgen",
            "wasm_bindgen_futures",
            "web_sys",
        ],
    ),
    (
        "dom",
        &[
            "js_sys",
            "rustc_hash",
            "thiserror",
            "uuid",
            "wasm_bindgen",
            "wasm_bindgen_futures",
            "web_sys",
        ],
    ),
    (
        "ui",
        &[
            "js_sys",
            "leptos",
            "wasm_bindgen",
            "wasm_bindgen_futures",
            "web_sys",
        ],
    ),
];

/// What a layer must not even mention.
const WORDS: [(&str, &[&str]); 2] = [
    // Signals without a page: it runs in tests under an owner, without a browser.
    (
        "session",
        &[
            "view!",
            "Effect::",
            "window()",
            "document()",
            "leptos::html",
        ],
    ),
    (
        "model",
        &["serde", "SystemTime", "Instant::now", "f64::random"],
    ),
];

/// Ways to turn text into elements or code. There is none in this program.
const INSERTIONS: [&str; 8] = [
    "inner_html",
    "innerHTML",
    "outer_html",
    "insert_adjacent_html",
    "document.write",
    "create_contextual_fragment",
    "eval(",
    "Function::new_",
];

/// What is in the later files of the program, and the places that may name it: files, and folders whose
/// own code comes later. Named anywhere else it would be in the first file, which everybody waits for.
const LATER: [(&str, &[&str]); 16] = [
    ("format::read_file", &["ui/opening.rs"]),
    (
        "opening::read_file",
        &["ui/later.rs", "ui/dialogs/storage.rs", "ui/exchange/"],
    ),
    ("opening::merge", &["ui/later.rs", "ui/exchange/"]),
    ("opening::take_over", &["ui/dialogs/", "ui/exchange/"]),
    ("dialogs::shown", &["ui/later.rs"]),
    ("scheme::dialog", &["ui/later.rs"]),
    ("accounts::columns", &["ui/later.rs"]),
    ("accounts::around", &["ui/later.rs"]),
    ("accounts::scripting", &["ui/later.rs"]),
    ("people::dialog", &["ui/later/"]),
    ("people::around", &["ui/later/"]),
    ("people::scripting", &["ui/later/"]),
    ("exchange::open", &["ui/later.rs"]),
    ("exchange::dialog", &["ui/later.rs"]),
    ("exchange::scripting", &["ui/later.rs"]),
    ("format::exchange::", &["ui/exchange/"]),
];

const MOST_LINES: usize = 400;

fn place(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|group| group.contains(&layer))
}

/// The breaches of the rules about the shape of a file, one sentence each.
fn shape_breaches(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    let mut tell = |line: usize, what: &str| found.push(format!("{}:{line}: {what}", source.path));
    if !source.content.starts_with("//!") {
        tell(1, "a file opens with //!, saying what it is for");
    }
    let lines = source.content.lines().count();
    if lines > MOST_LINES {
        tell(lines, &format!("a file has at most {MOST_LINES} lines"));
    }
    if ["utils", "util", "helpers", "helper", "common", "misc"].contains(&source.stem()) {
        tell(1, "this name says nothing of what is in it");
    }
    found
}

/// All breaches of the rules about single files of the program, one sentence each.
fn breaches(source: &Source, crates: &[String]) -> Vec<String> {
    let mut found = shape_breaches(source);
    let mut tell = |line: usize, what: &str| found.push(format!("{}:{line}: {what}", source.path));
    let layer = source.layer();
    let Some(own) = place(layer) else {
        tell(1, "this is in no layer");
        return found;
    };
    for (at, line) in source.code() {
        if line.trim_end().ends_with("crate::{") {
            tell(at, "name each layer in a line of its own");
        }
        for import in imports(line) {
            if let Some(theirs) = place(import)
                && import != layer
                && theirs >= own
            {
                tell(at, &format!("{layer} may not use {import}"));
            }
        }
        let allowed = CRATES.iter().find(|it| it.0 == layer).map(|it| it.1);
        for name in crates {
            // Laws beside the code need it, and no page carries it.
            let is_for_tests = name == "proptest";
            if !is_for_tests
                && names_crate(line, name)
                && allowed.is_some_and(|it| !it.contains(&name.as_str()))
            {
                tell(at, &format!("{layer} may not use the crate {name}"));
            }
        }
        let banned = WORDS.iter().filter(|it| it.0 == layer).flat_map(|it| it.1);
        for banned in banned.chain(&INSERTIONS).filter(|it| line.contains(**it)) {
            tell(at, &format!("{banned} does not belong here"));
        }
        let path = source.path.as_str();
        let may = |places: &[&str]| places.iter().any(|it| path.starts_with(it));
        let early = LATER.iter().filter(|it| !may(it.1) && layer != "format");
        for (name, _) in early.filter(|it| line.contains(it.0)) {
            tell(at, &format!("{name} is reached through ui/later.rs"));
        }
        if let Some(name) = defined(line)
            && ["Manager", "Service", "Helper", "Util", "Utils"]
                .iter()
                .any(|it| name.ends_with(it))
        {
            tell(at, &format!("{name} says nothing of what it does"));
        }
    }
    found
}

#[test]
fn the_sources_keep_the_house_rules() {
    let crates = crates();
    assert!(
        crates.contains(&"web_sys".to_owned()) && crates.contains(&"serde".to_owned()),
        "{crates:?}"
    );
    let sources = sources("src");
    assert!(sources.len() > 20, "the sources were not found");
    let mut report = String::new();
    for breach in sources.iter().flat_map(|it| breaches(it, &crates)) {
        writeln!(report, "src/{breach}").expect("a string takes all");
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn tests_and_tasks_have_the_shape_of_the_sources() {
    let mut report = String::new();
    for folder in ["tests", "xtask"] {
        for breach in sources(folder).iter().flat_map(shape_breaches) {
            writeln!(report, "{folder}/{breach}").expect("a string takes all");
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn the_code_map_names_what_is_there() {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs");
    let mapped = mapped(&lib);
    assert!(mapped.len() >= 5, "the code map was not found: {mapped:?}");
    for path in &mapped {
        assert!(
            root().join("src").join(path).exists(),
            "the code map names {path}"
        );
    }
    for source in sources("src") {
        let layer = source.layer();
        let is_mapped = mapped.iter().any(|it| word(it) == layer);
        assert!(
            is_mapped || ["lib", "main"].contains(&layer),
            "the code map leaves out {layer}"
        );
    }
}

#[test]
fn breaches_are_found() {
    let crates = ["serde", "serde_json", "web_sys", "leptos"].map(str::to_owned);
    let check = |path: &str, code: &str, says: &str| {
        let content = if code.is_empty() {
            String::new()
        } else {
            format!("//! Purpose.\n{code}\n")
        };
        let found = breaches(&Source::new(path, &content), &crates);
        let told = found.len() == usize::from(!says.is_empty())
            && found.iter().all(|it| it.contains(says));
        assert!(told, "{path}: {code}: {found:?}");
    };
    check(
        "model/a.rs",
        "use super::text::Span; // as in crate::ui",
        "",
    );
    check("model/a.rs", "", "//!");
    check(
        "model/a.rs",
        "use crate::format::Problem;",
        "may not use format",
    );
    check(
        "format/a.rs",
        "use crate::model::Text; use serde_json::Value;",
        "",
    );
    check(
        "format/a.rs",
        "use crate::analysis::x;",
        "may not use analysis",
    );
    check(
        "dom/a.rs",
        "use crate::{model::Text, storage::{a, b}};",
        "may not use storage",
    );
    check(
        "storage/a.rs",
        "fn f(x: &crate::dom::Y) {}",
        "may not use dom",
    );
    check(
        "session/a.rs",
        "use crate::format::x; use leptos::prelude::*;",
        "",
    );
    check("session/a.rs", "let x = view! { <p/> };", "view!");
    check("dom/a.rs", "use leptos::prelude::*;", "crate leptos");
    check("model/a.rs", "let x = web_sys::window;", "crate web_sys");
    check("format/a.rs", "let x = my_web_sys::window;", "");
    check("ui/a.rs", "element.set_inner_html(&text);", "inner_html");
    check("ui/helpers.rs", "fn f() {}", "says nothing");
    check("ui/a.rs", "pub(super) struct TextManager;", "TextManager");
    check("app/a.rs", "format::read_file(name)", "ui/later.rs");
    check("ui/opening.rs", "format::read_file(name)", "");
    check("other/a.rs", "fn f() {}", "no layer");
    check("ui/a.rs", &"x\n".repeat(400), "400 lines");
    assert_eq!(
        mapped("//! | `model/` | `app.rs` | `Text` |\n`ui/`"),
        ["model/", "app.rs"]
    );
}
