//! What is found, line by line; and on made texts, that all of it is found and nothing else.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// What the browser answers, by the tables of the standard library.
fn fold_case(c: char) -> String {
    let small = c.to_lowercase();
    let capitals = small.flat_map(char::to_uppercase);
    capitals.flat_map(char::to_lowercase).collect()
}

fn found(content: &str, words: &str, exact_case: bool, whole_words: bool) -> Vec<Span> {
    let text = Text::new(content).expect("has text");
    let folds: Option<&FoldCase> = if exact_case { None } else { Some(&fold_case) };
    let form = Folded::new(text.as_str(), folds);
    find(&text, &form, &Folded::new(words, folds), whole_words)
}

/// Looks for `words` in `marked`, where each match that there should be stands in brackets.
fn check(words: &str, marked: &str, exact_case: bool, whole_words: bool) {
    let content = marked.replace(['[', ']'], "");
    let mut shown = content.clone();
    for span in found(&content, words, exact_case, whole_words).iter().rev() {
        shown.insert(span.end().bytes(), ']');
        shown.insert(span.start().bytes(), '[');
    }
    assert_eq!(shown, marked, "{words}");
}

#[test]
fn words_are_found_whatever_their_case() {
    for (words, marked) in [
        ("the", "[The] cat, [the] hat, o[the]r [THE]"),
        ("strasse", "[Straße], [STRASSE], [strasse]"),
        ("straße", "[Straße], [STRASSE], [STRAẞE]"),
        ("strasse", "[STRAẞE]"),
        ("s", "[S]traße [ſ]"),
        ("ss", "Stra[ß]e mi[ss]"),
        ("οδος", "[ΟΔΟΣ] [οδος] [οδοσ]"),
        ("final", "[ﬁnal] [FINAL]"),
        ("inal", "ﬁnal F[INAL]"),
        ("i", "[i] İ [I] [ı]"),
        ("i\u{307}", "[İ] [i\u{307}]"),
        ("привет", "[Привет], [ПРИВЕТ]"),
        ("aa", "[aa][aa]a"),
        ("漢", "[漢]字[漢]"),
        ("x", "nothing of it"),
        ("", "nothing of nothing"),
    ] {
        check(words, marked, false, false);
    }
}

#[test]
fn exact_case_tells_letters_apart_and_nothing_else() {
    for (words, marked) in [
        ("The", "[The] cat, the hat"),
        ("ß", "Stra[ß]e STRASSE"),
        ("Σ", "ΟΔΟ[Σ] οδος"),
        ("it's", "[it’s] It’s [it's]"),
    ] {
        check(words, marked, true, false);
    }
}

#[test]
fn plain_quotes_dashes_and_spaces_find_the_others() {
    for (words, marked) in [
        ("\"so\"", "[“so”] [„so“] [\"so\"] 'so'"),
        ("“so”", "[\"so\"]"),
        ("isn't", "[isn’t] [isnʼt] isnt"),
        ("a-b", "[a–b] [a—b] [a−b] [a-b] ab"),
        ("1 000", "[1\u{a0}000] [1\u{202f}000] 1000"),
        ("one two", "[one\ntwo] [one\ttwo] one  two"),
        ("—", "a [–] b [-] c"),
        ("e\u{301}", "[e\u{301}] é"),
        ("é", "e\u{301} [É]"),
    ] {
        check(words, marked, false, false);
    }
}

#[test]
fn no_match_ends_within_what_people_see_as_one_character() {
    for (words, marked) in [
        ("e", "cafe\u{301}s [e]"),
        ("👩", "👩\u{200d}🚒 [👩]"),
        ("🇩", "🇫🇷🇩🇪"),
        ("\u{301}", "e\u{301}"),
    ] {
        check(words, marked, false, false);
    }
}

