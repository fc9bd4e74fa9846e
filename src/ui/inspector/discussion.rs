//! What people say to each other about a mark. Each entry has who said it and when, and travels in the
//! file.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::about::wish;
use crate::dom;
use crate::model::sorted::sort_by_key;
use crate::model::{AnnotationId, AnnotatorId, AnswerEdit, Comment, CommentId, Project, RecordId};
use crate::session::{Derived, Session};
use crate::ui::context;
use crate::ui::dynamic::when;
use crate::ui::element::{Element, ElementRef, button, element};
use crate::ui::keyboard::leave_field;
use crate::ui::people::names::Names;
use crate::ui::rows::{Key, each};

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
    let draft = Draft::of(session, RecordId::Annotation(mark.clone()));
    let is_begun = RwSignal::new(!draft.words().is_empty());
    let listed = move || {
        let list = element("ol")
            .class("discussion")
            .set("aria-label", "Discussion");
        let keys = move || all.with(|all| all.iter().map(|it| it.id.as_str().into()).collect());
        each(list, keys, move |key| entry(session, all, &key).view()).view()
    };
    let has_any = move || all.with(|it| !it.is_empty());
    let is_open = move || is_begun.get() || has_any();
    let begin = move || {
        let begin = move || is_begun.set(true);
        button("Discuss", begin).class("quiet").view()
    };
    let mark = mark.clone();
    let field = move || new_entry(session, mark.clone(), draft.clone(), is_begun);
    vec![
        when(has_any, listed),
        when(is_open, field),
        when(move || !is_open(), begin),
    ]
    .into_any()
}

/// What was typed into a field and not sent yet. It is there again when the field comes again.
#[derive(Clone)]
struct Draft {
    session: Session,
    of: RecordId,
}

impl Draft {
    fn of(session: Session, of: RecordId) -> Self {
        Self { session, of }
    }

    fn words(&self) -> String {
        let drafts = self.session.view.drafts;
        drafts.with_value(|all| all.get(&self.of).cloned().unwrap_or_default())
    }

    /// Keeps words; none are as if nothing had been typed.
    fn keep(&self, words: &str) {
        self.session.view.drafts.update_value(|all| match words {
            "" => drop(all.remove(&self.of)),
            _ => drop(all.insert(self.of.clone(), words.to_owned())),
        });
    }
}

fn entry(session: Session, all: Derived<Vec<Said>>, key: &Key) -> Element {
    let find = |key: &Key, all: &[Said]| all.iter().find(|it| it.id.as_str() == &**key).cloned();
    let read = |read: fn(Said) -> String| {
        let key = key.clone();
        move || all.with(|all| find(&key, all).map(read).unwrap_or_default())
    };
    let head = element("p")
        .class("side-note")
        .with(element("b").show(read(|it| it.by)))
        .say(" ")
        .with(element("span").show(read(|it| it.at)));
    let text = element("p").class("said").set("dir", "auto");
    let row = element("li").with(head).with(text.show(read(|it| it.text)));
    let Some(said) = all.with_untracked(|all| find(key, all)) else {
        return row;
    };
    match said.is_own {
        true => row.with_all(own(session, said.id, read(|it| it.text))),
        false => row,
    }
}

/// What one can do with an entry of one's own; `text` is how it reads.
fn own(
    session: Session,
    id: CommentId,
    text: impl Fn() -> String + Clone + Send + Sync + 'static,
) -> Vec<Element> {
    let draft = Draft::of(session, RecordId::Comment(id.clone()));
    let is_changing = RwSignal::new(!draft.words().is_empty());
    let turn = {
        let draft = draft.clone();
        move || {
            draft.keep("");
            is_changing.update(|it| *it = !*it);
        }
    };
    let change = button("Change", turn)
        .class("quiet")
        .follow("aria-expanded", move || is_changing.get().to_string());
    let remove = {
        let id = id.clone();
        move || {
            if wish(session, AnswerEdit::RemoveComment(id.clone())) {
                session.view.say("Comment deleted", true);
            }
        }
    };
    let field = move || {
        let id = id.clone();
        let send = move |words: String| {
            let is_done = wish(session, AnswerEdit::ChangeComment(id.clone(), words));
            if is_done {
                is_changing.set(false);
            }
            is_done
        };
        let takes_focus = draft.words().is_empty();
        let words = match takes_focus {
            true => untrack(&text),
            false => draft.words(),
        };
        field("Save", words, takes_focus, draft.clone(), send)
    };
    let buttons = element("span")
        .with(change)
        .say(" ")
        .with(button("Delete comment", remove).class("quiet"));
    vec![
        buttons,
        element("div").with(when(move || is_changing.get(), field)),
    ]
}

/// The field for a new entry.
fn new_entry(
    session: Session,
    mark: AnnotationId,
    draft: Draft,
    is_begun: RwSignal<bool>,
) -> AnyView {
    let send = move |words: String| {
        let id = CommentId::new(&session.new_id());
        id.is_some_and(|id| wish(session, AnswerEdit::AddComment(id, mark.clone(), words)))
    };
    let words = draft.words();
    let takes_focus = is_begun.get_untracked() && words.is_empty();
    field("Add", words, takes_focus, draft, send)
}

/// A field with a button that sends what it holds, as Ctrl or ⌘ with Enter does.
fn field(
    send_name: &'static str,
    words: String,
    takes_focus: bool,
    draft: Draft,
    send: impl Fn(String) -> bool + Clone + Send + 'static,
) -> AnyView {
    let place = ElementRef::new();
    let held = move || {
        let area = place.get_untracked();
        area.and_then(|it| it.dyn_into::<web_sys::HtmlTextAreaElement>().ok())
    };
    let sent = draft.clone();
    let send = move || {
        if let Some(area) = held()
            && send(area.value())
        {
            area.set_value("");
            sent.keep("");
        }
    };
    crate::ui::dynamic::effect(move || {
        if let (true, Some(area)) = (takes_focus, place.get()) {
            drop(area.focus());
        }
    });
    let send_by_key = send.clone();
    let key = move |event: web_sys::Event| {
        leave_field(&event);
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            send_by_key();
        }
    };
    let area = element("textarea")
        .set("rows", "2")
        .set("dir", "auto")
        .set("aria-label", "Comment")
        .found_by(place)
        .value(move || words.clone())
        .typed(move |words| draft.keep(&words))
        .on("keydown", key);
    element("div")
        .class("comment-field")
        .with(area)
        .with(button(send_name, send).class("quiet"))
        .view()
}
