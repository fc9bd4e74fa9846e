//! Keeps the work: each change goes on from the journal to the safe copy. Shows where the work is,
//! and how much of it is in no file. What can wait until the page is ready is in `upkeep.rs`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::backup::Chosen;
use super::upkeep::Upkeep;
use crate::format;
use crate::model::{Change, IMPORT, Record};
use crate::session::{Backup, Origin, SaveState, Session};
use crate::storage::{Condition, Journal, Mirror, StorageError};

/// How long a change may be on its way before the page stops saying "Saving".
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// The setting that remembers how much of the work is in a file.
const EXPORTED: &str = "exported";

/// After so many changes that are in no file, and again after as many more, the page says so.
const REMIND: usize = 25;

/// Removing so many marks at once is worth a restore point.
const MANY: usize = 10;

const FULL: &str = "The browser’s quick storage is full. What you do now is kept on this device in its larger store. \
                    Export, then remove articles that you no longer need.";

/// Holds the journal, the safe copy and the session together. Clones are the same.
#[derive(Clone)]
pub(super) struct Keeping {
    pub(super) session: Session,
    pub(super) journal: Rc<RefCell<Journal>>,
    pub(super) mirror: Mirror,
    /// Counts the reports of the safe copy, so that a timer knows whether one came since.
    reports: Rc<Cell<u32>>,
    /// Whether the safe copy has been silent for too long.
    is_late: Rc<Cell<bool>>,
    has_told_full: Rc<Cell<bool>>,
    /// How often it is still tried to read the safe copy; none where it was read, or is being read.
    pub(super) tries_to_unite: Rc<Cell<u8>>,
    /// What comes with the second file, as soon as it is here.
    pub(super) upkeep: Rc<Cell<Option<&'static Upkeep>>>,
    /// How full the quick storage was when the person was last told, in percent.
    pub(super) told_room: Rc<Cell<usize>>,
    pub(super) chosen: Chosen,
    /// How many articles were finished when room was last made for new ones.
    pub(super) made_room_for: Rc<Cell<usize>>,
}

/// Begins to keep.
pub(super) fn begin(session: Session, journal: Rc<RefCell<Journal>>) -> Keeping {
    let shown: Rc<RefCell<Option<Keeping>>> = Rc::default();
    let known = shown.clone();
    let mirror = Mirror::new(move || {
        // A copy, since showing may lead to the next report.
        let keeping = known.borrow().clone();
        if let Some(keeping) = keeping {
            keeping.reported();
        }
    });
    let keeping = Keeping {
        session,
        journal,
        mirror,
        reports: Rc::default(),
        is_late: Rc::default(),
        has_told_full: Rc::default(),
        tries_to_unite: Rc::default(),
        upkeep: Rc::default(),
        told_room: Rc::default(),
        made_room_for: Rc::default(),
        chosen: Chosen::default(),
    };
    *shown.borrow_mut() = Some(keeping.clone());
    keeping.follow_changes();
    keeping.keep_points();
    keeping.reported();
    keeping
}

impl Keeping {
    fn follow_changes(&self) {
        let keeping = self.clone();
        self.session.observe(move |_, origin| {
            if matches!(origin, Origin::Local | Origin::Undo) {
                keeping.pass_on();
            }
        });
        let keeping = self.clone();
        let retry = move || {
            if keeping.journal.borrow().pending() > 0 {
                // Whether it worked is what the state then shows.
                drop(keeping.journal.borrow_mut().retry());
            }
            if keeping.is_late.get() {
                keeping.mirror.give_up();
            }
            keeping.pass_on();
        };
        drop(set_interval_with_handle(retry, Duration::from_secs(5)));
    }

    /// Passes on to the safe copy what the journal has written.
    pub(super) fn pass_on(&self) {
        let writes = self.journal.borrow_mut().take_unmirrored();
        self.mirror.write(writes);
        self.count_unexported();
        self.show();
        if let Some(upkeep) = self.upkeep.get() {
            (upkeep.passed_on)(self);
        }
    }

