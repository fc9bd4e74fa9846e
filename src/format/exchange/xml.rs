//! XML as text: what must be escaped to be written. Knows nothing of the formats.

/// An attribute with a blank before it.
pub(super) fn attribute(name: &str, value: &str) -> String {
    format!(" {name}=\"{}\"", escaped(value))
}

/// Text as it may stand in elements and in attributes: there, line ends and tabs would become blanks.
/// A sign that XML 1.0 cannot hold becomes U+FFFD, one for one, so that positions stay.
pub(super) fn escaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => made.push_str("&amp;"),
            '<' => made.push_str("&lt;"),
            '>' => made.push_str("&gt;"),
            '"' => made.push_str("&quot;"),
            '\t' | '\n' | '\r' => made.push_str(&format!("&#{};", c as u32)),
            _ if is_allowed(c) => made.push(c),
            _ => made.push(char::REPLACEMENT_CHARACTER),
        }
    }
    made
}

/// Whether XML 1.0 can hold a character.
pub(super) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
