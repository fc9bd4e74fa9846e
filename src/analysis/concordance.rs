//! Lines of a concordance: each place that was asked for, with the words around it, sorted by what stands
//! before or behind it. Knows nothing of how words are found, and nothing of screens.

use std::cell::RefCell;

use super::{FoldCase, Questions, answer};
use crate::model::sorted::SortedMap;
use crate::model::{Annotation, AnnotationId, Document, DocumentId, LabelId, Project, Span, Text};

/// Which marks a line must have to do with. Nothing is asked where all is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarkFilter {
    /// The place is, or lies within, a mark with this label.
    pub label: Option<LabelId>,
    /// That mark, or the place where no label is asked for, lies within another mark with this label.
    pub within: Option<LabelId>,
    /// The mark has an answer to this question, or has none though it is asked.
    pub answer: Option<(String, bool)>,
}

/// A place that fits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The article.
    pub document: DocumentId,
    /// The place, in bytes of its text.
    pub span: Span,
    /// The mark for which it was taken, where marks were asked for.
    pub mark: Option<AnnotationId>,
}

/// What lines are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Article by article, from the beginning of each.
    #[default]
    Text,
    /// Article by article, the earliest first; those without a date last.
    Time,
    /// The words before the place, the nearest first.
    Left,
    /// The words behind it.
    Right,
}

/// How many words before or behind a place count for the order.
const CONTEXT: usize = 5;

/// The lines of one article, in text order. `found` are the places of the words that were looked for;
/// without any words each mark that fits is a line.
pub fn lines(
    project: &Project,
    document: &Document,
    found: Option<&[Span]>,
    marks: &MarkFilter,
) -> Vec<Line> {
    let questions = Questions::of(project.schema());
    let fits = Fits {
        project,
        document,
        marks,
        questions: &questions,
    };
    let line = |span, mark: Option<&Annotation>| Line {
        document: document.id.clone(),
        span,
        mark: mark.map(|it| it.id.clone()),
    };
    let Some(found) = found else {
        let all = project.annotations().of(&document.id).iter();
        let all = all.filter(|it| fits.mark(it));
        return all.map(|it| line(it.hull(), Some(it))).collect();
    };
    let asks_for_mark = marks.label.is_some() || marks.answer.is_some();
    let lines = found.iter().filter_map(|&span| {
        if !asks_for_mark {
            return fits.surroundings(span, None).then(|| line(span, None));
        }
        let mut around = project.annotations().overlapping(&document.id, span);
        let mark = around.find(|it| contains(it, span) && fits.mark(it))?;
        Some(line(span, Some(mark)))
    });
    lines.collect()
}

/// The test that marks and places of one article are put to.
struct Fits<'a> {
    project: &'a Project,
    document: &'a Document,
    marks: &'a MarkFilter,
    questions: &'a Questions,
}

impl Fits<'_> {
    fn mark(&self, mark: &Annotation) -> bool {
        let has_label = |wanted: &LabelId| mark.label == *wanted;
        self.marks.label.as_ref().is_none_or(has_label)
            && self.answers(mark)
            && self.surroundings(mark.hull(), Some(mark))
    }

    fn answers(&self, mark: &Annotation) -> bool {
        let Some((question, is_answered)) = &self.marks.answer else {
            return true;
        };
        let mut asked = self.questions.asked(&mark.label, &mark.details);
        let asked = asked.find(|it| it.id.as_str() == question);
        asked.is_some_and(|it| answer(it, &mark.details).is_some() == *is_answered)
    }

    /// Whether a place lies within another mark of the label that is asked for.
    fn surroundings(&self, span: Span, of: Option<&Annotation>) -> bool {
        let Some(label) = &self.marks.within else {
            return true;
        };
        let is_other = |it: &Annotation| of.is_none_or(|of| of.id != it.id);
        let annotations = self.project.annotations();
        let mut around = annotations.overlapping(&self.document.id, span);
        around.any(|it| it.label == *label && is_other(it) && contains(it, span))
    }
}

fn contains(mark: &Annotation, span: Span) -> bool {
    mark.fragments().iter().any(|it| it.contains(span))
}

/// Sorts lines of several articles. Lines that are alike in that stay in the order they had. `document`
/// gives an article that is here.
pub fn sort<'d>(
    lines: &mut [Line],
    order: Order,
    document: impl Fn(&DocumentId) -> Option<&'d Document>,
    fold_case: &FoldCase,
) {
    let letters = Letters {
        fold_case,
        known: RefCell::default(),
    };
    match order {
        Order::Text => {}
        Order::Time => lines.sort_by_cached_key(|line| {
            let date = document(&line.document).map_or("", |it| &it.meta.date);
            (date.is_empty(), date.to_owned())
        }),
        Order::Left | Order::Right => lines.sort_by_cached_key(|line| {
            document(&line.document).map(|it| letters.context(&it.text, line.span, order))
        }),
    }
}

/// Letters as they are compared; each is asked for once.
struct Letters<'f> {
    fold_case: &'f FoldCase,
    known: RefCell<SortedMap<char, String>>,
}

impl Letters<'_> {
    /// The words beside a place, up to the ends of its paragraphs, the nearest first. It is asked for
    /// thousands of times at once: all between two letters or digits counts as their border.
    fn context(&self, text: &Text, span: Span, order: Order) -> String {
        let (before, behind) = beside(text, span);
        let is_sign = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’');
        let mut context = String::new();
        let mut put = |word: &str| {
            for letter in word.chars() {
                self.put(letter, &mut context);
            }
            context.push(' ');
        };
        match order {
            Order::Right => {
                let words = behind.split(is_sign).filter(|it| !it.is_empty());
                words.take(CONTEXT).for_each(&mut put);
            }
            _ => {
                let words = before.rsplit(is_sign).filter(|it| !it.is_empty());
                words.take(CONTEXT).for_each(&mut put);
            }
        }
        context
    }

    fn put(&self, letter: char, context: &mut String) {
        if letter.is_ascii() {
            return context.push(letter.to_ascii_lowercase());
        }
        let mut known = self.known.borrow_mut();
        if known.get(&letter).is_none() {
            known.insert(letter, (self.fold_case)(letter));
        }
        context.push_str(known.get(&letter).map_or("", |it| it));
    }
}

/// What stands before a place and behind it, up to the ends of its paragraphs.
pub fn beside(text: &Text, span: Span) -> (&str, &str) {
    let blocks = text.blocks_of(span);
    let ends = text.blocks().get(blocks).and_then(|it| {
        let (first, last) = (it.first()?.span(), it.last()?.span());
        Some((first.start().bytes(), last.end().bytes()))
    });
    let (start, end) = (span.start().bytes(), span.end().bytes());
    let (from, to) = ends.unwrap_or((start, end));
    let part = |from, to| text.as_str().get(from..to).unwrap_or("");
    (part(from, start), part(end, to))
}
