//! JSON as text: where its values begin and end, and what its strings say. Checks that it is JSON
//! and changes nothing. Knows nothing of what the values mean.
//!
//! Values stay the text they are, so that what is unknown here goes back into a file to the digit.

mod scanner;

use std::borrow::Cow;
use std::str::FromStr;

use scanner::{Scanner, most_places};

/// JSON text that has been checked, with the place of each value in it, so that taking values apart
/// reads nothing twice.
#[derive(Debug)]
pub(crate) struct Parsed<'a> {
    text: &'a str,
    /// In the order of the text: a value, then all that is in it.
    places: Vec<Place>,
}

/// Where a value or the name of a field stands. A project has hundreds of thousands, so they are small: where
/// a list or object ends is seldom asked, and can be found.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// In bytes.
    start: u32,
    /// Of a list or an object: how many places it takes up, its own and those of what is in it. Of all else:
    /// its length in bytes.
    extent: u32,
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

impl<'a> Parsed<'a> {
    /// Reads `text`, which must be one value.
    ///
    /// # Errors
    /// The first place where it is no JSON.
    pub(crate) fn of(text: &'a str) -> Result<Self, Fault> {
        // As many as there are, as a list that grows is copied over and over.
        let mut scanner = Scanner::new(text, most_places(text))?;
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
        let mut scanner = Scanner::new(text, 16)?;
        scanner.value(0)?;
        let (places, length) = (scanner.places, scanner.at);
        Ok((Self { text, places }, length))
    }

    /// The value that the text is.
    pub(crate) fn root(&self) -> Json<'_> {
        Json { whole: self, at: 0 }
    }

    /// What stands at a place.
    fn kind(&self, at: usize) -> u8 {
        self.text.as_bytes()[self.places[at].start as usize]
    }

    fn has_parts(&self, at: usize) -> bool {
        matches!(self.kind(at), b'{' | b'[')
    }

    /// How many places it takes up: its own, and those of what is in it.
    fn count(&self, at: usize) -> usize {
        match self.has_parts(at) {
            true => self.places[at].extent as usize,
            false => 1,
        }
    }

    /// Where it ends, in bytes.
    fn end(&self, at: usize) -> usize {
        let Place { start, extent } = self.places[at];
        if !self.has_parts(at) {
            return start as usize + extent as usize;
        }
        let last = at + self.count(at) - 1;
        let ends_there = |it: &usize| it + self.count(*it) - 1 == last;
        let (mut end, mut open) = match self.has_parts(last) {
            true => (self.places[last].start as usize + 1, 1),
            false => (self.end(last), 0),
        };
        // What ends with its last part has only blanks and brackets behind that.
        open += (at..last).filter(ends_there).count();
        while open > 0 {
            open -= usize::from(matches!(self.text.as_bytes()[end], b'}' | b']'));
            end += 1;
        }
        end
    }
}

impl<'a> Json<'a> {
    /// The value as it stands there. Where it is long it takes a moment to see where it ends.
    pub(crate) fn get(self) -> &'a str {
        let start = self.whole.places[self.at].start as usize;
        &self.whole.text[start..self.whole.end(self.at)]
    }

    /// The letter that it begins with, which says what it is.
    fn kind(self) -> u8 {
        self.whole.kind(self.at)
    }

    pub(crate) fn is_null(self) -> bool {
        self.kind() == b'n'
    }

    /// What a string says; `None` for other values.
    pub(crate) fn text(self) -> Option<Cow<'a, str>> {
        if self.kind() != b'"' {
            return None;
        }
        let whole = self.get();
        let inner = &whole[1..whole.len() - 1];
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
        (self.kind() == b'[').then(|| self.parts().collect())
    }

    /// Whether it is a list or an object.
    pub(crate) fn has_parts(self) -> bool {
        self.whole.has_parts(self.at)
    }

    pub(crate) fn is_object(self) -> bool {
        self.kind() == b'{'
    }

    /// The field of an object that has this name; where there are several, the last.
    pub(crate) fn field(self, name: &str) -> Option<Json<'a>> {
        self.fields()
            .filter(|it| it.0 == name)
            .last()
            .map(|it| it.1)
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
        let end = self.at + self.whole.count(self.at);
        let mut next = self.at + 1;
        std::iter::from_fn(move || {
            let part = Json { at: next, ..self };
            (next < end).then(|| {
                next += self.whole.count(next);
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

#[cfg(test)]
mod tests;
