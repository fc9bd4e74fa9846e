//! All annotations, findable by id and by place. Knows nothing of undo or saving.

use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;

use super::annotation::Annotation;
use super::id::{AnnotationId, AnnotatorId, DocumentId, LabelId};
use super::sorted::{SortedMap, sort_by};
use super::text::{Offset, Span};

/// The annotations of a project.
#[derive(Debug, Clone, Default)]
pub struct AnnotationSet {
    by_id: HashMap<AnnotationId, Arc<Annotation>>,
    by_document: HashMap<DocumentId, InDocument>,
}

#[derive(Debug, Clone, Default)]
struct InDocument {
    /// In text order (start, then the longer first, then id).
    sorted: Vec<Arc<Annotation>>,
    /// For each of them, the farthest end of it and all before it: never falling, so that the
    /// first one that can reach a place is found by halving.
    reach: Vec<Offset>,
    counts: SortedMap<LabelId, usize>,
    /// Not as long as many are being added.
    is_sorted: bool,
}

impl InDocument {
    /// A run of annotations that holds all which touch `span`, and few others.
    fn near(&self, span: Span) -> &[Arc<Annotation>] {
        let from = self.reach.partition_point(|&end| end <= span.start());
        let to = self
            .sorted
            .partition_point(|it| it.hull().start() < span.end());
        self.sorted.get(from..to).unwrap_or_default()
    }

    /// Sorts what was added in any order. What decides is gathered first: to look it up in each
    /// annotation at each comparison takes longer than the sorting.
    fn sort(&mut self) {
        let hulls = self.sorted.drain(..).map(|it| (it.hull(), it));
        let mut keyed: Vec<(Span, Arc<Annotation>)> = hulls.collect();
        sort_by(&mut keyed, |(a, one), (b, other)| {
            let starts = a.start().cmp(&b.start());
            let ends = || b.end().cmp(&a.end());
            starts.then_with(ends).then_with(|| one.id.cmp(&other.id))
        });
        self.sorted.extend(keyed.into_iter().map(|it| it.1));
    }

    /// Works `reach` out for all.
    fn measure(&mut self) {
        self.reach.clear();
        let mut farthest = None;
        for annotation in &self.sorted {
            let end = annotation.hull().end();
            farthest = farthest.max(Some(end));
            self.reach.extend(farthest);
        }
    }

    fn insert(&mut self, at: usize, annotation: Arc<Annotation>) {
        let end = annotation.hull().end();
        self.sorted.insert(at, annotation);
        let before = at.checked_sub(1).and_then(|it| self.reach.get(it).copied());
        self.reach.insert(at, before.map_or(end, |it| it.max(end)));
        // Others reach on as they did from the first that reached as far already.
        let rest = self.reach.iter_mut().skip(at + 1);
        for reach in rest.take_while(|it| **it < end) {
            *reach = end;
        }
    }

    fn remove(&mut self, at: usize) {
        self.sorted.remove(at);
        self.reach.remove(at);
        let mut farthest = at.checked_sub(1).and_then(|it| self.reach.get(it).copied());
        for (annotation, reach) in self.sorted.iter().zip(&mut self.reach).skip(at) {
            let end = annotation.hull().end();
            let now = farthest.map_or(end, |it| it.max(end));
            // From the first that reaches as far without it, nothing changes.
            if now == *reach {
                break;
            }
            *reach = now;
            farthest = Some(now);
        }
    }
}

impl AnnotationSet {
    /// The annotation with this id.
    pub fn get(&self, id: &AnnotationId) -> Option<&Arc<Annotation>> {
        self.by_id.get(id)
    }

    /// All of them: by article, then in text order.
    pub fn all(&self) -> Vec<Arc<Annotation>> {
        let mut places: Vec<_> = self.by_document.iter().collect();
        sort_by(&mut places, |a, b| a.0.cmp(b.0));
        let mut all = Vec::with_capacity(self.len());
        for (_, place) in places {
            all.extend_from_slice(&place.sorted);
        }
        all
    }

    /// How many there are in all.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// The annotations of an article in text order: by start, the longer first, then by id.
    pub fn of(&self, document: &DocumentId) -> &[Arc<Annotation>] {
        self.by_document
            .get(document)
            .map_or(&[], |place| &place.sorted)
    }

