//! What two wordings differ in, as elements: what is left out is struck through and in brackets for those
//! who only hear it; colour alone says nothing.

use crate::analysis::{Piece, compare, compare_wordings};
use crate::ui::element::{Element, element};

/// A text as another one would have it: what only the first says is struck through, what only the
/// second says is underlined.
pub fn difference(first: &str, second: &str) -> Element {
    shown(&compare(first, second), first, second)
}

/// The same for two wordings of a quotation, with or without the marks around it.
pub fn other_wording(first: &str, second: &str) -> Element {
    shown(&compare_wordings(first, second), first, second)
}

fn shown(pieces: &[Piece], first: &str, second: &str) -> Element {
    let shown = element("p").class("wording").set("dir", "auto");
    pieces
        .iter()
        .fold(shown, |shown, piece| put(shown, piece, first, second))
}

fn put(shown: Element, piece: &Piece, first: &str, second: &str) -> Element {
    let (gone, come) = words(piece, first, second);
    if piece.is_same {
        return shown.say_this(come.to_owned());
    }
    let mut shown = shown;
    for (tag, says, ends, words) in [
        ("del", "[left out: ", "] ", gone),
        ("ins", "[put in: ", "] ", come),
    ] {
        if !words.is_empty() {
            let hidden = |words: &'static str| element("span").class("visually-hidden").say(words);
            let part = element(tag)
                .with(hidden(says))
                .say_this(words.to_owned())
                .with(hidden(ends));
            shown = shown.with(part);
        }
    }
    shown
}

/// What a piece says in either wording.
pub fn words<'t>(piece: &Piece, first: &'t str, second: &'t str) -> (&'t str, &'t str) {
    let gone = first.get(piece.first.clone()).unwrap_or_default();
    (gone, second.get(piece.second.clone()).unwrap_or_default())
}

/// What the second wording leaves out, in words, each stretch by itself.
pub fn left_out(first: &str, second: &str) -> Vec<String> {
    let pieces = compare_wordings(first, second);
    let gone = pieces.iter().filter(|it| !it.is_same);
    let gone = gone
        .map(|it| words(it, first, second).0)
        .map(|it| it.trim_matches(|c: char| !c.is_alphanumeric()));
    gone.filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect()
}
