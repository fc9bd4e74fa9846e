//! The open article. Keeps the painter in step with the session and turns gestures into drafts.

mod around;
pub mod article;
mod bars;
mod citation;
mod cursor;
mod finding;
mod first;
mod gesture;
mod head;
mod overview;
mod page;
mod parts;
mod shown;

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::tachys::dom::event_target;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::dynamic::{after_painting, dynamic, effect, when};
use super::element::{ElementRef, element};
use super::{accounts, context, later};
use crate::dom;
use crate::model::sorted::{sort_by, sort_by_key};
use crate::model::{AnnotationId, Change, Document, Offset, Record, Span};
use crate::session::Session;
pub use around::around;
use around::await_finding;
use bars::{draft_bar, mark_bar};
pub use citation::copy_focused;
use cursor::Hand;
pub use first::FirstVisit;
use first::{first_hint, nothing_open};
use gesture::Gesture;
pub use gesture::take;
use head::{language, reader_head};
pub use page::{Page, Scroll};
use parts::{follow_growing, hover};
pub use shown::follow_shown;

/// The area of the article.
pub fn reader() -> AnyView {
    let (session, screen) = context();
    let host = ElementRef::new();
    let scroller = ElementRef::new();
    let page = Page::new(session, host, scroller);
    provide_context(page);
    // Before anything is laid out, so that nothing is seen otherwise first.
    effect(move || {
        let look = screen.look.get();
        page.keep_words(|| look.apply());
    });
    follow_focus_mode(session, page);
    open_articles(session, page, host, scroller);
    effect(move || {
        page.layout.track();
        if !screen.loading.get() && page.place().is_some() {
            mark_ready();
        }
    });
    follow_changes(session, page);
    follow_focus(session, page);
    // Who makes a mark, or goes to one, wants to see it.
    effect(move || {
        if session.view.focused.with(Option::is_some) {
            session.view.plain.set(false);
        }
    });
    follow_draft(session, page);
    follow_growing(session, page);
    follow_shown(session, page);
    let gesture = Gesture::new(session, page);
    gesture.listen();
    let hand = Hand::new(session, screen, page);
    let open = move || session.view.open.get();
    let head = dynamic(move || match open() {
        Some(id) => vec![untrack(|| reader_head(id))],
        None => Vec::new(),
    });
    let language = language(session);
    let text = element("div")
        .class("reader-text")
        // Words that the browser has translated are not those that would be marked.
        .set("translate", "no")
        .follow_maybe("lang", move || language.get())
        .found_by(host)
        .pointer("pointerdown", move |event| gesture.press(&event))
        .on("pointerover", move |event| hover(session, page, &event))
        .on("pointerleave", move |event| hover(session, page, &event))
        .on("click", |event| hold_links(&event));
    let empty = when(move || open().is_none(), move || nothing_open(screen));
    let article = element("article")
        .set("id", "reader")
        .class("reader")
        .set("tabindex", "0")
        .set("aria-label", "Article text")
        .class_if("is-plain", move || session.view.plain.get())
        .follow_maybe("data-document", move || open().map(|id| id.to_string()))
        .on("keydown", move |event| hand.key(&event))
        .with(first_hint())
        .with(head)
        .with(text)
        .with(draft_bar(page))
        .with(mark_bar(page))
        .with(cursor::told(session))
        .with(later::view(move |parts| (parts.over_text)(page)))
        .with(empty);
    let reading = element("section")
        .set("id", "reading")
        .set("aria-label", "Article")
        .found_by(scroller)
        .on("scroll", move |_| page.note_scroll())
        .with(article);
    await_finding(session, screen);
    accounts::follow(session, screen);
    let around = later::view(move |parts| (parts.around)(page));
    let beside = later::accounts_view(move |parts| (parts.around)(page));
    // Where one article is read alone this is no box of its own.
    let columns = element("div")
        .set("id", "columns")
        .on("scroll", move |_| screen.ask(screen.swiped))
        // Who goes on by keys comes to the text before the heads of all columns.
        .with(reading)
        .with(later::accounts_view(move |parts| (parts.columns)(page)));
    vec![around, beside, columns.view()].into_any()
}

