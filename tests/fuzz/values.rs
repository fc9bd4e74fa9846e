//! The valid values that are damaged: generated projects and the fixtures of the other tests.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sourcelight::model::{Import, Project};

use crate::generate;
use crate::mutate::Dice;

/// How many projects a run damages.
const MANY: usize = 24;

/// Generated projects, the same for the same seed.
pub fn projects(seed: u64) -> Vec<Project> {
    generated(seed, generate::project())
}

/// What generated files bring, the same for the same seed.
pub fn imports(seed: u64) -> Vec<Import> {
    generated(seed, generate::import())
}

fn generated<T>(seed: u64, strategy: impl Strategy<Value = T>) -> Vec<T> {
    let mut dice = Dice::new(seed);
    let bytes: Vec<u8> = (0..4).flat_map(|_| dice.next().to_le_bytes()).collect();
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut one = || strategy.new_tree(&mut runner).expect("a value").current();
    (0..MANY).map(|_| one()).collect()
}

/// A file of `tests/fixtures/`.
pub fn fixture(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    std::fs::read(folder.join(name)).expect(name)
}
