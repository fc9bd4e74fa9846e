//! The CSS Custom Highlight API, for what changes often and carries no meaning of its own: the
//! draft, the preview of a drag, what was found. Looked up at run time, because a browser without it must still
//! start; there such a stretch is simply not tinted.

use std::sync::Once;

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Range;

use super::window;

/// How this browser tints is looked at before the first tint.
static IS_SEEN: Once = Once::new();

fn member(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into())
        .ok()
        .filter(JsValue::is_object)
}

fn registry() -> Option<JsValue> {
    member(
        &member(&window(), "CSS").or_else(css_function)?,
        "highlights",
    )
}

/// In some browsers `CSS` is a function object, which `is_object` does not count.
fn css_function() -> Option<JsValue> {
    Reflect::get(&window(), &"CSS".into())
        .ok()
        .filter(JsValue::is_function)
}

fn call(target: &JsValue, method: &str, arguments: &Array) -> Option<JsValue> {
    let function: Function = Reflect::get(target, &method.into()).ok()?.dyn_into().ok()?;
    function.apply(target, arguments).ok()
}

/// The stretch that lies over all others where they meet.
pub const CURSOR: &str = "cursor";

/// Says in the page where the browser does not inherit tints: the style sheet then gives them to each element.
fn see_whether_inherited() {
    let style = super::document().body().and_then(|body| {
        let style = window().get_computed_style_with_pseudo_elt(&body, "::highlight(inherited)");
        style.ok()?
    });
    let color = style.and_then(|it| it.get_property_value("color").ok());
    if let (false, Some(root)) = (color.as_deref() == Some("rgb(1, 2, 3)"), super::root()) {
        drop(root.class_list().add_1("tints-each"));
    }
}

/// Tints `ranges` by the rule `::highlight(name)`; without any the tint goes away.
pub fn set(name: &str, ranges: &[Range]) {
    let Some(registry) = registry() else {
        return;
    };
    if ranges.is_empty() {
        call(&registry, "delete", &Array::of1(&name.into()));
        return;
    }
    let constructor = Reflect::get(&window(), &"Highlight".into()).ok();
    let made = constructor
        .and_then(|it| it.dyn_into::<Function>().ok())
        .and_then(|it| Reflect::construct(&it, &ranges.iter().collect()).ok());
    if let Some(highlight) = made {
        IS_SEEN.call_once(see_whether_inherited);
        if name == CURSOR {
            drop(Reflect::set(&highlight, &"priority".into(), &1.into()));
        }
        call(&registry, "set", &Array::of2(&name.into(), &highlight));
    }
}
