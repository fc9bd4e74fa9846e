//! Names, against those of the key and of the articles of others.

use std::sync::Arc;

use sourcelight::analysis::{Name, NameGroup, NameSearch};
use sourcelight::model::Document;

use crate::practice::{Practice, others};

/// All names of the practice set, with how many articles have each.
const NAMES: [(&str, usize); 24] = [
    ("Bertil Krohn", 2),
    ("Dorothea Quill", 5),
    ("Dray Point", 1),
    ("Easter", 1),
    ("Fixed Link League", 2),
    ("Gannet Bank", 2),
    ("Ingrid Tamsel", 4),
    ("Inland Waters Safety Board", 2),
    ("Kelmsund", 3),
    ("Lantern", 1),
    ("League", 1),
    ("Maud Ellery", 4),
    ("Northstrand Wire", 1),
    ("Petrel", 4),
    ("René Valcour", 5),
    ("Sarn Polytechnic", 1),
    ("Sluicegate", 1),
    ("Sourcelight", 5),
    ("Span", 1),
    ("Tea & Tides", 1),
    ("Tobias Renk", 5),
    ("Varrow", 4),
    ("Varrow Crossings", 4),
    ("Varrow District Hospital", 2),
];

fn groups(documents: &[Arc<Document>]) -> Vec<NameGroup> {
    let mut search = NameSearch::default();
    documents.iter().for_each(|it| search.read(it));
    search.groups()
}

fn names(documents: &[Arc<Document>]) -> Vec<Name> {
    let groups = groups(documents).into_iter();
    groups.flat_map(|it| it.names).collect()
}

#[test]
fn the_names_of_the_practice_set_are_found_and_nothing_else() {
    let practice = Practice::read();
    let mut found: Vec<(String, usize)> = names(&practice.documents)
        .into_iter()
        .map(|it| (it.form, it.namings.len()))
        .collect();
    found.sort();
    let wanted = NAMES.map(|it| (it.0.to_owned(), it.1));
    assert_eq!(found, wanted);
    assert!(groups(&practice.documents).iter().all(|it| !it.asks()));
}

#[test]
fn every_speaker_of_the_key_is_found_where_an_article_names_them() {
    let practice = Practice::read();
    let found = names(&practice.documents);
    let (mut all, mut right) = (0, 0);
    for (article, span) in practice.spans() {
        let Some(speaker) = span["speaker"].as_str() else {
            continue;
        };
        let document = practice.document(article.as_str().expect("an article"));
        let surname = speaker.split(' ').next_back().unwrap_or_default();
        let is_name = speaker.contains(' ') && speaker.starts_with(char::is_uppercase);
        if !is_name || !document.text.as_str().contains(surname) {
            continue;
        }
        all += 1;
        let name = found.iter().find(|it| it.form == speaker);
        let is_here = |it: &Name| it.namings.iter().any(|it| it.document == document.id);
        match name.is_some_and(is_here) {
            true => right += 1,
            false => println!("not found: {speaker} in {}", document.id),
        }
    }
    println!("speakers of the key: {right} of {all}");
    assert!(all > 20 && right == all, "{right} of {all}");
}

#[test]
fn a_name_that_an_article_spells_otherwise_is_asked_about() {
    let mut practice = Practice::read();
    let wire = practice
        .documents
        .iter_mut()
        .find(|it| it.id.as_str() == "wire-report");
    let wire = wire.expect("the report");
    let text = wire
        .text
        .as_str()
        .replace("Dorothea", "Dorothy")
        .replace("Kelmsund", "Kelmsand")
        .replace("KELMSUND", "KELMSAND");
    *wire = crate::practice::document("wire-report", &text);
    let groups = groups(&practice.documents);
    let asked = groups.iter().filter(|it| it.asks());
    let asked: Vec<Vec<&str>> = asked
        .map(|it| it.names.iter().map(|it| it.form.as_str()).collect())
        .collect();
    assert_eq!(
        asked,
        [
            ["Dorothea Quill", "Dorothy Quill"],
            ["Kelmsand", "Kelmsund"]
        ]
    );
}

#[test]
fn the_articles_of_others_give_names() {
    let others = others();
    for name in names(&others) {
        let told: Vec<String> = name
            .namings
            .iter()
            .map(|it| format!("{} {}", it.document, it.places.len()))
            .collect();
        println!("{}: {}", name.form, told.join(", "));
        assert!(name.form.starts_with(char::is_uppercase));
    }
    assert!(groups(&others).iter().all(|it| !it.asks()));
}
