//! A backup file that keeps itself up to date, in a folder that the person chose once. Two files
//! take turns, so that one is whole whatever happens while the other is written. Files that are in the
//! folder when it is chosen stay as they are: they may be all that is left of a lost project.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::keeping::Keeping;
use crate::dom::folder::Folder;
use crate::format;
use crate::session::Backup;

/// The setting that says which of the two files was written last.
const LAST: &str = "backup";

/// The setting that says what both are called before their number.
const NAME: &str = "backup-name";

/// What they are called where there are no others.
const FIRST_NAME: &str = "sourcelight-backup";

/// So many changes are written at once.
const MANY: usize = 20;

/// Fewer are written so long after the last change.
const REST: Duration = Duration::from_secs(30);

/// The folder, and whether it is being written to.
#[derive(Clone, Default)]
pub(super) struct Chosen {
    folder: Rc<RefCell<Option<Folder>>>,
    is_writing: Rc<Cell<bool>>,
    /// Counts changes of the number of changes, so that a timer knows whether one came since.
    changes: Rc<Cell<u32>>,
}

impl Keeping {
    /// Goes on with the folder of an earlier visit, as far as the browser allows it.
    pub(super) async fn find_backup(&self) {
        if !Folder::is_supported() {
            self.say_backup(Backup::Unsupported);
            return;
        }
        let Ok(Some(handle)) = self.mirror.folder().await else {
            return;
        };
        let folder = Folder::of(handle);
        let is_allowed = folder.may_write(false).await;
        let last = usize::from(self.journal.borrow().setting(LAST).as_deref() == Some("1"));
        let written = place(&self.file_name(last), &folder);
        *self.chosen.folder.borrow_mut() = Some(folder);
        match is_allowed {
            true => {
                self.say_backup(Backup::Written(written));
                self.back_up_soon();
            }
            false => self.pause_backup("the browser asks again at each visit".to_owned()),
        }
    }

    /// Lets the person choose a folder, and writes the first backup there.
    pub(super) fn choose_backup(&self) {
        let keeping = self.clone();
        spawn_local(async move {
            match Folder::choose().await {
                Ok(folder) => {
                    let Some(name) = free_name(&folder).await else {
                        let told = "This folder holds the backups of many projects already: choose another one.";
                        return keeping.session.view.warn(told);
                    };
                    drop(keeping.journal.borrow_mut().set_setting(NAME, &name));
                    // Where it cannot be kept, it is chosen anew at the next visit.
                    drop(keeping.mirror.keep_folder(Some(folder.handle())).await);
                    *keeping.chosen.folder.borrow_mut() = Some(folder);
                    keeping.back_up().await;
                }
                Err(reason) => keeping
                    .session
                    .view
                    .say(format!("No folder was chosen ({reason})."), false),
            }
        });
    }

    /// Asks for the right to go on writing, and goes on.
    pub(super) fn resume_backup(&self) {
        let Some(folder) = self.chosen.folder.borrow().clone() else {
            return;
        };
        let keeping = self.clone();
        spawn_local(async move {
            match folder.may_write(true).await {
                true => keeping.back_up().await,
                false => keeping.pause_backup("the browser does not allow it".to_owned()),
            }
        });
    }

    /// Writes no more backups. The files stay.
    pub(super) fn stop_backup(&self) {
        *self.chosen.folder.borrow_mut() = None;
        self.say_backup(Backup::None);
        let mirror = self.mirror.clone();
        spawn_local(async move { drop(mirror.keep_folder(None).await) });
    }

    /// Writes a backup at once where there are many changes, else when there has been none for a while.
    pub(super) fn back_up_soon(&self) {
        let is_paused = matches!(self.session.view.backup.get_untracked(), Backup::Paused(_));
        let count = self.session.view.unexported.get_untracked();
        let is_stopped = self.journal.borrow().is_stopped();
        if self.chosen.folder.borrow().is_none() || is_paused || is_stopped || count == 0 {
            return;
        }
        let change = self.chosen.changes.get().wrapping_add(1);
        self.chosen.changes.set(change);
        let keeping = self.clone();
        let write = move || spawn_local(async move { keeping.back_up().await });
        if count >= MANY {
            return write();
        }
        let changes = self.chosen.changes.clone();
        let rested = move || {
            if changes.get() == change {
                write();
            }
        };
        set_timeout(rested, REST);
    }

    async fn back_up(&self) {
        let folder = self.chosen.folder.borrow().clone();
        let Some(folder) = folder.filter(|_| !self.chosen.is_writing.get()) else {
            return;
        };
        let (number, last) = {
            let journal = self.journal.borrow();
            (journal.written(), journal.setting(LAST))
        };
        if self.with_journal(|journal, project, _| journal.missing(project)) > 0 {
            return self.pause_backup("some finished articles cannot be read now".to_owned());
        }
        let next = usize::from(last.as_deref() == Some("0"));
        let content = self.session.peek(format::render_all);
        let name = self.file_name(next);
        self.chosen.is_writing.set(true);
        let outcome = folder.write(&name, &content).await;
        self.chosen.is_writing.set(false);
        if let Err(reason) = outcome {
            return self.pause_backup(reason);
        }
        // Where it cannot be kept, the same file is written again; the other one is whole, too.
        drop(
            self.journal
                .borrow_mut()
                .set_setting(LAST, &next.to_string()),
        );
        self.exported_up_to(number);
        self.say_backup(Backup::Written(place(&name, &folder)));
    }

    /// What one of the two files is called.
    fn file_name(&self, which: usize) -> String {
        let name = self.journal.borrow().setting(NAME);
        numbered(name.as_deref().unwrap_or(FIRST_NAME), which)
    }

    fn pause_backup(&self, reason: String) {
        self.session.view.warn(format!(
            "The backup has paused: {reason}. “What this means” lets it go on."
        ));
        self.say_backup(Backup::Paused(reason));
    }

    fn say_backup(&self, backup: Backup) {
        self.session.view.backup.set(backup);
    }
}

fn numbered(name: &str, which: usize) -> String {
    format!("{name}-{}.json", which + 1)
}

/// A name that neither of the two files would share with one that is there; `None` where all are taken.
async fn free_name(folder: &Folder) -> Option<String> {
    let others = ('b'..='z').map(|letter| format!("{FIRST_NAME}-{letter}"));
    for name in std::iter::once(FIRST_NAME.to_owned()).chain(others) {
        if folder.has_no(&numbered(&name, 0)).await && folder.has_no(&numbered(&name, 1)).await {
            return Some(name);
        }
    }
    None
}

fn place(file: &str, folder: &Folder) -> String {
    format!("{file} in “{}”", folder.name())
}
