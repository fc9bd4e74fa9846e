//! What is asked of a mark or an article and has no answer yet. Knows nothing of how one asks.

use crate::model::{
    Annotation, AnnotationId, Answer, Attribute, DocumentId, LabelSchema, MaybeDetails, Project,
    Subject,
};

/// What an article lacks before it is done.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Missing {
    /// Required questions about the article itself.
    pub document: Vec<Attribute>,
    /// Marks with required questions, in text order.
    pub marks: Vec<(AnnotationId, Vec<Attribute>)>,
}

impl Missing {
    /// How many answers are missing in all.
    pub fn count(&self) -> usize {
        let of_marks = self.marks.iter().map(|it| it.1.len());
        self.document.len() + of_marks.sum::<usize>()
    }
}

/// The questions that are asked of a mark now, in order: those for its label whose condition is met.
pub fn asked(project: &Project, annotation: &Annotation) -> Vec<Attribute> {
    let schema = project.schema();
    let all = schema.attributes().into_iter();
    let all = all.filter(|it| it.is_for(&annotation.label));
    all.filter(|it| is_shown(schema, it, &annotation.details))
        .collect()
}

/// The questions that are asked of an article now, in order.
pub fn asked_of_document(project: &Project, details: &MaybeDetails) -> Vec<Attribute> {
    let schema = project.schema();
    let all = schema.attributes().into_iter();
    let all = all.filter(|it| it.subject == Subject::Document);
    all.filter(|it| is_shown(schema, it, details)).collect()
}

/// The required questions of a mark that have no answer.
pub fn missing(project: &Project, annotation: &Annotation) -> Vec<Attribute> {
    let asked = asked(project, annotation).into_iter();
    lacking(asked, &annotation.details)
}

/// What an article lacks before it is done.
pub fn missing_in(project: &Project, document: &DocumentId) -> Missing {
    let details = project.document(document).map_or(&None, |it| &it.details);
    let marks = project.annotations().of(document).iter();
    let marks = marks.map(|it| (it.id.clone(), missing(project, it)));
    Missing {
        document: lacking(asked_of_document(project, details).into_iter(), details),
        marks: marks.filter(|it| !it.1.is_empty()).collect(),
    }
}

/// The answer to a question, or what is taken to be it. One that is no answer to it does not count.
pub fn answer<'a>(attribute: &'a Attribute, details: &'a MaybeDetails) -> Option<&'a Answer> {
    let given = details
        .as_ref()
        .and_then(|it| it.answers.get(attribute.id.as_str()));
    let given = given.filter(|it| attribute.kind.accepts(it));
    given.or(attribute.default.as_ref())
}

fn lacking(asked: impl Iterator<Item = Attribute>, details: &MaybeDetails) -> Vec<Attribute> {
    let open = asked.filter(|it| it.required && answer(it, details).is_none());
    open.collect()
}

/// Whether the condition of a question is met, and that of the question it waits for.
fn is_shown(schema: &LabelSchema, attribute: &Attribute, details: &MaybeDetails) -> bool {
    let mut condition = attribute.condition.clone();
    // A file may have questions that wait for each other in a circle; these are never asked.
    for _ in 0..=schema.entries().len() {
        let Some(wanted) = condition else {
            return true;
        };
        let Some(before) = schema.attribute(wanted.attribute.as_str()) else {
            return true;
        };
        if !answer(&before, details).is_some_and(|it| it.says(&wanted.value)) {
            return false;
        }
        condition = before.condition;
    }
    false
}
