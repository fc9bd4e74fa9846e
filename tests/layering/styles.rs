//! A rule of the style sheets, read off them: none makes the browser work out the looks of a whole article anew
//! whenever something is put beside anything. Knows no other rule.

use std::fs;
use std::path::Path;

use super::sources::root;

/// Whether a selector of the line speaks of whatever element stands next to another, or first or last of any. A
/// browser then holds each element that comes or goes against it, with all that is in its parent: in an article
/// those are all marks of a paragraph, or the whole article.
fn means_any_neighbour(line: &str) -> bool {
    let parts: Vec<&str> = line.split_whitespace().collect();
    let is_any = |part: &str| part.starts_with('*') || part.starts_with(':');
    let is_placed = |part: &str| {
        [":first-", ":last-", ":only-", ":nth-"]
            .iter()
            .any(|it| part.starts_with(it))
    };
    let pairs = parts.windows(2);
    let beside = |it: &[&str]| matches!(it[0], "+" | "~") && is_any(it[1]);
    line.trim_end().ends_with(['{', ','])
        && (pairs.clone().any(beside) || parts.iter().any(|it| is_placed(it)))
}

#[test]
fn no_rule_is_for_whatever_stands_beside_something() {
    let mut found = Vec::new();
    let folder = Path::new(&root()).join("style");
    for file in fs::read_dir(folder).expect("there are style sheets") {
        let path = file.expect("it can be listed").path();
        let content = fs::read_to_string(&path).expect("it is text");
        let lines = content.lines().zip(1..);
        let wrong = lines.filter(|it| means_any_neighbour(it.0));
        found.extend(wrong.map(|(line, at)| format!("{}:{at}: {line}", path.display())));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn such_rules_are_known() {
    for (line, is_one) in [
        (".question legend + * {", true),
        ("  .rows ~ :not(.one),", true),
        (".choice > :last-child {", true),
        (":first-child {", true),
        (".choice + .choice {", false),
        (".rows input:first-child {", false),
        ("  transition: width 1s, height * 2;", false),
    ] {
        assert_eq!(means_any_neighbour(line), is_one, "{line}");
    }
}
