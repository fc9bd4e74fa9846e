//! The fields of a record, name → JSON: taken one by one, and given one by one. Knows nothing of what
//! they mean.

use std::sync::Arc;

use crate::format::json::{Json, Parsed, Writer};
use crate::model::sorted::SortedMap;
use crate::model::{Extra, no_extra};

/// Words that files use for the values of a type; the default comes first and is not written.
pub(super) type Words<T> = &'static [(&'static str, T)];

/// Fields that are taken one by one.
pub(super) struct Fields(SortedMap<String, String>);

impl Fields {
    pub fn of(extra: Extra) -> Self {
        Self(Arc::unwrap_or_clone(extra))
    }

    /// Takes a field that `read` makes something of. Any other stays.
    pub fn take<T>(&mut self, name: &str, read: impl FnOnce(Json<'_>) -> Option<T>) -> Option<T> {
        let json = self.0.get(name)?;
        let value = read(Parsed::of(json).ok()?.root())?;
        self.0.remove(name);
        Some(value)
    }

    pub fn texts(&mut self, name: &str) -> Vec<String> {
        self.take(name, strings).unwrap_or_default()
    }

    pub fn number(&mut self, name: &str) -> u32 {
        self.take(name, |json| json.number()).unwrap_or_default()
    }

    pub fn word<T: Copy>(&mut self, name: &str, words: Words<T>) -> T {
        let word = |json: Json<'_>| {
            let text = json.text()?;
            words.iter().find(|it| it.0 == text).map(|it| it.1)
        };
        self.take(name, word).unwrap_or(words[0].1)
    }

    pub fn key(&mut self) -> Option<char> {
        self.take("key", |json| {
            let text = json.text()?;
            let mut letters = text.chars();
            letters.next().filter(|_| letters.as_str().is_empty())
        })
    }

    pub fn rest(self) -> Extra {
        match self.0.is_empty() {
            true => no_extra(),
            false => Arc::new(self.0),
        }
    }
}

/// Fields to be written, in order: name and JSON.
#[derive(Default)]
pub(in crate::format) struct Given(pub Vec<(&'static str, String)>);

impl Given {
    pub fn json(&mut self, name: &'static str, json: String) {
        self.0.push((name, json));
    }

    pub fn text(&mut self, name: &'static str, text: &str) {
        if !text.is_empty() {
            self.json(name, Writer::quoted(text));
        }
    }

    pub fn texts<'t>(&mut self, name: &'static str, texts: impl Iterator<Item = &'t str>) {
        let json = list(texts);
        if json != "[]" {
            self.json(name, json);
        }
    }

    pub fn word<T: PartialEq>(&mut self, name: &'static str, words: Words<T>, value: &T) {
        let word = words[1..].iter().find(|it| it.1 == *value);
        if let Some((word, _)) = word {
            self.text(name, word);
        }
    }

    pub fn key(&mut self, key: Option<char>) {
        if let Some(key) = key {
            self.text("key", key.encode_utf8(&mut [0; 4]));
        }
    }

    pub fn number(&mut self, name: &'static str, number: u32) {
        if number != 0 {
            self.json(name, number.to_string());
        }
    }

    /// Their names.
    pub fn names(&self) -> Vec<&'static str> {
        self.0.iter().map(|it| it.0).collect()
    }

    /// These fields, and those of a record that are not known.
    pub fn with(self, extra: &Extra) -> Extra {
        if self.0.is_empty() {
            return extra.clone();
        }
        let mut all = SortedMap::clone(extra);
        for (name, json) in self.0 {
            all.insert(name.to_owned(), json);
        }
        Arc::new(all)
    }
}

pub(super) fn strings(json: Json<'_>) -> Option<Vec<String>> {
    json.items()?.into_iter().map(Json::string).collect()
}

pub(super) fn list<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut writer = Writer::flat();
    writer.begin('[');
    for text in texts {
        writer.string(text);
    }
    writer.end(']');
    writer.finish()
}
