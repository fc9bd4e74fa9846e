//! Words, sentences and graphemes: where a span may begin and end, and where the next step lies.
//!
//! The rules are those of UAX #29 as `unicode-segmentation` has them: the same in every browser, so
//! that a border drawn in one of them is a border in all. Knows nothing of annotations.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::dictionary;
use super::text::{Offset, Span, Text};
use super::walk::Unit;

/// What a step of the end of a span goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boundary {
    /// The next user-perceived character.
    Grapheme,
    /// The next start or end of a word.
    Word,
}

/// `span` without white space at its ends; `None` where nothing is left.
pub fn trim(text: &Text, span: Span) -> Option<Span> {
    let slice = text.slice(span);
    let start = span.start().bytes() + (slice.len() - slice.trim_start().len());
    let end = span.start().bytes() + slice.trim_end().len();
    text.span(start, end.max(start))
}

/// `span`, widened so that neither end lies within a grapheme.
pub fn widen_to_graphemes(text: &Text, span: Span) -> Span {
    let content = text.as_str();
    let start = floor_grapheme(content, span.start().bytes());
    let end = span.end().bytes();
    let floor = floor_grapheme(content, end);
    let end = if floor == end {
        end
    } else {
        next_grapheme(content, floor)
    };
    text.span(start, end).unwrap_or(span)
}

/// `span`, widened to the words or tokens its ends lie in. Ends between them stay.
pub fn snap(text: &Text, span: Span, unit: Unit) -> Span {
    let around = |at, opening| word_around(text, at, unit, opening);
    let start = around(span.start(), true).map_or(span.start().bytes(), |word| word.0);
    let end = around(span.end(), false).map_or(span.end().bytes(), |word| word.1);
    text.span(start, end).unwrap_or(span)
}

/// Which end of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Its beginning.
    Start,
    /// Its end.
    End,
}

impl End {
    /// A span with this end one step farther on or back; `None` where nothing would be left.
    pub fn moved(
        self,
        text: &Text,
        span: Span,
        boundary: Boundary,
        is_forward: bool,
    ) -> Option<Span> {
        let to = |at| step(text, at, boundary, is_forward);
        match self {
            End::Start => text.span(to(span.start()), span.end().bytes()),
            End::End => text.span(span.start().bytes(), to(span.end())),
        }
    }
}

/// The place one step before or after `from`; the text's ends hold. White space is passed over: a
/// span never ends in it.
pub fn step(text: &Text, from: Offset, boundary: Boundary, forward: bool) -> usize {
    match boundary {
        Boundary::Grapheme => grapheme_step(text.as_str(), from.bytes(), forward),
        Boundary::Word => word_step(text, from.bytes(), forward),
    }
}

fn grapheme_step(content: &str, mut from: usize, forward: bool) -> usize {
    loop {
        let to = if forward {
            next_grapheme(content, from)
        } else {
            previous_grapheme(content, from)
        };
        let crossed = &content[from.min(to)..from.max(to)];
        if to == from || !crossed.trim().is_empty() {
            return to;
        }
        from = to;
    }
}

/// Start and end of each word or token of a block, in bytes.
pub(super) fn words(text: &Text, block: usize, unit: Unit) -> Vec<(usize, usize)> {
    let block = text.blocks()[block].span();
    let mut found = Vec::new();
    find_words(text.slice(block), block.start().bytes(), &mut found);
    match unit {
        Unit::Word => dictionary::looked_up(text.as_str(), found),
        _ => found,
    }
}

/// Adds start and end of each word of `content`, which begins at the byte `base`.
///
/// No rule of the annex joins anything over a blank, but for signs that join the blank itself, and none of those is
/// ASCII. So a stretch between such blanks can be looked at alone, and hardly any needs more than a glance.
fn find_words(content: &str, base: usize, found: &mut Vec<(usize, usize)>) {
    let bytes = content.as_bytes();
    let parts = |at: usize| {
        let after = || bytes.get(at + 1).is_none_or(u8::is_ascii);
        bytes.get(at).is_none_or(|it| *it == b' ' && after())
    };
    let mut from = 0;
    while from < bytes.len() {
        let mut end = from;
        while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            end += 1;
        }
        if !parts(end) {
            while !parts(end) {
                end += 1;
            }
            let words = content[from..end].unicode_word_indices();
            found.extend(words.map(|(start, word)| {
                let start = base + from + start;
                (start, start + word.len())
            }));
        } else if end > from {
            found.push((base + from, base + end));
        }
        from = end + 1;
    }
}

/// Start and end of the word that holds `at` strictly inside it, as bytes. `opening` decides for
/// the place between two characters whether the one after or before counts as inside.
fn word_around(text: &Text, at: Offset, unit: Unit, opening: bool) -> Option<(usize, usize)> {
    let block = text.block_at(at);
    let at = at.bytes();
    words(text, block, unit).into_iter().find(|&(start, end)| {
        if opening {
            start <= at && at < end
        } else {
            start < at && at <= end
        }
    })
}

