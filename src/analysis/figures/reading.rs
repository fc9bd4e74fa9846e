//! Reads the figures of a sentence. Knows nothing of other sentences.

use super::hedges::{hedge_after, hedge_before};
use super::nouns::{counted, shared_out};
use super::numbers::{Number, day_of, month_of, number_at, scale};
use super::tokens::{Token, says, tokens, word};
use super::units::{currency, currency_sign, minutes, quantity};
use super::{Figure, Hedge, Measure};
use crate::model::{Document, Span, Unit, pieces};

/// Adds the figures of a block.
pub(super) fn read_block(document: &Document, block: usize, found: &mut Vec<Figure>) {
    let text = &document.text;
    for sentence in pieces(text, block, Unit::Sentence) {
        let tokens = tokens(text, sentence);
        let first = found.len();
        let mut at = 0;
        while at < tokens.len() {
            let Some(read) = read_at(&tokens, at) else {
                at += 1;
                continue;
            };
            let (start, hedge) = match hedge_before(&tokens, read.from) {
                Some((start, hedge)) => (start, Some(hedge)),
                None => (read.from, None),
            };
            let (to, hedge) = match hedge_after(&tokens, read.to) {
                Some((to, after)) if hedge.is_none() => (to, Some(after)),
                _ => (read.to, hedge),
            };
            at = to;
            found.extend(read.figure(document, (tokens[start].start, tokens[to - 1].end), hedge));
        }
        for figure in &mut found[first..] {
            let is_its =
                |it: &&[Token]| it.iter().any(|it| it.start >= figure.span.start().bytes());
            let part = tokens.split(|it| it.word == ";").find(is_its);
            let source = part.and_then(source).and_then(|it| text.span(it.0, it.1));
            figure.source = source.filter(|it| !it.overlaps(figure.span));
        }
    }
}

/// A figure as tokens, from the first to behind the last.
struct Read {
    from: usize,
    to: usize,
    value: f64,
    second: Option<f64>,
    measure: Measure,
    what: String,
}

impl Read {
    fn figure(
        self,
        document: &Document,
        (start, end): (usize, usize),
        hedge: Option<Hedge>,
    ) -> Option<Figure> {
        Some(Figure {
            document: document.id.clone(),
            span: document.text.span(start, end)?,
            value: self.value,
            second: self.second,
            measure: self.measure,
            hedge,
            what: self.what,
            source: None,
        })
    }
}

fn read_at(tokens: &[Token], at: usize) -> Option<Read> {
    if let Some(day) = date(tokens, at) {
        return Some(day);
    }
    if let Some(time) = part_of_hour(tokens, at) {
        return Some(time);
    }
    if let Some(currency) = currency_sign(word(tokens, at)) {
        let number = number_at(tokens, at + 1)?;
        return Some(read(at, &number, number.end, Measure::Money, currency));
    }
    let number = number_at(tokens, at)?;
    // “Two hundred and fifty”: the end of a number is not another one.
    let is_scale = |it: &str| it.len() > 2 && scale(it).is_some();
    let before = |back: usize| word(tokens, at.wrapping_sub(back));
    if is_scale(before(1)) || before(1) == "and" && is_scale(before(2)) {
        return None;
    }
    let is_name = |it: &str| {
        matches!(
            it,
            "number"
                | "no"
                | "page"
                | "chapter"
                | "act"
                | "line"
                | "room"
                | "figure"
                | "#"
                | "section"
                | "article"
        )
    };
    if at > 0 && is_name(word(tokens, at - 1))
        || month_of(word(tokens, at.wrapping_sub(1))).is_some()
    {
        return None;
    }
    pair(tokens, at, &number)
        .or_else(|| with_unit(tokens, at, &number))
        .or_else(|| count(tokens, at, &number))
}

fn read(from: usize, number: &Number, to: usize, measure: Measure, what: &str) -> Read {
    Read {
        from,
        to,
        value: number.value,
        second: None,
        measure,
        what: what.to_owned(),
    }
}

/// “14 October”, “the fourteenth of October”, “October 14”.
fn date(tokens: &[Token], at: usize) -> Option<Read> {
    let made = |from: usize, to: usize, day: u32, month: u32| Read {
        from,
        to,
        value: f64::from(month * 100 + day),
        second: None,
        measure: Measure::Date,
        what: String::new(),
    };
    if let Some(month) = month_of(word(tokens, at)).filter(|_| word(tokens, at).len() > 2) {
        let day = day_of(word(tokens, at + 1))
            .filter(|_| word(tokens, at + 1).starts_with(|c: char| c.is_ascii_digit()))?;
        return Some(made(at, at + 2, day, month));
    }
    let from = at;
    let at = at + usize::from(word(tokens, at) == "the");
    let day = day_of(word(tokens, at))?;
    let behind = at + 1 + usize::from(word(tokens, at + 1) == "of");
    let month = month_of(word(tokens, behind))?;
    Some(made(from, behind + 1, day, month))
}

/// “half an hour”, “three quarters of an hour”; “an hour” where a hedge makes a figure of it.
fn part_of_hour(tokens: &[Token], at: usize) -> Option<Read> {
    let says = |from: usize, words: &[&str]| {
        words
            .iter()
            .enumerate()
            .all(|it| word(tokens, from + it.0) == *it.1)
    };
    let parts: [(&[&str], f64); 4] = [
        (&["three", "quarters", "of", "an", "hour"], 45.0),
        (&["half", "an", "hour"], 30.0),
        (&["a", "quarter", "of", "an", "hour"], 15.0),
        (&["an", "hour"], 60.0),
    ];
    let (words, minutes) = *parts.iter().find(|it| says(at, it.0))?;
    let to = at + words.len();
    if minutes == 60.0 && hedge_before(tokens, at).is_none() {
        return None;
    }
    let number = Number {
        value: minutes,
        end: to,
        is_plain: true,
    };
    Some(read(at, &number, to, Measure::Time, "minutes"))
}

