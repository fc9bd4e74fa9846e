//! Wishes, and the one judge of them: [`plan`] turns a wish into a change or into a sentence (M5).
//!
//! Knows nothing of gestures, clocks or stores; what it needs of them comes in an [`EditContext`].

use std::sync::Arc;

use super::annotation::{Annotation, Timestamp, Unplaced};
use super::change::{Change, Record, RecordChange, RecordId};
use super::document::{Document, DocumentMeta, Progress};
use super::id::{AnnotationId, AnnotatorId, DocumentId, LabelId};
use super::import::{self, Import};
use super::label::Label;
use super::project::Project;
use super::sorted::SortedSet;
use super::text::Span;
use super::token;

/// What the change is called that an import makes.
pub const IMPORT: &str = "import";

/// What somebody wants to happen.
#[derive(Debug, Clone)]
pub enum Edit {
    /// Add articles at the end of the list.
    AddDocuments(Vec<Document>),
    /// Remove an article with everything marked in it.
    RemoveDocument(DocumentId),
    /// Say what is known of an article.
    Describe(DocumentId, DocumentMeta),
    /// Say how far one has come with an article.
    SetProgress(DocumentId, Progress),
    /// Move an article up (negative) or down by some places.
    MoveDocument(DocumentId, i32),
    /// Mark a span.
    Annotate(DocumentId, Span, LabelId),
    /// Mark many spans at once, passing over those that are marked so already. It is quick where
    /// they come in order.
    AnnotateAll(Vec<(DocumentId, Span)>, LabelId),
    /// Give annotations another label.
    Relabel(Vec<AnnotationId>, LabelId),
    /// Let a fragment of an annotation, counted from 0, mark another span.
    Resize(AnnotationId, usize, Span),
    /// Let an annotation mark a further span, too.
    AddFragment(AnnotationId, Span),
    /// Take a fragment, counted from 0, away from an annotation of several.
    RemoveFragment(AnnotationId, usize),
    /// Let two annotations, of which one lies within the other, change places.
    Swap(AnnotationId, AnnotationId),
    /// Write a note on an annotation.
    SetNote(AnnotationId, String),
    /// Make one of annotations of one label; those that are apart become its fragments.
    Join(Vec<AnnotationId>),
    /// Make two of an annotation; the second begins at this byte.
    Split(AnnotationId, usize),
    /// Remove annotations.
    Remove(Vec<AnnotationId>),
    /// Put an annotation from the tray on a span.
    Place(AnnotationId, Span),
    /// Remove an annotation from the tray.
    Discard(AnnotationId),
    /// Take over what was read from a file.
    Merge(Box<Import>),
}

/// What an edit needs from outside.
pub struct EditContext<'a> {
    /// The time now.
    pub now: Timestamp,
    /// Who is marking.
    pub annotator: AnnotatorId,
    /// Makes a fresh id for an annotation.
    pub new_annotation_id: &'a mut dyn FnMut() -> AnnotationId,
}

/// Why a wish cannot be granted, in words for the person who has it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The article is gone.
    #[error("That article is not here any more.")]
    NoDocument,
    /// The annotation is gone.
    #[error("That mark is not here any more.")]
    NoAnnotation,
    /// The label is unknown.
    #[error("There is no label “{0}” here.")]
    NoLabel(LabelId),
    /// Nothing but white space was selected.
    #[error("There is nothing to mark in a stretch of white space.")]
    Blank,
    /// The same person has marked the same words with the same label before.
    #[error("These words are marked as that already.")]
    Duplicate,
    /// The annotations cannot be made one.
    #[error(
        "Only marks of one label in one article can be merged. Those that are apart have to be selected in the list."
    )]
    Unlike,
    /// The annotation has the words already.
    #[error("The mark has these words already.")]
    Within,
    /// Which fragment is meant is not known, or it is gone.
    #[error("Click the part that is meant, or put the cursor in it.")]
    NoFragment,
    /// It is the only fragment.
    #[error("This mark has one part only. Delete removes the whole mark.")]
    LastFragment,
    /// Neither annotation lies within the other.
    #[error("Only a mark that lies within another one, or has one within it, can change places.")]
    NotNested,
    /// Both mark the same words.
    #[error("Both marks have the same words: there is nothing to exchange.")]
    SameWords,
    /// There is nothing of the annotation on one side of the place.
    #[error("To split a mark, put the cursor between two of its words.")]
    NotInside,
    /// Nothing would change.
    #[error("That changes nothing.")]
    NoChange,
}

