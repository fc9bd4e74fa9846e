//! Shows that the tests see what they are for: each known fault is planted in a copy of the sources,
//! and the tests of storage must go red. A fault whose place has changed is named, not skipped.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::steps::{self, Outcome};
use crate::workspace;

/// A mistake somebody could make.
struct Fault {
    name: &'static str,
    file: &'static str,
    /// Stands in the file once.
    right: &'static str,
    wrong: &'static str,
}

const FAULTS: [Fault; 5] = [
    Fault {
        name: "a change is acknowledged that the safe copy was never given",
        file: "src/storage/journal/mirroring.rs",
        right: "None => std::mem::take(&mut self.unmirrored),",
        wrong: "None => { let mut all = std::mem::take(&mut self.unmirrored); all.pop(); all }",
    },
    Fault {
        name: "two writers share a key",
        file: "src/storage/journal/names.rs",
        right: "format!(\"{PREFIX}j:{writer}:{number:08}\")",
        wrong: "format!(\"{PREFIX}j:{}:{number:08}\", &writer[..1])",
    },
    Fault {
        name: "entries are deleted without a look at the snapshot that stands for them",
        file: "src/storage/journal/loading.rs",
        right: "let drop = if reading.grants(permit) {",
        wrong: "let drop = if reading.grants(permit) || true {",
    },
    Fault {
        name: "the older version wins",
        file: "src/storage/journal/reading.rs",
        right: "let by_version = old.version.cmp(&winner.version);",
        wrong: "let by_version = winner.version.cmp(&old.version);",
    },
    Fault {
        name: "removals are forgotten",
        file: "src/storage/journal/saving.rs",
        right: "self.push(encode::gone(&change.id(), article));",
        wrong: "drop(encode::gone(&change.id(), article));",
    },
];

/// What the tests of storage are made of.
const SOURCES: [&str; 8] = [
    "Cargo.toml",
    "Cargo.lock",
    ".cargo",
    "src",
    "tests",
    "patches",
    "xtask",
    "style",
];

/// Plants one fault after the other.
pub fn plant_each() -> Outcome<()> {
    let folder = workspace::root().join("target").join("faults");
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder)
        .map_err(|error| format!("{} cannot be made: {error}.", folder.display()))?;
    for name in SOURCES {
        let from = workspace::root().join(name);
        if from.exists() {
            copy(&from, &folder.join(name))?;
        }
    }
    let green = |folder: &Path| tests_pass(folder, true);
    let unharmed = steps::step("The tests without a fault", || green(&folder))?;
    if !unharmed {
        return Err("The tests are red before anything was planted.".to_owned());
    }
    let mut unseen = Vec::new();
    for fault in &FAULTS {
        let title = format!("Planted: {}", fault.name);
        let is_seen = steps::step(&title, || {
            let is_seen = plant(fault, &folder)?;
            println!(
                "    {}",
                if is_seen {
                    "red, as it should be"
                } else {
                    "GREEN"
                }
            );
            Ok(is_seen)
        })?;
        if !is_seen {
            unseen.push(fault.name);
        }
    }
    drop(fs::remove_dir_all(&folder));
    match unseen.as_slice() {
        [] => {
            println!("\nAll {} faults are seen.", FAULTS.len());
            Ok(())
        }
        names => Err(format!("The tests do not see: {}.", names.join("; "))),
    }
}

/// Whether the tests go red with this fault in the copy, which is whole again afterwards.
fn plant(fault: &Fault, folder: &Path) -> Outcome<bool> {
    let path = folder.join(fault.file);
    let whole = read(&path)?;
    let faulty = planted(&whole, fault)?;
    write(&path, &faulty)?;
    if !compiles(folder)? {
        return Err(format!(
            "With “{}” planted the sources do not compile.",
            fault.name
        ));
    }
    let is_seen = !tests_pass(folder, false)?;
    write(&path, &whole)?;
    Ok(is_seen)
}

fn planted(whole: &str, fault: &Fault) -> Outcome<String> {
    match whole.matches(fault.right).count() {
        1 => Ok(whole.replace(fault.right, fault.wrong)),
        count => Err(format!(
            "{} has {count} times, not once, the line where “{}” is planted: xtask/src/faults.rs has to follow it.",
            fault.file, fault.name
        )),
    }
}

fn cargo_test(folder: &Path, arguments: &[&str]) -> std::process::Command {
    let mut command = workspace::cargo();
    command.current_dir(folder);
    command.args([
        "test",
        "--quiet",
        "--package",
        "sourcelight",
        "--test",
        "storage",
    ]);
    command.args(arguments);
    command.env(
        "CARGO_TARGET_DIR",
        workspace::root().join("target").join("faults-build"),
    );
    // Cases that were found with a planted fault are none to keep.
    command.env("PROPTEST_FAILURE_PERSISTENCE", "off");
    command.stdout(Stdio::null());
    command
}

fn compiles(folder: &Path) -> Outcome<bool> {
    succeeds(&mut cargo_test(folder, &["--no-run"]))
}

fn tests_pass(folder: &Path, is_loud: bool) -> Outcome<bool> {
    let mut command = cargo_test(folder, &[]);
    if !is_loud {
        command.stderr(Stdio::null());
    }
    succeeds(&mut command)
}

fn succeeds(command: &mut std::process::Command) -> Outcome<bool> {
    let status = command.status();
    let status = status.map_err(|error| format!("cargo cannot be started: {error}."))?;
    Ok(status.success())
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    if !from.is_dir() {
        let said = |error| format!("{} cannot be copied: {error}.", from.display());
        return fs::copy(from, to).map(drop).map_err(said);
    }
    let said = |error| format!("{} cannot be made: {error}.", to.display());
    fs::create_dir_all(to).map_err(said)?;
    for name in workspace::names_in(from)? {
        copy(&from.join(&name), &to.join(&name))?;
    }
    Ok(())
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))
}

fn write(path: &Path, text: &str) -> Outcome<()> {
    fs::write(path, text).map_err(|error| format!("{} cannot be written: {error}.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_its_place() {
        for fault in &FAULTS {
            let whole = read(&workspace::root().join(fault.file)).expect("it is there");
            assert_eq!(planted(&whole, fault).map(drop), Ok(()));
        }
    }
}
