//! Writing to the clipboard. Knows nothing of what is copied.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Clipboard;

use super::window;

/// Puts a text into the clipboard.
///
/// # Errors
/// A sentence, where the browser does not let the page do so: over plain HTTP there is no clipboard.
pub async fn write(text: &str) -> Result<(), String> {
    const REFUSED: &str =
        "The browser does not let the page copy here. Select the words and copy them by hand.";
    let found = Reflect::get(&window().navigator(), &"clipboard".into());
    let clipboard = found.ok().and_then(|it| it.dyn_into::<Clipboard>().ok());
    let clipboard = clipboard.ok_or(REFUSED)?;
    let written = JsFuture::from(clipboard.write_text(text)).await;
    written.map(drop).map_err(|_| REFUSED.to_owned())
}
