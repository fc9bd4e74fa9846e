//! The steps of the state machine, as edits.

use std::sync::Arc;

use proptest::prelude::*;
use sourcelight::model::*;

use crate::sample::*;

/// What somebody or something does.
#[derive(Debug, Clone)]
pub enum Step {
    Add(usize),
    RemoveArticle(usize),
    Describe(usize, String),
    Progress(usize, bool),
    Mark(usize, usize, usize, usize),
    Relabel(usize, usize),
    Resize(usize, usize, usize),
    Note(usize, String),
    RemoveMark(usize),
    Import(usize, usize),
    Undo,
    Reopen,
    Fold(usize),
    Crash(usize),
    Damage(usize, usize, char),
    Quota(usize),
    Retry,
}

/// Any step; numbers are brought to fit where they are used.
pub fn step() -> impl Strategy<Value = Step> {
    let n = || 0..1_000_usize;
    prop_oneof![
        2 => n().prop_map(Step::Add),
        1 => n().prop_map(Step::RemoveArticle),
        1 => (n(), "[a🚲\" ]{0,4}").prop_map(|(at, text)| Step::Describe(at, text)),
        1 => (n(), any::<bool>()).prop_map(|(at, done)| Step::Progress(at, done)),
        6 => (n(), n(), 0..9_usize, n()).prop_map(|(at, start, len, label)| Step::Mark(at, start, len, label)),
        2 => (n(), n()).prop_map(|(at, label)| Step::Relabel(at, label)),
        2 => (n(), n(), 0..9_usize).prop_map(|(at, start, len)| Step::Resize(at, start, len)),
        2 => (n(), "[é\n👩‍🚒\\\\]{0,4}").prop_map(|(at, note)| Step::Note(at, note)),
        1 => n().prop_map(Step::RemoveMark),
        1 => (n(), n()).prop_map(|(at, start)| Step::Import(at, start)),
        2 => Just(Step::Undo),
        2 => Just(Step::Reopen),
        1 => (0..4_usize).prop_map(Step::Fold),
        1 => n().prop_map(Step::Crash),
        1 => (n(), n(), prop_oneof![Just('x'), Just('1'), Just('"'), Just('\u{fffd}')])
            .prop_map(|(key, at, with)| Step::Damage(key, at, with)),
        1 => (0..900_usize).prop_map(Step::Quota),
        1 => Just(Step::Retry),
    ]
}

/// The wish that a step is on a page, where it can be one.
pub fn edit_of(tab: &Tab, page: usize, step: &Step) -> Option<Edit> {
    let project = &tab.project;
    let own: Vec<&Arc<Document>> = project
        .documents()
        .iter()
        .filter(|it| owner(it.id.as_str()) == page)
        .collect();
    let marks: Vec<&Arc<Annotation>> = own
        .iter()
        .flat_map(|it| project.annotations().of(&it.id))
        .collect();
    let pick = |at: usize| (!own.is_empty()).then(|| own[at % own.len()]);
    let mark = |at: usize| (!marks.is_empty()).then(|| marks[at % marks.len()]);
    let label = |at: usize| {
        let labels = project.schema().labels();
        labels[at % labels.len()].id.clone()
    };
    Some(match step {
        Step::Add(at) => {
            let id = format!("d{at}-{page}");
            let fresh = project.document(&document_id(&id)).is_none();
            Edit::AddDocuments(
                fresh
                    .then(|| document(&id, TEXTS[at % 4]))
                    .into_iter()
                    .collect(),
            )
        }
        Step::RemoveArticle(at) => Edit::RemoveDocument(pick(*at)?.id.clone()),
        Step::Describe(at, title) => {
            let document = pick(*at)?;
            let meta = DocumentMeta {
                title: title.clone(),
                ..document.meta.clone()
            };
            Edit::Describe(document.id.clone(), meta)
        }
        Step::Progress(at, done) => {
            let progress = if *done {
                Progress::Done
            } else {
                Progress::InProgress
            };
            Edit::SetProgress(pick(*at)?.id.clone(), progress)
        }
        Step::Mark(at, start, len, at_label) => {
            let document = pick(*at)?;
            Edit::Annotate(
                document.id.clone(),
                span(&document.text, *start, *len),
                label(*at_label),
            )
        }
        Step::Relabel(at, at_label) => Edit::Relabel(vec![mark(*at)?.id.clone()], label(*at_label)),
        Step::Resize(at, start, len) => {
            let mark = mark(*at)?;
            let text = &project.document(&mark.document)?.text;
            Edit::Resize(mark.id.clone(), 0, span(text, *start, *len))
        }
        Step::Note(at, note) => Edit::SetNote(mark(*at)?.id.clone(), note.clone()),
        Step::RemoveMark(at) => Edit::Remove(vec![mark(*at)?.id.clone()]),
        Step::Import(at, start) => import(pick(*at)?, *start, page),
        _ => return None,
    })
}

/// An import with one of everything: a label, an annotator, a broken mark and one for the tray.
pub fn import(document: &Document, start: usize, page: usize) -> Edit {
    let (label, annotator) = (
        label_id(&format!("fact{page}")),
        annotator_id(&format!("teacher{page}")),
    );
    let time = Timestamp(start as u64);
    let mark = |at| span(&document.text, at, 1);
    let made = Annotation::new(
        annotation_id(&format!("i{start}-{page}")),
        document.id.clone(),
        mark(start),
        label.clone(),
        annotator.clone(),
        time,
    );
    let mut made = made
        .with_fragments([mark(start), mark(start + 7), mark(start + 13)])
        .expect("not empty");
    made.provenance = Provenance::Imported;
    made.anchor = Anchor::Moved;
    made.extra = extra(&[("score", "1e400"), ("sl1:zz", "{}")]);
    let unplaced = Unplaced {
        id: annotation_id(&format!("u{}-{page}", start % 5)),
        document: document.id.clone(),
        quotes: Arc::new([(
            Quote {
                exact: "gone".into(),
                ..Quote::default()
            },
            [0, 4],
        )]),
        label: label.clone(),
        annotator: annotator.clone(),
        note: "".into(),
        revision: 0,
        details: None,
        created: time,
        modified: time,
        extra: Extra::default(),
    };
    let name = |id: &str| format!("{id} of page {page}");
    let id = format!("o{}-{page}", start % 3);
    let speaker = Speaker {
        aliases: vec![name("alias")],
        ..Speaker::new(SpeakerId::new(&id).expect("valid"), name("speaker"))
    };
    let relation = Relation {
        created: time,
        modified: time,
        ..Relation::new(
            RelationId::new(&id).expect("valid"),
            RelationTypeId::new("answers").expect("valid"),
            made.id.clone(),
            unplaced.id.clone(),
        )
    };
    let comment = Comment {
        id: CommentId::new(&id).expect("valid"),
        annotation: made.id.clone(),
        annotator: annotator.clone(),
        text: "Why?".into(),
        created: time,
        modified: time,
        extra: Fields::default(),
    };
    Edit::Merge(Box::new(Import {
        known: Vec::new(),
        documents: Vec::new(),
        annotations: vec![made],
        unplaced: vec![unplaced],
        others: vec![speaker.into(), relation.into(), comment.into()],
        labels: vec![Arc::new(Label::new(
            label.clone(),
            name(label.as_str()),
            Color(9, 9, 9),
        ))],
        annotators: vec![Annotator {
            name: name(annotator.as_str()),
            id: annotator,
            extra: extra(&[("x", "0")]),
        }],
    }))
}
