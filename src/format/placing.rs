//! Puts the annotations of a file on a text that is here: where the file says, if its words stand
//! there, else where they are found, else in the tray. Says of each what became of it.

use std::borrow::Cow;
use std::sync::Arc;

use super::annotation_entry::{self, Entry, FileFragment, Target};
use super::identity::{Identities, Made};
use super::json::{Json, Source};
use super::known;
use super::linked::{Marks, Waiting};
use super::offsets::Unit;
use super::positions::{Position, Texts, code_points, positions, quote_of, utf16_at_odds};
use super::scheme::Names;
use super::{Outcome, Placement, Problem, ReadContext, Reading};
use crate::model::{Anchor, Annotation, AnnotationId, Quote, Selector, Similarity, Span, Unplaced};

/// How much text may be searched for words that are not where a file says, in bytes: about two
/// seconds' worth in a browser. What is left after that goes to the tray unsearched.
const MAX_SEARCHED_BYTES: usize = 1_000_000_000;

/// How often a search goes through a text for parts of the words, where the words as a whole are
/// not in it.
const PASSES: usize = 8;

/// Places the annotations of one file.
pub(super) struct Placer<'a> {
    pub(super) source: &'a Source<'a>,
    /// What the file says it counts.
    pub(super) declared: Unit,
    pub(super) identities: Identities<'a>,
    /// What the marks of the file are called here.
    pub(super) marks: Marks<'a>,
    /// What can be read only when all marks have been.
    pub(super) waiting: Vec<Waiting<'a>>,
    searched: usize,
    unsearched: usize,
    unchecked: usize,
    /// The first annotation that got a fresh id, with its line.
    first_replaced: Option<Problem>,
}

/// An annotation that is known to have its place or none, and gets its id next.
struct Settled<'a> {
    raw: Json<'a>,
    /// Its name in the file.
    called: Cow<'a, str>,
    words: String,
    comments: Vec<Json<'a>>,
    made: Made,
    outcome: Outcome,
}

impl<'a> Placer<'a> {
    pub(super) fn new(source: &'a Source<'a>, declared: Unit, identities: Identities<'a>) -> Self {
        Self {
            source,
            declared,
            identities,
            marks: Marks::default(),
            waiting: Vec::new(),
            searched: 0,
            unsearched: 0,
            unchecked: 0,
            first_replaced: None,
        }
    }

    /// Places the annotations of one article.
    pub(super) fn place_all(
        &mut self,
        texts: &Texts<'_>,
        listed: Vec<Json<'a>>,
        names: &mut Names<'_>,
        cx: &mut ReadContext<'_>,
        reading: &mut Reading,
    ) {
        let mut targets = Vec::with_capacity(listed.len());
        let read = |raw| annotation_entry::read_target(self.source, raw, reading);
        targets.extend(listed.into_iter().filter_map(read));
        let (unit, positions) = self.choose_unit(texts, &targets);
        if unit != self.declared {
            reading.notices.push(format!(
                "The positions in “{}” count {}, not {}; they were read so.",
                texts.title,
                unit.name(),
                self.declared.name()
            ));
        }
        let fragments = targets.iter().flat_map(|it| &it.fragments).zip(&positions);
        let at_odds = fragments
            .filter(|it| utf16_at_odds(texts, it.0, it.1))
            .count();
        if at_odds > 0 && unit == Unit::CodePoint {
            reading.notices.push(format!(
                "In “{}”, {at_odds} marks have UTF-16 positions at odds with the others; the file \
                 may have been changed by hand.",
                texts.title
            ));
        }
        self.marks.reserve(targets.len());
        reading.placements.reserve(targets.len());
        reading.import.annotations.reserve(targets.len());
        // All that can keep their ids have them before one of the others takes one. From the first of those on
        // they wait, so that they come in the order of the file.
        let mut waiting = Vec::new();
        let mut positions = positions.as_slice();
        for target in targets {
            let own = positions
                .split_off(..target.fragments.len())
                .unwrap_or_default();
            let Some(entry) = annotation_entry::read(self.source, target.raw, names, reading)
            else {
                continue;
            };
            let mark = self.place(texts, target, entry, own, reading);
            match self.identities.keep(&mark.called, &mark.made) {
                Some(id) if waiting.is_empty() => self.enter(id, mark, reading),
                id => waiting.push((id, mark)),
            }
        }
        for (id, mark) in waiting {
            let id = id.unwrap_or_else(|| self.replaced(&mark, cx));
            self.enter(id, mark, reading);
        }
    }

