//! Memory: what an article needed is given back when another one is opened.

use e2e::memory::rounds;
use e2e::{Engine, Options, run};

/// Megabytes that caches of the browser's own may come to.
const SLACK: f64 = 0.4;

/// Megabytes by which the program's memory may grow. It should be none: rows of lists that have
/// gone leave some hundred bytes each behind. What is held here is the articles themselves, with
/// their elements.
const PROGRAM: f64 = 3.0;

#[test]
fn opening_and_closing_two_hundred_articles_leaves_memory_where_it_was() {
    run(&Options::new(Engine::Chromium), |page| {
        let (before, after) = rounds(page, 200);
        println!("  before {before:?}, after {after:?}");
        assert!(
            after.heap < before.heap + SLACK,
            "JavaScript's heap grew from {} to {} MB",
            before.heap,
            after.heap
        );
        let grown = after
            .wasm
            .zip(before.wasm)
            .map(|(after, before)| after - before);
        let grown = grown.expect("the program was seen to start");
        assert!(grown < PROGRAM, "the program's memory grew by {grown} MB");
        assert!(
            after.nodes < before.nodes * 1.1 + 100.0,
            "from {} to {} nodes are alive",
            before.nodes,
            after.nodes
        );
    });
}
