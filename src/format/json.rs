//! Reads JSON piece by piece, so that one bad value costs that value and not the file. Knows
//! nothing of what the pieces mean.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Problem, Reading};
use crate::model::Extra;

/// How deeply objects and lists may be nested. Ours nest 7 deep.
const MAX_DEPTH: u32 = 64;

/// The most JSON that the unknown fields of one record may hold, in bytes.
const MAX_EXTRA_BYTES: usize = 200_000;

/// JSON text that serde_json can take, and what had to be changed in it.
#[derive(Debug)]
pub(super) struct Mended<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) notices: Vec<String>,
}

/// Replaces what other programs write though JSON does not know it: halves of surrogate pairs
/// become U+FFFD, `NaN` and `Infinity` become `null`. Line breaks stay where they are.
///
/// # Errors
/// The line in which the nesting gets too deep, and a sentence.
pub(super) fn mend(text: &str) -> Result<Mended<'_>, (u32, String)> {
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
    let lone = patches.iter().filter(|patch| patch.2 != "null").count();
    let mut notices = Vec::new();
    if lone > 0 {
        notices.push(format!(
            "{lone} damaged characters (halves of surrogate pairs) were replaced by “\u{fffd}”."
        ));
    }
    if patches.is_empty() {
        return Mended {
            text: text.into(),
            notices,
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
        notices,
    }
}

/// JSON text with the name of its file, to say where in it something is wrong.
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
    first_line: u32,
    line_starts: Vec<usize>,
}

impl<'a> Source<'a> {
    /// `first_line` is the number of the line of the file that `text` begins with.
    pub(super) fn new(file: &'a str, text: &'a str, first_line: u32) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            file,
            text,
            first_line,
            line_starts: breaks.collect(),
        }
    }

    /// The whole text as one value of some type.
    pub(super) fn parse<T: Deserialize<'a>>(&self) -> Result<T, Problem> {
        serde_json::from_str(self.text).map_err(|error| {
            let line = u32::try_from(error.line()).unwrap_or(0).max(1);
            let at = format!(" at line {} column {}", error.line(), error.column());
            let detail = error.to_string().replace(&at, "");
            let message = match error.classify() {
                serde_json::error::Category::Eof => {
                    "The JSON ends before it is complete; the file may have been cut off.".into()
                }
                _ => format!("This is not valid JSON ({detail})."),
            };
            Problem::at(self.file, self.first_line + line - 1, message)
        })
    }

    /// A problem with `part`, which must be a part of this source.
    pub(super) fn problem(&self, part: &str, message: impl Into<String>) -> Problem {
        let at = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize);
        match at.filter(|&at| at <= self.text.len()) {
            None => Problem::new(self.file, message),
            Some(at) => {
                let line = self.line_starts.partition_point(|&start| start <= at);
                let line = u32::try_from(line).unwrap_or(u32::MAX);
                Problem::at(self.file, self.first_line.saturating_add(line), message)
            }
        }
    }

    /// Takes the text of a field, at most `most` characters of it; empty where there is none.
    /// Numbers count as text, since a year may stand as one.
    pub(super) fn take_text(
        &self,
        object: &mut Object<'a>,
        key: &str,
        most: usize,
        reading: &mut Reading,
    ) -> String {
        let Some(raw) = object.take(key) else {
            return String::new();
        };
        let Some(mut text) = as_text(raw) else {
            let message = format!("“{key}” is not text; it was left out.");
            reading.problems.push(self.problem(raw.get(), message));
            return String::new();
        };
        if let Some((end, _)) = text.char_indices().nth(most) {
            text.truncate(end);
            let message =
                format!("“{key}” is longer than {most} characters; it was cut off there.");
            reading.problems.push(self.problem(raw.get(), message));
        }
        text
    }

    /// Takes the items of a list; empty where there is none.
    pub(super) fn take_list(
        &self,
        object: &mut Object<'a>,
        key: &str,
        reading: &mut Reading,
    ) -> Vec<&'a RawValue> {
        let Some(raw) = object.take(key) else {
            return Vec::new();
        };
        serde_json::from_str(raw.get()).unwrap_or_else(|_| {
            let message = format!("“{key}” is not a list; it was left out.");
            reading.problems.push(self.problem(raw.get(), message));
            Vec::new()
        })
    }

    /// What is left of an object, to be kept and written back.
    pub(super) fn rest(&self, object: Object<'a>, reading: &mut Reading) -> Extra {
        let mut kept = BTreeMap::new();
        let mut size = 0;
        for (key, raw) in object.fields {
            let json = compact(raw.get());
            size += key.len() + json.len();
            if size > MAX_EXTRA_BYTES {
                let message =
                    format!("“{key}” is not known here and too long to be kept; it was left out.");
                reading.problems.push(self.problem(raw.get(), message));
                break;
            }
            kept.insert(key, json);
        }
        Arc::new(kept)
    }
}