/// Puts everything but the text out of sight, or shows it again, at the words one reads.
fn follow_focus_mode(session: Session, page: Page) {
    effect(move || {
        let alone = session.view.alone.get();
        let Some(root) = dom::root().filter(|it| it.has_attribute("data-alone") != alone) else {
            return;
        };
        // A name that is a constant is not refused.
        page.keep_words(|| drop(root.toggle_attribute_with_force("data-alone", alone)));
        // What had the focus may be out of sight now.
        page.take_focus();
    });
}

/// Article text has no links, and nothing in it may lead away.
fn hold_links(event: &ev::Event) {
    let target: Option<Element> = event_target::<Element>(event).closest("a").ok().flatten();
    if target.is_some() {
        event.prevent_default();
    }
}

/// Paints the open article whenever another one is opened, and keeps the place in each.
fn open_articles(session: Session, page: Page, host: ElementRef, scroller: ElementRef) {
    let (_, screen) = context();
    effect(move || {
        if host.get().is_some() {
            page.follow_size();
        }
    });
    effect(move || {
        let open = session.view.open.get();
        if host.get().is_none() || scroller.get().is_none() {
            return;
        }
        if let Some((_, before)) = page.place() {
            page.leave(before.id.clone(), page.reading_place());
        }
        let document = open.and_then(|id| session.peek(|project| project.document(&id).cloned()));
        // Before anything was open the address still says what to open.
        let is_alone = screen.comparing.with_untracked(Option::is_none)
            && screen.searching.with_untracked(Option::is_none);
        if is_alone && (document.is_some() || page.place().is_some()) {
            dom::route::write(document.as_ref().map(|it| &it.id));
        }
        dom::document().set_title(&match &document {
            Some(document) => format!("{} · Sourcelight", document.title()),
            None => "Sourcelight".to_owned(),
        });
        let left = document.as_ref().and_then(|it| page.left_at(&it.id));
        let is_open = document.is_some();
        page.begin(document, left);
        if is_open {
            show_focus(session, page, session.view.focused.get_untracked());
            paint_on(page, true);
            page.return_to(left);
        }
    });
}

/// Paints one slice and asks for the next, until the article stands.
pub fn paint_on(page: Page, is_first: bool) {
    let document = page.with(|painter| painter.document().id.clone());
    if !page.paint_slice() {
        return;
    }
    let go_on = move || {
        if page.with(|painter| painter.document().id.clone()) == document {
            paint_on(page, false);
        }
    };
    // The window's text is shown before the page is busy again.
    match is_first {
        true => after_painting(go_on),
        false => set_timeout(go_on, Duration::ZERO),
    }
}

/// Tells scripts and tests that the first article can be marked and the reading set is here, and
/// has the rest of the program fetched.
pub fn mark_ready() {
    if let Some(root) = dom::root()
        && !root.has_attribute("data-ready")
    {
        drop(root.set_attribute("data-ready", ""));
        later::fetch_soon();
    }
}

/// Repaints the blocks that a change touches, in the same turn.
fn follow_changes(session: Session, page: Page) {
    session.observe(move |change, _| {
        let caret = caret(page);
        if repaint(session, page, change) {
            keep_caret(page, caret);
            page.touch();
        }
    });
}

/// Repaints what a change touches; answers whether that was something.
pub fn repaint(session: Session, page: Page, change: &Change) -> bool {
    let touched = page.with(|painter| {
        let document = painter.document().id.clone();
        let stale = session.peek(|project| project.document(&document).cloned());
        if let Some(document) = stale {
            painter.set_document(document);
        }
        let spans = spans_in(change, painter.document());
        session.peek(|project| {
            for span in &spans {
                painter.repaint(project, *span);
            }
        });
        !spans.is_empty()
    });
    touched == Some(true)
}

fn caret(page: Page) -> Option<Offset> {
    let (host, document) = page.place()?;
    dom::selection::caret(&host, &document.text)
}

