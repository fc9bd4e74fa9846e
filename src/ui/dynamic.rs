//! The few shapes of everything on the screen that changes.
//!
//! A closure in a view is a type of its own, and for each such type the compiler builds the whole
//! machinery of rendering anew. Given to one of these functions first, all texts share one such
//! machine, all switches another, and the page stays small enough to be fetched over a slow line.

use std::sync::Arc;

use leptos::ev;
use leptos::leptos_dom::helpers::{WindowListenerHandle, window_event_listener_untyped};
use leptos::prelude::*;
use leptos::tachys::html::attribute::AttributeValue;
use leptos::tachys::html::attribute::custom::{CustomAttr, custom_attribute};
use wasm_bindgen::JsCast;

use crate::session::Derived;

/// An attribute of any name. By itself each name is a type of its own.
pub fn attr<V: AttributeValue>(name: &'static str, value: V) -> CustomAttr<&'static str, V> {
    custom_attribute(name, value)
}

/// A text that follows what it reads.
pub fn text(read: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    let read: Box<dyn Fn() -> String + Send + Sync> = Box::new(read);
    Signal::derive(read)
}

/// A yes or no that follows what it reads.
pub fn is(read: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    let read: Box<dyn Fn() -> bool + Send + Sync> = Box::new(read);
    Signal::derive(read)
}

/// An attribute that may be absent and follows what it reads.
pub fn maybe(read: impl Fn() -> Option<String> + Send + Sync + 'static) -> Signal<Option<String>> {
    let read: Box<dyn Fn() -> Option<String> + Send + Sync> = Box::new(read);
    Signal::derive(read)
}

/// A view that is made anew whenever what it reads changes.
pub type Dynamic = Box<dyn FnMut() -> AnyView + Send>;

/// A part of the screen that is made anew whenever what it reads changes.
pub fn dynamic(make: impl FnMut() -> AnyView + Send + 'static) -> Dynamic {
    Box::new(make)
}

/// A part of the screen that is there as long as `shown` says so.
pub fn when(
    shown: impl Fn() -> bool + Send + Sync + 'static,
    make: impl Fn() -> AnyView + Send + 'static,
) -> Dynamic {
    switch(Box::new(shown), Box::new(make))
}

fn switch(
    shown: Box<dyn Fn() -> bool + Send + Sync>,
    make: Box<dyn Fn() -> AnyView + Send>,
) -> Dynamic {
    let shown = Derived::new(shown);
    Box::new(move || if shown.get() { make() } else { ().into_any() })
}

/// A row for each key, kept as long as its key is there.
pub fn each(
    keys: impl Fn() -> Vec<String> + Send + Sync + 'static,
    row: impl Fn(String) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let keys: Box<dyn Fn() -> Vec<String> + Send + Sync> = Box::new(keys);
    rows(keys, Arc::new(row))
}

fn rows(
    keys: Box<dyn Fn() -> Vec<String> + Send + Sync>,
    row: Arc<dyn Fn(String) -> AnyView + Send + Sync>,
) -> AnyView {
    let row = move |key| row(key);
    view! { <For each=keys key=|key: &String| key.clone() children=row /> }.into_any()
}

/// Reaches outside of the screen whenever what it reads changes: focus, scrolling, painting.
pub fn effect(run: impl FnMut() + 'static) {
    boxed_effect(Box::new(run));
}

fn boxed_effect(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}

/// Listens to the events of the window that are called `name`, which are of type `E`.
pub fn on_window<E: JsCast>(name: &str, act: impl Fn(E) + 'static) -> WindowListenerHandle {
    boxed_on_window(name, Box::new(move |event| act(event.unchecked_into())))
}

fn boxed_on_window(name: &str, act: Box<dyn Fn(ev::Event)>) -> WindowListenerHandle {
    window_event_listener_untyped(name, act)
}

/// What a press of a button does.
pub fn press(mut act: impl FnMut() + 'static) -> Box<dyn FnMut(ev::MouseEvent)> {
    Box::new(move |_| act())
}

/// What a change of a box to tick does; told whether it is ticked.
pub fn ticked(mut act: impl FnMut(bool) + 'static) -> Box<dyn FnMut(ev::Event)> {
    Box::new(move |event| act(event_target_checked(&event)))
}

/// What a change of a field does; told what the field holds.
pub fn typed(mut act: impl FnMut(String) + 'static) -> Box<dyn FnMut(ev::Event)> {
    Box::new(move |event| act(event_target_value(&event)))
}

/// What a press of the pointer does.
pub fn pointer(act: impl FnMut(ev::PointerEvent) + 'static) -> Box<dyn FnMut(ev::PointerEvent)> {
    Box::new(act)
}

/// What sending a form does; the page itself never goes anywhere.
pub fn submitted(mut act: impl FnMut() + 'static) -> Box<dyn FnMut(ev::SubmitEvent)> {
    Box::new(move |event| {
        event.prevent_default();
        act();
    })
}
