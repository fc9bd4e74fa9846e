//! How far people who marked the same articles agree, and where they do not.
//!
//! A [`Study`] says who marked which words as what; [`Gathering`] makes it article by article. [`Counting`] goes
//! through it article by article and gives an [`Agreement`]: the measures of everything, of each label, each article
//! and each two people. [`Gamma`] takes longer and is counted by itself. Chance comes in as [`Draws`] with a seed.
//! What cannot be known is [`Undefined`], which says why.

mod aligning;
mod cells;
mod confusion;
mod counting;
mod draws;
mod gamma;
mod heat;
mod intervals;
mod nominal;
mod result;
mod spans;
mod study;
mod unitizing;
mod value;

pub use confusion::Confusion;
pub use counting::Counting;
pub use draws::Draws;
pub use gamma::{Gamma, Gammas};
pub use heat::{Passage, Passages, Run, runs};
pub use intervals::{Drawing, Interval, Intervals};
pub use result::{Agreement, ArticleRow, LabelRow, Measures, PairRow};
pub use spans::Match;
pub use study::{Article, Choice, Gathering, Mark, Study};
pub use value::{Undefined, Value};

/// How far people agree, counted in one go; ends of marks that are nearly the same may be so many words apart.
pub fn agreement(study: &Study, tolerance: usize) -> Agreement {
    let mut counting = Counting::new(study, tolerance);
    while counting.step() {}
    counting.finish()
}
