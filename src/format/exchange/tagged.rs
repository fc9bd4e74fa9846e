//! Articles as words with tags, the way of all formats for sequence labelling: a mark is a run of words,
//! and of marks that overlap a layer holds one. Knows nothing of how words and tags are written.

use super::found::{Found, FoundDocument, FoundFragment, FoundMark};
use super::loss::{Feature, Loss};
use super::options::Overlaps;
use super::selection::{Article, Selection};
use super::tokens::{tokens, within};
use crate::format::ReadContext;
use crate::model::sorted::sort_by_key;
use crate::model::{Document, Span};

/// What formats of tags cannot say.
pub(super) const CANNOT_SAY: &[Feature] = &[
    Feature::Fragments,
    Feature::Attributes,
    Feature::Relations,
    Feature::Notes,
    Feature::Annotators,
    Feature::Times,
    Feature::Origin,
    Feature::Metadata,
    Feature::Layout,
    Feature::Tray,
    Feature::OtherFields,
];

/// What is said of a word in a layer (IOB2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag<'l> {
    /// No mark holds it.
    Outside,
    /// A mark with this label begins with it.
    Begins(&'l str),
    /// A mark with this label goes on.
    GoesOn(&'l str),
}

impl Tag<'_> {
    /// The tag as it is written, in two parts.
    pub(super) fn written(&self) -> [&str; 2] {
        match self {
            Tag::Outside => ["O", ""],
            Tag::Begins(label) => ["B-", label],
            Tag::GoesOn(label) => ["I-", label],
        }
    }
}

/// One tag for each word of an article.
pub(super) type Layer<'l> = Vec<Tag<'l>>;

/// What did not go into a layer.
#[derive(Default)]
pub(super) struct Unsaid {
    overlapping: usize,
    /// Marks that begin or end in white space, or hold nothing else.
    trimmed: usize,
}

impl Unsaid {
    /// Counts a mark that tokens cannot hold to the sign.
    pub(super) fn note_trimmed(&mut self, is_trimmed: bool) {
        self.trimmed += usize::from(is_trimmed);
    }

    pub(super) fn losses(&self) -> Vec<Loss> {
        const MARK: [&str; 2] = ["mark", "marks"];
        let overlaps = "left out, since an earlier or longer one of its layer is in the way";
        let trimmed = "that begin or end in white space: that is left out";
        let losses = [
            Loss::of(Feature::Overlaps, self.overlapping, MARK, overlaps),
            Loss::of(Feature::Characters, self.trimmed, MARK, trimmed),
        ];
        losses.into_iter().flatten().collect()
    }
}

/// The tags (IOB2) of an article's words, of the marks with one label, or of all where there is no such
/// label; of those that overlap one wins.
pub(super) fn layer<'l>(
    article: &'l Article<'_>,
    words: &[Span],
    label: Option<&str>,
    overlaps: Overlaps,
    unsaid: &mut Unsaid,
) -> Layer<'l> {
    let mut tags = vec![Tag::Outside; words.len()];
    let mut parts: Vec<(Span, &'l str)> = Vec::new();
    for mark in &article.marks {
        if label.is_none_or(|it| it == mark.label()) {
            parts.extend(
                mark.annotation
                    .fragments()
                    .iter()
                    .map(|&it| (it, mark.label())),
            );
        }
    }
    sort_by_key(&mut parts, |&(span, _)| {
        let length = span.end().bytes() - span.start().bytes();
        let before = match overlaps {
            Overlaps::First => 0,
            Overlaps::Longest => usize::MAX - length,
        };
        (before, span.start(), std::cmp::Reverse(length))
    });
    let mut taken = vec![false; words.len()];
    for (span, label) in parts {
        let Some((first, last)) = within(words, span) else {
            unsaid.trimmed += 1;
            continue;
        };
        if taken[first..=last].contains(&true) {
            unsaid.overlapping += 1;
            continue;
        }
        let is_whole = words[first].start() == span.start() && words[last].end() == span.end();
        unsaid.trimmed += usize::from(!is_whole);
        taken[first..=last].fill(true);
        tags[first..=last].fill(Tag::GoesOn(label));
        tags[first] = Tag::Begins(label);
    }
    tags
}

/// The words of an article, and the layer of each label of the project.
pub(super) fn layers<'s>(
    selection: &'s Selection<'_>,
    article: &'s Article<'_>,
    unsaid: &mut Unsaid,
) -> (Vec<Span>, Vec<(&'s str, Layer<'s>)>) {
    let words = tokens(article);
    let labels = selection.label_ids().into_iter();
    let layers = labels.map(|it| {
        (
            it,
            layer(
                article,
                &words,
                Some(it),
                selection.options.overlaps,
                unsaid,
            ),
        )
    });
    let layers = layers.collect();
    (words, layers)
}

