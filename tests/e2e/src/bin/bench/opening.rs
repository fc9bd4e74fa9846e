//! Opening an article and marking in it: how the figures are printed, and what is asked of them.

use crate::cases::Case;
use crate::measure::Figures;
use crate::report::{Targets, compared, middle, ratio, readable, shown};

/// One frame of the screen, in milliseconds.
pub const FRAME: f64 = 16.7;

/// The names of the columns.
pub fn print_head() {
    print_row(
        "\n   text",
        "marks",
        ["open", "all", "task", "mark", "memory"],
    );
}

/// Prints what was measured of an article, in one row.
pub fn print(case: &Case, built: &[Figures], minimal: &[Figures]) {
    let cell =
        |read: fn(&Figures) -> Option<f64>| compared(middle(built, read), middle(minimal, read));
    if built.iter().any(|it| it.not_kept) {
        println!("        The next one does not fit into the browser's storage; the page says so.");
    }
    let memory = format!(
        "{} + {} / {}",
        shown(middle(built, |it| it.heap)),
        shown(middle(built, |it| it.wasm)),
        shown(middle(minimal, |it| it.heap))
    );
    let cells = [
        cell(|it| it.painted),
        cell(|it| it.complete),
        cell(|it| it.longest),
        cell(|it| it.added),
        memory,
    ];
    let cells = cells.each_ref().map(String::as_str);
    print_row(&readable(case.bytes), &case.annotations.to_string(), cells);
}

fn print_row(text: &str, marks: &str, cells: [&str; 5]) {
    let [open, all, task, mark, memory] = cells;
    println!("{text:>7} {marks:>6}  {open:>18} {all:>20} {task:>18} {mark:>16} {memory:>20}");
}

/// Holds what was measured of an article against what is asked.
pub fn hold(case: &Case, built: &[Figures], minimal: &[Figures], targets: &mut Targets) {
    let pair = |read: fn(&Figures) -> Option<f64>| (middle(built, read), middle(minimal, read));
    let name = format!("{}, {} marks", readable(case.bytes), case.annotations);
    let (open, least) = pair(|it| it.painted);
    let most = match (case.bytes, case.annotations) {
        (1_000_000, 10_000) => Some(1.3),
        (100_000, 1_000) => Some(1.2),
        _ => None,
    };
    if let Some(most) = most {
        targets.hold(&format!("{name}: open, ratio"), ratio(open, least), most);
    }
    let (longest, _) = pair(|it| it.longest);
    targets.hold(
        &format!("{name}: longest task while opening, ms"),
        longest,
        100.0,
    );
    let (added, least) = pair(|it| it.added);
    let more = added.zip(least).map(|(added, least)| added - least);
    targets.hold(
        &format!("{name}: mark, ms more than the minimal page"),
        more,
        FRAME,
    );
    if case.bytes == 1_000_000 && case.annotations == 10_000 {
        let (heap, least) = pair(|it| it.heap);
        let (wasm, _) = pair(|it| it.wasm);
        targets.hold(
            &format!("{name}: JavaScript's heap, ratio"),
            ratio(heap, least),
            2.0,
        );
        let whole = heap.zip(wasm).map(|(heap, wasm)| heap + wasm);
        targets.hold(
            &format!("{name}: with the program's memory, ratio"),
            ratio(whole, least),
            2.0,
        );
        targets.hold(
            &format!("{name}: the same where it is opened again, ratio"),
            ratio(middle(built, |it| it.again), least),
            2.0,
        );
    }
}
