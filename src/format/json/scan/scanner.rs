//! Goes through JSON text once and keeps where everything stands. Knows nothing of what the values mean.

use super::{Fault, Place};

/// How deeply values may be nested in each other: what is nested deeper could exhaust the stack.
const MAX_DEPTH: u32 = 128;

/// At least as many values and names as there are in `text`: each but the first comes after one of these
/// signs, of which the colon stands behind a name. Words have some of them too, so that it may be more; times
/// of day do not.
pub(super) fn most_places(text: &str) -> usize {
    let mut before = b' ';
    let is_sign = |byte: &&u8| {
        let before = std::mem::replace(&mut before, **byte);
        matches!(byte, b',' | b'[' | b'{') || (**byte == b':' && !before.is_ascii_digit())
    };
    1 + text.as_bytes().iter().filter(is_sign).count()
}

pub(super) struct Scanner<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    pub(super) places: Vec<Place>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, places: usize) -> Result<Self, Fault> {
        // Its places are kept in 32 bits.
        if u32::try_from(text.len()).is_err() {
            let why = "it is too long";
            return Err(Fault { at: 0, why });
        }
        Ok(Self {
            bytes: text.as_bytes(),
            at: 0,
            places: Vec::with_capacity(places),
        })
    }

    pub(super) fn fault(&self, why: &'static str) -> Fault {
        Fault { at: self.at, why }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Keeps the place of what reaches from `start` to here.
    fn place(&mut self, start: usize) {
        let extent = (self.at - start) as u32;
        self.places.push(Place {
            start: start as u32,
            extent,
        });
    }

    fn skip_digits(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at > start
    }

    pub(super) fn skip_blank(&mut self) {
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
    pub(super) fn value(&mut self, depth: u32) -> Result<(), Fault> {
        self.skip_blank();
        let (place, start) = (self.places.len(), self.at);
        self.place(start);
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
        let extent = match self.bytes[start] {
            b'{' | b'[' => self.places.len() - place,
            _ => self.at - start,
        };
        self.places[place].extent = extent as u32;
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
        self.place(start);
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
