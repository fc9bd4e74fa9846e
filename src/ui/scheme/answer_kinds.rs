//! The kinds of answers as the form of a question names them, and the values that answers may have. Knows
//! nothing of the form itself.

use leptos::prelude::*;

use super::fields::Options;
use crate::model::{Answer, Attribute, AttributeKind, Condition};

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

/// After which answer a question is asked, as its form shows it: one of `others`, or none. A question that is
/// not offered, as it is about something else by now, is none, and neither is an answer of another question.
pub(super) fn waits_for(
    others: Vec<Attribute>,
    after: &str,
    value: String,
) -> Result<Option<Condition>, &'static str> {
    let Some(other) = others.into_iter().find(|it| it.id.as_str() == after) else {
        return Ok(None);
    };
    let offered = values_of(&other.kind);
    if value.is_empty() || !offered.is_empty() && !offered.iter().any(|it| it.0 == value) {
        return Err("Say which answer the question waits for.");
    }
    let attribute = other.id;
    Ok(Some(Condition { attribute, value }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AttributeId, Choice};

    #[test]
    fn a_question_waits_for_what_its_form_shows() {
        let id = |it: &str| AttributeId::new(it).expect("an id");
        let choice = |it: &str| Choice::new(it);
        let kind = AttributeKind::Choice(vec![choice("fact"), choice("rule")]);
        let asked = [
            Attribute::new(id("kind"), "Kind", kind),
            Attribute::new(id("note"), "Note", AttributeKind::Text),
        ];
        for (after, value, is) in [
            ("", "", Ok(None)),
            ("gone", "fact", Ok(None)),
            ("kind", "fact", Ok(Some("kind = fact"))),
            ("kind", "true", Err(())),
            ("kind", "", Err(())),
            ("note", "anything", Ok(Some("note = anything"))),
        ] {
            let found = waits_for(asked.to_vec(), after, value.to_owned());
            let said = found.map(|it| it.map(|it| format!("{} = {}", it.attribute, it.value)));
            let is = is.map(|it| it.map(str::to_owned));
            assert_eq!(said.map_err(|_| ()), is, "{after}, {value}");
        }
    }
}
