//! The moves of the word cursor, in every script. Each line is a text with `<` and `>` around the
//! cursor, the keys, and the text again with `[` and `]` around what is selected after them.

use sourcelight::model::{Offset, Span, Text};
use sourcelight::session::{Cursor, Direction, Step};

/// `r` and `l` go by words, `n` and `p` by sentences, `e` and `h` to the block's ends; capitals
/// select.
fn step_of(key: char) -> (Step, bool) {
    use Direction::{Back, Forward};
    let step = match key.to_ascii_lowercase() {
        'r' => Step::Word(Forward),
        'l' => Step::Word(Back),
        'n' => Step::Sentence(Forward),
        'p' => Step::Sentence(Back),
        'e' => Step::Edge(Forward),
        'h' => Step::Edge(Back),
        other => panic!("{other} is no key"),
    };
    (step, key.is_ascii_uppercase())
}

fn offset(text: &Text, byte: usize) -> Offset {
    text.span(0, byte)
        .map_or(text.whole().start(), |span| span.end())
}

fn shown(text: &Text, head: Span, selected: Option<Span>) -> String {
    let mut all = text.as_str().to_owned();
    let mut signs = vec![(head.end(), '>'), (head.start(), '<')];
    if let Some(span) = selected {
        signs.extend([(span.end(), ']'), (span.start(), '[')]);
    }
    // From behind; of two at one place the selection's stands outside.
    signs.sort_by_key(|&(at, sign)| (at, "[<>]".find(sign)));
    for (at, sign) in signs.into_iter().rev() {
        all.insert(at.bytes(), sign);
    }
    all
}

#[track_caller]
fn check(before: &str, keys: &str, after: &str) {
    let start = before.find('<').expect("a cursor");
    let text = Text::new(&before.replace(['<', '>'], "")).expect("has text");
    let mut cursor = Cursor::near(&text, offset(&text, start)).expect("has words");
    assert_eq!(shown(&text, cursor.head, None), before, "where it begins");
    for key in keys.chars() {
        let (step, selecting) = step_of(key);
        // At the ends of the text a key does nothing.
        cursor = cursor.step(&text, step, selecting).unwrap_or(cursor);
    }
    assert_eq!(
        shown(&text, cursor.head, cursor.selected()),
        after,
        "{keys}"
    );
}

#[test]
fn words() {
    for (before, keys, after) in [
        ("<One>, two.", "r", "One, <two>."),
        ("One, <two>.", "l", "<One>, two."),
        ("One, <two>.", "rrr", "One, <two>."),
        ("<One>, two.\n\nThree", "rr", "One, two.\n\n<Three>"),
        ("One.\n\n<Two>", "l", "<One>.\n\nTwo"),
        ("a <👩‍🚒> b", "r", "a 👩‍🚒 <b>"),
        ("<a> 👩‍🚒 b", "r", "a <👩‍🚒> b"),
        ("<自>転車", "rr", "自転<車>"),
        ("<今>天，下雨", "rr", "今天，<下>雨"),
        ("<محطة> إصلاح، الدراجات", "rr", "محطة إصلاح، <الدراجات>"),
        ("<साइकिल> की क्षमता", "rr", "साइकिल की <क्षमता>"),
        ("<น้ำ>ดี", "r", "น้ำ<ดี>"),
    ] {
        check(before, keys, after);
    }
}

#[test]
fn words_are_selected_from_where_it_began() {
    for (before, keys, after) in [
        ("<One>, two three.", "R", "[One, <two>] three."),
        ("<One>, two three.", "RRL", "[One, <two>] three."),
        ("One, <two> three.", "L", "[<One>, two] three."),
        ("One, <two> three.", "LRR", "One, [two <three>]."),
        ("One, <two> three.", "Rl", "One, <two> three."),
        ("One.\n\n<Two>", "L", "[<One>.\n\nTwo]"),
        ("<自>転車", "RR", "[自転<車>]"),
        ("a <👩‍🚒> b", "L", "[<a> 👩‍🚒] b"),
        ("<محطة> إصلاح، الدراجات", "RR", "[محطة إصلاح، <الدراجات>]"),
    ] {
        check(before, keys, after);
    }
}

#[test]
fn sentences() {
    for (before, keys, after) in [
        ("<One> two. “Three” four.", "n", "One two. “<Three>” four."),
        ("One two. “Three” <four>.", "p", "One two. “<Three>” four."),
        ("One two. “Three” <four>.", "pp", "<One> two. “Three” four."),
        (
            "<One> two.\n\n***\n\nThree.",
            "n",
            "One two.\n\n***\n\n<Three>.",
        ),
        (
            "One two.\n\n***\n\n<Three>.",
            "p",
            "<One> two.\n\n***\n\nThree.",
        ),
        ("One <two>.", "n", "One <two>."),
        ("<自>転車。本当？はい。", "nn", "自転車。本当？<は>い。"),
        ("今天下雨。明<天>呢？", "p", "今天下雨。<明>天呢？"),
        ("<هل> وصل؟ نعم.", "n", "هل وصل؟ <نعم>."),
        ("<वह> आया। क्या सच?", "n", "वह आया। <क्या> सच?"),
    ] {
        check(before, keys, after);
    }
}

#[test]
fn sentences_are_selected_whole_with_their_signs() {
    for (before, keys, after) in [
        ("<One> two. Three four.", "N", "[One <two.>] Three four."),
        ("<One> two. Three four.", "NN", "[One two. Three <four.>]"),
        (
            "One <two>. Three four. Five.",
            "NNP",
            "One [<two.>] Three four. Five.",
        ),
        ("“One <two>.” Three.", "P", "[<“One> two].” Three."),
        ("One. Two. <Three>.", "PPN", "One. [<Two>. Three]."),
        ("One. Two <three> four.", "NP", "One. [<Two> three] four."),
        ("<自>転車。本当？", "N", "[自転<車。>]本当？"),
        ("<वह> आया। क्या?", "N", "[वह <आया।>] क्या?"),
        ("<هل> وصل؟ نعم.", "NN", "[هل وصل؟ <نعم.>]"),
        ("<One>.\n\nTwo.", "NN", "[One.\n\n<Two.>]"),
    ] {
        check(before, keys, after);
    }
}

#[test]
fn blocks_have_ends() {
    for (before, keys, after) in [
        ("“One <two> three.”", "h", "“<One> two three.”"),
        ("“One <two> three.”", "e", "“One two <three>.”"),
        ("“One <two> three.”", "E", "“One [two <three.”>]"),
        ("“One <two> three.”", "H", "[<“One> two] three.”"),
        ("a\n\n<自>転車。\n\nb", "E", "a\n\n[自転<車。>]\n\nb"),
    ] {
        check(before, keys, after);
    }
}

#[test]
fn a_long_text_is_walked_only_as_far_as_needed() {
    let text = Text::new(&"One two. Three four.\n\n".repeat(40_000)).expect("has text");
    let middle = offset(&text, text.as_str().len() / 22 / 2 * 22);
    let mut cursor = Cursor::near(&text, middle).expect("has words");
    let start = std::time::Instant::now();
    for keys in ["rlnpeh"; 100] {
        for key in keys.chars() {
            let (step, selecting) = step_of(key);
            cursor = cursor.step(&text, step, selecting).expect("the middle");
        }
    }
    assert!(
        start.elapsed().as_millis() < 500,
        "600 steps: {:?}",
        start.elapsed()
    );
}
