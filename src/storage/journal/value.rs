//! The forms of stored values: each is `[checksum, content]`, and the checksum is over the content as
//! it is written. Knows nothing of stores.

use crate::format::json::{Json, Writer};
use crate::format::record::crc32;
use crate::model::sorted::SortedMap;

/// The version of the stored format, and the oldest that can read what this one writes.
pub(super) const FORMAT: u32 = 1;

/// A value around `content`, which is JSON.
pub(super) fn seal(content: &str) -> String {
    format!("[{},{content}]", crc32(content))
}

/// A value around a text.
pub(super) fn seal_text(text: &str) -> String {
    seal(&Writer::quoted(text))
}

/// The checksum and the content of a value; `None` where it is damaged.
pub(super) fn unseal(value: &str) -> Option<(u32, Json<'_>)> {
    let [checksum, content] = pair(value)?;
    let checksum = checksum.number()?;
    (crc32(content.get()) == checksum).then_some((checksum, content))
}

fn pair(value: &str) -> Option<[Json<'_>; 2]> {
    Json::parse(value).ok()?.items()?.try_into().ok()
}

/// The text in a value; `None` where it is damaged or something else.
pub(super) fn open_text(value: &str) -> Option<String> {
    unseal(value)?.1.string()
}

type Object<'a> = SortedMap<String, Json<'a>>;

fn object(json: Json<'_>) -> Option<Object<'_>> {
    json.fields().map(SortedMap::of)
}

/// The header that says which format the store has, as a value.
pub(super) fn header(app: &str, install_id: &str, created: u64) -> String {
    let mut writer = Writer::flat();
    writer.begin('{');
    writer.number("format", FORMAT);
    writer.number("min_reader", FORMAT);
    writer.field("app", app);
    writer.field("install_id", install_id);
    writer.number("created", created);
    writer.end('}');
    seal(&writer.finish())
}

/// Whether a value is a header. Fields of newer versions do not disturb.
pub(super) fn is_header(value: &str) -> bool {
    let header = unseal(value).and_then(|(_, content)| object(content));
    let fields = ["format", "min_reader", "app", "install_id", "created"];
    header.is_some_and(|header| fields.iter().all(|it| header.contains(*it)))
}

/// Whether this version must not write beside `header` (P7). A damaged header counts as long as
/// the number in it can be made out: better not to write than to write over a newer format.
pub(super) fn is_newer(header: &str) -> bool {
    let least = || object(pair(header)?[1])?.get("min_reader")?.number::<u32>();
    least().is_some_and(|least| least > FORMAT)
}

/// The highest lamport number there can be. No one makes so many changes: a higher number is
/// damage, and after the highest of all nothing could be newer.
const LAST_LAMPORT: u64 = 1 << 53;

fn lamport(json: Json<'_>) -> Option<u64> {
    json.number().filter(|number| *number <= LAST_LAMPORT)
}

/// Which version of a record is the newest is decided by the lamport number, then the writer (P4).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version {
    pub lamport: u64,
    pub writer: String,
}

/// The records of one change, each a stored record, as a value. The time, in milliseconds since
/// 1970, is for people who look at the raw data.
pub(super) fn write_entry(lamport: u64, time: u64, records: &[String]) -> String {
    let mut writer = Writer::flat();
    writer.begin('{');
    writer.number("l", lamport);
    writer.number("t", time);
    writer.name("r");
    writer.begin('[');
    for record in records {
        writer.raw(record);
    }
    writer.end(']');
    writer.end('}');
    seal(&writer.finish())
}

/// Records with their versions, as read from an entry or a snapshot.
pub(super) struct Versioned {
    pub records: Vec<(Version, String)>,
    /// Whether everything in the value was understood; only then may it be folded away.
    pub is_understood: bool,
}

/// Reads the content of an entry.
pub(super) fn read_entry(content: Json<'_>, writer: &str) -> Option<Versioned> {
    let mut object = object(content)?;
    let version = Version {
        lamport: lamport(object.remove("l")?)?,
        writer: writer.to_owned(),
    };
    let records = object.remove("r")?.items()?.into_iter();
    object.remove("t");
    Some(Versioned {
        records: records
            .map(|json| (version.clone(), json.get().to_owned()))
            .collect(),
        is_understood: object.is_empty(),
    })
}

/// Fields that many records of an article have in common; a snapshot writes them once.
const SHARED: [&str; 4] = ["k", "d", "l", "w"];

