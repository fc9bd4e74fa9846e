//! What is counted of somebody: their quotes in the order of the articles and texts. Knows nothing of how
//! it is shown.

use crate::analysis::quotes_by_speaker;
use crate::model::sorted::{sort_by, sort_by_key};
use crate::model::{Annotation, AttributeKind, DocumentId, Project, Speaker};

/// Somebody with all that is marked as theirs.
#[derive(Debug, Clone, PartialEq)]
pub struct Spoken {
    /// Who.
    pub speaker: Speaker,
    /// The marks, in the order of the articles and texts.
    pub marks: Vec<std::sync::Arc<Annotation>>,
    /// How many words that are.
    pub words: usize,
    /// How many articles they are in.
    pub articles: usize,
}

/// The cast, those with the most quotes first.
pub fn spoken(project: &Project) -> Vec<Spoken> {
    let quotes = quotes_by_speaker(project);
    let place = |id: &DocumentId| {
        let documents = project.documents().iter();
        documents.clone().position(|it| it.id == *id)
    };
    let of = |speaker: Speaker| {
        let found = quotes.get(&speaker.id).map_or(&[][..], Vec::as_slice);
        let marks = found
            .iter()
            .filter_map(|it| project.annotations().get(&it.1));
        let mut marks: Vec<_> = marks.cloned().collect();
        sort_by_key(&mut marks, |it| (place(&it.document), it.hull().start()));
        let words = marks.iter().map(|it| words(project, it)).sum();
        let mut articles: Vec<&DocumentId> = marks.iter().map(|it| &it.document).collect();
        articles.dedup();
        let articles = articles.len();
        Spoken {
            speaker,
            marks,
            words,
            articles,
        }
    };
    let mut all: Vec<Spoken> = project.cast().map(of).collect();
    sort_by(&mut all, |a, b| {
        let by_count = b.marks.len().cmp(&a.marks.len());
        by_count.then_with(|| a.speaker.name.cmp(&b.speaker.name))
    });
    all
}

/// How many words a mark has: what stands between spaces and holds a letter or a digit.
fn words(project: &Project, mark: &Annotation) -> usize {
    let document = project.document(&mark.document);
    let words = document.map_or_else(String::new, |it| mark.words(&it.text, " "));
    let is_word = |it: &&str| it.chars().any(char::is_alphanumeric);
    words.split_whitespace().filter(is_word).count()
}

/// How many marks it is asked of who speaks, and nobody has said.
pub fn unnamed(project: &Project) -> usize {
    let questions = crate::analysis::Questions::of(project.schema());
    let lacks = |mark: &&std::sync::Arc<Annotation>| {
        let mut asked = questions.asked(&mark.label, &mark.details);
        asked.any(|it| {
            let details = mark.details.as_ref();
            let answer = details.and_then(|told| told.answers.get(it.id.as_str()));
            it.kind == AttributeKind::Speaker && answer.is_none()
        })
    };
    project.annotations().all().iter().filter(lacks).count()
}
