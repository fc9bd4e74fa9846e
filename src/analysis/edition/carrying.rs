//! Marks of an article on a later text of it: the same marks once more, each with what became of it.
//! Those of the earlier text stay as they are. Knows nothing of how words are found.

use std::sync::Arc;

use super::{Edition, Landing};
use crate::model::sorted::{SortedMap, SortedSet};
use crate::model::{
    Anchor, Annotation, AnnotationId, AnnotatorId, AttributeKind, CommentId, Document, DocumentId,
    EditError, Entry, Import, LabelId, MaybeDetails, Planned, Planner, Project, Quote, Record,
    RecordId, RelationId, Span, Timestamp, Unplaced, Value, Wish,
};

/// What becomes of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It stands in the later text.
    Lands(Landing),
    /// The later text has it already.
    Here,
    /// It waits in the tray: its words are not in the later text, or another mark like it stands there.
    Lost,
}

/// A mark of the earlier text, and what becomes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Carried {
    /// The mark of the earlier text.
    pub mark: Arc<Annotation>,
    /// The spans it has in the later text; none where it is lost.
    pub spans: Vec<Span>,
    /// What becomes of it.
    pub fate: Fate,
}

impl Edition<'_> {
    /// What becomes of marks of the earlier text, one by one; `here` are those of the later one.
    pub fn carry_all(&self, marks: &[Arc<Annotation>], here: &[Arc<Annotation>]) -> Vec<Carried> {
        let mut all: Vec<Carried> = Vec::with_capacity(marks.len());
        let here = here.iter().map(|it| (said(it, it.fragments()), ()));
        let here = SortedSet::of(here.collect());
        let mut placed = SortedSet::default();
        for mark in marks {
            let found = mark.fragments().iter().map(|it| self.carry(*it));
            let found: Option<Vec<(Span, Landing)>> = found.collect();
            let found = found.unwrap_or_default();
            let spans = found.iter().map(|it| it.0);
            let moved = Annotation::clone(mark).with_fragments(spans);
            let spans = moved.map_or_else(Vec::new, |it| it.fragments().to_vec());
            let landing = found.iter().map(|it| it.1).max();
            let fate = match landing {
                Some(_) if here.contains(&said(mark, &spans)) => Fate::Here,
                Some(_) if placed.insert(said(mark, &spans), ()).is_some() => Fate::Lost,
                Some(landing) => Fate::Lands(landing),
                None => Fate::Lost,
            };
            let spans = match fate {
                Fate::Lost => Vec::new(),
                _ => spans,
            };
            all.push(Carried {
                mark: mark.clone(),
                spans,
                fate,
            });
        }
        all
    }
}

/// What makes two marks of a text say the same: where they stand, their label and who made them.
fn said(mark: &Annotation, spans: &[Span]) -> (Vec<Span>, LabelId, AnnotatorId) {
    (spans.to_vec(), mark.label.clone(), mark.annotator.clone())
}

/// A later text of an article with the marks that are carried over to it: one step.
#[derive(Debug, Clone)]
pub struct CarryOver(Import);

impl Wish for CarryOver {
    fn plan(self: Box<Self>, planner: &Planner<'_>) -> Result<Planned, EditError> {
        let (_, records) = Box::new(self.0).plan(planner)?;
        Ok(("carry marks over".into(), records))
    }

    fn again(&self) -> Box<dyn Wish> {
        Box::new(self.clone())
    }
}

/// What is being carried.
struct Carrying<'a> {
    project: &'a Project,
    edition: &'a Edition<'a>,
    later: &'a DocumentId,
    now: Timestamp,
    /// What the marks of the earlier text are called in the later one.
    names: SortedMap<String, AnnotationId>,
}

impl CarryOver {
    /// Makes the step. `later` is here already, or is new; `carried` is what
    /// [`Edition::carry_all`] said.
    pub fn new(
        project: &Project,
        edition: &Edition<'_>,
        (earlier, later): (&DocumentId, &Document),
        carried: &[Carried],
        now: Timestamp,
        new_id: &mut dyn FnMut() -> String,
    ) -> Self {
        let mut carrying = Carrying {
            project,
            edition,
            later: &later.id,
            now,
            names: SortedMap::default(),
        };
        let mut import = Import::default();
        let mut document = Document {
            version_of: Some(earlier.clone()),
            ..later.clone()
        };
        match project.document(&later.id) {
            Some(here) if here.version_of.as_ref() == Some(earlier) => {}
            Some(here) => {
                document.modified = now.max(Timestamp(here.modified.0 + 1));
                import.known.push(document);
            }
            None => import.documents.push(document),
        }
        for it in carried {
            let name = match it.fate {
                Fate::Here => carrying.twin(it),
                _ => AnnotationId::new(&new_id()),
            };
            if let Some(name) = name {
                carrying.names.insert(it.mark.id.to_string(), name);
            }
        }
        for it in carried.iter().filter(|it| it.fate != Fate::Here) {
            match carrying.placed(it) {
                Some(placed) => import.annotations.push(placed),
                None => {
                    let waits = carrying
                        .unplaced(it)
                        .filter(|it| !carrying.waits_already(it));
                    import.unplaced.extend(waits);
                }
            }
        }
        import.others = carrying.leaning(new_id);
        Self(import)
    }
}

