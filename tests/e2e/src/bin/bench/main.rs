//! Measures the built page beside a hand-written minimal page that shows the same texts.
//!
//! `cargo xtask bench [--only open,edit,scroll,visit,first,leak,files,thread,class] [--runs N] [--sizes 5k,100k,1m]
//! [--counts 0,1000,10000] [--quick]`
//! `cargo xtask bench --storage [--marks N] [--runs N]`: what storage costs, alone.
//!
//! Both pages are opened in turn, each time in a new browser, and the middle of the runs counts.
//! This machine's other work makes single figures wander; the ratio is what to read.

mod accounts;
mod cases;
mod class;
mod edits;
mod files;
mod first;
mod measure;
mod opening;
mod report;
mod sections;
mod storage;
mod stores;

use std::process::ExitCode;

/// What is to be measured.
pub(crate) struct Wish {
    runs: usize,
    sizes: Vec<usize>,
    counts: Vec<usize>,
    /// How many marks are timed in a large store.
    marks: usize,
    storage_alone: bool,
    /// The sections; all where none is named.
    only: Vec<String>,
}

fn main() -> ExitCode {
    let wish = match wish(std::env::args().skip(1)) {
        Ok(wish) => wish,
        Err(sentence) => {
            eprintln!("{sentence}");
            return ExitCode::FAILURE;
        }
    };
    // A page that hangs is a dash in the table, with one line on why.
    std::panic::set_hook(Box::new(|why| {
        let sentence = why.payload_as_str().unwrap_or_default();
        eprintln!(
            "  (no figures: {})",
            sentence.get(..900).unwrap_or(sentence)
        );
    }));
    if wish.storage_alone {
        storage::run(wish.marks, wish.runs);
    } else {
        sections::run(&wish);
    }
    ExitCode::SUCCESS
}

/// Reads the arguments.
fn wish(arguments: impl Iterator<Item = String>) -> Result<Wish, String> {
    let mut wish = Wish {
        runs: 5,
        sizes: vec![5_000, 100_000, 1_000_000],
        counts: vec![0, 1_000, 10_000],
        marks: 50,
        storage_alone: false,
        only: Vec::new(),
    };
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value."));
        match argument.as_str() {
            "--storage" => wish.storage_alone = true,
            "--marks" => wish.marks = number(&value()?)?.max(1),
            "--quick" => {
                wish.marks = 10;
                wish.runs = 1;
                wish.sizes = vec![5_000, 100_000];
                wish.counts = vec![0, 1_000];
            }
            "--runs" => wish.runs = number(&value()?)?.max(1),
            "--sizes" => wish.sizes = numbers(&value()?)?,
            "--counts" => wish.counts = numbers(&value()?)?,
            "--only" => wish.only = value()?.split(',').map(str::to_owned).collect(),
            other => return Err(format!("{other} is no argument of the bench.")),
        }
    }
    let unknown = |it: &&String| !sections::NAMES.contains(&it.as_str());
    match wish.only.iter().find(unknown) {
        Some(name) => Err(format!(
            "{name} is no section; there are {}.",
            sections::NAMES.join(", ")
        )),
        None => Ok(wish),
    }
}

fn numbers(list: &str) -> Result<Vec<usize>, String> {
    list.split(',').map(number).collect()
}

/// `5000`, `5k` or `1m`.
fn number(text: &str) -> Result<usize, String> {
    let lower = text.trim().to_ascii_lowercase();
    let (digits, times) = match (lower.strip_suffix('k'), lower.strip_suffix('m')) {
        (Some(digits), _) => (digits, 1_000),
        (_, Some(digits)) => (digits, 1_000_000),
        _ => (lower.as_str(), 1),
    };
    let number: usize = digits
        .parse()
        .map_err(|_| format!("“{text}” is no number."))?;
    Ok(number * times)
}

/// The middle of some numbers.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    Some(f64::midpoint(sorted[last / 2], sorted[sorted.len() / 2]))
}
