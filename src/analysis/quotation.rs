//! Where a text stands in quotation marks, however they are set. Knows nothing of who speaks.
//!
//! Which kind of mark stands at either end is not looked at, as papers mix them up; what stands around
//! a mark says whether it opens or closes.

/// The stretches of a block that stand between double quotation marks, or between single ones where
/// there are no double ones, in bytes of the block and without the marks. One that is not closed goes
/// to the end of the block, as a quotation of several paragraphs does.
pub(super) fn quotations(block: &str) -> Vec<(usize, usize)> {
    let double = between(block, |c| "\"“”„‟«»〝〞＂「」『』".contains(c), true);
    match double.is_empty() {
        true => between(block, |c| matches!(c, '‘' | '’' | '\''), false),
        false => double,
    }
}

/// What stands between marks. One that is not closed counts where `may_stay_open`.
fn between(block: &str, is_mark: fn(char) -> bool, may_stay_open: bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in block.char_indices().filter(|it| is_mark(it.1)) {
        let before = block[..at].chars().next_back();
        let after = block[at + c.len_utf8()..].chars().next();
        let is_apostrophe = matches!(c, '’' | '\'')
            && [before, after]
                .iter()
                .all(|it| it.is_some_and(char::is_alphanumeric));
        if is_apostrophe {
            continue;
        }
        match open {
            None if opens(c, before, after) => open = Some(at + c.len_utf8()),
            Some(start) if closes(c, before, after) => {
                if start < at {
                    found.push((start, at));
                }
                open = None;
            }
            _ => {}
        }
    }
    match open {
        Some(start) if may_stay_open && start < block.len() => found.push((start, block.len())),
        _ => {}
    }
    found
}

fn opens(c: char, before: Option<char>, after: Option<char>) -> bool {
    let is_free = before.is_none_or(|it| it.is_whitespace() || "([{—–-‘“\"'«:/".contains(it));
    let is_wide = "「『〝".contains(c);
    // The raised comma that also stands for letters left out would open too much.
    // In French blanks stand within the marks.
    let is_before = |it: char| match c {
        '«' => true,
        '»' => !it.is_whitespace() && !".,;:!?)".contains(it),
        _ => !it.is_whitespace(),
    };
    c != '’' && (is_wide || is_free) && after.is_some_and(is_before)
}

fn closes(c: char, before: Option<char>, after: Option<char>) -> bool {
    let is_free = after.is_none_or(|it| !it.is_alphanumeric());
    let is_wide = "」』〞".contains(c);
    // After a blank a mark may still close if nothing follows that it could open.
    let is_behind = c == '»' || before.is_some_and(|it| !it.is_whitespace());
    is_wide || is_free && (is_behind || after.is_none_or(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_found_however_their_marks_are_set() {
        for marked in [
            "“[One,]” she said, “[two.]”",
            "\"[One]\" and \"[two]\"",
            "The ”[Petrel]” is “[late]“, he",
            "«[Une chose]», dit-il",
            "«[ Une chose ]», dit-il, «[ et une autre. ]»",
            "»[Eins]«, sagte er, »[und zwei.]«",
            "「[日本]」と『[二つ]』",
            "It’s ‘[so]’ and ‘[it isn’t]’.",
            "He said: \"[I heard 'no' twice]\".",
            "“[It goes on]",
            "5' 3\" is no quotation",
            "rock ’n’ roll and the '90s",
            "no marks at all",
        ] {
            let block = marked.replace(['[', ']'], "");
            let mut shown = block.clone();
            for (start, end) in quotations(&block).into_iter().rev() {
                shown.insert(end, ']');
                shown.insert(start, '[');
            }
            assert_eq!(shown, marked);
        }
    }
}
