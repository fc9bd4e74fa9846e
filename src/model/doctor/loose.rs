//! Loose ends: what names a mark, a question, a label or somebody that is not here. Knows nothing of how
//! they came about.

use std::sync::Arc;

use super::Doctor;
use crate::model::annotation::Annotation;
use crate::model::attribute::{Answer, Attribute, AttributeKind, Details, MaybeDetails, Subject};
use crate::model::change::{Record, RecordChange, RecordId};
use crate::model::edit::{Edit, Planned, Planner, Wish};
use crate::model::edit_error::EditError;
use crate::model::entry::Entry;
use crate::model::id::{AnnotationId, LabelId, SpeakerId};
use crate::model::import::Import;
use crate::model::label::{Label, MAX_LABELS};
use crate::model::project::Project;
use crate::model::relation::{Relation, RelationType};
use crate::model::sorted::SortedMap;
use crate::model::speaker::Speaker;
use crate::model::value::Value;

/// What is mended; judged anew when it is done, since another repair may come first.
#[derive(Debug, Clone)]
enum Mend {
    /// A relation or a comment goes.
    Drop(RecordId),
    /// A label is no kind of another any more.
    Orphan(LabelId),
    /// A question waits for no other any more, and names labels that are here; without any it goes.
    Free(RecordId),
    /// Answers to this question that are none go.
    Forget(String),
    /// Marks that are not here go out of the answers to this question.
    Point(String),
}

impl Wish for Mend {
    fn again(&self) -> Box<dyn Wish> {
        Box::new(self.clone())
    }

    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError> {
        let project = planner.project;
        let records = match &*self {
            Mend::Drop(id) => project
                .record(id)
                .map(RecordChange::removed)
                .into_iter()
                .collect(),
            Mend::Orphan(id) => {
                let label = planner.label(id)?;
                let after = Label {
                    parent: None,
                    ..Label::clone(label)
                };
                let before = Record::Label(label.clone());
                vec![RecordChange::replaced(before, after.into())]
            }
            Mend::Free(id) => project
                .record(id)
                .map(|before| RecordChange {
                    after: freed(project, &before),
                    before: Some(before),
                })
                .into_iter()
                .collect(),
            Mend::Forget(question) => {
                let asked = project.schema().attribute(question);
                planner.answers_mended(&|details, is_of_mark| {
                    let answer = details.answers.get(question)?;
                    let is_right = fits(asked.as_ref(), answer, is_of_mark);
                    (!is_right).then(|| without(details, question, None))
                })
            }
            Mend::Point(question) => planner.answers_mended(&|details, _| {
                let named = details.answers.get(question)?.texts()?;
                let here: Vec<&str> = named
                    .iter()
                    .copied()
                    .filter(|it| is_here(project, it))
                    .collect();
                let answer = (!here.is_empty()).then(|| Value::list(here.iter().copied()));
                (here.len() < named.len()).then(|| without(details, question, answer))
            }),
        };
        Ok(("repair".into(), records))
    }
}

impl From<Mend> for Edit {
    fn from(mend: Mend) -> Edit {
        Edit::Other(Box::new(mend))
    }
}

/// The same with another answer to a question, or none.
fn without(details: &Details, question: &str, answer: Option<Answer>) -> MaybeDetails {
    let mut after = details.clone();
    after.answers.set(question, answer);
    after.kept()
}

impl Planner<'_> {
    /// Marks, marks in the tray and articles of which `mend` says something else. It is told what is said,
    /// and whether of a mark.
    fn answers_mended(
        &self,
        mend: &dyn Fn(&Details, bool) -> Option<MaybeDetails>,
    ) -> Vec<RecordChange> {
        let mended = |it: &MaybeDetails, is_of_mark| mend(it.as_deref()?, is_of_mark);
        let mut records = Vec::new();
        for before in self.project.annotations().all() {
            if let Some(details) = mended(&before.details, true) {
                records.push(self.reannotate(&before, |it| it.details = details));
            }
        }
        for before in self.project.unplaced() {
            if let Some(details) = mended(&before.details, true) {
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
            if let Some(details) = mended(&before.details, false) {
                records.push(self.redocument(before, |it| it.details = details));
            }
        }
        records
    }
}