/// An object whose fields are taken one by one.
pub(super) struct Object<'a> {
    fields: BTreeMap<String, &'a RawValue>,
}

impl<'a> Object<'a> {
    /// `None` where `raw` is something else than an object.
    pub(super) fn of(raw: &'a RawValue) -> Option<Self> {
        let fields = serde_json::from_str(raw.get()).ok()?;
        Some(Self { fields })
    }

    /// The value of a field, which is then gone; `null` is no value.
    pub(super) fn take(&mut self, key: &str) -> Option<&'a RawValue> {
        let raw = self.fields.remove(key)?;
        (raw.get() != "null").then_some(raw)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.peek(key).is_some_and(|raw| raw.get() != "null")
    }

    /// The value of a field that stays.
    pub(super) fn peek(&self, key: &str) -> Option<&'a RawValue> {
        self.fields.get(key).copied()
    }

    /// Keeps a field under another name, where one of ours has the name it came with.
    pub(super) fn rename(&mut self, key: &str, to: String) {
        if let Some(raw) = self.fields.remove(key) {
            self.fields.insert(to, raw);
        }
    }
}

/// A string, or a number or truth value as it is written.
pub(super) fn as_text(raw: &RawValue) -> Option<String> {
    let json = raw.get();
    match json.as_bytes().first()? {
        b'"' => serde_json::from_str(json).ok(),
        b'{' | b'[' => None,
        _ => Some(json.to_owned()),
    }
}

/// A whole number that is not negative; one that is written as `12.0` counts.
pub(super) fn as_count(raw: &RawValue) -> Option<u32> {
    let number: f64 = serde_json::from_str(raw.get()).ok()?;
    let fits = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    fits.then_some(number as u32)
}

/// `json` without white space between its parts.
fn compact(json: &str) -> String {
    let (mut in_string, mut escaped) = (false, false);
    json.chars()
        .filter(|&c| {
            let kept = in_string || !c.is_ascii_whitespace();
            in_string ^= c == '"' && !escaped;
            escaped = c == '\\' && !escaped && in_string;
            kept
        })
        .collect()
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

    #[test]
    fn compact_keeps_what_stands_in_strings() {
        let json = "{ \"a \\\" b\" :\n [ 1, \"\\\\\" , 2 ] }";
        assert_eq!(compact(json), "{\"a \\\" b\":[1,\"\\\\\",2]}");
    }

    #[test]
    fn counts_are_whole_numbers() {
        let count = |json: &str| {
            let raw = RawValue::from_string(json.to_owned()).expect("is JSON");
            as_count(&raw)
        };
        assert_eq!(
            (count("12"), count("12.0"), count("4294967295")),
            (Some(12), Some(12), Some(u32::MAX))
        );
        for bad in ["-1", "1.5", "1e99", "\"12\"", "[1]", "4294967296", "true"] {
            assert_eq!(count(bad), None, "{bad}");
        }
    }
}
