//! What always holds, tried on generated texts and projects. Laws (L) are those of the project's
//! architecture, rules (M) those of `model/mod.rs`.

#[path = "../support/mod.rs"]
mod support;

mod editing;
mod files;
mod generate;
mod parts;
mod text;
mod wishes;
