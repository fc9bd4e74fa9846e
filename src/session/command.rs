//! What keys, buttons and menus share: one name for each thing the reader can do to the text.
//!
//! Knows nothing of which key or button asks.

use super::{Clicks, SaveState, Session, Shown};
use crate::model::{
    Annotation, AnnotationId, Boundary, Change, DocumentId, Edit, EditError, End, LabelId, Span,
};
use std::sync::Arc;

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the end of the text.
    Forward,
    /// Towards its beginning.
    Back,
}

/// Something the reader can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Label the draft, else relabel what is picked, else the focused annotation, else label the word at the cursor, else
    /// arm or disarm the label.
    Label(LabelId),
    /// The same for the label at this place of those that are offered, from 0.
    LabelAt(usize),
    /// Make one of what is picked, else of the focused annotation and those of its label beside it.
    Join,
    /// Split the focused annotation, or else the smallest, at this byte of the open article.
    SplitAt(usize),
    /// Let clicks say which words are added to the focused annotation, or where it is split.
    Await(Clicks),
    /// Add the draft, or the word at the cursor, to the annotation that was in focus last.
    AddToMark,
    /// Take away the part of the focused annotation that one is at.
    DropPart,
    /// Let two annotations of which one lies within the other change places: those that are picked, else the focused one
    /// and the nearest around it or within it.
    SwapNesting,
    /// Delete the focused annotation.
    Delete,
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
    /// Go to the next or previous annotation of the article.
    GoToMark(Direction),
    /// Open the next or previous article.
    GoToArticle(Direction),
    /// Hide all marks, or show them again.
    HideMarks,
    /// Put everything but the text out of sight, or show it again.
    FocusMode,
    /// Move an end of the focused annotation by one step.
    MoveEnd(End, Boundary, Direction),
    /// Let go: of the draft, else of what is picked, else of the focus, else of the word cursor, else of the armed label,
    /// else of the focus mode.
    LetGo,
}

impl Command {
    /// Does it. What cannot be done is said in a notice.
    pub fn run(self, session: Session) {
        let outcome = match self {
            Command::Label(label) => label_it(session, &label),
            Command::LabelAt(place) => label_at(session, place),
            Command::Delete => delete(session),
            Command::Join => session.join(),
            Command::SplitAt(at) => session.split(at),
            Command::Await(clicks) => session.await_clicks(clicks),
            Command::AddToMark => session.add_to_mark(),
            Command::DropPart => session.drop_part(),
            Command::SwapNesting => session.swap_nesting(),
            Command::MoveEnd(end, boundary, direction) => {
                move_end(session, end, boundary, direction)
            }
            Command::Undo => tell(
                session,
                session.undo(),
                "Undone",
                "There is nothing to undo.",
            ),
            Command::Redo => tell(
                session,
                session.redo(),
                "Done again",
                "There is nothing to redo.",
            ),
            Command::GoToMark(direction) => go_to_mark(session, direction),
            Command::HideMarks => hide_marks(session),
            Command::FocusMode => focus_mode(session),
            Command::GoToArticle(direction) => go_to_article(session, direction),
            Command::LetGo => let_go(session),
        };
        match outcome {
            Ok(()) | Err(EditError::NoChange) => {}
            Err(error) => session.view.warn(error.to_string()),
        }
    }
}

impl Session {
    /// Marks the draft with `label` and lets the draft go.
    ///
    /// # Errors
    /// The sentence of the model, for instance where the same words have the label already.
    pub fn label_draft(&self, label: &LabelId) -> Result<(), EditError> {
        let (Some(document), Some(span)) = (
            self.view.open.get_untracked(),
            self.view.draft.get_untracked(),
        ) else {
            return Err(EditError::NoChange);
        };
        let change = self.dispatch(Edit::Annotate(document, span, label.clone()))?;
        self.view.draft.set(None);
        self.view.stop_growing();
        if let Some(annotation) = made(&change) {
            self.view.focused.set(Some(annotation.id.clone()));
            let quote = self.quote(annotation);
            let name = self.label_name(label);
            self.view.tell(format!(
                "Marked as {}: “{quote}”",
                name.to_ascii_lowercase()
            ));
        }
        Ok(())
    }

