//! Wishes about what more is said of marks and articles: answers, certainty, tags, and comments.

use std::sync::Arc;

use super::refused;
use crate::model::annotation::Annotation;
use crate::model::attribute::{
    Answer, Attribute, AttributeKind, Certainty, Details, MaybeDetails, Subject,
};
use crate::model::change::{Record, RecordChange, RecordId};
use crate::model::edit::{ANSWER, Planned, Planner, Wish};
use crate::model::edit_error::EditError;
use crate::model::id::{AnnotationId, AttributeId, CommentId, DocumentId};
use crate::model::relation::Comment;
use crate::model::text::Span;
use crate::model::value::{Fields, Value};

/// A wish about what more is said.
#[derive(Debug, Clone)]
pub enum AnswerEdit {
    /// Answer a question about marks, or take the answer back. Of several marks those are passed over
    /// that it is not asked of.
    Answer(Vec<AnnotationId>, AttributeId, Option<Answer>),
    /// Answer a question about an article, or take the answer back.
    AnswerDocument(DocumentId, AttributeId, Option<Answer>),
    /// Say how sure one is of marks, or say it no more.
    SetCertainty(Vec<AnnotationId>, Option<Certainty>),
    /// Put a tag on marks.
    Tag(Vec<AnnotationId>, String),
    /// Take a tag off marks.
    Untag(Vec<AnnotationId>, String),
    /// Say that marks are right as their labels are meant now.
    Review(Vec<AnnotationId>),
    /// Say something about a mark. The id has to be a fresh one.
    AddComment(CommentId, AnnotationId, String),
    /// Say something else instead.
    ChangeComment(CommentId, String),
    /// Take back what was said.
    RemoveComment(CommentId),
}

impl Wish for AnswerEdit {
    fn again(&self) -> Box<dyn Wish> {
        Box::new(self.clone())
    }

    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError> {
        match &*self {
            AnswerEdit::Answer(ids, question, answer) => {
                planner.answer(ids, question, answer.as_ref())
            }
            AnswerEdit::AnswerDocument(id, question, answer) => {
                planner.answer_document(id, question, answer.as_ref())
            }
            AnswerEdit::SetCertainty(ids, certainty) => {
                let records = planner.say(ids, |_, it| it.certainty = *certainty)?;
                Ok(("set certainty".into(), records))
            }
            AnswerEdit::Tag(ids, tag) => {
                let tag = tag.trim();
                if tag.is_empty() {
                    return refused("A tag needs a name.");
                }
                let put = |_: &Annotation, it: &mut Details| {
                    if !it.tags.iter().any(|known| known == tag) {
                        it.tags.push(tag.to_owned());
                    }
                };
                Ok((format!("tag “{tag}”"), planner.say(ids, put)?))
            }
            AnswerEdit::Untag(ids, tag) => {
                let records = planner.say(ids, |_, it| it.tags.retain(|known| known != tag))?;
                Ok((format!("drop tag “{tag}”"), records))
            }
            AnswerEdit::Review(ids) => planner.review(ids),
            AnswerEdit::AddComment(id, annotation, text) => {
                planner.annotation(annotation)?;
                let comment = Comment {
                    id: id.clone(),
                    annotation: annotation.clone(),
                    annotator: planner.annotator.clone(),
                    text: said(text)?.into(),
                    created: planner.now,
                    modified: planner.now,
                    extra: Fields::default(),
                };
                Ok(("comment".into(), vec![planner.becomes(comment)]))
            }
            AnswerEdit::ChangeComment(id, text) => {
                let mut comment = planner.comment(id)?;
                let text = said(text)?;
                let is_same = *comment.text == *text;
                (comment.text, comment.modified) = (text.into(), planner.now);
                let records = match is_same {
                    true => Vec::new(),
                    false => vec![planner.becomes(comment)],
                };
                Ok(("change comment".into(), records))
            }
            AnswerEdit::RemoveComment(id) => {
                let gone = RecordId::Comment(planner.comment(id)?.id);
                Ok(("delete comment".into(), vec![planner.goes(&gone)]))
            }
        }
    }
}

fn said(text: &str) -> Result<&str, EditError> {
    match text.trim() {
        "" => refused("There is nothing to say in an empty comment."),
        text => Ok(text),
    }
}

/// What an answer to this question is called among the steps of undo.
pub(super) fn named(attribute: &Attribute) -> String {
    format!("{ANSWER}“{}”", attribute.name)
}

/// What is said, with a change to it.
fn changed(details: &MaybeDetails, change: impl FnOnce(&mut Details)) -> MaybeDetails {
    let mut details = details.as_deref().cloned().unwrap_or_default();
    change(&mut details);
    details.kept()
}

