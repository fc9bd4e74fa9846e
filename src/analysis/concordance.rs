//! Lines of a concordance: each place that was asked for, with the words around it, sorted by what stands
//! before or behind it. Knows nothing of how words are found, and nothing of screens.

use super::{FoldCase, Questions, answer};
use crate::model::{
    Annotation, AnnotationId, Document, DocumentId, LabelId, Project, Span, Text, Unit, beyond,
};

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
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// Sorts lines of several articles. Lines with the same words stay in the order they had. `text` gives
/// the text of an article that is here.
pub fn sort<'t>(
    lines: &mut [Line],
    order: Order,
    text: impl Fn(&DocumentId) -> Option<&'t Text>,
    fold_case: &FoldCase,
) {
    if order == Order::Text {
        return;
    }
    lines.sort_by_cached_key(|line| {
        text(&line.document).map(|text| context(text, line.span, order, fold_case))
    });
}

/// The words beside a place, the nearest first, as they are compared.
fn context(text: &Text, span: Span, order: Order, fold_case: &FoldCase) -> Vec<String> {
    let is_forward = order == Order::Right;
    let mut at = if is_forward { span.end() } else { span.start() }.bytes();
    let words = std::iter::from_fn(|| {
        let word = beyond(text, at, Unit::Token, is_forward)?;
        at = if is_forward { word.end() } else { word.start() }.bytes();
        Some(text.slice(word).chars().map(fold_case).collect())
    });
    words.take(CONTEXT).collect()
}
