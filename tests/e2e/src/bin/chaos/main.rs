//! Ends browsers as a power cut does, at random moments, and counts what comes back.
//!
//! `cargo xtask chaos [--rounds N] [--engine chromium|firefox] [--seed N]`
//!
//! A mark is *acknowledged* when the light said "saved" after it; each must be there after every
//! later cut. What was made in the last moment before a cut may be missing, and is counted apart.

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use e2e::exported::annotations;
use e2e::sample::Dice;
use e2e::server::Server;
use e2e::{Engine, Options, Page, key, tools};

const ROUNDS: [(Engine, usize); 2] = [(Engine::Chromium, 50), (Engine::Firefox, 10)];

/// How long a mark may take to come back after a start.
const PATIENCE: Duration = Duration::from_secs(10);

/// The longest time between the last action and the cut, in milliseconds.
const LONGEST_WAIT: usize = 3_000;

/// The most marks before each cut.
const MARKS: usize = 3;

fn main() -> ExitCode {
    let (plan, seed) = match wish(std::env::args().skip(1)) {
        Ok(wish) => wish,
        Err(sentence) => {
            eprintln!("{sentence}");
            return ExitCode::FAILURE;
        }
    };
    println!("Seed {seed} (`--seed {seed}` throws the same dice again).");
    let mut lost = 0;
    for (engine, rounds) in plan {
        let start = Instant::now();
        let mut chaos = Chaos::start(engine, rounds, seed);
        for round in 1..=rounds {
            chaos.round(round);
        }
        lost += chaos.report(rounds, start.elapsed());
    }
    ExitCode::from(u8::from(lost > 0))
}

/// Reads the arguments: browsers with their rounds, and the seed.
fn wish(arguments: impl Iterator<Item = String>) -> Result<(Vec<(Engine, usize)>, u64), String> {
    let mut plan = ROUNDS.to_vec();
    let mut rounds = None;
    let mut seed = u64::from(std::process::id());
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let value = arguments
            .next()
            .ok_or(format!("{argument} needs a value."))?;
        let number = || {
            value
                .parse::<u64>()
                .map_err(|_| format!("“{value}” is no number."))
        };
        match (argument.as_str(), value.as_str()) {
            ("--rounds", _) => {
                rounds = Some(usize::try_from(number()?).map_err(|why| why.to_string())?)
            }
            ("--seed", _) => seed = number()?,
            ("--engine", "chromium") => plan.retain(|it| it.0 == Engine::Chromium),
            ("--engine", "firefox") => plan.retain(|it| it.0 == Engine::Firefox),
            _ => return Err(format!("{argument} {value} is no argument of chaos.")),
        }
    }
    for (_, planned) in &mut plan {
        *planned = rounds.unwrap_or(*planned);
    }
    Ok((plan, seed))
}

/// One browser's profile through all its power cuts.
struct Chaos {
    page: Page,
    options: Options,
    dice: Dice,
    /// Words that are not marked yet.
    fresh: Vec<String>,
    acknowledged: BTreeSet<String>,
    /// Marks made since the light was last on.
    unpromised: BTreeSet<String>,
    count: Count,
}

#[derive(Default)]
struct Count {
    acknowledged: usize,
    lost: usize,
    unpromised: usize,
    /// Of those, how many came back.
    kept: usize,
}

impl Chaos {
    fn start(engine: Engine, rounds: usize, seed: u64) -> Chaos {
        let options = Options::new(engine);
        let page = Page::start(&options, Server::start(&tools::dist()));
        let fresh = words(rounds * (MARKS + 1));
        let index = serde_json::json!({
            "format": "sourcelight-reading-set", "version": "1.0", "title": "Words",
            "articles": [{"id": "words", "file": "words.txt", "title": "Words"}],
        });
        page.server.add("chaos/index.json", index.to_string());
        let paragraphs: Vec<String> = fresh.chunks(12).map(|it| it.join(" ")).collect();
        page.server.add("chaos/words.txt", paragraphs.join(".\n\n"));
        let mut chaos = Chaos {
            page,
            options,
            dice: Dice::new(seed),
            fresh,
            acknowledged: BTreeSet::new(),
            unpromised: BTreeSet::new(),
            count: Count::default(),
        };
        chaos.fresh.reverse();
        chaos.page.open("?set=chaos/index.json");
        chaos
    }

