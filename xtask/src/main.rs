//! `cargo xtask`: sets up, builds, serves and tests Sourcelight. This file reads the arguments and nothing else;
//! each command lives in its own module.

mod build;
mod checks;
mod dist;
mod faults;
mod file_names;
mod fingerprint;
mod fuzz;
mod glue;
mod html;
mod http;
mod interop;
mod one_file;
mod page;
mod reading_set;
mod serve;
mod setup;
mod short_names;
mod site;
mod sizes;
mod split;
mod steps;
mod styles;
mod titles;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use steps::Outcome;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  serve [--port N] [--articles DIR] [--open]
                   build the page and serve it on this computer; DIR holds articles of your own
                   (.txt, .md, .html, .json, .jsonl), read instead of the practice set
  build            build the page into dist/ and print its sizes against the budget
  test [--quick]   everything that has to be green; --quick leaves the browsers out
  bench [ARGS]     measure the built page in a browser; ARGS go to the measuring program
  chaos [ARGS]     cut the power of browsers at random moments and count what comes back
                   [--rounds N] [--engine chromium|firefox] [--seed N]
  fuzz [--seconds N] [--seed N] [TARGET]
                   damage valid values and decode them, a minute for each target: record, snapshot,
                   store, project, article, exchange; findings are kept in tests/fixtures/fuzz/
  interop [--servers] [--record] [WORD]
                   ask the programs our formats are for what they see in our files, and show that each
                   notices a shift by one; WORD is a judge or a format; --servers: Label Studio,
                   doccano and LibreOffice, too; --record writes docs/judges.md
  faults           plant known faults in a copy of the sources: the tests must go red for each
  setup [--tests]  only find or install the tools; --tests: those for the browser tests too

What is missing is installed into a folder of your own (~/.cache/sourcelight/tools, or
$SOURCELIGHT_TOOLS). Nothing goes elsewhere but parts of Rust (its target, rustfmt, clippy) and, on Debian, npm,
browsers, fonts and python3-venv for the tests, and LibreOffice.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\n{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Outcome<()> {
    let Some((command, rest)) = arguments.split_first() else {
        println!("{HELP}");
        return Ok(());
    };
    match command.as_str() {
        "setup" => {
            if flag_only(command, rest, "--tests")? {
                setup::for_tests().map(drop)
            } else {
                setup::for_build().map(drop)
            }
        }
        "build" => {
            no_arguments(command, rest)?;
            build::build_and_measure(&setup::for_build()?)
        }
        "serve" => serve::command(serve_options(rest)?),
        "test" => {
            if flag_only(command, rest, "--quick")? {
                checks::quick()
            } else {
                checks::all()
            }
        }
        "bench" => checks::bench(rest),
        "chaos" => checks::chaos(rest),
        "fuzz" => fuzz::run(&fuzz::wish(rest)?),
        "interop" => interop::run(&interop::wish(rest)?),
        "faults" => {
            no_arguments(command, rest)?;
            faults::plant_each()
        }
        // Called by Trunk's post_build hook, see Trunk.toml.
        "finish-dist" => {
            no_arguments(command, rest)?;
            dist::finish_staged()
        }
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(format!("There is no command `{other}`.\n\n{HELP}")),
    }
}

fn no_arguments(command: &str, rest: &[String]) -> Outcome<()> {
    match rest.first() {
        None => Ok(()),
        Some(extra) => Err(format!("`cargo xtask {command}` does not know `{extra}`.")),
    }
}

fn flag_only(command: &str, rest: &[String], flag: &str) -> Outcome<bool> {
    match rest {
        [] => Ok(false),
        [one] if one == flag => Ok(true),
        [one, ..] => Err(format!(
            "`cargo xtask {command}` does not know `{one}`; it knows `{flag}`."
        )),
    }
}

fn serve_options(rest: &[String]) -> Outcome<serve::Options> {
    let mut options = serve::Options::default();
    let mut words = rest.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--open" => options.open = true,
            "--port" => {
                let number = words
                    .next()
                    .ok_or("`--port` needs a number after it, for example `--port 8090`.")?;
                options.port = number.parse().map_err(|_| {
                    format!("`--port {number}`: a port is a number from 1 to 65535.")
                })?;
            }
            "--articles" => {
                let folder = words
                    .next()
                    .ok_or("`--articles` needs a folder after it.")?;
                options.articles = Some(PathBuf::from(folder));
            }
            other => {
                return Err(format!(
                    "`cargo xtask serve` does not know `{other}`; it knows `--port N`, `--articles DIR` and `--open`."
                ));
            }
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn serve_options_are_read_in_any_order() {
        let options =
            serve_options(&words("--open --articles texts --port 9000")).expect("well-formed");
        assert!(options.open);
        assert_eq!(options.port, 9000);
        assert_eq!(options.articles, Some(PathBuf::from("texts")));
    }

    #[test]
    fn wrong_arguments_end_in_a_sentence() {
        for (line, part) in [
            ("serve --port", "needs a number"),
            ("serve --port 70000", "1 to 65535"),
            ("serve --porf 1", "--porf"),
            ("setup --test", "--tests"),
            ("build now", "now"),
            ("sreve", "no command `sreve`"),
            ("fuzz recrod", "`recrod`"),
            ("interop bart", "`bart`"),
            ("interop --server", "--servers"),
            ("fuzz --seconds", "needs a number"),
            ("fuzz --seed x", "needs a number"),
        ] {
            let sentence = run(&words(line)).expect_err(line);
            assert!(sentence.contains(part), "{line}: {sentence}");
        }
    }
}
