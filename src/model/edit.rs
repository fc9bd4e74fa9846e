//! Wishes, and the one judge of them: [`plan`] turns a wish into a change or into a sentence (M5).
//!
//! Knows nothing of gestures, clocks or stores; what it needs of them comes in an [`EditContext`].

use std::sync::Arc;

use super::annotation::{Annotation, Timestamp, Unplaced};
use super::change::{Change, Record, RecordChange, RecordId};
use super::document::{Document, DocumentMeta, Progress};
use super::edit_error::EditError;
use super::id::{AnnotationId, AnnotatorId, DocumentId, LabelId};
use super::import;
use super::label::Label;
use super::project::Project;
use super::sorted::{SortedSet, shifted};
use super::text::Span;
use super::token;

/// What the change is called that an import makes.
pub const IMPORT: &str = "import";

/// What the name of a change begins with that is an answer.
pub(super) const ANSWER: &str = "answer ";

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
    /// Take over what was read from a file: an [`Import`](super::Import).
    Merge(Box<dyn Wish>),
    /// A wish with rules of its own: [`LabelEdit`](super::LabelEdit),
    /// [`AnswerEdit`](super::AnswerEdit), [`CastEdit`](super::CastEdit) and their like become one of
    /// these by `into()`.
    Other(Box<dyn Wish>),
}

/// A wish that only some panels have. What judges it is reached through the wish alone, so that it is
/// loaded with the panel and not before.
pub trait Wish: std::fmt::Debug + Send + Sync {
    /// What the change is called, and what becomes of which records.
    ///
    /// # Errors
    /// A sentence for the person, where the wish cannot be granted or would change nothing.
    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError>;

    /// The same wish once more.
    fn again(&self) -> Box<dyn Wish>;
}

impl Clone for Box<dyn Wish> {
    fn clone(&self) -> Self {
        (**self).again()
    }
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

/// Judges a wish.
///
/// # Errors
/// A sentence for the person, where the wish cannot be granted or would change nothing.
pub fn plan(project: &Project, edit: Edit, cx: &mut EditContext<'_>) -> Result<Change, EditError> {
    let planner = Planner {
        project,
        now: cx.now,
        annotator: cx.annotator.clone(),
    };
    let (name, mut records) = match edit {
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
        Edit::Merge(wish) | Edit::Other(wish) => wish.plan(&planner)?,
    };
    if records.is_empty() {
        return Err(EditError::NoChange);
    }
    planner.take_along(&mut records);
    let merge_key = planner.merge_key(&name, &records);
    Ok(Change {
        name,
        records,
        at: cx.now,
        merge_key,
    })
}

/// What a change is called, and what becomes of which records.
pub type Planned = (String, Vec<RecordChange>);

/// Judges wishes about one project.
pub struct Planner<'a> {
    pub(super) project: &'a Project,
    pub(super) now: Timestamp,
    /// Who is marking.
    pub(super) annotator: AnnotatorId,
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

    pub(super) fn label(&self, id: &LabelId) -> Result<&Arc<Label>, EditError> {
        let label = self.project.schema().get(id);
        label.ok_or_else(|| EditError::NoLabel(id.clone()))
    }

    /// Typing a note or an answer and walking an end by keys are one step of undo each.
    fn merge_key(&self, name: &str, records: &[RecordChange]) -> Option<String> {
        let [one] = records else {
            return None;
        };
        let is_typed = matches!(name, "note" | "resize") || name.starts_with(ANSWER);
        is_typed.then(|| format!("{name} {:?}", one.id()))
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
        let mut records: Vec<RecordChange> = records.map(RecordChange::removed).collect();
        let here = self.project.documents().iter();
        let later = here.filter(|it| it.version_of.as_ref() == Some(id));
        records.extend(later.map(|it| self.redocument(it, |it| it.version_of = None)));
        Ok((format!("remove “{}”", document.title()), records))
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
        // Another person may have finished it before.
        let is_done = progress == Progress::Done;
        let is_known = document.finished_by.contains(&self.annotator) == is_done;
        if document.progress == progress && is_known {
            return Err(EditError::NoChange);
        }
        let change = self.redocument(document, |it| {
            it.progress = progress;
            it.set_finished(&self.annotator, is_done);
        });
        Ok(("set state".into(), vec![change]))
    }

    fn move_document(&self, id: &DocumentId, by: i32) -> Result<Planned, EditError> {
        let documents = self.project.documents();
        let from = documents.iter().position(|it| it.id == *id);
        let from = from.ok_or(EditError::NoDocument)?;
        let order = shifted(documents.iter().collect(), from, by);
        if order[from].id == *id {
            return Err(EditError::NoChange);
        }
        // Ranks are numbered anew: lists are short, and halving gaps would run out of digits.
        let records = order
            .into_iter()
            .zip(1_u32..)
            .filter(|(document, place)| document.rank != *place)
            .map(|(document, place)| self.redocument(document, |it| it.rank = place))
            .collect();
        Ok(("reorder".into(), records))
    }

    pub(super) fn redocument(
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
        let known = self.project.schema().get(label);
        let revision = known.map_or(0, |it| it.revision);
        for (document, span) in places {
            let span = self.markable(&document, span)?;
            let annotations = self.project.annotations();
            let is_twin = taken.insert((document.clone(), span), ()).is_some()
                || annotations.has(&document, span, label, &cx.annotator);
            if is_twin {
                continue;
            }
            let (id, label) = ((cx.new_annotation_id)(), label.clone());
            let mut made =
                Annotation::new(id, document, span, label, cx.annotator.clone(), self.now);
            made.revision = revision;
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
        let label = self.label(label)?;
        let name = format!("relabel as {}", label.name.to_ascii_lowercase());
        let mut records = Vec::new();
        for id in ids {
            let annotation = self.annotation(id)?;
            if annotation.label != label.id {
                records.push(self.relabelled(annotation, label));
            }
        }
        Ok((name, records))
    }

    pub(super) fn relabelled(&self, annotation: &Arc<Annotation>, label: &Label) -> RecordChange {
        self.reannotate(annotation, |it| {
            it.label = label.id.clone();
            it.revision = label.revision;
        })
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
