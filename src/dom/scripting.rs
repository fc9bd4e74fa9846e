//! `window.sourcelight`, for scripts and tests. Knows nothing of what its functions do.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::window;

/// A function for scripts: takes one value, promises another or throws a sentence.
pub type Handler = Rc<dyn Fn(JsValue) -> Pin<Box<dyn Future<Output = Result<JsValue, String>>>>>;

/// Makes `window.sourcelight` with these functions.
pub fn publish(functions: Vec<(&'static str, Handler)>) {
    let object = Object::new();
    for (name, handler) in functions {
        let closure = Closure::<dyn FnMut(JsValue) -> js_sys::Promise>::new(move |argument| {
            let answer = handler(argument);
            future_to_promise(async move {
                answer
                    .await
                    .map_err(|sentence| js_sys::Error::new(&sentence).into())
            })
        });
        drop(Reflect::set(&object, &name.into(), closure.as_ref()));
        // The page keeps it for as long as it lives.
        closure.forget();
    }
    drop(Reflect::set(&window(), &"sourcelight".into(), &object));
}

/// The text under `name` of an object.
pub fn text(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &name.into()).ok()?.as_string()
}

/// The whole number under `name` of an object.
pub fn number(object: &JsValue, name: &str) -> Option<u32> {
    let value = Reflect::get(object, &name.into()).ok()?.as_f64()?;
    (value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value)).then_some(value as u32)
}
