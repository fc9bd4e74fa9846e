//! The small bars beside the selection and the mark in focus, and the handles at a mark's ends.
//!
//! They are placed in the article, not in the window, so that they move with the text.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::Page;
use super::gesture;
use crate::dom::{self, line};
use crate::model::{Document, End, LabelId, Span, Unit, snap, widen_to_graphemes};
use crate::session::{Clicks, Derived, Session, Watched, nested_with};
use crate::ui::commands::command_button;
use crate::ui::context;
use crate::ui::dialogs::open_mark_all;
use crate::ui::dynamic::{placed, when};
use crate::ui::element::{self, ElementRef, button, element};
use crate::ui::palette::{add_to_mark, label_buttons};

/// A rectangle in the coordinates of the article, in CSS pixels.
#[derive(Clone, Copy)]
struct Spot {
    left: f64,
    top: f64,
    bottom: f64,
    /// The outer edge, at which a mark ends: in words from the right its start is at their right.
    edge: f64,
    /// How wide the article is.
    room: f64,
    /// How much of the window is above the spot, in CSS pixels.
    above: f64,
    /// Where the text begins: above it is the article's head, whose buttons stay free.
    text: f64,
}

/// Where the first or the last character of `span` stands.
fn spot(page: Page, span: Span, end: End) -> Option<Spot> {
    let (host, document) = page.place()?;
    let text = &document.text;
    let (start, stop) = (span.start().bytes(), span.end().bytes());
    let content = text.as_str();
    let one = match end {
        End::Start => text.span(start, start + content[start..].chars().next()?.len_utf8()),
        End::End => text.span(stop - content[..stop].chars().next_back()?.len_utf8(), stop),
    };
    let one = widen_to_graphemes(text, one?);
    let range = dom::place::range_of(&host, text, one)?;
    let rect = range.get_bounding_client_rect();
    let letter = content[one.start().bytes()..].chars().next()?;
    let from_the_right = line::runs_from_the_right(letter)
        .unwrap_or_else(|| line::is_from_the_right(&host, text.block_at(one.start())));
    let article = host.closest("#reader").ok()??.get_bounding_client_rect();
    Some(Spot {
        left: rect.left() - article.left(),
        edge: match from_the_right == (end == End::End) {
            true => rect.left(),
            false => rect.right(),
        } - article.left(),
        top: rect.top() - article.top(),
        bottom: rect.bottom() - article.top(),
        room: article.width(),
        above: rect.top(),
        text: host.get_bounding_client_rect().top() - article.top(),
    })
}

fn move_to(element: &HtmlElement, left: f64, top: f64) {
    dom::set_style(element, "left", &pixels(left));
    dom::set_style(element, "top", &pixels(top));
}

/// A length for the style sheet. Whole, since to write fractions takes 10 kB of program.
fn pixels(length: f64) -> String {
    format!("{}px", length.round() as i32)
}

/// Puts a bar above `span`; where there is no room, below it, or below its first line where its end
/// is out of view.
fn put_bar(page: Page, bar: &HtmlElement, span: Span) {
    let (Some(first), Some(last)) = (spot(page, span, End::Start), spot(page, span, End::End))
    else {
        return;
    };
    let (width, height) = (
        f64::from(bar.offset_width()),
        f64::from(bar.offset_height()),
    );
    let left = (first.left - 12.0).min(first.room - width - 8.0).max(8.0);
    // The grips for fingers are larger, and stay free.
    let gap = match dom::prefers("(pointer: coarse)") {
        true => 26.0,
        false => 10.0,
    };
    let fits_above = first.above > height + gap + 66.0 && first.top - height - gap > first.text;
    // Below the page itself stand the palette and the line that says what is saved.
    let lowest = dom::window_height() - height - 120.0;
    let top = if fits_above {
        first.top - height - gap
    } else if last.above < lowest {
        last.bottom + gap + 4.0
    } else {
        first.bottom + gap + 4.0
    };
    move_to(bar, left, top);
}

