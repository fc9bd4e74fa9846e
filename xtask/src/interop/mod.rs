//! Asks the programs that our formats are for what they see in our files: in three projects, and in one
//! whose marks were moved by a character, which every one of them must notice. Knows no format.

mod ask;
mod compare;
mod list;
mod table;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use crate::setup::{self, Judges};
use crate::steps::{self, Outcome};
use crate::workspace;

use ask::Answer;
use list::{By, JUDGES, Judge};
use table::Row;

/// The projects that are judged; the first of them is the one that is shifted as well.
const PROJECTS: [&str; 3] = ["nasty", "generated", "practice"];

/// How many judges are asked at once: each has a program of its own.
const AT_ONCE: usize = 2;

/// What to run.
#[derive(Default)]
pub struct Wish {
    /// Whether Label Studio and doccano are asked, which take minutes.
    servers: bool,
    /// Whether the table in `docs/` is written anew.
    record: bool,
    /// Only judges whose name or format has one of these words in it; all where there is none.
    only: Vec<String>,
}

/// Reads `[--servers] [--record] [WORD…]`.
pub fn wish(arguments: &[String]) -> Outcome<Wish> {
    let mut wish = Wish::default();
    for word in arguments {
        match word.as_str() {
            "--servers" => wish.servers = true,
            "--record" => wish.record = true,
            option if option.starts_with('-') => {
                return Err(format!(
                    "`cargo xtask interop` does not know `{option}`; it knows `--servers`, `--record` and names of judges."
                ));
            }
            name if JUDGES.iter().any(|it| it.is_called(name)) => wish.only.push(name.to_owned()),
            name => return Err(format!("There is no judge `{name}`, and no format.")),
        }
    }
    Ok(wish)
}

impl Wish {
    fn judges(&self) -> Vec<&'static Judge> {
        let asked = |it: &&Judge| self.servers || !it.by.is_server();
        let named =
            |it: &&Judge| self.only.is_empty() || self.only.iter().any(|name| it.is_called(name));
        JUDGES.iter().filter(asked).filter(named).collect()
    }
}

/// Asks every judge; fails where one of them does not see what is there, or takes the shifted files for
/// right.
pub fn run(wish: &Wish) -> Outcome<()> {
    let start = Instant::now();
    let programs = setup::for_interop(wish.servers)?;
    let folder = workspace::root().join("target").join("interop");
    steps::step("Writing three projects in every format", || {
        write_exports(&folder)
    })?;
    let rows = steps::step("Asking the judges", || {
        Ok(ask_all(&wish.judges(), &programs, &folder))
    })?;
    let red: Vec<String> = rows.iter().flat_map(Row::complaints).collect();
    println!("\n{}", table::in_terminal(&rows));
    if !red.is_empty() {
        return Err(format!("Red:\n{}", red.join("\n")));
    }
    if wish.record {
        let path = workspace::root().join("docs/judges.md");
        std::fs::write(&path, table::in_docs(&rows))
            .map_err(|error| format!("{} cannot be written: {error}.", path.display()))?;
    }
    println!("All judges agree, in {}.", steps::readable(start.elapsed()));
    Ok(())
}

fn write_exports(folder: &Path) -> Outcome<()> {
    drop(std::fs::remove_dir_all(folder));
    let mut command = workspace::cargo();
    command.args([
        "test",
        "--quiet",
        "--package",
        "sourcelight",
        "--test",
        "format",
    ]);
    command.args([
        "exchange::exports::files_for_the_judges",
        "--",
        "--exact",
        "--ignored",
    ]);
    command.env("SOURCELIGHT_EXPORTS", folder);
    steps::run(&mut command)?;
    match folder.join(PROJECTS[0]).is_dir() {
        true => Ok(()),
        false => Err("The test that writes the files was not found.".to_owned()),
    }
}

/// What each judge says, in the order of the list.
fn ask_all(judges: &[&'static Judge], programs: &Judges, folder: &Path) -> Vec<Row> {
    let next = AtomicUsize::new(0);
    let rows: Mutex<Vec<(usize, Row)>> = Mutex::new(Vec::new());
    let work = || {
        while let Some((at, judge)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            judges.get(at).map(|it| (at, *it))
        } {
            let row = judged(judge, programs, folder);
            println!("    {}", row.line());
            let mut rows = rows.lock().expect("no judge panics");
            rows.push((at, row));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(work);
        }
    });
    let mut rows = rows.into_inner().expect("no judge panics");
    rows.sort_by_key(|it| it.0);
    rows.into_iter().map(|it| it.1).collect()
}

fn judged(judge: &'static Judge, programs: &Judges, folder: &Path) -> Row {
    let mut row = Row::of(judge);
    for project in PROJECTS {
        let files = folder.join(project).join(judge.format);
        match ask::ask(judge, programs, &files) {
            Answer::Missing(why) => {
                row.is_missing = Some(why);
                return row;
            }
            Answer::Seen(seen) => {
                row.consumer = seen.consumer.clone();
                let expected = compare::expected(folder, project, judge.format);
                row.seen
                    .push(expected.and_then(|it| compare::compare(judge, &it, &seen)));
            }
            Answer::Refused(why) => row.seen.push(Err(why)),
        }
    }
    row.shifted = shifted(judge, programs, folder);
    row
}

/// How a judge noticed that all marks stand a character too late; an error where it did not.
fn shifted(judge: &'static Judge, programs: &Judges, folder: &Path) -> Outcome<String> {
    let project = PROJECTS[0];
    let to = shift(judge, programs, folder, project)?;
    match ask::ask(judge, programs, &to) {
        Answer::Missing(why) => Err(why),
        Answer::Refused(why) => Ok(format!("refused: {why}")),
        Answer::Seen(seen) => {
            let expected = compare::expected(folder, project, judge.format)?;
            match compare::compare(judge, &expected, &seen) {
                Ok(_) => Err("it takes the shifted files for right".to_owned()),
                Err(why) => Ok(why),
            }
        }
    }
}

fn shift(judge: &Judge, programs: &Judges, folder: &Path, project: &str) -> Outcome<PathBuf> {
    let from = folder.join(project).join(judge.format);
    // Judges of one format are asked at the same time: each has a copy of its own.
    let name = judge
        .name
        .replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let to = folder
        .join("shifted")
        .join(format!("{name}-{}", judge.format));
    let mut command = Command::new(&programs.python);
    command.arg("-B").arg(setup::scripts().join("shift.py"));
    command.arg(judge.format).arg(from).arg(&to);
    steps::run(&mut command)?;
    Ok(to)
}

impl By {
    fn is_server(self) -> bool {
        matches!(self, Self::LabelStudio | Self::Doccano)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn servers_are_asked_only_where_somebody_wishes() {
        let all = wish(&words("")).expect("nothing is wrong").judges().len();
        let with_servers = wish(&words("--servers")).expect("it is known").judges();
        assert_eq!(with_servers.len(), all + 2);
        let brat = wish(&words("brat")).expect("it is a format").judges();
        assert!(brat.iter().all(|it| it.format == "brat") && brat.len() == 2);
        let told = wish(&words("bart")).map(drop).expect_err("it is misspelt");
        assert!(told.contains("`bart`"), "{told}");
    }

    #[test]
    fn every_judge_is_there() {
        for judge in &JUDGES {
            assert!(
                setup::scripts().join(judge.script).is_file(),
                "{}",
                judge.name
            );
        }
    }
}
