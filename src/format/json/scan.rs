//! JSON as text: where its values begin and end, and what its strings say. Checks that it is JSON
//! and changes nothing. Knows nothing of what the values mean.
//!
//! Values stay the text they are, so that what is unknown here goes back into a file to the digit.

use std::borrow::Cow;
use std::str::FromStr;

/// JSON text that has been checked, with the place of each value in it, so that taking values apart
/// reads nothing twice.
#[derive(Debug)]
pub(crate) struct Parsed<'a> {
    text: &'a str,
    /// In the order of the text: a value, then all that is in it.
    places: Vec<Place>,
}

/// Where a value or the name of a field stands, in bytes.
#[derive(Debug, Clone, Copy)]
struct Place {
    start: usize,
    end: usize,
    /// How many places it takes up: its own, and those of what is in it.
    count: usize,
}

/// A value, as it stands in JSON text that has been checked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Json<'a> {
    whole: &'a Parsed<'a>,
    at: usize,
}

/// Where JSON text is not JSON, and why.
#[derive(Debug, PartialEq)]
pub(crate) struct Fault {
    /// In bytes.
    pub(crate) at: usize,
    pub(crate) why: &'static str,
}

/// How deeply values may be nested in each other: what is nested deeper could exhaust the stack.
const MAX_DEPTH: u32 = 128;

impl<'a> Parsed<'a> {
    /// Reads `text`, which must be one value.
    ///
    /// # Errors
    /// The first place where it is no JSON.
    pub(crate) fn of(text: &'a str) -> Result<Self, Fault> {
        // As many as there are, as a list that grows is copied over and over.
        let mut scanner = Scanner::new(text, most_places(text));
        scanner.value(0)?;
        scanner.skip_blank();
        if scanner.at < text.len() {
            return Err(scanner.fault("something follows its end"));
        }
        let places = scanner.places;
        Ok(Self { text, places })
    }

    /// Reads the value that `text` begins with, whatever follows; with its length in bytes.
    ///
    /// # Errors
    /// The first place where it is no JSON.
    pub(super) fn first(text: &'a str) -> Result<(Self, usize), Fault> {
        let mut scanner = Scanner::new(text, 16);
        scanner.value(0)?;
        let (places, length) = (scanner.places, scanner.at);
        Ok((Self { text, places }, length))
    }

    /// The value that the text is.
    pub(crate) fn root(&self) -> Json<'_> {
        Json { whole: self, at: 0 }
    }
}

impl<'a> Json<'a> {
    /// The value as it stands there.
    pub(crate) fn get(self) -> &'a str {
        let place = self.whole.places[self.at];
        &self.whole.text[place.start..place.end]
    }

    pub(crate) fn is_null(self) -> bool {
        self.get() == "null"
    }

    /// What a string says; `None` for other values.
    pub(crate) fn text(self) -> Option<Cow<'a, str>> {
        let Place { start, end, .. } = self.whole.places[self.at];
        if self.whole.text.as_bytes()[start] != b'"' {
            return None;
        }
        let inner = &self.whole.text[start + 1..end - 1];
        if !inner.as_bytes().contains(&b'\\') {
            return Some(Cow::Borrowed(inner));
        }
        let mut made = String::with_capacity(inner.len());
        let mut rest = inner;
        while let Some(at) = rest.find('\\') {
            made.push_str(&rest[..at]);
            let (letter, length) = unescaped(&rest[at..]);
            made.push(letter);
            rest = &rest[at + length..];
        }
        made.push_str(rest);
        Some(Cow::Owned(made))
    }

    /// What a string says, on its own; `None` for other values.
    pub(crate) fn string(self) -> Option<String> {
        self.text().map(Cow::into_owned)
    }

    /// The number this is, where it is one of that type.
    pub(crate) fn number<T: FromStr>(self) -> Option<T> {
        self.get().parse().ok()
    }

    /// The items of a list; `None` for other values.
    pub(crate) fn items(self) -> Option<Vec<Json<'a>>> {
        let is_list = self.get().starts_with('[');
        is_list.then(|| self.parts().collect())
    }

    pub(crate) fn is_object(self) -> bool {
        self.get().starts_with('{')
    }

    /// The fields of an object in the order of the text; other values have none.
    pub(crate) fn fields(self) -> impl Iterator<Item = (Cow<'a, str>, Json<'a>)> {
        let mut parts = self.parts();
        let is_object = self.is_object();
        std::iter::from_fn(move || {
            let name = parts.next().filter(|_| is_object)?;
            Some((name.text().unwrap_or_default(), parts.next()?))
        })
    }

    /// What stands in it side by side: items, or the names of fields each with its value.
    pub(crate) fn parts(self) -> impl Iterator<Item = Json<'a>> {
        let places = &self.whole.places;
        let end = self.at + places[self.at].count;
        let mut next = self.at + 1;
        std::iter::from_fn(move || {
            let part = Json { at: next, ..self };
            (next < end).then(|| {
                next += places[next].count;
                part
            })
        })
    }
}

