//! The cast, who speaks in all articles: chosen for a mark, and looked at as a whole. All of it comes with
//! the second file. Knows nothing of who is likely to speak: the analysis says.

mod choice;
mod dialog;
mod offers;
mod person;
mod quotes;
mod speaker_bar;

pub use choice::speaker_field;
pub use dialog::cast_dialog;
pub use speaker_bar::speaker_bar;