/// An article that was read as words with tags.
#[derive(Default)]
pub(super) struct Tagged {
    pub(super) id: String,
    /// Words, with their places in code points where the file says so.
    pub(super) words: Vec<(String, Option<[u32; 2]>)>,
    /// Before which words a sentence begins, in order.
    pub(super) breaks: Vec<usize>,
    /// One tag a word in each.
    pub(super) layers: Vec<Vec<String>>,
}

impl Tagged {
    /// Puts the article into `found`: as the one here whose words these are, else with a text that is
    /// made of the words.
    pub(super) fn take_over(&self, found: &mut Found, cx: &ReadContext<'_>) {
        if self.words.is_empty() {
            return;
        }
        // First the one of this name, then those that no other article of the file is.
        let mut all: Vec<&Document> = cx.project.documents().iter().map(|it| &**it).collect();
        let is_taken = |it: &Document| {
            found
                .documents
                .iter()
                .any(|other| other.id == it.id.as_str())
        };
        sort_by_key(&mut all, |it| (it.id.as_str() != self.id, is_taken(it)));
        let all = all.into_iter();
        let here = all
            .map(|it| (it, self.places_in(it)))
            .find_map(|(it, places)| Some((it, places?)));
        let (id, places, text) = match here {
            Some((document, places)) => (document.id.as_str().to_owned(), places, None),
            None => {
                let (text, places) = self.made_text();
                (self.id.clone(), places, Some(text))
            }
        };
        let marks: Vec<FoundMark> = self
            .layers
            .iter()
            .flat_map(|it| self.marks(it, &places))
            .collect();
        let document: &mut FoundDocument = found.document(&id);
        document.text = document.text.take().or(text);
        document.marks.extend(marks);
    }

    /// Where the words stand in an article here; `None` where it has other words.
    fn places_in(&self, document: &Document) -> Option<Vec<[u32; 2]>> {
        let mut rest = document.text.as_str();
        let mut at = 0;
        let mut places = Vec::with_capacity(self.words.len());
        for (word, _) in &self.words {
            let trimmed = rest.trim_start();
            at += rest[..rest.len() - trimmed.len()].chars().count() as u32;
            rest = trimmed.strip_prefix(word.as_str())?;
            let end = at + word.chars().count() as u32;
            places.push([at, end]);
            at = end;
        }
        rest.trim().is_empty().then_some(places)
    }

    /// A text of the words: at the places that the file gives, where it gives places that can be, else
    /// with a blank between them and a line for each sentence.
    fn made_text(&self) -> (String, Vec<[u32; 2]>) {
        let mut text = String::new();
        let mut places = Vec::with_capacity(self.words.len());
        let mut at = 0;
        for ((word, place), number) in self.words.iter().zip(0..) {
            let begins = self.breaks.binary_search(&number).is_ok();
            let gap = match place {
                // Nobody's article has so long a gap; it is a damaged number.
                Some([start, _]) if (at..at + 1_000).contains(start) => start - at,
                _ => u32::from(number > 0),
            };
            for blank in 0..gap {
                text.push(if begins && blank == 0 { '\n' } else { ' ' });
            }
            text.push_str(word);
            let start = at + gap;
            at = start + word.chars().count() as u32;
            places.push([start, at]);
        }
        (text, places)
    }

    /// The runs of a layer, in any of the usual schemes: IOB1, IOB2, BIOES, BILOU.
    fn marks(&self, tags: &[String], places: &[[u32; 2]]) -> Vec<FoundMark> {
        let mut marks: Vec<FoundMark> = Vec::new();
        let mut is_open = false;
        for ((tag, place), number) in tags.iter().zip(places).zip(0..) {
            let Some((kind, label)) = tag.split_once('-').filter(|it| is_kind(it.0)) else {
                is_open = false;
                continue;
            };
            let begins =
                ["B", "S", "U"].contains(&kind) || self.breaks.binary_search(&number).is_ok();
            match marks.last_mut() {
                Some(mark) if is_open && !begins && mark.label == label => {
                    mark.fragments[0].end = Some(place[1]);
                }
                _ => marks.push(FoundMark {
                    label: label.to_owned(),
                    fragments: vec![FoundFragment {
                        start: Some(place[0]),
                        end: Some(place[1]),
                        ..FoundFragment::default()
                    }],
                    ..FoundMark::default()
                }),
            }
            is_open = !["E", "L", "S", "U"].contains(&kind);
        }
        marks
    }
}

/// Whether this begins a tag.
fn is_kind(kind: &str) -> bool {
    ["B", "I", "E", "S", "L", "U", "M"].contains(&kind)
}

/// Whether this is a tag of the usual schemes.
pub(super) fn is_tag(tag: &str) -> bool {
    tag == "O"
        || tag
            .split_once('-')
            .is_some_and(|it| is_kind(it.0) && !it.1.is_empty())
}
