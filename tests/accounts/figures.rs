//! Figures and what they count, against the list beside this file.

use sourcelight::analysis::{Figure, TextIndex, figures};

use crate::practice::Practice;

/// What a line of the list says of a figure, but for the thing that is counted.
fn told(practice: &Practice, figure: &Figure) -> String {
    let text = &practice.document(figure.document.as_str()).text;
    let value = match figure.second {
        Some(second) => format!("{} {second}", figure.value),
        None => figure.value.to_string(),
    };
    let hedge = figure.hedge.map_or("", |it| it.name());
    let words = text.slice(figure.span).replace('\u{a0}', " ");
    line(&[
        figure.document.as_str(),
        &words,
        &value,
        figure.measure.name(),
        hedge,
    ])
}

fn line(fields: &[&str]) -> String {
    fields
        .iter()
        .map(|it| it.trim())
        .collect::<Vec<_>>()
        .join(" | ")
}

/// The list: what is told and the thing.
fn key() -> Vec<(String, &'static str)> {
    let lines = include_str!("figures.txt")
        .lines()
        .filter(|it| !it.starts_with('#'));
    let read = |it: &'static str| {
        let fields: Vec<&str> = it.split('|').collect();
        (line(&fields[..5]), fields[5].trim())
    };
    lines.map(read).collect()
}

#[test]
fn figures_are_those_of_the_list_and_together_where_they_count_the_same() {
    let practice = Practice::read();
    let index = TextIndex::of(&practice.documents);
    let mut key = key();
    let wanted = key.len();
    let pairs_of = |things: &[&str]| {
        let pair = |at: usize| things[..at].iter().filter(|it| **it == things[at]).count();
        (0..things.len()).map(pair).sum::<usize>()
    };
    let (mut given, mut right, mut pairs, mut right_pairs, mut questions) =
        (0, 0, 0, 0, Vec::new());
    let mut things_found = Vec::new();
    for group in figures(&index, &practice.documents) {
        let mut things = Vec::new();
        for figure in &group.figures {
            given += 1;
            let told = told(&practice, figure);
            match key.iter().position(|it| it.0 == told) {
                Some(at) => {
                    right += 1;
                    things.push(key.swap_remove(at).1);
                }
                None => println!("not in the list: {told}"),
            }
        }
        let size = group.figures.len();
        let same = pairs_of(&things);
        if same < size * (size - 1) / 2 {
            println!("not the same: {things:?}");
        }
        (pairs, right_pairs) = (pairs + size * (size - 1) / 2, right_pairs + same);
        if group.differs {
            questions.push(things[0]);
        }
        things_found.extend(things);
    }
    let possible = pairs_of(&things_found);
    println!("figures: {right} of {given} right, {right} of {wanted} found; missing {key:#?}");
    println!("pairs: {right_pairs} of {pairs} right, {right_pairs} of {possible} found");
    assert!(
        right * 100 >= given * 95,
        "{right} of {given} figures are right"
    );
    assert!(
        right * 100 >= wanted * 85,
        "{right} of {wanted} figures are found"
    );
    assert!(
        right_pairs * 100 >= pairs * 90,
        "{right_pairs} of {pairs} pairs are right"
    );
    assert!(
        right_pairs * 100 >= possible * 60,
        "{right_pairs} of {possible} pairs are found"
    );
    questions.sort_unstable();
    assert_eq!(
        questions,
        [
            "adrift",
            "chain",
            "day of the failure",
            "on board",
            "treated",
            "vote"
        ]
    );
}

#[test]
fn the_source_of_a_figure_is_who_is_named_in_its_part_of_the_sentence() {
    let practice = Practice::read();
    let index = TextIndex::of(&practice.documents);
    let groups = figures(&index, &practice.documents);
    let source = |article: &str, words: &str| {
        let text = &practice.document(article).text;
        let is_it = |it: &&Figure| it.document.as_str() == article && text.slice(it.span) == words;
        let figure = groups
            .iter()
            .flat_map(|it| &it.figures)
            .find(is_it)
            .expect(words);
        figure.source.map(|it| text.slice(it))
    };
    assert_eq!(source("wire-report", "47 minutes"), Some("the harbour log"));
    assert_eq!(source("wire-report", "61 tickets"), Some("The company"));
    assert_eq!(
        source("wire-report", "64 people"),
        Some("the harbour office")
    );
    assert_eq!(
        source("wire-report", "Nine people"),
        Some("the Varrow District Hospital")
    );
    assert_eq!(source("press-rewrite", "61 guests"), None);
    assert_eq!(source("advocacy-piece", "22 percent"), None);
}