/// A bar beside words in the article.
fn float_bar(id: &'static str, name: &'static str, place: ElementRef) -> element::Element {
    element("div")
        .set("id", id)
        .class("float-bar")
        .set("role", "toolbar")
        .set("aria-label", name)
        .found_by(place)
        // A press must not take the selection away before the click is read.
        .on("pointerdown", |event| event.prevent_default())
}

/// The labels at the selection.
pub(super) fn draft_bar(page: Page) -> AnyView {
    let (session, screen) = context();
    let view = session.view;
    let bar = ElementRef::new();
    let follow = move || {
        page.layout.track();
        view.draft.track();
        bar.get();
    };
    let put = move || {
        if let (Some(span), Some(bar)) = (view.draft.get_untracked(), bar.get_untracked()) {
            put_bar(page, &bar, span);
        }
    };
    placed(follow, put);
    let labels = move || {
        let labels = label_buttons(session, |_: &LabelId| false);
        let same = move || {
            if let Some(span) = view.draft.get_untracked() {
                open_mark_all(session, screen, span, None);
            }
        };
        float_bar("draft-bar", "Mark the selection as", bar)
            .with(labels)
            .with(add_to_mark())
            .with(button("Mark all…", same).class("quiet"))
            .view()
    };
    when(move || view.draft.with(Option::is_some), labels)
}

/// What can be done with the mark in focus, and its handles.
pub(super) fn mark_bar(page: Page) -> AnyView {
    let (session, screen) = context();
    let view = session.view;
    let bar = ElementRef::new();
    let focused = Derived::new(move || {
        let id = view.focused.get()?;
        let open = view.open.get()?;
        let mark = session.with_marks(|project| project.annotations().get(&id).cloned());
        mark.filter(|it| it.document == open)
    });
    let is_label = move |label: &LabelId| {
        focused.with(|it| it.as_ref().is_some_and(|mark| mark.label == *label))
    };
    // What moves at an end: the part that one is at, else the outer one.
    let moved = move |end: End| {
        Derived::new(move || {
            view.part.track();
            let mark = focused.get()?;
            Some(mark.fragments()[session.moved_fragment(&mark, end)])
        })
    };
    let (first, last) = (moved(End::Start), moved(End::End));
    let follow = move || {
        page.layout.track();
        first.get();
        bar.get();
    };
    let put = move || {
        if let (Some(span), Some(bar)) = (first.get_untracked(), bar.get_untracked()) {
            put_bar(page, &bar, span);
        }
    };
    placed(follow, put);
    let same = move || {
        if let (Some(mark), Some(span)) = (focused.get_untracked(), first.get_untracked()) {
            open_mark_all(session, screen, span, Some(mark.label.clone()));
        }
    };
    let parts = move || focused.with(|it| it.as_ref().map_or(1, |mark| mark.fragments().len()));
    let drop_part = move || {
        command_button("Drop part", "drop-part")
            .class("quiet")
            .view()
    };
    let is_nested = Derived::new(move || {
        let mark = focused.get();
        let near = mark.map(|mark| session.with_marks(|project| nested_with(project, &mark)));
        near.flatten().is_some()
    });
    let swap = move || command_button("Swap", "swap-nesting").class("quiet").view();
    let tools = move || {
        let tools = float_bar("mark-bar", "Mark in focus", bar)
            .with(label_buttons(session, is_label))
            .with(command_button("Note", "note").class("quiet"))
            .with(command_button("Copy", "copy").class("quiet"))
            .with(button("Mark all…", same).class("quiet"))
            .with(command_button("Add words", "add-words").class("quiet"))
            .with(command_button("Split", "split-by-click").class("quiet"))
            .with(when(move || parts() > 1, drop_part))
            .with(when(move || is_nested.get(), swap))
            .with(command_button("Delete", "delete").class("quiet"));
        let start = handle(page, End::Start, first);
        let end = handle(page, End::End, last);
        vec![tools.view(), start, end].into_any()
    };
    // They would lie over the words that one is to click.
    let is_free = move || view.clicks.get() == Clicks::Select;
    when(move || is_free() && focused.with(Option::is_some), tools)
}

