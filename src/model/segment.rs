//! What to paint: cuts a block into stretches with the annotations that cover each.
//!
//! Pure: positions in, stretches out. Knows nothing of elements or colours.

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
#[derive(Debug, Clone)]
pub struct Segment<'a> {
    /// Which characters.
    pub span: Span,
    /// What covers them, outermost first; empty for plain text.
    pub layers: Vec<Layer<'a>>,
}

/// The last line of its own: deeper than this nobody can tell lines apart, and to look for a free one in a pile of
/// hundreds would take longer than to paint it. What finds none is drawn here.
const LAST_LINE: usize = 15;

/// A fragment within the block, while the block is swept.
struct Part<'a> {
    annotation: &'a Annotation,
    fragment: usize,
    span: Span,
    depth: u8,
}

/// Cuts `block` at every end of the `annotations`, which must come in text order; those that do not
/// touch the block are passed over. The segments join up to the block (M6).
pub fn segments<'a>(
    block: Span,
    annotations: impl IntoIterator<Item = &'a Annotation>,
) -> Vec<Segment<'a>> {
    let parts = parts(block, annotations);
    let mut bounds: Vec<usize> = parts
        .iter()
        .flat_map(|part| [part.span.start().bytes(), part.span.end().bytes()])
        .chain([block.start().bytes(), block.end().bytes()])
        .collect();
    sort_by(&mut bounds, Ord::cmp);
    bounds.dedup();
    let mut active: Vec<&Part<'a>> = Vec::new();
    let mut waiting = parts.iter().peekable();
    let mut made = Vec::with_capacity(bounds.len());
    for pair in bounds.windows(2) {
        let span = Span::of_bytes(pair[0], pair[1]);
        active.retain(|part| part.span.end() > span.start());
        while let Some(part) = waiting.next_if(|part| part.span.start() <= span.start()) {
            active.push(part);
        }
        let layers = active.iter().map(|part| layer(part, span)).collect();
        made.push(Segment { span, layers });
    }
    made
}

fn layer<'a>(part: &Part<'a>, span: Span) -> Layer<'a> {
    let hull = part.annotation.hull();
    let fragment = part.annotation.fragments()[part.fragment];
    let starts = hull.start() == span.start();
    let ends = hull.end() == span.end();
    Layer {
        annotation: part.annotation,
        depth: part.depth,
        starts,
        ends,
        fragment: part.fragment,
        resumes: !starts && fragment.start() == span.start(),
        continues: !ends && fragment.end() == span.end(),
    }
}

/// The fragments within the block, in order of their start, each on a line.
fn parts<'a>(block: Span, annotations: impl IntoIterator<Item = &'a Annotation>) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = annotations
        .into_iter()
        .flat_map(|annotation| {
            let fragments = annotation.fragments().iter().enumerate();
            fragments.filter_map(move |(fragment, span)| {
                Some(Part {
                    annotation,
                    fragment,
                    span: span.intersection(block)?,
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
