//! The words of a text in the form in which accounts are compared: what is written differently and read
//! the same is the same. Knows nothing of what is compared.
//!
//! Case, the accents of European letters and the kind of apostrophe do not count. Of English, what
//! reporters change while they copy: short forms are written out (`didn’t` is two words), a possessive
//! `’s` is dropped, numbers in words are digits up to 99, `per cent` and `%` are one word, and
//! `[W]e` is `we`. A word is kept as a number of 32 bits made of its letters; two words that happen to
//! share one, about one pair in four billion, are taken for the same.

use crate::model::{Text, Unit, pieces};

/// Words that hold sentences together. They come in the same order so often that they tell only half as
/// much as words that stand as rarely.
pub(super) const COMMON: &str = "a about after all also am an and any are as asked at be because been before but by can \
    could did do for from get go had has have he her here him his how i if in into is it its just let me \
    more my no not now of on one only or other our out over said say says she should so some such than that \
    the their them then there these they this those to told too up us was we were what when where which who \
    why will with would you your";

/// A word of a text, in bytes. `It’s` gives two with the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub form: u32,
    pub start: u32,
    pub end: u32,
}

/// Reads words; keeps what it needs for the next one.
#[derive(Default)]
pub(super) struct Words {
    folded: String,
}

impl Words {
    /// Adds the words of a block to `found`.
    pub fn of_block(&mut self, text: &Text, block: usize, found: &mut Vec<Word>) {
        let content = text.as_str();
        let first = found.len();
        let mut before = "";
        for piece in pieces(text, block, Unit::Token) {
            let (start, end) = (piece.start().bytes(), piece.end().bytes());
            let last = found[first..].last().copied();
            let gap = last.map_or("", |it| content.get(it.end as usize..start).unwrap_or(""));
            self.folded.clear();
            // “[s]he”: what was read last stands in the brackets alone, with no sign behind it.
            let opening = content
                .get(..start.saturating_sub(1))
                .and_then(|it| it.strip_suffix(before));
            let is_rest = gap == "]" && opening.is_some_and(|it| it.ends_with('['));
            if is_rest {
                fold(before, &mut self.folded);
            }
            fold(text.slice(piece), &mut self.folded);
            let place = |form| Word {
                form,
                start: start as u32,
                end: end as u32,
            };
            if let (true, Some(last)) = (is_rest, last) {
                found.pop();
                let start = last.start;
                self.put(
                    |form| Word {
                        start,
                        ..place(form)
                    },
                    found,
                );
            } else if let Some(joined) = last.and_then(|it| self.joined(it, gap)) {
                found.pop();
                found.push(Word {
                    end: end as u32,
                    ..joined
                });
            } else {
                self.put(place, found);
            }
            if content[end..].starts_with('%') {
                found.push(Word {
                    form: form("percent"),
                    start: end as u32,
                    end: end as u32 + 1,
                });
            }
            before = text.slice(piece);
        }
    }

    /// The folded word and the one before it as one: `forty-two`, `per cent`.
    fn joined(&self, last: Word, gap: &str) -> Option<Word> {
        if self.folded == "cent" && last.form == form("per") {
            return Some(Word {
                form: form("percent"),
                ..last
            });
        }
        let unit = number_of(&self.folded).filter(|it| (1..10).contains(it) && gap == "-")?;
        let tens = (2..10)
            .map(|it| it * 10)
            .find(|it| number_form(*it) == last.form)?;
        Some(Word {
            form: number_form(tens + unit),
            ..last
        })
    }

    /// Adds the folded word, in two where it is short for two.
    fn put(&self, place: impl Fn(u32) -> Word, found: &mut Vec<Word>) {
        let (stem, rest) = written_out(&self.folded);
        let stem = number_of(stem).map_or_else(|| form(stem), number_form);
        found.push(place(stem));
        if !rest.is_empty() {
            found.push(place(form(rest)));
        }
    }
}

/// What a word tells that stands `count` times among `all` words, in bits: as though there were some more
/// text in which it does not stand, as a few articles are too little to say that a word is rare.
pub(super) fn bits(count: u32, all: usize) -> f32 {
    ((all + 2000) as f32 / (count + 1) as f32).log2()
}

