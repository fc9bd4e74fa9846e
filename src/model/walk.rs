//! Walking through a text by words and by sentences: what lies after a place and what before it.
//!
//! Words are those of UAX #29, and with them the emoji, which a reader may want to mark. Sentences
//! follow the same annex, but its table of letters alone would take as much of the page as all that
//! is here; the rules are written out below for the signs that end sentences in living scripts.
//! Knows nothing of keys, and nothing of lines, which only a page has.

use super::text::{Offset, Span, Text};
use super::token::{trim, widen_to_graphemes, words};

/// What one walks by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A word or an emoji, without the signs around it; where no blanks part words, as a dictionary
    /// has them ([`use_dictionary`](super::use_dictionary)).
    Word,
    /// The same by the rules of the annex alone, which are the same everywhere.
    Token,
    /// A sentence with its closing signs. None reaches beyond its block.
    Sentence,
}

/// The first word or sentence that begins at byte `from` or later; or, going back, the last one
/// that ends there or earlier. Looks at no more blocks than it must.
pub fn beyond(text: &Text, from: usize, unit: Unit, forward: bool) -> Option<Span> {
    let blocks = text.blocks();
    if forward {
        let first = blocks.partition_point(|it| it.span().end().bytes() <= from);
        for block in first..blocks.len() {
            for piece in pieces(text, block, unit) {
                if piece.start().bytes() >= from {
                    return Some(piece);
                }
            }
        }
    } else {
        let mut block = blocks.partition_point(|it| it.span().start().bytes() < from);
        while block > 0 {
            block -= 1;
            for &piece in pieces(text, block, unit).iter().rev() {
                if piece.end().bytes() <= from {
                    return Some(piece);
                }
            }
        }
    }
    None
}

/// The word or sentence that holds `at`; else the next one, else the last one.
pub fn around(text: &Text, at: Offset, unit: Unit) -> Option<Span> {
    for piece in pieces(text, text.block_at(at), unit) {
        if piece.end() > at {
            return Some(piece);
        }
    }
    beyond(text, at.bytes(), unit, true).or_else(|| beyond(text, text.as_str().len(), unit, false))
}

/// All sentences of a text, in order.
pub fn sentences(text: &Text) -> impl Iterator<Item = Span> {
    let blocks = 0..text.blocks().len();
    blocks.flat_map(|it| pieces(text, it, Unit::Sentence))
}

/// The words or sentences of one block, in order. A block is a few kB at most.
pub fn pieces(text: &Text, block: usize, unit: Unit) -> Vec<Span> {
    let mut found = Vec::new();
    let whole = text.blocks()[block].span();
    let (mut from, end) = (whole.start().bytes(), whole.end().bytes());
    if unit != Unit::Sentence {
        for (start, stop) in words(text, block, unit) {
            pictures(text, from, start, &mut found);
            push(text, start, stop, &mut found);
            from = stop;
        }
        pictures(text, from, end, &mut found);
    } else {
        for length in sentence_lengths(text.slice(whole)) {
            push(text, from, from + length, &mut found);
            from += length;
        }
    }
    found
}

/// Adds what is between two bytes, without blanks at its ends.
fn push(text: &Text, start: usize, end: usize, found: &mut Vec<Span>) {
    if stands_alone(text.as_str().as_bytes(), start, end) {
        return found.push(Span::of_bytes(start, end));
    }
    let Some(span) = text.span(start, end).and_then(|it| trim(text, it)) else {
        return;
    };
    // The rules for words part a few signs of Thai and Lao that belong to one character.
    let span = widen_to_graphemes(text, span);
    match found.last_mut() {
        Some(last) if span.start() < last.end() => *last = last.hull(span),
        _ => found.push(span),
    }
}

