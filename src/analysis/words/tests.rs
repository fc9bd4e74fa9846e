//! What is the same word and what is not, line by line.

use super::*;

#[test]
fn what_reads_the_same_is_the_same() {
    for (one, other) in [
        ("It’s HERE", "it is here"),
        (
            "she didn't, couldn’t and won’t",
            "she did not could not and will not",
        ),
        ("I’d have", "I would have"),
        ("cannot", "can’t"),
        ("the company’s books", "the company books"),
        ("René Ellery", "Rene\u{301} ELLERY"),
        ("[W]e filed [it]", "we filed it"),
        ("eleven per cent", "11 percent"),
        ("[é%]x", "é percent x"),
        ("11%", "11 percent"),
        ("forty-two knots", "42 knots"),
        ("€410,000", "410000"),
        ("Žluťoučký Łódź Øre", "zlutoucky lodz ore"),
        ("ПАРОМ Ёж", "паром ёж"),
        ("twenty two", "20 2"),
    ] {
        assert_eq!(forms(one), forms(other), "{one}");
    }
}

#[test]
fn other_words_are_others() {
    for (one, other) in [
        ("books", "book"),
        ("99.6", "996"),
        ("a b", "ab"),
        ("twenty-ten", "30"),
        ("weed", "we"),
    ] {
        assert_ne!(forms(one), forms(other), "{one}");
    }
}

#[test]
fn every_letter_has_its_plain_one() {
    for (letters, plain) in [
        ("ÀÞßàþÿ", "aþßaþy"),
        ("ĀāĐđĲĳĿŁłŉŊŋŒœŞşŽžſ", "aaddĳĳlllnnnœœsszzs"),
    ] {
        let mut folded = String::new();
        fold(letters, &mut folded);
        assert_eq!(folded, plain);
    }
}

#[test]
fn words_know_their_places() {
    let content = "“[W]e didn’t,” she said: forty-two, 11% of it.";
    let text = Text::new(content).expect("has text");
    let mut found = Vec::new();
    Words::default().of_block(&text, 0, &mut found);
    let shown: Vec<&str> = found
        .iter()
        .map(|it| &content[it.start as usize..it.end as usize])
        .collect();
    assert_eq!(
        shown,
        [
            "W]e",
            "didn’t",
            "didn’t",
            "she",
            "said",
            "forty-two",
            "11",
            "%",
            "of",
            "it"
        ]
    );
}
