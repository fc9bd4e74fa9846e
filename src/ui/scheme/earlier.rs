//! Marks that were made before their label meant what it means now: going through them, and saying that
//! they hold. Knows nothing of how a meaning is changed.

use crate::model::{Annotation, AnnotationId, AnswerEdit, DocumentId, Project};
use crate::session::Session;
use crate::ui::counted;

/// Whether a mark was made under an earlier meaning of its label.
fn is_earlier(project: &Project, mark: &Annotation) -> bool {
    let label = project.schema().get(&mark.label);
    label.is_some_and(|it| mark.revision < it.revision)
}

/// All such marks, article by article in the order of the list, each with its article.
pub(super) fn all(project: &Project) -> Vec<(DocumentId, AnnotationId)> {
    let documents = project.documents().iter();
    let marks = documents.flat_map(|it| project.annotations().of(&it.id));
    let earlier = marks.filter(|it| is_earlier(project, it));
    earlier
        .map(|it| (it.document.clone(), it.id.clone()))
        .collect()
}

/// Goes to the next of them, from the mark in focus or the open article on, and then from the first.
pub fn next_earlier(session: Session) {
    let view = session.view;
    let focused = view.focused.get_untracked();
    let open = view.open.get_untracked();
    let found = session.peek(all);
    let at = found.iter().position(|it| Some(&it.1) == focused.as_ref());
    let here = || found.iter().position(|it| Some(&it.0) == open.as_ref());
    let next = match at {
        Some(at) => (at + 1) % found.len(),
        None => here().unwrap_or(0),
    };
    let Some((_, mark)) = found.get(next).cloned() else {
        view.say("No mark is older than the definition of its label.", false);
        return;
    };
    session.go_to_mark(&mark);
    let marks = counted(found.len(), "mark is", "marks are");
    view.tell(format!("{marks} older than the definition of the label."));
}

/// Says of the mark in focus that it has its label still.
pub fn review(session: Session) {
    let Some(focused) = session.focused() else {
        return;
    };
    match session.dispatch(AnswerEdit::Review(vec![focused.id.clone()]).into()) {
        Ok(_) => session.view.say("The mark stays as it is.", true),
        Err(error) => session.view.warn(error.to_string()),
    }
}