impl Carrying<'_> {
    /// The mark of the later text that says the same already.
    fn twin(&self, it: &Carried) -> Option<AnnotationId> {
        let here = self.project.annotations().of(self.later).iter();
        let mut here =
            here.filter(|other| said(other, other.fragments()) == said(&it.mark, &it.spans));
        here.next().map(|it| it.id.clone())
    }

    fn placed(&self, it: &Carried) -> Option<Annotation> {
        let Fate::Lands(landing) = it.fate else {
            return None;
        };
        let mut mark = Annotation::clone(&it.mark).with_fragments(it.spans.iter().copied())?;
        mark.id = self.names.get(it.mark.id.as_str())?.clone();
        mark.document = self.later.clone();
        let pairs = it.mark.fragments().iter().zip(&it.spans);
        let mut is_exact = it.mark.fragments().len() == it.spans.len();
        for (one, other) in pairs {
            is_exact &= self.edition.earlier.slice(*one) == self.edition.later.slice(*other);
        }
        mark.anchor = match landing {
            Landing::Same if is_exact => mark.anchor,
            Landing::Ambiguous => Anchor::Ambiguous,
            _ => Anchor::Moved,
        };
        mark.details = self.details(&mark.details, true);
        mark.modified = self.now;
        Some(mark)
    }

    fn unplaced(&self, it: &Carried) -> Option<Unplaced> {
        let text = self.edition.earlier;
        let quote = |span: &Span| {
            let at = [span.start(), span.end()].map(|it| text.code_points(it));
            (Quote::of(text, *span), at)
        };
        let mark = &it.mark;
        Some(Unplaced {
            id: self.names.get(mark.id.as_str())?.clone(),
            document: self.later.clone(),
            quotes: mark.fragments().iter().map(quote).collect(),
            label: mark.label.clone(),
            annotator: mark.annotator.clone(),
            note: mark.note.clone(),
            revision: mark.revision,
            details: self.details(&mark.details, false),
            created: mark.created,
            modified: self.now,
            extra: mark.extra.clone(),
        })
    }

    /// Whether a mark like it was carried over before, and waits.
    fn waits_already(&self, it: &Unplaced) -> bool {
        let said = |it: &Unplaced| (it.document.clone(), it.label.clone(), it.annotator.clone());
        let mut tray = self.project.unplaced();
        tray.any(|other| other.quotes == it.quotes && said(other) == said(it))
    }

    /// What is said of a mark, of the later text: words where they stand there, marks by their names there.
    fn details(&self, details: &MaybeDetails, is_placed: bool) -> MaybeDetails {
        let mut after = details.clone()?;
        let said = Arc::make_mut(&mut after);
        for (_, answer) in said.answers.iter_mut() {
            let Value::List(all) = answer else { continue };
            for value in all {
                let Value::Span(span) = value else { continue };
                let place = self.edition.carry(*span).filter(|_| is_placed);
                let words = || Value::Text(self.edition.earlier.slice(*span).to_owned());
                *value = place.map_or_else(words, |it| Value::Span(it.0));
            }
        }
        let schema = self.project.schema();
        said.answers.rename(&mut |question, id| {
            let asked = schema.attribute(question)?;
            let name = self
                .names
                .get(id)
                .filter(|_| asked.kind == AttributeKind::Spans);
            name.map(|it| it.to_string())
        });
        Some(after)
    }

    /// Relations of the marks and what is said about them, once more for those of the later text.
    fn leaning(&self, new_id: &mut dyn FnMut() -> String) -> Vec<Record> {
        let entries = self.project.entries();
        let leans = |it: &&Arc<Entry>| it.marks().any(|it| self.names.contains(it));
        let mut found = Vec::new();
        for entry in entries.filter(leans) {
            // A relation from one text to the other is said of both already.
            let is_between = entry.marks().any(|it| {
                let id = AnnotationId::new(it);
                id.and_then(|it| self.project.home(&it)).as_ref() == Some(self.later)
            });
            let id = match entry.id {
                RecordId::Relation(_) => RelationId::new(&new_id()).map(RecordId::Relation),
                _ => CommentId::new(&new_id()).map(RecordId::Comment),
            };
            let mut after = Entry::clone(entry);
            for name in ["from", "to", "annotation"] {
                if let Some(mark) = self.names.get(entry.text(name)) {
                    let mark = Value::Text(mark.to_string());
                    after.fields.insert(name.to_owned(), mark);
                }
            }
            let is_here = self.project.entries().any(|it| it.fields == after.fields);
            if let Some(id) = id.filter(|_| !is_between && !is_here) {
                after.id = id;
                found.push(after.into());
            }
        }
        found
    }
}
