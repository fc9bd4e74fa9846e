//! Checks that every textual trap a reader of articles must survive occurs somewhere in the practice set.
//!
//! It looks at the texts alone and must not know the key.

use super::{json, list, string, texts};
use std::collections::BTreeMap;

fn as_strings() -> BTreeMap<String, String> {
    texts()
        .into_iter()
        .map(|(id, text)| (id, text.into_iter().collect()))
        .collect()
}

/// True when `test` holds for some line of some text.
fn some_line(texts: &BTreeMap<String, String>, test: impl Fn(&str) -> bool) -> bool {
    texts.values().any(|text| text.lines().any(&test))
}

fn some_pair(texts: &BTreeMap<String, String>, test: impl Fn(char, char) -> bool) -> bool {
    texts.values().any(|text| {
        text.chars()
            .zip(text.chars().skip(1))
            .any(|(a, b)| test(a, b))
    })
}

#[test]
fn every_mark_and_character_trap_occurs() {
    let texts = as_strings();
    let has = |part: &str| texts.values().any(|text| text.contains(part));
    for part in [
        "“", "”", "\"", "’", "'", "—", "…", "€", "%", "\u{a0}", "é", "e\u{301}", "\u{200d}",
    ] {
        assert!(has(part), "{part:?} occurs in no article");
    }
    let nested = |line: &str, outer: char, inner: &str| {
        line.split(outer)
            .skip(1)
            .step_by(2)
            .any(|s| s.contains(inner))
    };
    assert!(
        some_line(&texts, |line| nested(line, '"', " '")),
        "no straight quote within a straight quote"
    );
    assert!(
        some_line(&texts, |line| nested(line, '“', "‘")),
        "no curly quote within a curly quote"
    );
    let closes = |a: char, b: char| a.is_alphanumeric() && b == '“';
    assert!(some_pair(&texts, closes), "no opening mark that closes");
    assert!(
        some_pair(&texts, |a, b| a == ' ' && b == '”'),
        "no closing mark that opens"
    );
    let spaced = |a: char, b: char| a == ' ' && b == '—' || a == '—' && b == ' ';
    assert!(some_pair(&texts, spaced), "no dash with spaces");
    assert!(
        some_pair(&texts, |a, b| a.is_alphabetic() && b == '—'),
        "no dash without spaces"
    );
    assert!(has("chain-it’s"), "no hyphen that serves as a dash");
    let emoji = texts["newsletter"]
        .chars()
        .filter(|c| ('\u{1f300}'..='\u{1faff}').contains(c))
        .count();
    assert_eq!(emoji, 3, "the newsletter has one emoji, joined from three");
}

#[test]
fn every_trap_of_structure_occurs() {
    let texts = as_strings();
    let opened = |line: &str| line.starts_with('“') && line.matches(['“', '”']).count() == 1;
    let followed = |carried_on: bool| {
        texts.values().any(|text| {
            let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
            lines
                .windows(2)
                .any(|pair| opened(pair[0]) && pair[1].starts_with('“') == carried_on)
        })
    };
    assert!(followed(true), "no quotation over two paragraphs");
    assert!(followed(false), "no quotation without its closing mark");
    assert!(
        some_line(&texts, |line| line.starts_with("- ")),
        "no list item that opens with a hyphen"
    );
    let capital =
        |word: &str| word.chars().next().is_some_and(char::is_uppercase) && word.len() > 1;
    let odd = |line: &str| {
        line.ends_with('.') && line.split(' ').skip(1).filter(|word| capital(word)).count() > 5
    };
    assert!(
        texts["press-rewrite"].lines().any(odd),
        "no sentence in One-Word-Capitals"
    );
    let heading = |line: &str| {
        line.split(' ').count() <= 6
            && line.ends_with(char::is_alphabetic)
            && !line.contains(['#', '*'])
    };
    for id in ["advocacy-piece", "press-rewrite", "newsletter"] {
        assert!(
            texts[id]
                .lines()
                .skip(1)
                .filter(|line| heading(line))
                .count()
                > 2,
            "{id} lacks plain sub-headings"
        );
    }
    let one = |line: &str| line.ends_with('.') && line.matches(['.', '?', '!']).count() == 1;
    assert!(some_line(&texts, one), "no paragraph of one sentence");
    let blank = |id: &str| texts[id].contains("\n\n");
    assert!(
        blank("wire-report") && blank("advocacy-piece") && blank("newsletter"),
        "paragraphs lost their blank lines"
    );
    assert!(
        !blank("opinion-column") && !blank("press-rewrite"),
        "paragraphs gained blank lines"
    );
    assert!(
        texts["wire-report"]
            .contains("\n\nBy Hanne Brodrick\nNorthstrand Wire\n24 October 2025\n\n"),
        "no by-line and date"
    );
    for article in list(&json("index.json"), "articles") {
        let (id, title) = (string(article, "id"), string(article, "title"));
        assert_eq!(
            texts[id].lines().next() == Some(title),
            id != "opinion-column",
            "only the column has no headline: {id}"
        );
    }
}
