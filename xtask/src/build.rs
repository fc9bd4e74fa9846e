//! Builds the page with Trunk into `dist/`, and only when something it is made of has changed. Knows nothing of how the tools got here.

use std::path::PathBuf;

use crate::setup::Tools;
use crate::steps::{self, Outcome};
use crate::{fingerprint, sizes, workspace};

/// Builds the page, then prints its sizes; fails over the budget.
pub fn build_and_measure(tools: &Tools) -> Outcome<()> {
    build(tools)?;
    sizes::report(&workspace::dist())
}

/// Makes `dist/` what the sources say.
pub fn build(tools: &Tools) -> Outcome<()> {
    steps::step("Building the page into dist/", || {
        let sources = fingerprint::of_sources()?;
        if is_current(&sources) {
            println!("    Nothing has changed since the last build.");
            return Ok(());
        }
        let mut trunk = std::process::Command::new("trunk");
        println!(
            "    (Trunk warns that it cannot minify the JavaScript: it is shipped as it is, and small;\n     \
             wasm-opt of a kind of names that it does not know: it leaves them out.)"
        );
        trunk
            .args(["build", "--release", "--log", "warn"])
            .current_dir(workspace::root());
        tools.on_path(&mut trunk)?;
        trunk.env("TRUNK_SKIP_VERSION_CHECK", "true");
        // Trunk 0.21 takes only `true` or `false` in it and stops at the usual `NO_COLOR=1`.
        trunk.env_remove("NO_COLOR");
        if let Some(flags) = without_own_paths() {
            trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
        }
        steps::run(&mut trunk)?;
        remember(&sources)
    })
}

/// Flags that keep this computer's folders out of the program, which is for everybody to read. Of no effect where
/// `RUSTFLAGS` is set; left out where cargo would split the path.
fn without_own_paths() -> Option<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let crates = home
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")))?
        .join("registry")
        .join("src");
    let path = crates
        .to_str()
        .filter(|path| !path.contains(char::is_whitespace))?;
    Some(format!("--remap-path-prefix={path}=/crates"))
}

/// `dist/` is compared too: somebody may have called Trunk by hand in between.
fn is_current(sources: &str) -> bool {
    let Ok(dist) = fingerprint::of_folder(&workspace::dist()) else {
        return false;
    };
    std::fs::read_to_string(stamp()).is_ok_and(|stamp| stamp == format!("{sources} {dist}"))
}

fn remember(sources: &str) -> Outcome<()> {
    let stamp = stamp();
    let dist = fingerprint::of_folder(&workspace::dist())?;
    let written = std::fs::create_dir_all(workspace::root().join("target"))
        .and_then(|()| std::fs::write(&stamp, format!("{sources} {dist}")));
    written.map_err(|error| format!("{} cannot be written: {error}.", stamp.display()))
}

fn stamp() -> PathBuf {
    workspace::root().join("target").join("dist.stamp")
}
