//! Reads tables whose first row names the columns.

use super::{ATTRIBUTE, About, COLUMNS, about, canonical, header};
use crate::format::exchange::delimited::{Row, rows};
use crate::format::exchange::found::{
    Found, FoundDocument, FoundFragment, FoundMark, FoundRelation,
};
use crate::format::exchange::input::Input;
use crate::format::offsets::Unit;
use crate::format::{Problem, ReadContext};
use crate::model::DocumentMeta;

/// A table with its columns.
struct Columns {
    /// As they are called, and as they are compared.
    names: Vec<(String, String)>,
}

impl Columns {
    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|it| it.1 == name)
    }

    /// The cell of a row in a column; empty where there is none.
    fn cell<'r>(&self, row: &'r Row, name: &str) -> &'r str {
        let at = self.names.iter().position(|it| it.1 == name);
        at.and_then(|at| row.cells.get(at))
            .map_or("", String::as_str)
    }

    fn number(&self, row: &Row, name: &str) -> Option<u32> {
        let text = self.cell(row, name).trim();
        // Spreadsheets and data frames with gaps write whole numbers as `12.0`.
        text.strip_suffix(".0").unwrap_or(text).parse().ok()
    }
}

pub(super) fn read(inputs: &[Input<'_>], _: &ReadContext<'_>) -> Result<Found, Problem> {
    let mut found = Found::counting(Unit::CodePoint);
    for input in inputs {
        let known = |&it: &char| Some((it, about(&header(&input.text, it)?)?));
        let Some((delimiter, about)) = ['\t', ',', ';'].iter().find_map(known) else {
            let message = "Its first row does not name a column for the label and the positions, \
                           or for the text.";
            return Err(Problem::new(input.name, message));
        };
        let mut rows = rows(&input.text, delimiter).into_iter();
        let names = rows.next().map(|it| it.cells).unwrap_or_default();
        let names = names
            .into_iter()
            .map(|it| (it.trim().to_owned(), canonical(&it)));
        let columns = Columns {
            names: names.collect(),
        };
        if about == About::Marks && !columns.has("start") && columns.has("start_utf16") {
            found.unit = Unit::Utf16;
        }
        // The lines of articles that have the id of another one.
        let mut twice = Vec::new();
        for row in rows {
            if row.cells.len() > columns.names.len() {
                let message = format!(
                    "The row has {} cells where the first row names {} columns.",
                    row.cells.len(),
                    columns.names.len()
                );
                found
                    .problems
                    .push(Problem::at(input.name, row.line, message));
                continue;
            }
            match about {
                About::Marks => read_mark(&columns, &row, input, &mut found),
                About::Articles => {
                    let is_other = read_article(&columns, &row, input, &mut found);
                    twice.extend(is_other.then_some(row.line));
                }
                About::Relations => read_relation(&columns, &row, &mut found),
            }
        }
        if let Some(&first) = twice.first() {
            let message = format!(
                "{} rows have the id of another row with another text; each became an article of its own.",
                twice.len()
            );
            let told = Problem::at(input.name, first, message);
            found.notices.push(told.to_string());
        }
    }
    Ok(found)
}

/// The article of a row: the one it names, else the one that stands for the file.
fn document_id(columns: &Columns, row: &Row, input: &Input<'_>) -> String {
    match columns.cell(row, "doc_id") {
        "" => input.stem().to_owned(),
        id => id.to_owned(),
    }
}

fn read_mark(columns: &Columns, row: &Row, input: &Input<'_>, found: &mut Found) {
    let label = columns.cell(row, "label");
    if label.is_empty() {
        let problem = Problem::at(input.name, row.line, "This row names no label.");
        found.problems.push(problem);
        return;
    }
    let pair = |start, end| Some([columns.number(row, start)?, columns.number(row, end)?]);
    let utf16 = pair("start_utf16", "end_utf16");
    let is_utf16 = found.unit == Unit::Utf16;
    let places = if is_utf16 {
        utf16
    } else {
        pair("start", "end")
    };
    if places.is_none() {
        let message = "This row does not say in whole numbers where its mark begins and ends.";
        found
            .problems
            .push(Problem::at(input.name, row.line, message));
    }
    let fragment = FoundFragment {
        start: places.map(|it| it[0]),
        end: places.map(|it| it[1]),
        utf16: utf16.filter(|_| !is_utf16),
        exact: columns.cell(row, "text").to_owned(),
        ..FoundFragment::default()
    };
    let document = document_id(columns, row, input);
    let id = columns.cell(row, "annotation_id");
    let document = found.document(&document);
    let is_further = columns.number(row, "fragment").is_some_and(|it| it > 0);
    if is_further && let Some(mark) = document.marks.iter_mut().rev().find(|it| it.id == id) {
        mark.fragments.push(fragment);
        return;
    }
    let named = columns.names.iter().zip(&row.cells);
    let own = named.filter(|it| !COLUMNS.contains(&it.0.1.as_str()) && !it.0.0.is_empty());
    let attributes = own.map(|((name, _), cell)| {
        let name = name.strip_prefix(ATTRIBUTE).unwrap_or(name);
        (name.to_owned(), cell.clone())
    });
    document.marks.push(FoundMark {
        id: id.to_owned(),
        label: label.to_owned(),
        annotator: columns.cell(row, "annotator").to_owned(),
        fragments: vec![fragment],
        note: columns.cell(row, "note").to_owned(),
        attributes: attributes.filter(|it| !it.1.is_empty()).collect(),
        created: columns.cell(row, "created").to_owned(),
        modified: columns.cell(row, "modified").to_owned(),
    });
}

/// Reads the article of a row; whether another article has its id, so that it got one of its own.
fn read_article(columns: &Columns, row: &Row, input: &Input<'_>, found: &mut Found) -> bool {
    let text = columns.cell(row, "text");
    if text.trim().is_empty() {
        let problem = Problem::at(input.name, row.line, "This row has no text.");
        found.problems.push(problem);
        return false;
    }
    let mut id = match columns.cell(row, "doc_id") {
        "" => format!("{}-{}", input.stem(), row.line),
        id => id.to_owned(),
    };
    let cell = |name| columns.cell(row, name).to_owned();
    let mut document = found.document(&id);
    let is_other = |it: &FoundDocument| it.text.as_deref().is_some_and(|it| it != text);
    let has_new_id = is_other(document);
    while is_other(document) {
        id = format!("{id}-{}", row.line);
        document = found.document(&id);
    }
    document.text = Some(text.to_owned());
    document.meta = DocumentMeta {
        title: cell("title"),
        outlet: cell("outlet"),
        author: cell("author"),
        date: cell("date"),
        url: cell("url"),
        event: cell("event"),
        language: cell("language"),
    };
    has_new_id
}

fn read_relation(columns: &Columns, row: &Row, found: &mut Found) {
    let cell = |name| columns.cell(row, name).to_owned();
    let relation = FoundRelation {
        id: cell("relation_id"),
        kind: cell("type"),
        from: cell("from"),
        to: cell("to"),
    };
    found.document(&cell("doc_id")).relations.push(relation);
}
