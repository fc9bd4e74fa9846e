//! The words around a place with all that was marked there one over the other, as in the text.

use leptos::prelude::*;

use crate::analysis::Places;
use crate::dom::line::runs_from_the_right;
use crate::dom::paint::slot;
use crate::model::sorted::sort_by;
use crate::model::{Annotation, Document, Project, Segment, Span, segments};
use crate::ui::element::{Element, element};

/// What is shown of a block before and behind the place, at least.
const AROUND: usize = 240;

/// A block of so many bytes is shown whole.
const SHORT: usize = 900;

/// How many lines are told apart under the words.
const LINES: u8 = 7;

/// A mark that is shown, by the letter that stands for it.
pub struct Lettered<'a> {
    pub letter: &'a String,
    pub mark: &'a Annotation,
    /// Whether it is chosen.
    pub is_on: bool,
}

/// The sentences around `place`, with these marks.
pub fn passage(
    project: &Project,
    document: &Document,
    words: &Places,
    place: Span,
    marks: &[Lettered<'_>],
) -> Element {
    let text = &document.text;
    let hull = marks
        .iter()
        .fold(place, |hull, it| hull.hull(it.mark.hull()));
    let blocks = text.blocks().get(text.blocks_of(hull)).unwrap_or_default();
    let mut in_order: Vec<&Annotation> = marks.iter().map(|it| it.mark).collect();
    sort_by(&mut in_order, |a, b| {
        let (one, other) = (a.hull(), b.hull());
        (one.start(), other.end()).cmp(&(other.start(), one.end()))
    });
    let shown = blocks.iter().filter_map(|block| {
        let whole = block.span();
        let seen = seen(words, whole, hull)?;
        let mut paragraph = element("p").set("dir", "auto");
        if seen.start() > whole.start() {
            paragraph = paragraph.say("… ");
        }
        for segment in segments(seen, in_order.iter().copied()).iter() {
            paragraph = paragraph.with(piece(project, &segment, text.slice(segment.span), marks));
        }
        if seen.end() < whole.end() {
            paragraph = paragraph.say(" …");
        }
        Some(paragraph)
    });
    element("div")
        .class("decide-passage")
        .in_language(document.meta.language_code().map(str::to_owned))
        .with_all(shown.collect())
}

/// So much of a block as is shown: all of a short one, of a long one the sentences near the place.
fn seen(words: &Places, block: Span, place: Span) -> Option<Span> {
    let place = block.intersection(place)?;
    if block.byte_len() <= SHORT {
        return Some(block);
    }
    let is_near = |it: &Span| {
        it.start().bytes() < place.end().bytes() + AROUND
            && it.end().bytes() + AROUND > place.start().bytes()
    };
    let of_block = words.within(block);
    let first = words
        .sentences
        .partition_point(|it| it.end <= of_block.start);
    let own = words.sentences.iter().skip(first);
    let own = own.take_while(|it| it.start < of_block.end);
    let near = own.filter_map(|it| words.span(it)).filter(is_near);
    Some(near.fold(place, Span::hull))
}

/// Some words with the lines of what was marked there, the outermost around the others.
fn piece(
    project: &Project,
    segment: &Segment<'_, '_>,
    words: &str,
    marks: &[Lettered<'_>],
) -> AnyView {
    let layers = segment.layers().rev();
    layers.fold(words.to_owned().into_any(), |inner, layer| {
        let of = marks.iter().find(|it| it.mark.id == layer.annotation.id);
        let mut class = format!(
            "layer label-{} depth-{}",
            slot(project, &layer.annotation.label),
            layer.depth.min(LINES)
        );
        let is_off = of.is_some_and(|it| !it.is_on);
        let edges = [
            (layer.starts, " starts"),
            (layer.ends, " ends"),
            (is_off, " is-off"),
        ];
        for (_, name) in edges.iter().filter(|it| it.0) {
            class += name;
        }
        let mut made = element("span").set_to("class", class);
        if let Some(it) = of.filter(|_| layer.starts) {
            let letter = element("b")
                .class("decide-letter")
                .set("aria-hidden", "true")
                .say_this(it.letter.clone());
            // Beside words that run to the left it stands where they begin.
            if runs_to_the_left(words) {
                made = made.say("\u{200f}");
            }
            made = made.with(letter);
        }
        made.with(inner).view()
    })
}

/// Whether words begin with a letter of a script that runs to the left.
fn runs_to_the_left(words: &str) -> bool {
    let first = words.chars().find(|it| it.is_alphabetic());
    first.and_then(runs_from_the_right) == Some(true)
}
