//! Laws of edits, changes and undo.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use sourcelight::model::{
    Annotation, AnnotationId, Change, DocumentMeta, Edit, EditContext, EditError, History, Import,
    Progress, Project, RecordId, Timestamp, plan,
};

use super::generate::{import, project, span_at, words};
use super::support::{
    annotation_id, annotator_id, bare_project, document_id, label_id, merged, read, render,
};
use super::wishes::{self, Other, other};

/// A wish, about whatever is there when its turn comes.
#[derive(Debug, Clone)]
pub enum Wish {
    Annotate(Index, Index, Index),
    AnnotateAll(Vec<(Index, Index, Index)>),
    Resize(Index, Index, Index),
    AddFragment(Index, Index, Index),
    RemoveFragment(Index, Index),
    Swap(Index, Index),
    Relabel(Index, bool),
    Note(Index, String),
    Remove(Index, Index),
    Join(Index, Index),
    Split(Index, Index),
    Place(Index, Index, Index),
    Discard(Index),
    Describe(Index, String),
    Progress(Index, bool),
    Move(Index, i32),
    RemoveDocument(Index),
    Merge(Box<Import>),
    Other(Box<Other>),
    Nonsense,
}

fn wish() -> impl Strategy<Value = Wish> {
    use Wish::*;
    prop_oneof![
        4 => any::<(Index, Index, Index)>().prop_map(|(d, a, b)| Annotate(d, a, b)),
        2 => vec(any::<(Index, Index, Index)>(), 1..12).prop_map(AnnotateAll),
        3 => any::<(Index, Index, Index)>().prop_map(|(d, a, b)| Resize(d, a, b)),
        3 => any::<(Index, Index, Index)>().prop_map(|(d, a, b)| AddFragment(d, a, b)),
        2 => any::<(Index, Index)>().prop_map(|(a, b)| RemoveFragment(a, b)),
        2 => any::<(Index, Index)>().prop_map(|(a, b)| Swap(a, b)),
        2 => any::<(Index, bool)>().prop_map(|(a, b)| Relabel(a, b)),
        2 => (any::<Index>(), words()).prop_map(|(a, b)| Note(a, b)),
        1 => any::<(Index, Index)>().prop_map(|(a, b)| Remove(a, b)),
        2 => any::<(Index, Index)>().prop_map(|(a, b)| Join(a, b)),
        2 => any::<(Index, Index)>().prop_map(|(a, b)| Split(a, b)),
        1 => any::<(Index, Index, Index)>().prop_map(|(d, a, b)| Place(d, a, b)),
        1 => any::<Index>().prop_map(Discard),
        1 => (any::<Index>(), words()).prop_map(|(a, b)| Describe(a, b)),
        1 => any::<(Index, bool)>().prop_map(|(a, b)| Progress(a, b)),
        1 => (any::<Index>(), -3..3).prop_map(|(a, b)| Move(a, b)),
        1 => any::<Index>().prop_map(RemoveDocument),
        1 => import().prop_map(|it| Merge(Box::new(it))),
        12 => other().prop_map(|it| Wish::Other(Box::new(it))),
        1 => Just(Nonsense),
    ]
}

