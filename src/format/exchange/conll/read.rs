//! Reads columns: the word first and the tag last, or as a comment names them.

use super::START;
use crate::format::exchange::Part;
use crate::format::exchange::found::Found;
use crate::format::exchange::input::{Input, Shape};
use crate::format::exchange::tagged::{Tagged, is_tag};
use crate::format::offsets::Unit;
use crate::format::{Problem, ReadContext};

/// How many lines are looked at to tell what a file is.
const LOOKED_AT: usize = 200;

pub(super) fn part(input: &Input<'_>) -> Part {
    let lines = input
        .text
        .lines()
        .filter(|it| !it.trim().is_empty())
        .take(LOOKED_AT);
    let mut counts: Vec<usize> = Vec::new();
    let mut is_tagged = input.shape == Shape::Text;
    for line in lines {
        if comment(line).is_none() && !line.starts_with(START) {
            let cells = cells(line);
            is_tagged &= cells.len() > 1 && cells.last().is_some_and(|it| is_tag(it));
            counts.push(cells.len());
        }
    }
    let is_even = counts
        .first()
        .is_some_and(|first| counts.iter().all(|it| it == first));
    match is_tagged && is_even {
        true => Part::Main,
        false => Part::None,
    }
}

fn cells(line: &str) -> Vec<&str> {
    match line.contains('\t') {
        true => line.split('\t').collect(),
        false => line.split(' ').filter(|it| !it.is_empty()).collect(),
    }
}

/// What a comment says; a word may be `#`, too, and then it has a tag.
fn comment(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('#')?;
    let has_tag = cells(line).last().is_some_and(|it| is_tag(it));
    (!has_tag || inner.contains(" = ")).then_some(inner)
}

/// Which columns hold what.
struct Columns {
    places: Option<(usize, usize)>,
    layers: std::ops::Range<usize>,
}

pub(super) fn read(inputs: &[Input<'_>], cx: &ReadContext<'_>) -> Result<Found, Problem> {
    let mut found = Found::counting(Unit::CodePoint);
    for input in inputs {
        let mut columns = None;
        let mut articles = 1;
        let stand_in = |number: u32| format!("{}-{number}", input.stem());
        let mut tagged = Tagged {
            id: stand_in(1),
            ..Tagged::default()
        };
        let mut next = |tagged: &mut Tagged, found: &mut Found| {
            if !tagged.words.is_empty() {
                articles += 1;
                std::mem::take(tagged).take_over(found, cx);
            }
            tagged.id = stand_in(articles);
        };
        for (line, number) in input.text.lines().zip(1..) {
            if line.trim().is_empty() {
                tagged.breaks.push(tagged.words.len());
            } else if line.starts_with(START) {
                next(&mut tagged, &mut found);
            } else if let Some((name, value)) =
                comment(line).map(|it| it.split_once(" = ").unwrap_or((it, "")))
            {
                match name.trim() {
                    "doc_id" | "newdoc id" => {
                        next(&mut tagged, &mut found);
                        tagged.id = value.trim().to_owned();
                    }
                    "columns" => columns = named(value),
                    _ => {}
                }
            } else if let Err(message) = read_word(line, &columns, &mut tagged) {
                found
                    .problems
                    .push(Problem::at(input.name, number, message));
            }
        }
        next(&mut tagged, &mut found);
    }
    Ok(found)
}

/// The columns that a comment names: ours, whose first three are the word and its place.
fn named(value: &str) -> Option<Columns> {
    let count = value.split_whitespace().count();
    let is_ours = value.starts_with("FORM START END");
    is_ours.then_some(Columns {
        places: Some((1, 2)),
        layers: 3..count,
    })
}

fn read_word(
    line: &str,
    columns: &Option<Columns>,
    tagged: &mut Tagged,
) -> Result<(), &'static str> {
    let cells = cells(line);
    let layers = match columns {
        Some(columns) => columns.layers.clone(),
        None => cells.len().max(1) - 1..cells.len(),
    };
    if cells.len() < 2 || cells.len() < layers.end || layers.start == 0 {
        return Err("This line has fewer columns than the others.");
    }
    let places = columns.as_ref().and_then(|it| it.places);
    let place = places.and_then(|(start, end)| {
        Some([
            cells.get(start)?.parse().ok()?,
            cells.get(end)?.parse().ok()?,
        ])
    });
    let tags = &cells[layers];
    if tagged.layers.is_empty() {
        tagged.layers = vec![Vec::new(); tags.len()];
    }
    if tagged.layers.len() != tags.len() {
        return Err("This line has other columns than the first.");
    }
    for (layer, tag) in tagged.layers.iter_mut().zip(tags) {
        layer.push((*tag).to_owned());
    }
    tagged.words.push((cells[0].to_owned(), place));
    Ok(())
}