/// A run of records of a snapshot that have the same [`SHARED`] fields.
struct Run<'a> {
    same: Object<'a>,
    /// Lamport number, place of the writer in the list, and the fields that are not shared.
    records: Vec<(u64, u64, Object<'a>)>,
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
        let mut own = object(Json::parse(raw).ok()?)?;
        let shared = SHARED.map(|name| own.remove(name));
        let key = shared.map(|it| it.map(Json::get));
        let place = places.get(&key).copied().unwrap_or_else(|| {
            let same = SHARED.iter().zip(shared);
            let same = same.filter_map(|(name, json)| Some(((*name).to_owned(), json?)));
            let (same, records) = (same.collect(), Vec::new());
            runs.push(Run { same, records });
            places.insert(key, runs.len() - 1);
            runs.len() - 1
        });
        let records = &mut runs[place].records;
        records.push((version.lamport, writer as u64, own));
    }
    let mut writer = Writer::flat();
    writer.begin('{');
    writer.name("writers");
    writer.begin('[');
    for name in writers {
        writer.string(name);
    }
    writer.end(']');
    writer.name("runs");
    writer.begin('[');
    for run in runs {
        write_run(&mut writer, &run);
    }
    writer.end(']');
    writer.end('}');
    Some(seal(&writer.finish()))
}

fn write_run(writer: &mut Writer, run: &Run<'_>) {
    writer.begin('{');
    writer.name("same");
    write_object(writer, &run.same);
    writer.name("records");
    writer.begin('[');
    for (lamport, place, own) in &run.records {
        writer.begin('[');
        writer.raw(&lamport.to_string());
        writer.raw(&place.to_string());
        write_object(writer, own);
        writer.end(']');
    }
    writer.end(']');
    writer.end('}');
}

fn write_object(writer: &mut Writer, object: &Object<'_>) {
    writer.begin('{');
    for (name, json) in object.iter() {
        writer.name(name);
        writer.raw(json.get());
    }
    writer.end('}');
}

/// Reads the content of a snapshot.
pub(super) fn read_snapshot(content: Json<'_>) -> Option<Versioned> {
    let mut whole = object(content)?;
    let writers = strings(whole.remove("writers")?)?;
    let runs = whole.remove("runs")?.items()?;
    let mut is_understood = whole.is_empty();
    let mut records = Vec::new();
    for run in runs {
        let mut run = object(run)?;
        let same = object(run.remove("same")?)?;
        let own = run.remove("records")?.items()?;
        is_understood &= run.is_empty();
        for record in own {
            let [number, place, own] = record.items()?.try_into().ok()?;
            let (lamport, place) = (lamport(number)?, place.number::<usize>()?);
            let mut record = object(own)?;
            for (name, json) in same.iter() {
                record.insert(name.clone(), *json);
            }
            let writer = writers.get(place)?.clone();
            let mut whole = Writer::flat();
            write_object(&mut whole, &record);
            records.push((Version { lamport, writer }, whole.finish()));
        }
    }
    Some(Versioned {
        records,
        is_understood,
    })
}

fn strings(json: Json<'_>) -> Option<Vec<String>> {
    json.items()?.into_iter().map(Json::string).collect()
}

/// Leave to delete: these keys are needless as long as those others are there, whole.
#[derive(Debug)]
pub(super) struct Permit {
    /// Keys with the checksums they must have.
    pub into: Vec<(String, u32)>,
    /// Keys that may go.
    pub drop: Vec<String>,
}

impl Permit {
    /// The permit as a value.
    pub fn write(&self) -> String {
        let mut writer = Writer::flat();
        writer.begin('{');
        writer.name("into");
        writer.begin('[');
        for (key, checksum) in &self.into {
            writer.begin('[');
            writer.string(key);
            writer.raw(&checksum.to_string());
            writer.end(']');
        }
        writer.end(']');
        writer.name("drop");
        writer.begin('[');
        for key in &self.drop {
            writer.string(key);
        }
        writer.end(']');
        writer.end('}');
        seal(&writer.finish())
    }

    /// The permit in a value; `None` where that is damaged.
    pub fn read(value: &str) -> Option<Self> {
        let permit = object(unseal(value)?.1)?;
        let into = permit.get("into")?.items()?.into_iter().map(|json| {
            let [key, checksum] = json.items()?.try_into().ok()?;
            Some((key.string()?, checksum.number()?))
        });
        Some(Self {
            into: into.collect::<Option<_>>()?,
            drop: strings(*permit.get("drop")?)?,
        })
    }
}