    /// The words of an annotation, shortened to be told.
    pub fn quote(&self, annotation: &Annotation) -> String {
        self.peek(|project| match project.document(&annotation.document) {
            Some(document) => shorten(&annotation.words(&document.text, " … "), 60),
            None => String::new(),
        })
    }

    /// What people call a label.
    pub fn label_name(&self, label: &LabelId) -> String {
        self.peek(|project| {
            let known = project.schema().get(label);
            known.map_or_else(|| label.to_string(), |it| it.name.clone())
        })
    }

    /// The annotation in focus, without following it.
    pub fn focused(&self) -> Option<Arc<Annotation>> {
        let id = self.view.focused.get_untracked()?;
        self.peek(|project| project.annotations().get(&id).cloned())
    }

    /// Where the work is kept now.
    pub fn set_save_state(&self, state: SaveState) {
        if self.view.save.with_untracked(|now| *now != state) {
            self.view.save.set(state);
        }
    }
}

/// `text` on one line, at most `most` characters, with an ellipsis where it was longer.
pub fn shorten(text: &str, most: usize) -> String {
    let mut words = String::new();
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
        if words.chars().count() > most {
            let mut cut: String = words.chars().take(most).collect();
            cut.truncate(cut.trim_end().len());
            cut.push('…');
            return cut;
        }
    }
    words
}

pub(super) fn made(change: &Change) -> Option<&Arc<Annotation>> {
    change.records.first()?.annotation()
}

fn label_it(session: Session, label: &LabelId) -> Result<(), EditError> {
    if session.view.draft.with_untracked(Option::is_some) {
        return session.label_draft(label);
    }
    let picked = session.picked_now();
    if !picked.is_empty() {
        return session.relabel_picked(picked, label);
    }
    if let Some(focused) = session.focused() {
        session.dispatch(Edit::Relabel(vec![focused.id.clone()], label.clone()))?;
        let name = session.label_name(label).to_ascii_lowercase();
        session
            .view
            .tell(format!("Now {name}: “{}”", session.quote(&focused)));
        return Ok(());
    }
    if let Some(cursor) = session.view.cursor.get_untracked() {
        session.view.draft.set(Some(cursor.head));
        return session.label_draft(label);
    }
    session.view.armed.update(|armed| {
        *armed = if armed.as_ref() == Some(label) {
            None
        } else {
            Some(label.clone())
        };
    });
    Ok(())
}

fn label_at(session: Session, place: usize) -> Result<(), EditError> {
    let label = session.peek(|project| {
        let label = project.schema().offered().nth(place)?;
        Some(label.id.clone())
    });
    label.map_or(Ok(()), |it| label_it(session, &it))
}

fn delete(session: Session) -> Result<(), EditError> {
    let picked = session.picked_now();
    if !picked.is_empty() {
        return session.delete_picked(picked);
    }
    let Some(focused) = session.focused() else {
        return Ok(());
    };
    let quote = session.quote(&focused);
    session.dispatch(Edit::Remove(vec![focused.id.clone()]))?;
    session.view.say(format!("Deleted: “{quote}”"), true);
    Ok(())
}

fn move_end(
    session: Session,
    end: End,
    boundary: Boundary,
    direction: Direction,
) -> Result<(), EditError> {
    let Some(focused) = session.focused() else {
        return Ok(());
    };
    let fragment = session.moved_fragment(&focused, end);
    let span = session.peek(|project| {
        let text = &project.document(&focused.document)?.text;
        let is_forward = direction == Direction::Forward;
        end.moved(text, focused.fragments()[fragment], boundary, is_forward)
    });
    let span: Span = span.ok_or(EditError::NoChange)?;
    session.resize(&focused, fragment, span)
}

