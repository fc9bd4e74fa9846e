//! The cast: who speaks in the articles. Knows nothing of what they say.

use super::id::SpeakerId;
use super::value::Fields;

/// What a speaker is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SpeakerKind {
    /// A human being who is named.
    #[default]
    Person,
    /// An office, a company, a party.
    Body,
    /// A report, a letter, a law.
    Document,
    /// Somebody whom the text does not name, such as “a person close to the talks”.
    Unnamed,
}

/// Somebody, or something, whose words the articles give. One list is for all articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Speaker {
    /// Their name in files.
    pub id: SpeakerId,
    /// What people read.
    pub name: String,
    /// What they are there as, such as “mayor”; may be empty.
    pub role: String,
    /// What they are.
    pub kind: SpeakerKind,
    /// Other names the articles use.
    pub aliases: Vec<String>,
    /// Unknown fields of their file.
    pub extra: Fields,
}

impl Speaker {
    /// A person without a role.
    pub fn new(id: SpeakerId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            role: String::new(),
            kind: SpeakerKind::default(),
            aliases: Vec::new(),
            extra: Fields::default(),
        }
    }

    /// All names, the own one first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name)
            .chain(&self.aliases)
            .map(String::as_str)
    }
}
