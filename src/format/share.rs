//! A few articles and marks within an address: compressed bytes as text behind the `#`, which no server is ever
//! sent. Says how long it gets and refuses what would be cut off on its way, what would fill the memory, and
//! what is no project file. Knows nothing of how bytes are compressed, which is the browser's work; they are
//! unpacked here as those of archives are.

use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use super::json::{Object, Parsed};
use super::project_json::FORMAT;
use super::read::format_of;
use super::withheld;
use crate::model::{DocumentId, Project};

/// What every such part of an address begins with.
pub const SHARED: &str = "#share=";

/// What one begins with that is made and read here; the number is its version.
const START: &str = "share=1.";

/// The longest part that is made or read, in characters: longer addresses are cut off by some programs.
pub const MAX_LENGTH: usize = 16_000;

/// The most that the bytes may hold once they are uncompressed, in bytes. Checked while they are
/// uncompressed, so that a few of them cannot fill the memory.
pub const MAX_CONTENT: usize = 512 * 1024;

/// A mark takes more than this in a file, in bytes.
const MARK_AT_LEAST: usize = 200;

/// From how many characters on some programs that pass on links shorten them.
pub const RISKY_LENGTH: usize = 2_000;

/// Why there is no link, or why one cannot be read, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// It would be longer than [`MAX_LENGTH`].
    #[error(
        "The link would have {0} characters, and it may have at most {MAX_LENGTH}. Share a file instead."
    )]
    TooLong(usize),
    /// What is to be shared is more than [`MAX_CONTENT`].
    #[error("This is too much for a link. Choose fewer articles, or share a file instead.")]
    TooLarge,
    /// One that came is longer than [`MAX_LENGTH`].
    #[error("The link has {0} characters; the longest that is opened has {MAX_LENGTH}.")]
    Arrived(usize),
    /// It holds more than [`MAX_CONTENT`].
    #[error("The link holds more than {} kB; it was not opened.", MAX_CONTENT / 1024)]
    TooMuch,
    /// Of another version.
    #[error("This link is of another version of the page. A newer page may open it.")]
    Newer,
    /// Not what was made.
    #[error("The link is not complete, or was changed on its way. Ask for it again.")]
    Broken,
    /// Not a project file.
    #[error("The link does not hold articles and marks of Sourcelight; nothing was opened.")]
    Other,
}

/// What of the articles goes into a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Everything.
    Whole,
    /// Marks without texts, as [`withheld::render`] writes them.
    Marks,
}

/// The project file that a link is to hold, before it is compressed.
///
/// # Errors
/// Where it is more than any link can hold.
pub fn content(
    project: &Project,
    documents: &[DocumentId],
    part: Part,
) -> Result<String, ShareError> {
    let lengths = documents.iter().filter_map(|id| {
        let text = project.document(id)?.text.as_str().len();
        let text = if part == Part::Whole { text } else { 0 };
        Some(text + project.annotations().of(id).len() * MARK_AT_LEAST)
    });
    // So that what is much too much is not written first.
    if lengths.sum::<usize>() > MAX_CONTENT {
        return Err(ShareError::TooLarge);
    }
    let written = match part {
        Part::Whole => super::render(project, documents),
        Part::Marks => withheld::render(project, documents),
    };
    match written.len() > MAX_CONTENT {
        true => Err(ShareError::TooLarge),
        false => Ok(written),
    }
}

/// The 64 signs of base64 for addresses (RFC 4648, section 5).
const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The part of an address, without the `#`, that holds compressed bytes.
///
/// # Errors
/// How long it would be, where that is too long.
pub fn write(compressed: &[u8]) -> Result<String, ShareError> {
    let length = START.len() + (8 * (compressed.len() + 4)).div_ceil(6);
    if length > MAX_LENGTH {
        return Err(ShareError::TooLong(length));
    }
    let sum = checksum(compressed).to_be_bytes();
    let all: Vec<u8> = sum.iter().chain(compressed).copied().collect();
    let mut made = START.to_owned();
    for three in all.chunks(3) {
        let bits = three
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - three.len()));
        for sign in 0..=three.len() {
            made.push(char::from(SIGNS[(bits >> (18 - 6 * sign) & 63) as usize]));
        }
    }
    Ok(made)
}

/// The project file that a part of an address holds.
///
/// # Errors
/// Where it is too long or too much, of another version, damaged, or holds something else.
pub fn read(fragment: &str) -> Result<Vec<u8>, ShareError> {
    let packed = unwrapped(fragment)?;
    let unpacked = decompress_to_vec_with_limit(&packed, MAX_CONTENT);
    let content = unpacked.map_err(|why| match why.status {
        TINFLStatus::HasMoreOutput => ShareError::TooMuch,
        _ => ShareError::Broken,
    })?;
    match is_project(&content) {
        true => Ok(content),
        false => Err(ShareError::Other),
    }
}

