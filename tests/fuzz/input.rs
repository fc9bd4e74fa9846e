//! A value to decode: a file, or named stored values. Knows how it is kept as a fixture, nothing of
//! what is in it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::mutate::{sealed, unsealed};

/// A key of nobody's, which says that values were made up with right checksums. Checksums guard
/// against damage and not against forgers: two contents under one version, or a permit for what
/// stands nowhere else, are then not asked for.
pub const FORGED: &str = "forged";

/// What a target decodes.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A file whose name ends like this.
    File(String, Vec<u8>),
    /// Values by key.
    Values(BTreeMap<String, String>),
}

impl Input {
    /// The bytes and the ending of the fixture that this is kept as.
    pub fn to_file(&self) -> (Vec<u8>, &str) {
        match self {
            Input::File(ending, bytes) => (bytes.clone(), ending),
            Input::Values(values) => {
                let json = serde_json::to_string_pretty(values).expect("texts are JSON");
                ((json + "\n").into_bytes(), "json")
            }
        }
    }

    /// What a fixture holds.
    pub fn of_file(target: &str, path: &Path) -> Self {
        let bytes = std::fs::read(path).expect("a fixture can be read");
        match target {
            "project" | "article" | "exchange" => {
                let ending = path.extension().and_then(|it| it.to_str());
                Input::File(ending.expect("it has an ending").to_owned(), bytes)
            }
            _ => Input::Values(serde_json::from_slice(&bytes).expect("keys and values")),
        }
    }

    /// For the terminal, cut where it is long.
    pub fn shown(&self) -> String {
        let whole = match self {
            Input::File(ending, bytes) => {
                format!(".{ending}: {:?}", String::from_utf8_lossy(bytes))
            }
            Input::Values(values) => format!("{values:?}"),
        };
        whole.chars().take(1_500).collect()
    }

    /// How many parts it has that can be left out or shortened.
    pub fn parts(&self) -> usize {
        match self {
            Input::File(..) => 1,
            Input::Values(values) => values.len(),
        }
    }

    /// The same without one part.
    pub fn without(&self, part: usize) -> Option<Self> {
        let Input::Values(values) = self else {
            return None;
        };
        let mut values = values.clone();
        let key = values.keys().nth(part).filter(|it| *it != FORGED)?.clone();
        values.remove(&key);
        Some(Input::Values(values))
    }

    /// How long a part is, in bytes; of a stored value with the right checksum, its content.
    pub fn length(&self, part: usize) -> usize {
        match self {
            Input::File(_, bytes) => bytes.len(),
            Input::Values(values) => values
                .values()
                .nth(part)
                .map_or(0, |it| unsealed(it).unwrap_or(it).len()),
        }
    }

    /// The same without `length` bytes of a part from `at` on. A right checksum stays right.
    pub fn shorter(&self, part: usize, at: usize, length: usize) -> Option<Self> {
        match self {
            Input::File(ending, bytes) => {
                let mut bytes = bytes.clone();
                bytes.drain(at..(at + length).min(bytes.len()));
                Some(Input::File(ending.clone(), bytes))
            }
            Input::Values(values) => {
                let mut values = values.clone();
                let value = values.values_mut().nth(part)?;
                let content = unsealed(value);
                let is_sealed = content.is_some();
                let mut text = content.unwrap_or(value).to_owned();
                let end = (at + length).min(text.len());
                if !text.is_char_boundary(at) || !text.is_char_boundary(end) {
                    return None;
                }
                text.replace_range(at..end, "");
                *value = if is_sealed { sealed(&text) } else { text };
                Some(Input::Values(values))
            }
        }
    }
}
