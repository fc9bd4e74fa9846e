//! What has to be added to Rust itself: the wasm32 target, rustfmt and clippy. Uses rustup where there is one.

use std::process::Command;

use super::jobs::Job;
use super::{cache, download, tool, wasm_target};
use crate::steps::{self, Outcome};
use crate::workspace;

/// The target that the page is compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the wasm32 target, unless it is there.
pub fn target_job() -> Outcome<Option<Job>> {
    if wasm_target::is_there()? {
        return Ok(None);
    }
    Ok(Some(download(
        "Rust for wasm32".to_owned(),
        "the program is compiled for it",
        || {
            rustup(&["target", "add", TARGET]).or_else(|sentence| {
            println!("    Rust for wasm32: not by rustup; trying to build it from Debian's sources …");
            wasm_target::install_from_debian().map_err(|second| {
                format!("{sentence}\nThe second way failed too: {second}\nAdd the target by hand: `rustup target add {TARGET}`.")
            })
        })
        },
    )))
}

/// Adds rustfmt and clippy, unless they are there.
pub fn components_job() -> Option<Job> {
    let cargo = workspace::cargo_program();
    let there = |name: &str| steps::output_of(&cargo, &[name, "--version"]).is_some();
    if there("fmt") && there("clippy") {
        return None;
    }
    Some(download(
        "rustfmt and clippy".to_owned(),
        "the tests check format and lints",
        || rustup(&["component", "add", "rustfmt", "clippy"]),
    ))
}

fn rustup(arguments: &[&str]) -> Outcome<()> {
    let rustup = tool::on_path("rustup")
        .ok_or("rustup is missing (https://rustup.rs); it adds parts to Rust.")?;
    let folder = cache::folder()?;
    std::fs::create_dir_all(&folder)
        .map_err(|error| format!("{} cannot be made: {error}.", folder.display()))?;
    let mut command = Command::new(rustup);
    command.args(arguments).current_dir(workspace::root());
    steps::run_logged("rustup", &mut command, &folder.join(".rustup.log"))
}
