//! Announces steps, runs other programs and turns their failures into sentences. Knows no particular tool.

use std::ffi::OsStr;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The error is a sentence for the person at the terminal.
pub type Outcome<T> = Result<T, String>;

/// How often a long quiet step says that it is still alive.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Prints what is about to happen, does it, and prints how long it took.
pub fn step<T>(title: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("\n==> {title}");
    let start = Instant::now();
    let result = work();
    let seconds = readable(start.elapsed());
    match &result {
        Ok(_) => println!("    done in {seconds}"),
        Err(_) => println!("    failed after {seconds}"),
    }
    result
}

/// Runs a program whose messages the person sees as they come.
pub fn run(command: &mut Command) -> Outcome<()> {
    let line = shown(command);
    let status = command
        .status()
        .map_err(|error| not_started(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!(
            "`{line}` failed ({status}); its messages are above."
        ))
    }
}

/// Runs a program whose messages go to `log`, with a sign of life now and then; a failure ends with the log's last lines.
pub fn run_logged(name: &str, command: &mut Command, log: &Path) -> Outcome<()> {
    let line = shown(command);
    let open = |append: bool| {
        let opened = if append {
            File::options().append(true).open(log)
        } else {
            File::create(log)
        };
        opened.map_err(|error| format!("The log {} cannot be written: {error}.", log.display()))
    };
    command
        .stdin(Stdio::null())
        .stdout(open(false)?)
        .stderr(open(true)?);
    let mut child = command
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let start = Instant::now();
    let mut next_sign = HEARTBEAT;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => std::thread::sleep(Duration::from_millis(100)),
            Err(error) => return Err(format!("`{line}` cannot be waited for: {error}.")),
        }
        if start.elapsed() >= next_sign {
            let doing = last_lines(log, 1).trim().to_owned();
            println!("    … {name}: {} so far ({doing})", readable(next_sign));
            next_sign += HEARTBEAT;
        }
    };
    if status.success() {
        return Ok(());
    }
    let end = last_lines(log, 12);
    Err(format!(
        "`{line}` failed ({status}). The whole log is {}; it ends with:\n{end}",
        log.display()
    ))
}

/// What a program prints, or nothing when it is missing or fails.
pub fn output_of(program: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A duration as a person says it: `3.2 s`, `2 min 5 s`.
pub fn readable(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!(
            "{} min {} s",
            duration.as_secs() / 60,
            duration.as_secs() % 60
        )
    }
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    let program = command.get_program().to_string_lossy();
    format!("The program `{program}` cannot be started: {error}. Is it installed?")
}

fn last_lines(log: &Path, count: usize) -> String {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(readable(Duration::from_millis(3_240)), "3.2 s");
        assert_eq!(readable(Duration::from_secs(125)), "2 min 5 s");
    }

    #[test]
    fn a_missing_program_ends_in_a_sentence() {
        let sentence =
            run(&mut Command::new("sourcelight-no-such-program")).expect_err("it does not exist");
        assert!(
            sentence.contains("sourcelight-no-such-program"),
            "{sentence}"
        );
        assert!(sentence.contains("cannot be started"), "{sentence}");
    }
}
