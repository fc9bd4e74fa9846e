//! What the comparison of accounts finds, against the model answer of the practice set and against made
//! texts, and how long it takes.
//!
//! Nothing here is fitted to single sentences: the practice set is searched with every quotation of its
//! key, together with the articles of others that lie beside the repository, where there are some.

mod concordance;
mod editions;
mod figures;
mod made;
mod names;
mod passages;
mod practice;
mod sources;
mod speed;
#[path = "../support/mod.rs"]
mod support;
mod threads;
