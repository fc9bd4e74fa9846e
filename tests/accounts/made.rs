//! Made texts: words as often as in a language, in no order. The same numbers give the same texts.

/// Makes texts.
pub struct Maker(u64);

impl Maker {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }

    /// A word; the n-th most frequent one is about 1/n as frequent as the first, as in any language.
    pub fn word(&mut self) -> String {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        self.word_of_rank(40_000_f64.powf(share) as usize)
    }

    fn word_of_rank(&self, rank: usize) -> String {
        const COMMON: [&str; 20] = [
            "the", "of", "and", "to", "in", "a", "that", "it", "was", "for", "is", "he", "on",
            "with", "as", "his", "they", "at", "by", "not",
        ];
        const SYLLABLES: [&str; 16] = [
            "ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu", "da", "fe", "gi", "ho",
            "ju", "pa",
        ];
        if let Some(word) = COMMON.get(rank - 1) {
            return (*word).to_owned();
        }
        let (mut left, mut word) = (rank, String::new());
        while left > 0 {
            word.push_str(SYLLABLES[left % 16]);
            left /= 16;
        }
        word
    }

    pub fn words(&mut self, count: usize) -> Vec<String> {
        (0..count).map(|_| self.word()).collect()
    }

    /// Sentences and paragraphs of about `bytes` bytes.
    pub fn article(&mut self, bytes: usize) -> String {
        let mut text = String::new();
        while text.len() < bytes {
            for _ in 0..2 + self.below(4) {
                let count = 8 + self.below(20);
                let sentence = self.words(count).join(" ");
                text.push_str(&sentence[..1].to_uppercase());
                text.push_str(&sentence[1..]);
                text.push_str(". ");
            }
            text.push_str("\n\n");
        }
        text
    }

    /// The words with `changes` of them, at places of their own, replaced by others.
    pub fn changed(&mut self, words: &[String], changes: usize) -> Vec<String> {
        let mut changed = words.to_vec();
        let mut places: Vec<usize> = (0..words.len()).collect();
        for _ in 0..changes {
            let place = places.swap_remove(self.below(places.len()));
            changed[place] = format!("{}x", self.word());
        }
        changed
    }
}
