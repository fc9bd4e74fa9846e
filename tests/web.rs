//! What only a browser can show. Run by `cargo xtask test`.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

#[path = "web/letters.rs"]
mod letters;
#[path = "web/local_store.rs"]
mod local_store;
