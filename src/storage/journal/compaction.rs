//! Folds many entries into few snapshots, so that opening stays quick.
//!
//! Nothing is ever rewritten. A snapshot is a new key that holds the newest versions of an article's
//! records; after it has been read back, a *permit* names the keys it makes needless. They are
//! deleted when the store is next opened, and only if the snapshot is then there with the checksum
//! it had. A crash at any moment leaves both, and their union is what it was (P4).
//!
//! Why a tab may delete what another, living tab wrote (P3): a tab never reads or writes its own
//! entries again, and never uses a number twice. An entry that was folded is contained in the
//! snapshot, version for version; one that was not seen is not named by the permit.

use std::rc::Rc;

use super::Journal;
use super::names::{self, Name};
use super::reading::{Reading, Scope, Source, Winner};
use super::snapshot;
use super::value::{Permit, Sealed};
use crate::model::sorted::{SortedMap, SortedSet, sort_by};
use crate::storage::StorageError;

/// This many entries of earlier page loads are left as they are: reading one costs about 0.013 ms.
const FEW_ENTRIES: usize = 500;

/// The longest snapshot, in bytes of the records in it.
const SNAPSHOT_BYTES: usize = 200 * 1024;

/// About how much is written in one go. Browsers bring only some megabytes an hour from local
/// storage to the disk, and what people do now goes before what is merely tidied.
const ROUND_BYTES: usize = 256 * 1024;

/// The group of records that belong to no article; no article can have this id.
const NO_ARTICLE: &str = "-";

impl Journal {
    /// Folds the entries of earlier page loads where there are many, some of them at a time, and
    /// then marks texts that nothing needs any more. What became needless is deleted when the store is
    /// next opened. Answers with the number of entries folded.
    ///
    /// Call it once, when the page has painted. It folds stored records, not the project: what this
    /// version cannot read or show is carried along.
    ///
    /// # Errors
    /// Why nothing was folded. Nothing is lost or half done then.
    pub fn compact(&mut self) -> Result<usize, StorageError> {
        // Where room is scarce all are folded: finished articles can leave only then.
        self.fold_beyond(if self.is_scarce() { 0 } else { FEW_ENTRIES })
    }

    /// As [`compact`](Self::compact), with another number of entries that are left as they are.
    ///
    /// # Errors
    /// Why nothing was folded.
    pub fn fold_beyond(&mut self, few: usize) -> Result<usize, StorageError> {
        if self.header.is_none() {
            return Ok(0);
        }
        self.may_write()?;
        let keys = self.store.keys()?;
        let entries = keys.iter().filter(|key| is_earlier(key, &self.writer));
        if entries.count() <= few {
            // To look into all of them would take longer than anybody should notice.
            return self.permit_needless_texts().map(|()| 0);
        }
        let reading = Reading::of(&*self.store, &self.writer, Scope::Records)?;
        if !reading.permits.is_empty() {
            // Another tab has just done it.
            return Ok(0);
        }
        let plan = Plan::of(&reading, &self.writer, few);
        let texts = reading.needless_texts();
        let mut drop: Vec<String> = texts.iter().map(|hash| names::text(hash)).collect();
        drop.extend(plan.drop.iter().cloned());
        if drop.is_empty() {
            return Ok(0);
        }
        let mut into = Vec::new();
        let written = self.write_snapshots(&plan, &mut into);
        let written = written.and_then(|()| self.permit(into.clone(), drop));
        if let Err(error) = written {
            // Snapshots without a permit do no harm, but they would fill a full store.
            for (key, _) in &into {
                self.remove(key)?;
            }
            return Err(error);
        }
        Ok(plan.folded)
    }

    /// Marks the texts that nothing needed when the store was opened. What has come to need them since
    /// is seen when the leave is used.
    fn permit_needless_texts(&mut self) -> Result<(), StorageError> {
        let texts = std::mem::take(&mut self.needless_texts);
        if texts.is_empty() {
            return Ok(());
        }
        self.permit(
            Vec::new(),
            texts.iter().map(|hash| names::text(hash)).collect(),
        )
    }

    /// Writes that the keys `drop` may be deleted where the snapshots `into` are whole.
    fn permit(&mut self, into: Vec<(String, u32)>, drop: Vec<String>) -> Result<(), StorageError> {
        let number = self.take_number();
        let key = names::permit(&self.writer, number);
        self.put(&key, &Permit { into, drop }.write())
    }

    fn write_snapshots(
        &mut self,
        plan: &Plan<'_>,
        into: &mut Vec<(String, u32)>,
    ) -> Result<(), StorageError> {
        for (article, winners) in &plan.groups {
            for records in chunks(winners) {
                let raws: Vec<_> = records.iter().map(|it| it.raw.json()).collect();
                let versions = records.iter().map(|it| &it.version);
                let records: Vec<_> = versions.zip(raws.iter().map(|it| &**it)).collect();
                let value = snapshot::write(&records);
                let value =
                    value.ok_or_else(|| StorageError::Other("a record is no object".into()))?;
                let number = self.take_number();
                let key = names::snapshot(&self.writer, number, article);
                self.put(&key, &value)?;
                let kept = self.store.get(&key)?;
                let checksum = kept.as_deref().and_then(Sealed::of).map(|it| it.checksum);
                let Some(checksum) = checksum.filter(|_| kept.as_ref() == Some(&value)) else {
                    return Err(StorageError::Other(
                        "a snapshot was not kept as it was written".into(),
                    ));
                };
                into.push((key, checksum));
            }
        }
        Ok(())
    }
}

