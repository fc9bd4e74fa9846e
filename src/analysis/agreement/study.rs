//! Who marked which words as what: what agreement is counted from. Knows nothing of how.

use std::ops::Range;

use super::super::places::Places;
use crate::model::sorted::{SortedMap, SortedSet, sort_by};
use crate::model::{Annotation, AnnotationId, AnnotatorId, DocumentId, LabelId, Offset, Project};

/// What is to be compared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choice {
    /// Whose marks; none named means everybody who marked something or has been through an article.
    pub annotators: Vec<AnnotatorId>,
    /// Which labels; none named means all that occur.
    pub labels: Vec<LabelId>,
    /// Which articles; none named means all.
    pub documents: Vec<DocumentId>,
    /// Whether all labels count as one, so that only the places are compared.
    pub is_one_label: bool,
    /// Whose marks never count.
    pub left_out: Vec<AnnotatorId>,
}

/// A mark in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Its name.
    pub id: AnnotationId,
    /// The place of its label in [`Study::labels`].
    pub label: usize,
    /// The words of each of its parts, in order. None where it holds signs alone.
    pub words: Vec<Range<usize>>,
    /// Where its parts begin and end, to the character.
    pub ends: Vec<(Offset, Offset)>,
    /// The words from its first to its last character; an empty place for signs alone.
    pub hull: Range<usize>,
}

/// An article, and what each annotator marked in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Its name.
    pub document: DocumentId,
    /// Its words.
    pub places: Places,
    /// By the place in [`Study::annotators`]: the marks in the order of the text; `None` where somebody has
    /// not been at it.
    pub marks: Vec<Option<Vec<Mark>>>,
}

/// What is compared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Study {
    /// Who marked, by id.
    pub annotators: Vec<AnnotatorId>,
    /// As what: the labels of the schema in their order, then others by id.
    pub labels: Vec<LabelId>,
    /// Where: the articles in which at least one of them has been.
    pub articles: Vec<Article>,
}

impl Choice {
    /// Whether the marks of somebody count.
    fn takes(&self, person: &AnnotatorId) -> bool {
        is_in(&self.annotators, person) && !self.left_out.contains(person)
    }
}

impl Study {
    /// What a project holds of what was chosen.
    pub fn of(project: &Project, choice: &Choice) -> Self {
        let documents = project.documents().iter();
        let documents: Vec<_> = documents
            .filter(|it| is_in(&choice.documents, &it.id))
            .collect();
        let marks_of = |document: &DocumentId| {
            let all = project.annotations().of(document).iter();
            all.filter(|it| choice.takes(&it.annotator) && is_in(&choice.labels, &it.label))
        };
        let all = || documents.iter().flat_map(|it| marks_of(&it.id));
        let finished = documents.iter().flat_map(|it| &it.finished_by);
        let finished = finished.filter(|it| choice.takes(it));
        let people = SortedSet::of_few(all().map(|it| &it.annotator).chain(finished));
        let people: Vec<AnnotatorId> = people.keys().cloned().collect();
        let used = SortedSet::of_few(all().map(|it| &it.label));
        let mut labels: Vec<LabelId> = used.keys().cloned().collect();
        let rank = |it: &LabelId| project.schema().position(it).unwrap_or(usize::MAX);
        sort_by(&mut labels, |a, b| {
            rank(a).cmp(&rank(b)).then_with(|| a.cmp(b))
        });
        let place_of = |list: &[AnnotatorId]| {
            SortedMap::of(list.iter().cloned().zip(0..).collect::<Vec<(_, usize)>>())
        };
        let who = place_of(&people);
        let what = SortedMap::of(labels.iter().cloned().zip(0..).collect::<Vec<(_, usize)>>());
        let mut articles = Vec::new();
        for document in documents {
            let mut marks: Vec<Option<Vec<Mark>>> = vec![None; people.len()];
            for &at in document.finished_by.iter().filter_map(|it| who.get(it)) {
                marks[at].get_or_insert_default();
            }
            let mut places = Places::default();
            for it in marks_of(&document.id) {
                if places.words.is_empty() {
                    places = Places::of(&document.text);
                }
                let label = if choice.is_one_label {
                    0
                } else {
                    what[&it.label]
                };
                marks[who[&it.annotator]]
                    .get_or_insert_default()
                    .push(mark(&places, it, label));
            }
            if marks.iter().any(Option::is_some) {
                if places.words.is_empty() {
                    places = Places::of(&document.text);
                }
                articles.push(Article {
                    document: document.id.clone(),
                    places,
                    marks,
                });
            }
        }
        if choice.is_one_label {
            labels.truncate(1);
        }
        Self {
            annotators: people,
            labels,
            articles,
        }
    }
}

/// Whether a list names it; one that names nothing takes all.
fn is_in<T: PartialEq>(list: &[T], it: &T) -> bool {
    list.is_empty() || list.contains(it)
}

fn mark(places: &Places, annotation: &Annotation, label: usize) -> Mark {
    let fragments = annotation.fragments().iter();
    Mark {
        id: annotation.id.clone(),
        label,
        words: places.marked(annotation),
        ends: fragments.map(|it| (it.start(), it.end())).collect(),
        hull: places.within(annotation.hull()),
    }
}

impl Article {
    /// The places of those who have been at it.
    pub fn present(&self) -> impl Iterator<Item = usize> {
        (0..self.marks.len()).filter(|&at| self.marks[at].is_some())
    }

    /// What somebody marked; nothing where they have not been at it.
    pub fn marks_of(&self, annotator: usize) -> &[Mark] {
        self.marks
            .get(annotator)
            .and_then(|it| it.as_deref())
            .unwrap_or_default()
    }
}
