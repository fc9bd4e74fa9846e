//! The house rules, read off the sources: who may import whom, which crates each layer may use, and
//! what no file may hold.

use std::fmt::Write;
use std::path::{Path, PathBuf};

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
    ("model", &["sha2", "thiserror", "unicode_segmentation"]),
    (
        "format",
        &[
            "pulldown_cmark",
            "schemars",
            "serde",
            "serde_json",
            "thiserror",
        ],
    ),
    ("analysis", &["thiserror", "unicode_segmentation"]),
    ("session", &["leptos", "thiserror"]),
    (
        "storage",
        &[
            "gloo_storage",
            "js_sys",
            "serde",
            "serde_json",
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

const MOST_LINES: usize = 400;

/// A source file: its path below `src`, with slashes, and what it holds.
struct Source {
    path: String,
    content: String,
}

impl Source {
    fn new(path: &str, content: &str) -> Self {
        Self {
            path: path.to_owned(),
            content: content.to_owned(),
        }
    }

    fn layer(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.trim_end_matches(".rs")
    }

    /// The lines that are code, with their numbers. Ends of lines that are comments are cut off.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.content.lines().enumerate();
        lines
            .map(|(at, line)| (at + 1, line.split("//").next().unwrap_or_default()))
            .filter(|(_, line)| !line.trim().is_empty())
    }

    fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.trim_end_matches(".rs")
    }
}

fn place(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|group| group.contains(&layer))
}

/// The modules of this crate that a line names, as `crate::one` or `crate::{one, two::three}`.
fn imports(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        if line[..at].ends_with(is_of_word) {
            continue;
        }
        let rest = &line[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(top_level(group)),
            None => found.push(word(rest)),
        }
    }
    found
}

/// The first word of each item of a group, the inside of inner groups left out.
fn top_level(group: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                found.push(word(group[start..at].trim()));
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(word(group[start.min(group.len())..].trim()));
    found.retain(|it| !it.is_empty());
    found
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn word(text: &str) -> &str {
    text.split(|c| !is_of_word(c)).next().unwrap_or_default()
}

/// Whether `name` stands in `line` as a whole word before `::`, or after `use`.
fn names_crate(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = &line[..at];
        let after = &line[at + name.len()..];
        let whole = !before.ends_with(is_of_word) && !before.ends_with("::");
        whole
            && (after.starts_with("::")
                || (before.trim_end().ends_with("use") && after.starts_with(';')))
    })
}

/// All breaches of the rules about single files, one sentence each.
fn breaches(source: &Source, crates: &[String]) -> Vec<String> {
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

/// The name of the type that a line defines.
fn defined(line: &str) -> Option<&str> {
    let mut words = line
        .split_whitespace()
        .skip_while(|it| it.starts_with("pub"));
    ["struct", "enum", "trait", "type"]
        .contains(&words.next()?)
        .then(|| words.next().map(word))
        .flatten()
}

/// The paths below `src` that the code map in `lib.rs` names.
fn mapped(lib: &str) -> Vec<String> {
    let map = lib.lines().filter_map(|line| line.strip_prefix("//!"));
    map.flat_map(|line| line.split('`').skip(1).step_by(2))
        .filter(|it| it.ends_with('/') || it.ends_with(".rs"))
        .map(str::to_owned)
        .collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let mut waiting: Vec<PathBuf> = vec![root().join("src")];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder)
            .expect("a folder of sources")
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let content = std::fs::read_to_string(&path).expect("a source is UTF-8");
                let below = path
                    .strip_prefix(root().join("src"))
                    .expect("it is below src");
                let parts: Vec<_> = below.iter().map(|it| it.to_string_lossy()).collect();
                found.push(Source::new(&parts.join("/"), &content));
            }
        }
    }
    found
}

/// The crates of others that `Cargo.toml` names, as code writes them.
fn crates() -> Vec<String> {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let mut section = "";
    let mut found = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        }
        let table = section
            .strip_prefix("[dependencies.")
            .and_then(|it| it.strip_suffix(']'));
        found.extend(table.map(str::to_owned));
        if section.ends_with("dependencies]")
            && let Some((name, _)) = line.split_once('=')
        {
            found.push(name.trim().to_owned());
        }
    }
    for name in &mut found {
        *name = name.replace('-', "_");
    }
    found.sort();
    found.dedup();
    found
}

#[test]
fn the_sources_keep_the_house_rules() {
    let crates = crates();
    assert!(
        crates.contains(&"web_sys".to_owned()) && crates.contains(&"serde".to_owned()),
        "{crates:?}"
    );
    let sources = sources();
    assert!(sources.len() > 20, "the sources were not found");
    let mut report = String::new();
    for breach in sources.iter().flat_map(|it| breaches(it, &crates)) {
        writeln!(report, "src/{breach}").expect("a string takes all");
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
    for source in sources() {
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
        "use crate::model::Text; use serde::Serialize;",
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
    check("other/a.rs", "fn f() {}", "no layer");
    check("ui/a.rs", &"x\n".repeat(400), "400 lines");
    assert_eq!(
        mapped("//! | `model/` | `app.rs` | `Text` |\n`ui/`"),
        ["model/", "app.rs"]
    );
}
