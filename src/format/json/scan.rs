//! JSON as text: where its values begin and end, and what its strings say. Checks that it is JSON
//! and changes nothing. Knows nothing of what the values mean.
//!
//! Values stay the text they are, so that what is unknown here goes back into a file to the digit.

/// A value, as it stands in JSON text that has been checked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Json<'a>(&'a str);

/// Where JSON text is not JSON, and why.
#[derive(Debug, PartialEq)]
pub(crate) struct Fault {
    /// In bytes.
    pub(crate) at: usize,
    pub(crate) why: &'static str,
}

/// How deeply values may be nested in each other: what is nested deeper could exhaust the stack.
const MAX_DEPTH: u32 = 128;

impl<'a> Json<'a> {
    /// The one value that `text` is.
    ///
    /// # Errors
    /// The first place where it is no JSON.
    pub(crate) fn parse(text: &'a str) -> Result<Self, Fault> {
        let mut scanner = Scanner { text, at: 0 };
        let value = scanner.value(0)?;
        scanner.skip_blank();
        match scanner.at == text.len() {
            true => Ok(value),
            false => Err(scanner.fault("something follows its end")),
        }
    }

    /// The value as it stands there.
    pub(crate) fn get(self) -> &'a str {
        self.0
    }

    pub(crate) fn is_null(self) -> bool {
        self.0 == "null"
    }

    /// What a string says; `None` for other values.
    pub(crate) fn string(self) -> Option<String> {
        let inner = self.0.strip_prefix('"')?.strip_suffix('"')?;
        let mut made = String::with_capacity(inner.len());
        let mut rest = inner;
        while let Some(at) = rest.find('\\') {
            made.push_str(&rest[..at]);
            let (letter, length) = unescaped(&rest[at..]);
            made.push(letter);
            rest = &rest[at + length..];
        }
        made.push_str(rest);
        Some(made)
    }

    /// The number this is, where it is one of that type.
    pub(crate) fn number<T: std::str::FromStr>(self) -> Option<T> {
        self.0.parse().ok()
    }

    /// The items of a list; `None` for other values.
    pub(crate) fn items(self) -> Option<Vec<Json<'a>>> {
        let mut items = Vec::new();
        let mut scanner = Scanner {
            text: self.0,
            at: 0,
        };
        let mut item = |scanner: &mut Scanner<'a>| {
            items.push(scanner.known());
            Ok(())
        };
        self.0.starts_with('[').then_some(())?;
        scanner.parts(b']', &mut item).ok()?;
        Some(items)
    }

    /// The fields of an object in the order of the text, `None` for other values.
    pub(crate) fn fields(self) -> Option<Vec<(String, Json<'a>)>> {
        let mut fields = Vec::new();
        let mut scanner = Scanner {
            text: self.0,
            at: 0,
        };
        let mut field = |scanner: &mut Scanner<'a>| {
            let name = scanner.name()?;
            fields.push((name.string().unwrap_or_default(), scanner.known()));
            Ok(())
        };
        self.0.starts_with('{').then_some(())?;
        scanner.parts(b'}', &mut field).ok()?;
        Some(fields)
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

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn fault(&self, why: &'static str) -> Fault {
        Fault { at: self.at, why }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_while(&mut self, fits: fn(u8) -> bool) -> usize {
        let start = self.at;
        while self.peek().is_some_and(fits) {
            self.at += 1;
        }
        self.at - start
    }

    fn skip_blank(&mut self) {
        self.skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    /// Goes past `byte` if it is next.
    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Goes past the next value. `depth` is the number of values around it.
    fn value(&mut self, depth: u32) -> Result<Json<'a>, Fault> {
        self.skip_blank();
        let start = self.at;
        match self.peek() {
            Some(b'{' | b'[') if depth == MAX_DEPTH => {
                return Err(self.fault("it is nested too deep"));
            }
            Some(b'{') => self.parts(b'}', &mut |scanner| {
                scanner.name()?;
                scanner.value(depth + 1).map(|_| ())
            })?,
            Some(b'[') => self.parts(b']', &mut |scanner| scanner.value(depth + 1).map(|_| ()))?,
            Some(b'"') => self.string()?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => {
                let words = ["true", "false", "null"];
                let word = words.iter().find(|it| self.text[start..].starts_with(**it));
                let word = word.ok_or_else(|| self.fault("a value is missing"))?;
                self.at += word.len();
            }
        }
        Ok(Json(&self.text[start..self.at]))
    }

    /// Goes past the next value of text that has been checked, where only brackets and quotes count.
    fn known(&mut self) -> Json<'a> {
        self.skip_blank();
        let (start, mut depth) = (self.at, 0_u32);
        while let Some(byte) = self.peek() {
            let may_end = match byte {
                b'"' => {
                    self.known_string();
                    true
                }
                b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r' if depth == 0 => break,
                _ => {
                    depth += u32::from(matches!(byte, b'{' | b'['));
                    depth -= u32::from(matches!(byte, b'}' | b']'));
                    self.at += 1;
                    matches!(byte, b'}' | b']')
                }
            };
            if may_end && depth == 0 {
                break;
            }
        }
        Json(&self.text[start..self.at])
    }

    fn known_string(&mut self) {
        self.at += 1;
        loop {
            self.skip_while(|byte| byte != b'"' && byte != b'\\');
            if self.takes(b'"') || self.peek().is_none() {
                return;
            }
            self.at += 2;
        }
    }

    /// Goes past a list or object, of which `part` takes one entry.
    fn parts(
        &mut self,
        close: u8,
        part: &mut dyn FnMut(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.at += 1;
        self.skip_blank();
        if self.takes(close) {
            return Ok(());
        }
        loop {
            part(self)?;
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
    fn name(&mut self) -> Result<Json<'a>, Fault> {
        self.skip_blank();
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.fault("the name of a field is missing"));
        }
        self.string()?;
        let name = Json(&self.text[start..self.at]);
        self.skip_blank();
        match self.takes(b':') {
            true => Ok(name),
            false => Err(self.fault("a colon is missing")),
        }
    }

    fn string(&mut self) -> Result<(), Fault> {
        self.at += 1;
        loop {
            self.skip_while(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
            if self.takes(b'"') {
                return Ok(());
            }
            if !self.takes(b'\\') {
                return Err(self.fault("a text has a line break or the like in it"));
            }
            match self.peek() {
                Some(b'u') => {
                    let hex = self.text.as_bytes().get(self.at + 1..self.at + 5);
                    if !hex.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) {
                        return Err(self.fault("an escaped letter is not understood"));
                    }
                    self.at += 5;
                }
                Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
                _ => return Err(self.fault("an escaped letter is not understood")),
            }
        }
    }

    fn number(&mut self) -> Result<(), Fault> {
        let is_digit = |byte: u8| byte.is_ascii_digit();
        self.takes(b'-');
        let mut is_sound = self.takes(b'0') || self.skip_while(is_digit) > 0;
        if self.takes(b'.') {
            is_sound &= self.skip_while(is_digit) > 0;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _ = self.takes(b'+') || self.takes(b'-');
            is_sound &= self.skip_while(is_digit) > 0;
        }
        match is_sound {
            true => Ok(()),
            false => Err(self.fault("a number is not complete")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_are_taken_apart() {
        let json =
            Json::parse(" { \"a\\u0041\" : [1, -2.5e+3 ,\"x\"], \"b\":{} } ").expect("is JSON");
        let fields = json.fields().expect("is an object");
        let names: Vec<(&str, &str)> = fields
            .iter()
            .map(|it| (it.0.as_str(), it.1.get()))
            .collect();
        assert_eq!(names, [("aA", "[1, -2.5e+3 ,\"x\"]"), ("b", "{}")]);
        let items = fields[0].1.items().expect("is a list");
        assert_eq!(items.len(), 3);
        assert_eq!(items[2].string().as_deref(), Some("x"));
        assert_eq!(
            (items[0].string(), json.items(), items[1].fields()),
            (None, None, None)
        );
    }

    #[test]
    fn halves_of_pairs_become_replacement_characters() {
        let text = |json: &str| Json::parse(json).expect("is JSON").string();
        assert_eq!(
            text(r#""\ud83d\udEB2 \ud83d \udeb2\u0041""#).as_deref(),
            Some("🚲 \u{fffd} \u{fffd}A")
        );
    }

    #[test]
    fn depth_is_limited() {
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(Json::parse(&nested(128)).is_ok());
        assert!(Json::parse(&nested(129)).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// What is JSON is decided as serde_json does.
        #[test]
        fn json_is_what_it_is_elsewhere(text in r#"([\[\]{},:"\\ \n0a-]|1|\.|e|\+|true|null|\\u00e9|\\n|\t|é|"a"|"b":|\{"c":|\[1,){0,12}"#) {
            let theirs: Result<serde_json::Value, _> = serde_json::from_str(&text);
            let ours = Json::parse(&text);
            prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?} {:?}", ours, theirs);
            let (Ok(ours), Ok(theirs)) = (ours, theirs) else {
                return Ok(());
            };
            prop_assert_eq!(ours.string(), theirs.as_str().map(str::to_owned));
            prop_assert_eq!(ours.items().map(|it| it.len()), theirs.as_array().map(Vec::len));
        }

        #[test]
        fn strings_come_back(text in "\\PC*|[\\x00-\\x7f]*") {
            let json = serde_json::to_string(&text).expect("a string is JSON");
            prop_assert_eq!(Json::parse(&json).expect("is JSON").string(), Some(text));
        }
    }
}
