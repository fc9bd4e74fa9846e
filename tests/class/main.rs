//! Many people at the same articles: what they hand in merged, how far they agree against the libraries that
//! are known for it, its laws, and how long it takes.

mod files;
mod first_labels;
mod hand_in;
mod hand_in_said;
mod judged;
mod key;
mod laws;
mod lesson;
mod made;
mod shared;
mod speed;
#[path = "../support/mod.rs"]
mod support;
mod withheld;
