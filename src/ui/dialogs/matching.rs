//! Which names fit what somebody types. Pure, so that its rules can be told by tests.

/// How well `name` fits what is typed, the smaller the better; `None` where it does not. Both are in
/// small letters.
///
/// Each word that is typed must fit, in any order: as the beginning of the name (0), as a whole word
/// of it (1), as the beginning of one (2), anywhere in it (3), or, from three letters on, as the
/// letters of one of its words with some left out, the first one excepted (4).
pub(super) fn fit(typed: &str, name: &str) -> Option<usize> {
    let words = typed.split_whitespace();
    words.map(|word| fit_word(word, name)).sum()
}

fn fit_word(typed: &str, name: &str) -> Option<usize> {
    let is_any = |fits: &dyn Fn(&str) -> bool| {
        let bare = |word: &str| fits(word.trim_matches(|it: char| !it.is_alphanumeric()));
        name.split_whitespace().any(|word| bare(word) || fits(word))
    };
    if name.starts_with(typed) {
        Some(0)
    } else if is_any(&|word| word == typed) {
        Some(1)
    } else if is_any(&|word| word.starts_with(typed)) {
        Some(2)
    } else if name.contains(typed) {
        Some(3)
    } else if typed.chars().count() >= 3 && is_any(&|word| skips(typed, word)) {
        Some(4)
    } else {
        None
    }
}

/// Whether `word` begins with the first letter of `typed` and holds the others after it, in order.
fn skips(typed: &str, word: &str) -> bool {
    let mut letters = word.chars();
    let mut typed = typed.chars();
    let begins = typed.next() == letters.next();
    begins && typed.all(|it| letters.any(|letter| letter == it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_by_words_in_any_order() {
        let name = "go to the previous mark p";
        for (typed, is) in [
            ("", Some(0)),
            ("go", Some(0)),
            ("mark", Some(1)),
            ("mark previous", Some(2)),
            ("  prev   mark ", Some(3)),
            ("p", Some(1)),
            ("vious", Some(3)),
            ("prvs", Some(4)),
            ("mrk go", Some(4)),
            ("ark ious", Some(6)),
            ("next", None),
            ("mark next", None),
            ("rk pv", None),
            ("krm", None),
        ] {
            assert_eq!(fit(typed, name), is, "{typed}");
        }
    }

    #[test]
    fn signs_around_words_and_keys_fit_as_well() {
        for (typed, name, is) in [
            ("light", "theme: light", 1),
            ("theme", "view: theme, and size", 1),
            ("theme", "theme: light", 0),
            ("/", "find words in the article /", 1),
            ("ctrl z", "undo ctrl + z", 2),
            ("kites", "open “kites over the quarry”", 1),
            ("straße", "die straße", 1),
        ] {
            assert_eq!(fit(typed, name), Some(is), "{typed}");
        }
    }
}