/// A grip at one end of the mark in focus. A picture for the hand: keys do the same.
fn handle(page: Page, end: End, moved: Derived<Option<Span>>) -> AnyView {
    let (session, _) = context();
    let grip = ElementRef::new();
    let preview = Watched::new(None::<Span>);
    let grabbed = StoredValue::new((0.0, 0.0));
    let follow = move || {
        page.layout.track();
        preview.track();
        moved.get();
        grip.get();
    };
    let put = move || {
        let span = preview.get_untracked().or_else(|| moved.get_untracked());
        if let (Some(span), Some(grip)) = (span, grip.get_untracked())
            && let Some(spot) = spot(page, span, end)
        {
            move_to(&grip, spot.edge, spot.top);
            dom::set_style(&grip, "height", &pixels(spot.bottom - spot.top));
        }
    };
    placed(follow, put);
    // A mark that is let go of while it is dragged takes its grips away.
    on_cleanup(move || show_preview(page, None));
    let grab = move |event: ev::PointerEvent| {
        event.prevent_default();
        let target: Option<Element> = event.current_target().and_then(|it| it.dyn_into().ok());
        if let (Some(target), Some(span)) = (target, moved.get_untracked()) {
            drop(target.set_pointer_capture(event.pointer_id()));
            grabbed.set_value(beside_end(&target, &event));
            preview.set(Some(span));
        }
    };
    let drag = move |event: ev::PointerEvent| {
        if preview.with_untracked(Option::is_none) {
            return;
        }
        let (x, y) = grabbed.get_value();
        let at = (event.client_x() as f32 - x, event.client_y() as f32 - y);
        if let Some(span) = dragged(session, page, end, at, moved.get_untracked()) {
            preview.set(Some(span));
            show_preview(page, Some(span));
        }
    };
    let release = move |event: ev::PointerEvent| {
        let span = preview.get_untracked();
        preview.set(None);
        show_preview(page, None);
        if span == moved.get_untracked() {
            // A press that moved nothing was meant for the words under the grip.
            gesture::click_through(session, page, &event);
        } else if let Some(span) = span {
            gesture::resize(session, page, end, span);
        }
    };
    let cancel = move || {
        preview.set(None);
        show_preview(page, None);
    };
    element("div")
        .class("handle")
        .class_if("is-dragging", move || preview.with(Option::is_some))
        .set("data-end", if end == End::Start { "start" } else { "end" })
        .set("aria-hidden", "true")
        .found_by(grip)
        .pointer("pointerdown", grab)
        .pointer("pointermove", drag)
        .pointer("pointerup", release)
        .on("pointercancel", move |_| cancel())
        .view()
}

fn show_preview(page: Page, span: Option<Span>) {
    let range = span.and_then(|span| {
        let (host, document) = page.place()?;
        dom::place::range_of(&host, &document.text, span)
    });
    dom::highlight::set("resize", range.as_slice());
}

/// How far from the end itself a grip was taken, in CSS pixels: a finger beside or below the line goes
/// on to mean the words in it.
fn beside_end(grip: &Element, event: &ev::PointerEvent) -> (f32, f32) {
    let area = grip.get_bounding_client_rect();
    let (x, y) = (
        area.left() + area.width() / 2.0,
        // Its border is no part of the line.
        area.top() + f64::from(grip.client_top()) + f64::from(grip.client_height()) / 2.0,
    );
    (
        (f64::from(event.client_x()) - x) as f32,
        (f64::from(event.client_y()) - y) as f32,
    )
}

/// The span that a place of the window, in CSS pixels, asks for.
fn dragged(
    session: Session,
    page: Page,
    end: End,
    (x, y): (f32, f32),
    moved: Option<Span>,
) -> Option<Span> {
    let (host, document) = page.place()?;
    let text = &Document::clone(&document).text;
    let at = dom::selection::offset_at_point(&host, text, x, y)?.bytes();
    let moved = moved?;
    let span = match end {
        End::Start => text.span(at, moved.end().bytes()),
        End::End => text.span(moved.start().bytes(), at),
    }?;
    let span = widen_to_graphemes(text, span);
    Some(if session.view.whole_words.get_untracked() {
        snap(text, span, Unit::Word)
    } else {
        span
    })
}
