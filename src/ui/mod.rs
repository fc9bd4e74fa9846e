//! What people see and touch. Reads the [`Session`], runs its commands, and holds for itself only
//! what concerns no one else: which sheet or dialog is open, what a filter says.

mod accounts;
pub mod articles;
mod cast;
pub mod commands;
pub mod dialogs;
mod dynamic;
mod edition;
mod element;
mod exchange;
mod file_field;
mod inspector;
pub mod keyboard;
pub mod label_colors;
pub mod later;
mod long_list;
pub mod look;
mod markdown;
pub mod marks;
pub mod notices;
pub mod opening;
pub mod palette;
mod people;
mod places;
pub mod reader;
mod rows;
mod saving;
mod scheme;
mod screen;
pub mod shell;
mod work;

use std::sync::Arc;

use crate::analysis::{FoldCase, Folded};
use crate::dom;
use crate::model::{AnnotationId, DocumentId, LabelId, Timestamp};
use crate::storage::Usage;
pub use accounts::{Comparing, search_for};
pub use opening::Report;
pub use people::PeoplePage;
pub use screen::{Screen, Settings, context};

/// What is called with an answer that takes time.
pub type Then<T> = Box<dyn FnOnce(T)>;

/// A state that the project can be brought back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestorePoint {
    /// What it is asked for by.
    pub key: String,
    /// When it was kept.
    pub at: Timestamp,
    /// What was done next.
    pub reason: String,
}

/// The room in the quick storage.
#[derive(Debug, Clone)]
pub struct Space {
    /// How full it is.
    pub usage: Usage,
    /// By article, in UTF-16 units, the largest first.
    pub articles: Vec<(String, usize)>,
    /// How many articles are in the larger store alone.
    pub moved: usize,
}

/// What the screen asks of whoever keeps the work. Answers that take time come to `then`.
pub trait Keeper {
    /// How full the quick storage is, and how much each article takes.
    fn space(&self) -> Space;
    /// Lets the person choose a folder in which backups are kept from now on.
    fn choose_backup(&self);
    /// Goes on with backups that have paused.
    fn resume_backup(&self);
    /// Writes no more backups.
    fn stop_backup(&self);
    /// Asks the browser not to clear the data by itself, and tells whether it agreed.
    fn persist(&self, then: Then<bool>);
    /// The restore points, newest first.
    fn points(&self, then: Then<Vec<RestorePoint>>);
    /// The project file of such a state.
    fn point(&self, key: String, then: Then<Option<String>>);
    /// Deletes everything of ours in this browser, and looks that nothing is left.
    fn erase(&self, then: Then<Result<(), String>>);
}

/// A dialog over the page.
#[derive(Clone)]
pub enum Dialog {
    /// Where the work is, and what can be done for it.
    Storage,
    /// Choose what to download.
    Export,
    /// Add a text by hand; it may come filled.
    Paste(String),
    /// What is known of an article.
    Details(DocumentId),
    /// A later text of an article, and its marks there; the second is that text where it is here already.
    Edition(DocumentId, Option<DocumentId>),
    /// What was found in files of other programs, before it is taken over.
    Import(Arc<exchange::Incoming>),
    /// What a link holds, as it stands in the address; it is empty where one is to be made.
    Link(String),
    /// What became of the files that were opened.
    Report(Arc<Report>),
    /// What is wrong in the project, with repairs; so many were made since it was first opened.
    Check(u32),
    /// The sentences of the open article, to be marked.
    Sentences,
    /// Mark all places with the same words.
    MarkAll(Same),
    /// Who speaks in all articles.
    Cast,
    /// What each article lacks; `true` where the open one was to be set to done.
    Missing(bool),
    /// How the first mark is related to the second.
    Relate(AnnotationId, AnnotationId),
    /// How it works and all keys.
    Help,
    /// Which keys run what, to be changed.
    Keys,
    /// The labels, questions and relations, to be changed.
    Scheme(SchemePage),
    /// Who marked, and what is done with it together.
    People(PeoplePage),
    /// All commands, to be searched.
    Commands,
    /// How the text is shown.
    View,
}

