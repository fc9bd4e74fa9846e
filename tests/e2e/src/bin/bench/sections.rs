//! The sections of a run: what each measures, how often, and what is asked of it.

use e2e::server::Server;
use e2e::{Engine, Options, Page, memory, tools};

use crate::Wish;
use crate::accounts;
use crate::cases::case;
use crate::class;
use crate::edits::{self, ACTS};
use crate::files;
use crate::first;
use crate::measure::{Figures, Subject, attempt, open_and_mark, scroll, visit};
use crate::opening::{self, FRAME};
use crate::report::{Targets, compared, middle, middle_of, readable, shown};

/// The names of the sections.
pub const NAMES: [&str; 9] = [
    "open", "edit", "scroll", "visit", "first", "leak", "files", "thread", "class",
];

const EXPLANATION: &str = "\
open      ms a person waits for an article: the page runs and has the project in memory, another article is open, and
          its name in the list is clicked. From the end of the press to the frame that shows the window's text with all
          its marks. The minimal page does the same with its parsed file.
all       ms until the last paragraph stands, too.
task      ms of the longest task while it opens; 0 where none took over 50 ms.
mark      ms from mouse-up after a real drag to the frame that shows the new mark (label armed; middle of three).
memory    MB of JavaScript's heap after a collection + the program's own (WebAssembly) memory / the minimal page's heap.
          The program's memory stays as large as it had to be to read the file; opened again it is smaller.
          Neither holds the elements and texts in the page, which the browser keeps elsewhere and both pages need.
visit     ms from navigation (files in the HTTP cache, storage empty) by an address that names the article, to the frame
          that shows it. It holds fetching from the cache, starting the program, reading the project file, and in the
          built page writing everything to storage. Earlier versions of this bench called this “open”.
–         no answer within 60 s.";

/// Measures what is wished and prints it.
pub fn run(wish: &Wish) {
    println!("{EXPLANATION}");
    println!(
        "Medians of {}. Each cell: built page / minimal page = ratio.",
        wish.runs
    );
    let mut targets = Targets::default();
    type Section = fn(&Wish, &mut Targets);
    let sections: [Section; 9] = [
        opening_and_marking,
        editing,
        scrolling,
        visiting,
        first_visit,
        leaking,
        exchanging,
        threading,
        teaching,
    ];
    for (name, section) in NAMES.into_iter().zip(sections) {
        if wish.only.is_empty() || wish.only.iter().any(|it| it == name) {
            section(wish, &mut targets);
        }
    }
    targets.print();
}

/// Both pages in turn, so often.
fn both(runs: usize, measure: impl Fn(Subject) -> Figures) -> (Vec<Figures>, Vec<Figures>) {
    let (mut built, mut minimal) = (Vec::new(), Vec::new());
    for number in 0..runs {
        // Whoever comes second finds a machine that is warmed up: they take turns at that.
        let order = if number % 2 == 0 {
            [Subject::Built, Subject::Minimal]
        } else {
            [Subject::Minimal, Subject::Built]
        };
        for subject in order {
            let figures = attempt(|| measure(subject));
            match subject {
                Subject::Built => built.push(figures),
                Subject::Minimal => minimal.push(figures),
            }
        }
    }
    (built, minimal)
}

fn opening_and_marking(wish: &Wish, targets: &mut Targets) {
    opening::print_head();
    for &bytes in &wish.sizes {
        let mut fewest = None;
        for &count in &wish.counts {
            let case = case(bytes, count);
            let (built, minimal) = both(wish.runs, |subject| open_and_mark(subject, &case));
            let added = middle(&built, |it| it.added);
            opening::print(&case, &built, &minimal);
            opening::hold(&case, &built, &minimal, targets);
            let few = *fewest.get_or_insert(added);
            if count >= 10_000 {
                let more = few.zip(added).map(|(few, many)| many - few);
                let name = format!("{}: mark at {count}, ms more than at none", readable(bytes));
                targets.hold(&name, more, FRAME);
            }
        }
    }
}

