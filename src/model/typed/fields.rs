//! The fields of an entry: taken one by one, and given one by one. Knows nothing of what they mean.

use crate::model::entry::Entry;
use crate::model::id::LabelId;
use crate::model::value::{Fields, Value};

/// Words that files use for the values of a type; the default comes first and is not given.
pub(super) type Words<T> = &'static [(&'static str, T)];

/// Fields that are taken one by one.
pub(super) struct Taken(Fields);

impl Taken {
    pub fn of(entry: &Entry) -> Self {
        Self(entry.fields.clone())
    }

    pub fn of_fields(fields: Fields) -> Self {
        Self(fields)
    }

    /// Takes a field that `read` makes something of. Any other stays.
    pub fn take<T>(&mut self, name: &str, read: impl FnOnce(&Value) -> Option<T>) -> Option<T> {
        let value = read(self.0.get(name)?)?;
        self.0.remove(name);
        Some(value)
    }

    pub fn maybe_text(&mut self, name: &str) -> Option<String> {
        self.take(name, |it| it.text().map(str::to_owned))
    }

    pub fn text(&mut self, name: &str) -> String {
        self.maybe_text(name).unwrap_or_default()
    }

    /// The name, for which the id stands where there is none.
    pub fn name(&mut self, id: &str) -> String {
        self.maybe_text("name").unwrap_or_else(|| id.to_owned())
    }

    pub fn texts(&mut self, name: &str) -> Vec<String> {
        let texts = |it: &Value| Some(it.texts()?.into_iter().map(str::to_owned).collect());
        self.take(name, texts).unwrap_or_default()
    }

    pub fn id<T>(&mut self, name: &str, make: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        self.take(name, |it| make(it.text()?))
    }

    /// The ids in a list; all of them have to be ids.
    pub fn labels(&mut self, name: &str) -> Vec<LabelId> {
        let labels = |it: &Value| it.texts()?.into_iter().map(LabelId::new).collect();
        self.take(name, labels).unwrap_or_default()
    }

    pub fn word<T: Copy>(&mut self, name: &str, words: Words<T>) -> T {
        let word = |it: &Value| {
            let text = it.text()?;
            words.iter().find(|it| it.0 == text).map(|it| it.1)
        };
        self.take(name, word).unwrap_or(words[0].1)
    }

    pub fn key(&mut self) -> Option<char> {
        self.take("key", |it| {
            let mut letters = it.text()?.chars();
            letters.next().filter(|_| letters.as_str().is_empty())
        })
    }

    /// Puts a field back that was taken and is not understood.
    pub fn put_back(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    pub fn rest(self) -> Fields {
        self.0
    }
}

/// Fields that are given one by one.
pub(super) struct Given(Fields);

impl Given {
    /// Over those that are not known.
    pub fn over(extra: Fields) -> Self {
        Self(extra)
    }

    pub fn put(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    pub fn text(&mut self, name: &str, text: String) {
        if !text.is_empty() {
            self.put(name, Value::Text(text));
        }
    }

    pub fn texts(&mut self, name: &str, texts: Vec<String>) {
        if !texts.is_empty() {
            self.put(name, Value::list(texts));
        }
    }

    pub fn labels(&mut self, name: &str, labels: &[LabelId]) {
        self.texts(name, labels.iter().map(LabelId::to_string).collect());
    }

    pub fn word<T: PartialEq>(&mut self, name: &str, words: Words<T>, value: &T) {
        let word = words[1..].iter().find(|it| it.1 == *value);
        self.text(name, word.map_or_else(String::new, |it| it.0.to_owned()));
    }

    pub fn fields(self) -> Fields {
        self.0
    }
}
