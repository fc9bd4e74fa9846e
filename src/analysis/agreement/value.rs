//! A measure of agreement, or why there is none. Knows no measure.

/// A number that says how far people agree, or why there is none.
pub type Value = Result<f64, Undefined>;

/// Why a measure has no value. Each is a sentence for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Undefined {
    /// Nobody to compare with.
    #[error("Two people are needed, and nobody else has marked here.")]
    Alone,
    /// There are several, but no article of one is an article of another.
    #[error("No two of them have marked the same article.")]
    Apart,
    /// There is no mark.
    #[error("Nothing is marked, so there is nothing to agree on.")]
    Unmarked,
    /// Every word is the same for everybody.
    #[error(
        "Everybody says the same of every word, so it cannot be told how much of that is chance."
    )]
    OneValue,
    /// Some have marked other articles than others.
    #[error("It is only known for articles that all of them have marked, and there is none.")]
    Incomplete,
    /// There is too little to draw from.
    #[error("There are too few passages to say how sure the number is.")]
    TooFew,
}

/// The mean of those that have a value; the reason of the first where none has.
pub(super) fn mean(values: impl Iterator<Item = Value>) -> Value {
    let (mut sum, mut count, mut reason) = (0.0, 0.0, None);
    for value in values {
        match value {
            Ok(value) => (sum, count) = (sum + value, count + 1.0),
            Err(why) => reason = reason.or(Some(why)),
        }
    }
    match count > 0.0 {
        true => Ok(sum / count),
        false => Err(reason.unwrap_or(Undefined::Alone)),
    }
}

/// One number of another; `none` where the other is nothing.
pub(super) fn share(part: f64, whole: f64, none: Undefined) -> Value {
    match whole > 0.0 {
        true => Ok(part / whole),
        false => Err(none),
    }
}
