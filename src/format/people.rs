//! Other names for those who marked: for two who are called the same in their files, and for those whose
//! names others should not see. Knows nothing of files.

use std::sync::Arc;

use super::Reading;
use super::decision::{self, Decision};
use crate::model::sorted::SortedSet;
use crate::model::{
    Annotator, AnnotatorId, Change, Comment, Document, Entry, Project, Record, RecordChange,
    Relation, Timestamp, no_extra,
};

/// Who somebody is from now on; `None` for those who stay who they are.
type NewId<'n> = dyn Fn(&AnnotatorId) -> Option<AnnotatorId> + 'n;

/// Lets what was read be by other annotators.
pub(super) fn rename(reading: &mut Reading, to: &NewId<'_>) {
    let import = &mut reading.import;
    let marks = import.annotations.iter_mut().map(|it| &mut it.annotator);
    let tray = import.unplaced.iter_mut().map(|it| &mut it.annotator);
    let people = import.annotators.iter_mut().map(|it| &mut it.id);
    for id in marks.chain(tray).chain(people) {
        if let Some(new) = to(id) {
            *id = new;
        }
    }
    for it in import.documents.iter_mut().chain(&mut import.known) {
        it.finished_by = renamed_all(&it.finished_by, &|id| to(id).or_else(|| Some(id.clone())));
    }
    for record in &mut import.others {
        if let Record::Entry(entry) = record
            && let Some(renamed) = renamed(entry, to)
        {
            *record = renamed;
        }
    }
}

/// These people by their new names, in order; those who have none are left out.
fn renamed_all(people: &[AnnotatorId], to: &NewId<'_>) -> Vec<AnnotatorId> {
    let all = SortedSet::of_keys(people.iter().filter_map(to));
    all.keys().cloned().collect()
}

/// A relation or a comment by another annotator.
fn renamed(entry: &Entry, to: &NewId<'_>) -> Option<Record> {
    if let Some(mut relation) = Relation::of(entry) {
        relation.annotator = Some(to(relation.annotator.as_ref()?)?);
        return Some(relation.into());
    }
    let mut comment = Comment::of(entry)?;
    comment.annotator = to(&comment.annotator)?;
    Some(comment.into())
}

/// The same project with names that say nothing, `Person 1`, `Person 2` and so on in the order of `people`;
/// of those who are not among them nothing is left: neither marks nor what they said of marks. Notes and
/// answers stay: who hides names should look whether somebody signed in one.
pub fn hidden(project: &Project, people: &[AnnotatorId]) -> Project {
    let place = |id: &AnnotatorId| Some(people.iter().position(|it| it == id)? + 1);
    let called = |it: &Annotator, id| Annotator {
        id,
        name: place(&it.id).map_or(String::new(), |place| format!("Person {place}")),
        extra: no_extra(),
    };
    let to = |id: &AnnotatorId| AnnotatorId::new(&format!("person-{}", place(id)?));
    of(project, &to, &called)
}

/// The same project with the marks of some people alone, and what they said of them.
pub fn only(project: &Project, people: &[AnnotatorId]) -> Project {
    let to = |id: &AnnotatorId| people.contains(id).then(|| id.clone());
    of(project, &to, &same)
}

/// The same project in which two people have changed places.
pub(super) fn swapped(project: &Project, one: &AnnotatorId, other: &AnnotatorId) -> Project {
    let to = |id: &AnnotatorId| match id {
        id if id == one => Some(other.clone()),
        id if id == other => Some(one.clone()),
        id => Some(id.clone()),
    };
    of(project, &to, &same)
}

fn same(it: &Annotator, id: AnnotatorId) -> Annotator {
    Annotator { id, ..it.clone() }
}

fn of(
    project: &Project,
    to: &NewId<'_>,
    called: &dyn Fn(&Annotator, AnnotatorId) -> Annotator,
) -> Project {
    let mut records = Vec::new();
    let mut put = |before: Record, after: Option<Record>| match after {
        Some(after) if after == before => {}
        Some(after) => records.push(RecordChange::replaced(before, after)),
        None => records.push(RecordChange::removed(before)),
    };
    for mark in project.annotations().all() {
        let after = to(&mark.annotator).map(|annotator| {
            let mut after = (*mark).clone();
            after.annotator = annotator;
            if let Some(extra) = decision::with_names(&mark, to) {
                after.extra = extra;
            }
            Record::Annotation(Arc::new(after))
        });
        put(Record::Annotation(mark), after);
    }
    let is_gold_told = to(&decision::gold().id).is_some();
    for document in project.documents() {
        let mut nothings = Decision::nothings(document);
        nothings.retain(|_| is_gold_told);
        let nothings: Vec<Decision> = nothings.into_iter().map(|it| it.renamed(to)).collect();
        let after = Document {
            extra: Decision::with_nothings(document, &nothings),
            finished_by: renamed_all(&document.finished_by, to),
            ..Document::clone(document)
        };
        let before = Record::Document(document.clone());
        if (&after.extra, &after.finished_by) != (&document.extra, &document.finished_by) {
            put(before, Some(Record::Document(Arc::new(after))));
        }
    }
    for mark in project.unplaced() {
        let after = to(&mark.annotator).map(|annotator| {
            let mut after = (**mark).clone();
            after.annotator = annotator;
            Record::Unplaced(Arc::new(after))
        });
        put(Record::Unplaced(mark.clone()), after);
    }
    for entry in project.entries() {
        let by_nobody = Relation::of(entry).is_some_and(|it| it.annotator.is_none());
        let is_said = Relation::of(entry).is_some() || Comment::of(entry).is_some();
        if is_said && !by_nobody {
            put(Record::Entry(entry.clone()), renamed(entry, to));
        }
    }
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for it in project.annotators() {
        old.push(RecordChange::removed(Record::Annotator(it.clone())));
        let renamed = to(&it.id).map(|id| Record::Annotator(called(it, id)));
        new.extend(renamed.map(RecordChange::added));
    }
    records.append(&mut old);
    records.append(&mut new);
    let mut made = project.clone();
    made.apply(&Change {
        name: "hide names".into(),
        records,
        at: Timestamp::default(),
        merge_key: None,
    });
    made
}
