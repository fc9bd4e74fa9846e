//! Runs a target: so many cases or so many seconds, catches panics and hangs, makes a finding small
//! and keeps it in `tests/fixtures/fuzz/`. Knows nothing of what is decoded.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Once};
use std::time::{Duration, Instant, SystemTime};

use sourcelight::format::record::crc32;

use crate::input::Input;
use crate::mutate::Dice;

/// A case that takes longer is a finding.
const SLOW: Duration = Duration::from_secs(3);
/// A case that takes longer than this is not waited for.
const HANGS: Duration = Duration::from_secs(20);
/// How long a finding is made smaller.
const SHRINKING: Duration = Duration::from_secs(30);
/// A target ends after this many different findings.
const MANY: usize = 5;

/// A decoder, with valid values to damage.
pub trait Target {
    /// What it is called, in small letters.
    fn name(&self) -> &'static str;
    /// How many cases it tries where no time is given; about half a second unoptimised.
    fn few(&self) -> u64 {
        150
    }
    /// A valid value, damaged.
    fn make(&self, dice: &mut Dice) -> Input;
    /// Decodes it. Answers whether anything in it was taken over, or what is wrong with what was.
    fn check(&self, input: &Input) -> Result<bool, String>;
}

/// Tries damaged values until the time is up (`SOURCELIGHT_FUZZ_SECONDS`), or a few hundred.
///
/// # Panics
/// Where something was found.
pub fn run(make: impl FnOnce(u64) -> Box<dyn Target>) {
    let seconds: Option<u64> = number("SOURCELIGHT_FUZZ_SECONDS");
    // A short run is the same each time; a long one is another each time, and says which.
    let varied = || {
        SystemTime::UNIX_EPOCH
            .elapsed()
            .map_or(1, |it| it.as_secs())
    };
    let seed = number("SOURCELIGHT_FUZZ_SEED");
    let seed = seed.unwrap_or_else(|| seconds.map_or(3, |_| varied()));
    let target = make(seed);
    let watch = Watch::start(target.name());
    let (start, mut cases, mut accepted) = (Instant::now(), 0, 0);
    let mut shrinking = Duration::ZERO;
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    while found.len() < MANY
        && seconds.map_or(cases < target.few(), |it| start.elapsed().as_secs() < it)
    {
        let input = target.make(&mut Dice::of_case(seed, cases));
        match watch.over(&*target, &input) {
            Ok(is_accepted) => accepted += u64::from(is_accepted),
            Err(what) if found.iter().any(|it| it.0 == kind(&what)) => {}
            Err(what) => {
                let began = Instant::now();
                let small = smallest(&*target, input, &what, &watch);
                shrinking += began.elapsed();
                let path = keep(target.name(), &small);
                println!(
                    "{}: case {cases} of seed {seed}: {what}\n  {}\n  kept as {}",
                    target.name(),
                    small.shown(),
                    path.display()
                );
                found.push((kind(&what).to_owned(), path));
            }
        }
        cases += 1;
    }
    let rate = cases as f64 / (start.elapsed() - shrinking).as_secs_f64();
    println!(
        "{}: seed {seed}, {cases} cases, {rate:.0} a second, {}% taken over in part or whole, {} findings",
        target.name(),
        accepted * 100 / cases.max(1),
        found.len()
    );
    assert!(found.is_empty(), "{}: {found:#?}", target.name());
}

/// Decodes a finding of an earlier run again.
pub fn again(target: &dyn Target, input: &Input) -> Result<bool, String> {
    Watch::start(target.name()).over(target, input)
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name} is a number")),
    )
}

/// Two findings of one kind count once: numbers and values differ from case to case.
fn kind(what: &str) -> &str {
    what.split([':', '“', '\n']).next().unwrap_or(what)
}

/// Looks after the case that is running.
struct Watch(Arc<Mutex<Option<(Instant, Input)>>>);

