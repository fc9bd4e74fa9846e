//! How long it takes: `cargo test --release --test class -- --ignored --nocapture` prints it, and fails
//! where it is more than what is promised.

use std::time::{Duration, Instant};

use sourcelight::analysis::agreement::{Choice, Counting, Draws, Gamma, Study, runs};

use sourcelight::format::hand_in::{self, Collecting, HandIn, Keep};
use sourcelight::model::{EditContext, plan};

use crate::made::{Made, project};
use crate::support::{NOW, annotation_id, annotator_id};

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
        found.intervals(1000, Draws::new(1))
    });
    timed("runs of an article", 50, || {
        runs(&study, &study.articles[0])
    });
    let mut gamma = Gamma::new(&study, 30, Draws::new(1));
    timed("ten texts drawn for γ", 800, || {
        (0..10).for_each(|_| {
            gamma.step();
        })
    });
    println!("of {}", gamma.done().1);
}

#[test]
#[ignore = "measures; only a release build is worth measuring"]
fn two_hundred_files_of_a_hundred_marks() {
    let texts: Vec<(usize, Vec<Made<'_>>)> = (0..5).map(|_| (900, Vec::new())).collect();
    let here = project(&texts);
    let documents: Vec<_> = here.documents().iter().map(|it| it.id.clone()).collect();
    let mut draws = Draws::new(1);
    let files: Vec<(String, String)> = (0..200)
        .map(|at| {
            let who = format!("p{at}");
            let mut article = || {
                let mut mark = || (who.as_str(), draws.below(800), 1 + draws.below(20));
                let marks = (0..20).map(|_| mark());
                (
                    900,
                    marks
                        .map(|(who, from, length)| (who, from, from + length, "claim"))
                        .collect(),
                )
            };
            let own: Vec<(usize, Vec<Made<'_>>)> = (0..5).map(|_| article()).collect();
            let said = HandIn::default();
            let file = hand_in::render(
                &project(&own),
                &documents,
                &annotator_id(&who),
                &said,
                at % 2 == 0,
            );
            (format!("{who}.json"), file)
        })
        .collect();
    let bytes: usize = files.iter().map(|it| it.1.len()).sum();
    println!("{bytes} bytes");
    let mut collecting = Collecting::new(&here);
    timed("reading", 1_400, || {
        for (name, file) in &files {
            collecting.add(name, file.as_bytes(), NOW);
        }
    });
    let (wish, report) = timed("joining", 300, || collecting.finish(Keep::Latest));
    assert_eq!(report.files.len(), 200);
    let mut after = here.clone();
    timed("taking over", 300, || {
        let mut cx = EditContext {
            now: NOW,
            annotator: annotator_id("teacher"),
            new_annotation_id: &mut || annotation_id("unused"),
        };
        let change = plan(&here, wish.into(), &mut cx).expect("something came");
        after.apply(&change);
    });
    assert!(after.annotations().len() > 19_000);
}
