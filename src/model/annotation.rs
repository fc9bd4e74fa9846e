//! A marked span and what is said of it. Knows nothing of painting or files.

use std::cmp::Reverse;
use std::sync::{Arc, LazyLock};

use super::attribute::MaybeDetails;
use super::id::{AnnotationId, AnnotatorId, DocumentId, LabelId};
use super::selector::Quote;
use super::sorted::{SortedMap, sort_by};
use super::text::{Offset, Span, Text};

/// Milliseconds since 1970 in UTC, as the browser's clock gave them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub u64);

/// Fields of a file that this version does not know, kept to be written back: name → JSON text.
pub type Extra = Arc<SortedMap<String, String>>;

/// No unknown fields, which is what most records have: all of them share these.
pub fn no_extra() -> Extra {
    static NONE: LazyLock<Extra> = LazyLock::new(Extra::default);
    NONE.clone()
}

/// How an annotation came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Provenance {
    /// A person marked it here.
    Manual,
    /// It came with a file.
    Imported,
    /// A program proposed it and a person took it over.
    Suggested,
}

/// How surely the span is the one that was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// Made on this very text.
    Exact,
    /// Found again in a text that had changed.
    Moved,
    /// Found in several places; this is the likeliest of them.
    Ambiguous,
}

/// A marked span.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// Its name, unique in the project.
    pub id: AnnotationId,
    /// The article it stands in.
    pub document: DocumentId,
    /// What is marked: at least one span, sorted, none touching another.
    fragments: Arc<[Span]>,
    /// What it is marked as.
    pub label: LabelId,
    /// Who marked it.
    pub annotator: AnnotatorId,
    /// Free text; empty where there is none.
    pub note: Arc<str>,
    /// How it came to be.
    pub provenance: Provenance,
    /// How surely it was placed.
    pub anchor: Anchor,
    /// The [`revision`](super::Label::revision) of its label when it got it.
    pub revision: u32,
    /// What more is said of it.
    pub details: MaybeDetails,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// Unknown fields of its file.
    pub extra: Extra,
}

impl Annotation {
    /// A fresh, exact, manual annotation of one span.
    pub fn new(
        id: AnnotationId,
        document: DocumentId,
        span: Span,
        label: LabelId,
        annotator: AnnotatorId,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            document,
            fragments: Arc::new([span]),
            label,
            annotator,
            note: Arc::default(),
            provenance: Provenance::Manual,
            anchor: Anchor::Exact,
            revision: 0,
            details: None,
            created: now,
            modified: now,
            extra: no_extra(),
        }
    }

    /// The spans that are marked, sorted.
    pub fn fragments(&self) -> &[Span] {
        &self.fragments
    }

    /// From the first to the last marked character.
    pub fn hull(&self) -> Span {
        self.fragments[0].hull(self.fragments[self.fragments.len() - 1])
    }

    /// The marked words; `gap` stands for what is between two fragments.
    pub fn words(&self, text: &Text, gap: &str) -> String {
        let words: Vec<&str> = self.fragments.iter().map(|it| text.slice(*it)).collect();
        words.join(gap)
    }

    /// How many bytes are marked.
    pub fn byte_len(&self) -> usize {
        self.fragments.iter().map(|it| it.byte_len()).sum()
    }

    /// Whether it marks everything that `other`, in the same article, marks.
    pub fn covers(&self, other: &Annotation) -> bool {
        let is_covered = |inner: &Span| self.fragments.iter().any(|it| it.contains(*inner));
        other.fragments.iter().all(is_covered)
    }

    /// Which fragment, counted from 0, a place is in or nearest to.
    pub fn fragment_near(&self, at: Offset) -> usize {
        let at = at.bytes();
        let distance = |it: &Span| {
            let before = it.start().bytes().saturating_sub(at);
            before + at.saturating_sub(it.end().bytes())
        };
        let fragments = self.fragments.iter().enumerate();
        fragments
            .min_by_key(|it| distance(it.1))
            .map_or(0, |it| it.0)
    }

    /// The same annotation on other spans, which are sorted and joined where they touch; `None`
    /// where there are none.
    pub fn with_fragments(mut self, spans: impl IntoIterator<Item = Span>) -> Option<Self> {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        sort_by(&mut spans, Ord::cmp);
        spans.dedup_by(|next, kept| {
            let touch = next.start() <= kept.end();
            if touch {
                *kept = kept.hull(*next);
            }
            touch
        });
        if spans.is_empty() {
            return None;
        }
        self.fragments = spans.into();
        Some(self)
    }

    /// The order of annotations in a text: by start, the longer first, then by id.
    pub(super) fn sort_key(&self) -> (Offset, Reverse<Offset>, &AnnotationId) {
        let hull = self.hull();
        (hull.start(), Reverse(hull.end()), &self.id)
    }
}

/// An annotation whose words were not found in its article. It waits in the tray.
#[derive(Debug, Clone, PartialEq)]
pub struct Unplaced {
    /// The name it had and will have.
    pub id: AnnotationId,
    /// The article it belongs to.
    pub document: DocumentId,
    /// The words it marked, one entry a fragment, with the code points it once stood at.
    pub quotes: Arc<[(Quote, [u32; 2])]>,
    /// What it is marked as.
    pub label: LabelId,
    /// Who marked it.
    pub annotator: AnnotatorId,
    /// Free text.
    pub note: Arc<str>,
    /// The revision its label had when it got it.
    pub revision: u32,
    /// What more is said of it.
    pub details: MaybeDetails,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// Unknown fields of its file.
    pub extra: Extra,
}

impl Unplaced {
    /// The annotation this becomes when a person shows where its words are.
    pub fn place(&self, span: Span, now: Timestamp) -> Annotation {
        Annotation {
            note: self.note.clone(),
            revision: self.revision,
            details: self.details.clone(),
            provenance: Provenance::Imported,
            anchor: Anchor::Moved,
            created: self.created,
            extra: self.extra.clone(),
            ..Annotation::new(
                self.id.clone(),
                self.document.clone(),
                span,
                self.label.clone(),
                self.annotator.clone(),
                now,
            )
        }
    }
}

/// Who marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotator {
    /// Their name in files.
    pub id: AnnotatorId,
    /// What people read; may be empty, a name is never required.
    pub name: String,
    /// Unknown fields of their file.
    pub extra: Extra,
}