/// Whether an answer can be one to this question.
fn fits(asked: Option<&Attribute>, answer: &Answer, is_of_mark: bool) -> bool {
    asked.is_some_and(|it| {
        (it.subject == Subject::Annotation) == is_of_mark && it.kind.accepts(answer)
    })
}

fn is_here(project: &Project, mark: &str) -> bool {
    AnnotationId::new(mark).is_some_and(|id| project.home(&id).is_some())
}

/// A question or a kind of relation that names nothing that is not here; `None` where it would be for
/// nothing any more.
fn freed(project: &Project, record: &Record) -> Option<Record> {
    let Record::Entry(entry) = record else {
        return Some(record.clone());
    };
    let schema = project.schema();
    let left = |labels: &mut Vec<LabelId>| {
        let were_some = !labels.is_empty();
        labels.retain(|it| schema.get(it).is_some());
        !(were_some && labels.is_empty())
    };
    if let Some(mut question) = Attribute::of(entry) {
        let waits = question.condition.take();
        question.condition = waits.filter(|it| schema.attribute(it.attribute.as_str()).is_some());
        return left(&mut question.labels).then(|| question.into());
    }
    let mut kind = RelationType::of(entry)?;
    (left(&mut kind.from) & left(&mut kind.to)).then(|| kind.into())
}

