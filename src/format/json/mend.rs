//! Makes JSON of what other programs write for it. Knows nothing of what it holds.

use std::borrow::Cow;

/// How deeply objects and lists may be nested. Ours nest 7 deep.
pub(super) const MAX_DEPTH: u32 = 64;

/// JSON text as its standard has it, and what had to be changed in it.
#[derive(Debug)]
pub(in crate::format) struct Mended<'a> {
    pub(in crate::format) text: Cow<'a, str>,
    /// How many halves of surrogate pairs.
    pub(in crate::format) damaged: usize,
}

impl Mended<'_> {
    /// What is said of the change, as a sentence.
    pub(in crate::format) fn notice(&self) -> Option<String> {
        notice(self.damaged)
    }
}

/// What is said of so many damaged characters.
pub(in crate::format) fn notice(damaged: usize) -> Option<String> {
    let message = "damaged characters (halves of surrogate pairs) were replaced by “\u{fffd}”.";
    (damaged > 0).then(|| format!("{damaged} {message}"))
}

/// Replaces what other programs write though JSON does not know it: halves of surrogate pairs
/// become U+FFFD, `NaN` and `Infinity` become `null`. Line breaks stay where they are.
///
/// # Errors
/// The line in which the nesting gets too deep, and a sentence.
pub(in crate::format) fn mend(text: &str) -> Result<Mended<'_>, (u32, String)> {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut line, mut in_string) = (0, 0_u32, 1_u32, false);
    let mut patches: Vec<(usize, usize, &str)> = Vec::new();
    while at < bytes.len() {
        let byte = bytes[at];
        line += u32::from(byte == b'\n');
        at += match (in_string, byte) {
            (true, b'\\') => match surrogate(&bytes[at..]) {
                Surrogate::No => 2,
                Surrogate::Pair => 12,
                Surrogate::Lone => {
                    patches.push((at, 6, "\\ufffd"));
                    6
                }
            },
            (_, b'"') => {
                in_string = !in_string;
                1
            }
            (false, b'{' | b'[') => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err((
                        line,
                        format!(
                            "This is nested more than {MAX_DEPTH} levels deep, which no article or project is."
                        ),
                    ));
                }
                1
            }
            (false, b'}' | b']') => {
                depth = depth.saturating_sub(1);
                1
            }
            (false, b'N' | b'I' | b'-') => match not_a_number(&bytes[at..]) {
                Some(length) => {
                    patches.push((at, length, "null"));
                    length
                }
                None => 1,
            },
            _ => 1,
        };
    }
    Ok(patch(text, &patches))
}

enum Surrogate {
    No,
    Pair,
    Lone,
}

/// What kind of escape `bytes` begin with.
fn surrogate(bytes: &[u8]) -> Surrogate {
    match escaped_unit(bytes) {
        Some(0xd800..=0xdbff) => match bytes.get(6..).and_then(escaped_unit) {
            Some(0xdc00..=0xdfff) => Surrogate::Pair,
            _ => Surrogate::Lone,
        },
        Some(0xdc00..=0xdfff) => Surrogate::Lone,
        _ => Surrogate::No,
    }
}

fn escaped_unit(bytes: &[u8]) -> Option<u16> {
    let hex = bytes.strip_prefix(b"\\u")?.get(..4)?;
    let hex = str::from_utf8(hex).ok()?;
    let plain = hex.bytes().all(|b| b.is_ascii_hexdigit());
    plain.then(|| u16::from_str_radix(hex, 16).ok()).flatten()
}

fn not_a_number(bytes: &[u8]) -> Option<usize> {
    let words: [&[u8]; 4] = [b"NaN", b"Infinity", b"-Infinity", b"-NaN"];
    let word = words.into_iter().find(|word| bytes.starts_with(word))?;
    Some(word.len())
}

fn patch<'a>(text: &'a str, patches: &[(usize, usize, &str)]) -> Mended<'a> {
    let damaged = patches.iter().filter(|patch| patch.2 != "null").count();
    if patches.is_empty() {
        return Mended {
            text: text.into(),
            damaged,
        };
    }
    let mut mended = String::with_capacity(text.len() + patches.len());
    let mut done = 0;
    for &(at, length, by) in patches {
        mended.push_str(&text[done..at]);
        mended.push_str(by);
        done = at + length;
    }
    mended.push_str(&text[done..]);
    Mended {
        text: mended.into(),
        damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_json_does_not_know_is_mended_and_the_rest_stays() {
        for (before, after) in [
            (r#""\ud83d\ude00 \ud83d x""#, r#""\ud83d\ude00 \ufffd x""#),
            (r#""\udE00\\ud800\"\uD800""#, r#""\ufffd\\ud800\"\ufffd""#),
            (
                r#"[NaN, -Infinity, "NaN", -1]"#,
                r#"[null, null, "NaN", -1]"#,
            ),
            (r#""\ud8"#, r#""\ud8"#),
        ] {
            assert_eq!(mend(before).expect("is not deep").text, after);
        }
    }

    #[test]
    fn depth_is_limited_outside_strings() {
        assert!(mend(&format!("\"{}\"", "[".repeat(10_000))).is_ok());
        assert!(mend(&"[]".repeat(10_000)).is_ok());
        assert!(mend(&"[".repeat(64)).is_ok());
        let (line, sentence) = mend(&"\n[".repeat(10_000)).expect_err("is deep");
        assert_eq!((line, sentence.contains("64 levels")), (66, true));
    }
}
