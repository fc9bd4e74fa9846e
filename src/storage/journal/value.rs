//! The forms of stored values: each is `[checksum, content]`, and the checksum is over the content as
//! it is written. Knows nothing of stores.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::format::record::crc32;
use crate::model::sorted::SortedMap;

/// The version of the stored format, and the oldest that can read what this one writes.
pub(super) const FORMAT: u32 = 1;

/// A value around `content`, which is JSON.
pub(super) fn seal(content: &(impl Serialize + ?Sized)) -> String {
    let content = serde_json::value::to_raw_value(content);
    let content = content.expect("what is stored has text keys and finite numbers");
    let pair = (crc32(content.get()), content);
    serde_json::to_string(&pair).expect("a number and JSON are JSON")
}

/// The checksum and the content of a value; `None` where it is damaged.
pub(super) fn unseal(value: &str) -> Option<(u32, &str)> {
    let (checksum, content): (u32, &RawValue) = serde_json::from_str(value).ok()?;
    (crc32(content.get()) == checksum).then_some((checksum, content.get()))
}

/// The content of a value, read; `None` where it is damaged or something else.
pub(super) fn open<'a, T: Deserialize<'a>>(value: &'a str) -> Option<T> {
    serde_json::from_str(unseal(value)?.1).ok()
}

/// Says which format the store has. Fields of newer versions do not disturb.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Header {
    pub format: u32,
    pub min_reader: u32,
    pub app: String,
    pub install_id: String,
    pub created: u64,
}

/// Whether this version must not write beside `header` (P7). A damaged header counts as long as
/// the number in it can be made out: better not to write than to write over a newer format.
pub(super) fn is_newer(header: &str) -> bool {
    #[derive(Deserialize)]
    struct Least {
        min_reader: u32,
    }
    let least =
        serde_json::from_str(header).map(|(_, least): (serde::de::IgnoredAny, Least)| least);
    least.is_ok_and(|least| least.min_reader > FORMAT)
}

/// Which version of a record is the newest is decided by the lamport number, then the writer (P4).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version {
    pub lamport: u64,
    pub writer: String,
}

/// The records of one change, each a stored record.
#[derive(Serialize)]
pub(super) struct Entry<'a> {
    #[serde(rename = "l")]
    pub lamport: u64,
    /// When, in milliseconds since 1970; for people who look at the raw data.
    #[serde(rename = "t")]
    pub time: u64,
    #[serde(rename = "r")]
    pub records: &'a [Box<RawValue>],
}

/// Records with their versions, as read from an entry or a snapshot.
pub(super) struct Versioned {
    pub records: Vec<(Version, String)>,
    /// Whether everything in the value was understood; only then may it be folded away.
    pub is_understood: bool,
}

type Object<'a> = BTreeMap<String, &'a RawValue>;

/// Reads the content of an entry.
pub(super) fn read_entry(content: &str, writer: &str) -> Option<Versioned> {
    let mut object: Object<'_> = serde_json::from_str(content).ok()?;
    let version = Version {
        lamport: take(&mut object, "l")?,
        writer: writer.to_owned(),
    };
    let records: Vec<&RawValue> = take(&mut object, "r")?;
    object.remove("t");
    let records = records.iter();
    Some(Versioned {
        records: records
            .map(|raw| (version.clone(), raw.get().to_owned()))
            .collect(),
        is_understood: object.is_empty(),
    })
}

/// Fields that many records of an article have in common; a snapshot writes them once.
const SHARED: [&str; 4] = ["k", "d", "l", "w"];

/// The content of a snapshot: runs of records that have the same [`SHARED`] fields.
#[derive(Serialize)]
struct Snapshot<'a> {
    writers: Vec<&'a str>,
    runs: Vec<Run<'a>>,
}

#[derive(Serialize)]
struct Run<'a> {
    same: Object<'a>,
    /// Lamport number, place of the writer in the list, and the fields that are not shared.
    records: Vec<(u64, usize, Object<'a>)>,
}

/// A snapshot of `records`; those that are no objects cannot be folded and are `None`.
pub(super) fn write_snapshot(records: &[(&Version, &str)]) -> Option<String> {
    let mut writers: Vec<&str> = Vec::new();
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut places: SortedMap<[Option<&str>; 4], usize> = SortedMap::default();
    for (version, raw) in records {
        let writer = writers.iter().position(|it| *it == version.writer);
        let writer = writer.unwrap_or_else(|| {
            writers.push(&version.writer);
            writers.len() - 1
        });
        let mut own: Object<'_> = serde_json::from_str(raw).ok()?;
        let shared = SHARED.map(|name| own.remove_entry(name));
        let key = shared
            .each_ref()
            .map(|it| it.as_ref().map(|(_, raw)| raw.get()));
        let place = places.get(&key).copied().unwrap_or_else(|| {
            let mut same = Object::new();
            same.extend(shared.into_iter().flatten());
            let records = Vec::new();
            runs.push(Run { same, records });
            places.insert(key, runs.len() - 1);
            runs.len() - 1
        });
        runs[place].records.push((version.lamport, writer, own));
    }
    Some(seal(&Snapshot { writers, runs }))
}

/// Reads the content of a snapshot.
pub(super) fn read_snapshot(content: &str) -> Option<Versioned> {
    let mut object: Object<'_> = serde_json::from_str(content).ok()?;
    let writers: Vec<String> = take(&mut object, "writers")?;
    let runs: Vec<&RawValue> = take(&mut object, "runs")?;
    let mut is_understood = object.is_empty();
    let mut records = Vec::new();
    for run in runs {
        let mut run: Object<'_> = serde_json::from_str(run.get()).ok()?;
        let same: Object<'_> = take(&mut run, "same")?;
        let own: Vec<(u64, usize, Object<'_>)> = take(&mut run, "records")?;
        is_understood &= run.is_empty();
        for (lamport, writer, mut object) in own {
            object.extend(same.iter().map(|(name, raw)| (name.clone(), *raw)));
            let writer = writers.get(writer)?.clone();
            let raw = serde_json::to_string(&object).ok()?;
            records.push((Version { lamport, writer }, raw));
        }
    }
    Some(Versioned {
        records,
        is_understood,
    })
}

fn take<'a, T: Deserialize<'a>>(object: &mut Object<'a>, name: &str) -> Option<T> {
    serde_json::from_str(object.remove(name)?.get()).ok()
}

/// Leave to delete: these keys are needless as long as those others are there, whole.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Permit {
    /// Keys with the checksums they must have.
    pub into: Vec<(String, u32)>,
    /// Keys that may go.
    pub drop: Vec<String>,
}
