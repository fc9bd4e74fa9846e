//! Numbers in digits and in words. Knows nothing of units.

use super::super::words::number_of;
use super::tokens::Token;

/// A number in a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    pub value: f64,
    /// The first token after it.
    pub end: usize,
    /// Whether digits or several words make it a number beyond doubt.
    pub is_plain: bool,
}

/// The number that begins with a token. “One” alone is a pronoun more often than a number.
pub(super) fn number_at(tokens: &[Token], at: usize) -> Option<Number> {
    let word = |at: usize| tokens.get(at).map_or("", |it| it.word.as_str());
    if let Some(number) = digits_at(tokens, at) {
        return Some(scaled(tokens, number));
    }
    let article = matches!(word(at), "a" | "an");
    if word(at) == "half" && word(at + 1) == "a" {
        let value = scale(word(at + 2))? / 2.0;
        return Some(Number {
            value,
            end: at + 3,
            is_plain: true,
        });
    }
    if article {
        let value = scale(word(at + 1))?;
        return Some(Number {
            value,
            end: at + 2,
            is_plain: true,
        });
    }
    let first = number_of(word(at))?;
    let mut number = Number {
        value: f64::from(first),
        end: at + 1,
        is_plain: first > 12,
    };
    let unit = number_of(word(at + 2)).filter(|it| (1..10).contains(it) && word(at + 1) == "-");
    if let (20.., Some(unit)) = (first, unit) {
        number = Number {
            value: f64::from(first + unit),
            end: at + 3,
            is_plain: true,
        };
    }
    let number = scaled(tokens, number);
    (number.value != 1.0).then_some(number)
}

/// The number in digits that a token is.
fn digits_at(tokens: &[Token], at: usize) -> Option<Number> {
    let token = tokens.get(at)?;
    let digits = token.word.starts_with(|c: char| c.is_ascii_digit());
    let value: f64 = token.word.parse().ok().filter(|_| digits)?;
    // Letters that touch it make it something else, but for those of a scale: “38m”.
    let next = tokens.get(at + 1).filter(|it| it.start == token.end);
    let is_touched = next.is_some_and(|it| !it.is_sign() && scale(&it.word).is_none());
    let before = at
        .checked_sub(1)
        .map(|it| &tokens[it])
        .filter(|it| it.end == token.start);
    let is_part = before.is_some_and(|it| !it.is_sign() || "/:-–#".contains(it.word.as_str()));
    let is_time = next.is_some_and(|it| "/:-–".contains(it.word.as_str()));
    (!is_touched && !is_part && !is_time).then_some(Number {
        value,
        end: at + 1,
        is_plain: true,
    })
}

/// A number times the thousands and millions behind it.
fn scaled(tokens: &[Token], mut number: Number) -> Number {
    while let Some(times) = tokens.get(number.end).and_then(|it| scale(&it.word)) {
        number.value *= times;
        number.end += 1;
        number.is_plain = true;
    }
    number
}

pub(super) fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "hundred" => 100.0,
        "thousand" | "grand" | "k" => 1e3,
        "million" | "m" | "mn" => 1e6,
        "billion" | "bn" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

/// The day of a month that a token is, as a number or as the word for it.
pub(super) fn day_of(word: &str) -> Option<u32> {
    const ORDINALS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ];
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let by_name = || {
        ORDINALS
            .iter()
            .position(|it| *it == word)
            .map(|it| it as u32 + 1)
    };
    let teen = || number_of(word.strip_suffix("th")?).filter(|it| *it > 12);
    let tens = || {
        (word == "twentieth")
            .then_some(20)
            .or((word == "thirtieth").then_some(30))
    };
    let day = digits
        .parse()
        .ok()
        .or_else(by_name)
        .or_else(teen)
        .or_else(tens)?;
    (1..=31).contains(&day).then_some(day)
}

/// The month that a word is the name of, from 1. “May” and “March” are other words, too.
pub(super) fn month_of(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    const SHORT: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let found = MONTHS.iter().position(|it| *it == word);
    found
        .or_else(|| SHORT.iter().position(|it| *it == word))
        .map(|it| it as u32 + 1)
}