fn editing(wish: &Wish, targets: &mut Targets) {
    let case = case(1_000_000, 10_000);
    let runs: Vec<_> = (0..wish.runs)
        .map(|_| attempt(|| edits::run(&case)))
        .collect();
    println!(
        "\nActs at 1 MB with 10,000 marks, ms from the input to the frame that shows what it did:"
    );
    for (at, act) in ACTS.into_iter().enumerate() {
        let took = middle_of(runs.iter().map(|it| it[at]));
        println!("  {act:<24} {:>6}", shown(took));
        targets.hold(&format!("{act}, ms"), took, 50.0);
    }
}

fn scrolling(wish: &Wish, targets: &mut Targets) {
    let case = case(1_000_000, 10_000);
    let (built, minimal) = both(wish.runs, |subject| scroll(subject, &case));
    let slow = |runs: &[Figures]| middle(runs, |it| it.slow_frames);
    let slowest = |runs: &[Figures]| middle(runs, |it| it.slowest);
    println!(
        "\nWheel from top to bottom of 1 MB with 10,000 marks, frames over 50 ms, and the longest in ms:"
    );
    for (name, runs) in [("built", &built), ("minimal", &minimal)] {
        println!(
            "  {name:<8} {:>6} {:>8}",
            shown(slow(runs)),
            shown(slowest(runs))
        );
    }
    targets.hold("frames over 50 ms from top to bottom", slow(&built), 0.0);
}

fn visiting(wish: &Wish, _: &mut Targets) {
    println!("\n   text  marks               visit                  all               task");
    for (bytes, count) in [(100_000, 1_000), (1_000_000, 10_000)] {
        let case = case(bytes, count);
        let (built, minimal) = both(wish.runs, |subject| visit(subject, &case));
        let cell = |read: fn(&Figures) -> Option<f64>| {
            compared(middle(&built, read), middle(&minimal, read))
        };
        println!(
            "{:>7} {count:>6}  {:>18} {:>20} {:>18}",
            readable(bytes),
            cell(|it| it.painted),
            cell(|it| it.complete),
            cell(|it| it.longest)
        );
    }
}

fn first_visit(wish: &Wish, targets: &mut Targets) {
    let files = first::compressed();
    let runs: Vec<_> = (0..wish.runs)
        .map(|_| attempt(|| first::visit(&files)))
        .collect();
    let text = middle_of(runs.iter().map(|it| it.text));
    println!(
        "\nFirst visit, nothing cached, 10 Mbit with 40 ms of latency, CPU at 1/4, ms from navigation:"
    );
    for (at, what) in [
        "the page itself is here",
        "the program is here",
        "an article is here",
    ]
    .into_iter()
    .enumerate()
    {
        let arrived = middle_of(runs.iter().map(|it| it.arrived[at]));
        println!("  {what:<24} {:>7}", shown(arrived));
    }
    println!("  {:<24} {:>7}", "text can be read", shown(text));
    let ready = middle_of(runs.iter().map(|it| it.ready));
    println!("  {:<24} {:>7}", "it can be marked", shown(ready));
    targets.hold("first visit: text can be read, ms", text, 1_000.0);
}

fn leaking(_: &Wish, targets: &mut Targets) {
    let found = attempt(|| {
        let options = Options::new(Engine::Chromium);
        let page = Page::start(&options, Server::start(&tools::dist()));
        Some(memory::rounds(&page, 200))
    });
    println!(
        "\nOpening and closing 200 articles in turn, after the way there and after the way back:"
    );
    if let Some((before, after)) = found {
        println!("  {before:?}\n  {after:?}");
    }
    let grown = found.map(|(before, after)| after.heap - before.heap);
    targets.hold("200 articles: growth of JavaScript's heap, MB", grown, 0.4);
    let grown = found.and_then(|(before, after)| Some(after.wasm? - before.wasm?));
    targets.hold(
        "200 articles: growth of the program's memory, MB",
        grown,
        0.0,
    );
}

