//! The folder of tools: one folder `NAME-VERSION` each, which exists only when its installation has ended well.
//! Knows nothing of what a tool is.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::steps::Outcome;

/// The folder of tools: `$SOURCELIGHT_TOOLS`, else in the person's own cache folder.
pub fn folder() -> Outcome<PathBuf> {
    let variable = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(folder) = variable("SOURCELIGHT_TOOLS") {
        return std::path::absolute(&folder)
            .map_err(|error| format!("$SOURCELIGHT_TOOLS ({}): {error}.", folder.display()));
    }
    let cache = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Caches"))
    } else {
        variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")))
    };
    let cache = cache.ok_or(
        "There is no home folder to install tools into; set SOURCELIGHT_TOOLS to a folder.",
    )?;
    Ok(cache.join("sourcelight").join("tools"))
}

/// Where a tool is compiled; kept when that is interrupted, so that it can go on.
pub fn build_folder(name: &str) -> Outcome<PathBuf> {
    Ok(folder()?.join(format!(".build-{name}")))
}

/// Installs into `target` by way of an unfinished folder that is renamed at the very end: what is there is complete.
/// `work` gets that folder and the file for its messages. Two runs at once wait for each other.
pub fn install(target: &Path, work: impl FnOnce(&Path, &Path) -> Outcome<()>) -> Outcome<()> {
    let parent = target
        .parent()
        .ok_or("A tool cannot be installed at the root of a disk.")?;
    let name = target
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let fails = |error: std::io::Error| {
        format!(
            "{name} cannot be installed into {}: {error}.",
            parent.display()
        )
    };
    std::fs::create_dir_all(parent).map_err(fails)?;
    let lock = File::create(parent.join(format!(".{name}.lock"))).map_err(fails)?;
    if lock.try_lock().is_err() {
        println!("    {name}: another run is installing it; waiting for that …");
        lock.lock().map_err(fails)?;
    }
    if target.exists() {
        return Ok(());
    }
    let unfinished = parent.join(format!(".unfinished-{name}"));
    if unfinished.exists() {
        std::fs::remove_dir_all(&unfinished).map_err(fails)?;
    }
    std::fs::create_dir(&unfinished).map_err(fails)?;
    work(&unfinished, &parent.join(format!(".{name}.log")))?;
    std::fs::rename(&unfinished, target).map_err(fails)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interrupted_installation_is_not_taken_for_a_finished_one() {
        let parent = std::env::temp_dir().join(format!("sourcelight-cache-{}", std::process::id()));
        let target = parent.join("thing-1.0");
        let half = |folder: &Path, _: &Path| {
            std::fs::write(folder.join("half"), "x").map_err(|error| error.to_string())?;
            Err("The network went away.".to_owned())
        };
        assert!(install(&target, half).is_err());
        assert!(!target.exists());
        let whole = |folder: &Path, _: &Path| {
            assert!(!folder.join("half").exists(), "each attempt starts afresh");
            std::fs::write(folder.join("whole"), "x").map_err(|error| error.to_string())
        };
        assert_eq!(install(&target, whole), Ok(()));
        assert!(target.join("whole").exists());
        let never = |_: &Path, _: &Path| Err("It is there already.".to_owned());
        assert_eq!(install(&target, never), Ok(()));
        std::fs::remove_dir_all(&parent).expect("it was made above");
    }
}
