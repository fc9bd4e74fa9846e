//! What the commands of the panels do.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::about::wish;
use super::desk::{Task, Waiting};
use super::marks_field::add_to_answer;
use super::{keys, missing, relations};
use crate::analysis::Questions;
use crate::dom;
use crate::model::{Annotation, AnnotationId, AttributeId, DocumentId, Edit, Progress};
use crate::session::Session;
use crate::ui::articles::progress_word;
use crate::ui::{Dialog, Screen, Sheet};

/// So many frames are waited for a row of the list of marks to show its questions.
const PATIENCE: u32 = 30;

/// Does what a command of the panels asks for.
pub fn run(task: Task, session: Session, screen: Screen) {
    match task {
        Task::Answer => answer(session, screen),
        Task::NextMissing => next_missing(session, screen),
        Task::Relate => relate(session, screen),
        Task::Draw => screen.desk.update(|it| it.draws = !it.draws),
        Task::Finish => finish(session, screen),
    }
}

fn answer(session: Session, screen: Screen) {
    session.view.alone.set(false);
    if let Some(field) = dom::find("#speaker-bar input") {
        drop(field.focus());
        return;
    }
    screen.desk.update(|it| it.asks_all = true);
    screen
        .sheet
        .set(Some(Sheet::Marks).filter(|it| it.covers()));
    if let Some(mark) = session.focused() {
        enter_soon(&mark.id);
        return;
    }
    if session.picked_now().is_empty() {
        return;
    }
    let group = "#picked-bar .questions";
    if !keys::enter(group)
        && let Some(button) = dom::find("#answer-picked")
    {
        button.click();
        wait(group.to_owned(), PATIENCE);
    }
}

/// Goes to the questions about a mark as soon as they are in the page.
fn enter_soon(id: &AnnotationId) {
    let group = [
        "#mark-list [data-annotation=\"",
        id.as_str(),
        "\"] .questions",
    ]
    .concat();
    wait(group, PATIENCE);
}

fn wait(group: String, frames: u32) {
    if !keys::enter(&group) && frames > 0 {
        request_animation_frame(move || wait(group, frames - 1));
    }
}

fn next_missing(session: Session, screen: Screen) {
    let Some(open) = session.view.open.get_untracked() else {
        return;
    };
    let focused = session.view.focused.get_untracked();
    let next = session.peek(|project| {
        let questions = Questions::of(project.schema());
        let marks = project.annotations().of(&open);
        let at = focused.and_then(|id| marks.iter().position(|it| it.id == id));
        let (before, after) = marks.split_at(at.map_or(0, |at| at + 1));
        let lacks = |it: &&std::sync::Arc<Annotation>| questions.missing(it).next().is_some();
        let found = after.iter().chain(before).find(lacks);
        found.map(|it| it.id.clone())
    });
    match next {
        Some(id) => {
            session.view.alone.set(false);
            session.view.show(id.clone());
            screen
                .sheet
                .set(Some(Sheet::Marks).filter(|it| it.covers()));
            enter_soon(&id);
        }
        None if missing::of_article(session, &open) > 0 => screen.open(Dialog::Missing(false)),
        None => session
            .view
            .say("No required answer is missing in this article.", false),
    }
}

/// Begins a relation, or ends what waits for another mark.
fn relate(session: Session, screen: Screen) {
    let Some(focused) = session.focused() else {
        return;
    };
    match screen.desk.get_untracked().waiting {
        None => begin(session, screen, &focused),
        Some(Waiting::Relation(from)) if from == focused.id => stop(screen),
        Some(Waiting::Relation(from)) => {
            stop(screen);
            relations::choose(session, screen, from, focused.id.clone());
        }
        Some(Waiting::Answer(from, question)) => {
            stop(screen);
            point(session, from, &question, &focused.id);
        }
    }
}

fn begin(session: Session, screen: Screen, from: &Annotation) {
    if session.peek(|project| project.schema().relation_types().is_empty()) {
        let sentence = "This project has no kinds of relations yet.";
        session.view.warn(sentence);
        return;
    }
    let waiting = Waiting::Relation(from.id.clone());
    screen.desk.update(|it| it.waiting = Some(waiting));
    screen.sheet.set(None);
}

/// Nothing waits for another mark any more.
pub fn stop(screen: Screen) {
    screen.desk.update(|it| it.waiting = None);
}

/// Adds a mark to the answer about another one, and goes back there.
fn point(session: Session, from: AnnotationId, question: &AttributeId, to: &AnnotationId) {
    if !add_to_answer(session, &from, question, to) {
        return;
    }
    session.go_to_mark(&from);
}

/// Lets the choice above the text show the state that the article has: a press has moved it already.
fn show_state(session: Session, id: &DocumentId) {
    let progress = session.peek(|project| project.document(id).map(|it| it.progress));
    let word = progress_word(progress.unwrap_or_default());
    let field = dom::find(&["#reader-head input[value=", word, "]"].concat());
    if let Some(field) = field.and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        field.set_checked(true);
    }
}

/// Sets the open article to done; where something is missing it says so first, and the person may insist.
fn finish(session: Session, screen: Screen) {
    let Some(open) = session.view.open.get_untracked() else {
        return;
    };
    if missing::of_article(session, &open) > 0 {
        show_state(session, &open);
        screen.open(Dialog::Missing(true));
    } else {
        wish(session, Edit::SetProgress(open, Progress::Done));
    }
}
