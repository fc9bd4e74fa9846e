//! Looks through a project for what is wrong in it, and says how each thing can be put right.
//! Knows nothing of the screen or of stores.
//!
//! It looks for what can really come about. Spans are made by [`Text::span`](super::Text::span)
//! alone and fragments are sorted and joined when they are made, so none is empty, backward or in
//! disorder; a stored mark whose words have changed is set aside before it gets here; and a mark's
//! own words are kept nowhere but in the text, so they cannot differ from it. That somebody who
//! marks has no entry among the annotators is no fault: a name is never required. What remains
//! comes from two hands on one project, from another hand's records, and from files:
//!
//! - One page takes back the import that brought a label, or its record was lost, and another
//!   page's marks have it still.
//! - One page removes an article, and another takes back the deletion of a mark in it.
//! - The same article comes from elsewhere with another text, and the marks reach beyond it.
//! - Two pages, or a file, mark the same words twice as the same thing in one person's name.
//! - One page takes back the placing of a mark from the tray, while another has changed the mark:
//!   then its id is there twice.
//! - A file with very many lost marks went to the tray unsearched, or was said to be lost, though
//!   the words stand in the text.
//!
//! Every repair is an [`Edit`] like any other: undo brings the original back.

use std::sync::Arc;

use super::annotation::{Annotation, Extra, Unplaced};
use super::document::Document;
use super::edit::Edit;
use super::id::{AnnotationId, DocumentId, LabelId};
use super::import::Import;
use super::label::{Color, Label};
use super::project::Project;
use super::sorted::{SortedMap, sort_by};
use super::text::Span;

/// How much text is searched for the words of marks in the tray, in bytes: a blink of time.
const MAX_SEARCHED_BYTES: usize = 100_000_000;

/// The colour of a label that is brought back; its own is not known any more.
const GREY: Color = Color(0x4b, 0x55, 0x63);

/// Something that is wrong.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The article it is in, where that is here.
    pub document: Option<DocumentId>,
    /// The placed mark it is about, where it can be shown.
    pub mark: Option<AnnotationId>,
    /// What is wrong and what the repair does, in words for the person.
    pub sentence: String,
    /// What puts it right; `None` where only a person can choose.
    pub repair: Option<Edit>,
}

/// Everything that is wrong in a project.
pub fn examine(project: &Project) -> Vec<Finding> {
    let mut doctor = Doctor {
        project,
        findings: Vec::new(),
        searched: 0,
    };
    doctor.examine_labels();
    for annotation in project.annotations().iter() {
        doctor.examine_place(annotation);
    }
    for document in project.documents() {
        doctor.examine_twins(document);
    }
    for unplaced in project.unplaced() {
        doctor.examine_tray(unplaced);
    }
    doctor.findings
}

struct Doctor<'a> {
    project: &'a Project,
    findings: Vec<Finding>,
    searched: usize,
}

