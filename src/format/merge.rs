//! Joins what several files gave to one import. Knows nothing of the files.

use super::Reading;
use super::register::{Names, Register};
use super::{identity, linked};
use crate::model::sorted::SortedSet;
use crate::model::{
    Annotation, AnnotationId, AnnotatorId, Document, DocumentId, Record, RecordId, Timestamp,
    Unplaced,
};

/// What several files, or slices of one, gave, as one. What is known of it by name stays between them, so
/// that the hundredth costs no more than the first.
#[derive(Default)]
pub struct Joining {
    all: Reading,
    by_text: Register<DocumentId>,
    taken: Names,
    known: Known,
    said: Register<AnnotationId>,
    others: SortedSet<RecordId>,
}

impl Joining {
    /// Adds what came next, as [`Reading::merge`] says.
    pub fn add(&mut self, mut next: Reading) {
        self.add_documents(&mut next);
        self.add_annotations(&mut next);
        let all = &mut self.all;
        for label in next.import.labels {
            if !all.import.labels.iter().any(|it| it.id == label.id) {
                all.import.labels.push(label);
            }
        }
        let others = next.import.others.into_iter();
        let new = others.filter(|it| self.others.add(it.id()));
        all.import.others.extend(new);
        for annotator in next.import.annotators {
            if !all.import.annotators.iter().any(|it| it.id == annotator.id) {
                all.import.annotators.push(annotator);
            }
        }
        if !next.import.known.is_empty() {
            all.import.known.append(&mut next.import.known);
            keep_newest(&mut all.import.known);
        }
        all.duplicates.append(&mut next.duplicates);
        all.placements.append(&mut next.placements);
        all.problems.append(&mut next.problems);
        all.notices.append(&mut next.notices);
        all.is_foreign |= next.is_foreign;
    }

    /// What there is so far.
    pub fn so_far(&self) -> &Reading {
        &self.all
    }

    /// All of it.
    pub fn finish(self) -> Reading {
        self.all
    }
}

/// Adds `next` to `all`, as [`Reading::merge`] says.
pub(super) fn merge_into(all: &mut Reading, next: Reading) {
    let mut joining = Joining {
        all: std::mem::take(all),
        ..Joining::default()
    };
    joining.know_all();
    joining.add(next);
    *all = joining.finish();
}

/// Of several descriptions of one article that is here already the newest stays, with all who have been through
/// it: a change can have one of them only.
pub(super) fn keep_newest(known: &mut Vec<Document>) {
    let mut newest: Register<Document> = Register::default();
    for document in std::mem::take(known) {
        let id = document.id.clone();
        match newest.get_mut(id.as_str()) {
            Some(other) => join(other, document),
            None => drop(newest.add(id.as_str(), document)),
        }
    }
    *known = newest.into_things();
}

/// Of two descriptions of one article, the newer, with all who have been through it.
fn join(one: &mut Document, mut other: Document) {
    if other.modified > one.modified {
        std::mem::swap(one, &mut other);
    }
    let people = other.finished_by.iter();
    people.for_each(|it| one.set_finished(it, true));
}

impl Joining {
    /// Enters what there is.
    fn know_all(&mut self) {
        let Reading {
            import, duplicates, ..
        } = &self.all;
        for document in &import.documents {
            let hash = document.text.hash().as_str();
            self.by_text.add(hash, document.id.clone());
        }
        for document in import.documents.iter().chain(duplicates) {
            self.taken.add(document.id.as_str(), ());
        }
        for (at, it) in import.annotations.iter().enumerate() {
            self.known.add(it.id.as_str(), (origin(it), Some(at)));
            self.said.add(&content(it), it.id.clone());
        }
        for it in &import.unplaced {
            self.known.add(it.id.as_str(), (tray_origin(it), None));
        }
        let ids = import.others.iter().map(Record::id);
        self.others = SortedSet::of_keys(ids);
    }

    fn add_documents(&mut self, next: &mut Reading) {
        let marks = next.import.annotations.iter().map(|it| &it.document);
        let tray = next.import.unplaced.iter().map(|it| &it.document);
        let marked = Names::of(marks.chain(tray).map(|it| it.as_str()));
        let mut moved: Register<DocumentId> = Register::default();
        let first = self.all.import.documents.len();
        for mut document in std::mem::take(&mut next.import.documents) {
            let hash = document.text.hash().as_str().to_owned();
            let known = self.by_text.get(&hash).cloned();
            let is_worked_on = marked.has(document.id.as_str()) || !document.finished_by.is_empty();
            if let Some(known) = &known
                && is_worked_on
            {
                self.add_finished(known, &document.finished_by);
                moved.add(document.id.as_str(), known.clone());
                continue;
            }
            let id = numbered(document.id.as_str(), DocumentId::new, |id| {
                self.taken.has(id.as_str())
            });
            self.taken.add(id.as_str(), ());
            moved.add(document.id.as_str(), id.clone());
            document.id = id;
            match known {
                Some(_) => self.all.duplicates.push(document),
                None => self.all.import.documents.push(document),
            }
        }
        let new = self.all.import.documents[first..].iter_mut();
        for document in new.chain(&mut next.import.known) {
            let moved = |id: &DocumentId| moved.get(id.as_str()).unwrap_or(id).clone();
            document.version_of = document.version_of.as_ref().map(moved);
        }
        for document in &self.all.import.documents[first..] {
            let hash = document.text.hash().as_str();
            self.by_text.add(hash, document.id.clone());
        }
        rehouse(next, &moved);
    }