impl Dialog {
    /// The part of the program that it is in.
    fn part(&self) -> later::Part {
        match self {
            Dialog::Export | Dialog::Import(_) | Dialog::Link(_) | Dialog::Edition(..) => {
                later::Part::Doors
            }
            Dialog::Scheme(_) => later::Part::Scheme,
            Dialog::People(_) => later::Part::People,
            _ => later::Part::Second,
        }
    }
}

/// A page of the dialog about what a project asks of those who mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemePage {
    /// The labels.
    Labels,
    /// What is asked about marks and articles.
    Questions,
    /// The kinds of relations.
    Relations,
    /// Schemas as files.
    Files,
    /// What the labels mean, to be read.
    Guide,
}

/// Which words are looked for, to mark them wherever they stand.
#[derive(Debug, Clone)]
pub struct Same {
    /// The words.
    pub words: String,
    /// The label to begin with; `None` for the first.
    pub label: Option<LabelId>,
    /// Whether capitals and small letters differ.
    pub exact_case: bool,
    /// Whether only whole words count.
    pub whole_words: bool,
}

/// A side area that lies over the reader on a narrow screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// The list of articles.
    Articles,
    /// The list of marks.
    Marks,
}

impl Sheet {
    /// Whether the area lies over the reader in a window of this width, as the style sheet has it.
    pub fn covers(self) -> bool {
        dom::prefers(match self {
            Sheet::Articles => "(max-width: 71rem)",
            Sheet::Marks => "(max-width: 47.5rem)",
        })
    }
}

/// What to do where so much of the quick storage is in use, in percent.
pub fn room_advice(percent: usize) -> &'static str {
    match percent {
        0..60 => "",
        60..80 => "Set finished articles to Done: when it gets scarce they leave it by themselves.",
        80..95 => {
            "Finished articles go to the larger store by themselves; set more of them to Done."
        }
        _ => {
            "New work goes to the larger store alone. Export, then remove what you no longer need."
        }
    }
}

/// A date as people write it, for a date that a file gave: `2031-05-03` becomes `3 May 2031`;
/// what is no such date stays as it is.
pub fn shown_date(date: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let parts: Vec<&str> = date.get(..10).unwrap_or(date).split('-').collect();
    let [year, month, day] = parts[..] else {
        return date.to_owned();
    };
    match (
        year.parse::<u16>(),
        month.parse::<usize>(),
        day.parse::<u8>(),
    ) {
        (Ok(year), Ok(month @ 1..=12), Ok(day @ 1..=31)) => {
            format!("{day} {} {year}", MONTHS[month - 1])
        }
        _ => date.to_owned(),
    }
}

/// A text in the form in which it is compared, by the browser's tables of letters.
pub fn compared(text: &str, exact_case: bool) -> Folded {
    Folded::new(text, (!exact_case).then_some(&dom::fold_case as &FoldCase))
}

/// Today as `2031-05-03`, for the name of a file.
pub fn today(now: Timestamp) -> String {
    let date = js_sys::Date::new(&(now.0 as f64).into());
    let (year, month, day) = (date.get_full_year(), date.get_month() + 1, date.get_date());
    format!("{year}-{month:02}-{day:02}")
}

/// `one` for 1, else `many` with the number before it.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_people_write_them() {
        for (given, shown) in [
            ("2031-05-03", "3 May 2031"),
            ("2031-05-03T10:00:00Z", "3 May 2031"),
            ("Spring 2031", "Spring 2031"),
            ("2031-13-03", "2031-13-03"),
            ("", ""),
            ("Æøå-ßßßß-æææ", "Æøå-ßßßß-æææ"),
        ] {
            assert_eq!(shown_date(given), shown);
        }
    }
}
