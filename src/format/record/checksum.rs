//! CRC-32 (IEEE 802.3): tells a damaged value from a whole one. Knows nothing of what it sums.

/// What each half byte does to the sum. A table for whole bytes would be a kilobyte of pure noise.
const TABLE: [u32; 16] = {
    let mut table = [0; 16];
    let mut half = 0;
    while half < 16 {
        let mut rest = half as u32;
        let mut bit = 0;
        while bit < 4 {
            rest = (rest >> 1) ^ (if rest & 1 == 1 { 0xedb8_8320 } else { 0 });
            bit += 1;
        }
        table[half] = rest;
        half += 1;
    }
    table
};

/// The CRC-32 of the text's UTF-8 bytes.
pub fn crc32(text: &str) -> u32 {
    let half = |sum: u32| TABLE[(sum & 15) as usize] ^ (sum >> 4);
    let step = |sum: u32, byte: u8| half(half(sum ^ u32::from(byte)));
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
