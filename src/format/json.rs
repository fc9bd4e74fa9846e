//! Reads JSON piece by piece, so that one bad value costs that value and not the file. Knows
//! nothing of what the pieces mean.

mod cursor;
mod mend;
mod scan;
mod write;

use std::borrow::Cow;
use std::sync::Arc;

use super::{Problem, Reading};
use crate::model::sorted::SortedMap;
use crate::model::{Extra, no_extra};
pub(crate) use cursor::Cursor;
pub(super) use mend::{mend, notice};
pub(crate) use scan::{Json, Parsed};
pub(crate) use write::{Writer, push_number, push_string};

/// The most JSON that the unknown fields of one record may hold, in bytes.
const MAX_EXTRA_BYTES: usize = 200_000;

/// How deeply an unknown field may be nested: in a project file it stands up to 5 levels deep, and a
/// file that says all that was kept must be read again.
const MAX_EXTRA_DEPTH: u32 = mend::MAX_DEPTH - 5;

/// JSON text with the name of its file, to say where in it something is wrong.
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
    first_line: u32,
    line_starts: Vec<usize>,
    /// Whether the lines of this text are lines of the file.
    has_lines: bool,
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
            has_lines: true,
        }
    }

    /// JSON that was made of what a file of another kind says: its lines are not the file's.
    pub(super) fn made(file: &'a str, text: &'a str) -> Self {
        Self {
            has_lines: false,
            ..Self::new(file, text, 1)
        }
    }

    /// Reads the whole text, which must be one value.
    ///
    /// # Errors
    /// The line from which on it is no JSON.
    pub(super) fn parse(&self) -> Result<Parsed<'a>, Problem> {
        Parsed::of(self.text).map_err(|fault| {
            let message = if fault.at >= self.text.len() {
                "The JSON ends before it is complete; the file may have been cut off.".to_owned()
            } else {
                format!("This is not valid JSON ({}).", fault.why)
            };
            self.problem(&self.text[fault.at..], message)
        })
    }

    /// A problem with `part`, which must be a part of this source.
    pub(super) fn problem(&self, part: &str, message: impl Into<String>) -> Problem {
        let at = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize);
        match at.filter(|&at| self.has_lines && at <= self.text.len()) {
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
        self.take_words(object, key, most, reading).into_owned()
    }

    /// [`take_text`](Self::take_text), as it stands in the file where that says it plainly.
    pub(super) fn take_words(
        &self,
        object: &mut Object<'a>,
        key: &str,
        most: usize,
        reading: &mut Reading,
    ) -> Cow<'a, str> {
        let Some(raw) = object.take(key) else {
            return Cow::default();
        };
        let Some(mut words) = as_words(raw) else {
            let message = format!("“{key}” is not text; it was left out.");
            reading.problems.push(self.problem(raw.get(), message));
            return Cow::default();
        };
        if words.len() > most
            && let Some(message) = cut(key, words.to_mut(), most)
        {
            reading.problems.push(self.problem(raw.get(), message));
        }
        words
    }

    /// Takes the items of a list; empty where there is none.
    pub(super) fn take_list(
        &self,
        object: &mut Object<'a>,
        key: &str,
        reading: &mut Reading,
    ) -> Vec<Json<'a>> {
        let Some(raw) = object.take(key) else {
            return Vec::new();
        };
        raw.items().unwrap_or_else(|| {
            let message = format!("“{key}” is not a list; it was left out.");
            reading.problems.push(self.problem(raw.get(), message));
            Vec::new()
        })
    }

    /// What is left of an object, to be kept and written back.
    pub(super) fn rest(&self, object: Object<'a>, reading: &mut Reading) -> Extra {
        let mut kept = SortedMap::default();
        let mut size = 0;
        for (key, raw) in object.fields() {
            let json = compact(raw.get());
            if depth(&json) > MAX_EXTRA_DEPTH {
                let message = format!(
                    "“{key}” is not known here and nested too deep to be kept; it was left out."
                );
                reading.problems.push(self.problem(raw.get(), message));
                continue;
            }
            size += key.len() + json.len();
            if size > MAX_EXTRA_BYTES {
                let message =
                    format!("“{key}” is not known here and too long to be kept; it was left out.");
                reading.problems.push(self.problem(raw.get(), message));
                break;
            }
            kept.insert(key.to_string(), json);
        }
        match kept.is_empty() {
            true => no_extra(),
            false => Arc::new(kept),
        }
    }
}

/// An object whose fields are taken one by one. Of several with one name the last one counts.
#[derive(Default)]
pub(crate) struct Object<'a> {
    fields: Vec<Field<'a>>,
}

/// A field of an object.
struct Field<'a> {
    name: Cow<'a, str>,
    value: Json<'a>,
    /// Taken fields stay where they are: to close the gap would move all behind them.
    is_taken: bool,
}

impl<'a> Field<'a> {
    fn new((name, value): (Cow<'a, str>, Json<'a>)) -> Self {
        Self {
            name,
            value,
            is_taken: false,
        }
    }

