//! Stands in for the crate wasm-streams, which comes with leptos for its server functions. Sourcelight has no server, but
//! the crate exports classes to JavaScript, and exports stay in the program whether they are used or not: 4 kB (brotli).
//!
//! Only what server_fn names is here, and none of it can be reached.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::JsValue;

/// A stream of the browser. There is none.
#[derive(Debug)]
pub struct ReadableStream(Infallible);

impl ReadableStream {
    /// Would wrap a stream of the browser.
    ///
    /// # Panics
    /// Always.
    pub fn from_raw(_raw: web_sys::ReadableStream) -> Self {
        panic!("Sourcelight calls no server functions")
    }

    /// Would hand a stream to the browser.
    ///
    /// # Panics
    /// Always.
    pub fn from_stream<St>(_stream: St) -> Self
    where
        St: Stream<Item = Result<JsValue, JsValue>> + 'static,
    {
        panic!("Sourcelight calls no server functions")
    }

    /// The browser's own stream.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        match self.0 {}
    }

    /// Its chunks.
    pub fn into_stream(self) -> IntoStream {
        IntoStream(self.0)
    }
}

/// The chunks of a stream. There are none.
#[derive(Debug)]
pub struct IntoStream(Infallible);

impl Stream for IntoStream {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0 {}
    }
}
