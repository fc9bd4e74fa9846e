//! Damage to encoded values: what a bad disk, another program or a malicious file makes of them.
//! Knows nothing of what the values mean.

use sourcelight::format::record::crc32;

/// Numbers by chance, the same for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The dice of one case of a run.
    pub fn of_case(seed: u64, case: u64) -> Self {
        let mut dice = Self(seed ^ case.wrapping_mul(0xd134_2543_de82_ef95));
        dice.next();
        dice
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which must not be 0.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

const NUMBERS: [&str; 18] = [
    "-1",
    "-0",
    "0",
    "1",
    "1e400",
    "-1e400",
    "1.5",
    "12.0",
    "00",
    "0x10",
    "NaN",
    "2147483648",
    "4294967295",
    "4294967296",
    "9007199254740993",
    "18446744073709551615",
    "18446744073709551616",
    "123456789012345678901234567890",
];

const STRINGS: [&str; 18] = [
    "",
    " ",
    "\\ud800",
    "\\udc00\\ud83d",
    "\\u0000",
    "\\ufeff\\ufeff",
    "__proto__",
    "constructor",
    "-",
    "a:b:c",
    "sl1:h",
    "../x",
    "claim",
    "d1",
    "\\r\\n",
    "e\\u0301",
    "9999-99-99T99:99:99Z",
    "#12345g",
];

const PIECES: [&[u8]; 34] = [
    b"\0",
    b"\"",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"null",
    b"true",
    b"{}",
    b"[[]]",
    b"\r",
    b"\r\n\r\n",
    b"\n",
    b"\t",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xa8",
    b"\xe2\x80\xae",
    b"\xcc\x81",
    b"\xf0\x9f\x9a\xb2",
    b"\xff",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xff\xfe",
    b"<script>",
    b"---\n",
    b"```\n",
    b"> - # ",
    b"[a](b \"",
    b"**_*__`",
    b"&#0;&amp",
    b"| a | b |\n|---|---|\n",
];

/// Damages `value` once or a few times. `others` are values of the same kind, to splice with.
pub fn mutate(value: &mut Vec<u8>, others: &[&[u8]], dice: &mut Dice) {
    let times = 1 + dice.below(8).saturating_sub(4);
    for _ in 0..times {
        once(value, others, dice);
    }
}

fn once(value: &mut Vec<u8>, others: &[&[u8]], dice: &mut Dice) {
    let at = dice.below(value.len() + 1);
    match dice.below(12) {
        0 if !value.is_empty() => {
            let at = dice.below(value.len());
            value[at] ^= 1 << dice.below(8);
        }
        1 => value.truncate(at),
        2 => drop(value.drain(at..end_of_piece(value, at, dice))),
        3 => {
            let piece = value[at..end_of_piece(value, at, dice)].to_vec();
            let times = *dice.pick(&[1, 1, 1, 2, 30, 1_000]);
            let times = times.min(60_000 / piece.len().max(1));
            value.splice(at..at, piece.repeat(times));
        }
        4 if !others.is_empty() => {
            let other = dice.pick(others);
            let from = dice.below(other.len() + 1);
            value.truncate(at);
            value.extend_from_slice(&other[from..]);
        }
        5 | 6 => {
            let number = dice.pick(&NUMBERS).as_bytes().to_vec();
            replace(value, at, u8::is_ascii_digit, &number);
        }
        7 => {
            let text = dice.pick(&STRINGS).as_bytes().to_vec();
            replace(value, at, |it| *it != b'"', &text);
        }
        8 => nest(value, at, dice),
        9 => swap_entries(value, dice),
        10 => remove_entry(value, at),
        _ => {
            let piece = *dice.pick(&PIECES);
            value.splice(at..at, piece.iter().copied());
        }
    }
}

fn end_of_piece(value: &[u8], start: usize, dice: &mut Dice) -> usize {
    let most = *dice.pick(&[4, 40, 400, 4_000]);
    (start + dice.below(most)).min(value.len())
}

/// Replaces the first run of such bytes at or after `at`.
fn replace(value: &mut Vec<u8>, at: usize, fits: impl Fn(&u8) -> bool, by: &[u8]) {
    let Some(start) = value[at..].iter().position(&fits).map(|it| at + it) else {
        return;
    };
    let length = value[start..].iter().take_while(|it| fits(it)).count();
    value.splice(start..start + length, by.iter().copied());
}

/// Puts many lists or objects around what stands at `at`, or opens them and leaves them open.
fn nest(value: &mut Vec<u8>, at: usize, dice: &mut Dice) {
    let depth = *dice.pick(&[2, 20, 57, 60, 64, 65, 120, 127, 128, 129, 3_000, 40_000]);
    let (open, close) = *dice.pick(&[("[", "]"), ("{\"a\":", "}"), ("{\"x\":[", "]}")]);
    let start = value[at..].iter().position(|it| *it == b':');
    let start = start.map_or(at, |it| at + it + 1);
    let mut nested = open.repeat(depth).into_bytes();
    if dice.below(4) > 0 {
        nested.extend_from_slice(b"1");
        nested.extend_from_slice(close.repeat(depth).as_bytes());
        nested.extend_from_slice(b",\"zz\":");
    }
    value.splice(start..start, nested);
}

/// The places of the commas, which are between entries where they are not in texts.
fn commas(value: &[u8]) -> Vec<usize> {
    let places = (0..value.len()).filter(|it| value[*it] == b',');
    places.collect()
}

fn swap_entries(value: &mut Vec<u8>, dice: &mut Dice) {
    let commas = commas(value);
    if commas.len() < 4 {
        return;
    }
    let first = dice.below(commas.len() - 3);
    let second = first + 2 + dice.below(commas.len() - first - 3);
    let (a, b) = (commas[first], commas[first + 1]);
    let (c, d) = (commas[second], commas[second + 1]);
    let swapped = [&value[c..d], &value[b..c], &value[a..b]].concat();
    value.splice(a..d, swapped);
}

fn remove_entry(value: &mut Vec<u8>, at: usize) {
    let commas = commas(value);
    let first = commas.partition_point(|it| *it < at);
    if let Some([from, to]) = commas.get(first..).and_then(<[_]>::first_chunk) {
        value.drain(*from..*to);
    }
}

/// The content of a stored value whose checksum is right.
pub fn unsealed(value: &str) -> Option<&str> {
    let (checksum, content) = value.strip_prefix('[')?.split_once(',')?;
    let content = content.strip_suffix(']')?;
    (checksum.parse() == Ok(crc32(content))).then_some(content)
}

/// A stored value around `content`, with the right checksum.
pub fn sealed(content: &str) -> String {
    format!("[{},{content}]", crc32(content))
}