/// The compressed bytes.
fn unwrapped(fragment: &str) -> Result<Vec<u8>, ShareError> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    if fragment.len() > MAX_LENGTH {
        return Err(ShareError::Arrived(fragment.len()));
    }
    let signs = fragment.strip_prefix(START).ok_or(ShareError::Newer)?;
    bytes(signs).ok_or(ShareError::Broken)
}

fn is_project(content: &[u8]) -> bool {
    let parsed = std::str::from_utf8(content).ok().map(Parsed::of);
    let Some(Ok(parsed)) = parsed else {
        return false;
    };
    let root = Object::of(parsed.root());
    let format = root.and_then(|mut it| format_of(&mut it));
    format.as_deref() == Some(FORMAT)
}

fn bytes(signs: &str) -> Option<Vec<u8>> {
    let mut made = Vec::with_capacity(signs.len());
    for four in signs.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for sign in four {
            let value = SIGNS.iter().position(|it| it == sign)?;
            bits = bits << 6 | value as u32;
        }
        let count = four.len().checked_sub(1).filter(|it| *it > 0)?;
        let bits = bits << (6 * (4 - four.len()));
        made.extend_from_slice(&bits.to_be_bytes()[1..=count]);
    }
    let (sum, rest) = made.split_first_chunk::<4>()?;
    (u32::from_be_bytes(*sum) == checksum(rest)).then(|| rest.to_vec())
}

/// Adler-32 (RFC 1950): enough to notice what was cut off or changed on its way.
fn checksum(bytes: &[u8]) -> u32 {
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    b << 16 | a
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::deflate::compress_to_vec;
    use proptest::prelude::*;

    /// A link with this in it.
    fn link(content: &[u8]) -> String {
        write(&compress_to_vec(content, 6)).expect("it is short")
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let link = write(&bytes).expect("it is short");
            prop_assert!(link.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.=".contains(&it)));
            prop_assert_eq!(unwrapped(&format!("#{link}")), Ok(bytes.clone()));
            let cut = &link[..link.len() - 1];
            prop_assert!(unwrapped(cut).is_err(), "{}", cut);
        }

        #[test]
        fn nothing_makes_it_stumble(fragment in "(#?share=1?\\.)?[A-Za-z0-9_=é-]{0,40}") {
            drop(read(&fragment));
        }

        #[test]
        fn what_cannot_be_unpacked_does_not_make_it_stumble(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let link = write(&bytes).expect("it is short");
            prop_assert!(read(&link).is_err());
        }
    }

    #[test]
    fn the_length_is_known_before() {
        let most = (MAX_LENGTH - START.len()) * 6 / 8 - 4;
        let link = write(&vec![7; most]).expect("it fits");
        assert!(link.len() <= MAX_LENGTH && link.len() > MAX_LENGTH - 4);
        assert!(matches!(
            write(&vec![7; most + 3]),
            Err(ShareError::TooLong(_))
        ));
    }

    #[test]
    fn what_is_no_project_is_told() {
        let good = format!("{{\"format\": \"{FORMAT}\"}}").into_bytes();
        let whole = link(&good);
        assert_eq!(read(&whole), Ok(good.clone()));
        let much = [good.as_slice(), &vec![b' '; MAX_CONTENT]].concat();
        let long = format!("share=1.{}", "A".repeat(MAX_LENGTH));
        for (fragment, why) in [
            ("share=2.AAAA", ShareError::Newer),
            ("share=", ShareError::Newer),
            ("share=1.AAAA", ShareError::Broken),
            ("share=1.", ShareError::Broken),
            (&whole[..whole.len() - 3], ShareError::Broken),
            (&format!("{whole}."), ShareError::Broken),
            (&long, ShareError::Arrived(long.len())),
            (&link(&much), ShareError::TooMuch),
            (&link(b"<script>alert(1)</script>"), ShareError::Other),
            (&link(b"{\"text\": \"An article\"}"), ShareError::Other),
            (&link(b"[1, 2]"), ShareError::Other),
            (&link(b"PK\x03\x04"), ShareError::Other),
            (&link(b"\xff\xfe"), ShareError::Other),
            (&link(b""), ShareError::Other),
            (&link("[".repeat(100_000).as_bytes()), ShareError::Other),
        ] {
            assert_eq!(read(fragment), Err(why), "{fragment}");
        }
    }

    #[test]
    fn errors_are_sentences() {
        for error in [
            ShareError::TooLong(1),
            ShareError::TooLarge,
            ShareError::Arrived(1),
            ShareError::TooMuch,
            ShareError::Newer,
            ShareError::Broken,
            ShareError::Other,
        ] {
            assert!(error.to_string().ends_with('.'));
        }
    }
}
