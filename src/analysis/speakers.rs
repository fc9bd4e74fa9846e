//! Who is likely to speak in a quote: those who are named near it, then those who speak in the same
//! article. Knows nothing of grammar.

use crate::model::sorted::{SortedMap, sort_by};
use crate::model::{
    AnnotationId, AttributeId, AttributeKind, DocumentId, Project, Span, Speaker, SpeakerId,
};

/// How far before a quote, and how far behind it, a name counts as near, in bytes.
const NEAR: usize = 600;

/// The cast, the likeliest first: those named nearest to the quote, before it or, where that is nearer,
/// just behind it; then those with the most quotes in its article; then those with the most anywhere.
pub fn likely_speakers(project: &Project, document: &DocumentId, quote: Span) -> Vec<Speaker> {
    let text = project.document(document).map_or("", |it| it.text.as_str());
    let (start, end) = (quote.start().bytes(), quote.end().bytes());
    let from = text.floor_char_boundary(start.saturating_sub(NEAR));
    let to = text.ceil_char_boundary(end.saturating_add(NEAR).min(text.len()));
    let before = text.get(from..start).unwrap_or_default();
    let behind = text.get(end..to).unwrap_or_default();
    let counts = counts(project);
    let rank = |speaker: &Speaker| {
        let nearest = speaker
            .names()
            .filter_map(|name| nearness(name, before, behind))
            .min();
        let quotes = counts.get(&speaker.id);
        let here = quotes.map_or(0, |it| it.iter().filter(|(at, _)| at == document).count());
        let all = quotes.map_or(0, Vec::len);
        (
            nearest.unwrap_or(usize::MAX),
            usize::MAX - here,
            usize::MAX - all,
        )
    };
    let mut ranked: Vec<_> = project.cast().map(|it| (rank(&it), it)).collect();
    sort_by(&mut ranked, |(a, one), (b, other)| {
        a.cmp(b).then_with(|| one.name.cmp(&other.name))
    });
    ranked.into_iter().map(|it| it.1).collect()
}

/// The marks that name somebody of the cast in an answer, by speaker: article and mark, in the order of
/// the articles' ids and the texts.
pub fn counts(project: &Project) -> SortedMap<SpeakerId, Vec<(DocumentId, AnnotationId)>> {
    let questions = project.schema().attributes().into_iter();
    let questions = questions.filter(|it| it.kind == AttributeKind::Speaker);
    let questions: Vec<AttributeId> = questions.map(|it| it.id).collect();
    let cast: Vec<Speaker> = project.cast().collect();
    let mut counts: SortedMap<SpeakerId, Vec<_>> = SortedMap::default();
    for mark in project.annotations().all() {
        let Some(details) = &mark.details else {
            continue;
        };
        for speaker in &cast {
            let names = |id: &AttributeId| {
                let answer = details.answers.get(id.as_str());
                answer.is_some_and(|it| it.says(speaker.id.as_str()))
            };
            if questions.iter().any(names) {
                let said = counts.or_default(speaker.id.clone());
                said.push((mark.document.clone(), mark.id.clone()));
            }
        }
    }
    counts
}

/// How many bytes are between a name and the quote; `None` where it is not near. Of a name of several
/// words the last alone counts too, as articles call people by it.
fn nearness(name: &str, before: &str, behind: &str) -> Option<usize> {
    let name = name.trim();
    let last = name
        .split_whitespace()
        .next_back()
        .filter(|it| it.chars().count() > 2);
    let names = [Some(name), last]
        .into_iter()
        .flatten()
        .filter(|it| !it.is_empty());
    let places = names.flat_map(|name| {
        let back = whole_words(before, name).next_back();
        let back = back.map(|at| before.len() - at - name.len());
        [back, whole_words(behind, name).next()]
    });
    places.flatten().min()
}

/// Where a name stands as words of its own, from the left.
fn whole_words<'t>(text: &'t str, name: &'t str) -> impl DoubleEndedIterator<Item = usize> {
    let is_whole = move |at: &usize| {
        let before = text[..*at].chars().next_back();
        let behind = text[*at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !behind.is_some_and(char::is_alphanumeric)
    };
    let found: Vec<usize> = text.match_indices(name).map(|it| it.0).collect();
    found.into_iter().filter(is_whole)
}
