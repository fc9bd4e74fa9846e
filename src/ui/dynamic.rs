//! The few shapes of everything on the screen that changes.
//!
//! A closure in a view is a type of its own, and for each such type the compiler builds the whole
//! machinery of rendering anew. Given to one of these functions first, all share one such machine,
//! and the page stays small enough to be fetched over a slow line.

use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::{WindowListenerHandle, window_event_listener_untyped};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::dom;
use crate::session::Derived;

/// A part of the screen that is made anew whenever what it reads changes.
pub fn dynamic(make: impl FnMut() -> Vec<AnyView> + Send + 'static) -> AnyView {
    let make: Box<dyn FnMut() -> Vec<AnyView> + Send> = Box::new(make);
    make.into_any()
}

/// A part of the screen that is there as long as `shown` says so.
pub fn when(
    shown: impl Fn() -> bool + Send + Sync + 'static,
    make: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    switch(Box::new(shown), Box::new(make))
}

fn switch(
    shown: Box<dyn Fn() -> bool + Send + Sync>,
    make: Box<dyn Fn() -> AnyView + Send>,
) -> AnyView {
    let shown = Derived::new(shown);
    dynamic(move || match shown.get() {
        // What is made follows by itself what it reads.
        true => vec![untrack(&make)],
        false => Vec::new(),
    })
}

/// Reaches outside of the screen whenever what it reads changes: focus, scrolling, painting.
pub fn effect(run: impl FnMut() + 'static) {
    boxed_effect(Box::new(run));
}

fn boxed_effect(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}

/// Puts something to its place whenever what `follow` reads changes: in the next frame, when all that
/// changes has changed. To ask before that where words stand would lay out the page once more.
pub fn placed(follow: impl Fn() + 'static, put: impl Fn() + 'static) {
    once_for_all(follow, Box::new(put), request_animation_frame);
}

/// Does something whenever what `follow` reads changes: when all that changes has changed and been painted, which is
/// looked at first.
pub fn settled(follow: impl Fn() + 'static, act: impl Fn() + 'static) {
    once_for_all(follow, Box::new(act), after_painting);
}

/// However much changes until what was put off is done, it is done once.
fn once_for_all(follow: impl Fn() + 'static, act: Box<dyn Fn()>, put_off: fn(Box<dyn FnOnce()>)) {
    let act = StoredValue::new_local(act);
    let is_due = StoredValue::new(false);
    effect(move || {
        follow();
        if !is_due.get_value() {
            is_due.set_value(true);
            put_off(Box::new(move || {
                is_due.try_update_value(|it| *it = false);
                // What it is about may have gone meanwhile, and this with it.
                act.try_with_value(|act| act());
            }));
        }
    });
}

/// Does something when what has changed by now has been painted. Pages out of sight are not painted.
pub fn after_painting(act: impl FnOnce() + 'static) {
    let act: Box<dyn FnOnce()> = Box::new(act);
    let act = move || set_timeout(act, Duration::ZERO);
    match dom::document().hidden() {
        true => act(),
        false => request_animation_frame(act),
    }
}

/// Listens to the events of the window that are called `name`, which are of type `E`.
pub fn on_window<E: JsCast>(name: &str, act: impl Fn(E) + 'static) -> WindowListenerHandle {
    boxed_on_window(name, Box::new(move |event| act(event.unchecked_into())))
}

fn boxed_on_window(name: &str, act: Box<dyn Fn(ev::Event)>) -> WindowListenerHandle {
    window_event_listener_untyped(name, act)
}
