//! What the safe copy keeps besides the journal's keys: restore points, and the folder for backups.

use wasm_bindgen::prelude::*;

use super::{Mirror, answer, explain};
use crate::storage::journal::{FOLDER, POINT};
use crate::storage::{StorageError, Write};

/// So many restore points are kept.
const MOST_POINTS: usize = 10;

/// A state that the project can be brought back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The key it is kept under.
    pub key: String,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// What was done next.
    pub reason: String,
}

impl Point {
    fn of(key: String) -> Option<Self> {
        let (at, reason) = key.strip_prefix(POINT)?.split_once(':')?;
        let (at, reason) = (at.parse().ok()?, reason.to_owned());
        Some(Self { key, at, reason })
    }
}

/// Whether something brings a restore point.
pub(super) fn is_point(write: &Write) -> bool {
    matches!(write, Write::Put(key, _) if key.starts_with(POINT))
}

impl Mirror {
    /// Keeps `project`, a project file, as a restore point; of older ones the last few stay.
    pub async fn keep_point(&self, at: u64, reason: &str, project: String) {
        let mut writes = vec![Write::Put(format!("{POINT}{at}:{reason}"), project)];
        let points = self.points().await;
        let too_many = (points.len() + 1).saturating_sub(MOST_POINTS);
        let old = points.into_iter().take(too_many);
        writes.extend(old.map(|point| Write::Delete(point.key)));
        self.write(writes);
    }

    /// The restore points, oldest first.
    pub async fn points(&self) -> Vec<Point> {
        let keys = self.keys().await.unwrap_or_default();
        keys.into_iter().filter_map(Point::of).collect()
    }

    /// The folder for backups that was kept, if any.
    ///
    /// # Errors
    /// Where it cannot be opened or read.
    pub async fn folder(&self) -> Result<Option<JsValue>, StorageError> {
        let store = self.store("readonly").await?.1;
        let found = answer(&store.get(&FOLDER.into()).map_err(explain)?).await?;
        Ok(found.is_object().then_some(found))
    }

    /// Keeps a folder for the next visit, or forgets it.
    ///
    /// # Errors
    /// Where it is not kept.
    pub async fn keep_folder(&self, folder: Option<&JsValue>) -> Result<(), StorageError> {
        let store = self.store("readwrite").await?.1;
        let request = match folder {
            Some(folder) => store.put_with_key(folder, &FOLDER.into()),
            None => store.delete(&FOLDER.into()),
        };
        answer(&request.map_err(explain)?).await.map(drop)
    }
}
