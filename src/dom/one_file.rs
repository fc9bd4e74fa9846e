//! The page in one file: whether this is it, and how it is written. Knows nothing of the work that is put into it.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::{fetch, message_of, window};

/// Where the file lies beside the page on a site.
const ADDRESS: &str = "sourcelight.html";

/// Whether the page was opened from one file, which has stores of its own. Its first script says so.
pub fn is_open() -> bool {
    write_again().is_some()
}

/// The text of the file, as it was made: of this very page, or of the one that lies beside it on the site.
///
/// # Errors
/// A sentence, where it cannot be had.
pub async fn text() -> Result<String, String> {
    match write_again() {
        Some(write) => {
            let text = write.call0(&JsValue::UNDEFINED);
            let text = text.map_err(|thrown| message_of(&thrown))?;
            text.as_string().ok_or_else(String::new)
        }
        None => {
            let bytes = fetch::bytes(fetch::ask(ADDRESS)).await?;
            String::from_utf8(bytes).map_err(|_| format!("“{ADDRESS}” is another file."))
        }
    }
}

/// What the file's last script has left to write it again.
fn write_again() -> Option<Function> {
    let write = Reflect::get(&window(), &"sourcelightFile".into()).ok()?;
    write.dyn_into().ok()
}
