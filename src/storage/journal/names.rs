//! The names of keys. Every one begins with `sl1:`; what else is on the origin is left alone, and so
//! are names with our prefix that this version does not know.

pub(super) const PREFIX: &str = "sl1:";
pub(super) const HEADER: &str = "sl1:h";

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name<'a> {
    /// `h`: format and version.
    Header,
    /// `j:<writer>:<number>`: the records of one change.
    Entry(Stamp<'a>),
    /// `s:<writer>:<number>:<article>`: records of one article, folded from entries.
    Snapshot(Stamp<'a>),
    /// `f:<writer>:<number>`: which keys a snapshot has made needless.
    Permit(Stamp<'a>),
    /// `t:<sha256>`: a text.
    Text(&'a str),
    /// `settings:<name>`: a small setting.
    Setting(&'a str),
    /// `q:<time>:<key>`: a value that could not be read.
    Quarantine(&'a str),
}

/// Who wrote a key, and as which of their keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp<'a> {
    pub writer: &'a str,
    pub number: u64,
}

impl<'a> Name<'a> {
    pub fn of(key: &'a str) -> Option<Self> {
        let rest = key.strip_prefix(PREFIX)?;
        if rest == "h" {
            return Some(Name::Header);
        }
        let (kind, rest) = rest.split_once(':')?;
        match kind {
            "j" => Stamp::of(rest).map(Name::Entry),
            "s" => Stamp::of(rest).map(Name::Snapshot),
            "f" => Stamp::of(rest).map(Name::Permit),
            "t" => Some(Name::Text(rest)),
            "settings" => Some(Name::Setting(rest)),
            "q" => rest.split_once(':').map(|(_, what)| Name::Quarantine(what)),
            _ => None,
        }
    }

    /// Who wrote the key under which number, where names say so.
    pub fn stamp(self) -> Option<Stamp<'a>> {
        match self {
            Name::Entry(stamp) | Name::Snapshot(stamp) | Name::Permit(stamp) => Some(stamp),
            _ => None,
        }
    }
}

impl<'a> Stamp<'a> {
    fn of(rest: &'a str) -> Option<Self> {
        let mut parts = rest.splitn(3, ':');
        let (writer, number) = (parts.next()?, parts.next()?);
        Some(Self {
            writer,
            number: number.parse().ok()?,
        })
    }
}

pub(super) fn entry(writer: &str, number: u64) -> String {
    format!("{PREFIX}j:{writer}:{number:08}")
}

pub(super) fn snapshot(writer: &str, number: u64, article: &str) -> String {
    format!("{PREFIX}s:{writer}:{number:08}:{article}")
}

/// Whether a key is of a snapshot of this article.
pub(super) fn is_snapshot_of(key: &str, article: &str) -> bool {
    let is_snapshot = matches!(Name::of(key), Some(Name::Snapshot(_)));
    is_snapshot && key.splitn(5, ':').nth(4) == Some(article)
}

pub(super) fn permit(writer: &str, number: u64) -> String {
    format!("{PREFIX}f:{writer}:{number:08}")
}

pub(super) fn text(sha256: &str) -> String {
    format!("{PREFIX}t:{sha256}")
}

pub(super) fn setting(name: &str) -> String {
    format!("{PREFIX}settings:{name}")
}

/// Whether a key is of a small setting.
pub fn is_setting(key: &str) -> bool {
    matches!(Name::of(key), Some(Name::Setting(_)))
}

/// What the names of restore points begin with. They are in the safe copy alone.
pub(in crate::storage) const POINT: &str = "sl1:r:";

/// The name of the folder for backups, which is no text. It is in the safe copy alone.
pub(in crate::storage) const FOLDER: &str = "sl1:folder";

/// Whether a key is in the safe copy alone, and no business of the journal's.
pub(super) fn is_of_copy(key: &str) -> bool {
    key.starts_with(POINT) || key == FOLDER
}

/// The name under which an unreadable value is set aside; `attempt` tells apart those that would
/// otherwise share one.
pub(super) fn quarantine(time: u64, what: &str, attempt: u32) -> String {
    match attempt {
        0 => format!("{PREFIX}q:{time}:{what}"),
        _ => format!("{PREFIX}q:{time}.{attempt}:{what}"),
    }
}
