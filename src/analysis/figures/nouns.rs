//! What is counted: the noun behind a number. Knows nothing of the number.

use super::super::words::number_of;
use super::tokens::Token;

/// Words that end what could be counted, or stand before it.
const STOPS: &str = " a about across after against all also an and any are around as ashore at away be because been \
    before behind being below between but by can could did do down during each even every fewer for from \
    get give gives go got had has have he her here him his how i if in into is it its just later less like \
    may more most much must my near no nor not now of off on once one only onto or our out over per said say \
    says she should since so some such take than that the their them then there these they this those \
    through till to too toward under until up upon us was we were what when where which while who whom whose \
    why will with within without would yet you your ";

/// People without an s at their end.
const MANY: [&str; 8] = [
    "people", "children", "men", "women", "police", "staff", "crew", "folk",
];

/// Words for human beings; of two of these either may stand for the other.
const PERSONS: [&str; 18] = [
    "people",
    "persons",
    "passengers",
    "guests",
    "travellers",
    "travelers",
    "men",
    "women",
    "children",
    "victims",
    "survivors",
    "residents",
    "protesters",
    "demonstrators",
    "marchers",
    "workers",
    "soldiers",
    "civilians",
];

fn is_stop(word: &str) -> bool {
    STOPS.split(' ').any(|it| it == word)
}

fn is_plural(word: &str) -> bool {
    let has_s =
        word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("'s");
    let is_old = MANY.contains(&word) || word.ends_with("children") || word.ends_with("women");
    has_s || is_old
}

/// Whether a noun means human beings.
pub(super) fn are_persons(what: &str) -> bool {
    PERSONS.contains(&what)
}

/// The plural noun behind a number, with at most three words before it, and the first token after it.
pub(super) fn counted(tokens: &[Token], at: usize) -> Option<(String, usize)> {
    for (place, token) in tokens.iter().enumerate().skip(at).take(4) {
        let is_number = token.word.starts_with(|c: char| c.is_ascii_digit())
            || number_of(&token.word).is_some();
        if token.is_sign() && token.word != "-" || is_number || is_stop(&token.word) {
            return None;
        }
        if is_plural(&token.word) {
            return Some((token.word.clone(), place + 1));
        }
    }
    None
}

/// What a share is a share of: “of its scheduled sailings”.
pub(super) fn shared_out(tokens: &[Token], at: usize) -> Option<(String, usize)> {
    if tokens.get(at)?.word != "of" {
        return None;
    }
    let articles = [
        "the", "its", "their", "his", "her", "our", "all", "these", "those",
    ];
    let is_article = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|it| articles.contains(&it.word.as_str()))
    };
    let from = at + 1 + usize::from(is_article(at + 1));
    counted(tokens, from).or_else(|| {
        let single = tokens
            .get(from)
            .filter(|it| !it.is_sign() && !is_stop(&it.word))?;
        Some((single.word.clone(), from + 1))
    })
}
