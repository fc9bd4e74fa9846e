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
//! - Two pages, or a script's import, mark the same words twice alike in one person's name.
//! - One page takes back the placing of a mark from the tray, while another has changed the mark:
//!   then its id is there twice.
//! - One page removes a mark, a kind of relation, a question or somebody of the cast, and another names
//!   them in the same moment; or a file has such loose ends.
//! - One page removes an article, and another one says in the same moment that there is a later text of it.
//! - Marks of a file went to the tray unsearched, being too many, or because the file calls them
//!   lost, though their words stand in the text.
//!
//! Every repair is an [`Edit`] like any other: undo brings the original back.

mod loose;
mod versions;

use std::sync::Arc;

use super::annotation::{Annotation, Unplaced};
use super::document::Document;
use super::edit::Edit;
use super::id::{AnnotationId, LabelId};
use super::import::Import;
use super::label::{Color, Label};
use super::project::Project;
use super::selector::{Selector, Similarity};
use super::text::Span;

/// How much text is searched for the words of marks in the tray, in bytes: a blink of time.
const MAX_SEARCHED_BYTES: usize = 100_000_000;

/// What is said of a mark without an article.
const HOMELESS: &str = "belongs to an article that is not here. Repair removes it.";

/// The colour of a label that is brought back; its own is not known any more.
const GREY: Color = Color(0x4b, 0x55, 0x63);

/// Something that is wrong.
#[derive(Debug)]
pub struct Finding {
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
        unknown_labels: Vec::new(),
        run: Vec::new(),
        searched: 0,
    };
    for annotation in project.annotations().all() {
        doctor.examine_placed(annotation);
    }
    for unplaced in project.unplaced() {
        doctor.examine_tray(unplaced);
    }
    doctor.examine_links();
    doctor.examine_versions();
    doctor.examine_schema();
    doctor.examine_answers();
    doctor.findings
}

struct Doctor<'a> {
    project: &'a Project,
    findings: Vec<Finding>,
    /// Those that have their finding; one repair is for all marks.
    unknown_labels: Vec<LabelId>,
    /// The last annotations that reach from the same place to the same place, no two of them twins.
    run: Vec<Arc<Annotation>>,
    searched: usize,
}

