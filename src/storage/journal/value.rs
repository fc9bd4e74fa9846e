//! The forms of stored values: each is `[checksum, content]`, and the checksum is over the content as
//! it is written. Knows nothing of stores.

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use crate::format::json::{Json, Object, Parsed, Writer};
use crate::format::record::{Decoder, Heading, RecordError, StoredRecord, crc32};

/// The version of the stored format, and the oldest that can read what this one writes.
pub(super) const FORMAT: u32 = 1;

/// A value around `content`, which is JSON.
pub(super) fn seal(content: &str) -> String {
    // Made at its length: a text of a megabyte is not copied as it grows.
    ["[", &crc32(content).to_string(), ",", content, "]"].concat()
}

/// A value around a text.
pub(super) fn seal_text(text: &str) -> String {
    seal(&Writer::quoted(text))
}

/// A value that was taken apart.
pub(super) struct Sealed<'a> {
    parsed: Parsed<'a>,
    pub checksum: u32,
}

impl<'a> Sealed<'a> {
    /// Takes `value` apart; `None` where it is damaged.
    pub(super) fn of(value: &'a str) -> Option<Self> {
        let parsed = Parsed::of(value).ok()?;
        let [checksum, content] = parsed.root().items()?.try_into().ok()?;
        let checksum = checksum.number()?;
        (crc32(content.get()) == checksum).then_some(Self { parsed, checksum })
    }

    pub(super) fn content(&self) -> Json<'_> {
        let last = self.parsed.root().parts().nth(1);
        last.expect("only a pair is a sealed value")
    }
}

/// The text in a value; `None` where it is damaged or something else.
pub(super) fn open_text(value: &str) -> Option<String> {
    Sealed::of(value)?.content().string()
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
    let sealed = Sealed::of(value);
    let header = sealed.as_ref().and_then(|it| Object::of(it.content()));
    let fields = ["format", "min_reader", "app", "install_id", "created"];
    header.is_some_and(|header| fields.iter().all(|it| header.peek(it).is_some()))
}

/// Whether this version must not write beside `header` (P7). A damaged header counts as long as
/// the number in it can be made out: better not to write than to write over a newer format.
pub(super) fn is_newer(header: &str) -> bool {
    let least = || {
        let parsed = Parsed::of(header).ok()?;
        let content = parsed.root().parts().nth(1)?;
        Object::of(content)?.peek("min_reader")?.number::<u32>()
    };
    least().is_some_and(|least| least > FORMAT)
}

/// The highest lamport number there can be. No one makes so many changes: a higher number is
/// damage, and after the highest of all nothing could be newer.
const LAST_LAMPORT: u64 = 1 << 53;

/// The lamport number that a value is.
pub(super) fn lamport(json: Json<'_>) -> Option<u64> {
    json.number().filter(is_lamport)
}

/// Whether a number can be a lamport number.
pub(super) fn is_lamport(number: &u64) -> bool {
    *number <= LAST_LAMPORT
}

/// Which version of a record is the newest is decided by the lamport number, then the writer (P4).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version {
    pub lamport: u64,
    pub writer: Rc<str>,
}

/// The records of one change, each a stored record, as a value. The time, in milliseconds since
/// 1970, is for people who look at the raw data.
pub(super) fn write_entry(lamport: u64, time: u64, records: &[String]) -> String {
    let mut writer = Writer::flat();
    writer.reserve(records.iter().map(|it| it.len() + 1).sum::<usize>() + 64);
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

/// Records as read from an entry or a snapshot.
pub(super) struct Versioned {
    pub checksum: u32,
    pub records: Vec<Found>,
    /// Whether everything in the value was understood; only then may it be folded away.
    pub is_understood: bool,
}

/// A record that was read, with its version.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    pub version: Version,
    pub raw: Raw,
    pub heading: Heading,
    pub record: Result<StoredRecord, RecordError>,
}

/// Reads an entry of `writer`; `None` where it is damaged.
pub(super) fn read_entry(
    value: &Rc<str>,
    writer: &str,
    decoder: &mut Decoder,
) -> Option<Versioned> {
    let sealed = Sealed::of(value)?;
    let mut object = Object::of(sealed.content())?;
    let version = Version {
        lamport: lamport(object.remove("l")?)?,
        writer: writer.into(),
    };
    let records = object.remove("r")?.items()?.into_iter();
    object.remove("t");
    let records = records.map(|json| {
        let raw = Raw::of(value, json.get(), "");
        let (heading, record) = match Object::of(json) {
            Some(mut fields) => decoder.read_object(&|| raw.json(), &mut fields),
            None => decoder.read(json.get()),
        };
        Found {
            version: version.clone(),
            raw,
            heading,
            record,
        }
    });
    Some(Versioned {
        checksum: sealed.checksum,
        records: records.collect(),
        is_understood: object.is_empty(),
    })
}

/// A record as it is stored, kept as its places in the value it was read from: few are ever asked for.
#[derive(Debug, PartialEq)]
pub(super) struct Raw {
    value: Rc<str>,
    /// The record, or the fields that are its own, in bytes of the value.
    own: Range<usize>,
    /// The fields that it shares with others; empty where it shares none.
    same: Range<usize>,
}

impl Raw {
    /// The places of a record's own fields and of those it shares, both parts of `value`; `same` is
    /// empty where it shares none.
    pub(super) fn of(value: &Rc<str>, own: &str, same: &str) -> Self {
        let place = |part: &str| {
            let start = part.as_ptr() as usize - value.as_ptr() as usize;
            start..start + part.len()
        };
        Self {
            value: value.clone(),
            own: place(own),
            same: if same.is_empty() { 0..0 } else { place(same) },
        }
    }

    pub(super) fn is_object(&self) -> bool {
        self.value[self.own.clone()].starts_with('{')
    }

    /// About how long it is, in bytes.
    pub(super) fn len(&self) -> usize {
        self.own.len() + self.same.len()
    }

    /// The record as JSON.
    pub(super) fn json(&self) -> Cow<'_, str> {
        let [own, same] = [&self.own, &self.same].map(|it| &self.value[it.clone()]);
        match same {
            "" => own.into(),
            _ => joined(same, own).into(),
        }
    }
}

/// The object with the fields of both, as they stand. Where a name is among both, the second counts.
fn joined(first: &str, second: &str) -> String {
    let inner = [first, second].map(|object| object[1..object.len() - 1].trim());
    let comma = if inner.contains(&"") { "" } else { "," };
    ["{", inner[0], comma, inner[1], "}"].concat()
}

pub(super) fn strings<T: for<'a> From<Cow<'a, str>>>(json: Json<'_>) -> Option<Vec<T>> {
    let items = json.items()?.into_iter();
    items.map(|it| it.text().map(T::from)).collect()
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
            writer.digits(*checksum);
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
        let sealed = Sealed::of(value)?;
        let permit = Object::of(sealed.content())?;
        let into = permit.peek("into")?.items()?.into_iter().map(|json| {
            let [key, checksum] = json.items()?.try_into().ok()?;
            Some((key.string()?, checksum.number()?))
        });
        Some(Self {
            into: into.collect::<Option<_>>()?,
            drop: strings(permit.peek("drop")?)?,
        })
    }
}
