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
        let here = project.annotations().of(&later.id).iter().rev();
        let twins = here.map(|it| (said(it, it.fragments()), it.id.clone()));
        let twins = SortedMap::of(twins.collect());
        for it in carried {
            let name = match it.fate {
                Fate::Here => twins.get(&said(&it.mark, &it.spans)).cloned(),
                Fate::Lost => carrying
                    .waiting(it)
                    .or_else(|| AnnotationId::new(&new_id())),
                Fate::Lands(_) => AnnotationId::new(&new_id()),
            };
            if let Some(name) = name {
                carrying.names.insert(it.mark.id.to_string(), name);
            }
        }
        for it in carried.iter().filter(|it| it.fate != Fate::Here) {
            match carrying.placed(it) {
                Some(placed) => import.annotations.push(placed),
                None => import.unplaced.extend(carrying.unplaced(it)),
            }
        }
        import.others = carrying.leaning(new_id);
        Self(import)
    }
}

impl Carrying<'_> {
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
        let mark = &it.mark;
        let id = self.names.get(mark.id.as_str())?;
        let is_known = |it: &RecordId| self.project.record(it).is_some();
        if is_known(&RecordId::Unplaced(id.clone())) {
            return None;
        }
        Some(Unplaced {
            id: id.clone(),
            document: self.later.clone(),
            quotes: self.quotes(mark),
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

    /// The mark like it that was carried over before, and waits.
    fn waiting(&self, it: &Carried) -> Option<AnnotationId> {
        let mark = &it.mark;
        let mut tray = self.project.unplaced().filter(|other| {
            other.document == *self.later
                && other.label == mark.label
                && other.annotator == mark.annotator
        });
        let found = tray.find(|other| other.quotes == self.quotes(mark))?;
        Some(found.id.clone())
    }

    /// The words of the earlier text that a mark holds, with their places in code points.
    fn quotes(&self, mark: &Annotation) -> Arc<[(Quote, [u32; 2])]> {
        let text = self.edition.earlier;
        let quote = |span: &Span| {
            let at = [span.start(), span.end()].map(|it| text.code_points(it));
            (Quote::of(text, *span), at)
        };
        mark.fragments().iter().map(quote).collect()
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
        // What a mark was first taken for stays with it, and is not said of another.
        let is_said = |it: &&Arc<Entry>| !matches!(it.id, RecordId::FirstLabel(_));
        let leans = |it: &&Arc<Entry>| it.marks().any(|it| self.names.contains(it));
        let leans = |it: &&Arc<Entry>| is_said(it) && leans(it);
        let mut of_marks: SortedMap<&str, Vec<&Arc<Entry>>> = SortedMap::default();
        for entry in self.project.entries() {
            for mark in entry.marks() {
                of_marks.or_default(mark).push(entry);
            }
        }
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
            let mark = after.marks().next().unwrap_or_default();
            let there = of_marks.get(mark).into_iter().flatten();
            let is_here = there.into_iter().any(|it| it.fields == after.fields);
            if let Some(id) = id.filter(|_| !is_between && !is_here) {
                after.id = id;
                found.push(after.into());
            }
        }
        found
    }
}
