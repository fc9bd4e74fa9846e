//! Where words stand in a later text, and which sentences changed.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::sentences::Watched;
use super::*;
use crate::analysis::compare;
use crate::model::{Document, DocumentId, pieces};

/// The words between brackets, and the text without these.
fn cut(marked: &str) -> (Text, Option<Span>) {
    let text = Text::new(&marked.replace(['[', ']'], "")).expect("has text");
    let bounds = marked.find('[').zip(marked.find(']').map(|it| it - 1));
    let span = bounds.and_then(|(start, end)| text.span(start, end));
    (text, span)
}

/// Where the words in brackets are in the later text; brackets there say where they should be.
fn check(earlier: &str, later: &str, landing: Landing) {
    let ((one, span), (other, wanted)) = (cut(earlier), cut(later));
    let found = Edition::of(&one, &other).carry(span.expect("brackets"));
    let (place, how) = found.unwrap_or_else(|| panic!("lost: {earlier}"));
    assert_eq!(
        other.slice(place),
        wanted.map_or("", |it| other.slice(it)),
        "{later}"
    );
    assert_eq!((Some(place), how), (wanted, landing), "{later}");
}

#[test]
fn marks_land_where_their_words_are() {
    use Landing::*;
    check("So [it is].", "So [it is].", Same);
    check("So [it is] now.", "Well then, so [it is] today.", Same);
    check(
        "It is. So [it is] now.",
        "It is. It is. So [it is] now.",
        Same,
    );
    check(
        "She “[saw it]” and left.",
        "She \"[saw it]\" and left at once.",
        Same,
    );
    // What stands in the place of an edge belongs to the mark, as nothing beyond it changed.
    check(
        "He said [nine people were hurt] there.",
        "He said [twelve people were hurt] there.",
        Edges,
    );
    check(
        "He said [nine people were hurt] there.",
        "He said [nine people were seriously hurt] there.",
        Inside,
    );
    check(
        "They [sang all night long] and left.",
        "They [sang all night] and left.",
        Edges,
    );
    // Beyond the edge something changed as well: what came there is nobody's.
    check(
        "The mayor [called the plan a mistake yesterday] morning.",
        "The mayor [called the plan a mistake] in a speech.",
        Edges,
    );
    check(
        "First part here.\n\nThen [the ferry came in very late].\n\nA third part with more words.",
        "A third part with more words.\n\nFirst part here.\n\nThen [the ferry came in very late].",
        Same,
    );
    check(
        "The ferry [came] in late that day.\n\nA long part with many words, which stays where it is and does not move.",
        "A long part with many words, which stays where it is and does not move.\n\nThe ferry [came] in late that day.",
        Moved,
    );
}

#[test]
fn what_is_gone_has_no_place() {
    for (earlier, later) in [
        // The same word elsewhere is another word.
        (
            "It was [late]. Nobody came.",
            "Nobody came. They were late before.",
        ),
        (
            "He said [nine people were hurt] there.",
            "He said nothing there.",
        ),
        (
            "[The mayor resigned yesterday evening.]",
            "A quiet week in the harbour, with rain.",
        ),
        // It stood there before, and has its own mark there.
        (
            "Anna: we sang all night long. She said [we sang all night long].",
            "Anna: we sang all night long. She said no.",
        ),
    ] {
        let ((one, span), (other, _)) = (cut(earlier), cut(later));
        let found = Edition::of(&one, &other).carry(span.expect("brackets"));
        assert_eq!(found.map(|it| other.slice(it.0)), None, "{earlier}");
    }
}

/// The sentences that changed, with what they touch; brackets of the texts say where figures are.
fn changes(earlier: &str, later: &str) -> Vec<String> {
    let ((one, figure), (other, new_figure)) = (cut(earlier), cut(later));
    let watched = |text: &Text, figure: Option<Span>| {
        let id = DocumentId::new("d").expect("an id");
        let text = Text::new(text.as_str()).expect("has text");
        Watched {
            figures: figure.into_iter().collect(),
            ..Watched::of(&Document::new(id, "", Arc::new(text)))
        }
    };
    let edition = Edition::of(&one, &other);
    let watched = (&watched(&one, figure), &watched(&other, new_figure));
    let found = edition.rewritten(watched, compare);
    let said = found.iter().map(|it| {
        let earlier = it.earlier.map_or("-", |it| one.slice(it));
        let later = it.later.map_or("-", |it| other.slice(it));
        let quote = if it.in_quote { " (quote)" } else { "" };
        let figure = if it.in_figure { " (figure)" } else { "" };
        format!("{earlier} > {later}{quote}{figure}")
    });
    said.collect()
}

