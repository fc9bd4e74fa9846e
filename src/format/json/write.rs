//! Writes JSON, indented for people; what belongs together on one line. Knows nothing of what it
//! writes.

/// JSON text in the making. Who uses it says where lists and objects begin and end.
#[derive(Default)]
pub(crate) struct Writer {
    made: String,
    depth: usize,
    /// Whether the list or object that we are in has an entry.
    has_entries: bool,
    /// Whether a name has been written whose value comes next.
    is_named: bool,
    /// Whether everything goes on one line.
    is_flat: bool,
}

impl Writer {
    /// A writer that puts everything on one line.
    pub(crate) fn flat() -> Self {
        Self {
            is_flat: true,
            ..Self::default()
        }
    }

    /// The text.
    pub(crate) fn finish(self) -> String {
        self.made
    }

    /// Begins a list or an object.
    pub(crate) fn begin(&mut self, open: char) {
        self.entry();
        self.made.push(open);
        self.depth += 1;
        self.has_entries = false;
    }

    /// Ends a list or an object.
    pub(crate) fn end(&mut self, close: char) {
        self.depth -= 1;
        if self.has_entries {
            self.new_line();
        }
        self.made.push(close);
        self.has_entries = true;
    }

    /// Begins a list or an object that goes on one line to its end.
    pub(crate) fn begin_flat(&mut self, open: char) {
        self.begin(open);
        self.is_flat = true;
    }

    /// Ends what [`begin_flat`](Self::begin_flat) began.
    pub(crate) fn end_flat(&mut self, close: char) {
        self.end(close);
        self.is_flat = false;
    }

    /// The name of the field whose value comes next.
    pub(crate) fn name(&mut self, name: &str) {
        self.string(name);
        self.made.push_str(if self.is_flat { ":" } else { ": " });
        self.is_named = true;
    }

    /// A field that is text.
    pub(crate) fn field(&mut self, name: &str, text: &str) {
        self.name(name);
        self.string(text);
    }

    /// A field that is a number.
    pub(crate) fn number(&mut self, name: &str, number: impl Into<u64>) {
        self.name(name);
        self.digits(number);
    }

    /// A whole number.
    pub(crate) fn digits(&mut self, number: impl Into<u64>) {
        self.entry();
        push_number(&mut self.made, number.into());
    }

    /// `text` as a JSON string.
    pub(crate) fn quoted(text: &str) -> String {
        let mut writer = Self::flat();
        writer.reserve(text.len() + text.len() / 32 + 2);
        writer.string(text);
        writer.finish()
    }

    /// Makes room for so many more bytes, so that nothing is copied as it grows.
    pub(crate) fn reserve(&mut self, bytes: usize) {
        self.made.reserve(bytes);
    }

    /// A text.
    pub(crate) fn string(&mut self, text: &str) {
        self.entry();
        push_string(&mut self.made, text);
    }

    /// A value that is JSON already.
    pub(crate) fn raw(&mut self, json: &str) {
        self.entry();
        self.made.push_str(json);
    }

    /// What comes before a value.
    fn entry(&mut self) {
        if std::mem::take(&mut self.is_named) {
            return;
        }
        if self.has_entries {
            self.made.push(',');
        }
        if self.depth > 0 {
            self.new_line();
        }
        self.has_entries = true;
    }

    fn new_line(&mut self) {
        if !self.is_flat {
            self.made.push('\n');
            self.made.extend(std::iter::repeat_n(' ', self.depth));
        }
    }
}

/// Writes text as a JSON string.
pub(crate) fn push_string(made: &mut String, text: &str) {
    made.push('"');
    let is_special = |it: &u8| *it < b' ' || matches!(it, b'"' | b'\\');
    let mut rest = text;
    while let Some(at) = rest.as_bytes().iter().position(is_special) {
        made.push_str(&rest[..at]);
        push_escaped(made, rest.as_bytes()[at]);
        rest = &rest[at + 1..];
    }
    made.push_str(rest);
    made.push('"');
}

/// Writes an ASCII sign that cannot stand in a string as it is.
fn push_escaped(made: &mut String, sign: u8) {
    let short = match sign {
        b'\n' => 'n',
        b'\r' => 'r',
        b'\t' => 't',
        0x8 => 'b',
        0xc => 'f',
        b' '.. => char::from(sign),
        _ => return made.push_str(&format!("\\u{sign:04x}")),
    };
    made.extend(['\\', short]);
}

/// Writes a number without a text of its own, as files with a million of them want it.
pub(crate) fn push_number(made: &mut String, number: u64) {
    let (mut digits, mut first, mut rest) = ([0; 20], 20, number);
    // Division of 64 bits is slow in WebAssembly, and hardly any number here needs it.
    while rest > u64::from(u32::MAX) {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    let mut rest = rest as u32;
    loop {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    made.push_str(str::from_utf8(&digits[first..]).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lists_and_objects_are_indented_unless_they_are_flat() {
        let mut writer = Writer::default();
        writer.begin('{');
        writer.field("a", "x\"");
        writer.name("b");
        writer.begin('[');
        writer.end(']');
        writer.name("c");
        writer.begin('[');
        writer.string("y");
        writer.begin_flat('{');
        writer.number("d", 1_u32);
        writer.number("e", 2_u32);
        writer.end_flat('}');
        writer.end(']');
        writer.end('}');
        assert_eq!(
            writer.finish(),
            "{\n \"a\": \"x\\\"\",\n \"b\": [],\n \"c\": [\n  \"y\",\n  {\"d\":1,\"e\":2}\n ]\n}"
        );
    }

    proptest! {
        #[test]
        fn numbers_are_written_as_elsewhere(number: u64, digits in 0_u32..64) {
            let mut made = String::new();
            push_number(&mut made, number >> digits);
            prop_assert_eq!(made, (number >> digits).to_string());
        }

        #[test]
        fn strings_are_written_as_elsewhere(text in "\\PC*|[\\x00-\\x7f]*") {
            let mut writer = Writer::default();
            writer.string(&text);
            let theirs = serde_json::to_string(&text).expect("a string is JSON");
            prop_assert_eq!(writer.finish(), theirs);
        }
    }
}