impl Doctor<'_> {
    /// Relations and comments that lean on what is not here.
    pub(super) fn examine_links(&mut self) {
        let project = self.project;
        let mut unknown = Vec::new();
        for entry in project.entries() {
            if entry.marks().any(|it| !is_here(project, it)) {
                let (who, what) = match entry.id {
                    RecordId::Relation(_) => (
                        "A relation",
                        "leads to or from a mark that is not here. Repair removes it.",
                    ),
                    RecordId::FirstLabel(_) => (
                        "A first label",
                        "is of a mark that is not here. Repair removes it.",
                    ),
                    _ => (
                        "A comment",
                        "is about a mark that is not here. Repair removes it.",
                    ),
                };
                let repair = Mend::Drop(entry.id.clone());
                self.add(None, who, what, Some(repair.into()));
            } else if let Some(it) = Relation::of(entry)
                && project.schema().relation_type(&it.kind).is_none()
                && !unknown.contains(&it.kind)
            {
                let what = "is not among the kinds of relations, and marks are related so. Repair adds it there.";
                let missing = RelationType::new(it.kind.clone(), it.kind.as_str());
                self.add(
                    None,
                    &said(it.kind.as_str()),
                    what,
                    Some(added(missing.into())),
                );
                unknown.push(it.kind);
            }
        }
    }

    /// Labels, questions and kinds of relations that name each other amiss.
    pub(super) fn examine_schema(&mut self) {
        let schema = self.project.schema();
        for label in schema.labels() {
            let what = match above(self.project, label) {
                Above::Fine => continue,
                Above::Gone => {
                    "is a kind of a label that is not here. Repair lets it stand by itself."
                }
                Above::Circle => "is a kind of itself. Repair lets it stand by itself.",
            };
            let who = format!("The label {}", said(&label.name));
            let repair = Mend::Orphan(label.id.clone());
            self.add(None, &who, what, Some(repair.into()));
        }
        for entry in schema.entries() {
            let record = Record::Entry(entry.clone());
            let after = freed(self.project, &record);
            if matches!(entry.id, RecordId::Guidelines) || typed(entry) == after {
                continue;
            }
            let who = match entry.id {
                RecordId::Attribute(_) => "The question ",
                _ => "The kind of relation ",
            };
            let what = match after {
                Some(_) => "names a label or a question that is not here. Repair drops that.",
                None => "is for labels alone that are not here. Repair removes it.",
            };
            let who = [who, &said(entry.text("name"))].concat();
            let repair = Mend::Free(entry.id.clone());
            self.add(None, &who, what, Some(repair.into()));
        }
    }

    /// Answers to questions that are not asked here, or that they cannot be answers to, and those that name
    /// marks or speakers that are not here: one finding for each question, one for each speaker.
    pub(super) fn examine_answers(&mut self) {
        let project = self.project;
        let questions = project.schema().attributes();
        let mut wrong: SortedMap<String, usize> = SortedMap::default();
        let mut pointless: SortedMap<String, usize> = SortedMap::default();
        let mut speakers: SortedMap<String, usize> = SortedMap::default();
        let mut look = |details: &MaybeDetails, is_of_mark: bool| {
            let answers = details.iter().flat_map(|it| it.answers.iter());
            for (name, answer) in answers {
                let asked = questions.iter().find(|it| it.id.as_str() == name);
                let Some(asked) = asked.filter(|it| fits(Some(it), answer, is_of_mark)) else {
                    *wrong.or_default(name.clone()) += 1;
                    continue;
                };
                match (&asked.kind, answer.text(), answer.texts()) {
                    (AttributeKind::Speaker, Some(id), _) if project.speaker(id).is_none() => {
                        *speakers.or_default(id.to_owned()) += 1;
                    }
                    (AttributeKind::Spans, _, Some(ids)) => {
                        let gone = ids.iter().filter(|it| !is_here(project, it)).count();
                        if gone > 0 {
                            *pointless.or_default(name.clone()) += gone;
                        }
                    }
                    _ => {}
                }
            }
        };
        let marks = project.annotations().all();
        marks
            .iter()
            .for_each(|it: &Arc<Annotation>| look(&it.details, true));
        project.unplaced().for_each(|it| look(&it.details, true));
        project
            .documents()
            .iter()
            .for_each(|it| look(&it.details, false));
        for (name, count) in wrong.iter() {
            let asked = questions.iter().find(|it| it.id.as_str() == name);
            let (called, what) = match asked {
                Some(it) => (&it.name, "that cannot be one. Repair takes that away."),
                None => (
                    name,
                    "to a question that is not asked here. Repair takes that away.",
                ),
            };
            let who = format!("{}: {}", said(called), counted(*count));
            self.add(None, &who, what, Some(Mend::Forget(name.clone()).into()));
        }
        for (name, count) in pointless.iter() {
            let called = questions.iter().find(|it| it.id.as_str() == name);
            let who = said(called.map_or(name, |it| &it.name));
            let what = format!(
                "names marks that are not here ({count}). Repair takes them out of the answers."
            );
            self.add(None, &who, &what, Some(Mend::Point(name.clone()).into()));
        }
        for (id, count) in speakers.iter() {
            let what = format!(
                "is said to speak ({count}) and is not in the cast. Repair adds them there."
            );
            let missing = SpeakerId::new(id).map(|it| added(Speaker::new(it, id.as_str()).into()));
            self.add(None, &said(id), &what, missing);
        }
    }
}

pub(super) fn said(name: &str) -> String {
    ["“", name, "”"].concat()
}

fn counted(count: usize) -> String {
    match count {
        1 => "1 answer".to_owned(),
        _ => format!("{count} answers"),
    }
}

/// The repair that adds what is missing.
fn added(record: Record) -> Edit {
    Edit::Merge(Box::new(Import {
        others: vec![record],
        ..Import::default()
    }))
}

/// A question or a kind of relation as it is written here.
fn typed(entry: &Entry) -> Option<Record> {
    let question = Attribute::of(entry).map(Record::from);
    question.or_else(|| RelationType::of(entry).map(Record::from))
}

/// What is above a label.
enum Above {
    Fine,
    Gone,
    Circle,
}

fn above(project: &Project, label: &Label) -> Above {
    let mut above = label.parent.as_ref();
    // Each step goes one up, so that more steps than labels are a circle.
    for _ in 0..=MAX_LABELS {
        let Some(id) = above else {
            return Above::Fine;
        };
        if *id == label.id {
            return Above::Circle;
        }
        let Some(parent) = project.schema().get(id) else {
            return match label.parent.as_ref() == Some(id) {
                true => Above::Gone,
                // That is the finding of another label.
                false => Above::Fine,
            };
        };
        above = parent.parent.as_ref();
    }
    // It leads to a circle without being in it.
    Above::Fine
}