    /// The id of an annotation that cannot keep its own.
    fn replaced(&mut self, mark: &Settled<'a>, cx: &mut ReadContext<'_>) -> AnnotationId {
        let before = self.identities.replaced;
        let id = self.identities.replace(&mark.made, cx);
        if before == 0 && self.identities.replaced > 0 {
            let words = format!("the first is “{}” ({})", shorten(&mark.words), mark.called);
            self.first_replaced = Some(self.source.problem(mark.raw.get(), words));
        }
        id
    }

    /// The unit in which every position names a place where the file's words stand, with these places; the
    /// declared one where there is no such unit.
    fn choose_unit(&self, texts: &Texts<'_>, targets: &[Target<'_>]) -> (Unit, Vec<Position>) {
        let declared = positions(texts, targets, self.declared);
        let agree = |all: &[Position]| all.iter().all(|it| it.agrees || !it.has_words);
        // Where nothing can be checked the file is believed.
        if agree(&declared) {
            return (self.declared, declared);
        }
        let others = Unit::ALL.into_iter().filter(|&it| it != self.declared);
        let mut others = others.map(|unit| (unit, positions(texts, targets, unit)));
        let other = others.find(|it| agree(&it.1));
        other.unwrap_or((self.declared, declared))
    }

    fn place(
        &mut self,
        texts: &Texts<'_>,
        target: Target<'a>,
        entry: Entry<'a>,
        positions: &[Position],
        reading: &mut Reading,
    ) -> Settled<'a> {
        let same = texts.theirs.hash() == texts.ours.hash();
        let found: Option<Vec<(Span, Outcome)>> = if target.anchor.is_none() && same {
            None
        } else {
            let fragments = target.fragments.iter().zip(positions);
            fragments
                .map(|it| self.find(texts, it.0, it.1, same))
                .collect()
        };
        let words = target.words();
        if target.anchor.is_some() && positions.iter().any(|it| it.span.is_none()) {
            let message = format!(
                "The positions of “{}” ({}) are no place in its text.",
                shorten(&words),
                entry.id
            );
            let problem = self.source.problem(target.raw.get(), message);
            reading.problems.push(problem);
        }
        let (called, comments) = (entry.id.clone(), entry.comments.clone());
        let (made, outcome) = made(texts, &target, entry, positions, found);
        Settled {
            raw: target.raw,
            called,
            words,
            comments,
            made,
            outcome,
        }
    }

    fn enter(&mut self, id: AnnotationId, mut mark: Settled<'a>, reading: &mut Reading) {
        mark.made.set_id(id.clone());
        let document = mark.made.document().clone();
        self.marks.add(document.clone(), mark.called, id.clone());
        if !mark.comments.is_empty() {
            self.waiting.push(Waiting {
                article: None,
                mark: Some(id.clone()),
                items: mark.comments,
            });
        }
        reading.placements.push(Placement {
            annotation: id,
            document,
            quote: mark.words,
            outcome: mark.outcome,
        });
        match mark.made {
            Made::Placed(it) => reading.import.annotations.push(it),
            Made::Lost(it) => reading.import.unplaced.push(it),
        }
    }

    /// Where a fragment stands in our text.
    fn find(
        &mut self,
        texts: &Texts<'_>,
        fragment: &FileFragment<'_>,
        position: &Position,
        same: bool,
    ) -> Option<(Span, Outcome)> {
        if !texts.trusts_places && fragment.exact.is_empty() {
            return None;
        }
        if same && position.agrees {
            self.unchecked += usize::from(fragment.exact.is_empty());
            return Some((position.span?, Outcome::Exact));
        }
        if self.searched > MAX_SEARCHED_BYTES {
            self.unsearched += 1;
            return None;
        }
        let home = position.span;
        let selector = Selector {
            position: home.and_then(|it| texts.ours.span(it.start().bytes(), it.end().bytes())),
            quote: quote_of(texts, fragment, position),
        };
        let found = selector.resolve(texts.ours);
        let by_words = found.is_some_and(|it| !matches!(it.similarity, Similarity::Near(_)));
        let passes = if by_words { 1 } else { PASSES };
        self.searched += texts.ours.as_str().len() * passes;
        let found = found?;
        let outcome = match found.similarity {
            Similarity::Exact => Outcome::Exact,
            Similarity::Elsewhere => Outcome::Moved { similarity: 1.0 },
            Similarity::Likely => Outcome::Ambiguous,
            Similarity::Near(similarity) => Outcome::Moved { similarity },
        };
        Some((found.span, outcome))
    }

    /// Says what goes for the file as a whole.
    pub(super) fn finish(self, reading: &mut Reading) {
        if self.unsearched > 0 {
            reading.notices.push(format!(
                "{} marks went to the tray without a search: there were too many to look for.",
                self.unsearched
            ));
        }
        if self.unchecked > 0 {
            reading.notices.push(format!(
                "{} marks do not say which words they mark; their positions were trusted.",
                self.unchecked
            ));
        }
        if let Some(mut first) = self.first_replaced {
            first.message = format!(
                "{} marks got new ids, since theirs cannot be used here or belong to other marks; {}.",
                self.identities.replaced, first.message
            );
            reading.notices.push(first.to_string());
        }
    }
}

