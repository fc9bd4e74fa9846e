//! Sourcelight.
pub mod dom;
pub mod format;
pub mod model;
pub mod session;
pub mod storage;