impl Doctor<'_> {
    fn examine_placed(&mut self, annotation: Arc<Annotation>) {
        let document = self.project.document(&annotation.document);
        let Some(home) = document.filter(|it| fits(it, &annotation)) else {
            let what = match document {
                Some(_) => "does not fit its text, which has changed. Repair removes it.",
                None => HOMELESS,
            };
            let title = document.map_or("", |it| it.title());
            let repair = Edit::Remove(vec![annotation.id.clone()]);
            return self.add(None, &in_article("A mark", title), what, Some(repair));
        };
        self.examine_label(&annotation, home);
        self.examine_twin(annotation, home);
    }

    /// Whether a label is in the schema.
    fn examine_label(&mut self, mark: &Annotation, home: &Document) {
        let label = &mark.label;
        if self.project.schema().get(label).is_some() || self.unknown_labels.contains(label) {
            return;
        }
        self.unknown_labels.push(label.clone());
        let name = label.to_string();
        let what = [
            "has the label “",
            &name,
            "”, which is not in the list of labels. Repair adds it there.",
        ];
        let missing = Label::new(label.clone(), name.clone(), GREY);
        let import = Import {
            labels: vec![Arc::new(missing)],
            ..Import::default()
        };
        let repair = Edit::Merge(Box::new(import));
        let words = quoted(home, mark.hull());
        self.add(Some(mark), &words, &what.concat(), Some(repair));
    }

    /// Whether the same words were met as the same thing in the same name. Annotations come in
    /// text order, so that twins are in one run.
    fn examine_twin(&mut self, next: Arc<Annotation>, home: &Document) {
        let is_beside =
            |it: &Arc<Annotation>| it.document == next.document && it.hull() == next.hull();
        if !self.run.last().is_some_and(is_beside) {
            self.run.clear();
        }
        let is_twin = |it: &Arc<Annotation>| {
            it.fragments() == next.fragments()
                && it.label == next.label
                && it.annotator == next.annotator
        };
        let Some(at) = self.run.iter().position(is_twin) else {
            self.run.push(next);
            return;
        };
        let mut kept = self.run[at].clone();
        let mut other = next;
        if !self.adds_nothing(&other, &kept) {
            std::mem::swap(&mut kept, &mut other);
        }
        let repair = self
            .adds_nothing(&other, &kept)
            .then(|| Edit::Remove(vec![other.id.clone()]));
        let what = match repair {
            Some(_) => "is marked twice alike. Repair removes one that adds nothing.",
            None => "is marked twice alike, with different notes. Delete one by hand.",
        };
        let words = quoted(home, kept.hull());
        self.add(Some(&kept), &words, what, repair);
        self.run[at] = kept;
    }

    /// A mark in the tray may have a place already, or could have one, or never can.
    fn examine_tray(&mut self, unplaced: &Unplaced) {
        let discard = Some(Edit::Discard(unplaced.id.clone()));
        let waiting = "A mark in the tray";
        let Some(document) = self.project.document(&unplaced.document) else {
            let what = HOMELESS;
            return self.add(None, waiting, what, discard);
        };
        let waiting = in_article(waiting, document.title());
        if let Some(placed) = self.project.annotations().get(&unplaced.id) {
            let what = "has a place as well. Repair takes it out of the tray.";
            return self.add(Some(placed), &waiting, what, discard);
        }
        if let Some(span) = self.find(unplaced, document) {
            let what =
                "waits in the tray, and these words are in the text. Repair marks them there.";
            let place = Edit::Place(unplaced.id.clone(), span);
            self.add(None, &quoted(document, span), what, Some(place));
        }
    }

    /// The place of the words of a mark in the tray, where there is no doubt of it.
    fn find(&mut self, unplaced: &Unplaced, document: &Document) -> Option<Span> {
        let [(quote, _)] = &*unplaced.quotes else {
            return None;
        };
        if quote.exact.trim().is_empty() || self.searched > MAX_SEARCHED_BYTES {
            return None;
        }
        self.searched += document.text.as_str().len();
        let selector = Selector {
            position: None,
            quote: quote.clone(),
        };
        let found = selector.find_words(&document.text)?;
        matches!(found.similarity, Similarity::Elsewhere).then_some(found.span)
    }

    /// Whether nothing is lost when `it` goes and `other` stays.
    fn adds_nothing(&self, it: &Annotation, other: &Annotation) -> bool {
        (it.note.is_empty() || it.note == other.note)
            && (it.details.is_none() || it.details == other.details)
            && (it.extra.is_empty() || it.extra == other.extra)
            && self
                .project
                .leaning_on(&|id| id == it.id.as_str())
                .is_empty()
    }

    // Built once, not into each of its callers: the page is small so.
    #[inline(never)]
    fn add(&mut self, mark: Option<&Annotation>, words: &str, what: &str, repair: Option<Edit>) {
        self.findings.push(Finding {
            mark: mark.map(|it| it.id.clone()),
            sentence: [words, " ", what].concat(),
            repair,
        });
    }
}

/// Whether a mark stands in the text of its article.
fn fits(document: &Document, annotation: &Annotation) -> bool {
    let fits = |it: &Span| {
        let text = document.text.as_str();
        text.get(it.start().bytes()..it.end().bytes()).is_some()
    };
    annotation.fragments().iter().all(fits)
}

fn quoted(document: &Document, span: Span) -> String {
    let words = document.text.slice(span);
    let (end, close) = match words.char_indices().nth(60) {
        Some((end, _)) => (end, "…”"),
        None => (words.len(), "”"),
    };
    in_article(&["“", &words[..end], close].concat(), document.title())
}

#[inline(never)]
fn in_article(what: &str, title: &str) -> String {
    match title {
        "" => what.to_owned(),
        _ => [what, " in “", title, "”"].concat(),
    }
}
