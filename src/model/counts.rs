//! How many characters some UTF-8 holds, in the units of other programs. Eight bytes are looked at at once: the
//! page has no instructions for more. Knows nothing of texts.

/// How many code points whole characters of UTF-8 are. Told by the first byte of each, which is far quicker
/// than to put the characters together.
pub fn count_code_points(bytes: &[u8]) -> u32 {
    // All bytes but those that go on with a character, which begin with the bits 10.
    count_bytes(bytes, |eight| !eight | eight << 1)
}

/// How many UTF-16 units whole characters of UTF-8 are: one each, and two where there are four bytes.
pub fn count_utf16(bytes: &[u8]) -> u32 {
    count_code_points(bytes) + count_long(bytes)
}

/// How many characters of four bytes there are, which begin with the bits 1111.
pub(super) fn count_long(bytes: &[u8]) -> u32 {
    count_bytes(bytes, |eight| eight & eight << 1 & eight << 2 & eight << 3)
}

/// How many bytes have their highest bit after `mark`, which sees eight of them at a time. Bytes that go on with
/// a character must have none.
fn count_bytes(bytes: &[u8], mark: impl Fn(u64) -> u64) -> u32 {
    const HIGHEST: u64 = 0x8080_8080_8080_8080;
    let count = |eight: u64| (mark(eight) & HIGHEST).count_ones();
    let (eights, rest) = bytes.as_chunks::<8>();
    let last = rest
        .iter()
        .fold(HIGHEST, |eight, it| eight << 8 | u64::from(*it));
    let eights = eights.iter().map(|it| count(u64::from_le_bytes(*it)));
    eights.sum::<u32>() + count(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn they_count_what_is_there(words in "[a-zé—汉🚲\u{0}\u{7ff}\u{800}\u{ffff}\u{10000}\u{10ffff}]{0,40}") {
            let counted = (count_code_points(words.as_bytes()), count_utf16(words.as_bytes()));
            let expected = (words.chars().count() as u32, words.encode_utf16().count() as u32);
            proptest::prop_assert_eq!(counted, expected);
        }
    }
}
