//! Files in and out of the page. Knows nothing of what is in them.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, FileList, HtmlAnchorElement, Url};

use super::{document, lowercase, message_of, window};

/// The files of a list, in order.
pub fn files(list: Option<FileList>) -> Vec<File> {
    let Some(list) = list else {
        return Vec::new();
    };
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}

/// The bytes of a file.
///
/// # Errors
/// The browser's reason, where the file is gone or may not be read.
pub async fn bytes(file: &File) -> Result<Vec<u8>, String> {
    let buffer = JsFuture::from(file.array_buffer()).await;
    buffer
        .map(|buffer| Uint8Array::new(&buffer).to_vec())
        .map_err(|thrown| message_of(&thrown))
}

/// Hands bytes to the person as a download called `name`.
///
/// # Errors
/// The browser's reason.
pub fn download(name: &str, mime: &str, bytes: &[u8]) -> Result<(), String> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let said = |thrown| message_of(&thrown);
    let content = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&content, &options);
    let url = Url::create_object_url_with_blob(&blob.map_err(said)?).map_err(said)?;
    let anchor: HtmlAnchorElement = document()
        .create_element("a")
        .map_err(said)?
        .dyn_into()
        .map_err(|_| "the browser made no link".to_owned())?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // The address may go only after the browser has begun to read it.
    let revoke = Closure::once_into_js(move || drop(Url::revoke_object_url(&url)));
    window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), 60_000)
        .map_err(said)?;
    Ok(())
}

/// `text` as part of a file name: what no system refuses, at most 60 characters.
pub fn name_part(text: &str) -> String {
    let mut name = String::new();
    for c in lowercase(text).chars() {
        if c.is_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if name.chars().count() >= 60 {
            break;
        }
    }
    name.trim_end_matches('-').to_owned()
}
