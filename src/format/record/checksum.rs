//! CRC-32 (IEEE 802.3): tells a damaged value from a whole one. Knows nothing of what it sums.

const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut rest = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            rest = (rest >> 1) ^ (if rest & 1 == 1 { 0xedb8_8320 } else { 0 });
            bit += 1;
        }
        table[byte] = rest;
        byte += 1;
    }
    table
};

/// The CRC-32 of the text's UTF-8 bytes.
pub fn crc32(text: &str) -> u32 {
    let step = |sum: u32, byte: u8| TABLE[usize::from(sum as u8 ^ byte)] ^ (sum >> 8);
    !text.bytes().fold(!0, step)
}

#[cfg(test)]
mod tests {
    use super::crc32;

    #[test]
    fn the_check_value_of_the_standard_comes_out() {
        assert_eq!(crc32("123456789"), 0xcbf4_3926);
        assert_eq!(crc32(""), 0);
    }
}
