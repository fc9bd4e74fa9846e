//! Why a wish cannot be granted. Knows nothing of how wishes are judged.

use std::borrow::Cow;

use super::id::LabelId;

/// Why a wish cannot be granted, in words for the person who has it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The article is gone.
    #[error("That article is not here any more.")]
    NoDocument,
    /// The annotation is gone.
    #[error("That mark is not here any more.")]
    NoAnnotation,
    /// The label is unknown.
    #[error("There is no label “{0}” here.")]
    NoLabel(LabelId),
    /// Nothing but white space was selected.
    #[error("There is nothing to mark in a stretch of white space.")]
    Blank,
    /// The same person has marked the same words with the same label before.
    #[error("These words are marked as that already.")]
    Duplicate,
    /// The annotations cannot be made one.
    #[error(
        "Only marks of one label in one article can be merged. Those that are apart have to be selected in the list."
    )]
    Unlike,
    /// The annotation has the words already.
    #[error("The mark has these words already.")]
    Within,
    /// Which fragment is meant is not known, or it is gone.
    #[error("Click the part that is meant, or put the cursor in it.")]
    NoFragment,
    /// It is the only fragment.
    #[error("This mark has one part only. Delete removes the whole mark.")]
    LastFragment,
    /// Neither annotation lies within the other.
    #[error("Only a mark that lies within another one, or has one within it, can change places.")]
    NotNested,
    /// Both mark the same words.
    #[error("Both marks have the same words: there is nothing to exchange.")]
    SameWords,
    /// There is nothing of the annotation on one side of the place.
    #[error("To split a mark, put the cursor between two of its words.")]
    NotInside,
    /// Nothing would change.
    #[error("That changes nothing.")]
    NoChange,
    /// A wish of some panel cannot be granted; the sentence is that panel's.
    #[error("{0}")]
    Refused(Cow<'static, str>),
}
