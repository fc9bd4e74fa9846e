//! Runs installations: those that compile one after another, as cargo fills the cores by itself, and beside them those
//! that mostly wait for the network. Knows nothing of what is installed.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use crate::steps::{self, Outcome};

/// One thing to install.
pub struct Job {
    /// What, with its version.
    pub title: String,
    /// What it is for, to be read after "because".
    pub why: &'static str,
    /// With which others it takes turns.
    pub lane: Lane,
    /// The installation itself.
    pub work: Box<dyn FnOnce() -> Outcome<()> + Send>,
}

/// Jobs of one lane follow each other; the lanes run side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Needs all cores.
    Compiles,
    /// Needs the network and little else.
    Downloads,
}

/// Runs all jobs; the error names what failed. After a failure nothing new is begun.
pub fn run(jobs: Vec<Job>) -> Outcome<()> {
    let (compiles, downloads): (Vec<Job>, Vec<Job>) =
        jobs.into_iter().partition(|job| job.lane == Lane::Compiles);
    let failed = &AtomicBool::new(false);
    let failures: Vec<String> = std::thread::scope(|scope| {
        let lanes =
            [compiles, downloads].map(|lane| scope.spawn(move || run_in_order(lane, failed)));
        lanes
            .into_iter()
            .filter_map(|lane| {
                lane.join()
                    .unwrap_or_else(|_| Err("An installation broke off.".to_owned()))
                    .err()
            })
            .collect()
    });
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures.join("\n\n"))
    }
}

fn run_in_order(jobs: Vec<Job>, failed: &AtomicBool) -> Outcome<()> {
    for job in jobs {
        if failed.load(Ordering::Relaxed) {
            return Ok(());
        }
        println!(
            "    {}: not there yet; installing, because {} …",
            job.title, job.why
        );
        let start = Instant::now();
        if let Err(sentence) = (job.work)() {
            failed.store(true, Ordering::Relaxed);
            // The other lane may still work for minutes before all is told.
            println!("    {}: could not be installed", job.title);
            return Err(sentence);
        }
        println!(
            "    {}: installed in {}",
            job.title,
            steps::readable(start.elapsed())
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn job(lane: Lane, work: impl FnOnce() -> Outcome<()> + Send + 'static) -> Job {
        Job {
            title: "Test".to_owned(),
            why: "it is a test",
            lane,
            work: Box::new(work),
        }
    }

    #[test]
    fn the_lanes_run_side_by_side_and_each_in_order() {
        let (to_compile, from_download) = mpsc::channel();
        let (done, order) = mpsc::channel();
        let second = done.clone();
        // The compiling job can only end when the downloading one, given after it, has run.
        let jobs = vec![
            job(Lane::Compiles, move || {
                from_download.recv().map_err(|error| error.to_string())
            }),
            job(Lane::Compiles, move || {
                done.send(2).map_err(|error| error.to_string())
            }),
            job(Lane::Downloads, move || {
                second.send(1).map_err(|error| error.to_string())?;
                to_compile.send(()).map_err(|error| error.to_string())
            }),
        ];
        run(jobs).expect("no job fails");
        assert_eq!(order.iter().collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn after_a_failure_nothing_new_begins() {
        let jobs = vec![
            job(Lane::Downloads, || Err("No network.".to_owned())),
            job(Lane::Downloads, || Err("Never reached.".to_owned())),
        ];
        assert_eq!(run(jobs), Err("No network.".to_owned()));
    }
}
