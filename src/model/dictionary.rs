//! Words of scripts that put no blanks between them: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
//!
//! The rules of UAX #29 know no words there and leave them to a dictionary. The browser has one; the
//! page hands it in here, once. What must be the same in every browser, such as the tokens of an export,
//! does not ask it. Knows nothing of the browser.

use std::cell::Cell;

/// Where the words of some text end, in bytes, in their order.
pub type Dictionary = fn(&str) -> Vec<usize>;

thread_local! {
    static DICTIONARY: Cell<Option<Dictionary>> = const { Cell::new(None) };
}

/// From now on words are also looked up. Without a dictionary each sign of these scripts, or each few
/// of them, counts as a word.
pub fn use_dictionary(dictionary: Dictionary) {
    DICTIONARY.set(Some(dictionary));
}

/// `words` (start and end in bytes of `content`, in order), with those that touch each other and are of
/// such scripts cut anew where the dictionary says.
pub(super) fn looked_up(content: &str, words: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let Some(dictionary) = DICTIONARY.get() else {
        return words;
    };
    let is_meant = |&(start, _): &(usize, usize)| content[start..].starts_with(is_without_blanks);
    if !words.iter().any(is_meant) {
        return words;
    }
    let mut found = Vec::with_capacity(words.len());
    for run in words.chunk_by(|a, b| a.1 == b.0 && is_meant(a) && is_meant(b)) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            continue;
        };
        if !is_meant(first) {
            found.extend(run);
            continue;
        }
        let mut start = first.0;
        let ends = dictionary(&content[first.0..last.1]).into_iter();
        for end in ends.map(|end| first.0 + end).chain([last.1]) {
            if start < end && end <= last.1 && content.is_char_boundary(end) {
                found.push((start, end));
                start = end;
            }
        }
    }
    found
}

/// Whether a letter is of a script that puts no blanks between words.
fn is_without_blanks(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}'                             // Thai, Lao
        | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' // Burmese, Khmer
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    /// Knows words of two signs and no others; says too much, as what comes from outside may.
    fn pairs(run: &str) -> Vec<usize> {
        let ends = run.char_indices().map(|(at, sign)| at + sign.len_utf8());
        let mut ends: Vec<usize> = ends.skip(1).step_by(2).collect();
        ends.extend([1, run.len() + 5, 0]);
        ends
    }

    #[test]
    fn only_runs_of_such_scripts_are_looked_up() {
        use_dictionary(pairs);
        for (content, words) in [
            ("one two", "one two"),
            ("自転車修理。店", "自転 車修 理 店"),
            ("the 自転車 of 2031", "the 自転 車 of 2031"),
            ("カタカナと", "カタ カナ と"),
            ("ไปไหน", "ไป ไห น"),
            ("مَحطة", "مَحطة"),
        ] {
            let by_rule = content.unicode_word_indices();
            let by_rule = by_rule.map(|(at, it)| (at, at + it.len())).collect();
            let found = looked_up(content, by_rule);
            let found: Vec<&str> = found.iter().map(|it| &content[it.0..it.1]).collect();
            assert_eq!(found.join(" "), words, "{content}");
        }
    }
}
