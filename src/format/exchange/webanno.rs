//! WebAnno TSV 3.3, of WebAnno and INCEpTION: a line a token with what is marked there. Positions count
//! UTF-16 units.

mod read;

use std::borrow::Cow;

use super::loss::Feature;
use super::selection::{Article, Part as MarkPart, Selection};
use super::tagged::Unsaid;
use super::tokens::{counted_places, tokens, within};
use super::{Format, Part, Written};
use crate::format::json::push_number;
use crate::model::count_utf16;

pub(super) const WEBANNO: Format = Format {
    id: "webanno-tsv",
    name: "WebAnno TSV 3.3",
    mime: "text/tab-separated-values",
    extension: "tsv",
    positions: "UTF-16 units and tokens",
    holds_text: false,
    cannot_say: &[
        Feature::Origin,
        Feature::Metadata,
        Feature::Layout,
        Feature::Tray,
        Feature::OtherFields,
    ],
    part: |input| match input.text.starts_with("#FORMAT=WebAnno TSV") {
        true => Part::Main,
        false => Part::None,
    },
    write: Some(write),
    read: Some(read::read),
};

/// The features of a mark before its attributes.
const FEATURES: [&str; 6] = ["label", "group", "annotator", "note", "created", "modified"];

fn write(selection: &Selection<'_>) -> Written {
    let attributes = selection.attribute_names();
    let mut written = Written::default();
    let mut unsaid = Unsaid::default();
    for article in &selection.articles {
        let file = file(article, &attributes, &mut unsaid);
        written.add(format!("{}.tsv", article.id()), WEBANNO.mime, file);
    }
    written.losses = unsaid.losses();
    written
}

/// A name that can stand in the header.
fn feature(attribute: &str) -> String {
    let name = super::uima::feature(attribute);
    match FEATURES.contains(&name.as_str()) {
        true => format!("_x{:x}_{}", name.as_bytes()[0], &name[1..]),
        false => name,
    }
}

fn file(article: &Article<'_>, attributes: &[&str], unsaid: &mut Unsaid) -> String {
    let words = tokens(article);
    let parts = article.parts();
    // Where each part stands: first and last token. Those without one are left out.
    let places: Vec<Option<(usize, usize)>> = parts
        .iter()
        .map(|part| {
            let place = within(&words, part.span);
            let whole = place.map(|(first, last)| {
                let (start, end) = (words[first].start(), words[last].end());
                start == part.span.start() && end == part.span.end()
            });
            unsaid.note_trimmed(whole != Some(true));
            place
        })
        .collect();
    let mut made = "#FORMAT=WebAnno TSV 3.3\n".to_owned();
    let own = FEATURES.into_iter().map(str::to_owned);
    let features: Vec<String> = own.chain(attributes.iter().map(|it| feature(it))).collect();
    made.push_str(&format!("#T_SP=custom.Span|{}\n", features.join("|")));
    let links = links(article, &parts, &places);
    if !links.is_empty() {
        made.push_str("#T_RL=custom.Relation|label|BT_custom.Span\n");
    }
    made.push_str("\n\n");
    // One sentence over all of it, so that line ends survive.
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return made;
    };
    let text = &article.words()[first.start().bytes()..last.end().bytes()];
    for line in text.split('\n') {
        made.push_str(&format!("#Text={}\n", escaped_text(line)));
    }
    let mut beginning: Vec<Vec<usize>> = vec![Vec::new(); words.len()];
    for (place, part) in places.iter().zip(0..) {
        if let Some((first, _)) = place {
            beginning[*first].push(part);
        }
    }
    // What is said in each column of each part: it stands on every line of its words.
    let said = |column: usize| {
        let cell = |(part, number): (&MarkPart<'_, '_>, usize)| {
            let value = value(part, column, attributes);
            let value = match value.is_empty() {
                true => "*".to_owned(),
                false => escaped(&value),
            };
            format!("{value}[{number}]")
        };
        parts.iter().zip(1..).map(cell).collect::<Vec<String>>()
    };
    let columns: Vec<Vec<String>> = (0..features.len()).map(said).collect();
    let mut here: Vec<usize> = Vec::new();
    let mut here_said = cells(&columns, &here);
    let ends = counted_places(article.words(), words.iter().copied(), count_utf16);
    for ((at, &word), [start, end]) in words.iter().enumerate().zip(ends) {
        let numbers = [(at + 1) as u64, start.into(), end.into()];
        for (before, number) in ["1-", "\t", "-"].into_iter().zip(numbers) {
            made.push_str(before);
            push_number(&mut made, number);
        }
        made.push('\t');
        made.push_str(&escaped_text(article.text().slice(word)));
        let count = here.len();
        here.retain(|&it| places[it].is_some_and(|(_, last)| last >= at));
        // Most words are in the marks that the word before is in.
        if here.len() < count || !beginning[at].is_empty() {
            here.extend(&beginning[at]);
            here_said = cells(&columns, &here);
        }
        made.push_str(&here_said);
        if !links.is_empty() {
            let ends: Vec<&Link<'_>> = links.iter().filter(|it| it.at == at).collect();
            let kinds: Vec<String> = ends.iter().map(|it| escaped(it.kind)).collect();
            let from: Vec<String> = ends.iter().map(|it| it.from()).collect();
            for cell in [kinds.join("|"), from.join("|")] {
                made.push_str(&format!("\t{}", if ends.is_empty() { "_" } else { &cell }));
            }
        }
        made.push_str("\t\n");
    }
    made
}

