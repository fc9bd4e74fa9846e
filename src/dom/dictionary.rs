//! The browser's dictionary of words, for scripts that put no blanks between them. Knows nothing of
//! texts and their places.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;

// Newer than what js-sys has; a browser without it has no dictionary, and words are found by rule.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type Segmenter;
    #[wasm_bindgen(catch, constructor, js_namespace = Intl)]
    fn new(locales: &JsValue, options: &JsValue) -> Result<Segmenter, JsValue>;
    #[wasm_bindgen(catch, method)]
    fn segment(this: &Segmenter, text: &str) -> Result<JsValue, JsValue>;
}

/// Where the words of `text` end, in bytes; nothing where the browser does not know.
pub fn word_ends(text: &str) -> Vec<usize> {
    let mut end = 0;
    let words = words(text).unwrap_or_default();
    let lengths = words.iter().map(|word| {
        let word = Reflect::get(&word, &"segment".into()).ok();
        word.and_then(|it| it.as_string()).map_or(0, |it| it.len())
    });
    let ends = lengths.map(|length| {
        end += length;
        end
    });
    ends.collect()
}

fn words(text: &str) -> Result<Array, JsValue> {
    let options = super::scripting::object(&[("granularity", "word".into())]);
    let segmenter = Segmenter::new(&JsValue::UNDEFINED, &options)?;
    Ok(Array::from(&segmenter.segment(text)?))
}