#[test]
fn whole_words_touch_no_letter_outside() {
    for (words, marked) in [
        ("the", "[The] other, [the]-hat [the]"),
        ("anna", "[Anna]’s Annas an [Anna]"),
        ("20", "[20] % 200 1.[20]"),
        ("ann", "Anna [ann]"),
        ("%", "20[%] [%]"),
        ("s", "cafe\u{301}s [s]"),
        ("漢字", "[漢字]は[漢字]"),
        ("so it", "[so it] also it"),
        ("a_b", "[a_b] a_b_c"),
        ("می", "می\u{200c}خواهم [می]"),
    ] {
        check(words, marked, false, true);
    }
}

/// Pieces in which counting wrongly would show.
const PIECES: &[&str] = &[
    "a",
    "A",
    "s",
    "ß",
    "ẞ",
    "SS",
    "ﬁ",
    "i",
    "İ",
    "ı",
    "ς",
    "Σ",
    " ",
    "\u{a0}",
    "\n",
    "-",
    "—",
    "'",
    "’",
    "“",
    "e\u{301}",
    "é",
    "👩\u{200d}🚒",
    "👩",
    "漢",
    "ŉ",
    "_",
    "ΐ",
];

fn pieces(most: usize) -> impl Strategy<Value = String> {
    vec(select(PIECES), 1..most).prop_map(|pieces| pieces.concat())
}

/// The form of a few characters, said another way.
fn form(text: &str, exact_case: bool) -> String {
    let letters = text.chars().map(plain);
    match exact_case {
        true => letters.collect(),
        false => letters.map(fold_case).collect(),
    }
}

/// All that begins somewhere and reads the same, tried place by place.
fn slowly(text: &str, words: &str, exact_case: bool, whole_words: bool) -> Vec<(usize, usize)> {
    let bounds: Vec<usize> = (0..=text.len())
        .filter(|&at| text.is_char_boundary(at))
        .collect();
    let mut found = Vec::new();
    let mut free = 0;
    for &start in &bounds {
        let ends = bounds.iter().copied().filter(|&end| end > start);
        let hit = ends.map(|end| (start, end)).find(|&(start, end)| {
            form(&text[start..end], exact_case) == form(words, exact_case)
                && [start, end]
                    .iter()
                    .all(|&at| is_border(text, at, whole_words))
        });
        if let Some((start, end)) = hit.filter(|_| start >= free) {
            found.push((start, end));
            free = end;
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_match_reads_the_same_and_none_is_missed(
        source in pieces(40),
        words in pieces(3),
        exact_case in any::<bool>(),
        whole_words in any::<bool>(),
    ) {
        let Ok(text) = Text::new(&source) else { return Ok(()) };
        let content = text.as_str();
        let spans = found(content, &words, exact_case, whole_words);
        for span in &spans {
            prop_assert_eq!(form(text.slice(*span), exact_case), form(&words, exact_case));
        }
        let places: Vec<_> = spans.iter().map(|it| (it.start().bytes(), it.end().bytes())).collect();
        prop_assert_eq!(places, slowly(content, &words, exact_case, whole_words));
    }
}

/// Printed, not judged: `cargo test --release -- --nocapture one_megabyte`.
#[test]
fn one_megabyte_is_searched_at_each_key() {
    let latin =
        "“It’s the keeper’s boat,” said the harbour office — and the ferry left at noon.\n\n";
    let cyrillic = "Паром ушёл в полдень, сказали «в порту» — и никто не спорил.\n\n";
    for (name, line) in [("Latin", latin), ("Cyrillic", cyrillic)] {
        let text = Text::new(&line.repeat(1_000_000 / line.len())).expect("has text");
        let start = std::time::Instant::now();
        let form = Folded::new(text.as_str(), Some(&fold_case));
        println!("{name}: made ready in {:?}", start.elapsed());
        for words in ["e", "о", "the", "the ferry", "полдень"] {
            let start = std::time::Instant::now();
            let spans = find(&text, &form, &Folded::new(words, Some(&fold_case)), false);
            println!(
                "{name}, “{words}”: {} in {:?}",
                spans.len(),
                start.elapsed()
            );
        }
    }
}
