//! Runs a judge's script on a folder of files and takes what it says. Knows no judge.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::list::{By, Judge};
use crate::setup::{self, Judges};

/// The exit code of a judge that has not what it needs.
const CANNOT_JUDGE: i32 = 77;

/// How much of a refusal is shown, in characters.
const SHOWN: usize = 100;

/// What a judge saw.
pub struct Seen {
    /// Name and version.
    pub consumer: String,
    /// `[article, label, start, end, words]`, positions in code points.
    pub spans: Vec<Value>,
    /// Articles that the program cannot read, whoever wrote them.
    pub left_out: Vec<String>,
}

/// What came of asking.
pub enum Answer {
    /// It read the files.
    Seen(Seen),
    /// It took exception to them; the last thing it said.
    Refused(String),
    /// It is not here.
    Missing(String),
}

/// Asks a judge about the files in a folder.
pub fn ask(judge: &Judge, programs: &Judges, files: &Path) -> Answer {
    let program = match (judge.by, &programs.servers) {
        (By::Python, _) => &programs.python,
        (By::Node, _) => &programs.node,
        (By::LabelStudio, Some(servers)) => &servers[0],
        (By::Doccano, Some(servers)) => &servers[1],
        (_, None) => return Answer::Missing("it is asked with `--servers` alone".to_owned()),
    };
    let mut command = Command::new(program);
    if judge.by != By::Node {
        command.arg("-B");
    }
    command.arg(setup::scripts().join(judge.script)).arg(files);
    if !judge.argument.is_empty() {
        command.arg(judge.argument);
    }
    // Nothing is fetched while judging.
    command
        .env("HF_HUB_OFFLINE", "1")
        .env("NODE_PATH", &programs.node_path);
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => return Answer::Missing(format!("{}: {error}", program.display())),
    };
    let told = last_line(&String::from_utf8_lossy(&output.stderr));
    if output.status.code() == Some(CANNOT_JUDGE) {
        return Answer::Missing(told);
    }
    if !output.status.success() {
        return Answer::Refused(told);
    }
    seen(&output.stdout).map_or_else(
        || Answer::Refused("what it printed is not what judges print".to_owned()),
        Answer::Seen,
    )
}

fn seen(printed: &[u8]) -> Option<Seen> {
    let said: Value = serde_json::from_slice(printed).ok()?;
    let left_out = said["left_out"].as_array().into_iter().flatten();
    let left_out = left_out.filter_map(|it| it.as_str().map(str::to_owned));
    Some(Seen {
        left_out: left_out.collect(),
        consumer: said["consumer"].as_str()?.to_owned(),
        spans: said["spans"].as_array()?.clone(),
    })
}

/// The last line that says something: where Python and Node.js put the error.
fn last_line(told: &str) -> String {
    let is_error = |line: &&str| line.contains("Error") && !line.starts_with("    at ");
    let mut lines = told.lines().rev().filter(|it| !it.trim().is_empty());
    let line = lines.clone().find(is_error).or_else(|| lines.next());
    let line = line.unwrap_or("it said nothing").trim();
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_refusal_the_error_is_shown() {
        let python =
            "Traceback (most recent call last):\n  File \"x\"\nAssertionError: 1 is not 2\n";
        assert_eq!(last_line(python), "AssertionError: 1 is not 2");
        let node = "Error: no\n    at run (x.js:1)\n    at Error (y.js:2)\n";
        assert_eq!(last_line(node), "Error: no");
        assert_eq!(last_line("\n"), "it said nothing");
        assert_eq!(last_line(&"ä".repeat(200)).chars().count(), SHOWN + 1);
    }
}
