//! A few articles and marks within an address: compressed bytes as text behind the `#`, which no server is ever
//! sent. Says how long it gets and refuses what would be cut off on its way. Knows nothing of how bytes are
//! compressed, which is the browser's work.

/// What such a part of an address begins with; the number is its version.
const START: &str = "share=1.";

/// The longest part that is made or read, in characters: longer addresses are cut off by some programs.
pub const MAX_LENGTH: usize = 16_000;

/// The most that the bytes may hold once they are uncompressed, in bytes. To be checked while they are
/// uncompressed, so that a few of them cannot fill the memory.
pub const MAX_CONTENT: usize = 512 * 1024;

/// From how many characters on some programs that pass on links shorten them.
pub const RISKY_LENGTH: usize = 2_000;

/// Why there is no link, or why one cannot be read, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// It would be longer than [`MAX_LENGTH`].
    #[error(
        "The link would have {0} characters, and at most {MAX_LENGTH} arrive for sure. Share a file instead."
    )]
    TooLong(usize),
    /// It holds more than [`MAX_CONTENT`].
    #[error("The link holds more than {} kB; it was not opened.", MAX_CONTENT / 1024)]
    TooMuch,
    /// Of another version.
    #[error("This link is of another version of the page. A newer page may open it.")]
    Newer,
    /// Not what was made.
    #[error("The link is not complete, or was changed on its way. Ask for it again.")]
    Broken,
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

/// The compressed bytes that a part of an address holds; `None` where it is another kind of part.
pub fn read(fragment: &str) -> Option<Result<Vec<u8>, ShareError>> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    if !fragment.starts_with("share=") {
        return None;
    }
    let Some(signs) = fragment.strip_prefix(START) else {
        return Some(Err(ShareError::Newer));
    };
    if fragment.len() > MAX_LENGTH {
        return Some(Err(ShareError::TooLong(fragment.len())));
    }
    Some(bytes(signs).ok_or(ShareError::Broken))
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
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let link = write(&bytes).expect("it is short");
            prop_assert!(link.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.=".contains(&it)));
            prop_assert_eq!(read(&format!("#{link}")), Some(Ok(bytes.clone())));
            let cut = &link[..link.len() - 1];
            prop_assert!(matches!(read(cut), Some(Err(_))), "{}", cut);
        }

        #[test]
        fn nothing_makes_it_stumble(fragment in "(#?share=1?\\.)?[A-Za-z0-9_=é-]{0,40}") {
            drop(read(&fragment));
        }
    }

    #[test]
    fn what_is_too_long_or_newer_is_told() {
        let most = (MAX_LENGTH - START.len()) * 6 / 8 - 4;
        let link = write(&vec![7; most]).expect("it fits");
        assert!(link.len() <= MAX_LENGTH && link.len() > MAX_LENGTH - 4);
        assert!(matches!(
            write(&vec![7; most + 3]),
            Err(ShareError::TooLong(_))
        ));
        assert_eq!(read("#share=2.AAAA"), Some(Err(ShareError::Newer)));
        assert_eq!(read("#share=1.AAAA"), Some(Err(ShareError::Broken)));
        assert_eq!(read("#/document/a"), None);
        let long = format!("share=1.{}", "A".repeat(MAX_LENGTH));
        assert!(matches!(read(&long), Some(Err(ShareError::TooLong(_)))));
        for error in [
            ShareError::TooLong(1),
            ShareError::TooMuch,
            ShareError::Newer,
            ShareError::Broken,
        ] {
            assert!(error.to_string().ends_with('.'));
        }
    }
}