impl Watch {
    fn start(target: &'static str) -> Self {
        silence_panics();
        let running: Arc<Mutex<Option<(Instant, Input)>>> = Arc::default();
        let seen = Arc::downgrade(&running);
        std::thread::spawn(move || {
            while let Some(running) = seen.upgrade() {
                let running = running.lock().ok().and_then(|it| it.clone());
                if let Some((start, input)) = running
                    && start.elapsed() > HANGS
                {
                    let path = keep(target, &input);
                    eprintln!("{target}: hangs, kept as {}", path.display());
                    std::process::exit(1);
                }
                std::thread::sleep(Duration::from_millis(300));
            }
        });
        Self(running)
    }

    /// Decodes one value; a panic and a slow case are errors.
    fn over(&self, target: &dyn Target, input: &Input) -> Result<bool, String> {
        let (outcome, took) = self.timed(target, input);
        if took < SLOW {
            return outcome;
        }
        // The machine may have been busy with something else.
        let (outcome, took) = self.timed(target, input);
        match took < SLOW {
            true => outcome,
            false => Err(format!("slow: it took {took:?}")),
        }
    }

    fn timed(&self, target: &dyn Target, input: &Input) -> (Result<bool, String>, Duration) {
        let start = Instant::now();
        self.set(Some((start, input.clone())));
        FUZZING.set(true);
        let outcome = catch_unwind(AssertUnwindSafe(|| target.check(input)));
        FUZZING.set(false);
        self.set(None);
        let outcome = outcome.unwrap_or_else(|_| Err(PANIC.take()));
        (outcome, start.elapsed())
    }

    fn set(&self, running: Option<(Instant, Input)>) {
        *self.0.lock().expect("the watching thread does not panic") = running;
    }
}

thread_local! {
    static FUZZING: Cell<bool> = const { Cell::new(false) };
    static PANIC: Cell<String> = const { Cell::new(String::new()) };
}

/// Keeps what a panic of a decoder says instead of printing it; other panics are printed as ever.
fn silence_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let plain = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !FUZZING.get() {
                return plain(info);
            }
            let place = info.location().map_or(String::new(), |it| {
                format!("{} line {}", it.file(), it.line())
            });
            let said = info.payload_as_str().unwrap_or_default();
            PANIC.set(format!("panic in {place}: {said}"));
        }));
    });
}

/// A smaller value with a finding of the same kind.
fn smallest(target: &dyn Target, found: Input, what: &str, watch: &Watch) -> Input {
    let start = Instant::now();
    let mut best = found;
    let shows = |input: &Input| {
        let again = watch.timed(target, input).0;
        again.is_err_and(|it| kind(&it) == kind(what))
    };
    if kind(what) == "slow" {
        return best;
    }
    let mut is_smaller = true;
    while is_smaller && start.elapsed() < SHRINKING {
        is_smaller = false;
        for part in (0..best.parts()).rev() {
            if let Some(less) = best.without(part)
                && shows(&less)
            {
                best = less;
                is_smaller = true;
            }
        }
        for part in 0..best.parts() {
            let mut length = best.length(part);
            while length > 0 && start.elapsed() < SHRINKING {
                let mut at = 0;
                while at < best.length(part) && start.elapsed() < SHRINKING {
                    match best.shorter(part, at, length).filter(&shows) {
                        Some(less) => {
                            best = less;
                            is_smaller = true;
                        }
                        None => at += length,
                    }
                }
                length /= 2;
            }
        }
    }
    best
}

/// Where findings are kept.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fuzz")
}

fn keep(target: &str, input: &Input) -> PathBuf {
    let (bytes, ending) = input.to_file();
    let sum = crc32(&String::from_utf8_lossy(&bytes));
    let path = folder().join(format!("{target}-{sum:08x}.{ending}"));
    let kept = std::fs::create_dir_all(folder()).and_then(|()| std::fs::write(&path, bytes));
    if let Err(error) = kept {
        eprintln!("{} cannot be written: {error}", path.display());
    }
    path
}