    /// The annotations of an article that mark a character of `span`, in text order.
    pub fn overlapping(
        &self,
        document: &DocumentId,
        span: Span,
    ) -> impl Iterator<Item = &Arc<Annotation>> {
        let place = self.by_document.get(document);
        let near = place.map_or(&[][..], |place| place.near(span));
        near.iter()
            .filter(move |it| it.fragments().iter().any(|f| f.overlaps(span)))
    }

    /// Whether `annotator` has given exactly these words of an article this label.
    pub fn has(
        &self,
        document: &DocumentId,
        span: Span,
        label: &LabelId,
        annotator: &AnnotatorId,
    ) -> bool {
        let place = self.by_document.get(document);
        let near = place.map_or(&[][..], |place| place.near(span));
        near.iter()
            .any(|it| it.fragments() == [span] && it.label == *label && it.annotator == *annotator)
    }

    /// How many annotations of an article have this label.
    pub fn count(&self, document: &DocumentId, label: &LabelId) -> usize {
        let place = self.by_document.get(document);
        place
            .and_then(|place| place.counts.get(label))
            .copied()
            .unwrap_or(0)
    }

    pub(super) fn insert(&mut self, annotation: Arc<Annotation>) {
        self.remove(&annotation.id);
        let place = self
            .by_document
            .entry(annotation.document.clone())
            .or_default();
        let at = place
            .sorted
            .partition_point(|it| it.sort_key() < annotation.sort_key());
        place.insert(at, annotation.clone());
        place.is_sorted = true;
        *place.counts.or_default(annotation.label.clone()) += 1;
        self.by_id.insert(annotation.id.clone(), annotation);
    }

    /// Adds many at once, sorting each article's once instead of at every insertion.
    pub(super) fn extend(&mut self, annotations: Vec<Arc<Annotation>>) {
        self.by_id.reserve(annotations.len());
        let mut replaced = Vec::new();
        // Those of one article mostly follow each other.
        for run in annotations.chunk_by(|a, b| a.document == b.document) {
            let place = self.by_document.entry(run[0].document.clone());
            let place = place.or_default();
            for annotation in run {
                let old = self.by_id.insert(annotation.id.clone(), annotation.clone());
                replaced.extend(old);
            }
            for alike in run.chunk_by(|a, b| a.label == b.label) {
                *place.counts.or_default(alike[0].label.clone()) += alike.len();
            }
            place.sorted.extend_from_slice(run);
            place.is_sorted = false;
        }
        for old in replaced {
            self.take_out(&old);
        }
        for place in self.by_document.values_mut().filter(|it| !it.is_sorted) {
            place.sort();
            place.is_sorted = true;
            place.measure();
        }
    }

    pub(super) fn remove(&mut self, id: &AnnotationId) {
        if let Some(annotation) = self.by_id.remove(id) {
            self.take_out(&annotation);
        }
    }

    /// Takes an annotation out of its article.
    fn take_out(&mut self, annotation: &Arc<Annotation>) {
        let Some(place) = self.by_document.get_mut(&annotation.document) else {
            return;
        };
        // While many are added the list may be unsorted, and then the place is not where it belongs.
        let at = place
            .sorted
            .binary_search_by(|it| it.sort_key().cmp(&annotation.sort_key()))
            .ok()
            .filter(|&at| Arc::ptr_eq(&place.sorted[at], annotation));
        let find = || {
            place
                .sorted
                .iter()
                .position(|it| Arc::ptr_eq(it, annotation))
        };
        let at = at.or_else(find);
        if let Some(at) = at {
            match place.is_sorted {
                true => place.remove(at),
                false => drop(place.sorted.remove(at)),
            }
        }
        if let Some(count) = place.counts.get_mut(&annotation.label) {
            *count -= 1;
        }
        if place.sorted.is_empty() {
            self.by_document.remove(&annotation.document);
        }
    }
}

impl PartialEq for AnnotationSet {
    fn eq(&self, other: &Self) -> bool {
        self.by_id == other.by_id
    }
}