/// The forms of some words that stand in no text.
pub(super) fn forms(words: &str) -> Vec<u32> {
    let Ok(text) = Text::new(words) else {
        return Vec::new();
    };
    let (mut reader, mut found) = (Words::default(), Vec::new());
    for block in 0..text.blocks().len() {
        reader.of_block(&text, block, &mut found);
    }
    found.iter().map(|it| it.form).collect()
}

/// Appends the letters of a word without case, accents and the commas within numbers.
pub(super) fn fold(word: &str, folded: &mut String) {
    let is_number = word.starts_with(|c: char| c.is_ascii_digit());
    for c in word.chars() {
        match c {
            'a'..='z' | '0'..='9' => folded.push(c),
            'A'..='Z' => folded.push(c.to_ascii_lowercase()),
            '’' | 'ʼ' | '＇' => folded.push('\''),
            ',' if is_number => {}
            '\u{300}'..='\u{36f}' | '\u{ad}' => {}
            '\u{c0}'..='\u{17f}' => folded.push_str(plain_letter(c)),
            'Α'..='Ω' | 'А'..='Я' => folded.push(char::from_u32(c as u32 + 32).unwrap_or(c)),
            'Ѐ'..='Џ' => folded.push(char::from_u32(c as u32 + 80).unwrap_or(c)),
            _ => folded.push(c),
        }
    }
}

/// The small letter without an accent for each of Latin-1 and Latin Extended-A.
fn plain_letter(c: char) -> &'static str {
    const FIRST: &str = "aaaaaaæceeeeiiiiðnooooo×ouuuuyþßaaaaaaæceeeeiiiiðnooooo÷ouuuuyþy";
    const SECOND: &str = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiĳĳjjkkĸllllllllllnnnnnnnnnooooooœœrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    let at = c as usize;
    let (all, at) = if at < 0x100 {
        (FIRST, at - 0xc0)
    } else {
        (SECOND, at - 0x100)
    };
    let found = all.char_indices().nth(at);
    found.map_or("", |(from, it)| &all[from..from + it.len_utf8()])
}

/// A word that is short for two, as both of them.
fn written_out(word: &str) -> (&str, &str) {
    let Some((stem, ending)) = word.rsplit_once('\'') else {
        return match word {
            "cannot" => ("can", "not"),
            _ => (word, ""),
        };
    };
    let is_after = [
        "it", "that", "he", "she", "what", "there", "who", "where", "here", "let",
    ];
    match ending {
        "t" if word == "can't" => ("can", "not"),
        "t" if word == "won't" => ("will", "not"),
        "t" if stem.ends_with('n') => (&stem[..stem.len() - 1], "not"),
        "re" => (stem, "are"),
        "ve" => (stem, "have"),
        "ll" => (stem, "will"),
        "d" => (stem, "would"),
        "m" => (stem, "am"),
        "s" if is_after.contains(&stem) => (stem, "is"),
        "s" | "" => (stem, ""),
        _ => (word, ""),
    }
}

/// The number that a word of English means, up to 90 in one word.
pub(super) fn number_of(word: &str) -> Option<u32> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    if !(3..=9).contains(&word.len()) {
        return None;
    }
    let small = SMALL.iter().position(|it| *it == word);
    let tens = || {
        TENS.iter()
            .position(|it| *it == word)
            .map(|it| it * 10 + 20)
    };
    small.or_else(tens).map(|it| it as u32)
}

fn number_form(number: u32) -> u32 {
    let digits = [b'0' + (number / 10 % 10) as u8, b'0' + (number % 10) as u8];
    form_of(&digits[usize::from(number < 10)..])
}

pub(super) fn form(word: &str) -> u32 {
    form_of(word.as_bytes())
}

/// FNV-1a of 32 bits, mixed once more so that its lowest bits differ, too.
fn form_of(word: &[u8]) -> u32 {
    let step = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    let hash = word.iter().fold(0x811c_9dc5, step);
    (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d) ^ (hash >> 12)
}

#[cfg(test)]
mod tests;
