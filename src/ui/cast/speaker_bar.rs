//! Two gestures for a quote: it is marked, and who speaks is asked beside it at once. The question is
//! never in the way: a press in the text, another mark, Escape, or a key that marks on closes it, and it
//! stays open in the list of marks.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{
    Element as Node, Event, FocusOptions, HtmlElement, KeyboardEvent, KeyboardEventInit,
    PointerEvent,
};

use super::choice::Choice;
use crate::analysis::Questions;
use crate::dom;
use crate::model::{AnnotationId, Attribute, AttributeKind, Change, Project, Record};
use crate::session::{Derived, Origin, Session};
use crate::ui::Screen;
use crate::ui::dynamic::{dynamic, effect, on_window};
use crate::ui::element::{ElementRef, element};
use crate::ui::inspector::{About, Asked};
use crate::ui::reader::Page;

/// How far the bar keeps from the words, in CSS pixels.
const GAP: f64 = 10.0;
/// How much the bar grows when its list of names opens, at most, in CSS pixels.
const LIST: f64 = 132.0;

/// The question who speaks in a mark, where it is asked and has no answer.
fn open_question(project: &Project, id: &AnnotationId) -> Option<Attribute> {
    let mark = project.annotations().get(id)?;
    let questions = Questions::of(project.schema());
    let mut asked = questions.asked(&mark.label, &mark.details);
    let has_answer = |it: &Attribute| {
        let details = mark.details.as_ref();
        details.is_some_and(|told| told.answers.get(it.id.as_str()).is_some())
    };
    let open = asked.find(|it| it.kind == AttributeKind::Speaker && !has_answer(it));
    open.cloned()
}

/// The mark that got its label by this change, where it is one alone.
fn labelled(change: &Change) -> Option<AnnotationId> {
    let [one] = change.records.as_slice() else {
        return None;
    };
    let mark = one.annotation()?;
    let had = match &one.before {
        Some(Record::Annotation(before)) => Some(&before.label),
        _ => None,
    };
    (had != Some(&mark.label)).then(|| mark.id.clone())
}

/// The choice beside a mark that was just made.
pub fn speaker_bar(session: Session, screen: Screen, page: Page) -> AnyView {
    follow_labels(session, screen);
    let asking = Derived::new(move || screen.desk.with(|it| it.asking.clone()));
    let press = on_window("pointerdown", move |event: PointerEvent| {
        let target = event.target().and_then(|it| it.dyn_into::<Node>().ok());
        let inside = target.and_then(|it| it.closest("#speaker-bar").ok().flatten());
        if inside.is_none() {
            close(screen);
        }
    });
    on_cleanup(move || press.remove());
    dynamic(move || {
        let made = asking.get().and_then(|id| {
            let question = session.peek(|project| open_question(project, &id))?;
            let shown = || bar(screen, page, &Asked::of(session, About::Mark(id), question));
            Some(untrack(shown))
        });
        made.into_iter().collect()
    })
}

/// Asks when somebody has given a mark a label that a speaker belongs to, and no longer when one goes on.
fn follow_labels(session: Session, screen: Screen) {
    let view = session.view;
    let fresh = StoredValue::new(None::<AnnotationId>);
    session.observe(move |change, origin| {
        if origin == Origin::Local {
            fresh.set_value(labelled(change));
        }
    });
    effect(move || {
        session.with_marks(|_| ());
        let focused = view.focused.get();
        // Who paints goes on with the next words, and the mark just made has no focus.
        let paints = view.armed.with(Option::is_some) && focused.is_none();
        let goes_on = view.draft.with(Option::is_some);
        let is_dialog_open = screen.dialog.with_untracked(Option::is_some);
        let made = fresh.get_value();
        fresh.set_value(None);
        let is_meant = |it: &AnnotationId| paints || focused.as_ref() == Some(it);
        let is_asked = |it: &AnnotationId| {
            let question = session.peek(|project| open_question(project, it));
            question.is_some()
        };
        let made = made.filter(|it| is_meant(it) && is_asked(it));
        if made.is_some() && !goes_on && !is_dialog_open {
            screen.desk.update(|it| it.asking = made);
        }
        let asking = screen.desk.with_untracked(|it| it.asking.clone());
        if asking.is_some_and(|it| goes_on || !is_meant(&it) || !is_asked(&it)) {
            close(screen);
        }
    });
}

fn close(screen: Screen) {
    if screen.desk.with_untracked(|it| it.asking.is_some()) {
        screen.desk.update(|it| it.asking = None);
    }
}

