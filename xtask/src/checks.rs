//! What has to be green, in order, stopping at the first red; and the measurements. Knows nothing of what the tests test.

use std::process::Command;
use std::time::Instant;

use crate::setup::{self, TestTools};
use crate::steps::{self, Outcome};
use crate::{build, interop, workspace};

/// How many cases the machine of many tabs tries.
const CASES: &str = "SOURCELIGHT_CASES";

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];
const DENY_WARNINGS: [&str; 3] = ["--", "--deny", "warnings"];

/// Format, lints, tests, and the built page in real browsers.
pub fn all() -> Outcome<()> {
    let start = Instant::now();
    let tools = setup::for_tests()?;
    without_browsers()?;
    many_cases()?;
    check("Unit tests in a browser", tests_in_browser(&tools)?)?;
    build::build_and_measure(&tools.build)?;
    let mut end_to_end = cargo(&["test", "--package", "e2e"]);
    tools.for_tests(&mut end_to_end)?;
    check("The built page, end to end", end_to_end)?;
    judges()?;
    all_green(start);
    Ok(())
}

/// What the programs that our formats are for see in our files. They come from elsewhere and are large: where
/// they cannot be had, that is said, and the rest counts.
fn judges() -> Outcome<()> {
    match setup::for_interop(false) {
        Ok(_) => interop::run(&interop::Wish::default()),
        Err(sentence) => {
            println!("    No judge was asked: {sentence}");
            Ok(())
        }
    }
}

/// Everything that needs no browser.
pub fn quick() -> Outcome<()> {
    let start = Instant::now();
    setup::for_quick_checks()?;
    without_browsers()?;
    all_green(start);
    Ok(())
}

/// Builds the page and measures it in a browser; the arguments go to the measuring program.
pub fn bench(arguments: &[String]) -> Outcome<()> {
    drive("bench", "Measuring the built page", arguments)
}

/// Builds the page and cuts browsers' power while it is used; the arguments go to the program that does.
pub fn chaos(arguments: &[String]) -> Outcome<()> {
    drive("chaos", "Power cuts at random moments", arguments)
}

fn drive(program: &str, title: &str, arguments: &[String]) -> Outcome<()> {
    let tools = setup::for_tests()?;
    build::build(&tools.build)?;
    let mut command = cargo(&[
        "run",
        "--profile",
        "measure",
        "--package",
        "e2e",
        "--bin",
        program,
        "--",
    ]);
    command.args(arguments);
    tools.for_tests(&mut command)?;
    check(title, command)
}

fn without_browsers() -> Outcome<()> {
    check(
        "Format (`cargo fmt --all` sets it right)",
        cargo(&["fmt", "--all", "--check"]),
    )?;
    let mut lints = cargo(&["clippy", "--workspace", "--all-targets"]);
    lints.args(DENY_WARNINGS);
    check("Lints", lints)?;
    let mut lints = cargo(&[
        "clippy",
        "--package",
        "sourcelight",
        "--lib",
        "--bins",
        "--test",
        "web",
    ]);
    lints.args(WASM).args(DENY_WARNINGS);
    check("Lints of what runs in the browser", lints)?;
    check(
        "Tests without a browser",
        cargo(&["test", "--workspace", "--exclude", "e2e"]),
    )
}

/// The machine of many tabs with as many cases as `SOURCELIGHT_CASES` says. They are optimised, which
/// takes a build of its own and makes each seven times as fast.
fn many_cases() -> Outcome<()> {
    let mut command = cargo(&["test", "--package", "sourcelight", "--test", "storage"]);
    for package in ["sourcelight", "proptest"] {
        let faster = format!("profile.dev.package.{package}.opt-level=2");
        command.args(["--config", &faster]);
    }
    command.arg("many_tabs");
    if std::env::var_os(CASES).is_none() {
        command.env(CASES, "100000");
    }
    check("Many tabs, power cuts and damage, many times", command)
}

fn tests_in_browser(tools: &TestTools) -> Outcome<Command> {
    let mut command = cargo(&["test", "--package", "sourcelight", "--test", "web"]);
    command.args(WASM);
    tools.for_tests(&mut command)?;
    // The runner would otherwise take the first driver it finds.
    command.env_remove("GECKODRIVER");
    Ok(command)
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = workspace::cargo();
    command.args(arguments);
    command
}

fn check(title: &str, mut command: Command) -> Outcome<()> {
    steps::step(title, || steps::run(&mut command))
        .map_err(|sentence| format!("Red: \"{title}\" failed. {sentence}"))
}

fn all_green(start: Instant) {
    println!("\nAll green, in {}.", steps::readable(start.elapsed()));
}
