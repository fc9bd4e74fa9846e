//! Snapshots: the records of an article in one value, with what they have in common written once.
//!
//! Nearly everything that is read at a start stands in snapshots, so these are read byte by byte, once,
//! as far as they are as this version writes them; what is not is read as any JSON is. Knows nothing
//! of stores.

use std::borrow::Cow;
use std::rc::Rc;

use super::value::{Found, Raw, Sealed, Version, Versioned, is_lamport, lamport, seal, strings};
use crate::format::json::{Cursor, Json, Object, Parsed, Writer};
use crate::format::record::{Decoder, crc32};
use crate::model::sorted::SortedMap;

/// Fields that many records of an article have in common; a snapshot writes them once.
const SHARED: [&str; 4] = ["k", "d", "l", "w"];

type Fields<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

/// A run of records of a snapshot that have the same [`SHARED`] fields.
struct Run<'a> {
    same: Fields<'a>,
    /// Lamport number, place of the writer in the list, and the fields that are not shared.
    records: Vec<(u64, usize, Fields<'a>)>,
}

/// A snapshot of `records`; those that are no objects cannot be folded and are `None`.
pub(super) fn write(records: &[(&Version, &str)]) -> Option<String> {
    let parsed = records.iter().map(|(_, raw)| Parsed::of(raw).ok());
    let parsed: Vec<Parsed<'_>> = parsed.collect::<Option<_>>()?;
    let mut writers: Vec<&str> = Vec::new();
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut places: SortedMap<[Option<&str>; 4], usize> = SortedMap::default();
    for ((version, _), parsed) in records.iter().zip(&parsed) {
        let writer = writers.iter().position(|it| *it == &*version.writer);
        let writer = writer.unwrap_or_else(|| {
            writers.push(&version.writer);
            writers.len() - 1
        });
        let mut own = Object::of(parsed.root())?;
        let shared = SHARED.map(|name| own.remove(name));
        let key = shared.map(|it| it.map(Json::get));
        let place = places.get(&key).copied().unwrap_or_else(|| {
            let same = SHARED.iter().zip(shared);
            let same = same.filter_map(|(name, json)| Some((Cow::from(*name), json?)));
            let (same, records) = (same.collect(), Vec::new());
            runs.push(Run { same, records });
            places.insert(key, runs.len() - 1);
            runs.len() - 1
        });
        let records = &mut runs[place].records;
        let own = own.fields().map(|(name, json)| (name.clone(), json));
        records.push((version.lamport, writer, own.collect()));
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
        writer.digits(*lamport);
        writer.digits(*place as u64);
        write_object(writer, own);
        writer.end(']');
    }
    writer.end(']');
    writer.end('}');
}

fn write_object(writer: &mut Writer, fields: &Fields<'_>) {
    writer.begin('{');
    for (name, json) in fields {
        writer.name(name);
        writer.raw(json.get());
    }
    writer.end('}');
}

/// Reads a snapshot; `None` where it is damaged.
pub(super) fn read(value: &Rc<str>, decoder: &mut Decoder) -> Option<Versioned> {
    read_ours(value, decoder).or_else(|| read_any(value, decoder))
}

/// Reads a snapshot that is as [`write`] makes it; `None` for all others.
fn read_ours(value: &Rc<str>, decoder: &mut Decoder) -> Option<Versioned> {
    let sealed = value.strip_prefix('[')?.strip_suffix(']')?;
    let (checksum, content) = sealed.split_once(',')?;
    let checksum = checksum.parse().ok()?;
    (crc32(content) == checksum).then_some(())?;
    let mut cursor = Cursor::new(content);
    let mut writers = Vec::new();
    cursor.expect("{\"writers\":[")?;
    loop {
        writers.push(cursor.plain_text()?.into());
        if !cursor.more(b']')? {
            break;
        }
    }
    let mut reader = RunReader {
        value,
        writers,
        decoder,
        // About as many as there mostly are.
        records: Vec::with_capacity(content.len() / 48),
    };
    cursor.expect(",\"runs\":[")?;
    loop {
        reader.run(&mut cursor)?;
        if !cursor.more(b']')? {
            break;
        }
    }
    cursor.expect("}")?;
    cursor.is_at_end().then_some(Versioned {
        checksum,
        records: reader.records,
        is_understood: true,
    })
}

/// Reads the runs of a snapshot one after another.
struct RunReader<'r> {
    value: &'r Rc<str>,
    writers: Vec<Rc<str>>,
    decoder: &'r mut Decoder,
    records: Vec<Found>,
}

impl RunReader<'_> {
    fn run(&mut self, cursor: &mut Cursor<'_>) -> Option<()> {
        cursor.expect("{\"same\":")?;
        let same = cursor.any().ok()?;
        let same = same.root();
        let mut marks = self.decoder.plain_marks(same);
        cursor.expect(",\"records\":[")?;
        loop {
            cursor.expect("[")?;
            let lamport = cursor.count().filter(is_lamport)?;
            cursor.expect(",")?;
            let place = usize::try_from(cursor.count()?).ok()?;
            cursor.expect(",")?;
            let version = self.version(lamport, place)?;
            let start = cursor.clone();
            let plain = marks.as_mut().and_then(|it| it.read(cursor));
            match plain {
                Some((heading, record)) => self.records.push(Found {
                    version,
                    raw: Raw::of(self.value, cursor.since(&start), same.get()),
                    heading,
                    record: Ok(record),
                }),
                None => {
                    *cursor = start;
                    self.record(version, cursor.any().ok()?.root(), same)?;
                }
            }
            cursor.expect("]")?;
            if !cursor.more(b']')? {
                break;
            }
        }
        cursor.expect("}")
    }

    fn version(&self, lamport: u64, place: usize) -> Option<Version> {
        let writer = self.writers.get(place)?.clone();
        Some(Version { lamport, writer })
    }

    /// Takes in a record of whatever kind.
    fn record(&mut self, version: Version, own: Json<'_>, same: Json<'_>) -> Option<()> {
        let raw = Raw::of(self.value, own.get(), same.get());
        let mut fields = Object::of_both(same, own)?;
        let (heading, record) = self.decoder.read_object(&|| raw.json(), &mut fields);
        drop(fields);
        self.records.push(Found {
            version,
            raw,
            heading,
            record,
        });
        Some(())
    }
}

