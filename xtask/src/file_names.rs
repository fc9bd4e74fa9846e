//! The names that the page's files get: what they tell of a file, and the hash in them. Knows nothing of what is in the files.

use std::ops::Range;

use sha2::{Digest, Sha256};

/// Whether a file is a part of the program that the page fetches once it is ready.
pub fn is_later_part(name: &str) -> bool {
    name.ends_with(".wasm") && !name.ends_with("_bg.wasm")
}

/// Whether a file is the part of the program with the formats of other programs.
pub fn is_doors_part(name: &str) -> bool {
    is_later_part(name) && name.contains("-doors-")
}

/// Whether a file is the part of the program that changes labels and questions.
pub fn is_scheme_part(name: &str) -> bool {
    is_later_part(name) && name.contains("-scheme-")
}

/// Whether a file is the part of the program that shows accounts beside each other.
pub fn is_accounts_part(name: &str) -> bool {
    is_later_part(name) && name.contains("-accounts-")
}

/// Whether a file is the part of the program about people who mark.
pub fn is_people_part(name: &str) -> bool {
    is_later_part(name) && name.contains("-people-")
}

/// Where a name as Trunk gives it (`NAME-HASH.css`, `NAME-HASH_bg.wasm`) has its hash.
pub fn hash_in_name(name: &str) -> Option<Range<usize>> {
    let start = name.rfind('-')? + 1;
    let length = name[start..].find(|sign: char| !matches!(sign, '0'..='9' | 'a'..='f'))?;
    let rest = &name[start + length..];
    let rest = rest.strip_prefix("_bg").unwrap_or(rest);
    ((8..=16).contains(&length) && rest.starts_with('.')).then_some(start..start + length)
}

/// The first 16 hexadecimal digits of the SHA-256.
pub fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_changed() {
        assert_eq!(hash_in_name("base-1234567890abcdef.css"), Some(5..21));
        assert_eq!(hash_in_name("a-b-123456789abcde_bg.wasm"), Some(4..18));
        for name in [
            "index.html",
            "robots.txt",
            "wire-report.txt",
            "a-facade.css",
            "x-1234567890abcdef",
            "x-1234567890abcdef0.js",
        ] {
            assert_eq!(hash_in_name(name), None, "{name}");
        }
    }
}
