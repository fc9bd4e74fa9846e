//! Hands in one's own marks: a small file, with one's name, that needs no article in it.

use leptos::prelude::*;

use super::class::Class;
use super::names::own_name;
use super::note;
use crate::dom;
use crate::format::hand_in::{HandIn, render};
use crate::model::{AnnotatorEdit, AnnotatorId, DocumentId, Progress, Project};
use crate::ui::dialogs::{form_buttons, frame, leave, with_focus};
use crate::ui::element::{element, field_name, form, tick_box};
use crate::ui::inspector::wish;
use crate::ui::{counted, saving};

/// What the file is called where the lesson gives it no name.
const HAND_IN: &str = "hand-in";

/// The dialog.
pub fn dialog(class: Class) -> AnyView {
    let session = class.session;
    let me = class.me();
    let name = RwSignal::new(session.peek(|project| own_name(project, &me)));
    let with_texts = RwSignal::new(false);
    let documents = session.peek(|project| own_documents(class, project, &me));
    let marks = session.peek(|project| own_marks(project, &documents, &me));
    let finished = session.peek(|project| {
        let own = documents.iter().filter_map(|it| project.document(it));
        own.filter(|it| it.finished_by.contains(&me)).count()
    });
    let told = match (marks, finished) {
        (0, 0) => "You have marked nothing yet, and no article is Done.".to_owned(),
        _ => format!(
            "{} in {}. Set to Done: {finished}. In what is Done, all that you left unmarked counts as seen.",
            counted(marks, "mark", "marks"),
            counted(documents.len(), "article", "articles")
        ),
    };
    let field = element("input")
        .set("id", "hand-in-by")
        .set("dir", "auto")
        .set("autocomplete", "name")
        .set("maxlength", "200")
        .value(move || name.get())
        .typed(move |words| name.set(words));
    let texts = tick_box(move || with_texts.get(), move |on| with_texts.set(on));
    let send = element("button").say("Save the file");
    let send = match (marks, finished) {
        (0, 0) => send.set("disabled", ""),
        _ => send,
    };
    let about = "This saves a small file with your marks, your answers and your notes. Give it to whoever asked for \
                 it, the way you hand in other things: nothing is sent by this page.";
    let inside = form(move || {
        save(
            class,
            &documents,
            &name.get_untracked(),
            with_texts.get_untracked(),
        )
    })
    .with(element("p").say(about))
    .with(field_name(
        "hand-in-by",
        "Your name, as it is to stand in the file",
    ))
    .with(with_focus(field))
    .with(
        element("label")
            .class("choice")
            .with(texts)
            .say("Put the texts of the articles into it as well"),
    )
    .with(note(told))
    .with(form_buttons(send, "Cancel"));
    frame("hand-in", "Hand in your marks").with(inside).view()
}

/// The articles one has been at: something is marked in them, they are done, or the lesson names them.
fn own_documents(class: Class, project: &Project, me: &AnnotatorId) -> Vec<DocumentId> {
    let opened = class.opened.get_untracked();
    let asked = |id: &DocumentId| {
        let mut steps = opened.iter().flat_map(|it| &it.lesson.steps);
        steps.any(|it| it.documents.contains(id))
    };
    let is_marked = |id: &DocumentId| {
        let mut marks = project.annotations().of(id).iter();
        marks.any(|it| it.annotator == *me)
            || project
                .unplaced()
                .any(|it| it.document == *id && it.annotator == *me)
    };
    let all = project.documents().iter();
    all.filter(|it| it.progress == Progress::Done || asked(&it.id) || is_marked(&it.id))
        .map(|it| it.id.clone())
        .collect()
}

fn own_marks(project: &Project, documents: &[DocumentId], me: &AnnotatorId) -> usize {
    let marks = documents.iter().flat_map(|it| project.annotations().of(it));
    marks.filter(|it| it.annotator == *me).count()
}

fn save(class: Class, documents: &[DocumentId], name: &str, with_texts: bool) {
    let session = class.session;
    let (me, name) = (class.me(), name.trim().to_owned());
    if !wish(session, AnnotatorEdit(me.clone(), name.clone())) {
        return;
    }
    let lesson = class.opened.get_untracked().map(|it| it.lesson);
    let said = HandIn {
        lesson: lesson.as_ref().map_or_else(String::new, |it| it.id.clone()),
        name: name.clone(),
        at: session.now(),
    };
    let json = session.peek(|project| render(project, documents, &me, &said, with_texts));
    let stem = lesson.map_or_else(String::new, |it| it.hand_in_name.clone());
    let parts = [stem, name].map(|it| dom::file::name_part(&it));
    let mut parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    parts.retain(|it| !it.is_empty());
    if parts.len() < 2 {
        parts.insert(0, HAND_IN);
    }
    let file = format!("{}.json", parts.join("-"));
    match saving::save(&file, saving::MIME, json.as_bytes()) {
        Ok(()) => {
            class.set_handed_in(true);
            session
                .view
                .say(format!("Saved as {file}. Hand it in."), false);
            leave();
        }
        Err(sentence) => session.view.warn(sentence),
    }
}
