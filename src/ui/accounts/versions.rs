//! A thread of a quotation as people read it: its versions in the order of time, each with what it leaves
//! out, who is said to speak and by which verb. Knows nothing of how it is shown.

use std::sync::Arc;

use super::difference::left_out;
use super::facts;
use crate::analysis::{Thread, VersionKind, attribution};
use crate::model::sorted::sort_by_key;
use crate::model::{AttributeKind, Document, DocumentId, Project, Span};
use crate::ui::shown_date;

/// The words that all versions are compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Base {
    /// The article, or a text that was pasted.
    pub document: Arc<Document>,
    /// Where they stand in it.
    pub span: Span,
}

impl Base {
    /// The words.
    pub fn words(&self) -> &str {
        self.document.text.slice(self.span)
    }
}

/// One wording.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// The article, or a text that was pasted.
    pub document: DocumentId,
    /// Where it stands.
    pub span: Span,
    /// What the article is called.
    pub outlet: String,
    /// Its day, as people write it.
    pub date: String,
    /// The words.
    pub words: String,
    /// How they came about; none for those that all are compared with.
    pub kind: Option<VersionKind>,
    /// What of the base is not there.
    pub left_out: Vec<String>,
    /// Who speaks, as far as the text or a mark says it.
    pub speaker: String,
    /// The verb by which the words are given.
    pub verb: String,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Versions {
    /// What all are compared with.
    pub base: Base,
    /// In the order of time; the base is among them.
    pub all: Vec<Version>,
    /// The articles that have none, by their names.
    pub missing: Vec<String>,
}

impl VersionWords for VersionKind {
    fn told(self) -> &'static str {
        match self {
            VersionKind::Exact => "word for word",
            VersionKind::Trimmed => "shortened",
            VersionKind::Bracketed => "with words in brackets",
            VersionKind::Joined => "put together from parts",
            VersionKind::Reordered => "in another order",
            VersionKind::Paraphrased => "in other words",
        }
    }
}

/// How people call a kind of version.
pub trait VersionWords {
    /// As the end of “This is the quotation …”.
    fn told(self) -> &'static str;
}

/// The versions in the order of time. `pasted` is a text that is no article.
pub fn versions(
    project: &Project,
    pasted: Option<&Arc<Document>>,
    base: &Base,
    thread: &Thread,
) -> Versions {
    let find = |id: &DocumentId| {
        let pasted = pasted.filter(|it| it.id == *id);
        pasted.or_else(|| project.document(id)).cloned()
    };
    let own = version(project, &base.document, base, base.span, None);
    let mut all = vec![(time(&base.document, pasted), own)];
    for found in &thread.versions {
        if let Some(document) = find(&found.document) {
            let made = version(project, &document, base, found.span, Some(found.kind));
            all.push((time(&document, pasted), made));
        }
    }
    sort_by_key(&mut all, |it| it.0.clone());
    let missing = thread.not_found.iter().filter_map(find);
    Versions {
        base: base.clone(),
        all: all.into_iter().map(|it| it.1).collect(),
        missing: missing.map(|it| facts::outlet(&it)).collect(),
    }
}

/// By what versions are ordered: what was pasted is where the words come from.
fn time(document: &Arc<Document>, pasted: Option<&Arc<Document>>) -> (bool, bool, String) {
    let is_pasted = pasted.is_some_and(|it| it.id == document.id);
    let (undated, date) = facts::when(document);
    (!is_pasted, undated, date)
}

fn version(
    project: &Project,
    document: &Arc<Document>,
    base: &Base,
    span: Span,
    kind: Option<VersionKind>,
) -> Version {
    let text = &document.text;
    let words = text.slice(span).to_owned();
    let given = attribution(document, span);
    let slice = |it: Option<Span>| it.map_or_else(String::new, |it| text.slice(it).to_owned());
    let marked = speaker(project, &document.id, span);
    Version {
        left_out: match kind {
            Some(_) => left_out(base.words(), &words),
            None => Vec::new(),
        },
        document: document.id.clone(),
        span,
        outlet: facts::outlet(document),
        date: shown_date(&document.meta.date),
        words,
        kind,
        speaker: marked.unwrap_or_else(|| slice(given.speaker)),
        verb: slice(given.verb),
    }
}

/// Who speaks, where a mark of these words says it.
fn speaker(project: &Project, document: &DocumentId, span: Span) -> Option<String> {
    let questions = project.schema().attributes().into_iter();
    let mut questions = questions.filter(|it| it.kind == AttributeKind::Speaker);
    let mut marks = project.annotations().overlapping(document, span);
    let question = questions.next()?;
    marks.find_map(|mark| {
        let details = mark.details.as_ref()?;
        let answer = details.answers.get(question.id.as_str())?;
        let mut cast = project.cast();
        cast.find(|it| answer.says(it.id.as_str()))
            .map(|it| it.name)
    })
}

/// Who is said to speak, and how, in a sentence.
pub fn given(version: &Version) -> String {
    match (version.speaker.as_str(), version.verb.as_str()) {
        ("", "") => "Nobody is named beside it.".to_owned(),
        (speaker, "") => format!("Speaker: {speaker}."),
        ("", verb) => format!("Verb: {verb}."),
        (speaker, verb) => format!("Speaker: {speaker}. Verb: {verb}."),
    }
}

/// What a version leaves out, in a sentence; empty where that is nothing.
pub fn told_left_out(version: &Version) -> String {
    match version.left_out.as_slice() {
        [] => String::new(),
        parts => format!("Leaves out: “{}”.", parts.join("”, “")),
    }
}