    /// The safe copy has said something.
    fn reported(&self) {
        let report = self.reports.get().wrapping_add(1);
        self.reports.set(report);
        self.is_late.set(false);
        self.show();
        if let Some(upkeep) = self.upkeep.get()
            && self.mirror.condition() == Condition::Complete
            && (self.mirror.take_lost() || self.tries_to_unite.get() > 0)
        {
            (upkeep.unite)(self);
        }
        if self.mirror.condition() == Condition::Writing {
            let keeping = self.clone();
            let check = move || {
                if keeping.reports.get() == report {
                    keeping.is_late.set(true);
                    keeping.show();
                }
            };
            set_timeout(check, PATIENCE);
        }
    }

    fn show(&self) {
        let trouble = self.journal.borrow().trouble();
        let copy = self.mirror.condition();
        let is_full = trouble == Some(StorageError::Full);
        if is_full && copy == Condition::Complete && !self.has_told_full.replace(true) {
            self.session.view.warn(FULL);
        }
        let unsaved = |why: &dyn std::fmt::Display| {
            SaveState::NotSaved(format!("{why} Export now, before you close this page."))
        };
        self.session.set_save_state(match (trouble, copy) {
            (None | Some(StorageError::Full), Condition::Complete) => SaveState::Saved,
            (None | Some(StorageError::Full), Condition::Writing) if !self.is_late.get() => {
                SaveState::Saving
            }
            (Some(error), _) => unsaved(&error),
            // Local storage would not notice: where the disk is full it takes everything and loses it.
            (None, Condition::Failing(error)) if error != StorageError::Full => unsaved(&error),
            (None, _) => SaveState::BrowserOnly,
        });
    }

    /// Keeps a restore point before each import, each removal of articles and of many marks.
    fn keep_points(&self) {
        let owned = self.clone();
        self.session.observe(move |change, origin| {
            let is_stopped = owned.journal.borrow().is_stopped();
            if origin == Origin::Local && is_drastic(change) && !is_stopped {
                let file = format::render_all(&owned.session.before(change));
                let (mirror, reason, at) = (owned.mirror.clone(), change.name.clone(), change.at);
                spawn_local(async move { mirror.keep_point(at.0, &reason, file).await });
            }
        });
    }

    /// A file with everything was saved.
    pub(super) fn was_exported(&self) {
        let written = self.journal.borrow().written();
        self.exported_up_to(written);
    }

    /// So many changes are in a file.
    pub(super) fn exported_up_to(&self, number: u64) {
        let mut journal = self.journal.borrow_mut();
        // Where it cannot be kept, the reminder comes once too often.
        drop(journal.set_setting(EXPORTED, &number.to_string()));
        drop(journal);
        self.count_unexported();
    }

    /// Shows how many changes are in no file that was saved here.
    pub(super) fn count_unexported(&self) {
        let journal = self.journal.borrow();
        let exported = journal.setting(EXPORTED).and_then(|it| it.parse().ok());
        let count = journal.written().saturating_sub(exported.unwrap_or(0));
        drop(journal);
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let view = self.session.view;
        if count == view.unexported.get_untracked() {
            return;
        }
        view.unexported.set(count);
        if let Some(upkeep) = self.upkeep.get() {
            (upkeep.counted)(self);
        }
        let is_backed_up = matches!(view.backup.get_untracked(), Backup::Written(_));
        if count > 0 && count.is_multiple_of(REMIND) && !is_backed_up {
            view.say(
                format!("{count} changes are in no file yet. Ctrl or ⌘ + S saves one."),
                false,
            );
        }
    }
}

fn is_drastic(change: &Change) -> bool {
    let gone = change.records.iter().filter(|it| it.after.is_none());
    let gone_articles = gone
        .clone()
        .any(|it| matches!(it.before, Some(Record::Document(_))));
    // A single mark is brought back by undo, and by the journal.
    change.name == IMPORT || gone_articles || gone.count() > MANY || change.records.len() > 2 * MANY
}
