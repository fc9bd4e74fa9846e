//! What questions are put to: one mark, those that are picked, or an article. Knows nothing of how one
//! asks.

use leptos::prelude::*;

use crate::analysis::Questions;
use crate::model::{
    AnnotationId, Answer, AnswerEdit, Attribute, AttributeId, DocumentId, Edit, EditError, LabelId,
    MaybeDetails,
};
use crate::session::Session;

/// What questions are put to.
#[derive(Debug, Clone, PartialEq)]
pub enum About {
    /// One mark.
    Mark(AnnotationId),
    /// The marks that are picked.
    Picked,
    /// An article as a whole.
    Article(DocumentId),
}

/// What is answered to a question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Given {
    /// The answer, where all have the same.
    pub answer: Option<Answer>,
    /// Whether some have another answer than others.
    pub differs: bool,
}

/// Does what is wished; answers whether it is so now. What cannot be is said.
pub fn wish(session: Session, edit: impl Into<Edit>) -> bool {
    match session.dispatch(edit.into()) {
        Ok(_) | Err(EditError::NoChange) => true,
        Err(error) => {
            session.view.warn(error.to_string());
            false
        }
    }
}

impl About {
    /// What the ids of elements say.
    pub fn key(&self) -> &str {
        match self {
            About::Mark(id) => id.as_str(),
            About::Picked => "picked",
            About::Article(id) => id.as_str(),
        }
    }

    /// The marks, which are followed.
    pub fn marks(&self, session: Session) -> Vec<AnnotationId> {
        match self {
            About::Mark(id) => vec![id.clone()],
            About::Picked => session.picked(),
            About::Article(_) => Vec::new(),
        }
    }

    /// What is said of each, and its label where it is a mark; follows all of that.
    pub fn told(&self, session: Session) -> Vec<(Option<LabelId>, MaybeDetails)> {
        let marks = self.marks(session);
        session.with_marks(|project| match self {
            About::Article(id) => {
                let document = project.document(id);
                document
                    .map(|it| (None, it.details.clone()))
                    .into_iter()
                    .collect()
            }
            _ => {
                let marks = marks.iter().filter_map(|id| project.annotations().get(id));
                let told = marks.map(|it| (Some(it.label.clone()), it.details.clone()));
                told.collect()
            }
        })
    }

    /// Whether it is said how sure one is, and whether there are tags; follows both.
    pub fn said_besides(&self, session: Session) -> (bool, bool) {
        let told = self.told(session);
        let all = || told.iter().filter_map(|it| it.1.as_deref());
        let is_sure = all().any(|it| it.certainty.is_some());
        (is_sure, all().any(|it| !it.tags.is_empty()))
    }

    /// The questions that are asked now, in order; follows them.
    pub fn asked(&self, session: Session) -> Vec<Attribute> {
        let told = self.told(session);
        let questions = session.with_marks(|project| Questions::of(project.schema()));
        let mut asked: Vec<Attribute> = Vec::new();
        for (label, details) in &told {
            let more: Vec<&Attribute> = match label {
                Some(label) => questions.asked(label, details).collect(),
                None => questions.asked_of_document(details).collect(),
            };
            for one in more {
                if !asked.iter().any(|it| it.id == one.id) {
                    asked.push(one.clone());
                }
            }
        }
        asked
    }

    /// What is answered to a question; follows it.
    pub fn given(&self, session: Session, question: &Attribute) -> Given {
        let told = self.told(session);
        let asked = told.iter().filter(|(label, _)| {
            let label = label.as_ref();
            label.is_none_or(|it| question.is_for(it))
        });
        let mut answers = asked.map(|(_, details)| {
            let details = details.as_ref();
            details.and_then(|it| it.answers.get(question.id.as_str()))
        });
        let first = answers.next().flatten();
        let differs = answers.any(|it| it != first);
        Given {
            answer: first.filter(|_| !differs).cloned(),
            differs,
        }
    }

    /// The wish to answer a question, or to take the answer back.
    pub fn answer(
        &self,
        session: Session,
        question: &AttributeId,
        answer: Option<Answer>,
    ) -> AnswerEdit {
        let question = question.clone();
        match self {
            About::Article(id) => AnswerEdit::AnswerDocument(id.clone(), question, answer),
            _ => AnswerEdit::Answer(untrack(|| self.marks(session)), question, answer),
        }
    }
}
