//! Files in and out: every fixture still opens, every bad input gets a sentence, every textual
//! trap comes back as it went out.

#[path = "../support/mod.rs"]
mod support;

mod articles;
mod bad_input;
mod exchange;
mod fixtures;
mod merging;
mod placing;
mod reference;
mod schema;
mod told;
mod traps;