fn word_step(text: &Text, from: usize, forward: bool) -> usize {
    let blocks = text.blocks();
    if forward {
        let first = blocks.partition_point(|block| block.span().end().bytes() <= from);
        for block in first..blocks.len() {
            for (_, end) in words(text, block, Unit::Word) {
                if end > from {
                    return end;
                }
            }
        }
        return text.as_str().len();
    }
    let mut block = blocks.partition_point(|block| block.span().start().bytes() < from);
    while block > 0 {
        block -= 1;
        for &(start, _) in words(text, block, Unit::Word).iter().rev() {
            if start < from {
                return start;
            }
        }
    }
    0
}

/// Whether no grapheme of `content` lies on both sides of the byte `at`.
pub fn is_grapheme_boundary(content: &str, at: usize) -> bool {
    // Nearly all text is decided by the first rule: of two plain characters none joins the other.
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~');
    if at > 0
        && content
            .as_bytes()
            .get(at - 1..=at)
            .is_some_and(|it| it.iter().all(is_plain))
    {
        return true;
    }
    let mut cursor = GraphemeCursor::new(at, content.len(), true);
    cursor.is_boundary(content, 0) != Ok(false)
}

fn floor_grapheme(content: &str, at: usize) -> usize {
    match is_grapheme_boundary(content, at) {
        false => previous_grapheme(content, at),
        true => at,
    }
}

fn next_grapheme(content: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, content.len(), true);
    let next = cursor.next_boundary(content, 0);
    next.ok().flatten().unwrap_or(content.len())
}

fn previous_grapheme(content: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, content.len(), true);
    let previous = cursor.prev_boundary(content, 0);
    previous.ok().flatten().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks a change of ends: `|` marks both ends before, `[` and `]` after.
    fn check(change: fn(&Text, Span) -> Option<Span>, before: &str, after: &str) {
        let text = Text::new(&before.replace('|', "")).expect("has text");
        let first = before.find('|').expect("a first bar");
        let last = before.rfind('|').expect("a last bar") - 1;
        let span = text.span(first, last).expect("bars make a span");
        let shown = change(&text, span).map(|span| {
            let (start, end) = (span.start().bytes(), span.end().bytes());
            let whole = text.as_str();
            format!(
                "{}[{}]{}",
                &whole[..start],
                &whole[start..end],
                &whole[end..]
            )
        });
        assert_eq!(shown.as_deref().unwrap_or("nothing"), after, "{before}");
    }

    proptest::proptest! {
        #[test]
        fn words_are_those_of_the_annex(content in "[a-z09 ._'’“\u{301}\u{200d}\u{ad}\u{a0}\t\u{5d3}\"カ汉👩🇫é]{0,24}") {
            let mut found = Vec::new();
            find_words(&content, 0, &mut found);
            let all = content.unicode_word_indices();
            let all: Vec<_> = all.map(|(start, word)| (start, start + word.len())).collect();
            proptest::prop_assert_eq!(found, all);
        }
    }

    #[test]
    fn white_space_is_trimmed_from_both_ends() {
        check(trim, "a| b \n|c", "a [b] \nc");
        check(trim, "a|\u{a0}\u{3000}“b”|c", "a\u{a0}\u{3000}[“b”]c");
        check(trim, "a| \n |b", "nothing");
    }

    #[test]
    fn ends_never_lie_within_a_grapheme() {
        let widen = |text: &Text, span| Some(widen_to_graphemes(text, span));
        check(widen, "caf|e|\u{301}s", "caf[e\u{301}]s");
        check(widen, "a👩|\u{200d}|🚒b", "a[👩\u{200d}🚒]b");
        check(widen, "🇫🇷|🇩|🇪", "🇫🇷[🇩🇪]");
        check(widen, "a|b|c", "a[b]c");
    }

    #[test]
    fn snapping_takes_whole_words() {
        let whole = |text: &Text, span| Some(snap(text, span, Unit::Word));
        check(whole, "on|e tw|o", "[one two]");
        check(whole, "it |is|n’t so", "it [isn’t] so");
        check(whole, "(|20%|)", "([20%])");
        check(whole, "|a |b", "[a ]b");
    }

    #[test]
    fn steps_go_to_the_next_word_or_character_even_across_blocks() {
        let text = Text::new("One, two.\n\n👩‍🚒 x").expect("has text");
        let walk = |boundary, forward, from: usize| {
            let at = text.span(0, from).map_or(text.whole().start(), Span::end);
            step(&text, at, boundary, forward)
        };
        assert_eq!(walk(Boundary::Word, true, 0), 3);
        assert_eq!(walk(Boundary::Word, true, 3), 8);
        assert_eq!(walk(Boundary::Word, true, 9), text.as_str().len());
        assert_eq!(walk(Boundary::Word, false, 24), 23);
        assert_eq!(walk(Boundary::Word, false, 11), 5);
        assert_eq!(walk(Boundary::Grapheme, true, 11), 22);
        assert_eq!(walk(Boundary::Grapheme, false, 22), 11);
        assert_eq!(walk(Boundary::Grapheme, false, 0), 0);
        assert_eq!(walk(Boundary::Grapheme, true, 4), 6, "blanks are crossed");
        assert_eq!(walk(Boundary::Grapheme, false, 11), 8, "line ends as well");
    }
}