    /// Enters that these people have been through an article that comes.
    fn add_finished(&mut self, id: &DocumentId, people: &[AnnotatorId]) {
        if people.is_empty() {
            return;
        }
        let mut all = self.all.import.documents.iter_mut();
        if let Some(document) = all.find(|it| it.id == *id) {
            people.iter().for_each(|it| document.set_finished(it, true));
        }
    }

    fn add_annotations(&mut self, next: &mut Reading) {
        let mut renamed: Register<AnnotationId> = Register::default();
        let come = std::mem::take(&mut next.import.annotations);
        // Versions first: what one of them says no longer, another mark may have come to say.
        let (versions, new): (Vec<_>, Vec<_>) = come
            .into_iter()
            .partition(|it| version_of(&self.known, &it.id, &origin(it)).is_some());
        for annotation in versions {
            self.add_version(annotation);
        }
        for annotation in new {
            self.add_annotation(annotation, &mut renamed);
        }
        let (import, known) = (&mut self.all.import, &mut self.known);
        for mut unplaced in std::mem::take(&mut next.import.unplaced) {
            let twin = import.unplaced.iter().find(|it| {
                (&it.document, &it.quotes, &it.label, &it.annotator)
                    == (
                        &unplaced.document,
                        &unplaced.quotes,
                        &unplaced.label,
                        &unplaced.annotator,
                    )
            });
            let origin = tray_origin(&unplaced);
            if twin.is_none() && version_of(known, &unplaced.id, &origin).is_none() {
                let id = free(known, &unplaced.id);
                renamed.add(unplaced.id.as_str(), id.clone());
                known.add(id.as_str(), (origin, None));
                unplaced.id = id;
                import.unplaced.push(unplaced);
            }
        }
        linked::follow(&mut next.import, &renamed);
        for placement in &mut next.placements {
            if let Some(to) = renamed.get(placement.annotation.as_str()) {
                placement.annotation = to.clone();
            }
        }
    }

    /// Of two versions of one mark the newer one stays; what is in the tray stays there.
    fn add_version(&mut self, annotation: Annotation) {
        let known = self.known.get(annotation.id.as_str());
        let Some(&(_, Some(at))) = known else { return };
        let here = &mut self.all.import.annotations[at];
        if annotation.modified > here.modified {
            let (content, id) = (content(&annotation), annotation.id.clone());
            *here = annotation;
            self.say(&content, id);
        }
    }

    fn add_annotation(&mut self, mut annotation: Annotation, renamed: &mut Register<AnnotationId>) {
        let content = content(&annotation);
        if let Some(twin) = self.twin(&content) {
            renamed.add(annotation.id.as_str(), twin.clone());
            annotation.id = twin;
            self.add_version(annotation);
            return;
        }
        let id = free(&self.known, &annotation.id);
        renamed.add(annotation.id.as_str(), id.clone());
        annotation.id = id.clone();
        let all = &mut self.all.import.annotations;
        self.known
            .add(id.as_str(), (origin(&annotation), Some(all.len())));
        all.push(annotation);
        self.say(&content, id);
    }

    /// The mark that says this, and has not since been replaced by a version that says something else.
    fn twin(&self, said: &str) -> Option<AnnotationId> {
        let id = self.said.get(said)?;
        let at = self.known.get(id.as_str())?.1?;
        let still = content(&self.all.import.annotations[at]) == said;
        still.then(|| id.clone())
    }

    fn say(&mut self, content: &str, id: AnnotationId) {
        match self.said.get_mut(content) {
            Some(known) => *known = id,
            None => drop(self.said.add(content, id)),
        }
    }
}

/// Lets annotations follow their articles to other ids.
fn rehouse(reading: &mut Reading, moved: &Register<DocumentId>) {
    let annotations = reading
        .import
        .annotations
        .iter_mut()
        .map(|it| &mut it.document);
    let tray = reading
        .import
        .unplaced
        .iter_mut()
        .map(|it| &mut it.document);
    let placements = reading.placements.iter_mut().map(|it| &mut it.document);
    for document in annotations.chain(tray).chain(placements) {
        if let Some(to) = moved.get(document.as_str()) {
            *document = to.clone();
        }
    }
}

/// What two annotations must share to be versions of one: article, maker and the time it was made.
type Origin = (DocumentId, AnnotatorId, Timestamp);

/// What there is of an id: where a placed annotation is in the list, `None` for one in the tray.
type Known = Register<(Origin, Option<usize>)>;

fn origin(it: &Annotation) -> Origin {
    (it.document.clone(), it.annotator.clone(), it.created)
}

fn tray_origin(it: &Unplaced) -> Origin {
    (it.document.clone(), it.annotator.clone(), it.created)
}

/// What an annotation says, as one string.
fn content(it: &Annotation) -> String {
    format!("{}\n{}", identity::content(it), it.note)
}

/// Where the annotation is of which this is a version.
fn version_of(known: &Known, id: &AnnotationId, origin: &Origin) -> Option<Option<usize>> {
    let (known, at) = known.get(id.as_str())?;
    let is_version = known == origin && origin.2 != Timestamp::default();
    is_version.then_some(*at)
}

fn free(known: &Known, id: &AnnotationId) -> AnnotationId {
    numbered(id.as_str(), AnnotationId::new, |id| known.has(id.as_str()))
}

/// `name`, or it with the first number that makes an id nobody has.
pub(in crate::format) fn numbered<T>(
    name: &str,
    make: impl Fn(&str) -> Option<T>,
    is_taken: impl Fn(&T) -> bool,
) -> T {
    let stem: String = name.chars().take(56).collect();
    let names = (2_u32..).map(|number| format!("{stem}-{number}"));
    std::iter::once(name.to_owned())
        .chain(names)
        .filter_map(|name| make(&name))
        .find(|id| !is_taken(id))
        .expect("there are more numbers than ids")
}
