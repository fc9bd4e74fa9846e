//! What the screen asks of the stores, answered. Knows both stores and no element.

use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::keeping::Keeping;
use crate::dom;
use crate::model::Timestamp;
use crate::storage::LocalStore;
use crate::ui::{Keeper, RestorePoint, Space, Then};

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
