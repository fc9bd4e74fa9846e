//! Where links of Markdown lead. Knows nothing of the words between the brackets.

use super::inline::MAX_PART;

/// The length of the `(address "title")` that `text` begins with, and the address.
pub(super) fn target(text: &str) -> Option<(usize, &str)> {
    let inner = text.strip_prefix('(')?.trim_start();
    let rest = after_address(inner)?;
    let address = bare(&inner[..inner.len() - rest.len()]);
    let mut rest = rest.trim_start();
    if let Some(open) = rest.bytes().next().filter(|it| b"\"'(".contains(it)) {
        let close = if open == b'(' { b')' } else { open };
        rest = after_closing(&rest[1..], close)?.trim_start();
    }
    Some((text.len() - rest.strip_prefix(')')?.len(), address))
}

/// An address without the angle brackets that may stand around it.
fn bare(address: &str) -> &str {
    let inside = address
        .strip_prefix('<')
        .and_then(|it| it.strip_suffix('>'));
    inside.unwrap_or(address)
}

/// What stands after the address that `text` begins with; it may be empty.
fn after_address(text: &str) -> Option<&str> {
    if let Some(inner) = text.strip_prefix('<') {
        let end = inner.find(['>', '<', '\n'])?;
        return inner[end..].strip_prefix('>');
    }
    let mut depth = 0;
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => {}
            b'(' if depth == 32 => return None,
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(&text[at..]),
            b')' => depth -= 1,
            b' ' | b'\t' | b'\n' => return (depth == 0).then_some(&text[at..]),
            _ => {}
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    (depth == 0).then_some("")
}

/// What stands after the first `close` that no backslash stands before.
fn after_closing(text: &str, close: u8) -> Option<&str> {
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate().take(MAX_PART) {
        if byte == close && !is_escaped {
            return Some(&text[at + 1..]);
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    None
}

/// A label in the form in which labels are compared.
pub(super) fn label(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_ascii_lowercase()
}

/// The label that a line such as `[label]: address "title"` defines, the address, and the number of lines: the
/// address may stand on the next one.
pub(super) fn definition<'a>(lines: &[&'a str]) -> Option<(String, &'a str, usize)> {
    let inner = lines.first()?.trim().strip_prefix('[')?;
    let (name, rest) = inner.split_once("]:")?;
    let (rest, count) = match rest.trim_start() {
        "" => (lines.get(1)?.trim_start(), 2),
        rest => (rest, 1),
    };
    let after = after_address(rest).filter(|it| it.len() < rest.len())?;
    let address = bare(&rest[..rest.len() - after.len()]);
    let title = after.trim();
    let is_title = match title.bytes().next() {
        None => true,
        Some(open @ (b'"' | b'\'')) => after_closing(&title[1..], open) == Some(""),
        Some(b'(') => after_closing(&title[1..], b')') == Some(""),
        Some(_) => false,
    };
    let fits = is_title && !name.trim().is_empty() && !name.contains(['[', ']']);
    fits.then(|| (label(name), address, count))
}
