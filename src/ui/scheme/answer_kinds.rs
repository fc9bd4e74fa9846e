//! The kinds of answers as the form of a question names them, and the values that answers may have. Knows
//! nothing of the form itself.

use leptos::prelude::*;

use super::fields::Options;
use crate::model::{Answer, AttributeKind};

/// The kinds of answers, as the form names them.
pub(super) const KINDS: [(&str, &str); 9] = [
    ("choice", "One of several answers"),
    ("choices", "Any of several answers"),
    ("yes-no", "Yes or no"),
    ("scale", "A scale"),
    ("number", "A number"),
    ("text", "Text"),
    ("speaker", "Somebody of the cast"),
    ("spans", "Other marks"),
    ("words", "Words of the text"),
];

/// How the form calls an answer that names no mark: there is none.
pub(super) const NONE_GIVEN: &str = "none";

/// An answer as the form has it, several chosen ones on a line each; empty for those that it cannot show.
pub(super) fn said(answer: &Answer) -> String {
    match answer {
        Answer::Flag(flag) => flag.to_string(),
        Answer::Number(text) | Answer::Text(text) => text.clone(),
        Answer::List(all) if all.is_empty() => NONE_GIVEN.to_owned(),
        Answer::List(_) => answer.texts().unwrap_or_default().join("\n"),
        _ => String::new(),
    }
}

/// The values that an answer of this kind may have; nothing where it is written freely.
pub(super) fn values_of(kind: &AttributeKind) -> Options {
    match kind {
        AttributeKind::YesNo => [("true", "Yes"), ("false", "No")]
            .map(|it| (it.0.to_owned(), it.1.to_owned()))
            .into(),
        AttributeKind::Scale(from, to) => {
            // No more than anybody would look through.
            let values = (*from..=*to).take(101).map(|it| it.to_string());
            values.map(|it| (it.clone(), it)).collect()
        }
        other => {
            let choices = other.choices().iter();
            choices
                .map(|it| (it.value.clone(), it.name.clone()))
                .collect()
        }
    }
}

/// Before the options the one that stands for none.
pub(super) fn or_none(none: &str, options: Options) -> Options {
    std::iter::once((String::new(), none.to_owned()))
        .chain(options)
        .collect()
}

/// What a field of numbers holds, which is followed.
pub(super) fn number(text: RwSignal<String>) -> i32 {
    text.get().trim().parse().unwrap_or_default()
}

/// Whether it is a number with a point. Floats can read themselves, but that takes much of the program.
pub(super) fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let all_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let parts = digits.split_once('.');
    parts.is_some_and(|(whole, part)| all_digits(whole) && all_digits(part))
}
