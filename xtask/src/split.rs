//! Cuts the program where `src/ui/later.rs` and `src/app/upkeep.rs` mark it: what the page needs at once, and parts that it
//! fetches when it is ready. This has to be done before wasm-bindgen sees the program, so it starts from what cargo has built
//! and not from what Trunk has made of it. Knows nothing of how the files are named in the end.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::glue::LINK;
use crate::one_file::{self, Whole};
use crate::setup::Tools;
use crate::steps::{self, Outcome};
use crate::workspace;

/// Optimised for speed and little inlined: that is larger than "z", but smaller when it is compressed.
const OPTIMISE: [&str; 3] = [
    "-O2",
    "--one-caller-inline-max-function-size=50",
    "--converge",
];

/// For the one file. Once is enough: more takes another half minute for less than a thousandth.
const OPTIMISE_WHOLE: [&str; 2] = ["-O2", "--one-caller-inline-max-function-size=50"];

/// The program in parts.
pub struct Cut {
    /// What is needed at once, as wasm-bindgen has finished it.
    pub program: Vec<u8>,
    /// The JavaScript around it.
    pub glue: String,
    /// The JavaScript that fetches the parts.
    pub link: String,
    /// The other parts: the names by which the link file calls them, and their bytes.
    pub parts: Vec<(String, Vec<u8>)>,
}

/// How the program was built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quickly, for those who work on it.
    Debug,
    /// Small, for everybody.
    Release,
}

impl Profile {
    fn folder(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

/// Cuts the program that cargo has just built.
pub fn cut(tools: &Tools, profile: Profile) -> Outcome<Cut> {
    let target = target_folder()?;
    let work = fresh(target.join("split").join(profile.folder()))?;
    let main = work.join("sourcelight.wasm");
    let input = read(&compiled(&target, profile))?;
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = &work;
    options.main_out_path = &main;
    options.main_module = "./sourcelight.js";
    options.link_name = LINK;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| format!("The program cannot be cut in parts: {error:#}."))?;
    bind(tools, &main, &work)?;
    let program = work.join("sourcelight_bg.wasm");
    let mut parts = Vec::new();
    for part in split.split_modules {
        let name = part.file_name().unwrap_or_default().to_string_lossy();
        parts.push((name.into_owned(), optimised(tools, &part, profile)?));
    }
    Ok(Cut {
        program: optimised(tools, &program, profile)?,
        glue: read_text(&work.join("sourcelight.js"))?,
        link: read_text(&work.join(LINK))?,
        parts,
    })
}

/// The small program that cargo has just built, in one piece.
pub fn whole(tools: &Tools) -> Outcome<Whole> {
    let target = target_folder()?;
    let work = fresh(target.join("split").join("whole"))?;
    bind(tools, &compiled(&target, Profile::Release), &work)?;
    let bound = work.join("sourcelight_bg.wasm");
    write(&bound, &one_file::bare(&read(&bound)?)?)?;
    let program = smaller(tools, &bound, &OPTIMISE_WHOLE)?;
    one_file::linked_to_itself(&program, &read_text(&work.join("sourcelight.js"))?)
}

/// What cargo has built.
fn compiled(target: &Path, profile: Profile) -> PathBuf {
    let folder = target.join("wasm32-unknown-unknown").join(profile.folder());
    folder.join("sourcelight.wasm")
}

/// An empty folder.
fn fresh(folder: PathBuf) -> Outcome<PathBuf> {
    if folder.exists() {
        std::fs::remove_dir_all(&folder)
            .map_err(|error| format!("{} cannot be removed: {error}.", folder.display()))?;
    }
    std::fs::create_dir_all(&folder)
        .map_err(|error| format!("{} cannot be made: {error}.", folder.display()))?;
    Ok(folder)
}

/// Lets wasm-bindgen finish the first part. The others call it through what its linker has exported.
fn bind(tools: &Tools, main: &Path, folder: &Path) -> Outcome<()> {
    let mut bindgen = Command::new("wasm-bindgen");
    bindgen
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
        .args(["--out-name", "sourcelight", "--out-dir"])
        .arg(folder)
        .arg(main);
    tools.on_path(&mut bindgen)?;
    steps::run(&mut bindgen)
}

/// The bytes of a part. The file itself stays as it is, with the names of functions by which sizes can be explained.
fn optimised(tools: &Tools, file: &Path, profile: Profile) -> Outcome<Vec<u8>> {
    match profile {
        Profile::Debug => read(file),
        Profile::Release => smaller(tools, file, &OPTIMISE),
    }
}

fn smaller(tools: &Tools, file: &Path, how: &[&str]) -> Outcome<Vec<u8>> {
    let smaller = file.with_extension("small.wasm");
    let mut optimise = Command::new("wasm-opt");
    optimise.args(how).arg("--output").arg(&smaller).arg(file);
    tools.on_path(&mut optimise)?;
    steps::run(&mut optimise)?;
    read(&smaller)
}

/// Where cargo builds.
fn target_folder() -> Outcome<PathBuf> {
    let unknown = "cargo does not tell where it builds.";
    let described = workspace::cargo()
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()
        .map_err(|error| format!("cargo cannot be started: {error}."))?;
    let described: serde_json::Value =
        serde_json::from_slice(&described.stdout).map_err(|_| unknown)?;
    let folder = described["target_directory"].as_str().ok_or(unknown)?;
    Ok(PathBuf::from(folder))
}

fn read(file: &Path) -> Outcome<Vec<u8>> {
    std::fs::read(file).map_err(|error| format!("{} cannot be read: {error}.", file.display()))
}

fn write(file: &Path, bytes: &[u8]) -> Outcome<()> {
    std::fs::write(file, bytes)
        .map_err(|error| format!("{} cannot be written: {error}.", file.display()))
}

fn read_text(file: &Path) -> Outcome<String> {
    String::from_utf8(read(file)?).map_err(|_| format!("{} is not UTF-8.", file.display()))
}
