//! What is asked of a mark or an article and has no answer yet. Knows nothing of how one asks.

use crate::model::{
    Annotation, AnnotationId, Answer, Attribute, DocumentId, LabelId, LabelSchema, MaybeDetails,
    Project, Subject,
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

/// The questions of a schema, read once to be put to many marks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Questions(Vec<Attribute>);

impl Questions {
    /// All questions of a schema.
    pub fn of(schema: &LabelSchema) -> Self {
        Self(schema.attributes())
    }

    /// Whether any of them must be answered.
    pub fn are_any_required(&self) -> bool {
        self.0.iter().any(|it| it.required)
    }

    /// The questions that are asked of marks with a label of which this is said, in order: those for the
    /// label whose condition is met.
    pub fn asked<'q>(
        &'q self,
        label: &'q LabelId,
        details: &'q MaybeDetails,
    ) -> impl Iterator<Item = &'q Attribute> {
        let all = self.0.iter().filter(|it| it.is_for(label));
        all.filter(|it| self.is_shown(it, details))
    }

    /// The questions that are asked of an article of which this is said, in order.
    pub fn asked_of_document<'q>(
        &'q self,
        details: &'q MaybeDetails,
    ) -> impl Iterator<Item = &'q Attribute> {
        let all = self.0.iter().filter(|it| it.subject == Subject::Document);
        all.filter(|it| self.is_shown(it, details))
    }

    /// The required questions of a mark that have no answer.
    pub fn missing<'q>(
        &'q self,
        annotation: &'q Annotation,
    ) -> impl Iterator<Item = &'q Attribute> {
        let asked = self.asked(&annotation.label, &annotation.details);
        lacking(asked, &annotation.details)
    }

    /// The required questions of an article that have no answer.
    pub fn missing_of_document<'q>(
        &'q self,
        details: &'q MaybeDetails,
    ) -> impl Iterator<Item = &'q Attribute> {
        lacking(self.asked_of_document(details), details)
    }

    /// Whether the condition of a question is met, and that of the question it waits for.
    fn is_shown(&self, attribute: &Attribute, details: &MaybeDetails) -> bool {
        let mut condition = attribute.condition.as_ref();
        // A file may have questions that wait for each other in a circle; these are never asked.
        for _ in 0..=self.0.len() {
            let Some(wanted) = condition else {
                return true;
            };
            let Some(before) = self.0.iter().find(|it| it.id == wanted.attribute) else {
                return true;
            };
            if !answer(before, details).is_some_and(|it| it.says(&wanted.value)) {
                return false;
            }
            condition = before.condition.as_ref();
        }
        false
    }
}

/// The questions that are asked of a mark now, in order: those for its label whose condition is met.
pub fn asked(project: &Project, annotation: &Annotation) -> Vec<Attribute> {
    let questions = Questions::of(project.schema());
    let asked = questions.asked(&annotation.label, &annotation.details);
    asked.cloned().collect()
}

/// The questions that are asked of an article now, in order.
pub fn asked_of_document(project: &Project, details: &MaybeDetails) -> Vec<Attribute> {
    let questions = Questions::of(project.schema());
    questions.asked_of_document(details).cloned().collect()
}

/// The required questions of a mark that have no answer.
pub fn missing(project: &Project, annotation: &Annotation) -> Vec<Attribute> {
    let questions = Questions::of(project.schema());
    questions.missing(annotation).cloned().collect()
}

/// What an article lacks before it is done.
pub fn missing_in(project: &Project, document: &DocumentId) -> Missing {
    let questions = Questions::of(project.schema());
    let details = project.document(document).map_or(&None, |it| &it.details);
    let marks = project.annotations().of(document).iter();
    let marks = marks.map(|it| (it.id.clone(), questions.missing(it).cloned().collect()));
    Missing {
        document: questions.missing_of_document(details).cloned().collect(),
        marks: marks.filter(|it: &(_, Vec<_>)| !it.1.is_empty()).collect(),
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

fn lacking<'q>(
    asked: impl Iterator<Item = &'q Attribute>,
    details: &'q MaybeDetails,
) -> impl Iterator<Item = &'q Attribute> {
    asked.filter(|it| it.required && answer(it, details).is_none())
}
