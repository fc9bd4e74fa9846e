//! Joins what several files gave to one import. Knows nothing of the files.

use super::Reading;
use super::register::{Names, Register};
use super::{identity, linked};
use crate::model::sorted::SortedSet;
use crate::model::{
    Annotation, AnnotationId, AnnotatorId, Document, DocumentId, Record, Timestamp, Unplaced,
};

/// Adds `next` to `all`, as [`Reading::merge`] says.
pub(super) fn merge_into(all: &mut Reading, mut next: Reading) {
    add_documents(all, &mut next);
    add_annotations(all, &mut next);
    for label in next.import.labels {
        if !all.import.labels.iter().any(|it| it.id == label.id) {
            all.import.labels.push(label);
        }
    }
    let mut taken = SortedSet::of_keys(all.import.others.iter().map(Record::id));
    let others = next.import.others.into_iter();
    let new = others.filter(|it| taken.add(it.id()));
    all.import.others.extend(new);
    for annotator in next.import.annotators {
        if !all.import.annotators.iter().any(|it| it.id == annotator.id) {
            all.import.annotators.push(annotator);
        }
    }
    all.import.known.append(&mut next.import.known);
    keep_newest(&mut all.import.known);
    all.duplicates.append(&mut next.duplicates);
    all.placements.append(&mut next.placements);
    all.problems.append(&mut next.problems);
    all.notices.append(&mut next.notices);
}

/// Of several descriptions of one article that is here already the newest stays: a change can have
/// one of them only.
pub(super) fn keep_newest(known: &mut Vec<Document>) {
    let mut newest: Register<Document> = Register::default();
    for document in std::mem::take(known) {
        let id = document.id.clone();
        match newest.get_mut(id.as_str()) {
            Some(other) if other.modified >= document.modified => {}
            Some(other) => *other = document,
            None => drop(newest.add(id.as_str(), document)),
        }
    }
    *known = newest.into_things();
}

fn add_documents(all: &mut Reading, next: &mut Reading) {
    let mut by_text: Register<DocumentId> = Register::default();
    for document in &all.import.documents {
        by_text.add(document.text.hash().as_str(), document.id.clone());
    }
    let documents = all.import.documents.iter().chain(&all.duplicates);
    let mut taken = Names::of(documents.map(|it| it.id.as_str()));
    let marks = next.import.annotations.iter().map(|it| &it.document);
    let tray = next.import.unplaced.iter().map(|it| &it.document);
    let marked = Names::of(marks.chain(tray).map(|it| it.as_str()));
    let mut moved: Register<DocumentId> = Register::default();
    for mut document in std::mem::take(&mut next.import.documents) {
        let known = by_text.get(document.text.hash().as_str()).cloned();
        if let Some(known) = &known
            && marked.has(document.id.as_str())
        {
            moved.add(document.id.as_str(), known.clone());
            continue;
        }
        let id = numbered(document.id.as_str(), DocumentId::new, |id| {
            taken.has(id.as_str())
        });
        taken.add(id.as_str(), ());
        moved.add(document.id.as_str(), id.clone());
        document.id = id;
        match known {
            Some(_) => all.duplicates.push(document),
            None => all.import.documents.push(document),
        }
    }
    rehouse(next, &moved);
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

fn add_annotations(all: &mut Reading, next: &mut Reading) {
    let import = &mut all.import;
    let origin = |it: &Annotation| (it.document.clone(), it.annotator.clone(), it.created);
    let tray_origin = |it: &Unplaced| (it.document.clone(), it.annotator.clone(), it.created);
    let mut known = Known::default();
    let mut renamed: Register<AnnotationId> = Register::default();
    let mut said: Register<AnnotationId> = Register::default();
    for (at, it) in import.annotations.iter().enumerate() {
        known.add(it.id.as_str(), (origin(it), Some(at)));
        said.add(&content(it), it.id.clone());
    }
    for it in &import.unplaced {
        known.add(it.id.as_str(), (tray_origin(it), None));
    }
    for mut annotation in std::mem::take(&mut next.import.annotations) {
        if let Some(twin) = said.get(&content(&annotation)) {
            renamed.add(annotation.id.as_str(), twin.clone());
            continue;
        }
        let origin = origin(&annotation);
        match version_of(&known, &annotation.id, &origin) {
            Some(Some(at)) => {
                if annotation.modified > import.annotations[at].modified {
                    import.annotations[at] = annotation;
                }
            }
            Some(None) => {}
            None => {
                let id = free(&known, &annotation.id);
                renamed.add(annotation.id.as_str(), id.clone());
                annotation.id = id.clone();
                known.add(id.as_str(), (origin, Some(import.annotations.len())));
                said.add(&content(&annotation), id);
                import.annotations.push(annotation);
            }
        }
    }
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
        if twin.is_none() && version_of(&known, &unplaced.id, &origin).is_none() {
            let id = free(&known, &unplaced.id);
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
fn numbered<T>(name: &str, make: impl Fn(&str) -> Option<T>, is_taken: impl Fn(&T) -> bool) -> T {
    let stem: String = name.chars().take(56).collect();
    let names = (2_u32..).map(|number| format!("{stem}-{number}"));
    std::iter::once(name.to_owned())
        .chain(names)
        .filter_map(|name| make(&name))
        .find(|id| !is_taken(id))
        .expect("there are more numbers than ids")
}
