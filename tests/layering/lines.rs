//! What a line of code names: modules, crates, types. Knows no rule.

/// The modules of this crate that a line names, as `crate::one` or `crate::{one, two::three}`.
pub fn imports(line: &str) -> Vec<&str> {
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
pub fn top_level(group: &str) -> Vec<&str> {
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

pub fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

pub fn word(text: &str) -> &str {
    text.split(|c| !is_of_word(c)).next().unwrap_or_default()
}

/// Whether `name` stands in `line` as a whole word before `::`, or after `use`.
pub fn names_crate(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = &line[..at];
        let after = &line[at + name.len()..];
        let whole = !before.ends_with(is_of_word) && !before.ends_with("::");
        whole
            && (after.starts_with("::")
                || (before.trim_end().ends_with("use") && after.starts_with(';')))
    })
}

/// The name of the type that a line defines.
pub fn defined(line: &str) -> Option<&str> {
    let mut words = line
        .split_whitespace()
        .skip_while(|it| it.starts_with("pub"));
    ["struct", "enum", "trait", "type"]
        .contains(&words.next()?)
        .then(|| words.next().map(word))
        .flatten()
}