/// The edit that a wish is in this project; `None` where there is nothing it could be about.
pub fn edit(project: &Project, wish: &Wish) -> Option<Edit> {
    fn pick<T>(from: Vec<T>, index: Index) -> Option<T> {
        let place = (!from.is_empty()).then(|| index.index(from.len()))?;
        from.into_iter().nth(place)
    }
    let document = |index| pick(project.documents().to_vec(), index);
    let annotations = || {
        let documents = project.documents().iter();
        let all = documents.flat_map(|it| project.annotations().of(&it.id));
        all.cloned().collect::<Vec<_>>()
    };
    let unplaced = |index| pick(project.unplaced().cloned().collect(), index);
    let span = |id: &_, a, b| Some(span_at(&project.document(id)?.text, a, b));
    Some(match wish {
        Wish::Annotate(d, a, b) => {
            let id = document(*d)?.id.clone();
            let span = span(&id, *a, *b)?;
            Edit::Annotate(id, span, label_id("claim"))
        }
        Wish::AnnotateAll(places) => {
            let places = places.iter().map(|(d, a, b)| {
                let id = document(*d)?.id.clone();
                Some((id.clone(), span(&id, *a, *b)?))
            });
            Edit::AnnotateAll(places.collect::<Option<_>>()?, label_id("claim"))
        }
        Wish::Resize(d, a, b) => {
            let it = pick(annotations(), *d)?;
            let fragment = a.index(it.fragments().len());
            Edit::Resize(it.id.clone(), fragment, span(&it.document, *a, *b)?)
        }
        Wish::AddFragment(d, a, b) => {
            let it = pick(annotations(), *d)?;
            Edit::AddFragment(it.id.clone(), span(&it.document, *a, *b)?)
        }
        Wish::RemoveFragment(a, b) => {
            let it = pick(annotations(), *a)?;
            Edit::RemoveFragment(it.id.clone(), b.index(it.fragments().len()))
        }
        Wish::Swap(a, b) => {
            let one = pick(annotations(), *a)?;
            let nested = |it: &Arc<Annotation>| {
                it.id != one.id
                    && it.document == one.document
                    && (it.covers(&one) || one.covers(it))
            };
            let other = pick(annotations().into_iter().filter(nested).collect(), *b)?;
            Edit::Swap(one.id.clone(), other.id.clone())
        }
        Wish::Relabel(a, to_quote) => {
            let label = if *to_quote { "quote" } else { "opinion" };
            Edit::Relabel(vec![pick(annotations(), *a)?.id.clone()], label_id(label))
        }
        Wish::Note(a, note) => Edit::SetNote(pick(annotations(), *a)?.id.clone(), note.clone()),
        Wish::Remove(a, b) => {
            let ids = [a, b].map(|it| Some(pick(annotations(), *it)?.id.clone()));
            let mut ids: Vec<AnnotationId> = ids.into_iter().collect::<Option<_>>()?;
            ids.dedup();
            Edit::Remove(ids)
        }
        Wish::Join(a, b) => {
            let one = pick(annotations(), *a)?;
            let kin = |it: &Arc<Annotation>| {
                it.id != one.id
                    && (&it.document, &it.label, &it.annotator)
                        == (&one.document, &one.label, &one.annotator)
            };
            let near = pick(annotations().into_iter().filter(kin).collect(), *b)?;
            Edit::Join(vec![near.id.clone(), one.id.clone()])
        }
        Wish::Split(a, b) => {
            let it = pick(annotations(), *a)?;
            let at = b.index(it.hull().byte_len());
            Edit::Split(it.id.clone(), it.hull().start().bytes() + at)
        }
        Wish::Place(d, a, b) => {
            let it = unplaced(*d)?;
            Edit::Place(it.id.clone(), span(&it.document, *a, *b)?)
        }
        Wish::Discard(a) => Edit::Discard(unplaced(*a)?.id.clone()),
        Wish::Describe(d, title) => Edit::Describe(
            document(*d)?.id.clone(),
            DocumentMeta {
                title: title.clone(),
                ..DocumentMeta::default()
            },
        ),
        Wish::Progress(d, done) => {
            let to = if *done {
                Progress::Done
            } else {
                Progress::InProgress
            };
            Edit::SetProgress(document(*d)?.id.clone(), to)
        }
        Wish::Move(d, by) => Edit::MoveDocument(document(*d)?.id.clone(), *by),
        Wish::RemoveDocument(d) => Edit::RemoveDocument(document(*d)?.id.clone()),
        Wish::Merge(import) => Edit::Merge(import.clone()),
        Wish::Other(wish) => wishes::edit(project, wish)?,
        Wish::Nonsense => Edit::RemoveDocument(document_id("nowhere")),
    })
}