/// The cells of a word that these parts hold.
fn cells(columns: &[Vec<String>], parts: &[usize]) -> String {
    let mut made = String::new();
    for column in columns {
        made.push('\t');
        if parts.is_empty() {
            made.push('_');
        }
        for (nth, &part) in parts.iter().enumerate() {
            made.extend([if nth > 0 { "|" } else { "" }, &column[part]]);
        }
    }
    made
}

/// What a part says in a column.
fn value(part: &MarkPart<'_, '_>, column: usize, attributes: &[&str]) -> String {
    let mark = part.mark;
    let said = |text: &str| part.said_once(text).to_owned();
    match column {
        0 => mark.label().to_owned(),
        1 => mark.id().to_owned(),
        2 => mark.annotator().to_owned(),
        3 => said(mark.note()),
        4 => said(&mark.created()),
        5 => said(&mark.modified()),
        _ => said(mark.attribute(attributes[column - FEATURES.len()])),
    }
}

/// A relation, at the first token of the mark it leads to.
struct Link<'a> {
    at: usize,
    kind: &'a str,
    /// The token the other mark begins with, and the numbers of both marks.
    token: usize,
    numbers: [usize; 2],
}

impl Link<'_> {
    fn from(&self) -> String {
        let [from, to] = self.numbers;
        format!("1-{}[{}_{}]", self.token + 1, from + 1, to + 1)
    }
}

fn links<'a>(
    article: &'a Article<'_>,
    parts: &[MarkPart<'_, '_>],
    places: &[Option<(usize, usize)>],
) -> Vec<Link<'a>> {
    let place = |id: &str| {
        let at = parts.iter().position(|it| it.mark.id() == id)?;
        Some((at, places[at]?.0))
    };
    let link = |it: &'a super::selection::Relation| {
        let ((from, token), (to, at)) = place(&it.from).zip(place(&it.to))?;
        Some(Link {
            at,
            kind: &it.kind,
            token,
            numbers: [from, to],
        })
    };
    article.relations.iter().filter_map(link).collect()
}

/// A value as it may stand in a cell.
fn escaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => made.extend(['\\', c]),
            '-' if letters.peek() == Some(&'>') => made.push_str("\\-"),
            '\t' => made.push_str("\\t"),
            '\n' => made.push_str("\\n"),
            '\r' => made.push_str("\\r"),
            _ => made.push(c),
        }
    }
    made
}

/// Text outside of cells: control characters have a backslash, or a letter of their own.
fn escaped_text(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|it| it < b' ' || it == b'\\') {
        return Cow::Borrowed(text);
    }
    let mut made = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => made.push_str("\\\\"),
            '\t' => made.push_str("\\t"),
            '\n' => made.push_str("\\n"),
            '\r' => made.push_str("\\r"),
            '\u{8}' => made.push_str("\\b"),
            '\u{c}' => made.push_str("\\f"),
            '\u{b}' => made.push(c),
            '\0'..='\u{1f}' => made.extend(['\\', c]),
            _ => made.push(c),
        }
    }
    Cow::Owned(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_with_a_meaning_are_escaped_as_the_programs_do() {
        assert_eq!(
            escaped("a\\[b]|c_d->e-f;*\t\n"),
            "a\\\\\\[b\\]\\|c\\_d\\->e-f\\;\\*\\t\\n"
        );
        assert_eq!(
            escaped_text("a\\[b]_\t\u{c}\u{7}\u{b}"),
            "a\\\\[b]_\\t\\f\\\u{7}\u{b}"
        );
    }
}
