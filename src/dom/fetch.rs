//! Reads files from the page's own origin while it starts. Knows nothing of what is in them.

use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::{message_of, window};

/// A file that was asked for and is on its way.
pub struct Coming {
    address: String,
    answer: Result<Promise, String>,
}

/// Asks for the file at `address`, relative to the page, and does not wait.
pub fn ask(address: &str) -> Coming {
    let ask = |url: String| asked_before(&url).unwrap_or_else(|| window().fetch_with_str(&url));
    Coming {
        address: address.to_owned(),
        answer: same_origin(address).map(ask),
    }
}

/// The answer to what `index.html` has asked for while the program was on its way. It can be taken once.
fn asked_before(url: &str) -> Option<Promise> {
    let coming = Reflect::get(&window(), &"sourcelightComing".into()).ok()?;
    let coming: js_sys::Object = coming.dyn_into().ok()?;
    let answer = Reflect::get(&coming, &url.into()).ok()?.dyn_into().ok()?;
    Reflect::delete_property(&coming, &url.into()).ok()?;
    Some(answer)
}

/// The bytes of a file, once they are here.
///
/// # Errors
/// A sentence, where the address is of another origin, nothing is there, or nobody answers.
pub async fn bytes(coming: Coming) -> Result<Vec<u8>, String> {
    let Coming { address, answer } = coming;
    let failed = |thrown: JsValue| {
        format!(
            "“{address}” could not be fetched ({}).",
            message_of(&thrown)
        )
    };
    let response = JsFuture::from(answer?).await.map_err(failed)?;
    let response: Response = response.dyn_into().map_err(failed)?;
    if !response.ok() {
        return Err(format!(
            "There is nothing at “{address}” (answer {}).",
            response.status()
        ));
    }
    let buffer = JsFuture::from(response.array_buffer().map_err(failed)?)
        .await
        .map_err(failed)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The whole address, where it is of the page's own origin: nothing else is ever asked.
fn same_origin(address: &str) -> Result<String, String> {
    let base = window()
        .location()
        .href()
        .map_err(|thrown| message_of(&thrown))?;
    let url = web_sys::Url::new_with_base(address, &base)
        .map_err(|_| format!("“{address}” is not an address."))?;
    let origin = window()
        .location()
        .origin()
        .map_err(|thrown| message_of(&thrown))?;
    if url.origin() == origin {
        Ok(url.href())
    } else {
        Err(format!(
            "“{address}” is on another site. Sets are read from this site alone."
        ))
    }
}