fn tell(
    session: Session,
    name: Option<String>,
    done: &str,
    nothing: &str,
) -> Result<(), EditError> {
    match name {
        Some(name) => session.view.tell(format!("{done}: {name}")),
        None => session.view.tell(nothing),
    }
    Ok(())
}

fn go_to_mark(session: Session, direction: Direction) -> Result<(), EditError> {
    let Some(document) = session.view.open.get_untracked() else {
        return Ok(());
    };
    let focused = session.view.focused.get_untracked();
    let next: Option<AnnotationId> = session.peek(|project| {
        let marks = project.annotations().of(&document).iter();
        let marks: Vec<_> = marks.filter(|it| session.view.is_shown(it)).collect();
        let at = focused.and_then(|id| marks.iter().position(|it| it.id == id));
        let next = match (at, direction) {
            (None, Direction::Forward) => 0,
            (None, Direction::Back) => marks.len().checked_sub(1)?,
            (Some(at), Direction::Forward) => (at + 1) % marks.len(),
            (Some(at), Direction::Back) => (at + marks.len() - 1) % marks.len(),
        };
        marks.get(next).map(|it| it.id.clone())
    });
    match next {
        Some(id) => session.view.show(id),
        None if session.view.only.with_untracked(Shown::is_all) => session
            .view
            .say("Nothing is marked in this article yet.", false),
        None => session
            .view
            .say("Nothing that is shown is marked in this article.", false),
    }
    Ok(())
}

fn go_to_article(session: Session, direction: Direction) -> Result<(), EditError> {
    let open = session.view.open.get_untracked();
    let next: Option<DocumentId> = session.peek(|project| {
        let documents = project.documents();
        let at = documents
            .iter()
            .position(|it| Some(&it.id) == open.as_ref());
        let next = match (at, direction) {
            (None, _) => 0,
            (Some(at), Direction::Forward) => at + 1,
            (Some(at), Direction::Back) => at.checked_sub(1)?,
        };
        documents.get(next).map(|it| it.id.clone())
    });
    match next {
        Some(id) => session.view.open(id),
        None => session
            .view
            .say("That was the last article in this direction.", false),
    }
    Ok(())
}

fn hide_marks(session: Session) -> Result<(), EditError> {
    let view = session.view;
    let plain = !view.plain.get_untracked();
    if plain {
        view.focused.set(None);
        view.tell("The marks are hidden until you do this again.");
    } else {
        view.tell("The marks are shown.");
    }
    view.plain.set(plain);
    Ok(())
}

fn focus_mode(session: Session) -> Result<(), EditError> {
    let view = session.view;
    let alone = !view.alone.get_untracked();
    view.alone.set(alone);
    if alone {
        view.tell("The text alone. Escape shows the rest again.");
    }
    Ok(())
}

fn let_go(session: Session) -> Result<(), EditError> {
    let view = session.view;
    if view.draft.with_untracked(Option::is_some) {
        view.draft.set(None);
        // Who walks with the cursor may select again.
        if view.cursor.with_untracked(Option::is_none) {
            view.stop_growing();
        }
    } else if !view.awaits(Clicks::Select) {
        view.stop_growing();
    } else if view.picked.with_untracked(Option::is_some) {
        view.picked.set(None);
    } else if view.focused.with_untracked(Option::is_some) {
        view.focused.set(None);
    } else if view.cursor.with_untracked(Option::is_some) {
        view.cursor.set(None);
        view.stop_growing();
    } else if view.armed.with_untracked(Option::is_some) {
        view.armed.set(None);
    } else if view.alone.get_untracked() {
        view.alone.set(false);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn told_words_stay_short() {
        assert_eq!(shorten("One\n two  three", 60), "One two three");
        assert_eq!(shorten("One two three", 7), "One two…");
        assert_eq!(shorten("👩‍🚒👩‍🚒", 3), "👩‍🚒…");
    }
}