/// Judges a wish.
///
/// # Errors
/// A sentence for the person, where the wish cannot be granted or would change nothing.
pub fn plan(project: &Project, edit: Edit, cx: &mut EditContext<'_>) -> Result<Change, EditError> {
    let planner = Planner {
        project,
        now: cx.now,
    };
    let (name, records) = match edit {
        Edit::AddDocuments(documents) => planner.add_documents(documents),
        Edit::RemoveDocument(id) => planner.remove_document(&id)?,
        Edit::Describe(id, meta) => planner.describe(&id, meta)?,
        Edit::SetProgress(id, progress) => planner.set_progress(&id, progress)?,
        Edit::MoveDocument(id, by) => planner.move_document(&id, by)?,
        Edit::Annotate(document, span, label) => {
            planner.annotate(vec![(document, span)], &label, cx)?
        }
        Edit::AnnotateAll(places, label) => planner.annotate(places, &label, cx)?,
        Edit::Relabel(ids, label) => planner.relabel(&ids, &label)?,
        Edit::Resize(id, fragment, span) => planner.resize(&id, fragment, span)?,
        Edit::AddFragment(id, span) => planner.add_fragment(&id, span)?,
        Edit::RemoveFragment(id, fragment) => planner.remove_fragment(&id, fragment)?,
        Edit::Swap(one, other) => planner.swap(&one, &other)?,
        Edit::SetNote(id, note) => planner.set_note(&id, &note)?,
        Edit::Join(ids) => planner.join(&ids)?,
        Edit::Split(id, at) => planner.split(&id, at, cx)?,
        Edit::Remove(ids) => planner.remove(&ids)?,
        Edit::Place(id, span) => planner.place(&id, span)?,
        Edit::Discard(id) => planner.discard(&id)?,
        Edit::Merge(import) => (IMPORT.into(), import::merge(project, *import)),
    };
    if records.is_empty() {
        return Err(EditError::NoChange);
    }
    let merge_key = planner.merge_key(&name, &records);
    Ok(Change {
        name,
        records,
        at: cx.now,
        merge_key,
    })
}

pub(super) type Planned = (String, Vec<RecordChange>);

pub(super) struct Planner<'a> {
    project: &'a Project,
    pub(super) now: Timestamp,
}

