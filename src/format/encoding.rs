//! Bytes to text: UTF-8, UTF-16 by its byte order mark, else Windows-1252; and what is no text at
//! all. Knows nothing of what the text holds.

use std::borrow::Cow;

use super::Problem;

/// Text out of bytes.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    /// The text, without a byte order mark. UTF-8 is the bytes themselves.
    pub(super) text: Cow<'a, str>,
    /// What the reader of the page should know of how it was read.
    pub(super) notice: Option<String>,
}

/// How files that are no text begin, what they are, and what to do instead.
const BINARY: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF; open it, copy its text and paste that here"),
    (
        b"PK\x03\x04",
        "a ZIP archive, or a Word or OpenDocument file, which is one too; save it as plain text or HTML",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Word or Excel file; save it as plain text or HTML",
    ),
    (b"{\\rtf", "an RTF file; save it as plain text or HTML"),
    (b"\x1f\x8b", "packed with gzip; unpack it first"),
    (b"7z\xbc\xaf", "packed with 7-Zip; unpack it first"),
    (
        b"\x28\xb5\x2f\xfd",
        "packed with Zstandard; unpack it first",
    ),
    (b"\x89PNG", "a PNG picture; type or paste its text"),
    (b"\xff\xd8\xff", "a JPEG picture; type or paste its text"),
    (b"GIF8", "a GIF picture; type or paste its text"),
    (
        b"RIFF",
        "a sound, film or WebP picture; type or paste its text",
    ),
    (b"ID3", "a sound; type or paste its text"),
    (b"SQLite format 3", "a database; export it as JSON or text"),
    (b"\0asm", "a program"),
    (b"\x7fELF", "a program"),
];

/// Windows-1252 from 0x80 to 0x9F; above and below it equals Latin-1. The five bytes without a
/// meaning become the control characters of the same number, as browsers have it.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text that `bytes` hold.
pub(super) fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<Decoded<'a>, Problem> {
    if bytes.is_empty() {
        return Err(Problem::new(name, "The file is empty."));
    }
    if let Some((_, what)) = BINARY.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Problem::new(name, format!("This is not text but {what}.")));
    }
    let decoded = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(name, rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(name, rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => eight_bit(name, rest),
        _ => eight_bit(name, bytes),
    };
    // Checked before the rest so that a sentence about NUL does not hide a better one above.
    if decoded.text.contains('\0') {
        return Err(Problem::new(
            name,
            "It holds NUL characters, so it is no text file, or one in an encoding that does not \
             name itself. Save it as UTF-8 text and open that.",
        ));
    }
    Ok(decoded)
}

fn eight_bit<'a>(name: &str, bytes: &'a [u8]) -> Decoded<'a> {
    if let Ok(text) = str::from_utf8(bytes) {
        return Decoded {
            text: text.into(),
            notice: None,
        };
    }
    let letter = |&byte: &u8| match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    };
    Decoded {
        text: bytes.iter().map(letter).collect(),
        notice: Some(format!(
            "“{name}” is not UTF-8 and was read as Windows-1252. Please see whether its accents \
             and quotation marks look right."
        )),
    }
}

fn utf16(name: &str, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded<'static> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut damaged = !rest.is_empty();
    let mut text = String::with_capacity(bytes.len());
    for letter in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        damaged |= letter.is_err();
        text.push(letter.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Decoded {
        text: text.into(),
        notice: damaged
            .then(|| format!("“{name}” has damaged characters; each was replaced by “\u{fffd}”.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, noticed: bool) {
        let decoded = decode("a.txt", bytes).expect(text);
        assert_eq!((&*decoded.text, decoded.notice.is_some()), (text, noticed));
    }

    #[test]
    fn text_is_decoded_by_its_mark_or_its_look() {
        check("né 🚲".as_bytes(), "né 🚲", false);
        check(b"\xef\xbb\xbfn\xc3\xa9", "né", false);
        check(b"\xff\xfen\0\xe9\0=\xd8\xb2\xde", "né🚲", false);
        check(b"\xfe\xff\0n\0\xe9", "né", false);
        check(b"\xfe\xff\xd8\x3d\0n\0", "\u{fffd}n", true);
        check(b"\x93n\xe9\x94 \x80 \x81", "“né” € \u{81}", true);
    }

    #[test]
    fn what_is_no_text_gets_a_sentence_that_says_what_it_is() {
        for (bytes, word) in [
            (&b""[..], "empty"),
            (b"%PDF-1.7", "PDF"),
            (b"PK\x03\x04\x14", "Word"),
            (b"\x89PNG\r\n", "PNG"),
            (b"\xff\xd8\xff\xe0", "JPEG"),
            (b"a\0b", "NUL"),
            (b"\xff\xfea\0\0\0", "NUL"),
        ] {
            let problem = decode("a.txt", bytes).expect_err(word);
            assert!(problem.to_string().starts_with("a.txt: "), "{problem}");
            assert!(problem.message.contains(word), "{problem}");
        }
    }
}
