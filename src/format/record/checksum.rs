//! CRC-32 (IEEE 802.3): tells a damaged value from a whole one. Knows nothing of what it sums.

use std::sync::OnceLock;

/// What a byte does to the sum, and what it does with one, two and three bytes after it. Made when it
/// is first needed: in the program's file it would be four kilobytes of pure noise.
type Tables = [[u32; 256]; 4];

fn tables() -> Tables {
    let mut tables = [[0; 256]; 4];
    let shift = |rest: u32, _| (rest >> 1) ^ (if rest & 1 == 1 { 0xedb8_8320 } else { 0 });
    tables[0] = std::array::from_fn(|byte| (0..8).fold(byte as u32, shift));
    for later in 1..4 {
        let after = |rest: u32| tables[0][(rest & 255) as usize] ^ (rest >> 8);
        tables[later] = tables[later - 1].map(after);
    }
    tables
}

/// The CRC-32 of the text's UTF-8 bytes.
pub fn crc32(text: &str) -> u32 {
    crc32_of_bytes(text.as_bytes())
}

/// The CRC-32 of bytes, four at a time (“slicing by four”, Kounavis and Berry 2005).
pub(in crate::format) fn crc32_of_bytes(bytes: &[u8]) -> u32 {
    static TABLES: OnceLock<Box<Tables>> = OnceLock::new();
    let [one, two, three, four] = &**TABLES.get_or_init(|| Box::new(tables()));
    let (fours, rest) = bytes.as_chunks::<4>();
    let sum = fours.iter().fold(!0, |sum, bytes| {
        let [a, b, c, d] = (sum ^ u32::from_le_bytes(*bytes)).to_le_bytes();
        four[usize::from(a)] ^ three[usize::from(b)] ^ two[usize::from(c)] ^ one[usize::from(d)]
    });
    let step = |sum: u32, byte: &u8| one[((sum ^ u32::from(*byte)) & 255) as usize] ^ (sum >> 8);
    !rest.iter().fold(sum, step)
}

#[cfg(test)]
mod tests {
    use super::crc32;

    #[test]
    fn the_check_value_of_the_standard_comes_out() {
        assert_eq!(crc32("123456789"), 0xcbf4_3926);
        assert_eq!(crc32(""), 0);
        let fox = "The quick brown fox jumps over the lazy dog";
        assert_eq!(crc32(fox), 0x414f_a339);
    }
}
