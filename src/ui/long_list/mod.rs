//! A list of any length, of which only the rows near those in view stand in the page.
//!
//! Which ones, and where, is decided in [`window`]; here it is told when to look again. Knows
//! nothing of what the rows show.

mod window;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::ResizeObserver;

use super::dynamic::effect;
use super::element::{Element, ElementRef};
use window::LongList;

/// The list goes with the part of the page that it stands in.
type State = StoredValue<Option<LongList>, LocalStorage>;

/// Makes `list` one of rows for `keys`; the element around it scrolls. The row that `shown` names is
/// brought into view whenever that is set anew.
pub fn long_list(
    list: Element,
    keys: impl Fn() -> Vec<String> + 'static,
    shown: impl Fn() -> Option<String> + 'static,
    row: impl Fn(String) -> AnyView + Copy + 'static,
) -> Element {
    let place = ElementRef::new();
    let state: State = StoredValue::new_local(None);
    let owner = Owner::current().expect("the page is made by components");
    effect(move || {
        let keys = keys();
        if let Some(list) = place.get() {
            if state.with_value(Option::is_none) {
                let begun = LongList::new(list.clone(), owner.clone(), Box::new(row));
                state.set_value(Some(begun));
                listen(&list, state);
            }
            with(state, |it| it.set_keys(keys));
        }
    });
    effect(move || {
        let shown = shown();
        // What the row shows for its new state is in the page by then.
        request_animation_frame(move || with(state, |it| it.show(shown)));
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
