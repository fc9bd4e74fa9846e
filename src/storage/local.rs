//! Local storage through gloo-storage, made safe where that would abort the page.
//!
//! gloo's `raw()` ends the program where the browser forbids storage, and its `get_all` fails at
//! the first key of somebody else. So each call first asks the browser whether there is a store at
//! all, and keys are listed with js-sys. Knows nothing of what is stored.

use gloo_storage::{LocalStorage, Storage as _};
use wasm_bindgen::{JsCast, JsValue};

use super::{KeyValue, StorageError, Visit};

/// The browser's local storage.
#[derive(Debug)]
pub struct LocalStore(());

impl LocalStore {
    /// The store, where the browser lets the page have it.
    ///
    /// # Errors
    /// [`StorageError::Blocked`] where site data is blocked or the page is in a sandboxed frame.
    pub fn open() -> Result<Self, StorageError> {
        area().map(|_| Self(()))
    }
}

impl LocalStore {
    /// Deletes every key of ours, whatever it is for.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub fn erase(&self) -> Result<(), StorageError> {
        for key in self.keys()? {
            if key.starts_with("sl1:") {
                self.delete(&key)?;
            }
        }
        Ok(())
    }

    /// Whether no key of ours is there.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub fn is_erased(&self) -> Result<bool, StorageError> {
        Ok(!self.keys()?.iter().any(|key| key.starts_with("sl1:")))
    }
}

impl KeyValue for LocalStore {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        area()?.get_item(key).map_err(|error| explain(&error))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        area()?;
        // It is JSON already; gloo's own `set` would make JSON of it once more.
        let set = LocalStorage::raw().set_item(key, value);
        set.map_err(|error| explain(&error))
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), StorageError> {
        // A Rust string cannot hold half a surrogate pair, which damage or a foreign hand may have
        // left in a value. So the value stays JavaScript's own string on its way.
        let area = &area()?;
        let method = |name: &str| -> Result<js_sys::Function, StorageError> {
            let method =
                js_sys::Reflect::get(area, &name.into()).map_err(|error| explain(&error))?;
            method.dyn_into().map_err(|error| explain(&error))
        };
        let value = method("getItem")?.call1(area, &from.into());
        let value = value.map_err(|error| explain(&error))?;
        if value.is_null() {
            return Ok(());
        }
        let set = method("setItem")?.call2(area, &to.into(), &value);
        set.map(drop).map_err(|error| explain(&error))
    }

    fn delete(&self, key: &str) -> Result<(), StorageError> {
        area()?.remove_item(key).map_err(|error| explain(&error))
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        let area = area()?;
        Ok(names(&js_sys::Object::keys(&area)))
    }

    fn visit(&self, visit: &mut Visit<'_>) -> Result<(), StorageError> {
        let area = area()?;
        let keys = js_sys::Object::keys(&area);
        let names = names(&keys);
        for (place, name) in (0..).zip(&names) {
            // As a property, which takes the key as the browser has it. A key of somebody else may
            // be called like a method.
            let property = || {
                js_sys::Reflect::get(&area, &keys.get(place))
                    .ok()?
                    .as_string()
            };
            let value = || property().map_or_else(|| self.get(name), |it| Ok(Some(it)));
            visit((place as usize, names.len()), name, &value)?;
        }
        Ok(())
    }
}

/// Keys as texts. One long text crosses over to us in a fraction of the time that thousands of
/// short ones take.
fn names(keys: &js_sys::Array) -> Vec<String> {
    let joined = String::from(keys.join("\0"));
    let parts: Vec<String> = joined.split('\0').map(str::to_owned).collect();
    match parts.len() == keys.length() as usize {
        true => parts,
        // Somebody else's key has the separator in it.
        false => keys
            .iter()
            .map(|key| key.as_string().unwrap_or_default())
            .collect(),
    }
}

fn area() -> Result<web_sys::Storage, StorageError> {
    let window = web_sys::window().ok_or(StorageError::Blocked)?;
    match window.local_storage() {
        Ok(Some(area)) => Ok(area),
        Ok(None) | Err(_) => Err(StorageError::Blocked),
    }
}

pub(super) fn explain(error: &JsValue) -> StorageError {
    let field = |name: &str| js_sys::Reflect::get(error, &name.into()).ok();
    let text = |name| {
        field(name)
            .and_then(|it| it.as_string())
            .unwrap_or_default()
    };
    let code = field("code").and_then(|it| it.as_f64());
    judge(&text("name"), code, text("message"))
}

/// Names first; the numbers 22 and 1014 are what Chromium and Firefox have long given a full store.
fn judge(name: &str, code: Option<f64>, message: String) -> StorageError {
    match (name, code) {
        ("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED", _) => StorageError::Full,
        (_, Some(22.0 | 1014.0)) => StorageError::Full,
        ("SecurityError", _) => StorageError::Blocked,
        _ => StorageError::Other(if message.is_empty() {
            name.to_owned()
        } else {
            message
        }),
    }
}
