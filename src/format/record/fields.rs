//! JSON objects field by field: known ones are taken out by name, the rest is kept to the letter.
//!
//! `serde(flatten)` would buffer the unknown fields and lose the digits of long numbers; here they
//! stay the text they were. Knows nothing of what the fields mean.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::RecordError;
use crate::model::Extra;

/// Before the name of a field that a newer version stored, in [`Extra`]: it goes back to where it
/// was, and is not mistaken for a field of an imported file.
const NEWER: &str = "sl1:";

/// The names this version gives a meaning to, in any kind of record.
const KNOWN: &[&str] = &[
    "k", "i", "z", "d", "l", "w", "s", "q", "n", "o", "a", "c", "m", "x", "t", "r", "p", "ti",
    "ou", "au", "da", "ur", "ev", "la", "fr", "co", "de",
];

/// The fields of one JSON object.
pub(super) struct Fields<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Fields<'a> {
    /// The fields of `json`; an error where it is no object.
    pub fn of(json: &'a str) -> Result<Self, RecordError> {
        serde_json::from_str(json)
            .map(Self)
            .map_err(|error| RecordError(format!("it is not an object ({error})")))
    }

    /// Takes a field out as the text it is.
    pub fn take_raw(&mut self, name: &str) -> Option<&'a str> {
        self.0.remove(name).map(RawValue::get)
    }

    /// Takes a field out; `None` where it is absent.
    pub fn take<T: Deserialize<'a>>(&mut self, name: &str) -> Result<Option<T>, RecordError> {
        let read = |raw| serde_json::from_str(raw);
        let value = self.take_raw(name).map(read).transpose();
        value.map_err(|error| RecordError(format!("its field “{name}” is unreadable ({error})")))
    }

    /// Takes out a field that must be there.
    pub fn need<T: Deserialize<'a>>(&mut self, name: &str) -> Result<T, RecordError> {
        let value = self.take(name)?;
        value.ok_or_else(|| RecordError(format!("its field “{name}” is missing")))
    }

    /// Takes out an id.
    pub fn need_id<T>(
        &mut self,
        name: &str,
        make: fn(&str) -> Option<T>,
    ) -> Result<T, RecordError> {
        let text: String = self.need(name)?;
        make(&text).ok_or_else(|| RecordError(format!("“{text}” cannot be a name")))
    }

    /// Everything that was not taken, with the unknown fields of the file the record came from.
    pub fn into_extra(mut self) -> Result<Extra, RecordError> {
        let of_file: BTreeMap<String, &RawValue> = self.take("x")?.unwrap_or_default();
        let of_file = of_file.into_iter();
        let newer = self.0.into_iter();
        let newer = newer.map(|(name, raw)| (format!("{NEWER}{name}"), raw));
        let all = newer.chain(of_file);
        Ok(Extra::new(
            all.map(|(name, raw)| (name, raw.get().to_owned()))
                .collect(),
        ))
    }
}

/// Writes one JSON object, field by field.
pub(super) struct ObjectWriter(String);

impl ObjectWriter {
    /// An object that begins with the kind and the id of a record.
    pub fn new(kind: &str, id: &str) -> Self {
        let mut this = Self(String::from("{"));
        this.field("k", kind);
        this.field("i", id);
        this
    }

    /// Adds a field.
    pub fn field(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        let json = serde_json::to_string(value).expect("strings and numbers are always JSON");
        self.raw(name, &json);
    }

    /// Adds a text field unless the text is empty.
    pub fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.field(name, text);
        }
    }

    /// Adds the unknown fields: a newer version's where they stood, a file's under `x`.
    pub fn extra(&mut self, extra: &Extra) {
        let mut of_file = BTreeMap::new();
        for (name, json) in extra.iter() {
            let json = as_json(json);
            match name.strip_prefix(NEWER) {
                Some(own) if !KNOWN.contains(&own) => self.raw(own, json.get()),
                _ => {
                    of_file.insert(name, json);
                }
            }
        }
        if !of_file.is_empty() {
            self.field("x", &of_file);
        }
    }

    /// The object.
    pub fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }

    fn raw(&mut self, name: &str, json: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        let name = serde_json::to_string(name).expect("a string is always JSON");
        self.0.extend([&name, ":", json]);
    }
}

/// `text` as JSON: itself where it is, else the string it makes, so that nothing is dropped and
/// the record around it stays readable.
fn as_json(text: &str) -> Box<RawValue> {
    serde_json::from_str(text).unwrap_or_else(|_| {
        let string = serde_json::value::to_raw_value(text);
        string.expect("a string is always JSON")
    })
}
