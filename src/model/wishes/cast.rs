//! Wishes about the cast.

use std::sync::Arc;

use super::refused;
use crate::model::attribute::{Answer, Attribute, AttributeKind, MaybeDetails};
use crate::model::change::{Record, RecordChange, RecordId};
use crate::model::edit::{Planned, Planner, Wish};
use crate::model::edit_error::EditError;
use crate::model::id::{AnnotationId, AttributeId, DocumentId, SpeakerId};
use crate::model::speaker::Speaker;

/// A wish about who speaks.
#[derive(Debug, Clone)]
pub enum CastEdit {
    /// Take somebody into the cast. The id has to be a fresh one.
    Add(Speaker),
    /// Let somebody be what this one says; the id tells whom.
    Change(Speaker),
    /// The first is the second: answers that name the first name the second, which gets its names.
    Merge(SpeakerId, SpeakerId),
    /// Take somebody out; answers that name them are taken back.
    Remove(SpeakerId),
    /// Take somebody into the cast, if they are not in it, and answer with them: who speaks is chosen
    /// and named in one step.
    Answer(Speaker, Vec<AnnotationId>, AttributeId),
    /// The same for a question about an article.
    AnswerDocument(Speaker, DocumentId, AttributeId),
}

impl Wish for CastEdit {
    fn again(&self) -> Box<dyn Wish> {
        Box::new(self.clone())
    }

    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError> {
        match &*self {
            CastEdit::Add(speaker) => {
                if planner.project.speaker(speaker.id.as_str()).is_some() {
                    return refused("There is somebody with this id already.");
                }
                check(speaker)?;
                let name = format!("add “{}” to the cast", speaker.name);
                Ok((name, vec![planner.becomes(speaker.clone())]))
            }
            CastEdit::Change(speaker) => {
                let before = planner.speaker(&speaker.id)?;
                check(speaker)?;
                let records = match before == *speaker {
                    true => Vec::new(),
                    false => vec![planner.becomes(speaker.clone())],
                };
                Ok((format!("change “{}”", before.name), records))
            }
            CastEdit::Merge(from, into) => {
                let (gone, kept) = (planner.speaker(from)?, planner.speaker(into)?);
                if from == into {
                    return Err(EditError::NoChange);
                }
                let mut after = kept.clone();
                for name in gone.names() {
                    if !after.names().any(|it| it == name) {
                        after.aliases.push(name.to_owned());
                    }
                }
                if after.role.is_empty() {
                    after.role = gone.role.clone();
                }
                let mut records = planner.renamed(from, Some(into));
                records.push(planner.becomes(after));
                records.push(planner.goes(&RecordId::Speaker(gone.id.clone())));
                Ok((
                    format!("merge “{}” into “{}”", gone.name, kept.name),
                    records,
                ))
            }
            CastEdit::Remove(id) => {
                let gone = planner.speaker(id)?;
                let mut records = planner.renamed(id, None);
                records.push(planner.goes(&RecordId::Speaker(id.clone())));
                Ok((format!("remove “{}” from the cast", gone.name), records))
            }
            CastEdit::Answer(speaker, ids, question) => planner.name(speaker, ids, question),
            CastEdit::AnswerDocument(speaker, id, question) => {
                planner.name_of_document(speaker, id, question)
            }
        }
    }
}

fn check(speaker: &Speaker) -> Result<(), EditError> {
    match speaker.name.trim() {
        "" => refused("Somebody in the cast needs a name, or what the text calls them."),
        _ => Ok(()),
    }
}

impl Planner<'_> {
    fn speaker(&self, id: &SpeakerId) -> Result<Speaker, EditError> {
        let found = self.project.speaker(id.as_str());
        found.ok_or(EditError::Refused(
            "They are not in the cast any more.".into(),
        ))
    }

    fn name(
        &self,
        speaker: &Speaker,
        ids: &[AnnotationId],
        question: &AttributeId,
    ) -> Result<Planned, EditError> {
        let answer = Answer::Text(speaker.id.as_str().to_owned());
        if self.project.speaker(speaker.id.as_str()).is_some() {
            return self.answer(ids, question, Some(&answer));
        }
        let attribute = self.asks_for_speaker(speaker, question)?;
        let mut records = vec![self.becomes(speaker.clone())];
        records.extend(self.say(ids, |mark, it| {
            if attribute.is_for(&mark.label) {
                it.answers.set(question.as_str(), Some(answer.clone()));
            }
        })?);
        if records.len() == 1 {
            return refused("That question is not asked of these marks.");
        }
        Ok((format!("name “{}”", speaker.name), records))
    }

    fn name_of_document(
        &self,
        speaker: &Speaker,
        id: &DocumentId,
        question: &AttributeId,
    ) -> Result<Planned, EditError> {
        let answer = Answer::Text(speaker.id.as_str().to_owned());
        if self.project.speaker(speaker.id.as_str()).is_some() {
            return self.answer_document(id, question, Some(&answer));
        }
        let attribute = self.asks_for_speaker(speaker, question)?;
        let mut records = vec![self.becomes(speaker.clone())];
        records.extend(self.say_of_document(id, &attribute, Some(&answer))?);
        Ok((format!("name “{}”", speaker.name), records))
    }

    /// The question, if somebody new can be the answer to it.
    fn asks_for_speaker(
        &self,
        speaker: &Speaker,
        question: &AttributeId,
    ) -> Result<Attribute, EditError> {
        check(speaker)?;
        let attribute = self.question(question, None)?;
        match attribute.kind {
            AttributeKind::Speaker => Ok(attribute),
            _ => refused(format!("That is no answer to “{}”.", attribute.name)),
        }
    }

    /// Every answer that names somebody names somebody else, or nobody.
    fn renamed(&self, from: &SpeakerId, to: Option<&SpeakerId>) -> Vec<RecordChange> {
        let questions = self.project.schema().attributes().into_iter();
        let questions = questions.filter(|it| it.kind == AttributeKind::Speaker);
        let questions: Vec<AttributeId> = questions.map(|it| it.id).collect();
        let renamed = |details: &MaybeDetails| {
            let known = details.as_deref()?;
            let named = questions.iter().filter(|id| {
                let answer = known.answers.get(id.as_str());
                answer.is_some_and(|it| it.says(from.as_str()))
            });
            let named: Vec<&AttributeId> = named.collect();
            let mut after = known.clone();
            for question in &named {
                let answer = to.map(|it| Answer::Text(it.as_str().to_owned()));
                after.answers.set(question.as_str(), answer);
            }
            (!named.is_empty()).then(|| after.kept())
        };
        let mut records = Vec::new();
        for before in self.project.annotations().all() {
            if let Some(details) = renamed(&before.details) {
                records.push(self.reannotate(&before, |it| it.details = details));
            }
        }
        for before in self.project.unplaced() {
            if let Some(details) = renamed(&before.details) {
                let mut after = crate::model::Unplaced::clone(before);
                (after.details, after.modified) = (details, self.now);
                let before = Record::Unplaced(before.clone());
                records.push(RecordChange::replaced(
                    before,
                    Record::Unplaced(Arc::new(after)),
                ));
            }
        }
        for before in self.project.documents() {
            if let Some(details) = renamed(&before.details) {
                records.push(self.redocument(before, |it| it.details = details));
            }
        }
        records
    }
}
