//! What to paint: cuts a block into stretches with the annotations that cover each.
//!
//! Pure: positions in, stretches out. Knows nothing of elements or colours.

use std::ops::Range;

use super::annotation::Annotation;
use super::sorted::{sort_by, sort_by_key};
use super::text::Span;

/// One annotation's share in a segment.
#[derive(Debug, Clone, Copy)]
pub struct Layer<'a> {
    /// Whose share it is.
    pub annotation: &'a Annotation,
    /// Which line it is drawn on, from 0 to 15: overlapping annotations of a block never share one but the last.
    pub depth: u8,
    /// Whether the annotation (not only this block's part of it) begins here.
    pub starts: bool,
    /// Whether the annotation ends here.
    pub ends: bool,
    /// Of which of its fragments this is a share, from 0.
    pub fragment: usize,
    /// Whether a fragment begins here, and it is not the first.
    pub resumes: bool,
    /// Whether a fragment ends here, and it is not the last.
    pub continues: bool,
}

/// A stretch of a block that is covered by the same annotations throughout.
#[derive(Debug, Clone, Copy)]
pub struct Segment<'s, 'a> {
    /// Which characters.
    pub span: Span,
    /// What covers them, as places in [`Segments::annotations`], in order; empty for plain text.
    pub covering: &'s [u32],
    parts: &'s [Part<'a>],
}

impl<'a> Segment<'_, 'a> {
    /// What covers it, outermost first.
    pub fn layers(&self) -> impl DoubleEndedIterator<Item = Layer<'a>> + ExactSizeIterator {
        (0..self.covering.len()).map(|at| self.layer(at))
    }

    /// What covers it as the `at`th from outside, which must be there.
    pub fn layer(&self, at: usize) -> Layer<'a> {
        let part = &self.parts[self.covering[at] as usize];
        let starts = part.hull.start() == self.span.start();
        let ends = part.hull.end() == self.span.end();
        Layer {
            annotation: part.annotation,
            depth: part.depth,
            starts,
            ends,
            fragment: part.fragment,
            resumes: !starts && part.whole.start() == self.span.start(),
            continues: !ends && part.whole.end() == self.span.end(),
        }
    }
}

/// A block, cut into segments that join up to it.
///
/// In a dense block a letter may lie under dozens of annotations. So what covers a segment is a list of places, and
/// a [`Layer`] is only made where somebody looks at it.
#[derive(Debug)]
pub struct Segments<'a> {
    parts: Vec<Part<'a>>,
    /// The segments, and where what covers each begins in `covering`.
    cuts: Vec<(Span, usize)>,
    covering: Vec<u32>,
}

impl<'a> Segments<'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.cuts.len()
    }

    /// Whether there is none, as the block has no letter.
    pub fn is_empty(&self) -> bool {
        self.cuts.is_empty()
    }

    /// Those at these places, in text order.
    pub fn get(&self, places: Range<usize>) -> impl Iterator<Item = Segment<'_, 'a>> {
        places.map(|at| {
            let (span, from) = self.cuts[at];
            let to = self.cuts.get(at + 1).map_or(self.covering.len(), |it| it.1);
            Segment {
                span,
                covering: &self.covering[from..to],
                parts: &self.parts,
            }
        })
    }

    /// All of them, in text order.
    pub fn iter(&self) -> impl Iterator<Item = Segment<'_, 'a>> {
        self.get(0..self.len())
    }

    /// Whose fragments lie in the block: an annotation for each of its fragments there.
    pub fn annotations(&self) -> impl Iterator<Item = &'a Annotation> {
        self.parts.iter().map(|it| it.annotation)
    }
}

/// The last line of its own: deeper than this nobody can tell lines apart, and to look for a free one in a pile of
/// hundreds would take longer than to paint it. What finds none is drawn here.
const LAST_LINE: usize = 15;

/// A fragment that touches the block.
#[derive(Debug)]
struct Part<'a> {
    annotation: &'a Annotation,
    /// From the annotation's first to its last character, here or elsewhere.
    hull: Span,
    fragment: usize,
    /// The fragment, and so much of it as is in the block.
    whole: Span,
    span: Span,
    depth: u8,
}

/// Cuts `block` at every end of the `annotations`, which must come in text order; those that do not
/// touch the block are passed over (M6).
pub fn segments<'a>(
    block: Span,
    annotations: impl IntoIterator<Item = &'a Annotation>,
) -> Segments<'a> {
    let parts = parts(block, annotations);
    let mut bounds: Vec<usize> = parts
        .iter()
        .flat_map(|part| [part.span.start().bytes(), part.span.end().bytes()])
        .chain([block.start().bytes(), block.end().bytes()])
        .collect();
    sort_by(&mut bounds, Ord::cmp);
    bounds.dedup();
    let mut active: Vec<u32> = Vec::new();
    let mut waiting = parts.iter().zip(0..).peekable();
    let mut cuts = Vec::with_capacity(bounds.len());
    let mut covering = Vec::new();
    for pair in bounds.windows(2) {
        let span = Span::of_bytes(pair[0], pair[1]);
        active.retain(|&at| parts[at as usize].span.end() > span.start());
        while let Some((_, at)) = waiting.next_if(|it| it.0.span.start() <= span.start()) {
            active.push(at);
        }
        cuts.push((span, covering.len()));
        covering.extend_from_slice(&active);
    }
    Segments {
        parts,
        cuts,
        covering,
    }
}

/// The fragments within the block, in order of their start, each on a line.
fn parts<'a>(block: Span, annotations: impl IntoIterator<Item = &'a Annotation>) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = annotations
        .into_iter()
        .flat_map(|annotation| {
            let hull = annotation.hull();
            let fragments = annotation.fragments().iter().enumerate();
            fragments.filter_map(move |(fragment, &whole)| {
                Some(Part {
                    annotation,
                    hull,
                    fragment,
                    whole,
                    span: whole.intersection(block)?,
                    depth: 0,
                })
            })
        })
        .collect();
    sort_by_key(&mut parts, |part| {
        (part.span.start(), std::cmp::Reverse(part.span.end()))
    });
    put_on_lines(&mut parts);
    parts
}

/// Puts each part on the lowest line that is free where it lies, the marks that were made first before the others:
/// so a new mark moves none that one has seen before. `parts` are in order of their start.
fn put_on_lines(parts: &mut [Part<'_>]) {
    let mut by_age: Vec<usize> = (0..parts.len()).collect();
    sort_by_key(&mut by_age, |&at| parts[at].annotation.created);
    // What lies on each line, in order.
    let mut lines: Vec<Vec<Span>> = Vec::new();
    for at in by_age {
        let span = parts[at].span;
        let place = |line: &Vec<Span>| {
            let before = line.partition_point(|it| it.end() <= span.start());
            let is_free = line.get(before).is_none_or(|it| it.start() >= span.end());
            is_free.then_some(before)
        };
        let mut numbered = lines.iter().zip(0..);
        let found = numbered.find_map(|(line, number)| Some((place(line)?, number)));
        let (place, line) = found.unwrap_or((0, lines.len()));
        parts[at].depth = line as u8;
        if line == lines.len() && line < LAST_LINE {
            lines.push(Vec::new());
        }
        if let Some(line) = lines.get_mut(line) {
            line.insert(place, span);
        }
    }
}
