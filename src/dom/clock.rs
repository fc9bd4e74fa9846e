//! The time and fresh ids. Knows nothing of who asks.

use crate::model::Timestamp;

/// The time now, by the machine's clock.
pub fn now() -> Timestamp {
    Timestamp(js_sys::Date::now().max(0.0) as u64)
}

/// A time as people here write it.
pub fn shown(at: Timestamp) -> String {
    let date = js_sys::Date::new(&(at.0 as f64).into());
    date.to_locale_string("default", &wasm_bindgen::JsValue::UNDEFINED)
        .into()
}

/// A fresh id: a UUID of version 7 after a letter, so that it is valid as an id everywhere and
/// later ones sort behind earlier ones.
pub fn new_id() -> String {
    let milliseconds = now().0;
    let at = uuid::Timestamp::from_unix_time(
        milliseconds / 1_000,
        (milliseconds % 1_000) as u32 * 1_000_000,
        0,
        0,
    );
    format!("a{}", uuid::Uuid::new_v7(at).simple())
}
