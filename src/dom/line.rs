//! Where words stand on the screen: lines are made by the browser, so that only the page knows
//! which word is above another one.

use web_sys::{DomRect, Element, HtmlCollection};

use super::place::{self, SIZES};
use crate::model::{Span, Text};

/// Where a word stands, in CSS pixels of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Left and right edge.
    pub x: (f64, f64),
    /// Upper and lower edge.
    pub y: (f64, f64),
}

impl Spot {
    /// The middle between left and right.
    pub fn middle(self) -> f64 {
        f64::midpoint(self.x.0, self.x.1)
    }

    /// Whether both stand in one line: the middle of either is beside the other.
    fn shares_line(self, other: Spot) -> bool {
        let holds = |a: Spot, b: Spot| {
            let middle = f64::midpoint(b.y.0, b.y.1);
            a.y.0 < middle && middle < a.y.1
        };
        holds(self, other) || holds(other, self)
    }

    fn distance(self, x: f64) -> f64 {
        (self.x.0 - x).max(x - self.x.1).max(0.0)
    }
}

impl From<DomRect> for Spot {
    fn from(rect: DomRect) -> Self {
        Self {
            x: (rect.left(), rect.right()),
            y: (rect.top(), rect.bottom()),
        }
    }
}

/// Where `span` begins to stand; of a word that is broken over two lines, the first part.
pub fn spot(host: &Element, text: &Text, span: Span) -> Option<Spot> {
    let range = place::range_of(host, text, span)?;
    let first = range.get_client_rects().and_then(|all| all.item(0));
    Some(
        first
            .unwrap_or_else(|| range.get_bounding_client_rect())
            .into(),
    )
}

/// The word nearest to `x` in the line after that of `from`; `words` are those that follow it or,
/// for the line above, those before it, the last first.
pub fn next_line<T>(from: Spot, x: f64, words: impl Iterator<Item = (T, Spot)>) -> Option<T> {
    let mut line = None;
    let mut best: Option<(T, f64)> = None;
    for (word, spot) in words {
        match line {
            None if spot.shares_line(from) => continue,
            None => line = Some(spot),
            Some(line) if !spot.shares_line(line) => break,
            Some(_) => {}
        }
        let distance = spot.distance(x);
        if best.as_ref().is_none_or(|best| distance < best.1) {
            best = Some((word, distance));
        }
    }
    best.map(|it| it.0)
}

/// An edge of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// The upper one.
    Top,
    /// The lower one.
    Bottom,
}

/// The index of the first block that begins at `y` (CSS pixels of the window) or below, or that ends below it; where
/// there is none, how many blocks stand.
pub fn first_block(host: &Element, edge: Edge, y: f64) -> usize {
    let is_before = |it: &DomRect| match edge {
        Edge::Top => it.top() < y,
        Edge::Bottom => it.bottom() <= y,
    };
    // Where blocks are that are out of sight is known of their groups alone.
    let (mut at, mut index) = (host.clone(), 0);
    for size in SIZES {
        let children = at.children();
        let mut place = first(&children, is_before);
        if size > 1 {
            // A group that begins before may hold a block that does not; one that ends before holds none.
            place = match edge {
                Edge::Top => place.saturating_sub(1),
                Edge::Bottom => place.min(children.length().saturating_sub(1)),
            };
        }
        index += place as usize * size;
        match children.item(place) {
            Some(child) => at = child,
            None => break,
        }
    }
    index
}

/// The first of some elements, which stand below each other, that is not before a place.
fn first(elements: &HtmlCollection, is_before: impl Fn(&DomRect) -> bool) -> u32 {
    let (mut from, mut to) = (0, elements.length());
    while from < to {
        let middle = from.midpoint(to);
        let element = elements.item(middle);
        if element.is_some_and(|it| is_before(&it.get_bounding_client_rect())) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    from
}

/// Whether a block is written from right to left, as its first letter says.
pub fn is_from_the_right(host: &Element, block: usize) -> bool {
    let block = place::block(host, block);
    block.is_some_and(|it| it.matches(":dir(rtl)").unwrap_or(false))
}

/// Whether a letter is written from right to left; `None` of a sign, which follows what is around it.
pub fn runs_from_the_right(letter: char) -> Option<bool> {
    let is_of_such = matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    let is_sign = !letter.is_alphanumeric();
    // Numbers run from the left in all scripts.
    (!is_sign).then(|| is_of_such && !letter.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_know_where_they_run_from() {
        for (letter, from_the_right) in [
            ('a', Some(false)),
            ('漢', Some(false)),
            ('ا', Some(true)),
            ('ש', Some(true)),
            ('\u{fefb}', Some(true)),
            ('7', Some(false)),
            ('٧', Some(false)),
            ('“', None),
            ('،', None),
        ] {
            assert_eq!(runs_from_the_right(letter), from_the_right, "{letter}");
        }
    }

    /// Words of one letter, 10 wide and 10 apart in lines that are 20 high and 30 apart.
    fn words(page: &str) -> Vec<(char, Spot)> {
        let lines = page.split('/').enumerate();
        let words = lines.flat_map(|(line, words)| {
            words.chars().enumerate().map(move |(column, word)| {
                let (x, y) = (column as f64 * 20.0, line as f64 * 30.0);
                (
                    word,
                    Spot {
                        x: (x, x + 10.0),
                        y: (y, y + 20.0),
                    },
                )
            })
        });
        words.filter(|it| it.0 != ' ').collect()
    }

    #[test]
    fn the_nearest_word_of_the_next_line_is_found_both_ways() {
        for (page, from, below, above) in [
            ("abc/def", 'b', Some('e'), None),
            ("abc/def", 'f', None, Some('c')),
            ("abcd/e", 'd', Some('e'), None),
            ("a/   b/c", 'a', Some('b'), None),
            ("a/   b/c", 'c', None, Some('b')),
            ("ab/ c d/ef", 'c', Some('f'), Some('b')),
            ("ab/", 'a', None, None),
        ] {
            let words = words(page);
            let at = words.iter().position(|it| it.0 == from).expect("a word");
            let spot = words[at].1;
            let go = |words: &mut dyn Iterator<Item = (char, Spot)>| {
                next_line(spot, spot.middle(), words)
            };
            assert_eq!(go(&mut words[at + 1..].iter().copied()), below, "{page}");
            assert_eq!(go(&mut words[..at].iter().rev().copied()), above, "{page}");
        }
    }

    #[test]
    fn small_signs_of_a_line_stand_in_it() {
        let line = Spot {
            x: (0.0, 9.0),
            y: (0.0, 20.0),
        };
        let small = Spot {
            x: (9.0, 12.0),
            y: (12.0, 24.0),
        };
        let below = Spot {
            x: (0.0, 9.0),
            y: (20.0, 40.0),
        };
        let words = [('a', small), ('b', below)];
        assert_eq!(next_line(line, 10.0, words.into_iter()), Some('b'));
    }
}
