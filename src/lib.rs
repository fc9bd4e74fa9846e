//! Sourcelight.
pub mod model;
