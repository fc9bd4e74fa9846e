//! Packs what the one file holds: LZMA, which is a quarter smaller than gzip here, and then text of which each sign has seven
//! bits, a seventh smaller than base64. `open.js` unpacks it. Knows nothing of what is packed.

use std::io::Write;

use lzma_rust2::{LzmaOptions, LzmaWriter};

use crate::steps::Outcome;

/// What HTML changes or ends at, and what old programs take for the end of a text. The numbers of their places are in `open.js`.
const UNFIT: [u8; 6] = [0, b'\n', b'\r', 26, b'&', b'<'];

/// Bytes as text that can stand in a `script` element: how many there are, a space, and what is packed.
pub fn packed(bytes: &[u8]) -> Outcome<String> {
    let failed = |error: std::io::Error| format!("The one file cannot be packed: {error}.");
    // Where a program stands in its bytes says little about it, the half of the letter before a good deal.
    let options = LzmaOptions {
        lc: 4,
        lp: 0,
        pb: 0,
        dict_size: 8 << 20,
        nice_len: 273,
        depth_limit: 1000,
        ..LzmaOptions::with_preset(9)
    };
    let mut packer = LzmaWriter::new_no_header(Vec::new(), &options, false).map_err(failed)?;
    packer.write_all(bytes).map_err(failed)?;
    let packed = packer.finish().map_err(failed)?;
    Ok(format!("{} {}", bytes.len(), as_text(&packed)))
}

/// Seven bits a sign.
fn as_text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 6 / 5);
    let mut sevens = Sevens::of(bytes);
    while let Some(seven) = sevens.next() {
        match UNFIT.iter().position(|it| *it == seven) {
            None => text.push(char::from(seven)),
            Some(place) => {
                // A sign of two bytes has room for the next seven bits as well.
                let next = u32::from(sevens.next().unwrap_or(0));
                let sign = (place as u32) << 8 | 128 | next;
                text.extend(char::from_u32(sign));
            }
        }
    }
    text
}

/// The bits of bytes, seven at a time; zeros at the end.
struct Sevens<'bytes> {
    bytes: std::slice::Iter<'bytes, u8>,
    kept: u16,
    count: u8,
}

impl<'bytes> Sevens<'bytes> {
    fn of(bytes: &'bytes [u8]) -> Self {
        Self {
            bytes: bytes.iter(),
            kept: 0,
            count: 0,
        }
    }
}

impl Iterator for Sevens<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if self.count < 7 {
            match self.bytes.next() {
                Some(byte) => {
                    self.kept = self.kept << 8 | u16::from(*byte);
                    self.count += 8;
                }
                None if self.count == 0 => return None,
                None => {
                    self.kept <<= 7 - self.count;
                    self.count = 7;
                }
            }
        }
        self.count -= 7;
        let seven = self.kept >> self.count & 127;
        self.kept &= (1 << self.count) - 1;
        u8::try_from(seven).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `open.js` does with the signs.
    fn bytes_of(text: &str) -> Vec<u8> {
        let mut bits = Vec::new();
        for sign in text.chars().map(u32::from) {
            let escaped = (sign > 127).then(|| u32::from(UNFIT[(sign >> 8) as usize]));
            for seven in escaped.into_iter().chain([sign & 127]) {
                bits.extend((0..7).rev().map(|bit| seven >> bit & 1 == 1));
            }
        }
        bits.chunks_exact(8)
            .map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit)))
            .collect()
    }

    #[test]
    fn every_byte_comes_back() {
        let all: Vec<u8> = (0..=255).chain((0..=255).rev()).collect();
        for length in 0..all.len() {
            let bytes = &all[..length];
            let text = as_text(bytes);
            assert_eq!(&bytes_of(&text)[..length], bytes, "{length}");
            assert!(!text.contains(['\0', '\n', '\r', '<', '&']), "{text}");
        }
    }

    #[test]
    fn it_is_a_seventh_more_than_the_bytes() {
        let bytes: Vec<u8> = (0_u32..10_000)
            .map(|it| (it.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        let length = as_text(&bytes).len();
        assert!((11_428..11_700).contains(&length), "{length}");
    }

    #[test]
    fn the_length_comes_first() {
        let text = packed(&b"the same words again and again, ".repeat(100)).expect("it fits");
        assert!(text.starts_with("3200 ") && text.len() < 120, "{text}");
    }
}