/// The letter that the escape at the beginning of `text` stands for, and its length in bytes. Half
/// of a surrogate pair stands for U+FFFD.
fn unescaped(text: &str) -> (char, usize) {
    let unit = |at: usize| {
        let hex = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(hex, 16).ok()
    };
    let letter = match text.as_bytes()[1] {
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            return match (unit(0), unit(6)) {
                (Some(high @ 0xd800..=0xdbff), Some(low @ 0xdc00..=0xdfff)) => {
                    let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                    (
                        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
                        12,
                    )
                }
                (unit, _) => {
                    let letter = unit.and_then(char::from_u32);
                    (letter.unwrap_or(char::REPLACEMENT_CHARACTER), 6)
                }
            };
        }
        itself => char::from(itself),
    };
    (letter, 2)
}

/// At least as many values and names as there are in `text`: each but the first comes after one of
/// these signs. Words have some of them too, so that it may be more.
fn most_places(text: &str) -> usize {
    let is_sign = |byte: &&u8| matches!(byte, b',' | b':' | b'[' | b'{');
    1 + text.as_bytes().iter().filter(is_sign).count()
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    places: Vec<Place>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, places: usize) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
            places: Vec::with_capacity(places),
        }
    }

    fn fault(&self, why: &'static str) -> Fault {
        Fault { at: self.at, why }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_digits(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at > start
    }

    fn skip_blank(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// Goes past `byte` if it is next.
    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Goes past the next value. `depth` is the number of values around it.
    fn value(&mut self, depth: u32) -> Result<(), Fault> {
        self.skip_blank();
        let (place, start) = (self.places.len(), self.at);
        self.places.push(Place {
            start,
            end: start,
            count: 1,
        });
        match self.peek() {
            Some(b'{' | b'[') if depth == MAX_DEPTH => {
                return Err(self.fault("it is nested too deep"));
            }
            Some(b'{') => self.parts(b'}', depth + 1)?,
            Some(b'[') => self.parts(b']', depth + 1)?,
            Some(b'"') => self.string()?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => {
                let words = ["true", "false", "null"];
                let rest = &self.bytes[start..];
                let word = words.iter().find(|it| rest.starts_with(it.as_bytes()));
                let word = word.ok_or_else(|| self.fault("a value is missing"))?;
                self.at += word.len();
            }
        }
        self.places[place] = Place {
            start,
            end: self.at,
            count: self.places.len() - place,
        };
        Ok(())
    }

    /// Goes past a list or object, in which values are `depth` deep.
    fn parts(&mut self, close: u8, depth: u32) -> Result<(), Fault> {
        self.at += 1;
        self.skip_blank();
        if self.takes(close) {
            return Ok(());
        }
        loop {
            if close == b'}' {
                self.name()?;
            }
            self.value(depth)?;
            self.skip_blank();
            if self.takes(close) {
                return Ok(());
            }
            if !self.takes(b',') {
                return Err(self.fault("a comma or a bracket is missing"));
            }
        }
    }

    /// Goes past the name of a field and its colon.
    fn name(&mut self) -> Result<(), Fault> {
        self.skip_blank();
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.fault("the name of a field is missing"));
        }
        self.string()?;
        self.places.push(Place {
            start,
            end: self.at,
            count: 1,
        });
        self.skip_blank();
        let is_name = self.takes(b':').then_some(());
        is_name.ok_or_else(|| self.fault("a colon is missing"))
    }

    fn string(&mut self) -> Result<(), Fault> {
        self.at += 1;
        loop {
            // Most of what is read is the inside of strings, so this has to be a tight loop.
            let is_plain = |it: &&u8| **it >= b' ' && !matches!(**it, b'"' | b'\\');
            self.at += self.bytes[self.at..].iter().take_while(is_plain).count();
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                _ => return Err(self.fault("a text has a line break or the like in it")),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Fault> {
        self.at += 1;
        let length = match self.peek() {
            Some(b'u') => 5,
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 1,
            _ => 0,
        };
        let hex = self.bytes.get(self.at + 1..self.at + length);
        if !hex.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) {
            return Err(self.fault("an escaped letter is not understood"));
        }
        self.at += length;
        Ok(())
    }

    fn number(&mut self) -> Result<(), Fault> {
        self.takes(b'-');
        let mut is_sound = self.takes(b'0') || self.skip_digits();
        if self.takes(b'.') {
            is_sound &= self.skip_digits();
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _ = self.takes(b'+') || self.takes(b'-');
            is_sound &= self.skip_digits();
        }
        let sound = is_sound.then_some(());
        sound.ok_or_else(|| self.fault("a number is not complete"))
    }
}

#[cfg(test)]
mod tests;