/// What to fold.
struct Plan<'a> {
    /// The newest records by article, each sorted by name.
    groups: Vec<(&'a str, Vec<&'a Winner>)>,
    /// The keys this makes needless.
    drop: Vec<String>,
    /// How many of them are entries.
    folded: usize,
}

impl<'a> Plan<'a> {
    fn of(reading: &'a Reading, writer: &str, few: usize) -> Self {
        let is_entry = |source: &&Source| is_earlier(&source.key, writer);
        // Records that are no objects cannot be in a snapshot; their entries stay.
        let can_fold = |name: &Rc<str>| reading.winners[name].raw.is_object();
        let understood =
            |source: &&Source| source.is_understood && source.records.iter().all(can_fold);
        let mut entries: Vec<&Source> = reading
            .sources
            .iter()
            .filter(is_entry)
            .filter(understood)
            .collect();
        if entries.len() <= few {
            entries.clear();
        }
        sort_by(&mut entries, |a, b| a.key.cmp(&b.key));
        let groups = groups(reading);
        let chosen = choose(&entries, &groups, reading);
        let is_covered = |source: &&Source| {
            let mut names = source.records.iter();
            names.all(|name| chosen.contains(&article(&reading.winners[name])))
        };
        let folded: Vec<&Source> = entries.into_iter().filter(is_covered).collect();
        let is_snapshot =
            |source: &&Source| matches!(Name::of(&source.key), Some(Name::Snapshot(_)));
        let snapshots = reading
            .sources
            .iter()
            .filter(is_snapshot)
            .filter(understood)
            .filter(is_covered);
        let drop = folded
            .iter()
            .copied()
            .chain(snapshots.filter(|_| !chosen.is_empty()));
        Self {
            drop: drop.map(|source| source.key.clone()).collect(),
            folded: folded.len(),
            groups: groups
                .into_iter()
                .filter(|(article, _)| chosen.contains(article))
                .collect(),
        }
    }
}

/// Whether a key is of an entry that another page load than that of `writer` has written.
fn is_earlier(key: &str, writer: &str) -> bool {
    matches!(Name::of(key), Some(Name::Entry(it)) if it.writer != writer)
}

fn article(winner: &Winner) -> &str {
    winner.document.as_deref().unwrap_or(NO_ARTICLE)
}

fn groups(reading: &Reading) -> SortedMap<&str, Vec<&Winner>> {
    let mut names: Vec<_> = reading.winners.keys().collect();
    sort_by(&mut names, Ord::cmp);
    let mut groups: SortedMap<&str, Vec<&Winner>> = SortedMap::default();
    let winners = names.into_iter().map(|name| &reading.winners[name]);
    for winner in winners.filter(|winner| winner.raw.is_object()) {
        groups.or_default(article(winner)).push(winner);
    }
    groups
}

/// The articles to fold: those of the first entries, as long as they come to one round. The first
/// entry is always taken, so that each round gets on.
fn choose<'a>(
    entries: &[&Source],
    groups: &SortedMap<&'a str, Vec<&Winner>>,
    reading: &'a Reading,
) -> SortedSet<&'a str> {
    let length = |article: &str| -> usize {
        let winners = groups.get(&article).into_iter().flatten();
        winners.map(|it| it.raw.len()).sum()
    };
    let lengths = groups.iter().map(|it| (it.0, length(it.0)));
    let lengths = SortedMap::of(lengths.collect());
    let mut chosen = SortedSet::default();
    let mut total = 0;
    for entry in entries {
        let names = entry.records.iter();
        let needed = SortedSet::of_keys(names.map(|name| article(&reading.winners[name])));
        let new = needed.keys().filter(|it| !chosen.contains(*it));
        let new: Vec<&'a str> = new.copied().collect();
        let more: usize = new.iter().filter_map(|it| lengths.get(it)).sum();
        if chosen.is_empty() || total + more <= ROUND_BYTES {
            total += more;
            for article in new {
                chosen.add(article);
            }
        }
    }
    chosen
}

fn chunks<'a>(winners: &'a [&'a Winner]) -> Vec<&'a [&'a Winner]> {
    let mut chunks = Vec::new();
    let mut rest = winners;
    while !rest.is_empty() {
        let mut length = 0;
        let fits = rest.iter().take_while(|it| {
            length += it.raw.len();
            length <= SNAPSHOT_BYTES
        });
        let (chunk, later) = rest.split_at(fits.count().max(1));
        chunks.push(chunk);
        rest = later;
    }
    chunks
}
