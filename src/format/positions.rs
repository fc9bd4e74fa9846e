//! Where the positions of a file's annotations point in the file's own text, and whether the words that
//! stand there are those the file says. Knows nothing of what becomes of them.

use super::annotation_entry::{FileFragment, Target};
use super::offsets::{Unit, locate};
use crate::model::sorted::SortedSet;
use crate::model::{DocumentId, Quote, Span, Text};

/// The text the file's positions are about, and the text here they are for.
pub(super) struct Texts<'a> {
    /// As it stands in the file.
    pub(super) raw: &'a str,
    pub(super) theirs: &'a Text,
    pub(super) ours: &'a Text,
    /// The article here.
    pub(super) document: DocumentId,
    /// Its title, for notices.
    pub(super) title: &'a str,
    /// Whether a place means something where the file does not say which words stand there.
    pub(super) trusts_places: bool,
}

/// The place that the positions of a fragment name in the file's text.
pub(super) struct Position {
    pub(super) span: Option<Span>,
    /// Whether the words, or failing these the UTF-16 positions, agree with that place.
    pub(super) agrees: bool,
    /// Whether there are words to agree with; where the file itself says that they were lost, its positions
    /// mean nothing.
    pub(super) has_words: bool,
}

/// The places that the positions of all fragments name in the file's text, target by target.
pub(super) fn positions(texts: &Texts<'_>, targets: &[Target<'_>], unit: Unit) -> Vec<Position> {
    let fragments = || targets.iter().flat_map(|it| &it.fragments);
    let wanted = fragments().flat_map(|it| [it.start, it.end]).flatten();
    let wanted = SortedSet::of_keys(wanted);
    let wanted16 = SortedSet::of_keys(fragments().flat_map(|it| it.utf16).flatten());
    let found = locate(texts.raw, unit, &wanted);
    let found16 = locate(texts.raw, Unit::Utf16, &wanted16);
    let position = |fragment: &FileFragment<'_>, is_lost: bool| {
        let byte = |at: Option<u32>| found.get(&at?).copied().filter(|_| !is_lost);
        let span = byte(fragment.start)
            .zip(byte(fragment.end))
            .and_then(|(start, end)| texts.theirs.span(start, end));
        let exact = &*fragment.exact;
        let agrees = match (span, fragment.utf16) {
            (None, _) => false,
            (Some(span), _) if !exact.is_empty() => texts.theirs.slice(span) == exact,
            (Some(span), Some(pair)) => {
                pair.map(|at| found16.get(&at).copied())
                    == [Some(span.start().bytes()), Some(span.end().bytes())]
            }
            (Some(_), None) => true,
        };
        Position {
            span,
            agrees,
            has_words: !is_lost && !exact.is_empty(),
        }
    };
    let mut all = Vec::with_capacity(fragments().count());
    for target in targets {
        let is_lost = target.anchor.is_none();
        all.extend(target.fragments.iter().map(|it| position(it, is_lost)));
    }
    all
}

/// Whether its two kinds of positions name two places.
pub(super) fn utf16_at_odds(
    texts: &Texts<'_>,
    fragment: &FileFragment<'_>,
    position: &Position,
) -> bool {
    let (Some(span), Some(pair)) = (position.span, fragment.utf16) else {
        return false;
    };
    let ours = [span.start(), span.end()].map(|at| texts.theirs.utf16(at));
    // In a text with CR LF the file counts two units where ours counts one.
    ours != pair && !texts.raw.contains('\r') && !texts.raw.starts_with('\u{feff}')
}

/// The words of a fragment with their context: as the file's text has them where the positions
/// are sound, else as the fragment itself says.
pub(super) fn quote_of(
    texts: &Texts<'_>,
    fragment: &FileFragment<'_>,
    position: &Position,
) -> Quote {
    match position.span {
        Some(span) if position.agrees => Quote::of(texts.theirs, span),
        _ => fragment.quote(),
    }
}

/// The positions of a fragment in code points, as far as they are known.
pub(super) fn code_points(
    texts: &Texts<'_>,
    fragment: &FileFragment<'_>,
    position: &Position,
) -> [u32; 2] {
    match position.span {
        Some(span) if position.agrees => {
            [span.start(), span.end()].map(|at| texts.theirs.code_points(at))
        }
        _ => [fragment.start, fragment.end].map(Option::unwrap_or_default),
    }
}
