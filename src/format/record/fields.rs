//! JSON objects field by field: known ones are taken out by name, the rest is kept to the letter.
//!
//! Unknown fields stay the text they were, so that long numbers keep their digits. Knows nothing of what the fields mean.

use std::str::FromStr;
use std::sync::Arc;

use super::RecordError;
use crate::format::json::{Json, Object, Parsed, Writer};
use crate::model::{Extra, no_extra};

/// Before the name of a field that a newer version stored, in [`Extra`]: it goes back to where it
/// was, and is not mistaken for a field of an imported file.
const NEWER: &str = "sl1:";

/// The names this version gives a meaning to, in any kind of record.
const KNOWN: &[&str] = &[
    "k", "i", "z", "d", "l", "w", "s", "q", "n", "o", "a", "c", "m", "x", "t", "r", "p", "ti",
    "ou", "au", "da", "ur", "ev", "lg", "la", "fr", "co", "de",
];

/// The fields of one JSON object.
pub(super) struct Fields<'o, 'a>(pub &'o mut Object<'a>);

impl<'a> Fields<'_, 'a> {
    /// Takes a field out, whatever it is; answers whether there was one.
    pub fn had(&mut self, name: &str) -> bool {
        self.0.remove(name).is_some()
    }

    /// Takes a field out; `None` where it is absent, an error where `read` makes nothing of it.
    pub fn take<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Json<'a>) -> Option<T>,
    ) -> Result<Option<T>, RecordError> {
        let Some(json) = self.0.remove(name) else {
            return Ok(None);
        };
        match read(json) {
            Some(value) => Ok(Some(value)),
            None => Err(RecordError(format!("its field “{name}” is unreadable"))),
        }
    }

    /// Takes out a text.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, RecordError> {
        self.take(name, Json::string)
    }

    /// Takes out a number.
    pub fn number<T: FromStr>(&mut self, name: &str) -> Result<Option<T>, RecordError> {
        self.take(name, Json::number)
    }

    /// Takes out a text that must be there.
    pub fn need_text(&mut self, name: &str) -> Result<String, RecordError> {
        let text = self.text(name)?;
        text.ok_or_else(|| missing(name))
    }

    /// Takes out a list that must be there.
    pub fn need_items(&mut self, name: &str) -> Result<Vec<Json<'a>>, RecordError> {
        let items = self.take(name, Json::items)?;
        items.ok_or_else(|| missing(name))
    }

    /// Takes out an id.
    pub fn need_id<T>(
        &mut self,
        name: &str,
        make: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, RecordError> {
        let text = self.take(name, Json::text)?;
        let text = text.ok_or_else(|| missing(name))?;
        make(&text).ok_or_else(|| RecordError(format!("“{text}” cannot be a name")))
    }

    /// Everything that was not taken, with the unknown fields of the file the record came from.
    pub fn into_extra(mut self) -> Result<Extra, RecordError> {
        let of_file = self.take("x", |json| json.is_object().then_some(json))?;
        if self.0.is_empty() && of_file.is_none() {
            return Ok(no_extra());
        }
        let newer = self.0.fields();
        let newer = newer.map(|(name, json)| (format!("{NEWER}{name}"), json));
        let of_file = of_file.into_iter().flat_map(Json::fields);
        let all = newer.chain(of_file.map(|(name, json)| (name.into_owned(), json)));
        let all = all.map(|(name, json)| (name, json.get().to_owned()));
        Ok(Arc::new(all.collect()))
    }
}

pub(super) fn missing(name: &str) -> RecordError {
    RecordError(format!("its field “{name}” is missing"))
}

/// Writes one JSON object, field by field.
pub(super) struct ObjectWriter(Writer);

impl ObjectWriter {
    /// An object that begins with the kind and the id of a record.
    pub fn new(kind: &str, id: &str) -> Self {
        let mut writer = Writer::flat();
        writer.begin('{');
        writer.field("k", kind);
        writer.field("i", id);
        Self(writer)
    }

    /// Adds a text field.
    pub fn field(&mut self, name: &str, text: &str) {
        self.0.field(name, text);
    }

    /// Adds a text field unless the text is empty.
    pub fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.field(name, text);
        }
    }

    /// Adds a number.
    pub fn number(&mut self, name: &str, number: u64) {
        self.0.number(name, number);
    }

    /// Adds a list, of which `write` writes the items.
    pub fn list(&mut self, name: &str, write: impl FnOnce(&mut Writer)) {
        self.0.name(name);
        self.0.begin('[');
        write(&mut self.0);
        self.0.end(']');
    }

    /// Adds the unknown fields: a newer version's where they stood, a file's under `x`.
    pub fn extra(&mut self, extra: &Extra) {
        let mut of_file = Vec::new();
        for (name, json) in extra.iter() {
            match name.strip_prefix(NEWER) {
                Some(own) if !KNOWN.contains(&own) => self.json(own, json),
                _ => of_file.push((name, json)),
            }
        }
        if !of_file.is_empty() {
            self.0.name("x");
            self.0.begin('{');
            for (name, json) in of_file {
                self.json(name, json);
            }
            self.0.end('}');
        }
    }

    /// The object.
    pub fn finish(mut self) -> String {
        self.0.end('}');
        self.0.finish()
    }

    /// Adds `text` as JSON: itself where it is, else the string it makes, so that nothing is dropped
    /// and the record around it stays readable.
    fn json(&mut self, name: &str, text: &str) {
        self.0.name(name);
        match Parsed::of(text) {
            Ok(json) => self.0.raw(json.root().get()),
            Err(_) => self.0.string(text),
        }
    }
}
