//! Articles divided into those to train on, to choose by and to test with, so that nothing leaks from one
//! into another: what belongs together stays together. The same seed divides the same way everywhere.
//! Knows nothing of the formats.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use super::{OutFile, Written};
use crate::model::sorted::{sort_by, sort_by_key};
use crate::model::{Document, DocumentId, Project, TextHash};

/// The parts, and how many of a hundred articles go into each.
pub const PARTS: [(&str, usize); 3] = [("train", 80), ("dev", 10), ("test", 10)];

/// How many words in a row are compared to tell whether two texts are almost the same.
const SHINGLE: usize = 6;

/// A run of words that stands in more articles than these tells nothing of two of them.
const COMMON: usize = 30;

/// What stays together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Together {
    /// Each article, with those that are almost the same.
    Article,
    /// The articles about one event.
    Event,
    /// The articles of one outlet.
    Outlet,
}

/// How articles are divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// What stays together.
    pub together: Together,
    /// Which of the ways to divide them is taken.
    pub seed: u32,
}

/// The articles of each part, in the order in which they were given.
pub fn divided(project: &Project, documents: &[DocumentId], split: Split) -> [Vec<DocumentId>; 3] {
    let here = documents.iter().filter_map(|id| project.document(id));
    let here: Vec<&Document> = here.map(|it| &**it).collect();
    let groups = groups(&here, split.together);
    let mut shuffled: Vec<(String, Vec<usize>)> = Vec::new();
    for group in groups {
        // By its texts, so that the same articles are divided alike whatever else is chosen or called.
        let mut names: Vec<&str> = group
            .iter()
            .map(|&at| here[at].text.hash().as_str())
            .collect();
        sort_by(&mut names, Ord::cmp);
        let key = TextHash::of(&format!("{} {}", split.seed, names.join(" ")));
        shuffled.push((key.as_str().to_owned(), group));
    }
    sort_by_key(&mut shuffled, |it| it.0.clone());
    let mut parts: [Vec<usize>; 3] = Default::default();
    for (_, group) in shuffled {
        // Where most is missing; the first of those that miss as much.
        let missing = |at: usize| {
            let share = (PARTS[at].1 * here.len()) as i64;
            (share - 100 * parts[at].len() as i64, std::cmp::Reverse(at))
        };
        let neediest = (0..3).max_by_key(|&at| missing(at)).unwrap_or(0);
        parts[neediest].extend(group);
    }
    parts.map(|mut part| {
        sort_by(&mut part, Ord::cmp);
        part.into_iter().map(|at| here[at].id.clone()).collect()
    })
}

/// The places of the articles that stay together.
fn groups(documents: &[&Document], together: Together) -> Vec<Vec<usize>> {
    let mut homes: Vec<usize> = (0..documents.len()).collect();
    let name = |at: usize| match together {
        Together::Article => "",
        Together::Event => documents[at].meta.event.trim(),
        Together::Outlet => documents[at].meta.outlet.trim(),
    };
    let mut named: Vec<usize> = (0..documents.len())
        .filter(|&at| !name(at).is_empty())
        .collect();
    sort_by_key(&mut named, |&at| (name(at), at));
    for pair in named.windows(2) {
        if name(pair[0]) == name(pair[1]) {
            join(&mut homes, pair[0], pair[1]);
        }
    }
    for (one, other) in alike(documents) {
        join(&mut homes, one, other);
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); documents.len()];
    for at in 0..documents.len() {
        let home = home(&homes, at);
        groups[home].push(at);
    }
    groups.retain(|it| !it.is_empty());
    groups
}

fn home(homes: &[usize], mut at: usize) -> usize {
    while homes[at] != at {
        at = homes[at];
    }
    at
}

fn join(homes: &mut [usize], one: usize, other: usize) {
    let (one, other) = (home(homes, one), home(homes, other));
    homes[one.max(other)] = one.min(other);
}