/// Whether what is between two bytes is one plain word or sign between plain ones, as nearly all words of English are:
/// then it has no blanks at its ends, and no character reaches over them.
fn stands_alone(content: &[u8], start: usize, end: usize) -> bool {
    let is_plain = |at: usize| {
        content
            .get(at)
            .is_none_or(|it| matches!(it, b'\n' | b' '..=b'~'))
    };
    let is_ink = |at: usize| content.get(at).is_some_and(u8::is_ascii_graphic);
    let is_free = start == 0 || is_plain(start - 1);
    start < end && is_free && is_ink(start) && is_ink(end - 1) && is_plain(end)
}

/// Adds the emoji between two words, each as a word.
fn pictures(text: &Text, start: usize, end: usize, found: &mut Vec<Span>) {
    let Some(gap) = text.span(start, end) else {
        return;
    };
    if text.slice(gap).is_ascii() {
        return;
    }
    for (at, c) in text.slice(gap).char_indices() {
        let is_within = found.last().is_some_and(|it| it.end().bytes() > start + at);
        if !is_within && matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}') {
            push(text, start + at, start + at + c.len_utf8(), found);
        }
    }
}

/// How long the sentences of a block are, in bytes. Rules SB6 to SB11 of UAX #29.
fn sentence_lengths(block: &str) -> Vec<usize> {
    let mut lengths = Vec::new();
    let mut start = 0;
    let ends = block.char_indices();
    for (at, c) in ends.filter(|it| is_stop(it.1) || ends_sentence(it.1)) {
        let (before, after) = (&block[..at], &block[at + c.len_utf8()..]);
        let closed = after.trim_start_matches(closes);
        let rest = closed.trim_start();
        let goes_on = rest.is_empty()
            || rest.starts_with(|c| is_stop(c) || ends_sentence(c) || continues(c))
            || is_stop(c) && is_within(before.chars().next_back(), after, rest);
        if !goes_on {
            let end = block.len() - rest.len();
            lengths.push(end - start);
            start = end;
        }
    }
    lengths.push(block.len() - start);
    lengths
}

/// Whether a full stop is no end: that of a number, of an abbreviation with capitals, or one that a
/// small letter follows.
fn is_within(before: Option<char>, after: &str, rest: &str) -> bool {
    let next = after.chars().next();
    if next.is_some_and(|c| c.is_ascii_digit()) {
        return true;
    }
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    if is_letter(before) && is_letter(next) {
        return true;
    }
    let first = rest
        .chars()
        .find(|&c| c.is_alphabetic() || ends_sentence(c));
    // Beyond these ranges few scripts have small letters, and to tell them takes a table.
    first.is_some_and(|c| {
        matches!(c, ..'\u{590}' | '\u{1e00}'..='\u{1fff}') && c.is_alphabetic() && !c.is_uppercase()
    })
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '\u{2024}' | '\u{fe52}' | '\u{ff0e}')
}

/// Signs that end a sentence whatever follows.
fn ends_sentence(c: char) -> bool {
    // Nearly every letter of most texts is asked about.
    if c.is_ascii() {
        return matches!(c, '!' | '?');
    }
    "։؟۔।॥၊။።፧‼‽⁇⁈⁉。﹖﹗！？｡".contains(c)
}

/// Signs that belong to the sentence before them. The annex counts opening brackets among these, which
/// where no blank stands before them would tear the quotations of Chinese and Japanese apart.
fn closes(c: char) -> bool {
    "\"')]}«»‘’‚‛“”„‟‹›〉》」』】〕）］｝｣".contains(c)
}