/// Reads a snapshot, however it is laid out.
fn read_any(value: &Rc<str>, decoder: &mut Decoder) -> Option<Versioned> {
    let sealed = Sealed::of(value)?;
    let mut whole = Object::of(sealed.content())?;
    let mut reader = RunReader {
        value,
        writers: strings(whole.remove("writers")?)?,
        decoder,
        records: Vec::new(),
    };
    let runs = whole.remove("runs")?.items()?;
    let mut is_understood = whole.is_empty();
    for run in runs {
        let mut run = Object::of(run)?;
        let same = run.remove("same")?;
        let listed = run.remove("records")?.items()?;
        is_understood &= run.is_empty();
        for record in listed {
            let [number, place, own] = record.items()?.try_into().ok()?;
            let version = reader.version(lamport(number)?, place.number()?)?;
            reader.record(version, own, same)?;
        }
    }
    Some(Versioned {
        checksum: sealed.checksum,
        records: reader.records,
        is_understood,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::select;

    const WRITTEN: [&str; 7] = [
        r#"{"k":"a","i":"a1","d":"d1","l":"claim","w":"me","s":[0,5,77],"c":5}"#,
        r#"{"k":"a","i":"a2","d":"d1","l":"claim","w":"me","s":[3,9,4294967295],"c":5,"m":6}"#,
        r#"{"k":"a","i":"a3","d":"d1","l":"claim","w":"me","s":[3,9,7],"c":5,"n":"a “note”\n"}"#,
        r#"{"k":"a","i":"a4","d":"d1","l":"claim","w":"me","s":[3,9,7,12,14,8],"c":5}"#,
        r#"{"k":"a","i":"a5","z":1,"d":"d1"}"#,
        r#"{"k":"d","i":"d1","t":"hash","ti":"Title","c":1}"#,
        r#"{"k":"later","i":"r1","d":"d1","to":[1.50, {}]}"#,
    ];

    /// What is read in our own way is what is read in the general one.
    fn check(value: &str) -> bool {
        let value: Rc<str> = value.into();
        let ours = read_ours(&value, &mut Decoder::default());
        let any = read_any(&value, &mut Decoder::default());
        if let Some(ours) = &ours {
            let any = any.as_ref().expect("it can be read in the general way too");
            assert_eq!(ours.records, any.records);
            assert_eq!(
                (ours.checksum, ours.is_understood),
                (any.checksum, any.is_understood)
            );
        }
        ours.is_some()
    }

    #[test]
    fn what_this_version_writes_is_read_in_its_own_way() {
        let writers = ["w1", "w2"].map(Rc::<str>::from);
        let versions: Vec<Version> = (0..WRITTEN.len())
            .map(|at| Version {
                lamport: at as u64,
                writer: writers[at % 2].clone(),
            })
            .collect();
        let records: Vec<_> = versions.iter().zip(WRITTEN).collect();
        assert!(check(&write(&records).expect("they are objects")));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]

        #[test]
        fn whatever_stands_there_both_ways_read_the_same(
            own in prop::collection::vec(select(vec![
                r#""i":"a1""#, r#""i":"1a""#, r#""i":"a\u0041""#, r#""s":[1,2,3]"#, r#""s":[1,2]"#,
                r#""s":[1,2,3,4,5,6]"#, r#""s":[1,2,03]"#, r#""s":[1,2,4294967296]"#, r#""s": [1,2,3]"#,
                r#""c":5"#, r#""c":5.0"#, r#""c":-1"#, r#""c":1234567890123456789"#, r#""m":7"#,
                r#""n":"x""#, r#""o":"i""#, r#""a":"m""#, r#""z":1"#, r#""q":null"#, r#""k":"u""#, r#""d":"d2""#,
            ]), 0..5),
            same in select(vec![
                r#"{"k":"a","d":"d1","l":"claim","w":"me"}"#, r#"{"w":"me","k":"a","d":"d1","l":"claim"}"#,
                r#"{"k":"a","d":"d1","l":"claim"}"#, r#"{"k":"a","d":"1","l":"claim","w":"me"}"#,
                r#"{"k":"a","d":"d1","l":"claim","w":"me","n":"x"}"#, r#"{"k":"d","d":"d1","l":"claim","w":"me"}"#,
                r#"{"k":"a","d":"d\u0031","l":"claim","w":"me"}"#, "{}", "[]",
            ]),
            version in select(vec!["1,0", "1,1", "9007199254740993,0", "01,0", "1, 0", "-1,0"]),
            end in select(vec!["", " ", ",\"later\":1"]),
        ) {
            let own = own.join(",");
            let content = format!(
                r#"{{"writers":["w1"],"runs":[{{"same":{same},"records":[[{version},{{{own}}}]]}}]{end}}}"#
            );
            check(&seal(&content));
        }
    }
}
