//! Memory: what an article needed is given back when another one is opened.

use e2e::memory::rounds;
use e2e::{Engine, Options, run};

/// Megabytes that caches of the browser's own may come to.
const SLACK: f64 = 0.4;

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
        assert_eq!(after.wasm, before.wasm, "the program's memory, in MB");
        assert!(after.wasm.is_some(), "the program's memory was seen");
        assert!(
            after.nodes < before.nodes * 1.1 + 100.0,
            "from {} to {} nodes are alive",
            before.nodes,
            after.nodes
        );
    });
}