/// Signs after which a sentence goes on.
fn continues(c: char) -> bool {
    ",-:;՝،؍–—、︐︑﹐﹑，：；､".contains(c)
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    fn walked(content: &str, unit: Unit) -> Vec<String> {
        let text = Text::new(content).expect("has text");
        let (mut there, mut back) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(piece) = beyond(&text, at, unit, true) {
            there.push(piece);
            at = piece.end().bytes();
        }
        at = text.as_str().len();
        while let Some(piece) = beyond(&text, at, unit, false) {
            back.insert(0, piece);
            at = piece.start().bytes();
        }
        assert_eq!(there, back, "the way back is the way there");
        for &span in &there {
            assert_eq!(around(&text, span.start(), unit), Some(span), "{content}");
            assert_eq!(widen_to_graphemes(&text, span), span, "whole characters");
        }
        let words = there.into_iter().map(|it| text.slice(it).to_owned());
        words.collect()
    }

    #[test]
    fn words_of_every_script_are_walked_both_ways() {
        for (content, words) in [
            ("It isn’t 3.5 €, “no”.", "It isn’t 3.5 no"),
            ("One\n\n  two\nthree", "One two three"),
            ("Ana 👩‍🚒 of 🇫🇷🇩🇪 1️⃣ ☀️!", "Ana 👩‍🚒 of 🇫🇷 🇩🇪 1️⃣ ☀️"),
            ("自転車，修理。", "自 転 車 修 理"),
            ("カタカナとひら", "カタカナ と ひ ら"),
            ("محطة إصلاح، الدراجات؟", "محطة إصلاح الدراجات"),
            ("साइकिल की क्षमता।", "साइकिल की क्षमता"),
            ("น้ำดี", "น้ำ ดี"),
            ("cafe\u{301} — ok", "cafe\u{301} ok"),
            ("דו״ח צה״ל", "דו״ח צה״ל"),
        ] {
            assert_eq!(walked(content, Unit::Word).join(" "), words, "{content}");
        }
    }

    #[test]
    fn sentences_of_every_script_are_walked_both_ways() {
        for sentences in [
            "“Nobody came,” she said. |He did! |(So they say.) |“Why?” |Nobody knew.",
            "It cost 3.5 million in the U.S.A. in May, e.g. for posts. |Ten.",
            "One without an end\n\n|Two\n|Three.",
            "自転車は速い。|本当？|「はい。」|終わり",
            "今天下雨。|明天呢？|不知道！",
            "هل وصل؟ |نعم. |انتهى",
            "वह आया। |क्या सच? |हाँ।",
            "ไปไหนมา กินข้าว",
            "Really?! |Yes!!! |No... |So.",
            "👩‍🚒 came! |👍",
        ] {
            let content = sentences.replace('|', "");
            let parts: Vec<_> = sentences.split('|').map(str::trim).collect();
            assert_eq!(walked(&content, Unit::Sentence), parts);
        }
    }

    #[test]
    fn sentences_are_those_of_the_annex() {
        for content in [
            "“Nobody came,” she said. He did! (So they say.) “Why?” Nobody knew.",
            "It cost 3.5 million in the U.S.A. in May, e.g. for posts. Ten. And so on...",
            "自転車は速い。本当？はい。」終わり、そして。",
            "هل وصل؟ نعم. انتهى، ثم عاد.",
            "वह आया। क्या सच? हाँ॥ नहीं।",
            "Really?! Yes!!! No... “so.” and on. 5. Or. Dr. Who",
            "He said: “Go.” ‘Now!’ — she went. «Bon.» Et puis? Rien",
        ] {
            let ours: Vec<String> = walked(content, Unit::Sentence);
            let theirs: Vec<&str> = content.split_sentence_bounds().map(str::trim).collect();
            assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn what_lies_between_words_leads_to_the_next_one() {
        let text = Text::new("One, two.\n\nend …").expect("has text");
        let word = |at| {
            let at = text.span(0, at).map_or(text.whole().start(), Span::end);
            around(&text, at, Unit::Word).map(|it| text.slice(it))
        };
        assert_eq!(word(0), Some("One"));
        assert_eq!(word(3), Some("two"));
        assert_eq!(word(9), Some("end"));
        assert_eq!(word(text.as_str().len()), Some("end"), "nothing follows");
        let none = Text::new("— …").expect("has text");
        assert_eq!(around(&none, none.whole().start(), Unit::Word), None);
    }
}
