//! Runs the targets of `tests/fuzz/` for a while each. Knows their names and nothing of what they do.

use std::process::Command;

use crate::steps::{self, Outcome};
use crate::workspace;

const TARGETS: [&str; 6] = [
    "record", "snapshot", "store", "project", "article", "exchange",
];

/// How long each target runs where nothing else is said.
const SECONDS: u64 = 60;

/// What to run.
pub struct Wish {
    targets: Vec<&'static str>,
    seconds: u64,
    /// The run is another each time where there is none; it prints its seed.
    seed: Option<u64>,
}

/// Reads `[--seconds N] [--seed N] [TARGET]`.
pub fn wish(arguments: &[String]) -> Outcome<Wish> {
    let mut wish = Wish {
        targets: TARGETS.to_vec(),
        seconds: SECONDS,
        seed: None,
    };
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let mut number = || {
            let next = words.next().and_then(|it| it.parse::<u64>().ok());
            next.ok_or(format!("`{word}` needs a number after it."))
        };
        match word.as_str() {
            "--seconds" => wish.seconds = number()?,
            "--seed" => wish.seed = Some(number()?),
            name => {
                let known = TARGETS.iter().find(|it| **it == name);
                let unknown = || {
                    let all = TARGETS.join("`, `");
                    format!("`cargo xtask fuzz` does not know `{name}`; its targets are `{all}`.")
                };
                wish.targets = vec![known.ok_or_else(unknown)?];
            }
        }
    }
    Ok(wish)
}

/// Runs the targets one after the other; all of them, whatever one of them finds.
pub fn run(wish: &Wish) -> Outcome<()> {
    let mut red = Vec::new();
    for target in &wish.targets {
        let title = format!("Fuzzing `{target}` for {} s", wish.seconds);
        if steps::step(&title, || steps::run(&mut command(target, wish))).is_err() {
            red.push(*target);
        }
    }
    match red.as_slice() {
        [] => Ok(()),
        names => Err(format!(
            "Something was found in `{}`; it is kept in tests/fixtures/fuzz/.",
            names.join("`, `")
        )),
    }
}

/// Optimised like the many cases of `cargo xtask test`, with all checks of a debug build.
fn command(target: &str, wish: &Wish) -> Command {
    let mut command = workspace::cargo();
    command.args(["test", "--package", "sourcelight", "--test", "fuzz"]);
    for package in ["sourcelight", "proptest"] {
        let faster = format!("profile.dev.package.{package}.opt-level=2");
        command.args(["--config", &faster]);
    }
    command.arg(format!("targets::{target}"));
    command.args(["--", "--exact", "--nocapture"]);
    command.env("SOURCELIGHT_FUZZ_SECONDS", wish.seconds.to_string());
    if let Some(seed) = wish.seed {
        command.env("SOURCELIGHT_FUZZ_SEED", seed.to_string());
    }
    // Findings are expected; where in the program they came up stands in their message.
    command.env("RUST_BACKTRACE", "0");
    command
}
