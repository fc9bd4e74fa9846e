//! Values as JSON, and the fields of entries. Knows nothing of what they mean.

use std::sync::Arc;

use crate::format::json::{Json, Parsed, Writer};
use crate::model::sorted::SortedMap;
use crate::model::{Extra, Fields, Value};

/// The fields of an entry, out of those of a record.
pub(in crate::format) fn take_entry(extra: &Extra) -> Fields {
    let mut fields = Fields::default();
    for (name, json) in extra.iter() {
        if let Ok(json) = Parsed::of(json) {
            fields.insert(name.clone(), value(json.root()));
        }
    }
    fields
}

/// The fields of a record, out of those of an entry.
pub(in crate::format) fn entry_fields(fields: &Fields) -> Extra {
    let all = fields.iter();
    let all = all.map(|(name, value)| (name.clone(), written(value)));
    Arc::new(all.collect::<SortedMap<_, _>>())
}

/// A value as JSON.
pub(in crate::format) fn written(value: &Value) -> String {
    let mut writer = Writer::flat();
    write(&mut writer, value);
    writer.finish()
}

/// What JSON says.
pub(in crate::format) fn value(json: Json<'_>) -> Value {
    match json.get().as_bytes().first() {
        Some(b't') => Value::Flag(true),
        Some(b'f') => Value::Flag(false),
        Some(b'"') => Value::Text(json.string().unwrap_or_default()),
        Some(b'[') => Value::List(json.parts().map(value).collect()),
        Some(b'{') => {
            let fields = json.fields();
            Value::Fields(
                fields
                    .map(|(name, json)| (name.into_owned(), value(json)))
                    .collect(),
            )
        }
        Some(b'-' | b'0'..=b'9') => Value::Number(json.get().to_owned()),
        _ => Value::Null,
    }
}

fn write(writer: &mut Writer, value: &Value) {
    match value {
        // Words are written with their article, as fields.
        Value::Null | Value::Span(_) => writer.raw("null"),
        Value::Flag(true) => writer.raw("true"),
        Value::Flag(false) => writer.raw("false"),
        // One that is no number would make the whole file unreadable.
        Value::Number(digits) => match Parsed::of(digits) {
            Ok(_) => writer.raw(digits),
            Err(_) => writer.string(digits),
        },
        Value::Text(text) => writer.string(text),
        Value::List(all) => {
            writer.begin('[');
            all.iter().for_each(|it| write(writer, it));
            writer.end(']');
        }
        Value::Fields(all) => {
            writer.begin('{');
            write_fields(writer, all.iter());
            writer.end('}');
        }
    }
}

/// Fields of the object that is being written.
pub(in crate::format) fn write_fields<'f>(
    writer: &mut Writer,
    fields: impl Iterator<Item = &'f (String, Value)>,
) {
    for (name, value) in fields {
        writer.name(name);
        write(writer, value);
    }
}

/// An object of these fields.
pub(super) fn object<'f>(fields: impl Iterator<Item = &'f (String, Value)>) -> String {
    let mut writer = Writer::flat();
    writer.begin('{');
    write_fields(&mut writer, fields);
    writer.end('}');
    writer.finish()
}