/// Grants what can be granted; answers with the changes, all applied.
pub fn grant(project: &mut Project, wishes: &[Wish]) -> Vec<Change> {
    let mut made = Vec::new();
    for (wish, step) in wishes.iter().zip(1_u64..) {
        let Some(edit) = edit(project, wish) else {
            continue;
        };
        let free = |place: &u64| {
            let id = annotation_id(&format!("made-{place}"));
            project.annotations().get(&id).is_none()
        };
        let mut places = (1..).filter(free);
        let mut cx = EditContext {
            now: Timestamp(1_000_000 + step * 700),
            annotator: annotator_id("ann"),
            new_annotation_id: &mut || {
                let place = places.next().expect("numbers do not run out");
                annotation_id(&format!("made-{place}"))
            },
        };
        if let Ok(change) = plan(project, edit, &mut cx) {
            project.apply(&change);
            made.push(change);
        }
    }
    made
}

/// Whether two projects hold the same. Which articles were removed once is not a part of it: an
/// article that is taken back by undo shall stay away, too.
fn same(a: &Project, b: &Project) -> bool {
    a.documents() == b.documents()
        && a.annotations() == b.annotations()
        && a.unplaced().eq(b.unplaced())
        && a.schema() == b.schema()
        && a.annotators().eq(b.annotators())
        && a.cast().eq(b.cast())
        && a.relations().eq(b.relations())
        && a.comments().eq(b.comments())
        && a.documents()
            .iter()
            .all(|it| a.annotations().of(&it.id) == b.annotations().of(&it.id))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn l1_a_change_and_its_inverse_leave_nothing(project in project(), wishes in vec(wish(), 1..6)) {
        let mut now = project.clone();
        for change in grant(&mut now, &wishes).iter().rev() {
            now.apply(&change.inverse());
        }
        prop_assert!(same(&now, &project));
    }

    #[test]
    fn l2_as_many_undos_as_redos_leave_nothing(project in project(), wishes in vec(wish(), 1..8)) {
        let mut now = project.clone();
        let mut history = History::default();
        for change in grant(&mut now, &wishes) {
            history.push(change);
        }
        let last = now.clone();
        while let Some(change) = history.undo() {
            now.apply(&change);
        }
        prop_assert!(same(&now, &project));
        while let Some(change) = history.redo() {
            now.apply(&change);
        }
        prop_assert!(same(&now, &last));
    }

    #[test]
    fn l9_two_changes_as_one_do_the_same(project in project(), wishes in vec(wish(), 2..6)) {
        let mut one_by_one = project.clone();
        let made = grant(&mut one_by_one, &wishes);
        if let Some(all) = made.into_iter().reduce(Change::then) {
            let mut at_once = project.clone();
            at_once.apply(&all);
            prop_assert!(same(&at_once, &one_by_one));
            at_once.apply(&all.inverse());
            prop_assert!(same(&at_once, &project));
        }
    }

    #[test]
    fn m3_m4_a_change_says_all_that_changed(project in project(), wishes in vec(wish(), 1..4)) {
        let mut before = project.clone();
        let mut now = project;
        for wish in &wishes {
            for change in grant(&mut now, std::slice::from_ref(wish)) {
                let mut named = std::collections::BTreeSet::new();
                for record in &change.records {
                    prop_assert!(named.insert(record.id()), "a record is named twice");
                    prop_assert_eq!(before.record(&record.id()), record.before.clone());
                    prop_assert_eq!(now.record(&record.id()), record.after.clone());
                }
                for document in now.documents() {
                    prop_assert_eq!(now.document(&document.id), Some(document));
                }
                for document in before.documents() {
                    let id = RecordId::Document(document.id.clone());
                    prop_assert!(named.contains(&id) || now.record(&id) == before.record(&id));
                    for it in before.annotations().of(&document.id) {
                        let id = RecordId::Annotation(it.id.clone());
                        prop_assert!(named.contains(&id) || now.record(&id) == before.record(&id));
                    }
                }
            }
            before = now.clone();
        }
    }

    #[test]
    fn m5_a_wish_is_granted_with_a_change_or_denied_with_a_sentence(project in project(), wish in wish()) {
        let Some(edit) = edit(&project, &wish) else { return Ok(()) };
        let mut made = 0;
        let mut cx = EditContext {
            now: Timestamp(5),
            annotator: annotator_id("ann"),
            new_annotation_id: &mut || {
                made += 1;
                annotation_id(&format!("fresh-{made}"))
            },
        };
        match plan(&project, edit, &mut cx) {
            Ok(change) => prop_assert!(!change.records.is_empty() && !change.name.is_empty()),
            Err(error) => prop_assert!(error.to_string().ends_with('.'), "{}", error),
        }
        let nothing = plan(&project, Edit::Remove(vec![annotation_id("nobody")]), &mut cx);
        prop_assert_eq!(nothing, Err(EditError::NoAnnotation));
    }

    #[test]
    fn nothing_leans_on_what_is_gone(project in project(), wishes in vec(wish(), 1..8)) {
        let mut now = project;
        wishes::check(&now)?;
        for wish in &wishes {
            grant(&mut now, std::slice::from_ref(wish));
            wishes::check(&now)?;
        }
    }

    #[test]
    fn what_was_edited_is_written_and_read(project in project(), wishes in vec(wish(), 1..8)) {
        let mut now = project;
        // Marks that come with a file are placed by its reader, which these have not met.
        let met: Vec<Wish> = wishes.into_iter().filter(|it| !matches!(it, Wish::Merge(_))).collect();
        grant(&mut now, &met);
        let file = render(&now);
        let reading = read(&bare_project(), "p.json", file.as_bytes()).expect("it opens");
        prop_assert_eq!(&reading.problems, &[]);
        let after = merged(&bare_project(), reading.import);
        prop_assert_eq!(render(&after), file);
    }

    #[test]
    fn marks_are_found_where_they_are(
        project in project(),
        wishes in vec(wish(), 1..10),
        place: (Index, Index),
    ) {
        let mut now = project;
        for wish in &wishes {
            grant(&mut now, std::slice::from_ref(wish));
            for document in now.documents() {
                let span = span_at(&document.text, place.0, place.1);
                let found: Vec<_> = now.annotations().overlapping(&document.id, span).collect();
                let all = now.annotations().of(&document.id).iter();
                let touch = |it: &Annotation| it.fragments().iter().any(|part| part.overlaps(span));
                let looked_at: Vec<_> = all.filter(|it| touch(it)).collect();
                prop_assert_eq!(found, looked_at);
            }
        }
    }

    #[test]
    fn marking_many_at_once_is_marking_them_one_by_one(
        project in project(),
        places in vec(any::<(Index, Index, Index)>(), 1..12),
    ) {
        // The words and who has marked them; ids and order are another's affair.
        let marks = |project: &Project| {
            let documents = project.documents().iter();
            let all = documents.flat_map(|it| project.annotations().of(&it.id));
            let mut all: Vec<_> = all
                .map(|it| (it.document.clone(), it.fragments().to_vec(), it.label.clone(), it.annotator.clone()))
                .collect();
            all.sort();
            all
        };
        let (mut at_once, mut one_by_one) = (project.clone(), project.clone());
        let made = grant(&mut at_once, &[Wish::AnnotateAll(places.clone())]);
        let wishes: Vec<_> = places.into_iter().map(|(d, a, b)| Wish::Annotate(d, a, b)).collect();
        let singly = grant(&mut one_by_one, &wishes);
        // A blank place is refused alone, and with all others; nothing is compared then.
        let mut cx = EditContext {
            now: Timestamp(5),
            annotator: annotator_id("ann"),
            new_annotation_id: &mut || annotation_id("fresh"),
        };
        let mut edits = wishes.iter().filter_map(|it| edit(&project, it));
        let refused = edits.any(|it| plan(&project, it, &mut cx) == Err(EditError::Blank));
        if refused {
            prop_assert!(made.is_empty());
        } else {
            prop_assert_eq!(marks(&at_once), marks(&one_by_one));
            prop_assert_eq!(made.len(), usize::from(!singly.is_empty()));
            for change in made {
                at_once.apply(&change.inverse());
            }
            prop_assert!(same(&at_once, &project), "one step takes all back");
        }
    }
}
