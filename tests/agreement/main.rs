//! Agreement against the libraries that are known for it, its laws, and how long it takes.

mod judged;
mod laws;
mod made;
mod speed;
#[path = "../support/mod.rs"]
mod support;
