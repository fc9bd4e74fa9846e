//! What can be read off the texts by counting and comparing, without anybody's judgement.
//!
//! Plain functions over the model. Knows no browser, no JSON, no clock and no chance.

mod find;

pub use find::{FoldCase, Folded, find};
