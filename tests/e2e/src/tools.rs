//! Where the browsers, their drivers and axe-core are on this machine. Knows nothing of the page.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The root of the workspace this crate belongs to.
pub fn workspace() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.ancestors().nth(2);
    root.expect("this crate lies two folders below the workspace")
        .to_path_buf()
}

/// The folder of the built page: `SOURCELIGHT_DIST`, else `dist` in the workspace.
pub fn dist() -> PathBuf {
    let dist =
        env::var_os("SOURCELIGHT_DIST").map_or_else(|| workspace().join("dist"), PathBuf::from);
    assert!(
        dist.join("index.html").is_file(),
        "There is no built page at {}. Run `cargo xtask build` first, or set SOURCELIGHT_DIST.",
        dist.display()
    );
    dist
}

/// Where screenshots and logs of a run go: `target/e2e` in the workspace.
pub fn output() -> PathBuf {
    let folder = workspace().join("target").join("e2e");
    fs::create_dir_all(&folder).expect("target/e2e can be made");
    folder
}

/// A program: the path in the variable `name`, else the first of `names` on PATH, else the one
/// that `cargo xtask setup` keeps in its tools folder.
pub fn program(variable: &str, names: &[&str]) -> PathBuf {
    if let Some(given) = env::var_os(variable) {
        return PathBuf::from(given);
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|candidate| candidate.is_file());
    on_path
        .or_else(|| {
            let bins = names
                .iter()
                .map(|name| format!("bin/{}{}", name, env::consts::EXE_SUFFIX));
            bins.into_iter()
                .find_map(|bin| in_tools_folder(names[0], &bin))
        })
        .unwrap_or_else(|| {
            panic!(
                "No {} was found. Install it (`cargo xtask setup` does where it can) or set {variable}.",
                names[0]
            )
        })
}

/// The text of axe-core: `AXE_JS` names the file, else the one that `cargo xtask setup` keeps.
pub fn axe() -> String {
    let path = env::var_os("AXE_JS")
        .map(PathBuf::from)
        .or_else(|| in_tools_folder("axe-core", "node_modules/axe-core/axe.min.js"));
    let path =
        path.expect("axe-core is installed by `cargo xtask setup`, or AXE_JS names its file");
    fs::read_to_string(&path)
        .unwrap_or_else(|why| panic!("{} cannot be read: {why}", path.display()))
}

/// The newest `TOOL-VERSION` folder's `file` in the cache that xtask fills.
fn in_tools_folder(tool: &str, file: &str) -> Option<PathBuf> {
    let cache = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cache")))?;
    let mut found: Vec<PathBuf> = fs::read_dir(cache.join("sourcelight").join("tools"))
        .ok()?
        .flatten()
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.strip_prefix(tool)
                .is_some_and(|rest| rest.starts_with('-'))
        })
        .map(|entry| entry.path().join(file))
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found.pop()
}
