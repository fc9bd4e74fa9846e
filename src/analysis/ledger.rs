//! Who speaks in which article, by the marks that name somebody of the cast: how many words, where, and
//! whether the text names them. Knows nothing of whether they are right.

use super::speakers::counts;
use crate::model::sorted::{SortedMap, sort_by_key};
use crate::model::{
    AnnotationId, AttributeKind, Document, DocumentId, Project, Span, SpeakerId, SpeakerKind, Unit,
    pieces,
};

/// What one speaker says in one article.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerRow {
    /// The article.
    pub document: DocumentId,
    /// Who; none for the marks that could say it and do not.
    pub speaker: Option<SpeakerId>,
    /// Whether it is somebody with a name.
    pub is_named: bool,
    /// The marks, in text order.
    pub marks: Vec<AnnotationId>,
    /// What they mark, in text order; a word that several mark stands here once.
    pub places: Vec<Span>,
    /// How many words that is.
    pub words: usize,
}

/// The speakers of all articles: in the order of the articles, and in each those with most words first.
pub fn ledger(project: &Project) -> Vec<LedgerRow> {
    let mut marks: SortedMap<(DocumentId, Option<SpeakerId>), Vec<AnnotationId>> =
        SortedMap::default();
    let mut named: SortedMap<AnnotationId, ()> = SortedMap::default();
    for (speaker, said) in counts(project).iter() {
        for (document, mark) in said {
            marks
                .or_default((document.clone(), Some(speaker.clone())))
                .push(mark.clone());
            named.add(mark.clone());
        }
    }
    for (document, mark) in asked(project) {
        if !named.contains(&mark) {
            marks.or_default((document, None)).push(mark);
        }
    }
    let mut rows = Vec::new();
    for document in project.documents() {
        let own = marks.iter().filter(|it| it.0.0 == document.id);
        let mut own: Vec<LedgerRow> = own
            .map(|it| row(project, document, it.0.1.clone(), &it.1))
            .collect();
        sort_by_key(&mut own, |it| usize::MAX - it.words);
        rows.append(&mut own);
    }
    rows
}

/// The marks of which it is asked who speaks, with their articles.
fn asked(project: &Project) -> impl Iterator<Item = (DocumentId, AnnotationId)> {
    let questions = project.schema().attributes().into_iter();
    let questions: Vec<_> = questions
        .filter(|it| it.kind == AttributeKind::Speaker)
        .collect();
    let all = project.annotations().all().into_iter();
    let all = all.filter(move |mark| questions.iter().any(|it| it.is_for(&mark.label)));
    all.map(|it| (it.document.clone(), it.id.clone()))
}

fn row(
    project: &Project,
    document: &Document,
    speaker: Option<SpeakerId>,
    marks: &[AnnotationId],
) -> LedgerRow {
    let mut marks: Vec<_> = marks
        .iter()
        .filter_map(|it| project.annotations().get(it))
        .collect();
    sort_by_key(&mut marks, |it| it.hull());
    let mut all: Vec<Span> = marks
        .iter()
        .flat_map(|it| it.fragments())
        .copied()
        .collect();
    sort_by_key(&mut all, |it| *it);
    let mut places: Vec<Span> = Vec::new();
    for span in all {
        match places.last_mut() {
            Some(last) if last.overlaps(span) => *last = last.hull(span),
            _ => places.push(span),
        }
    }
    let who = speaker.as_ref().and_then(|it| project.speaker(it.as_str()));
    LedgerRow {
        document: document.id.clone(),
        is_named: who.is_some_and(|it| it.kind != SpeakerKind::Unnamed),
        speaker,
        marks: marks.iter().map(|it| it.id.clone()).collect(),
        words: places.iter().map(|it| words_in(document, *it)).sum(),
        places,
    }
}

fn words_in(document: &Document, span: Span) -> usize {
    let blocks = document.text.blocks_of(span);
    let words = blocks.flat_map(|it| pieces(&document.text, it, Unit::Token));
    words.filter(|it| it.overlaps(span)).count()
}

/// The speakers on whom several articles rest, with these articles; those with most articles first.
pub fn common_speakers(rows: &[LedgerRow]) -> Vec<(SpeakerId, Vec<DocumentId>)> {
    let mut articles: SortedMap<SpeakerId, Vec<DocumentId>> = SortedMap::default();
    for row in rows {
        if let Some(speaker) = &row.speaker {
            articles
                .or_default(speaker.clone())
                .push(row.document.clone());
        }
    }
    let mut common: Vec<_> = articles
        .iter()
        .filter(|it| it.1.len() > 1)
        .cloned()
        .collect();
    sort_by_key(&mut common, |it| usize::MAX - it.1.len());
    common
}
