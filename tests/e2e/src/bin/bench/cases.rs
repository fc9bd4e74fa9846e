//! The texts and annotations that are measured. The same seed gives the same bytes in every run.

use std::collections::BTreeSet;

use e2e::sample::{Dice, LABELS, Marked, project};

/// One text with annotations, and what a page that shows it must have.
pub struct Case {
    /// Roughly how many bytes the text has.
    pub bytes: usize,
    /// How many annotations it has.
    pub annotations: usize,
    /// The project file, in which another article stands first.
    pub file: String,
    /// The project file with the article alone.
    pub alone: String,
    /// For each paragraph: its length and how much of it is marked, in UTF-16 units.
    pub expected: Vec<(usize, usize)>,
}

const WORDS: [&str; 48] = [
    "the", "a", "of", "and", "to", "in", "was", "that", "harbour", "council", "lantern", "before",
    "winter", "said", "number", "people", "river", "again", "under", "morning", "bridge", "old",
    "never", "street", "market", "letter", "waited", "counted", "green", "between", "señor",
    "café", "naïve", "because", "quiet", "opened", "seven", "garden", "window", "through", "road",
    "would", "answered", "thought", "little", "station", "evening", "large",
];

const FIRST: &str = "The article that is open at first.\n\nIt is short.\n";

/// A text of about `bytes` bytes in paragraphs, with `annotations` spans inside paragraphs, many of
/// them over one another.
pub fn case(bytes: usize, annotations: usize) -> Case {
    let mut dice = Dice::new(bytes as u64 + 7);
    let mut paragraphs: Vec<Vec<char>> = Vec::new();
    let mut length = 0;
    while length < bytes {
        let paragraph = paragraph(&mut dice);
        length += paragraph.len() + 2;
        paragraphs.push(paragraph.chars().collect());
    }
    let starts: Vec<usize> = paragraphs
        .iter()
        .scan(0, |at, paragraph| {
            let start = *at;
            *at += paragraph.len() + 2;
            Some(start)
        })
        .collect();
    let mut chosen: BTreeSet<(usize, usize, usize, usize)> = BTreeSet::new();
    while chosen.len() < annotations {
        let number = dice.below(paragraphs.len());
        let letters = &paragraphs[number];
        let from = dice.below(letters.len() - 12);
        let to = (from + 6 + dice.below(110)).min(letters.len());
        // Pages trim white space at the ends of a span.
        if !letters[from].is_whitespace() && !letters[to - 1].is_whitespace() {
            chosen.insert((number, from, to, dice.below(LABELS.len())));
        }
    }
    let marks: Vec<Marked> = chosen
        .iter()
        .map(|&(number, from, to, label)| Marked {
            start: starts[number] + from,
            end: starts[number] + to,
            label: LABELS[label],
        })
        .collect();
    let mut covered: Vec<Vec<bool>> = paragraphs.iter().map(|it| vec![false; it.len()]).collect();
    for &(number, from, to, _) in &chosen {
        covered[number][from..to].fill(true);
    }
    // Every letter of the word list is one UTF-16 unit.
    let expected = covered
        .iter()
        .map(|it| (it.len(), it.iter().filter(|on| **on).count()))
        .collect();
    let texts: Vec<String> = paragraphs.iter().map(|it| it.iter().collect()).collect();
    let mut file = project("bench", "Bench", &texts.join("\n\n"), &marks);
    let alone = file.to_string();
    // Another one stands first, so that the measured one has to be chosen.
    let mut first = project("first", "First", FIRST, &[]);
    let all = file["documents"]
        .as_array_mut()
        .expect("a project has articles");
    all.insert(0, first["documents"][0].take());
    let file = file.to_string();
    Case {
        bytes,
        annotations,
        file,
        alone,
        expected,
    }
}

/// About 400 letters of sentences.
fn paragraph(dice: &mut Dice) -> String {
    let mut text = String::new();
    while text.len() < 300 + dice.below(200) {
        let words: Vec<&str> = (0..6 + dice.below(14))
            .map(|_| WORDS[dice.below(WORDS.len())])
            .collect();
        let mut sentence = words.join(" ");
        sentence[..1].make_ascii_uppercase();
        let sentence = if dice.below(5) == 0 {
            format!("“{sentence},” she said.")
        } else {
            format!("{sentence}.")
        };
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&sentence);
    }
    text
}