fn bar(screen: Screen, page: Page, asked: &Asked) -> AnyView {
    let place = ElementRef::new();
    let field_place = ElementRef::new();
    let choice = Choice::of(asked);
    choice.open(0);
    // A question that may stay open does not take the keys.
    let is_quiet = !asked.attribute.required;
    let holds_back = is_quiet || dom::prefers("(pointer: coarse)");
    let About::Mark(id) = asked.about.clone() else {
        return ().into_any();
    };
    let session = asked.session;
    effect(move || {
        page.layout.track();
        if let Some(bar) = place.get() {
            let id = id.clone();
            request_animation_frame(move || put(session, page, &bar, &id).unwrap_or_default());
        }
    });
    effect(move || {
        // On a touch screen the keyboard would come up over the text.
        if let Some(field) = field_place.get().filter(|_| !holds_back) {
            focus_soon(field);
        }
    });
    let keys = choice.clone();
    let key = move |event: Event| {
        keys.key(&event, false);
        pass_on(screen, page, &keys, &event);
    };
    let name = asked.part("asked");
    let title = element("span")
        .set_to("id", name.clone())
        .say("Who says it?");
    let id = asked.part("choice");
    let field = choice
        .field(&id)
        .set_to("aria-labelledby", name)
        .found_by(field_place)
        .on("keydown", key);
    element("div")
        .set("id", "speaker-bar")
        .class("float-bar speaker-field")
        .class_if("is-quiet", move || is_quiet)
        .set("role", "group")
        .set("aria-label", "Who says it?")
        .found_by(place)
        .with(title)
        .with(field)
        .with(choice.list(&id))
        .view()
}

/// After the key that made the mark, the rest of which must not go into the field. The text stays where
/// it is.
fn focus_soon(field: impl AsRef<HtmlElement> + 'static) {
    let focus = move || {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        drop(field.as_ref().focus_with_options(&options));
    };
    set_timeout(focus, Duration::ZERO);
}

/// Puts the bar off the words that are read next. One that may stay open stands above the mark and what
/// is there already, and grows upward; one that takes the keys stands below. Where there is no room, it is
/// the other way round.
fn put(session: Session, page: Page, bar: &HtmlElement, id: &AnnotationId) -> Option<()> {
    let (host, document) = page.place()?;
    let mark = session.peek(|project| project.annotations().get(id).cloned())?;
    let range = dom::place::range_of(&host, &document.text, mark.hull())?;
    let words = range.get_bounding_client_rect();
    let article = host.closest("#reader").ok()??.get_bounding_client_rect();
    let seen = dom::find("#reading")?.get_bounding_client_rect();
    let tools = dom::find("#mark-bar").map(|it| it.get_bounding_client_rect());
    let (width, height) = (
        f64::from(bar.offset_width()),
        f64::from(bar.offset_height()),
    );
    let below = tools.as_ref().filter(|it| it.top() > words.top());
    let lower = below.map_or(words.bottom(), |it| it.bottom().max(words.bottom()));
    let upper = tools.map_or(words.top(), |it| it.top().min(words.top()));
    let is_quiet = bar.class_list().contains("is-quiet");
    let fits_above = upper - GAP - height - LIST > seen.top();
    let fits_below = lower + GAP + height < seen.bottom();
    let is_above = match is_quiet {
        true => fits_above || !fits_below,
        false => fits_above && !fits_below,
    };
    let (edge, shift) = match is_above {
        true => (upper - GAP, "translateY(-100%)"),
        false => (lower + GAP, "none"),
    };
    let left = (words.left() - article.left() - 12.0).min(article.width() - width - 8.0);
    let pixels = |it: f64| format!("{}px", it.round() as i32);
    dom::set_style(bar, "left", &pixels(left.max(8.0)));
    dom::set_style(bar, "top", &pixels(edge - article.top()));
    dom::set_style(bar, "transform", shift);
    Some(())
}

/// What the keys do that are not for the field: Escape leaves the question open, and as long as nothing is
/// typed, keys that mark or walk on do that.
fn pass_on(screen: Screen, page: Page, choice: &Choice, event: &Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
        return;
    };
    let key = event.key();
    if ["Escape", "Enter"].contains(&key.as_str()) && !event.is_composing() {
        event.prevent_default();
        close(screen);
        page.take_focus();
        return;
    }
    let walks = [
        "ArrowLeft",
        "ArrowRight",
        "Home",
        "End",
        "PageUp",
        "PageDown",
        "Delete",
    ];
    let is_held = event.ctrl_key() || event.meta_key();
    let is_edit = ["a", "c", "v", "x"].contains(&key.as_str());
    let is_digit = key.len() == 1 && key.starts_with(|it: char| it.is_ascii_digit());
    let selects = event.shift_key() && key.starts_with("Arrow");
    let is_meant_for_text = is_digit
        || selects
        || walks.contains(&key.as_str())
        || (is_held && key.len() == 1 && !is_edit);
    if !choice.is_empty() || event.is_composing() || !is_meant_for_text {
        return;
    }
    event.prevent_default();
    event.stop_propagation();
    close(screen);
    page.take_focus();
    // The same key once more, where it is meant to go: what listens there takes it as it is.
    let fields: &KeyboardEventInit = event.unchecked_ref();
    let again = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", fields);
    if let (Ok(again), Some(reader)) = (again, dom::find("#reader")) {
        drop(reader.dispatch_event(&again));
    }
}
