//! What people say to each other about a mark. Each entry has who said it and when, and travels in the
//! file.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::about::wish;
use crate::dom;
use crate::model::sorted::sort_by_key;
use crate::model::{AnnotationId, AnnotatorId, AnswerEdit, Comment, CommentId, Project};
use crate::session::{Derived, Session};
use crate::ui::context;
use crate::ui::dynamic::{dynamic, when};
use crate::ui::element::{Element, ElementRef, button, element};
use crate::ui::keyboard::leave_field;
use crate::ui::people::names::Names;

/// One entry.
#[derive(Clone, PartialEq)]
struct Said {
    id: CommentId,
    by: String,
    at: String,
    text: String,
    is_own: bool,
}

fn said(project: &Project, me: &AnnotatorId, hides: bool, mark: &AnnotationId) -> Vec<Said> {
    let mut all: Vec<Comment> = project
        .comments()
        .filter(|it| it.annotation == *mark)
        .collect();
    if all.is_empty() {
        return Vec::new();
    }
    sort_by_key(&mut all, |it| it.created);
    let names = Names::of(project, me.clone(), hides);
    let entry = |it: Comment| {
        let is_own = it.annotator == *me;
        let by = names.known(&it.annotator);
        let mut at = dom::clock::shown(it.created);
        if it.modified != it.created {
            at += ", changed";
        }
        Said {
            by: by.unwrap_or_else(|| "Somebody else".to_owned()),
            at,
            text: it.text.to_string(),
            is_own,
            id: it.id,
        }
    };
    all.into_iter().map(entry).collect()
}

/// The conversation about a mark, or the way to begin one.
pub fn discussion(mark: &AnnotationId) -> AnyView {
    let (session, _) = context();
    let me = session.annotator();
    let all = {
        let mark = mark.clone();
        Derived::new(move || {
            let hides = session.view.hides_names.get();
            session.with_marks(|project| said(project, &me, hides, &mark))
        })
    };
    let drafts = session.view.drafts;
    let is_begun = RwSignal::new(drafts.with_value(|it| it.get(mark).is_some()));
    let entries = move || {
        all.get()
            .into_iter()
            .map(|it| entry(session, it).view())
            .collect()
    };
    let listed = move || {
        element("ol")
            .class("discussion")
            .set("aria-label", "Discussion")
            .with(dynamic(entries))
            .view()
    };
    let has_any = move || all.with(|it| !it.is_empty());
    let is_open = move || is_begun.get() || has_any();
    let begin = move || {
        let begin = move || is_begun.set(true);
        button("Discuss", begin).class("quiet").view()
    };
    let mark = mark.clone();
    let field = move || new_entry(session, mark.clone(), is_begun);
    vec![
        when(has_any, listed),
        when(is_open, field),
        when(move || !is_open(), begin),
    ]
    .into_any()
}

fn entry(session: Session, said: Said) -> Element {
    let is_changing = RwSignal::new(false);
    let id = said.id.clone();
    let remove = move || {
        if wish(session, AnswerEdit::RemoveComment(id.clone())) {
            session.view.say("Comment deleted", true);
        }
    };
    let head = element("p")
        .class("side-note")
        .with(element("b").say_this(said.by))
        .say(" ")
        .say_this(said.at);
    let text = element("p").class("said").set("dir", "auto");
    let row = element("li")
        .with(head)
        .with(text.say_this(said.text.clone()));
    if !said.is_own {
        return row;
    }
    let change = button("Change", move || is_changing.update(|it| *it = !*it))
        .class("quiet")
        .follow("aria-expanded", move || is_changing.get().to_string());
    let (id, before) = (said.id, said.text);
    let field = move || {
        let id = id.clone();
        let send = move |words: String| {
            let is_done = wish(session, AnswerEdit::ChangeComment(id.clone(), words));
            if is_done {
                is_changing.set(false);
            }
            is_done
        };
        field("Comment", "Save", before.clone(), true, |_| (), send)
    };
    row.with(change)
        .say(" ")
        .with(button("Delete comment", remove).class("quiet"))
        .with(when(move || is_changing.get(), field))
}

/// The field for a new entry. What was typed and not added yet is there again when the mark is looked at again.
fn new_entry(session: Session, mark: AnnotationId, is_begun: RwSignal<bool>) -> AnyView {
    let drafts = session.view.drafts;
    let draft = drafts.with_value(|it| it.get(&mark).cloned());
    let of = mark.clone();
    let typed = move |words: &str| {
        drafts.update_value(|all| match words {
            "" => drop(all.remove(&of)),
            _ => drop(all.insert(of.clone(), words.to_owned())),
        });
    };
    let send = move |words: String| {
        let id = CommentId::new(&session.new_id());
        id.is_some_and(|id| wish(session, AnswerEdit::AddComment(id, mark.clone(), words)))
    };
    let takes_focus = is_begun.get_untracked() && draft.is_none();
    field(
        "Comment",
        "Add",
        draft.unwrap_or_default(),
        takes_focus,
        typed,
        send,
    )
}

/// A field with a button that sends what it holds, as Ctrl or ⌘ with Enter does.
fn field(
    name: &'static str,
    send_name: &'static str,
    words: String,
    takes_focus: bool,
    typed: impl Fn(&str) + Clone + 'static,
    send: impl Fn(String) -> bool + Clone + Send + 'static,
) -> AnyView {
    let place = ElementRef::new();
    let held = move || {
        let area = place.get_untracked();
        area.and_then(|it| it.dyn_into::<web_sys::HtmlTextAreaElement>().ok())
    };
    let cleared = typed.clone();
    let send = move || {
        if let Some(area) = held()
            && send(area.value())
        {
            area.set_value("");
            cleared("");
        }
    };
    crate::ui::dynamic::effect(move || {
        if let (true, Some(area)) = (takes_focus, place.get()) {
            drop(area.focus());
        }
    });
    let sent = send.clone();
    let key = move |event: web_sys::Event| {
        leave_field(&event);
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            sent();
        }
    };
    let area = element("textarea")
        .set("rows", "2")
        .set("dir", "auto")
        .set("aria-label", name)
        .found_by(place)
        .value(move || words.clone())
        .typed(move |words| typed(&words))
        .on("keydown", key);
    element("div")
        .class("comment-field")
        .with(area)
        .with(button(send_name, send).class("quiet"))
        .view()
}