#[test]
fn changed_sentences_are_told_those_first_that_matter() {
    for (earlier, later, told) in [
        (
            "One is here. Two is here.",
            "One is here. Two is here.",
            &[][..],
        ),
        // Another kind of marks, a capital, a blank: it reads the same.
        ("She “saw it” there.", "She \"Saw  it\" there.", &[]),
        (
            "One is here. Two is there. Three goes on.",
            "One is here. Two was there. Three goes on.",
            &["Two is there. > Two was there."],
        ),
        (
            "The boat left late. She said: “It is safe.” All went home.",
            "The boat left early. She said: “It is not safe.” All went home.",
            &[
                "She said: “It is safe.” > She said: “It is not safe.” (quote)",
                "The boat left late. > The boat left early.",
            ],
        ),
        (
            "It rained a lot. [At least nine] people came there.",
            "It snowed a lot. [Nine] people came there.",
            &[
                "At least nine people came there. > Nine people came there. (figure)",
                "It rained a lot. > It snowed a lot.",
            ],
        ),
        (
            "One is here. The old part is gone now. Three goes on.",
            "One is here. Three goes on. Something new came up.",
            &[
                "The old part is gone now. > -",
                "- > Something new came up.",
            ],
        ),
        // One sentence became two.
        (
            "The boat left late, and all the people went home.",
            "The boat left late. All the people went home.",
            &[
                "The boat left late, and all the people went home. > The boat left late. All the people went home.",
            ],
        ),
        // It only stands elsewhere.
        (
            "A first one with words. The second has others.\n\nThird and last of them all, and long enough to stay.",
            "Third and last of them all, and long enough to stay.\n\nA first one with words. The second has others.",
            &[],
        ),
    ] {
        assert_eq!(changes(earlier, later), told, "{later}");
    }
}

/// A text as sentences, each of which says what becomes of it.
#[derive(Debug, Clone)]
enum Step {
    Keep,
    Drop,
    Replace(String),
    Before(String),
}

fn sentence() -> impl Strategy<Value = String> {
    let word = select(&[
        "ferry", "late", "the", "harbour", "🚲", "café", "and", "no", "sang", "mayor", "“so”",
        "nine", "غدا", "漢字",
    ]);
    vec(word, 1..9).prop_map(|words| format!("So {}. ", words.join(" ")))
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => Just(Step::Keep),
        1 => Just(Step::Drop),
        1 => sentence().prop_map(Step::Replace),
        1 => sentence().prop_map(Step::Before),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn marks_in_unchanged_sentences_keep_their_words(
        story in vec((sentence(), step()), 1..30),
        paragraphs in 1..6_usize,
    ) {
        let (mut before, mut after, mut kept) = (String::new(), String::new(), Vec::new());
        for ((words, step), at) in story.iter().zip(0..) {
            // Each sentence is there once: of two that are the same either is as good.
            let words = &format!("No {at} {words}");
            let end = if at % paragraphs == 0 { "\n\n" } else { "" };
            if let Step::Before(new) = step {
                after.push_str(new);
            }
            match step {
                Step::Drop => {}
                Step::Replace(new) => after.push_str(new),
                Step::Keep | Step::Before(_) => {
                    kept.push((before.len(), words.trim().len()));
                    after.push_str(words);
                }
            }
            before.push_str(words);
            (before, after) = (before + end, after + end);
        }
        let Ok(earlier) = Text::new(&before) else { return Ok(()) };
        let Ok(later) = Text::new(&after) else { return Ok(()) };
        let edition = Edition::of(&earlier, &later);
        for (start, length) in kept {
            let whole = earlier.span(start, start + length).expect("a sentence");
            let block = earlier.block_at(whole.start());
            let own = pieces(&earlier, block, Unit::Token).into_iter();
            let own: Vec<Span> = own.filter(|it| whole.contains(*it)).collect();
            // The sentence, and what begins in it and ends in it.
            let first = own.first().map_or(whole, |it| *it);
            let spans = own.iter().map(|it| first.hull(*it)).chain([whole]);
            for span in spans {
                let found = edition.carry(span);
                let words = found.map(|it| (later.slice(it.0), it.1));
                prop_assert_eq!(words, Some((earlier.slice(span), Landing::Same)));
            }
        }
        // Whatever has a place has one in the later text, on whole words.
        for block in 0..earlier.blocks().len() {
            for span in pieces(&earlier, block, Unit::Sentence) {
                if let Some((there, landing)) = edition.carry(span) {
                    prop_assert!(later.span(there.start().bytes(), there.end().bytes()).is_some());
                    if landing <= Landing::Ambiguous {
                        prop_assert_eq!(later.slice(there), earlier.slice(span));
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_changes_where_nothing_changed(story in vec(sentence(), 1..20)) {
        let Ok(text) = Text::new(&story.concat()) else { return Ok(()) };
        let edition = Edition::of(&text, &text);
        prop_assert_eq!(edition.share(), 1.0);
        prop_assert_eq!(edition.rewritten((&Watched::default(), &Watched::default()), compare), []);
        for block in 0..text.blocks().len() {
            for span in pieces(&text, block, Unit::Token) {
                prop_assert_eq!(edition.carry(span), Some((span, Landing::Same)));
            }
        }
    }
}