impl Planner<'_> {
    /// The question, if this may be answered.
    pub(super) fn question(
        &self,
        id: &AttributeId,
        answer: Option<&Answer>,
    ) -> Result<Attribute, EditError> {
        let Some(attribute) = self.project.schema().attribute(id.as_str()) else {
            return refused("That question is not here any more.");
        };
        let Some(answer) = answer else {
            return Ok(attribute);
        };
        let is_known = match (&attribute.kind, answer) {
            (AttributeKind::Speaker, Value::Text(id)) => self.project.speaker(id).is_some(),
            (AttributeKind::Spans, ids) => ids.texts().is_some_and(|ids| {
                let mut ids = ids.into_iter().map(AnnotationId::new);
                ids.all(|id| id.is_some_and(|id| self.project.home(&id).is_some()))
            }),
            (AttributeKind::Number, Value::Number(digits)) => is_number(digits),
            (kind, answer) => kind.accepts(answer),
        };
        match is_known {
            true => Ok(attribute),
            false => refused(format!("That is no answer to “{}”.", attribute.name)),
        }
    }

    pub(super) fn answer(
        &self,
        ids: &[AnnotationId],
        question: &AttributeId,
        answer: Option<&Answer>,
    ) -> Result<Planned, EditError> {
        let attribute = self.question(question, answer)?;
        let found: Result<Vec<_>, _> = ids.iter().map(|id| self.annotation(id)).collect();
        let found = found?;
        if let Some(answer) = answer {
            self.check_words(&found, answer)?;
        }
        if !found.iter().any(|it| attribute.is_for(&it.label)) {
            return refused("That question is not asked of these marks.");
        }
        let records = self.say(ids, |mark, it| {
            if attribute.is_for(&mark.label) {
                it.answers.set(question.as_str(), answer.cloned());
            }
        })?;
        Ok((named(&attribute), records))
    }

    /// Words have to stand in the article of the mark, and be its own.
    fn check_words(&self, marks: &[&Arc<Annotation>], answer: &Answer) -> Result<(), EditError> {
        if answer.spans().next().is_none() {
            return Ok(());
        }
        let [mark] = marks else {
            return refused("Words are chosen mark by mark.");
        };
        let text = &self.document(&mark.document)?.text;
        let fits = |it: Span| text.span(it.start().bytes(), it.end().bytes()) == Some(it);
        match answer.spans().all(fits) {
            true => Ok(()),
            false => refused("Those words are not in the article."),
        }
    }

    /// Answers a question about an article.
    pub(super) fn answer_document(
        &self,
        id: &DocumentId,
        question: &AttributeId,
        answer: Option<&Answer>,
    ) -> Result<Planned, EditError> {
        let attribute = self.question(question, answer)?;
        let records = self.say_of_document(id, &attribute, answer)?;
        Ok((named(&attribute), records))
    }

    /// Takes down what is answered of an article to a question about articles.
    pub(super) fn say_of_document(
        &self,
        id: &DocumentId,
        question: &Attribute,
        answer: Option<&Answer>,
    ) -> Result<Vec<RecordChange>, EditError> {
        let names_words = answer.is_some_and(|it| it.spans().next().is_some());
        if question.subject != Subject::Document || names_words {
            return refused("That question is not asked of articles.");
        }
        let before = self.document(id)?;
        let details = changed(&before.details, |it| {
            it.answers.set(question.id.as_str(), answer.cloned());
        });
        Ok(match details == before.details {
            true => Vec::new(),
            false => vec![self.redocument(before, |it| it.details = details)],
        })
    }

    /// Says more of marks; those of which it was said before stay as they are.
    pub(super) fn say(
        &self,
        ids: &[AnnotationId],
        change: impl Fn(&Annotation, &mut Details),
    ) -> Result<Vec<RecordChange>, EditError> {
        let mut records = Vec::new();
        for id in ids {
            let before = self.annotation(id)?;
            let details = changed(&before.details, |it| change(before, it));
            if details != before.details {
                records.push(self.reannotate(before, |it| it.details = details));
            }
        }
        Ok(records)
    }

    fn review(&self, ids: &[AnnotationId]) -> Result<Planned, EditError> {
        let mut records = Vec::new();
        for id in ids {
            let before = self.annotation(id)?;
            let revision = self.label(&before.label)?.revision;
            if before.revision != revision {
                records.push(self.reannotate(before, |it| it.revision = revision));
            }
        }
        Ok(("confirm".into(), records))
    }

    fn comment(&self, id: &CommentId) -> Result<Comment, EditError> {
        let found = self.project.record(&RecordId::Comment(id.clone()));
        let comment = found.and_then(|it| match it {
            Record::Entry(it) => Comment::of(&it),
            _ => None,
        });
        comment.ok_or(EditError::Refused(
            "That comment is not here any more.".into(),
        ))
    }
}

/// Whether these signs are a number that files can say, such as `-1.5e3`.
fn is_number(digits: &str) -> bool {
    let whole = digits.strip_prefix('-').unwrap_or(digits);
    let is_plain = whole.starts_with(|c: char| c.is_ascii_digit()) && !whole.ends_with('.');
    let has_no_zeros =
        !whole.starts_with('0') || !whole[1..].starts_with(|c: char| c.is_ascii_digit());
    let is_finite = digits.parse::<f64>().is_ok_and(f64::is_finite);
    is_plain && has_no_zeros && is_finite && !whole.contains(".e") && !whole.contains(".E")
}