/// The annotation with what was found for its fragments: lost unless every one has a place.
fn made(
    texts: &Texts<'_>,
    target: &Target<'_>,
    entry: Entry<'_>,
    positions: &[Position],
    found: Option<Vec<(Span, Outcome)>>,
) -> (Made, Outcome) {
    // Every annotation gets its id when it is known what it says.
    let no_id = AnnotationId::new("_").expect("this is an id");
    if let Some(found) = found
        && let Some(&(first, _)) = found.first()
    {
        let outcome = worst(found.iter().map(|it| it.1));
        let mut annotation = Annotation::new(
            no_id.clone(),
            texts.document.clone(),
            first,
            entry.label.clone(),
            entry.annotator.clone(),
            entry.created,
        );
        annotation.note = entry.note.as_str().into();
        annotation.provenance = entry.provenance;
        annotation.anchor = match outcome {
            Outcome::Moved { .. } => Anchor::Moved,
            Outcome::Ambiguous => Anchor::Ambiguous,
            // What the file calls lost and is found again stands in another text.
            _ => target.anchor.unwrap_or(Anchor::Moved),
        };
        annotation.revision = entry.revision;
        annotation.details = known::settled(entry.details.clone(), texts.ours, first);
        annotation.modified = entry.modified;
        annotation.extra = entry.extra.clone();
        if let Some(placed) = annotation.with_fragments(found.into_iter().map(|it| it.0)) {
            return (Made::Placed(placed), outcome);
        }
    }
    let fragments = target.fragments.iter().zip(positions);
    let quotes: Arc<[(Quote, [u32; 2])]> = fragments
        .map(|(it, at)| (quote_of(texts, it, at), code_points(texts, it, at)))
        .collect();
    let lost = Unplaced {
        id: no_id,
        document: texts.document.clone(),
        quotes,
        label: entry.label,
        annotator: entry.annotator,
        note: entry.note.as_str().into(),
        revision: entry.revision,
        details: entry.details,
        created: entry.created,
        modified: entry.modified,
        extra: entry.extra,
    };
    (Made::Lost(lost), Outcome::Unplaced)
}

fn worst(outcomes: impl Iterator<Item = Outcome>) -> Outcome {
    let rank = |it: &Outcome| match it {
        Outcome::Exact => 0.0,
        Outcome::Moved { similarity } => 3.0 - similarity,
        Outcome::Ambiguous => 4.0,
        Outcome::Unplaced => 5.0,
    };
    outcomes
        .max_by(|a, b| rank(a).total_cmp(&rank(b)))
        .unwrap_or(Outcome::Unplaced)
}

/// The beginning of some words, for a sentence.
pub(super) fn shorten(words: &str) -> String {
    match words.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}
