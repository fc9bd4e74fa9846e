//! What the screen asks of the stores, answered. Knows both stores and no element.

use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::keeping::Keeping;
use crate::dom;
use crate::format;
use crate::model::{Change, IMPORT, Project, Record, Timestamp};
use crate::session::{Backup, Origin};
use crate::storage::LocalStore;
use crate::ui::{Keeper, RestorePoint, Space, Then};

/// The setting that remembers how much of the work is in a file.
const EXPORTED: &str = "exported";

/// After so many changes that are in no file, and again after as many more, the page says so.
const REMIND: usize = 25;

/// Removing so many marks at once is worth a restore point.
const MANY: usize = 10;

const OTHER_TAB: &str =
    "Something was written again just now. Close the other tabs of Sourcelight and try once more.";

impl Keeper for Keeping {
    fn space(&self) -> Space {
        let journal = self.journal.borrow();
        Space {
            usage: journal.usage(),
            // Where it cannot be read there is nothing to list.
            articles: journal.sizes().unwrap_or_default(),
            moved: journal.moved().len(),
        }
    }

    fn was_exported(&self) {
        let written = self.journal.borrow().written();
        self.exported_up_to(written);
    }

    fn choose_backup(&self) {
        Keeping::choose_backup(self);
    }

    fn resume_backup(&self) {
        Keeping::resume_backup(self);
    }

    fn stop_backup(&self) {
        Keeping::stop_backup(self);
    }

    fn persist(&self, then: Then<bool>) {
        let asked = dom::window().navigator().storage().persist();
        spawn_local(async move {
            let agreed = match asked {
                Ok(promise) => JsFuture::from(promise).await.ok(),
                Err(_) => None,
            };
            then(agreed.is_some_and(|it| it.is_truthy()));
        });
    }

    fn points(&self, then: Then<Vec<RestorePoint>>) {
        let mirror = self.mirror.clone();
        spawn_local(async move {
            let points = mirror.points().await.into_iter().rev();
            let shown = points.map(|it| RestorePoint {
                key: it.key,
                at: Timestamp(it.at),
                reason: it.reason,
            });
            then(shown.collect());
        });
    }

    fn point(&self, key: String, then: Then<Option<String>>) {
        let mirror = self.mirror.clone();
        spawn_local(async move {
            let found = mirror.values(vec![key]).await.unwrap_or_default();
            then(found.into_iter().next().map(|it| it.1));
        });
    }

    fn erase(&self, then: Then<Result<(), String>>) {
        self.journal.borrow_mut().stop();
        let mirror = self.mirror.clone();
        spawn_local(async move {
            let outcome = match LocalStore::open().and_then(|store| store.erase()) {
                Ok(()) => mirror.erase().await,
                refused => refused,
            };
            let left = LocalStore::open().and_then(|store| store.is_erased());
            then(match (outcome, left) {
                (Ok(()), Ok(true)) => Ok(()),
                (Err(error), _) => Err(error.to_string()),
                _ => Err(OTHER_TAB.to_owned()),
            });
        });
    }
}

impl Keeping {
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
        self.back_up_soon();
        let is_backed_up = matches!(view.backup.get_untracked(), Backup::Written(_));
        if count > 0 && count.is_multiple_of(REMIND) && !is_backed_up {
            view.say(
                format!("{count} changes are in no file yet. Ctrl or ⌘ + S saves one."),
                false,
            );
        }
    }
}

/// Keeps a restore point before each import, each removal of articles and of many marks.
pub(super) fn keep_points(keeping: &Keeping) {
    let owned = keeping.clone();
    keeping.session.observe(move |change, origin| {
        let is_stopped = owned.journal.borrow().is_stopped();
        if origin == Origin::Local && is_drastic(change) && !is_stopped {
            let (project, at) = owned
                .session
                .peek(|project| (before(project, change), change.at));
            let (mirror, reason) = (owned.mirror.clone(), change.name.clone());
            spawn_local(async move { mirror.keep_point(at.0, &reason, project).await });
        }
    });
}

fn is_drastic(change: &Change) -> bool {
    let gone = change.records.iter().filter(|it| it.after.is_none());
    let gone_articles = gone
        .clone()
        .any(|it| matches!(it.before, Some(Record::Document(_))));
    // A single mark is brought back by undo, and by the journal.
    change.name == IMPORT || gone_articles || gone.count() > MANY || change.records.len() > 2 * MANY
}

/// The project file as it was before `change`.
fn before(project: &Project, change: &Change) -> String {
    let mut project = project.clone();
    project.apply(&change.inverse());
    format::render_all(&project)
}
