//! Values without a type of their own: what files say, before anybody asks what it means. Knows
//! nothing of how files write them.

use super::sorted::SortedMap;
use super::text::Span;

/// A value: an answer, or a field of an [`Entry`](super::Entry).
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// Yes or no.
    Flag(bool),
    /// A number, digit by digit as it was written.
    Number(String),
    /// A text, a chosen value, or the id of a record.
    Text(String),
    /// Several values.
    List(Vec<Value>),
    /// Words of the article that the mark stands in.
    Span(Span),
    /// Values by name.
    Fields(Vec<(String, Value)>),
}

/// Fields by name.
pub type Fields = SortedMap<String, Value>;

impl Value {
    /// Texts as a list.
    pub fn list(texts: impl IntoIterator<Item = impl Into<String>>) -> Value {
        let texts = texts.into_iter().map(|it| Value::Text(it.into()));
        Value::List(texts.collect())
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The texts, if it is a list of nothing else.
    pub fn texts(&self) -> Option<Vec<&str>> {
        match self {
            Value::List(all) => all.iter().map(Value::text).collect(),
            _ => None,
        }
    }

    /// The number, if it is one of this type.
    pub fn number<T: std::str::FromStr>(&self) -> Option<T> {
        match self {
            Value::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// The words of the article that it names, where it is a list.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        let all = match self {
            Value::List(all) => all.as_slice(),
            _ => &[],
        };
        all.iter().filter_map(|it| match it {
            Value::Span(span) => Some(*span),
            _ => None,
        })
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Fields(all) => all.iter().find(|it| it.0 == name).map(|it| &it.1),
            _ => None,
        }
    }

    /// Whether it says `value`, as one of the values it has.
    pub fn says(&self, value: &str) -> bool {
        match self {
            Value::Flag(flag) => value == if *flag { "true" } else { "false" },
            Value::Number(text) | Value::Text(text) => text == value,
            Value::List(values) => values.iter().any(|it| it.says(value)),
            Value::Null | Value::Fields(_) | Value::Span(_) => false,
        }
    }
}
