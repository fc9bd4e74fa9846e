//! What people see and touch. Reads the [`Session`], runs its commands, and holds for itself only
//! what concerns no one else: which sheet or dialog is open, what a filter says.

pub mod articles;
pub mod commands;
pub mod dialogs;
mod dynamic;
mod element;
mod exchange;
pub mod keyboard;
pub mod label_colors;
pub mod later;
mod long_list;
pub mod look;
pub mod marks;
pub mod notices;
pub mod opening;
pub mod palette;
pub mod reader;
mod rows;
mod saving;
pub mod shell;

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use crate::analysis::{FoldCase, Folded};
use crate::dom;
use crate::model::{DocumentId, LabelId, Timestamp};
use crate::session::{Session, Watched};
use crate::storage::Usage;
use commands::Keymap;
use look::Look;
pub use opening::Report;

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
    /// By article, in bytes, the largest first.
    pub articles: Vec<(String, usize)>,
    /// How many articles are in the larger store alone.
    pub moved: usize,
}

/// What the screen asks of whoever keeps the work. Answers that take time come to `then`.
pub trait Keeper {
    /// How full the quick storage is, and how much each article takes.
    fn space(&self) -> Space;
    /// A file with everything was saved.
    fn was_exported(&self);
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
    /// What was found in files of other programs, before it is taken over.
    Import(Arc<exchange::Incoming>),
    /// What became of the files that were opened.
    Report(Arc<Report>),
    /// What is wrong in the project, with repairs; so many were made since it was first opened.
    Check(u32),
    /// The sentences of the open article, to be marked.
    Sentences,
    /// Mark all places with the same words.
    MarkAll(Same),
    /// How it works and all keys.
    Help,
    /// Which keys run what, to be changed.
    Keys,
    /// All commands, to be searched.
    Commands,
    /// How the text is shown.
    View,
}

impl Dialog {
    /// Whether it is in the part of the program with the formats of other programs.
    fn is_of_doors(&self) -> bool {
        matches!(self, Dialog::Export | Dialog::Import(_))
    }
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

/// Small settings that last beyond this visit.
pub trait Settings {
    /// The value of a setting that was made.
    fn recall(&self, name: &str) -> Option<String>;
    /// Keeps the value of a setting.
    fn remember(&self, name: &str, value: &str);
}

/// What the parts of the screen share besides the session.
#[derive(Clone, Copy)]
pub struct Screen {
    /// The dialog that is open.
    pub dialog: RwSignal<Option<Dialog>, LocalStorage>,
    /// The side area that is open on a narrow screen.
    pub sheet: Watched<Option<Sheet>>,
    /// Counts requests to put the cursor into the note of the focused mark.
    pub note: RwSignal<u32>,
    /// Counts requests to find words in the open article.
    pub find: RwSignal<u32>,
    /// Counts requests to split the mark at the cursor.
    pub split: RwSignal<u32>,
    /// How the text is shown.
    pub look: Watched<Look>,
    /// Which keys run which command.
    pub keys: Watched<Keymap>,
    /// Whether the reading set is still on its way.
    pub loading: RwSignal<bool>,
    /// How many stored values could not be read and are set aside.
    pub set_aside: usize,
    settings: StoredValue<Rc<dyn Settings>, LocalStorage>,
    after: StoredValue<Option<Box<dyn FnOnce()>>, LocalStorage>,
    keeper: StoredValue<Option<Rc<dyn Keeper>>, LocalStorage>,
}

impl Screen {
    /// A screen without dialogs, as its settings say; `set_aside` stored values could not be read.
    pub fn new(session: Session, settings: Rc<dyn Settings>, set_aside: usize) -> Self {
        let screen = Self {
            dialog: RwSignal::new_local(None),
            sheet: Watched::new(None),
            note: RwSignal::new(0),
            find: RwSignal::new(0),
            split: RwSignal::new(0),
            look: Watched::new(Look::default()),
            keys: Watched::new(Keymap::default()),
            loading: RwSignal::new(true),
            set_aside,
            settings: StoredValue::new_local(settings),
            after: StoredValue::new_local(None),
            keeper: StoredValue::new_local(None),
        };
        screen.read_settings(session);
        screen
    }

    /// Takes over the settings as they are kept now; another tab may have changed them.
    pub fn read_settings(&self, session: Session) {
        let view = session.view;
        let on = |name: &str| self.recall(name).map(|it| it == "on");
        view.whole_words.set(on("whole-words").unwrap_or(false));
        view.letter_keys.set(on("letter-keys").unwrap_or(true));
        let look = look::kept(|name| self.recall(name));
        if look != self.look.get_untracked() {
            self.look.set(look);
        }
        let keys = Keymap::read(&self.recall("keys").unwrap_or_default());
        if self.keys.with_untracked(|now| *now != keys) {
            self.keys.set(keys);
        }
    }

    /// Lets selections widen to whole words, or not.
    pub fn set_whole_words(&self, session: Session, on: bool) {
        session.view.whole_words.set(on);
        self.remember("whole-words", if on { "on" } else { "off" });
    }

    /// Changes which keys run which command, and keeps it.
    pub fn change_keys(&self, change: impl FnOnce(&mut Keymap)) {
        self.keys.update(change);
        self.remember("keys", &self.keys.with_untracked(Keymap::written));
    }

    /// Counts one request more.
    pub fn ask(&self, requests: RwSignal<u32>) {
        requests.update(|count| *count += 1);
    }

    /// Who keeps the work; nobody where the browser forbids storage.
    pub fn keeper(&self) -> Option<Rc<dyn Keeper>> {
        self.keeper.get_value()
    }

    /// Says who keeps the work.
    pub fn set_keeper(&self, keeper: Rc<dyn Keeper>) {
        self.keeper.set_value(Some(keeper));
    }

    /// Does this once the dialog that is open has closed and the focus is back where it was.
    pub fn after_dialog(&self, act: impl FnOnce() + 'static) {
        self.after.set_value(Some(Box::new(act)));
    }

    /// The dialog that was open has closed.
    pub fn dialog_closed(&self) {
        self.dialog.set(None);
        if let Some(act) = self.after.try_update_value(Option::take).flatten() {
            act();
        }
    }

    /// Opens a dialog.
    pub fn open(&self, dialog: Dialog) {
        self.dialog.set(Some(dialog));
    }

    /// A setting that was made, perhaps at another visit.
    pub fn recall(&self, name: &str) -> Option<String> {
        self.settings.with_value(|it| it.recall(name))
    }

    /// Remembers a setting beyond this visit.
    pub fn remember(&self, name: &str, value: &str) {
        self.settings.with_value(|it| it.remember(name, value));
    }
}

/// The session and the screen of the running page.
pub fn context() -> (Session, Screen) {
    (expect_context(), expect_context())
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
