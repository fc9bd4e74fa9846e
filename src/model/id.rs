//! Names of records. Knows nothing of how they are made: whoever creates a record brings its id.

use std::fmt;
use std::sync::Arc;

/// Whether `text` may stand as an id: a letter or `_`, then letters, digits, `_` or `-`, at most 64
/// in all. Such an id is safe as an XML id, a CSS class and a Label Studio region id.
fn is_valid(text: &str) -> bool {
    let mut bytes = text.bytes();
    let first_fits = bytes
        .next()
        .is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
    first_fits
        && text.len() <= 64
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// An id out of `text`; `None` unless it is `[A-Za-z_][A-Za-z0-9_-]{0,63}`.
            pub fn new(text: &str) -> Option<Self> {
                is_valid(text).then(|| Self(text.into()))
            }

            /// An id as [`Self::new`] makes it; `last`, where that is it, as ids come in runs and all of
            /// a run then share one.
            pub fn again(last: &mut Option<Self>, text: &str) -> Option<Self> {
                if last.as_ref().is_none_or(|it| it.as_str() != text) {
                    *last = Self::new(text);
                }
                last.clone()
            }

            /// The id as it stands in files and in the page.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The same, to be kept: of ten thousand ids nothing is copied.
            pub fn shared(&self) -> Arc<str> {
                self.0.clone()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id_type!(
    /// Names a [`Document`](super::Document).
    DocumentId
);
id_type!(
    /// Names an [`Annotation`](super::Annotation), placed or not.
    AnnotationId
);
id_type!(
    /// Names a [`Label`](super::Label).
    LabelId
);
id_type!(
    /// Names an [`Annotator`](super::Annotator).
    AnnotatorId
);
id_type!(
    /// Names an [`Attribute`](super::Attribute).
    AttributeId
);
id_type!(
    /// Names a [`RelationType`](super::RelationType).
    RelationTypeId
);
id_type!(
    /// Names a [`Speaker`](super::Speaker).
    SpeakerId
);
id_type!(
    /// Names a [`Relation`](super::Relation).
    RelationId
);
id_type!(
    /// Names a [`Comment`](super::Comment).
    CommentId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_safe_in_every_file_format() {
        for good in ["a", "_x", "claim", "wire-report", "a0193_b"] {
            assert!(DocumentId::new(good).is_some(), "{good}");
        }
        let long = "a".repeat(65);
        for bad in ["", "1a", "-a", "a.b", "a b", "é", long.as_str()] {
            assert!(DocumentId::new(bad).is_none(), "{bad}");
        }
    }
}
