//! Room in the quick storage: says when it gets scarce, and lets finished articles leave it.

use leptos::task::spawn_local;

use super::keeping::Keeping;
use crate::model::Progress;
use crate::model::sorted::SortedSet;
use crate::storage::StorageError;
use crate::ui::{counted, room_advice};

/// Where the person is told, in percent.
const THRESHOLDS: [usize; 3] = [95, 80, 60];

impl Keeping {
    /// Says so when the quick storage has passed a threshold, and makes room where there is little.
    pub(super) fn tell_room(&self) {
        let percent = self.journal.borrow().usage().percent();
        let reached = THRESHOLDS.into_iter().find(|it| percent >= *it);
        let reached = reached.unwrap_or(0);
        if reached > self.told_room.replace(reached) {
            let advice = room_advice(percent);
            let words = format!("The browser’s quick storage is {percent} % full. {advice}");
            match reached {
                60 => self.session.view.say(words, false),
                _ => self.session.view.warn(words),
            }
        }
        if self.can_make_room() {
            let keeping = self.clone();
            spawn_local(async move {
                // Where it fails nothing has left, and the next change tries again.
                drop(keeping.make_room().await);
            });
        }
    }

    /// Whether there is little room, and other articles are finished than when it was last made.
    fn can_make_room(&self) -> bool {
        if !self.journal.borrow().is_scarce() {
            self.made_room_for.set(0);
            return false;
        }
        let finished = self.session.peek(|project| {
            let documents = project.documents().iter();
            documents.filter(|it| it.progress == Progress::Done).count()
        });
        finished != self.made_room_for.replace(finished)
    }

    async fn make_room(&self) -> Result<(), StorageError> {
        let copied = SortedSet::of_keys(self.mirror.keys().await?);
        let moved =
            self.with_journal(|journal, project, _| journal.move_finished(&copied, project))?;
        if moved > 0 {
            let words = counted(moved, "finished article was", "finished articles were");
            let told = "moved to this browser’s larger store to make room. It stays in the list and is exported as ever.";
            self.session.view.say(format!("{words} {told}"), false);
        }
        Ok(())
    }
}
