//! Which names fit what somebody types. Pure, so that its rules can be told by tests.

/// How well `name` fits what is typed, the smaller the better; `None` where it does not. Both are in
/// small letters.
///
/// Each word that is typed must fit, in any order: as a whole word of the name (0), as the beginning
/// of one (1), anywhere in it (2), or, from three letters on, as the letters of one of its words with
/// some left out, the first one excepted (3).
pub(super) fn fit(typed: &str, name: &str) -> Option<usize> {
    typed
        .split_whitespace()
        .map(|word| fit_word(word, name))
        .sum()
}

fn fit_word(typed: &str, name: &str) -> Option<usize> {
    let is_any = |fits: &dyn Fn(&str) -> bool| {
        name.split_whitespace()
            .any(|word| fits(word.trim_matches(|it: char| it.is_ascii_punctuation())) || fits(word))
    };
    if is_any(&|word| word == typed) {
        Some(0)
    } else if is_any(&|word| word.starts_with(typed)) {
        Some(1)
    } else if name.contains(typed) {
        Some(2)
    } else if typed.chars().count() >= 3 && is_any(&|word| skips(typed, word)) {
        Some(3)
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
            ("mark", Some(0)),
            ("mark previous", Some(0)),
            ("  prev   mark ", Some(1)),
            ("p", Some(0)),
            ("vious", Some(2)),
            ("prvs", Some(3)),
            ("mrk go", Some(3)),
            ("ark ious", Some(4)),
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
        assert_eq!(fit("light", "theme: light"), Some(0));
        assert_eq!(fit("theme", "theme: light"), Some(0));
        assert_eq!(fit("/", "find words in the article /"), Some(0));
        assert_eq!(fit("ctrl z", "undo ctrl + z"), Some(0));
        assert_eq!(fit("straße", "die straße"), Some(0));
    }
}