    /// Whether it has this name and is still there. Names are short: byte by byte they are compared
    /// sooner than by a call.
    fn is(&self, key: &str) -> bool {
        !self.is_taken && self.name.len() == key.len() && self.name.bytes().eq(key.bytes())
    }
}

impl<'a> Object<'a> {
    /// `None` where `raw` is something else than an object.
    pub(crate) fn of(raw: Json<'a>) -> Option<Self> {
        raw.is_object().then(|| Self {
            fields: raw.fields().map(Field::new).collect(),
        })
    }

    /// The fields of both; `None` where one of them is something else than an object.
    pub(crate) fn of_both(first: Json<'a>, second: Json<'a>) -> Option<Self> {
        let are_objects = first.is_object() && second.is_object();
        are_objects.then(|| Self {
            fields: first
                .fields()
                .chain(second.fields())
                .map(Field::new)
                .collect(),
        })
    }

    /// The value of a field, which is then gone; `null` is no value.
    pub(super) fn take(&mut self, key: &str) -> Option<Json<'a>> {
        self.remove(key).filter(|raw| !raw.is_null())
    }

    /// The value of a field, whatever it is, which is then gone.
    pub(crate) fn remove(&mut self, key: &str) -> Option<Json<'a>> {
        let mut found = None;
        // Those before it with the same name go too.
        for field in self.fields.iter_mut().filter(|it| it.is(key)) {
            field.is_taken = true;
            found = Some(field.value);
        }
        found
    }

    /// Whether every field has been taken.
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.iter().all(|it| it.is_taken)
    }

    /// The fields that were not taken, in the order of the text.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&Cow<'a, str>, Json<'a>)> {
        let left = self.fields.iter().filter(|it| !it.is_taken);
        left.map(|it| (&it.name, it.value))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.peek(key).is_some_and(|raw| !raw.is_null())
    }

    /// The value of a field that stays.
    pub(crate) fn peek(&self, key: &str) -> Option<Json<'a>> {
        let found = self.fields.iter().rfind(|it| it.is(key));
        found.map(|it| it.value)
    }

    /// Keeps a field under another name, where one of ours has the name it came with.
    pub(super) fn rename(&mut self, key: &str, to: &str) {
        for field in self.fields.iter_mut().filter(|it| it.is(key)) {
            field.name = to.to_owned().into();
        }
    }
}

/// Cuts a text to `most` characters; the sentence that says so, where it was longer.
pub(super) fn cut(name: &str, text: &mut String, most: usize) -> Option<String> {
    let (end, _) = text.char_indices().nth(most)?;
    text.truncate(end);
    Some(format!(
        "“{name}” is longer than {most} characters; it was cut off there."
    ))
}

/// A string, or a number or truth value as it is written.
pub(super) fn as_text(raw: Json<'_>) -> Option<String> {
    as_words(raw).map(Cow::into_owned)
}

fn as_words(raw: Json<'_>) -> Option<Cow<'_, str>> {
    let plain = || (!raw.has_parts()).then(|| Cow::Borrowed(raw.get()));
    raw.text().or_else(plain)
}

/// A whole number that is not negative; one that is written as `12.0` counts.
pub(super) fn as_count(raw: Json<'_>) -> Option<u32> {
    let (whole, fraction) = raw.get().split_once('.').unwrap_or((raw.get(), ""));
    let is_whole = fraction.bytes().all(|digit| digit == b'0');
    let is_count = is_whole && whole.bytes().all(|it| it.is_ascii_digit());
    is_count.then(|| whole.parse().ok()).flatten()
}

/// How deeply lists and objects are nested in `json`.
fn depth(json: &str) -> u32 {
    let (mut in_string, mut escaped) = (false, false);
    let (mut depth, mut most) = (0, 0);
    for byte in json.bytes() {
        match byte {
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth -= 1,
            b'"' if !escaped => in_string = !in_string,
            _ => {}
        }
        escaped = byte == b'\\' && !escaped && in_string;
        most = most.max(depth);
    }
    most
}

/// `json` without white space between its parts.
pub(super) fn compact(json: &str) -> String {
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
    fn compact_keeps_what_stands_in_strings() {
        let json = "{ \"a \\\" b\" :\n [ 1, \"\\\\\" , 2 ] }";
        assert_eq!(compact(json), "{\"a \\\" b\":[1,\"\\\\\",2]}");
    }

    #[test]
    fn counts_are_whole_numbers() {
        let count = |json: &str| as_count(Parsed::of(json).expect("is JSON").root());
        assert_eq!(
            (count("12"), count("12.0"), count("4294967295")),
            (Some(12), Some(12), Some(u32::MAX))
        );
        for bad in ["-1", "1.5", "1e99", "\"12\"", "[1]", "4294967296", "true"] {
            assert_eq!(count(bad), None, "{bad}");
        }
    }
}