/// A large file in, and many marks out in every format.
fn exchanging(_: &Wish, targets: &mut Targets) {
    println!("\nA file with an article a line, read and taken over:");
    // The last one has some more than 80,000 marks in all.
    for (megabytes, marks) in [(60.0, 0), (60.0, 8), (10.4, 80)] {
        let name = format!("{megabytes} MB, {marks} marks an article");
        let imported = attempt(|| files::import((megabytes * 1e6) as usize, marks));
        let figures = imported.as_ref().map(|it| it.1);
        let rate = figures.map(|it| megabytes * 1_000.0 / it.read);
        println!(
            "  {name:<28} read at {} MB/s, longest task {} ms; taken over in {} ms, longest task {} ms",
            shown(rate),
            shown(figures.map(|it| it.longest[0])),
            shown(figures.map(|it| it.taken)),
            shown(figures.map(|it| it.longest[1]))
        );
        let each = figures.map(|it| it.read / megabytes);
        targets.hold(&format!("{name}: ms to read a MB"), each, 50.0);
        for (at, what) in ["reading", "taking over"].into_iter().enumerate() {
            let longest = figures.map(|it| it.longest[at]);
            targets.hold(
                &format!("{name}: longest task while {what}, ms"),
                longest,
                100.0,
            );
        }
        if let Some((page, _)) = imported.filter(|_| marks == 80) {
            println!("\nAll of it out again:");
            for (format, took, bytes) in files::export(&page) {
                let size = readable(bytes as usize);
                println!("  {format:<22} {:>8} ms  {size:>8}", shown(took));
                targets.hold(&format!("{format}: 80,000 marks out, ms"), took, 1_000.0);
            }
        }
    }
}

/// The same words in a thousand articles, and all of them searched as one types.
fn threading(_: &Wish, targets: &mut Targets) {
    let found = attempt(accounts::measure);
    let figure = |read: fn(&accounts::Figures) -> f64| found.as_ref().map(read);
    println!("\nA thousand articles, 6 MB:");
    println!(
        "  index {} MB/s, longest task {} ms, memory grown by {} times the text",
        shown(figure(|it| it.rate)),
        shown(figure(|it| it.longest)),
        shown(figure(|it| it.memory))
    );
    for (name, figure, most) in [
        (
            "index: ms to read a MB",
            figure(|it| 1_000.0 / it.rate),
            200.0,
        ),
        (
            "index: longest task while it is made, ms",
            figure(|it| it.longest),
            100.0,
        ),
        (
            "index: memory grown by, times the text",
            figure(|it| it.memory),
            2.0,
        ),
        (
            "thread over 1,000 articles, ms",
            figure(|it| it.thread),
            100.0,
        ),
        (
            "search over 6 MB: longest task of a key, ms",
            figure(|it| it.key_task),
            50.0,
        ),
        (
            "search over 6 MB: from the key to the lines, ms",
            figure(|it| it.key),
            50.0,
        ),
    ] {
        targets.hold(name, figure, most);
    }
}

fn teaching(_: &Wish, targets: &mut Targets) {
    let found = attempt(class::measure);
    let figure = |read: fn(&class::Figures) -> f64| found.as_ref().map(read);
    println!("\nA class:");
    for (name, figure, most) in [
        (
            "class: 200 files of 100 marks merged, ms",
            figure(|it| it.merge),
            2_000.0,
        ),
        (
            "class: longest task meanwhile, ms",
            figure(|it| it.merge_task),
            100.0,
        ),
        (
            "class: agreement of 30 people, 50 articles, 50 marks, ms",
            figure(|it| it.agreement),
            1_000.0,
        ),
        (
            "class: longest task meanwhile, ms",
            figure(|it| it.agreement_task),
            100.0,
        ),
        (
            "class: from the press to the tints in the text, ms",
            figure(|it| it.heat),
            50.0,
        ),
        (
            "class: from scrolling to the tints, ms",
            figure(|it| it.heat_again[0]),
            50.0,
        ),
        (
            "class: from undoing one more file to the tints, ms",
            figure(|it| it.heat_again[1]),
            50.0,
        ),
    ] {
        targets.hold(name, figure, most);
    }
}
