//! Reads WebAnno TSV 3.2 and 3.3: marks of all span layers, and relations.

use crate::format::exchange::found::{
    Found, FoundDocument, FoundFragment, FoundMark, FoundRelation,
};
use crate::format::exchange::input::Input;
use crate::format::exchange::uima::attribute;
use crate::format::offsets::Unit;
use crate::format::{Problem, ReadContext};
use crate::model::Document;

/// A layer and the columns of its features.
struct Layer {
    name: String,
    features: Vec<String>,
    is_relation: bool,
}

/// A token with its cells.
struct Line<'a> {
    id: &'a str,
    start: u32,
    end: u32,
    word: String,
    cells: Vec<&'a str>,
}

pub(super) fn read(inputs: &[Input<'_>], cx: &ReadContext<'_>) -> Result<Found, Problem> {
    let mut found = Found::counting(Unit::Utf16);
    for input in inputs {
        let mut layers = Vec::new();
        let mut text = Made::default();
        let mut lines: Vec<Line<'_>> = Vec::new();
        let mut chains = 0;
        for (line, number) in input.text.lines().zip(1..) {
            if let Some(layer) = line.strip_prefix("#T_SP=").or(line.strip_prefix("#T_RL=")) {
                layers.push(read_layer(layer, line.starts_with("#T_RL=")));
            } else if line.starts_with("#T_CH=") {
                chains += 1;
            } else if let Some(own) = line.strip_prefix("#Text=") {
                text.add_line(&unescaped(own));
            } else if line.is_empty() || line.starts_with('#') {
                text.end_sentence();
            } else if let Some(line) = read_line(line) {
                // The parts of a word are in the word, which came before.
                if !line.id.contains('.') {
                    text.place(&line);
                }
                lines.push(line);
            } else {
                let message = "This line is no token with its place.";
                found
                    .problems
                    .push(Problem::at(input.name, number, message));
            }
        }
        if chains > 0 {
            let notice = format!("“{}” has chains of marks; they were left out.", input.name);
            found.notices.push(notice);
        }
        let here = cx.project.documents().iter();
        let here = here.filter_map(|it| Some((it.id.as_str(), with_words(it, &lines)?)));
        // An article may begin with all that is in another.
        let here = here.min_by_key(|it| it.1.len());
        let (id, text) = here.unwrap_or_else(|| (input.stem(), text.text));
        let mut document = FoundDocument {
            id: id.to_owned(),
            text: Some(text),
            ..FoundDocument::default()
        };
        add_marks(&layers, &lines, &mut document);
        found.documents.push(document);
    }
    Ok(found)
}

/// The text of an article here, if it has these words at these places, with LF or CR LF at the ends of
/// its lines.
fn with_words(document: &Document, lines: &[Line<'_>]) -> Option<String> {
    let ours = document.text.as_str();
    let theirs = [ours.to_owned(), ours.replace('\n', "\r\n")];
    let has_words = |text: &String| {
        let units: Vec<u16> = text.encode_utf16().collect();
        let is_there = |it: &Line<'_>| {
            let own = units.get(it.start as usize..it.end as usize);
            own.is_some_and(|own| it.word.encode_utf16().eq(own.iter().copied()))
        };
        !lines.is_empty() && lines.iter().all(is_there)
    };
    theirs.into_iter().find(has_words)
}

/// The text of a file, made of its sentences.
#[derive(Default)]
struct Made {
    text: String,
    /// UTF-16 units in it.
    length: u32,
    sentence: String,
    is_open: bool,
}

impl Made {
    fn add_line(&mut self, line: &str) {
        if self.is_open {
            self.sentence.push('\n');
        }
        self.is_open = true;
        self.sentence.push_str(line);
    }

    /// Puts the sentence where its first token says.
    fn place(&mut self, first: &Line<'_>) {
        if !self.is_open {
            return;
        }
        let gap = first.start.saturating_sub(self.length).min(100_000);
        for at in 0..gap {
            self.push(if at == 0 && !self.text.is_empty() {
                "\n"
            } else {
                " "
            });
        }
        let sentence = std::mem::take(&mut self.sentence);
        self.push(&sentence);
        self.is_open = false;
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += text.encode_utf16().count() as u32;
    }

    fn end_sentence(&mut self) {
        self.sentence.clear();
        self.is_open = false;
    }
}

fn read_layer(header: &str, is_relation: bool) -> Layer {
    let mut parts = header.split('|').map(str::to_owned);
    Layer {
        name: parts.next().unwrap_or_default(),
        // A layer without features has one column all the same.
        features: parts.collect(),
        is_relation,
    }
}

fn read_line(line: &str) -> Option<Line<'_>> {
    let mut cells = line.split('\t');
    let id = cells.next()?;
    let (start, end) = cells.next()?.split_once('-')?;
    let word = cells.next()?;
    Some(Line {
        id,
        start: start.parse().ok()?,
        end: end.parse().ok()?,
        word: unescaped(word),
        cells: cells.collect(),
    })
}

