//! Finds or installs what building and testing need. Knows which tools at which versions; how a kind of tool is
//! installed lies in the modules below.

mod apt;
mod browsers;
mod cache;
mod fonts;
mod jobs;
mod judges;
mod npm;
mod python;
mod rust;
mod tool;
mod wasm_target;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{self, Outcome};
use crate::workspace;

use jobs::{Job, Lane};
pub use judges::{Judges, for_interop, scripts};
use tool::{Source, Tool};

/// The programs that build the page.
pub struct Tools {
    folders: Vec<PathBuf>,
}

impl Tools {
    /// Puts the found programs before everything else on the command's PATH.
    pub fn on_path(&self, command: &mut Command) -> Outcome<()> {
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        let folders = self
            .folders
            .iter()
            .cloned()
            .chain(std::env::split_paths(&inherited));
        let path = std::env::join_paths(folders)
            .map_err(|error| format!("A folder of the tools cannot stand on PATH: {error}."))?;
        command.env("PATH", path);
        Ok(())
    }
}

/// The programs that test the page in browsers, with those that build it.
pub struct TestTools {
    /// Those that build the page.
    pub build: Tools,
    geckodriver: PathBuf,
    axe: PathBuf,
    browsers: browsers::Browsers,
}

impl TestTools {
    /// Sets the PATH and the variables by which the browser tests find their programs.
    pub fn for_tests(&self, command: &mut Command) -> Outcome<()> {
        self.build.on_path(command)?;
        command
            .env("SOURCELIGHT_DIST", workspace::dist())
            .env("CHROMIUM", &self.browsers.chromium)
            .env("CHROMEDRIVER", &self.browsers.chromedriver)
            .env("FIREFOX", &self.browsers.firefox)
            .env("GECKODRIVER", &self.geckodriver)
            .env("AXE_JS", &self.axe);
        Ok(())
    }
}

/// Finds or installs what builds the page.
pub fn for_build() -> Outcome<Tools> {
    steps::step("Looking for the tools that build the page", || {
        let tools = build_tools()?;
        let mut jobs = Vec::new();
        plan_for_build(&tools, &mut jobs)?;
        jobs::run(jobs)?;
        found(&tools)
    })
}

/// Finds or installs what cuts the program in parts.
pub fn for_cut() -> Outcome<Tools> {
    quietly(vec![wasm_bindgen()?])
}

/// Finds or installs what cuts the program in parts and makes the parts small.
pub fn for_release_cut() -> Outcome<Tools> {
    quietly(vec![wasm_bindgen()?, binaryen()])
}

/// Says nothing as long as all is there.
fn quietly(tools: Vec<Tool>) -> Outcome<Tools> {
    let mut jobs = Vec::new();
    for tool in &tools {
        jobs.extend(tool.job()?);
    }
    jobs::run(jobs)?;
    found(&tools)
}

/// Finds or installs what checks the sources without a browser.
pub fn for_quick_checks() -> Outcome<()> {
    steps::step("Looking for the tools that check the sources", || {
        let mut jobs = Vec::new();
        plan(rust::components_job(), "rustfmt and clippy", &mut jobs);
        plan(rust::target_job()?, "Rust for wasm32", &mut jobs);
        jobs::run(jobs)
    })
}

/// Finds or installs what builds and tests the page.
pub fn for_tests() -> Outcome<TestTools> {
    steps::step("Looking for the tools that build and test the page", || {
        let tools = build_tools()?;
        let (geckodriver, axe) = (geckodriver(), axe());
        let mut jobs = Vec::new();
        plan(browsers::job()?, "Chromium and Firefox", &mut jobs);
        plan(fonts::job()?, "fonts of many scripts", &mut jobs);
        plan(rust::components_job(), "rustfmt and clippy", &mut jobs);
        plan_for_build(&tools, &mut jobs)?;
        plan(geckodriver.job()?, &geckodriver.title(), &mut jobs);
        plan(axe.job()?, &axe.title(), &mut jobs);
        jobs::run(jobs)?;
        Ok(TestTools {
            build: found(&tools)?,
            geckodriver: geckodriver.find_or_say()?,
            axe: axe.find_or_say()?,
            browsers: browsers::find_or_say()?,
        })
    })
}

fn plan_for_build(tools: &[Tool], jobs: &mut Vec<Job>) -> Outcome<()> {
    plan(rust::target_job()?, "Rust for wasm32", jobs);
    for tool in tools {
        plan(tool.job()?, &tool.title(), jobs);
    }
    Ok(())
}

fn plan(job: Option<Job>, title: &str, jobs: &mut Vec<Job>) {
    match job {
        None => println!("    {title}: found"),
        Some(job) => jobs.push(job),
    }
}

fn found(tools: &[Tool]) -> Outcome<Tools> {
    let mut folders = Vec::new();
    for tool in tools {
        let program = tool.find_or_say()?;
        folders.push(program.parent().unwrap_or(Path::new(".")).to_path_buf());
    }
    Ok(Tools { folders })
}

fn build_tools() -> Outcome<Vec<Tool>> {
    Ok(vec![
        Tool {
            name: "trunk",
            // 0.22 asks for a newer Rust than this project does.
            version: "0.21.14".to_owned(),
            prints: "0.21.14".to_owned(),
            why: "it builds the page from index.html",
            file: "bin/trunk",
            source: Source::Cargo {
                options: &["--no-default-features", "--features", "rustls"],
            },
        },
        wasm_bindgen()?,
        binaryen(),
    ])
}

/// The program must be of the very version of the crate it post-processes.
fn wasm_bindgen() -> Outcome<Tool> {
    let version = workspace::locked_version("wasm-bindgen")?;
    Ok(Tool {
        name: "wasm-bindgen-cli",
        prints: version.clone(),
        version,
        why: "it writes the JavaScript between the page and the program",
        file: "bin/wasm-bindgen",
        source: Source::Cargo { options: &[] },
    })
}

fn binaryen() -> Tool {
    Tool {
        name: "binaryen",
        version: "132.0.0".to_owned(),
        prints: "132".to_owned(),
        why: "its wasm-opt makes the program small; older ones make a page that does not start",
        file: "node_modules/binaryen/bin/wasm-opt",
        source: Source::Npm,
    }
}

fn geckodriver() -> Tool {
    Tool {
        name: "geckodriver",
        version: "0.37.1".to_owned(),
        prints: "0.37.1".to_owned(),
        why: "it lets the tests drive Firefox",
        file: "bin/geckodriver",
        source: Source::Cargo { options: &[] },
    }
}

fn axe() -> Tool {
    Tool {
        name: "axe-core",
        version: "4.14.1".to_owned(),
        prints: String::new(),
        why: "it checks every screen for accessibility",
        file: "node_modules/axe-core/axe.min.js",
        source: Source::Npm,
    }
}

/// A job that fetches something and then waits for the network most of the time.
fn download(
    title: String,
    why: &'static str,
    work: impl FnOnce() -> Outcome<()> + Send + 'static,
) -> Job {
    Job {
        title,
        why,
        lane: Lane::Downloads,
        work: Box::new(work),
    }
}
