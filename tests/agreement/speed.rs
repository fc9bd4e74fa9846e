//! How long it takes: `cargo test --release --test agreement -- --ignored --nocapture` prints it, and fails
//! where it is more than what is promised.

use std::time::{Duration, Instant};

use sourcelight::analysis::agreement::{Choice, Counting, Draws, Gamma, Study, runs};

use crate::made::{Made, project};

const PEOPLE: usize = 30;
const ARTICLES: usize = 50;
const MARKS: usize = 50;
const WORDS: usize = 600;

fn timed<T>(what: &str, most: u64, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let made = work();
    let time = start.elapsed();
    println!("{what}: {time:?}");
    assert!(time < Duration::from_millis(most), "{what} takes too long");
    made
}

#[test]
#[ignore = "measures; only a release build is worth measuring"]
fn a_class_with_many_marks() {
    let names: Vec<String> = (0..PEOPLE).map(|it| format!("p{it}")).collect();
    let mut draws = Draws::new(1);
    let mut article = || {
        let labels = ["claim", "quote", "opinion"];
        let base: Vec<(usize, usize)> = (0..MARKS)
            .map(|at| (at * WORDS / MARKS, 3 + draws.below(12)))
            .collect();
        let mut marks: Vec<Made<'_>> = Vec::new();
        for name in &names {
            for (from, length) in &base {
                let from = from + draws.below(3);
                let label = labels[if draws.below(8) > 0 {
                    from % 3
                } else {
                    draws.below(3)
                }];
                let to = (from + length + draws.below(3)).min(WORDS);
                marks.push((name, from.min(to - 1), to, label));
            }
        }
        (WORDS, marks)
    };
    let articles: Vec<_> = (0..ARTICLES).map(|_| article()).collect();
    let project = project(&articles);
    let study = timed("study", 300, || Study::of(&project, &Choice::default()));
    let found = timed("agreement", 700, || {
        let mut counting = Counting::new(&study, 1);
        while counting.step() {}
        counting.finish()
    });
    println!("{:?}", found.all);
    timed("a thousand rounds", 1_000, || {
        found.intervals(1000, &mut Draws::new(1))
    });
    timed("runs of an article", 50, || {
        runs(&study, &study.articles[0])
    });
    let mut gamma = Gamma::new(&study, 30, Draws::new(1));
    timed("a hundred steps of γ", 500, || {
        (0..100).for_each(|_| {
            gamma.step();
        })
    });
    println!("of {}", gamma.done().1);
}