/// Puts the caret back where repainting took its place away.
fn keep_caret(page: Page, before: Option<Offset>) {
    if let (Some(at), Some((host, document))) = (before, page.place())
        && caret(page) != before
    {
        dom::selection::put_caret(&host, &document.text, at);
    }
}

/// The spans of one article that look otherwise after a change.
fn spans_in(change: &Change, document: &Document) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut relabelled = false;
    for record in &change.records {
        for side in [&record.before, &record.after].into_iter().flatten() {
            match side {
                Record::Annotation(it) if it.document == document.id => {
                    spans.extend(it.fragments());
                }
                Record::Label(_) => relabelled = true,
                _ => {}
            }
        }
    }
    // Hundreds of spans at once are an import: one pass over all is quicker than many over some.
    if relabelled || spans.len() > 200 {
        return vec![document.text.whole()];
    }
    sort_by(&mut spans, Ord::cmp);
    spans.dedup();
    spans
}

fn follow_focus(session: Session, page: Page) {
    effect(move || {
        show_focus(session, page, session.view.focused.get());
    });
    effect(move || {
        session.view.open.track();
        if let Some(annotation) = session.view.reveal.get()
            && reveal(session, page, &annotation)
        {
            // Who comes back to the article later wants to be where one was.
            session.view.reveal.set(None);
        }
    });
}

fn show_focus(session: Session, page: Page, focused: Option<AnnotationId>) {
    session.peek(|project| page.with(|painter| painter.focus(project, focused)));
}

/// Scrolls to an annotation and flashes it; answers whether it is in the open article.
fn reveal(session: Session, page: Page, annotation: &AnnotationId) -> bool {
    let found = session.peek(|project| project.annotations().get(annotation).cloned());
    let open = page.place().map(|it| it.1.id.clone());
    let Some(found) = found.filter(|it| Some(&it.document) == open.as_ref()) else {
        return false;
    };
    session.view.show_mark(&found);
    page.bring_into_sight(found.fragments()[0], Scroll::ToMiddle);
    let marks = session.peek(|project| page.with(|painter| painter.marks_of(project, &found.id)));
    for mark in marks.unwrap_or_default() {
        drop(mark.class_list().add_1("is-flashing"));
        set_timeout(
            move || drop(mark.class_list().remove_1("is-flashing")),
            Duration::from_millis(1_200),
        );
    }
    true
}

/// Shows the draft as a tint of its own: the page's selection goes when a button takes the focus.
fn follow_draft(session: Session, page: Page) {
    let was_there = StoredValue::new(false);
    effect(move || {
        let draft = session.view.draft.get();
        // A block that is painted anew has other nodes.
        page.layout.track();
        if draft.is_none() && !was_there.get_value() {
            return;
        }
        let range = draft.and_then(|span| {
            let (host, document) = page.place()?;
            dom::place::range_of(&host, &document.text, span)
        });
        dom::highlight::set("draft", range.as_slice());
        // One that came and went at once was painted, and its words are selected no more: to look would lay
        // out the page for nothing.
        let goes = was_there.get_value() && draft.is_none();
        was_there.set_value(draft.is_some());
        if goes && !dom::selection::is_empty() {
            dom::selection::collapse();
        }
    });
}

/// The annotations at a painted segment, the smallest first; clicking again takes the next.
pub fn next_at(session: Session, mark: &Element) -> Option<AnnotationId> {
    let ids = mark.get_attribute("data-annotations")?;
    let focused = session.view.focused.get_untracked();
    session.peek(|project| {
        let ids = ids.split(' ').filter_map(AnnotationId::new);
        let mut here: Vec<_> = ids
            .filter_map(|id| project.annotations().get(&id))
            .collect();
        sort_by_key(&mut here, |it| it.byte_len());
        let at = focused.and_then(|id| here.iter().position(|it| it.id == id));
        let next = at.map_or(0, |at| (at + 1) % here.len());
        here.get(next).map(|it| it.id.clone())
    })
}

/// The mark that an event happened on.
pub fn mark_at(event: &ev::PointerEvent) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("mark").ok().flatten()
}