/// “17 to 11”, “from four to three”, “from 81 in 2022 to 99 in 2024”.
fn pair(tokens: &[Token], at: usize, number: &Number) -> Option<Read> {
    let behind = |end: usize| {
        end + if word(tokens, end) == "in" && is_year(tokens, end + 1) {
            2
        } else {
            0
        }
    };
    let to = behind(number.end);
    if word(tokens, to) != "to" || is_year(tokens, at) || is_year(tokens, to + 1) {
        return None;
    }
    let second = number_at(tokens, to + 1)?;
    let is_change = at > 0 && word(tokens, at - 1) == "from";
    let is_bare =
        counted(tokens, second.end).is_none() && with_unit(tokens, to + 1, &second).is_none();
    let is_score = to == number.end && !is_change;
    let from = if is_change { at - 1 } else { at };
    let measure = if is_change {
        Measure::Change
    } else {
        Measure::Score
    };
    let end = if is_change {
        behind(second.end)
    } else {
        second.end
    };
    (is_bare && (is_change || is_score)).then(|| Read {
        second: Some(second.value),
        ..read(from, number, end, measure, "")
    })
}

/// Whether a token is a year rather than a number.
fn is_year(tokens: &[Token], at: usize) -> bool {
    let word = word(tokens, at);
    let is_number = word.len() == 4 && word.bytes().all(|it| it.is_ascii_digit());
    is_number && (b'1'..=b'2').contains(&word.as_bytes()[0])
}

/// Shares, money, lengths of time, and what else has a unit behind it.
fn with_unit(tokens: &[Token], at: usize, number: &Number) -> Option<Read> {
    let end = number.end;
    let is_per_cent = word(tokens, end) == "per" && word(tokens, end + 1) == "cent";
    if is_per_cent || matches!(word(tokens, end), "%" | "percent" | "pc") {
        let end = end + 1 + usize::from(is_per_cent);
        let shared = shared_out(tokens, end);
        let (what, to) = shared.unwrap_or((String::new(), end));
        return Some(read(at, number, to, Measure::Percent, &what));
    }
    if let Some(currency) = currency(word(tokens, end)) {
        return Some(read(at, number, end + 1, Measure::Money, currency));
    }
    if word(tokens, end - 1) == "grand" {
        return Some(read(at, number, end, Measure::Money, ""));
    }
    if let Some(minutes) = minutes(word(tokens, end)) {
        let number = Number {
            value: number.value * minutes,
            ..*number
        };
        return Some(read(at, &number, end + 1, Measure::Time, word(tokens, end)));
    }
    let unit = quantity(word(tokens, end))?;
    Some(read(at, number, end + 1, Measure::Quantity, unit))
}

fn count(tokens: &[Token], at: usize, number: &Number) -> Option<Read> {
    let is_year = is_year(tokens, at);
    if let Some((what, to)) = counted(tokens, number.end) {
        let is_ordinary = !is_year
            || !matches!(
                word(tokens, at.wrapping_sub(1)),
                "in" | "since" | "of" | "by" | "the"
            );
        return is_ordinary.then(|| read(at, number, to, Measure::Count, &what));
    }
    // “66 of them”, “a dozen were hurt”: what is counted stands elsewhere.
    let is_of_them = word(tokens, number.end) == "of"
        && matches!(word(tokens, number.end + 1), "them" | "us" | "those");
    let first = hedge_before(tokens, at).map_or(at, |it| it.0);
    let is_first = first == 0
        || tokens[first - 1].is_sign()
        || matches!(word(tokens, first - 1), "and" | "but" | "that" | "while");
    let is_subject = is_first && matches!(word(tokens, number.end), "were" | "are" | "have");
    let to = if is_of_them {
        number.end + 2
    } else {
        number.end
    };
    let is_figure = !is_year && (is_of_them || is_subject && number.is_plain);
    is_figure.then(|| read(at, number, to, Measure::Count, ""))
}

/// Who is named for what a part of a sentence says, in bytes: “according to the log”, “the hospital said”.
fn source(tokens: &[Token]) -> Option<(usize, usize)> {
    let ends = |at: usize| tokens.get(at).is_none_or(Token::is_sign);
    for at in 0..tokens.len() {
        if says(tokens, at, "according to") {
            let to = (at + 2..tokens.len())
                .find(|it| ends(*it))
                .unwrap_or(tokens.len());
            return (to > at + 2).then(|| (tokens[at + 2].start, tokens[to - 1].end));
        }
        let is_verb = matches!(
            word(tokens, at),
            "said" | "says" | "counted" | "reported" | "estimated"
        );
        if is_verb && at > 0 && !ends(at - 1) {
            let from = (0..at).rev().find(|it| ends(*it)).map_or(0, |it| it + 1);
            let pronouns = ["he", "she", "they", "it", "i", "we", "who", "that", "and"];
            let is_named = !pronouns.contains(&word(tokens, from)) && at - from <= 6;
            return is_named.then(|| (tokens[from].start, tokens[at - 1].end));
        }
    }
    None
}

/// The sentence that a figure stands in and the one before it, of the same block.
pub(super) fn surroundings(document: &Document, figure: &Figure) -> Option<(Span, Option<Span>)> {
    let block = document.text.block_at(figure.span.start());
    let sentences = pieces(&document.text, block, Unit::Sentence);
    let at = sentences.iter().position(|it| it.contains(figure.span))?;
    Some((sentences[at], at.checked_sub(1).map(|it| sentences[it])))
}
