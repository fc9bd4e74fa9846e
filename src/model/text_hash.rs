//! What identifies a text: the SHA-256 of its bytes. Knows nothing of the text.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest, Sha256};

/// The SHA-256 of a text's UTF-8 bytes, as 64 lower-case hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextHash(Arc<str>);

impl TextHash {
    /// The hash of `content`.
    pub fn of(content: &str) -> Self {
        let digest = Sha256::digest(content.as_bytes());
        let mut hex = String::with_capacity(64);
        for byte in digest {
            for nibble in [byte >> 4, byte & 15] {
                hex.push(char::from_digit(nibble.into(), 16).expect("a nibble is below 16"));
            }
        }
        Self(hex.into())
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}…", &self.0[..8])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_sha_256_of_the_bytes() {
        assert_eq!(
            TextHash::of("abc").as_str(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
