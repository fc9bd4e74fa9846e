//! `window.sourcelight`, for scripts and tests. Knows nothing of what its functions do.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::window;
use crate::model::{DocumentId, Project, Span};

/// What takes a while: another value, or a sentence.
pub type Answer = Pin<Box<dyn Future<Output = Result<JsValue, String>>>>;

/// A function for scripts: takes up to two values, promises another or throws a sentence.
pub type Handler = Rc<dyn Fn(JsValue, JsValue) -> Answer>;

/// Makes `window.sourcelight` with these functions.
pub fn publish(functions: Vec<(&'static str, Handler)>) {
    let object = Object::new();
    for (name, handler) in functions {
        type Called = dyn FnMut(JsValue, JsValue) -> js_sys::Promise;
        let closure = Closure::<Called>::new(move |first, second| {
            let answer = handler(first, second);
            future_to_promise(async move {
                answer
                    .await
                    .map_err(|sentence| js_sys::Error::new(&sentence).into())
            })
        });
        set(&object, name, closure.as_ref());
        // The page keeps it for as long as it lives.
        closure.forget();
    }
    set(&window(), "sourcelight", &object);
}

/// An object with these fields.
pub fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        set(&object, name, value);
    }
    object.into()
}

/// Gives an object of ours a field.
pub fn set(object: &JsValue, name: &str, value: &JsValue) {
    drop(Reflect::set(object, &name.into(), value));
}

/// The value under `name` of an object, where there is one.
pub fn field(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(object, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// The text under `name` of an object.
pub fn text(object: &JsValue, name: &str) -> Option<String> {
    field(object, name)?.as_string()
}

/// The whole number under `name` of an object.
pub fn number(object: &JsValue, name: &str) -> Option<u32> {
    let value = field(object, name)?.as_f64()?;
    (value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value)).then_some(value as u32)
}

/// Where something is, in code points; nothing where the article has gone meanwhile.
pub fn place(project: &Project, id: &DocumentId, span: Span) -> [(&'static str, JsValue); 3] {
    let at = |offset| match project.document(id) {
        Some(document) => document.text.code_points(offset).into(),
        None => JsValue::NULL,
    };
    [
        ("document", id.as_str().into()),
        ("start", at(span.start())),
        ("end", at(span.end())),
    ]
}

/// The files of a list of `{name, bytes}`; the bytes may be a text, too.
pub fn files(given: &JsValue) -> Option<Vec<(String, Vec<u8>)>> {
    let file = |it: JsValue| {
        let bytes = field(&it, "bytes")?;
        let bytes = match bytes.as_string() {
            Some(words) => words.into_bytes(),
            None => {
                number(&bytes, "byteLength")?;
                Uint8Array::new(&bytes).to_vec()
            }
        };
        Some((text(&it, "name")?, bytes))
    };
    let list = Array::is_array(given).then(|| Array::from(given))?;
    list.iter().map(file).collect()
}
