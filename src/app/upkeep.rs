//! What is done for the stores once the page is ready: what is missing in one of the two comes back
//! from the other, what other tabs write is taken in, the journal is tidied, room is made, backups
//! are written. It is in the second file, of which `ui/later.rs` says more.

use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use wasm_bindgen::JsCast;

use super::keeping::{Keeping, PATIENCE};
use crate::model::sorted::SortedSet;
use crate::model::{DocumentId, Project, Record, RecordChange, Timestamp};
use crate::session::Origin;
use crate::storage::{Heard, Journal, StorageError};
use crate::ui::{Screen, counted, later};

/// Many small entries are folded to few once nobody waits for the page any more.
const TIDY: Duration = Duration::from_secs(4);

const CLEARED: &str = "This site’s data was cleared in the browser. Your work was still open here and has been written again.";

/// What the second file can do for the stores.
pub(super) struct Upkeep {
    begin: fn(&Keeping, Screen),
    /// The journal has written, and the safe copy was told.
    pub passed_on: fn(&Keeping),
    /// Another number of changes is in no file.
    pub counted: fn(&Keeping),
    /// The safe copy was lost.
    pub unite: fn(&Keeping),
}

/// Where the stores' part of the program is cut: all that this function names is in the second file.
#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetched() -> Result<&'static Upkeep, SplitLoaderError> {
    static UPKEEP: Upkeep = Upkeep {
        begin: Keeping::begin_upkeep,
        passed_on: Keeping::after_writing,
        counted: Keeping::back_up_soon,
        unite: Keeping::unite_soon,
    };
    Ok(&UPKEEP)
}

/// Begins as soon as the second file is here. The first article goes before it; but it does not wait
/// for that long.
pub(super) fn begin_later(keeping: &Keeping, screen: Screen) {
    let keeping = keeping.clone();
    later::when_here(move |_| {
        spawn_local(async move {
            if let Ok(upkeep) = fetched().await {
                keeping.upkeep.set(Some(upkeep));
                (upkeep.begin)(&keeping, screen);
            }
        });
    });
    set_timeout(later::fetch_soon, PATIENCE / 2);
}

impl Keeping {
    fn begin_upkeep(&self, screen: Screen) {
        screen.set_keeper(Rc::new(self.clone()));
        self.follow_others();
        self.tries_to_unite.set(3);
        let keeping = self.clone();
        spawn_local(async move {
            keeping.unite().await;
            keeping.find_backup().await;
        });
        let journal = self.journal.clone();
        let tidy = move || {
            // Where folding fails nothing is lost, and the next visit tries again.
            drop(journal.borrow_mut().compact());
        };
        set_timeout(tidy, TIDY);
    }

    fn unite_soon(&self) {
        let keeping = self.clone();
        spawn_local(async move { keeping.unite().await });
    }

    /// Brings journal and safe copy to the same, at the start and after the copy was lost.
    async fn unite(&self) {
        let tries = self.tries_to_unite.replace(0);
        let outcome = self.recover().await;
        // The state says what holds now; what was only in the copy may come back another time.
        let missing = self.with_journal(|journal, project, _| journal.missing(project));
        if missing > 0 {
            let words = counted(missing, "finished article is", "finished articles are");
            let where_to = "in this browser’s larger store, which cannot be read now";
            self.session.view.warn(format!("{words} {where_to}."));
        }
        if outcome.is_err() {
            // As soon as the copy is written again it can be read, too.
            self.tries_to_unite.set(tries.saturating_sub(1));
            // What waits for an article that is nowhere is told of.
            self.hear(Vec::new());
        }
        self.pass_on();
    }

    async fn recover(&self) -> Result<(), StorageError> {
        let copied = SortedSet::of_keys(self.mirror.keys().await?);
        let moved = self.journal.borrow().moved();
        let compared = self.journal.borrow().compare(&copied)?;
        let (fetch, bring) = compared;
        let asked = fetch.len();
        let found = self.mirror.values(fetch).await?;
        self.mirror.write(bring);
        let heard = self.with_journal(|journal, project, now| {
            let is_all = found.len() == asked;
            journal.recover(found, is_all, project, now)
        });
        let marks = marks(&heard, &moved);
        self.take_in(heard);
        // The copy was lost while the page was open, and with it what had left the store.
        if self.with_journal(|journal, project, _| journal.has_lost(&copied, project)) {
            self.write_all();
        }
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
        // What they wrote before anybody listened.
        let is_emptied = self.journal.borrow().is_emptied();
        match is_emptied {
            true => self.write_again(),
            false => self.catch_up(),
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

    /// The journal has written, and the safe copy was told.
    fn after_writing(&self) {
        self.tell_room();
        if self.journal.borrow().lacks_the_rest() {
            self.write_again();
        }
    }

    fn write_all(&self) {
        // Where it fails the state says so, and it is tried again.
        drop(self.with_journal(|journal, project, now| journal.write_again(project, now)));
    }

    /// The person has cleared the site's data while the work is still here.
    fn write_again(&self) {
        self.write_all();
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
