//! Sentence by sentence: which figures are read, and what is left alone.

use std::sync::Arc;

use super::*;
use crate::model::Text;

/// Reads `sentence` and shows its figures: words, value, measure, hedge and what is counted.
fn shown(sentence: &str) -> Vec<String> {
    // A paragraph before it, so that it is not taken for a line with date and author.
    let text = format!("Something had happened there before anybody knew of it.\n\n{sentence}");
    let text = Arc::new(Text::new(&text).expect("has text"));
    let id = DocumentId::new("d").expect("an id");
    let document = Document::new(id, "", text.clone());
    let shown = |it: &Figure| {
        let second = it.second.map_or(String::new(), |it| format!(" {it}"));
        let hedge = it
            .hedge
            .map_or(String::new(), |it| format!(" {}", it.name()));
        let what = if it.what.is_empty() {
            String::new()
        } else {
            format!(" of {}", it.what)
        };
        format!(
            "{} = {}{second} {}{hedge}{what}",
            text.slice(it.span),
            it.value,
            it.measure.name()
        )
    };
    figures_in(&document).iter().map(shown).collect()
}

#[test]
fn figures_are_read_with_unit_hedge_and_noun() {
    for (sentence, figures) in [
        (
            "At least 1,200 people marched.",
            &["At least 1,200 people = 1200 count at-least of people"][..],
        ),
        (
            "Police counted some four hundred angry protesters.",
            &["some four hundred angry protesters = 400 count about of protesters"],
        ),
        (
            "It cost $3.5bn, or £2.9 billion.",
            &[
                "$3.5bn = 3500000000 money of dollars",
                "£2.9 billion = 2900000000 money of pounds",
            ],
        ),
        (
            "They lost 12.5 per cent of their members.",
            &["12.5 per cent of their members = 12.5 percent of members"],
        ),
        (
            "About 40% of voters stayed away.",
            &["About 40% of voters = 40 percent about of voters"],
        ),
        (
            "They lost 12,5 % of their members.",
            &["12,5 % of their members = 12.5 percent of members"],
        ),
        ("The bill passed by 51 to 49.", &["51 to 49 = 51 49 score"]),
        (
            "Prices rose from 3 to 5 euros a litre.",
            &["5 euros = 5 money of euros"],
        ),
        ("The flood came on May 3, 2031.", &["May 3 = 503 date"]),
        (
            "It opened on the 22nd of June.",
            &["the 22nd of June = 622 date"],
        ),
        (
            "Nearly two dozen houses burned for more than six hours.",
            &[
                "Nearly two dozen houses = 24 count almost of houses",
                "more than six hours = 360 minutes more-than of hours",
            ],
        ),
        (
            "Rain fell for half an hour or so.",
            &["half an hour or so = 30 minutes about of minutes"],
        ),
        ("The road is 120 km long.", &["120 km = 120 quantity of km"]),
        (
            "Twenty-one of them were children.",
            &["Twenty-one of them = 21 count"],
        ),
        (
            "No fewer than 30 elderly residents left.",
            &["No fewer than 30 elderly residents = 30 count at-least of residents"],
        ),
    ] {
        assert_eq!(shown(sentence), figures, "{sentence}");
    }
}

#[test]
fn other_numbers_are_left_alone() {
    for sentence in [
        "In 2019 voters chose another mayor.",
        "One of them said that no one knew.",
        "Route 66 and flight 370 are names.",
        "See chapter 12 for more.",
        "It began at 7:52 a.m. and ended at 9.",
        "The 1990s were long ago, and 24/7 is a habit.",
        "He may march on and on.",
        "The A320 is an aeroplane, and so is the 747.",
        "They won 3-1 on the day.",
        "It cost 52.000 euros, or 1,2,3 dollars.",
        "Two hundred and fifty protesters came, and two thousand three hundred soldiers.",
        "An hour later it was dark.",
    ] {
        assert_eq!(shown(sentence), [""; 0], "{sentence}");
    }
}