    /// Marks, cuts the power, starts again and compares.
    fn round(&mut self, round: usize) {
        let mut last: Option<String> = None;
        for _ in 0..=self.dice.below(MARKS) {
            if let Some(word) = last {
                self.page.until_painted(&word);
                self.page.press(&[], key::ESCAPE);
            }
            let word = self.mark();
            if self.dice.below(2) == 0 {
                self.page
                    .until("the light is on", || self.page.save_state() == "saved");
                self.look_at_light();
            }
            last = Some(word);
        }
        // Every third time the cut comes at once, whatever the light says.
        let wait = match self.dice.below(3) {
            0 => 0,
            _ => 1 + self.dice.below(LONGEST_WAIT),
        };
        if wait > 0 {
            self.page.rest(wait as u64);
            self.look_at_light();
        }
        self.page.cut_power(&self.options);
        self.page.open("?set=chaos/index.json");
        self.compare(round, wait);
    }

    fn mark(&mut self) -> String {
        let word = self.fresh.pop().expect("there are words for all rounds");
        self.page.select(&word);
        self.page.label('1');
        self.unpromised.insert(word.clone());
        word
    }

    /// Takes note of what is acknowledged: every mark that the page has while the light is on.
    fn look_at_light(&mut self) {
        // What the page has goes first: a mark that came after it is not counted.
        let there = self.marked();
        if self.page.save_state() == "saved" {
            let promised: Vec<String> = self.unpromised.intersection(&there).cloned().collect();
            for word in promised {
                self.unpromised.remove(&word);
                self.acknowledged.insert(word);
                self.count.acknowledged += 1;
            }
        }
    }

    fn marked(&self) -> BTreeSet<String> {
        let project = self.page.project();
        let marks = annotations(&project);
        let words = marks.iter().map(|it| it["fragments"][0]["exact"].as_str());
        words.map(|it| it.unwrap_or_default().to_owned()).collect()
    }

    fn compare(&mut self, round: usize, wait: usize) {
        self.page
            .comes(PATIENCE, || self.acknowledged.is_subset(&self.marked()));
        self.page
            .until("the light is on", || self.page.save_state() == "saved");
        let found = self.marked();
        let lost: Vec<String> = self.acknowledged.difference(&found).cloned().collect();
        if !lost.is_empty() {
            println!("  round {round}, cut after {wait} ms: lost {lost:?}");
        }
        self.count.lost += lost.len();
        self.count.unpromised += self.unpromised.len();
        self.count.kept += self.unpromised.intersection(&found).count();
        let invented: Vec<&String> = found
            .iter()
            .filter(|it| !self.acknowledged.contains(*it) && !self.unpromised.contains(*it))
            .collect();
        assert!(invented.is_empty(), "Nobody has marked {invented:?}.");
        // What is there now, with the light on, is promised; what is lost is counted once.
        self.acknowledged = found;
        self.unpromised.clear();
    }

    /// Prints the figures; answers with the number of marks lost.
    fn report(&self, rounds: usize, time: Duration) -> usize {
        let Count {
            acknowledged,
            lost,
            unpromised,
            kept,
        } = self.count;
        println!(
            "{:?}: {rounds} power cuts · acknowledged {acknowledged} · recovered {} · lost {lost} · \
             cut off before the light {unpromised}, of which {kept} came back · {} s",
            self.page.browser.engine,
            acknowledged - lost,
            time.as_secs(),
        );
        lost
    }
}

/// So many words, no two alike and none a part of another.
fn words(count: usize) -> Vec<String> {
    let syllables = ["ka", "lo", "mi", "nu", "pe", "ra", "so", "ti", "vu", "ze"];
    let digit = |number: usize, place: u32| syllables[number / 10_usize.pow(place) % 10];
    let word = |number| {
        format!(
            "B{}{}{}{}d",
            digit(number, 3),
            digit(number, 2),
            digit(number, 1),
            digit(number, 0)
        )
    };
    (0..count).map(word).collect()
}