impl Doctor<'_> {
    /// One finding for each label that is not in the schema.
    fn examine_labels(&mut self) {
        let placed = self.project.annotations().iter().map(|it| &it.label);
        let labels = placed.chain(self.project.unplaced().map(|it| &it.label));
        let mut unknown: SortedMap<&LabelId, usize> = SortedMap::default();
        for label in labels.filter(|it| self.project.schema().get(it).is_none()) {
            *unknown.or_default(label) += 1;
        }
        for (label, count) in unknown {
            let mut marks = self.project.annotations().iter();
            let first = marks.find(|it| it.label == *label && self.words(it).is_some());
            let example = first.and_then(|it| self.words(it));
            let example = example.map_or(String::new(), |it| format!(", such as {it}"));
            let sentence = format!(
                "The label “{label}” is not in the list of labels; marks that have it: {count}{example}. \
                 Repair adds the label."
            );
            let missing = Label {
                id: label.clone(),
                name: label.to_string(),
                color: GREY,
                definition: String::new(),
                extra: Extra::default(),
            };
            let import = Import {
                labels: vec![missing],
                ..Import::default()
            };
            self.findings.push(Finding {
                document: first.map(|it| it.document.clone()),
                mark: first.map(|it| it.id.clone()),
                sentence,
                repair: Some(Edit::Merge(Box::new(import))),
            });
        }
    }

    /// Whether a mark stands in its text.
    fn examine_place(&mut self, annotation: &Annotation) {
        if self.words(annotation).is_some() {
            return;
        }
        let sentence = match self.project.document(&annotation.document) {
            Some(document) => format!(
                "A mark in “{}” does not fit its text, which has changed. Repair removes the mark.",
                document.title()
            ),
            None => homeless("A mark", &annotation.document),
        };
        let repair = Edit::Remove(vec![annotation.id.clone()]);
        self.add(None, None, sentence, Some(repair));
    }

    /// Marks of the same words as the same thing in the same name.
    fn examine_twins(&mut self, document: &Document) {
        let mut marks = self.project.annotations().of(&document.id).to_vec();
        sort_by(&mut marks, |a, b| {
            let key = |it: &'_ Arc<Annotation>| (it.label.clone(), it.annotator.clone());
            let by_place = a.fragments().cmp(b.fragments());
            let by_name = by_place.then_with(|| key(a).cmp(&key(b)));
            by_name.then_with(|| (a.created, &a.id).cmp(&(b.created, &b.id)))
        });
        let mut marks = marks.iter();
        let Some(mut kept) = marks.next() else {
            return;
        };
        for next in marks {
            let is_twin = kept.fragments() == next.fragments()
                && kept.label == next.label
                && kept.annotator == next.annotator;
            let words = if is_twin { self.words(next) } else { None };
            let Some(words) = words else {
                kept = next;
                continue;
            };
            let (needless, how) = if adds_nothing(next, kept) {
                (Some(next), "Repair removes one of them.")
            } else if adds_nothing(kept, next) {
                (Some(kept), "Repair keeps the one that says more.")
            } else {
                (
                    None,
                    "They say different things: delete one of them by hand.",
                )
            };
            let sentence = format!(
                "{words} is marked as “{}” twice by the same person. {how}",
                next.label
            );
            let repair = needless.map(|it| Edit::Remove(vec![it.id.clone()]));
            self.add(Some(document), Some(next), sentence, repair);
            if needless == Some(kept) {
                kept = next;
            }
        }
    }

    /// Marks in the tray that have a place already, or could have one, or never can.
    fn examine_tray(&mut self, unplaced: &Unplaced) {
        let discard = Edit::Discard(unplaced.id.clone());
        let Some(document) = self.project.document(&unplaced.document) else {
            let sentence = homeless("A mark in the tray", &unplaced.document);
            return self.add(None, None, sentence, Some(discard));
        };
        if let Some(placed) = self.project.annotations().get(&unplaced.id) {
            let words = self.words(placed).unwrap_or_default();
            let sentence = format!(
                "{words} is marked, and its mark waits in the tray as well. Repair takes it out of the tray."
            );
            return self.add(Some(document), Some(placed), sentence, Some(discard));
        }
        if let Some(span) = self.find(unplaced, document) {
            let sentence = format!(
                "{} waits in the tray, and stands in the text once. Repair marks it there.",
                quoted(document, span)
            );
            let place = Edit::Place(unplaced.id.clone(), span);
            self.add(Some(document), None, sentence, Some(place));
        }
    }

    /// The one place where the words of a mark in the tray stand.
    fn find(&mut self, unplaced: &Unplaced, document: &Document) -> Option<Span> {
        let [(quote, _)] = &*unplaced.quotes else {
            return None;
        };
        let text = document.text.as_str();
        if quote.exact.trim().is_empty() || self.searched > MAX_SEARCHED_BYTES {
            return None;
        }
        self.searched += text.len();
        let at = text.find(&quote.exact)?;
        let is_only = text.rfind(&quote.exact) == Some(at);
        let span = document.text.span(at, at + quote.exact.len());
        span.filter(|_| is_only)
    }

    /// The words of a mark and its article; `None` where it does not stand in its text.
    fn words(&self, annotation: &Annotation) -> Option<String> {
        let document = self.project.document(&annotation.document)?;
        let fits = |it: &Span| {
            document
                .text
                .span(it.start().bytes(), it.end().bytes())
                .is_some()
        };
        let all_fit = annotation.fragments().iter().all(fits);
        all_fit.then(|| quoted(document, annotation.hull()))
    }

    fn add(
        &mut self,
        document: Option<&Document>,
        mark: Option<&Annotation>,
        sentence: String,
        repair: Option<Edit>,
    ) {
        self.findings.push(Finding {
            document: document.map(|it| it.id.clone()),
            mark: mark.map(|it| it.id.clone()),
            sentence,
            repair,
        });
    }
}

fn homeless(what: &str, document: &DocumentId) -> String {
    format!(
        "{what} belongs to the article “{document}”, which is not here. Repair removes the mark."
    )
}

fn quoted(document: &Document, span: Span) -> String {
    let words = document.text.slice(span);
    let (end, dots) = match words.char_indices().nth(60) {
        Some((end, _)) => (end, "…"),
        None => (words.len(), ""),
    };
    format!("“{}{dots}” in “{}”", &words[..end], document.title())
}

/// Whether nothing is lost when `it` goes and `other` stays.
fn adds_nothing(it: &Annotation, other: &Annotation) -> bool {
    (it.note.is_empty() || it.note == other.note)
        && (it.extra.is_empty() || it.extra == other.extra)
}
