//! Markdown for people to read, such as guidelines and notes: blocks of words with how they look and where they
//! lead. Knows nothing of articles.

use super::inline::sign;
use super::read_as;
use crate::format::HtmlArticle;
use crate::model::BlockKind;

/// How words look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Looks {
    /// Weighty.
    pub strong: bool,
    /// Stressed.
    pub emphasis: bool,
    /// As a machine has it.
    pub code: bool,
    /// No longer said.
    pub struck: bool,
}

/// Words that look alike.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// As they are read.
    pub words: String,
    /// How they look, all of them.
    pub looks: Looks,
    /// Where they lead, on the web or by mail.
    pub address: Option<String>,
}

impl Run {
    /// Words without looks.
    pub fn of(words: &str) -> Self {
        Self {
            words: words.to_owned(),
            ..Self::default()
        }
    }
}

/// The blocks of a Markdown text. HTML in it is left out, and so are links that would lead elsewhere than to the
/// web or to mail: their words stay.
pub fn blocks_with_looks(source: &str) -> Vec<(BlockKind, Vec<Run>)> {
    let source = source.replace(|c| sign::ALL.contains(&c), "");
    let read = read_as(&source, &|_| HtmlArticle::default(), true);
    let blocks = read.blocks.into_iter();
    blocks.map(|(kind, words)| (kind, runs(&words))).collect()
}

/// The words between the signs.
fn runs(words: &str) -> Vec<Run> {
    let mut found = Vec::new();
    let mut next = Run::default();
    let mut rest = words;
    loop {
        let end = rest.find(|c| sign::ALL.contains(&c)).unwrap_or(rest.len());
        if end > 0 {
            next.words = rest[..end].to_owned();
            found.push(next.clone());
        }
        let mut letters = rest[end..].chars();
        let Some(sign) = letters.next() else {
            return found;
        };
        rest = letters.as_str();
        let [begins, leads, ends] = sign::LINK;
        let looks = &mut next.looks;
        match sign {
            sign::STRONG => looks.strong ^= true,
            sign::EMPHASIS => looks.emphasis ^= true,
            sign::CODE => looks.code ^= true,
            sign::STRUCK => looks.struck ^= true,
            _ if sign == begins => {
                let (_, after) = rest.split_once(leads).unwrap_or_default();
                let address = after.split(ends).next().unwrap_or_default();
                next.address = is_safe(address).then(|| address.to_owned());
            }
            _ => {
                next.address = None;
                rest = rest.split_once(ends).map_or("", |it| it.1);
            }
        }
    }
}

/// Whether an address leads to the web or to mail, and so can do nothing here.
fn is_safe(address: &str) -> bool {
    let known = ["https://", "http://", "mailto:"];
    known.iter().any(|it| {
        let start = address.get(..it.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(it))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The runs of the first block, in a shorthand: `*` strong, `/` emphasis, `c` code, `-` struck, and the
    /// address in angle brackets.
    fn told(source: &str) -> String {
        let blocks = blocks_with_looks(source);
        let runs = blocks.into_iter().next().map_or_else(Vec::new, |it| it.1);
        let one = |run: Run| {
            let Looks {
                strong,
                emphasis,
                code,
                struck,
            } = run.looks;
            let looks = [(strong, '*'), (emphasis, '/'), (code, 'c'), (struck, '-')];
            let looks: String = looks.into_iter().filter(|it| it.0).map(|it| it.1).collect();
            let address = run.address.map_or_else(String::new, |it| format!("<{it}>"));
            format!("{looks}[{}]{address}", run.words)
        };
        runs.into_iter().map(one).collect()
    }

    #[test]
    fn words_keep_their_looks() {
        for (source, expected) in [
            ("plain", "[plain]"),
            ("a **b** c", "[a ]*[b][ c]"),
            ("a *b **c** d*", "[a ]/[b ]*/[c]/[ d]"),
            ("***both***", "*/[both]"),
            ("**a *b* c**", "*[a ]*/[b]*[ c]"),
            ("`x *y*` ~~no~~", "c[x *y*][ ]-[no]"),
            ("2 * 3 * 4 and a_b_c", "[2 * 3 * 4 and a_b_c]"),
            ("# A *title*", "[A ]/[title]"),
            ("- an **item**", "[- an ]*[item]"),
        ] {
            assert_eq!(told(source), expected, "{source}");
        }
    }

    #[test]
    fn links_lead_to_the_web_and_nowhere_else() {
        for (source, expected) in [
            (
                "see [the *rules*](https://a.example/b_c \"t\").",
                "[see ][the ]<https://a.example/b_c>/[rules]<https://a.example/b_c>[.]",
            ),
            (
                "<https://a.example>",
                "[https://a.example]<https://a.example>",
            ),
            ("[x](<HTTP://a.example/ b>)", "[x]<HTTP://a.example/ b>"),
            ("[x](javascript:alert)", "[x]"),
            ("[x](data:text/html,a)", "[x]"),
            (
                "[x][1]\n\n[1]: <https://a.example> 'title'",
                "[x]<https://a.example>",
            ),
            (
                "[x][]\n\n[x]:\nmailto:a@b.example",
                "[x]<mailto:a@b.example>",
            ),
            ("[x]\n\n[X]: javascript:alert", "[x]"),
            ("![a quay](https://a.example/q.png)", "[a quay]"),
            ("\u{5}a\u{6}https://b\u{7}", "[ahttps://b]"),
            ("a&#1;b &#x6;c", "[a\u{fffd}b \u{fffd}c]"),
        ] {
            assert_eq!(told(source), expected, "{source}");
        }
    }

    proptest::proptest! {
        #[test]
        fn looks_take_no_words_away(source in "([a-c *_`~\\[\\]()<>:/!\n\\\\-]|&#[0-9];){0,60}") {
            // Blanks at the ends of lines may differ.
            let solid = |words: String| words.replace(char::is_whitespace, "");
            let with = blocks_with_looks(&source).into_iter().flat_map(|it| it.1);
            let with: String = with.map(|run| solid(run.words)).collect();
            let plain = super::super::read(&source, &|_| HtmlArticle::default()).blocks;
            let plain: String = plain.into_iter().map(|it| solid(it.1)).collect();
            proptest::prop_assert_eq!(with, plain);
        }
    }
}