impl Planner<'_> {
    pub(super) fn document(&self, id: &DocumentId) -> Result<&Arc<Document>, EditError> {
        self.project.document(id).ok_or(EditError::NoDocument)
    }

    pub(super) fn annotation(&self, id: &AnnotationId) -> Result<&Arc<Annotation>, EditError> {
        self.project
            .annotations()
            .get(id)
            .ok_or(EditError::NoAnnotation)
    }

    fn label(&self, id: &LabelId) -> Result<&Label, EditError> {
        let label = self.project.schema().get(id);
        label.ok_or_else(|| EditError::NoLabel(id.clone()))
    }

    /// Typing a note and walking an end by keys are one step of undo each.
    fn merge_key(&self, name: &str, records: &[RecordChange]) -> Option<String> {
        match (name, records) {
            ("note" | "resize", [one]) => Some(format!("{name} {:?}", one.id())),
            _ => None,
        }
    }

    fn add_documents(&self, documents: Vec<Document>) -> Planned {
        let name = match documents.as_slice() {
            [one] => format!("open “{}”", one.title()),
            many => format!("open {} articles", many.len()),
        };
        (name, import::appended(self.project, documents))
    }

    fn remove_document(&self, id: &DocumentId) -> Result<Planned, EditError> {
        let document = self.document(id)?;
        let marks = self.project.annotations().of(id).iter().cloned();
        let tray = self.project.unplaced().filter(|it| it.document == *id);
        let records = marks
            .map(Record::Annotation)
            .chain(tray.cloned().map(Record::Unplaced))
            .chain([Record::Document(document.clone())]);
        Ok((
            format!("remove “{}”", document.title()),
            records.map(RecordChange::removed).collect(),
        ))
    }

    fn describe(&self, id: &DocumentId, meta: DocumentMeta) -> Result<Planned, EditError> {
        let document = self.document(id)?;
        if document.meta == meta {
            return Err(EditError::NoChange);
        }
        Ok((
            "describe".into(),
            vec![self.redocument(document, |it| it.meta = meta)],
        ))
    }

    fn set_progress(&self, id: &DocumentId, progress: Progress) -> Result<Planned, EditError> {
        let document = self.document(id)?;
        if document.progress == progress {
            return Err(EditError::NoChange);
        }
        let change = self.redocument(document, |it| it.progress = progress);
        Ok(("set state".into(), vec![change]))
    }

    fn move_document(&self, id: &DocumentId, by: i32) -> Result<Planned, EditError> {
        let documents = self.project.documents();
        let from = documents.iter().position(|it| it.id == *id);
        let from = from.ok_or(EditError::NoDocument)?;
        let to = from
            .saturating_add_signed(by as isize)
            .min(documents.len() - 1);
        if to == from {
            return Err(EditError::NoChange);
        }
        let mut order: Vec<&Arc<Document>> = documents.iter().collect();
        let moved = order.remove(from);
        order.insert(to, moved);
        // Ranks are numbered anew: lists are short, and halving gaps would run out of digits.
        let records = order
            .into_iter()
            .zip(1_u32..)
            .filter(|(document, place)| document.rank != *place)
            .map(|(document, place)| self.redocument(document, |it| it.rank = place))
            .collect();
        Ok(("reorder".into(), records))
    }

    fn redocument(
        &self,
        document: &Arc<Document>,
        change: impl FnOnce(&mut Document),
    ) -> RecordChange {
        let mut after = Document::clone(document);
        change(&mut after);
        after.modified = self.now;
        RecordChange::replaced(
            Record::Document(document.clone()),
            Record::Document(Arc::new(after)),
        )
    }

    /// The span as it may be marked: no white space at its ends, no grapheme cut (M2 and more).
    pub(super) fn markable(&self, document: &DocumentId, span: Span) -> Result<Span, EditError> {
        let text = &self.document(document)?.text;
        let span = text.span(span.start().bytes(), span.end().bytes());
        let span = token::trim(text, span.ok_or(EditError::NoDocument)?);
        Ok(token::widen_to_graphemes(
            text,
            span.ok_or(EditError::Blank)?,
        ))
    }

    /// One annotation for each place, but for those that are there already.
    fn annotate(
        &self,
        places: Vec<(DocumentId, Span)>,
        label: &LabelId,
        cx: &mut EditContext<'_>,
    ) -> Result<Planned, EditError> {
        let mut records = Vec::new();
        let mut taken = SortedSet::default();
        for (document, span) in places {
            let span = self.markable(&document, span)?;
            let annotations = self.project.annotations();
            let is_twin = taken.insert((document.clone(), span), ()).is_some()
                || annotations.has(&document, span, label, &cx.annotator);
            if is_twin {
                continue;
            }
            let (id, label) = ((cx.new_annotation_id)(), label.clone());
            let made = Annotation::new(id, document, span, label, cx.annotator.clone(), self.now);
            records.push(RecordChange::added(Record::Annotation(Arc::new(made))));
        }
        let label_name = self.label(label)?.name.to_ascii_lowercase();
        let name = match records.len() {
            0 => return Err(EditError::Duplicate),
            1 => format!("mark {label_name}"),
            many => format!("mark {many} as {label_name}"),
        };
        Ok((name, records))
    }

    fn relabel(&self, ids: &[AnnotationId], label: &LabelId) -> Result<Planned, EditError> {
        let name = format!(
            "relabel as {}",
            self.label(label)?.name.to_ascii_lowercase()
        );
        let mut records = Vec::new();
        for id in ids {
            let annotation = self.annotation(id)?;
            if annotation.label != *label {
                records.push(self.reannotate(annotation, |it| it.label = label.clone()));
            }
        }
        Ok((name, records))
    }

    fn set_note(&self, id: &AnnotationId, note: &str) -> Result<Planned, EditError> {
        let annotation = self.annotation(id)?;
        if &*annotation.note == note {
            return Err(EditError::NoChange);
        }
        let change = self.reannotate(annotation, |it| it.note = note.into());
        Ok(("note".into(), vec![change]))
    }

    pub(super) fn reannotate(
        &self,
        annotation: &Arc<Annotation>,
        change: impl FnOnce(&mut Annotation),
    ) -> RecordChange {
        let mut after = Annotation::clone(annotation);
        change(&mut after);
        after.modified = self.now;
        RecordChange::replaced(
            Record::Annotation(annotation.clone()),
            Record::Annotation(Arc::new(after)),
        )
    }

    fn remove(&self, ids: &[AnnotationId]) -> Result<Planned, EditError> {
        let found: Result<Vec<_>, _> = ids.iter().map(|id| self.annotation(id)).collect();
        let found = found?;
        let name = match found.as_slice() {
            [one] => match self.project.schema().get(&one.label) {
                Some(label) => format!("delete {}", label.name.to_ascii_lowercase()),
                None => "delete mark".into(),
            },
            many => format!("delete {} marks", many.len()),
        };
        let removed = |it: &Arc<Annotation>| RecordChange::removed(Record::Annotation(it.clone()));
        Ok((name, found.into_iter().map(removed).collect()))
    }

    fn unplaced(&self, id: &AnnotationId) -> Result<Arc<Unplaced>, EditError> {
        match self.project.record(&RecordId::Unplaced(id.clone())) {
            Some(Record::Unplaced(unplaced)) => Ok(unplaced),
            _ => Err(EditError::NoAnnotation),
        }
    }

    fn place(&self, id: &AnnotationId, span: Span) -> Result<Planned, EditError> {
        let unplaced = self.unplaced(id)?;
        let span = self.markable(&unplaced.document, span)?;
        let placed = Arc::new(unplaced.place(span, self.now));
        let records = vec![
            RecordChange::removed(Record::Unplaced(unplaced)),
            RecordChange::added(Record::Annotation(placed)),
        ];
        Ok(("place mark".into(), records))
    }

    fn discard(&self, id: &AnnotationId) -> Result<Planned, EditError> {
        let unplaced = self.unplaced(id)?;
        let change = RecordChange::removed(Record::Unplaced(unplaced));
        Ok(("discard from tray".into(), vec![change]))
    }
}