/// Pairs of articles of which the shorter one has half of its runs of words in common with the other.
fn alike(documents: &[&Document]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(u64, usize)> = Vec::new();
    let mut counts = vec![0_usize; documents.len()];
    for (document, at) in documents.iter().zip(0..) {
        let mut own = shingles(document.text.as_str());
        sort_by(&mut own, Ord::cmp);
        own.dedup();
        counts[at] = own.len();
        runs.extend(own.into_iter().map(|it| (it, at)));
    }
    sort_by(&mut runs, Ord::cmp);
    let mut shared: Vec<(usize, usize)> = Vec::new();
    for same in runs.chunk_by(|a, b| a.0 == b.0) {
        if same.len() <= COMMON {
            for (place, one) in same.iter().enumerate() {
                shared.extend(same[place + 1..].iter().map(|other| (one.1, other.1)));
            }
        }
    }
    sort_by(&mut shared, Ord::cmp);
    let pairs = shared.chunk_by(|a, b| a == b);
    let alike = pairs.filter(|it| {
        let (one, other) = it[0];
        2 * it.len() >= counts[one].min(counts[other])
    });
    alike.map(|it| it[0]).collect()
}

/// A number for each run of so many words, whatever their case and the signs between them.
fn shingles(text: &str) -> Vec<u64> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect();
    let number = |run: &[String]| {
        let mut hasher = FxHasher::default();
        for word in run {
            hasher.write(word.as_bytes());
            hasher.write_u8(b' ');
        }
        hasher.finish()
    };
    let length = SHINGLE.min(words.len().max(1));
    words.windows(length).map(number).collect()
}

/// Writes each part into a folder of its own, with one card, or a file that stands for it, that says how
/// they were divided. `write` writes the articles it is given.
pub fn written_in_parts(
    project: &Project,
    documents: &[DocumentId],
    split: Split,
    write: impl Fn(&[DocumentId]) -> Written,
) -> Written {
    let parts = divided(project, documents, split);
    let whole = write(documents);
    // The card is about all of it, so that its numbers are those of the parts together.
    let is_card = |it: &OutFile| it.name == "README.md";
    let data = whole.files.into_iter().find(is_card);
    let mut all = Written {
        losses: whole.losses,
        parts: PARTS
            .iter()
            .zip(&parts)
            .map(|(part, ids)| (part.0, ids.len()))
            .collect(),
        ..Written::default()
    };
    let mut card = card(project, &parts, split);
    for ((name, _), ids) in PARTS.iter().zip(&parts).filter(|it| !it.1.is_empty()) {
        for mut file in write(ids).files {
            if !is_card(&file) {
                file.name = format!("{name}/{}", file.name);
                all.files.push(file);
            }
        }
    }
    let has_data_card = data.is_some();
    if let Some(data) = data {
        let text = String::from_utf8_lossy(&data.bytes).into_owned();
        card = in_parts(&text, &parts) + "\n" + &card;
    }
    let name = if has_data_card {
        "README.md"
    } else {
        "SPLIT.md"
    };
    all.add(name, "text/markdown", card);
    all
}

/// The card of a data set with its file in each of the parts.
fn in_parts(card: &str, parts: &[Vec<DocumentId>; 3]) -> String {
    let mut text = String::new();
    for line in card.split_inclusive('\n') {
        let Some(file) = line.trim_end().strip_prefix("  data_files: ") else {
            text.push_str(line);
            continue;
        };
        text.push_str("  data_files:\n");
        for ((name, _), _) in PARTS.iter().zip(parts).filter(|it| !it.1.is_empty()) {
            let split = if *name == "dev" { "validation" } else { name };
            text.push_str(&format!("  - split: {split}\n    path: {name}/{file}\n"));
        }
    }
    text
}

/// What is said of the parts.
fn card(project: &Project, parts: &[Vec<DocumentId>; 3], split: Split) -> String {
    let together = match split.together {
        Together::Article => "Articles that are almost the same are in one part.",
        Together::Event => {
            "Articles about one event, and such as are almost the same, are in one part."
        }
        Together::Outlet => {
            "Articles of one outlet, and such as are almost the same, are in one part."
        }
    };
    let mut card = format!(
        "# How the articles are divided\n\n{together} Seed {}.\n",
        split.seed
    );
    for ((name, _), ids) in PARTS.iter().zip(parts) {
        card.push_str(&format!("\n## {name} ({})\n\n", ids.len()));
        for document in ids.iter().filter_map(|id| project.document(id)) {
            let title = document.title().replace(['\n', '\r'], " ");
            card.push_str(&format!("- {title} ({})\n", document.id));
        }
    }
    card
}