fn add_marks(layers: &[Layer], lines: &[Line<'_>], document: &mut FoundDocument) {
    let mut column = 0;
    let mut of_layers: Vec<(&str, Vec<Run>)> = Vec::new();
    for layer in layers {
        let width = layer.features.len().max(1);
        if layer.is_relation {
            add_links(layer, column, lines, &of_layers, document);
        } else {
            let runs = runs(column, width, lines);
            of_layers.push((&layer.name, runs));
            let (_, runs) = of_layers.last().expect("one was pushed");
            for run in runs {
                add_mark(layer, run, document);
            }
        }
        column += width;
    }
}

/// A mark of one layer: the same number on one token or several, or no number on one.
struct Run {
    number: Option<String>,
    /// Ids of the first token.
    token: String,
    name: String,
    start: u32,
    end: u32,
    values: Vec<String>,
}

fn runs(column: usize, width: usize, lines: &[Line<'_>]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for line in lines {
        let cells: Vec<Vec<(String, Option<String>)>> = (column..column + width)
            .map(|at| line.cells.get(at).map_or_else(Vec::new, |it| stacked(it)))
            .collect();
        let count = cells.iter().map(Vec::len).max().unwrap_or_default();
        for at in 0..count {
            let number = cells.iter().find_map(|it| it.get(at)?.1.clone());
            let is_same = |it: &&mut Run| number.is_some() && it.number == number;
            if let Some(run) = runs.iter_mut().rev().find(is_same) {
                run.end = line.end;
                continue;
            }
            let value = |it: &Vec<(String, Option<String>)>| {
                it.get(at).map_or_else(String::new, |it| it.0.clone())
            };
            runs.push(Run {
                name: match &number {
                    Some(number) => format!("n{column}-{number}"),
                    None => format!("t{column}-{}-{at}", line.id.replace('.', "_")),
                },
                number,
                token: line.id.to_owned(),
                start: line.start,
                end: line.end,
                values: cells.iter().map(value).collect(),
            });
        }
    }
    runs
}

/// The values that are stacked in a cell, each with its number.
fn stacked(cell: &str) -> Vec<(String, Option<String>)> {
    if cell == "_" || cell.is_empty() {
        return Vec::new();
    }
    let one = |it: &str| {
        let open = it
            .strip_suffix(']')
            .and_then(|it| Some((it, unescaped_place(it, '[')?)));
        let (value, number) = match open {
            Some((it, at)) => (&it[..at], Some(it[at + 1..].to_owned())),
            None => (it, None),
        };
        let value = if value == "*" {
            String::new()
        } else {
            unescaped(value)
        };
        (value, number)
    };
    split_unescaped(cell, '|').into_iter().map(one).collect()
}

/// The last place of a sign without a backslash before it.
fn unescaped_place(text: &str, sign: char) -> Option<usize> {
    let mut is_escaped = false;
    let mut found = None;
    for (at, c) in text.char_indices() {
        if c == sign && !is_escaped {
            found = Some(at);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    found
}

fn split_unescaped(text: &str, sign: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut is_escaped) = (0, false);
    for (at, c) in text.char_indices() {
        if c == sign && !is_escaped {
            parts.push(&text[from..at]);
            from = at + c.len_utf8();
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    parts.push(&text[from..]);
    parts
}

fn unescaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        match c {
            '\\' => match letters.next() {
                Some('n') => made.push('\n'),
                Some('t') => made.push('\t'),
                Some('r') => made.push('\r'),
                Some('f') => made.push('\u{c}'),
                Some('b') => made.push('\u{8}'),
                Some(other) => made.push(other),
                None => made.push('\\'),
            },
            _ => made.push(c),
        }
    }
    made
}

fn add_mark(layer: &Layer, run: &Run, document: &mut FoundDocument) {
    let mut mark = FoundMark {
        id: run.name.clone(),
        fragments: vec![FoundFragment {
            start: Some(run.start),
            end: Some(run.end),
            ..FoundFragment::default()
        }],
        ..FoundMark::default()
    };
    let short = |name: &str| name.rsplit('.').next().unwrap_or(name).to_owned();
    for (name, value) in layer
        .features
        .iter()
        .zip(&run.values)
        .filter(|it| !it.1.is_empty())
    {
        let value = value.clone();
        match name.as_str() {
            "label" | "value" | "PosValue" => mark.label = value,
            "group" => mark.id = value,
            "annotator" => mark.annotator = value,
            "note" => mark.note = value,
            "created" => mark.created = value,
            "modified" => mark.modified = value,
            _ => mark.attributes.push((attribute(name), value)),
        }
    }
    if mark.label.is_empty() {
        mark.label = short(&layer.name);
    }
    let is_part = |it: &&mut FoundMark| it.id == mark.id;
    match document.marks.iter_mut().rev().find(is_part) {
        Some(whole) => whole.fragments.extend(mark.fragments),
        None => document.marks.push(mark),
    }
}

/// Relations stand at the mark they lead to: `1-29[4_3]` is the token of the other and both numbers, 0
/// where there is none.
fn add_links(
    layer: &Layer,
    column: usize,
    lines: &[Line<'_>],
    of_layers: &[(&str, Vec<Run>)],
    document: &mut FoundDocument,
) {
    let base = layer.features.iter().find_map(|it| it.strip_prefix("BT_"));
    let runs = of_layers
        .iter()
        .find(|it| Some(it.0) == base)
        .map(|it| &it.1);
    let Some(runs) = runs else { return };
    let group = |run: &Run| run.values.get(1).filter(|it| !it.is_empty()).cloned();
    let name = |token: &str, number: &str| {
        let is_it = |it: &&Run| match &it.number {
            Some(own) => own == number,
            None => number == "0" && it.token == token,
        };
        let run = runs.iter().find(is_it)?;
        let names = [group(run), Some(run.name.clone())];
        let is_mark = |id: &String| document.marks.iter().any(|it| it.id == *id);
        names.into_iter().flatten().find(is_mark)
    };
    let mut relations = Vec::new();
    let last = layer.features.len().saturating_sub(1);
    for line in lines {
        let cell = |at: usize| line.cells.get(column + at).copied().unwrap_or("_");
        let kinds = stacked(cell(0));
        let ends = split_unescaped(cell(last), '|');
        for (end, at) in ends.iter().zip(0..).filter(|it| *it.0 != "_") {
            let (token, numbers) = end
                .trim_end_matches(']')
                .split_once('[')
                .unwrap_or((end, "0_0"));
            let (from, to) = numbers.split_once('_').unwrap_or(("0", "0"));
            if let Some((from, to)) = name(token, from).zip(name(line.id, to)) {
                relations.push(FoundRelation {
                    id: String::new(),
                    kind: kinds.get(at).map_or_else(String::new, |it| it.0.clone()),
                    from,
                    to,
                });
            }
        }
    }
    document.relations.extend(relations);
}
