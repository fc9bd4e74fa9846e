//! Measures the built page beside a hand-written minimal page that shows the same texts.
//!
//! `cargo xtask bench [--runs N] [--sizes 5k,100k,1m] [--counts 0,100,1000,10000] [--quick]`
//! `cargo xtask bench --storage [--marks N] [--runs N]`: what storage costs, alone.
//!
//! Both pages are opened in turn, each time in a new browser, and the middle of the runs counts.
//! This machine's other work makes single figures wander; the ratio is what to read.

mod cases;
mod measure;
mod storage;
mod stores;

use std::process::ExitCode;

use cases::Case;
use measure::{Figures, Subject, measure};

struct Wish {
    runs: usize,
    sizes: Vec<usize>,
    counts: Vec<usize>,
    /// How far to scroll, in CSS pixels.
    scroll: f64,
    /// How many marks are timed in a large store.
    marks: usize,
    storage_alone: bool,
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
            sentence.get(..160).unwrap_or(sentence)
        );
    }));
    if wish.storage_alone {
        storage::run(wish.marks, wish.runs);
        return ExitCode::SUCCESS;
    }
    println!("{EXPLANATION}");
    println!(
        "Medians of {}. Each cell: built page / minimal page = ratio.\n",
        wish.runs
    );
    print_row("text", "marks", &HEAD.map(str::to_owned));
    for &bytes in &wish.sizes {
        for &count in &wish.counts {
            let case = cases::case(bytes, count);
            let (built, minimal) = run(&case, &wish);
            print_case(&case, &built, &minimal);
        }
    }
    storage::run(wish.marks, wish.runs);
    ExitCode::SUCCESS
}

const EXPLANATION: &str = "\
open      ms from navigation (program and texts already in the HTTP cache, storage empty) to the frame that shows
          the window's text with all its marks. It holds fetching from the cache, starting the program, reading the
          project file, and in the built page writing everything to storage.
all       ms until the last paragraph stands, too.
mark      ms from mouse-up after a real drag to the frame that shows the new mark (label armed; middle of three).
task      ms of the longest task until then; 0 where none took over 50 ms.
heap      MB of JavaScript's heap after a collection; the second number is the program's own (WebAssembly) memory.
slow      frames over 50 ms, of a hundred, while the wheel turns; once a case.\n\
–         no answer within 60 s.";

const HEAD: [&str; 6] = ["open", "all", "mark", "task", "heap + wasm", "slow"];

/// Reads the arguments.
fn wish(arguments: impl Iterator<Item = String>) -> Result<Wish, String> {
    let mut wish = Wish {
        runs: 5,
        sizes: vec![5_000, 100_000, 1_000_000],
        counts: vec![0, 100, 1_000, 10_000],
        scroll: 12_000.0,
        marks: 50,
        storage_alone: false,
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
            "--scroll" => wish.scroll = number(&value()?)? as f64,
            other => return Err(format!("{other} is no argument of the bench.")),
        }
    }
    Ok(wish)
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

/// Both pages in turn, as often as wished.
fn run(case: &Case, wish: &Wish) -> (Vec<Figures>, Vec<Figures>) {
    let mut built = Vec::new();
    let mut minimal = Vec::new();
    for number in 0..wish.runs {
        let scroll = (number == 0).then_some(wish.scroll);
        // Whoever comes second finds a machine that is warmed up: they take turns at that.
        let order = if number % 2 == 0 {
            [Subject::Built, Subject::Minimal]
        } else {
            [Subject::Minimal, Subject::Built]
        };
        for subject in order {
            let figures = measure(subject, case, scroll);
            match subject {
                Subject::Built => built.push(figures),
                Subject::Minimal => minimal.push(figures),
            }
        }
    }
    (built, minimal)
}

fn print_case(case: &Case, built: &[Figures], minimal: &[Figures]) {
    let cell = |read: &dyn Fn(&Figures) -> Option<f64>| {
        compared(middle(built, read), middle(minimal, read))
    };
    let heap = |runs: &[Figures]| shown(middle(runs, &|it| it.heap));
    let wasm = middle(built, &|it| it.wasm).map_or(String::new(), |it| format!(" + {it:.1}"));
    if built.iter().any(|it| it.not_kept) {
        println!("        The next one does not fit into the browser's storage; the page says so.");
    }
    print_row(
        &readable(case.bytes),
        &case.annotations.to_string(),
        &[
            cell(&|it| it.painted),
            cell(&|it| it.complete),
            cell(&|it| it.added),
            cell(&|it| it.longest),
            format!("{}{wasm} / {}", heap(built), heap(minimal)),
            format!(
                "{} / {}",
                shown(middle(built, &|it| it.slow_frames)),
                shown(middle(minimal, &|it| it.slow_frames))
            ),
        ],
    );
}

fn print_row(text: &str, marks: &str, cells: &[String; 6]) {
    let [open, all, mark, task, heap, slow] = cells;
    println!(
        "{text:>7} {marks:>6}  {open:>22} {all:>22} {mark:>20} {task:>20} {heap:>20} {slow:>12}"
    );
}

fn readable(bytes: usize) -> String {
    match bytes {
        1_000_000.. => format!("{} MB", bytes / 1_000_000),
        1_000.. => format!("{} kB", bytes / 1_000),
        _ => format!("{bytes} B"),
    }
}

fn shown(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |it| format!("{it:.1}"))
}

fn compared(built: Option<f64>, minimal: Option<f64>) -> String {
    let whole = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |it| format!("{it:.0}"));
    let ratio = match (built, minimal) {
        (Some(built), Some(minimal)) if minimal > 0.0 => format!(" = {:.2}", built / minimal),
        _ => String::new(),
    };
    format!("{} / {}{ratio}", whole(built), whole(minimal))
}

fn middle(runs: &[Figures], read: &dyn Fn(&Figures) -> Option<f64>) -> Option<f64> {
    let values: Vec<f64> = runs.iter().filter_map(read).collect();
    // A figure that some runs could not give is none.
    (values.len() == runs.len())
        .then(|| median(&values))
        .flatten()
}

/// The middle of some numbers.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    Some(f64::midpoint(sorted[last / 2], sorted[sorted.len() / 2]))
}
