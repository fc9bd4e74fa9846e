//! Projects of texts whose words are numbers, with marks that are told by words.

use std::sync::Arc;

use sourcelight::analysis::Places;
use sourcelight::format::hand_in::{self, HandIn};
use sourcelight::model::{
    Annotation, Change, Details, Document, Edit, EditContext, Import, Progress, Project, Record,
    RecordChange, RecordId, Text, Timestamp, Value, plan,
};

use crate::support::{annotation_id, annotator_id, document_id, label_id, merged};

/// A mark: who, first word, word behind the last, label.
pub type Made<'m> = (&'m str, usize, usize, &'m str);

/// A text of so many words that begin alike, ten in a paragraph.
fn text(words: usize, stem: &str) -> Text {
    let word = |at: usize| {
        let gap = if at.is_multiple_of(10) { "\n\n" } else { " " };
        format!("{}{stem}{at}", if at == 0 { "" } else { gap })
    };
    let words: Vec<String> = (0..words).map(word).collect();
    Text::new(&words.concat()).expect("has text")
}

/// The same project after these people have been through these articles, by their places.
pub fn finished<'p>(
    project: &Project,
    people: impl IntoIterator<Item = (&'p str, usize)>,
) -> Project {
    let mut after = project.clone();
    for (who, at) in people {
        let mut cx = EditContext {
            now: Timestamp(1),
            annotator: annotator_id(who),
            new_annotation_id: &mut || annotation_id("unused"),
        };
        let id = document_id(&format!("d{at}"));
        // Another has been through it already: it is opened once more.
        for progress in [Progress::InProgress, Progress::Done] {
            let edit = Edit::SetProgress(id.clone(), progress);
            let change = plan(&after, edit, &mut cx).expect("it is a change");
            after.apply(&change);
        }
    }
    after
}

/// A project of articles: how many words each has, and what is marked in it.
pub fn project(articles: &[(usize, Vec<Made<'_>>)]) -> Project {
    project_of("w", 1, articles)
}

/// The same with words that begin otherwise, and marks that were last changed then. The articles of a project
/// have different texts.
pub fn project_of(stem: &str, changed: u64, articles: &[(usize, Vec<Made<'_>>)]) -> Project {
    let mut import = Import::default();
    for (at, (words, marks)) in articles.iter().enumerate() {
        let stem = if at == 0 {
            stem.to_owned()
        } else {
            format!("{stem}{at}x")
        };
        let text = text(*words, &stem);
        let places = Places::of(&text);
        let id = document_id(&format!("d{at}"));
        for (number, (who, from, to, label)) in marks.iter().enumerate() {
            let mut made = Annotation::new(
                annotation_id(&format!("d{at}-{number}")),
                id.clone(),
                places.span(&(*from..*to)).expect("there are words"),
                label_id(label),
                annotator_id(who),
                Timestamp(1),
            );
            made.modified = Timestamp(changed);
            import.annotations.push(made);
        }
        import
            .documents
            .push(Document::new(id, "Article", Arc::new(text)));
    }
    merged(&Project::default(), import)
}

/// The same project with something more said of an article, and of a mark.
pub fn saying(project: &Project, of: &RecordId, attribute: &str, answer: Value) -> Project {
    let mut details = Details::default();
    details.answers.set(attribute, Some(answer));
    let before = project.record(of).expect("it is here");
    let mut after = before.clone();
    match &mut after {
        Record::Document(it) => Arc::make_mut(it).details = details.kept(),
        Record::Annotation(it) => Arc::make_mut(it).details = details.kept(),
        _ => panic!("nothing is said of it"),
    }
    with(project, vec![RecordChange::replaced(before, after)])
}

/// The same project after these changes.
pub fn with(project: &Project, records: Vec<RecordChange>) -> Project {
    let mut changed = project.clone();
    changed.apply(&Change {
        name: "change".into(),
        records,
        at: Timestamp(1),
        merge_key: None,
    });
    changed
}

/// The name of a file and what it holds.
pub type File = (String, Vec<u8>);

/// What somebody hands in of a project of their own.
pub fn sheet_of(own: &Project, who: &str, name: &str, at: u64) -> File {
    let documents = [document_id("d0"), document_id("d1")];
    let said = HandIn {
        lesson: "lesson-1".into(),
        name: name.into(),
        at: Timestamp(at),
    };
    let file = hand_in::render(own, &documents, &annotator_id(who), &said, false);
    (format!("{name}-{at}.json"), file.into_bytes())
}
