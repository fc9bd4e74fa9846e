//! JSON of one known form, read from front to back, each byte once. Whatever has another form is left
//! to whoever reads any JSON. Knows nothing of what the values mean.

use super::scan::{Fault, Parsed};

/// A place in JSON text, before what is read next.
#[derive(Debug, Clone)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    /// In bytes.
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The beginning of `text`.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Whether everything was read.
    pub(crate) fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    /// Goes past `part`, which must be next.
    pub(crate) fn expect(&mut self, part: &str) -> Option<()> {
        let is_next = self.text.as_bytes()[self.at..].starts_with(part.as_bytes());
        is_next.then(|| self.at += part.len())
    }

    /// Goes past `byte` if it is next.
    pub(crate) fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.text.as_bytes().get(self.at) == Some(&byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Goes past a comma, or else the byte that closes a list or object. Answers whether more follows.
    pub(crate) fn more(&mut self, close: u8) -> Option<bool> {
        match self.takes(b',') {
            true => Some(true),
            false => self.takes(close).then_some(false),
        }
    }

    /// Goes past the name of a field and its colon, where the name is one plain character.
    pub(crate) fn short_name(&mut self) -> Option<u8> {
        let [b'"', name, b'"', b':', ..] = self.text.as_bytes()[self.at..] else {
            return None;
        };
        self.at += 4;
        (name.is_ascii() && name != b'"' && name != b'\\').then_some(name)
    }

    /// Goes past a string in which nothing is escaped; answers with what it says.
    pub(crate) fn plain_text(&mut self) -> Option<&'a str> {
        self.takes(b'"').then_some(())?;
        let start = self.at;
        let bytes = self.text.as_bytes();
        let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
        while bytes.get(self.at).is_some_and(|it| is_plain(*it)) {
            self.at += 1;
        }
        self.takes(b'"').then(|| &self.text[start..self.at - 1])
    }

    /// Goes past a whole number that is not negative and below ten to the eighteenth.
    pub(crate) fn count(&mut self) -> Option<u64> {
        let start = self.at;
        let mut number = 0;
        while let Some(digit @ b'0'..=b'9') = self.text.as_bytes().get(self.at) {
            number = number * 10 + u64::from(digit - b'0');
            self.at += 1;
            // So that nothing can run over.
            (self.at - start <= 18).then_some(())?;
        }
        let has_needless_zero = self.at - start > 1 && self.text.as_bytes()[start] == b'0';
        (self.at > start && !has_needless_zero).then_some(number)
    }

    /// Goes past a value of whatever form.
    ///
    /// # Errors
    /// Where there is none.
    pub(crate) fn any(&mut self) -> Result<Parsed<'a>, Fault> {
        let (parsed, length) = Parsed::first(&self.text[self.at..])?;
        self.at += length;
        Ok(parsed)
    }

    /// What was read since `start`, which must be an earlier place in the same text.
    pub(crate) fn since(&self, start: &Cursor<'a>) -> &'a str {
        &self.text[start.at..self.at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_the_known_form_is_read() {
        let mut cursor = Cursor::new(r#"{"i":"a é",12,[1,2]}"#);
        assert!(cursor.takes(b'{') && !cursor.takes(b'{'));
        assert_eq!(cursor.short_name(), Some(b'i'));
        let before = cursor.clone();
        assert_eq!(cursor.plain_text(), Some("a é"));
        assert_eq!(cursor.since(&before), "\"a é\"");
        assert_eq!((cursor.more(b'}'), cursor.count()), (Some(true), Some(12)));
        assert_eq!(cursor.expect(","), Some(()));
        let list = cursor.any().expect("is a list");
        assert_eq!(list.root().get(), "[1,2]");
        assert_eq!((cursor.more(b'}'), cursor.is_at_end()), (Some(false), true));
    }

    #[test]
    fn what_has_another_form_is_not() {
        for text in [r#""a\n""#, "\"a\nb\"", "\"a", "a", ""] {
            assert_eq!(Cursor::new(text).plain_text(), None, "{text}");
        }
        for number in ["", "x", "-1", "01", "1234567890123456789"] {
            assert_eq!(Cursor::new(number).count(), None, "{number}");
        }
        for name in [r#""ab":1"#, r#""a" :1"#, r#""":1"#, r#""\":1"#, "a"] {
            assert_eq!(Cursor::new(name).short_name(), None, "{name}");
        }
        assert_eq!(Cursor::new(" ,").more(b']'), None);
        assert_eq!(Cursor::new("ab").expect("abc"), None);
        assert!(Cursor::new("]").any().is_err());
    }
}
