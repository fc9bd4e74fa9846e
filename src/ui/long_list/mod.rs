//! A list of any length, of which only the rows near those in view stand in the page.
//!
//! Which ones, and where, is decided in [`window`]; here it is told when to look again. Knows
//! nothing of what the rows show.

mod window;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::ResizeObserver;

use super::dynamic::{after_painting, effect};
use super::element::{Element, ElementRef};
use super::rows::Key;
use window::LongList;

/// The list goes with the part of the page that it stands in.
type State = StoredValue<Option<LongList>, LocalStorage>;

/// Makes `list` one of rows for `keys`; the element around it scrolls. The row that `shown` names is
/// brought into view whenever that is set anew.
///
/// A list stands beside something that is looked at first: its rows follow when that is painted.
pub fn long_list(
    list: Element,
    keys: impl Fn() -> Vec<Key> + 'static,
    shown: impl Fn() -> Option<Key> + 'static,
    row: impl Fn(Key) -> AnyView + Copy + 'static,
) -> Element {
    let place = ElementRef::new();
    let state: State = StoredValue::new_local(None);
    let owner = Owner::current().expect("the page is made by components");
    let waiting = StoredValue::new(None::<Vec<Key>>);
    effect(move || {
        let keys = keys();
        let Some(list) = place.get() else {
            return;
        };
        if state.with_value(Option::is_none) {
            let begun = LongList::new(list.clone(), owner.clone(), Box::new(row));
            state.set_value(Some(begun));
            listen(&list, state);
        }
        let is_asked = waiting.with_value(Option::is_some);
        waiting.set_value(Some(keys));
        if !is_asked {
            after_painting(move || {
                if let Some(keys) = waiting.try_update_value(Option::take).flatten() {
                    with(state, |it| it.set_keys(keys));
                }
            });
        }
    });
    effect(move || {
        let shown = shown();
        after_painting(move || with(state, |it| it.show(shown)));
    });
    list.found_by(place)
        // Quick fingers press Tab more often than the page is painted.
        .on("focusin", move |_| with(state, LongList::attend))
        .on("keydown", move |event| {
            with(state, |it| it.press(event.unchecked_ref()));
        })
}

fn with(state: State, act: impl FnOnce(&mut LongList)) {
    state.try_update_value(|list| list.as_mut().map(act));
}

/// Looks again at what should stand in the page whenever the area scrolls or something changes its
/// size: the window, the letters, a row.
fn listen(list: &web_sys::Element, state: State) {
    let look = Closure::<dyn FnMut()>::new(move || {
        // Still before the next painting, and after whoever observes sizes has been told of all.
        request_animation_frame(move || with(state, LongList::settle));
    });
    let look = look.into_js_value();
    let listener = look.unchecked_ref();
    let observer = ResizeObserver::new(listener);
    if let (Some(area), Ok(observer)) = (list.parent_element(), observer) {
        drop(area.add_event_listener_with_callback("scroll", listener));
        observer.observe(&area);
        observer.observe(list);
    }
}
