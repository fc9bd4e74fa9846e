//! Keeps the work: each change goes on from the journal to the safe copy, what is missing in one of
//! the two comes back from the other, and what other tabs write is taken in. Shows where the work is.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::backup::Chosen;
use crate::model::sorted::SortedSet;
use crate::model::{DocumentId, Project, Record, RecordChange, Timestamp};
use crate::session::{Origin, SaveState, Session};
use crate::storage::{Condition, Heard, Journal, Mirror, StorageError};
use crate::ui::counted;

/// How long a change may be on its way before the page stops saying "Saving".
const PATIENCE: Duration = Duration::from_secs(2);

const CLEARED: &str = "This site’s data was cleared in the browser. Your work was still open here and has been written again.";

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
    /// Whether the two stores are being compared, or have been.
    has_compared: Rc<Cell<bool>>,
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
        has_compared: Rc::default(),
        told_room: Rc::default(),
        made_room_for: Rc::default(),
        chosen: Chosen::default(),
    };
    *shown.borrow_mut() = Some(keeping.clone());
    keeping.follow_changes();
    keeping.follow_others();
    keeping.reported();
    let late = keeping.clone();
    set_timeout(move || late.compare_stores(), PATIENCE / 2);
    keeping
}

impl Keeping {
    /// Brings journal and safe copy to the same, the first time it is called. It may take a while,
    /// so the first article goes before it; but it does not wait for that long.
    pub(super) fn compare_stores(&self) {
        if self.has_compared.replace(true) {
            return;
        }
        let keeping = self.clone();
        spawn_local(async move {
            keeping.unite().await;
            keeping.find_backup().await;
        });
    }

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
    fn pass_on(&self) {
        let writes = self.journal.borrow_mut().take_unmirrored();
        self.mirror.write(writes);
        self.count_unexported();
        self.show();
        self.tell_room();
    }

    /// The safe copy has said something.
    fn reported(&self) {
        let report = self.reports.get().wrapping_add(1);
        self.reports.set(report);
        self.is_late.set(false);
        self.show();
        if self.mirror.condition() == Condition::Complete && self.mirror.take_lost() {
            let keeping = self.clone();
            spawn_local(async move { keeping.unite().await });
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

    /// Brings journal and safe copy to the same, at the start and after the copy was lost.
    async fn unite(&self) {
        if self.recover().await.is_err() {
            // The state says what holds now; what was only in the copy may come back another time.
            let moved = self.journal.borrow().moved().len();
            if moved > 0 {
                let words = counted(moved, "finished article is", "finished articles are");
                let where_to = "in this browser’s larger store, which does not open now";
                self.session.view.warn(format!("{words} {where_to}."));
            }
            // What waits for an article that is nowhere is told of.
            self.hear(Vec::new());
        }
        self.pass_on();
    }

    async fn recover(&self) -> Result<(), StorageError> {
        let keys = self.mirror.keys().await?;
        let moved = self.journal.borrow().moved();
        let compared = self.journal.borrow().compare(keys)?;
        let (fetch, bring) = compared;
        let found = self.mirror.values(fetch).await?;
        self.mirror.write(bring);
        let heard = self.with_journal(|journal, project, now| journal.recover(found, project, now));
        let marks = marks(&heard, &moved);
        self.take_in(heard);
        if marks > 0 {
            let words = counted(marks, "mark was", "marks were");
            self.session.view.say(
                format!("{words} recovered from the safe copy in this browser."),
                false,
            );
        }
        Ok(())
    }

    /// Takes in what other tabs write, as they write it and whenever this one comes back to sight.
    fn follow_others(&self) {
        let keeping = self.clone();
        drop(window_event_listener_untyped("storage", move |event| {
            let Some(event) = event.dyn_ref::<web_sys::StorageEvent>() else {
                return;
            };
            match (event.key(), event.new_value()) {
                (None, _) => keeping.write_again(),
                (Some(key), Some(value)) => keeping.hear(vec![(key, value)]),
                _ => {}
            }
        }));
        for event in ["visibilitychange", "focus", "pageshow"] {
            let keeping = self.clone();
            drop(window_event_listener_untyped(event, move |_| {
                keeping.catch_up()
            }));
        }
    }

    /// Has the journal do something with the project as it is now. What comes of it is taken in
    /// afterwards, as whoever sees a change may ask the journal.
    pub(super) fn with_journal<T>(
        &self,
        act: impl FnOnce(&mut Journal, &Project, Timestamp) -> T,
    ) -> T {
        let now = self.session.now();
        let mut journal = self.journal.borrow_mut();
        self.session.peek(|project| act(&mut journal, project, now))
    }

    fn hear(&self, found: Vec<(String, String)>) {
        self.take_in(self.with_journal(|journal, project, now| journal.hear(found, project, now)));
    }

    fn catch_up(&self) {
        let heard = self.with_journal(|journal, project, now| journal.catch_up(project, now));
        if let Ok(heard) = heard {
            self.take_in(heard);
        }
    }

    fn take_in(&self, heard: Heard) {
        self.session.receive_removed(heard.removed_documents);
        if !heard.change.records.is_empty() {
            self.session.receive_change(heard.change, Origin::Elsewhere);
        }
        for problem in heard.problems {
            self.session.view.warn(problem);
        }
    }

    /// The person has cleared the site's data while the work is still here.
    fn write_again(&self) {
        // Where it fails the state says so, and it is tried again.
        drop(self.with_journal(|journal, project, now| journal.write_again(project, now)));
        self.pass_on();
        self.session.view.warn(CLEARED);
    }
}

/// How many marks came, apart from those on articles that were moved.
fn marks(heard: &Heard, moved: &SortedSet<DocumentId>) -> usize {
    let is_mark = |it: &&RecordChange| match (&it.before, &it.after) {
        (None, Some(mark @ (Record::Annotation(_) | Record::Unplaced(_)))) => {
            mark.article().is_none_or(|id| !moved.contains(id))
        }
        _ => false,
    };
    heard.change.records.iter().filter(is_mark).count()
}
