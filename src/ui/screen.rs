//! What the parts of the screen share besides the session: which dialog is open, how the text is
//! shown, small settings. Knows nothing of what the parts look like.

use std::rc::Rc;

use leptos::prelude::*;

use super::accounts::Comparing;
use super::commands::Keymap;
use super::dynamic::effect;
use super::inspector::{ASKS_ALL, Desk};
use super::look::{self, Look};
use super::{Dialog, Keeper, Sheet};
use crate::session::{Session, Watched};

/// Small settings that last beyond this visit.
pub trait Settings {
    /// The value of a setting that was made.
    fn recall(&self, name: &str) -> Option<String>;
    /// Keeps the value of a setting.
    fn remember(&self, name: &str, value: &str);
}

/// The setting whether it is kept what marks were first taken for.
pub const KEEPS_FIRST: &str = "first-labels";

/// The setting that says whether people are called by names that say nothing.
pub const HIDES_NAMES: &str = "hide-names";

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
    /// What was typed for the field of the find bar before that was here.
    pub typed_ahead: RwSignal<String>,
    /// Counts the files with everything that were saved.
    exports: RwSignal<u32>,
    /// Counts requests to split the mark at the cursor.
    pub split: RwSignal<u32>,
    /// How the text is shown.
    pub look: Watched<Look>,
    /// Which keys run which command.
    pub keys: Watched<Keymap>,
    /// What the panels about marks are doing.
    pub desk: Watched<Desk>,
    /// The accounts that stand beside each other; none where one article is read alone.
    pub comparing: Watched<Option<Comparing>>,
    /// What is looked for in all articles, as the address has it; none where nothing is.
    pub searching: Watched<Option<String>>,
    /// Counts requests to find the chosen words in the other articles.
    pub versions: RwSignal<u32>,
    /// Counts how often the columns were moved sideways.
    pub swiped: RwSignal<u32>,
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
            typed_ahead: RwSignal::new(String::new()),
            exports: RwSignal::new(0),
            split: RwSignal::new(0),
            look: Watched::new(Look::default()),
            keys: Watched::new(Keymap::default()),
            desk: Watched::new(Desk::default()),
            comparing: Watched::new(None),
            searching: Watched::new(None),
            versions: RwSignal::new(0),
            swiped: RwSignal::new(0),
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
        view.keeps_first.set(on(KEEPS_FIRST).unwrap_or(false));
        view.hides_names.set(on(HIDES_NAMES).unwrap_or(false));
        let asks_all = on(ASKS_ALL).unwrap_or(false);
        if asks_all != self.desk.with_untracked(|it| it.asks_all) {
            self.desk.update(|it| it.asks_all = asks_all);
        }
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
        self.switch("whole-words", on);
    }

    /// Lets single letters, digits and signs be keys, or not.
    pub fn set_letter_keys(&self, session: Session, on: bool) {
        session.view.letter_keys.set(on);
        self.switch("letter-keys", on);
    }

    /// Remembers a setting that is on or off.
    fn switch(&self, name: &str, on: bool) {
        self.remember(name, if on { "on" } else { "off" });
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

    /// Nobody wants to find words any more.
    pub fn forget_finding(&self) {
        self.find.set(0);
        self.typed_ahead.set(String::new());
    }

    /// Who keeps the work; nobody where the browser forbids storage.
    pub fn keeper(&self) -> Option<Rc<dyn Keeper>> {
        self.keeper.get_value()
    }

    /// Says who keeps the work.
    pub fn set_keeper(&self, keeper: Rc<dyn Keeper>) {
        self.keeper.set_value(Some(keeper));
    }

    /// Everything was saved in a file.
    pub fn was_exported(&self) {
        self.ask(self.exports);
    }

    /// Does this whenever everything was saved in a file.
    pub fn follow_exports(self, act: impl Fn() + 'static) {
        effect(move || {
            if self.exports.get() > 0 {
                act();
            }
        });
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
