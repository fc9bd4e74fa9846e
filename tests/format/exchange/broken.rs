//! Broken files of every format, ten kinds of harm each: a sentence that names the file, or what is left is
//! read and what is not is told. Nothing panics, and what was here stays.

use sourcelight::format::exchange::{FORMATS, Format, InFile, OutFile};
use sourcelight::format::{Outcome, Problem, Reading};

use super::{nasty, written};
use crate::support::{bare_project, merged, with_context};

/// What is done to the main file.
type Harm = fn(&[u8]) -> Vec<u8>;

const HARMS: [(&str, Harm); 10] = [
    ("cut in its middle", |it| it[..it.len() / 2].to_vec()),
    ("cut near its end", |it| it[..it.len() * 9 / 10].to_vec()),
    ("nothing but white space", |_| b" \r\n\t \n".to_vec()),
    ("NUL characters in it", |it| {
        [&it[..it.len() / 3], b"\0\0", &it[it.len() / 3..]].concat()
    }),
    ("a picture under its name", |_| {
        b"\x89PNG\r\n\x1a\n....".to_vec()
    }),
    ("in another encoding", |it| {
        let text = String::from_utf8_lossy(it).into_owned();
        let latin = |c: char| u8::try_from(u32::from(c)).unwrap_or(0xe9);
        text.chars().map(latin).collect()
    }),
    ("huge numbers", |it| numbers(it, "99999999999")),
    ("negative numbers", |it| numbers(it, "-7")),
    ("nested without end", |it| {
        [b"[{\"a\":".repeat(5_000).as_slice(), it].concat()
    }),
    ("no label where one was", |it| {
        let text = String::from_utf8_lossy(it).into_owned();
        let text = text
            .replace("claim", "")
            .replace("quote", "")
            .replace("opinion", "");
        text.into_bytes()
    }),
];

/// Every number with another in its place.
fn numbers(bytes: &[u8], other: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let mut made = String::new();
    for c in text.chars() {
        match c.is_ascii_digit() {
            true if made.ends_with('\u{1}') => {}
            true => made.push('\u{1}'),
            false => made.push(c),
        }
    }
    made.replace('\u{1}', other).into_bytes()
}

fn read(format: &Format, files: &[OutFile]) -> Result<Reading, Problem> {
    let files: Vec<InFile<'_>> = files
        .iter()
        .map(|it| InFile {
            name: &it.name,
            bytes: &it.bytes,
        })
        .collect();
    with_context(&bare_project(), |cx| format.read(&files, &[], cx))
}

fn exact(reading: &Reading) -> usize {
    let exact = |it: &&_| {
        matches!(
            it,
            sourcelight::format::Placement {
                outcome: Outcome::Exact,
                ..
            }
        )
    };
    reading.placements.iter().filter(exact).count()
}

/// Formats whose rows may simply end: that some are missing cannot be seen.
const MAY_END: [&str; 6] = ["csv", "tsv", "conll", "conll-2003", "brat", "webanno-tsv"];

#[test]
fn broken_files_are_told_in_words() {
    let project = nasty::project();
    let mut silent = Vec::new();
    for format in FORMATS.iter().filter(|it| it.is_read() && it.is_written()) {
        let whole = written(format, &project).files;
        let before = exact(&read(format, &whole).unwrap_or_else(|it| panic!("{format:?}: {it}")));
        for (harm, damage) in HARMS {
            let mut files = whole.clone();
            files[0].bytes = damage(&files[0].bytes);
            match read(format, &files) {
                Err(problem) => {
                    let sentence = problem.to_string();
                    let names_file = files.iter().any(|it| sentence.starts_with(&it.name));
                    assert!(
                        names_file && sentence.ends_with('.'),
                        "{format:?}, {harm}: {sentence}"
                    );
                }
                Ok(reading) => {
                    let is_told = !reading.problems.is_empty()
                        || !reading.notices.is_empty()
                        || reading.placements.len() > exact(&reading)
                        || !reading.import.labels.is_empty();
                    let has_all = exact(&reading) >= before;
                    let may_end = harm.starts_with("cut") && MAY_END.contains(&format.id);
                    if !(is_told || has_all || may_end) {
                        let left = exact(&reading);
                        silent.push(format!("{format:?}, {harm}: {left} of {before} marks"));
                    }
                    merged(&project, reading.import);
                }
            }
        }
    }
    assert!(silent.is_empty(), "not a word about {silent:#?}");
}
