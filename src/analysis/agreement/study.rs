//! Who marked which words as what: what agreement is counted from. Knows nothing of how.

use std::ops::Range;

use super::super::places::Places;
use crate::model::sorted::{SortedMap, SortedSet, sort_by};
use crate::model::{
    Annotation, AnnotationId, AnnotatorId, Document, DocumentId, LabelId, Offset, Project,
};

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
        let mut gathering = Gathering::new(project, choice);
        while gathering.step(project) {}
        gathering.finish()
    }
}

/// A study in the making. Marks may be many, so the articles come one by one; who is new in the project meanwhile
/// is left out.
pub struct Gathering {
    documents: Vec<DocumentId>,
    next: usize,
    who: SortedMap<AnnotatorId, usize>,
    what: SortedMap<LabelId, usize>,
    is_one_label: bool,
    study: Study,
}

impl Gathering {
    /// Finds who marked as what.
    pub fn new(project: &Project, choice: &Choice) -> Self {
        let documents = project.documents().iter();
        let documents: Vec<_> = documents
            .filter(|it| is_in(&choice.documents, &it.id))
            .collect();
        let marks = || {
            let all = documents.iter();
            let all = all.flat_map(|it| project.annotations().of(&it.id));
            all.filter(|it| is_in(&choice.labels, &it.label))
        };
        let finished = documents.iter().flat_map(|it| &it.finished_by);
        // Whether somebody counts is asked of few people, and not of many marks.
        let people = SortedSet::of_few(marks().map(|it| &it.annotator).chain(finished));
        let people = people.keys().filter(|it| choice.takes(it)).cloned();
        let who: SortedMap<AnnotatorId, usize> = people.zip(0..).collect();
        let counted = marks().filter(|it| who.contains(&it.annotator));
        let used = SortedSet::of_few(counted.map(|it| &it.label));
        let mut labels: Vec<LabelId> = used.keys().cloned().collect();
        let rank = |it: &LabelId| project.schema().position(it).unwrap_or(usize::MAX);
        sort_by(&mut labels, |a, b| {
            rank(a).cmp(&rank(b)).then_with(|| a.cmp(b))
        });
        Self {
            documents: documents.iter().map(|it| it.id.clone()).collect(),
            next: 0,
            what: labels.iter().cloned().zip(0..).collect(),
            is_one_label: choice.is_one_label,
            study: Study {
                annotators: who.iter().map(|it| it.0.clone()).collect(),
                labels,
                articles: Vec::new(),
            },
            who,
        }
    }

    /// Adds the marks of the next article; answers whether there was one.
    pub fn step(&mut self, project: &Project) -> bool {
        let Some(id) = self.documents.get(self.next) else {
            return false;
        };
        self.next += 1;
        let article = project
            .document(id)
            .and_then(|it| self.article(project, it));
        self.study.articles.extend(article);
        true
    }

    /// What they marked in an article; `None` where none of them has been at it.
    fn article(&self, project: &Project, document: &Document) -> Option<Article> {
        let mut marks: Vec<Option<Vec<Mark>>> = vec![None; self.who.len()];
        let finished = document.finished_by.iter();
        for &at in finished.filter_map(|it| self.who.get(it)) {
            marks[at].get_or_insert_default();
        }
        let all = project.annotations().of(&document.id).iter();
        let all = all.filter_map(|it| {
            let (who, what) = (self.who.get(&it.annotator)?, self.what.get(&it.label)?);
            Some((it, *who, if self.is_one_label { 0 } else { *what }))
        });
        // An article that nobody has been at need not be cut into words.
        let mut all = all.peekable();
        if all.peek().is_none() && marks.iter().all(Option::is_none) {
            return None;
        }
        let places = Places::of(&document.text);
        for (it, who, label) in all {
            let mark = mark(&places, it, label);
            marks[who].get_or_insert_default().push(mark);
        }
        Some(Article {
            document: document.id.clone(),
            places,
            marks,
        })
    }

    /// The study.
    pub fn finish(mut self) -> Study {
        if self.is_one_label {
            self.study.labels.truncate(1);
        }
        self.study
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
