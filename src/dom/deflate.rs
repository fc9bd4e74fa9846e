//! Compression by the browser. Knows nothing of what is compressed.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::window;

/// The bytes, compressed (RFC 1951, “deflate-raw”).
///
/// # Errors
/// A sentence, where the browser is too old for it.
pub async fn packed(bytes: &[u8]) -> Result<Vec<u8>, String> {
    const MISSING: &str = "This browser is too old to make links. Share a file instead.";
    let packed = match begin(bytes) {
        Ok(promise) => JsFuture::from(promise).await,
        Err(thrown) => Err(thrown),
    };
    let packed = packed.map_err(|_| MISSING.to_owned())?;
    Ok(Uint8Array::new(&packed).to_vec())
}

/// Streams are called by their names: with declared types each call would be a function more in the page's
/// script, which comes first.
fn begin(bytes: &[u8]) -> Result<Promise, JsValue> {
    let content = Array::of1(&Uint8Array::from(bytes));
    let content = Blob::new_with_u8_array_sequence(&content)?;
    let through = made("CompressionStream", &"deflate-raw".into())?;
    let stream = call(&content, "stream", &JsValue::UNDEFINED)?;
    let stream = call(&stream, "pipeThrough", &through)?;
    let gathered = made("Response", &stream)?;
    call(&gathered, "arrayBuffer", &JsValue::UNDEFINED)?.dyn_into()
}

fn made(class: &str, of: &JsValue) -> Result<JsValue, JsValue> {
    let class: Function = Reflect::get(&window(), &class.into())?.dyn_into()?;
    Reflect::construct(&class, &Array::of1(of))
}

fn call(this: &JsValue, name: &str, with: &JsValue) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(this, &name.into())?.dyn_into()?;
    method.apply(this, &Array::of1(with))
}
