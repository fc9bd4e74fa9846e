//! What Markdown reads as.

use super::*;

fn check(source: &str, blocks: &[(BlockKind, &str)]) {
    let html = |source: &str| HtmlArticle {
        blocks: vec![(BlockKind::Paragraph, format!("HTML {}", source.len()))],
        ..HtmlArticle::default()
    };
    let made = read(source, &html).blocks;
    let made: Vec<_> = made
        .iter()
        .map(|(kind, words)| (*kind, words.as_str()))
        .collect();
    assert_eq!(made, blocks, "{source}");
}

#[test]
fn markdown_becomes_what_it_reads_as() {
    use BlockKind::*;
    check(
        "# *One* `two`\n\na\nb  \nc [link](http://x.org) ![a quay](q.png) ~~no~~ “q” --",
        &[
            (Heading(1), "One two"),
            (Paragraph, "a b\nc link a quay no “q” --"),
        ],
    );
    check(
        "- one\n  - two\n- three\n\n  more\n\n3. x\n4. y\n\nz",
        &[
            (ListItem, "- one"),
            (ListItem, "- two"),
            (ListItem, "- three"),
            (ListItem, "more"),
            (ListItem, "3. x"),
            (ListItem, "4. y"),
            (Paragraph, "z"),
        ],
    );
    check(
        "> so\n> it is\n\nend",
        &[(Quotation, "so it is"), (Paragraph, "end")],
    );
    check("```\na *b*\n  c\n```", &[(Paragraph, "a *b*\n  c")]);
    check(
        "| a | b |\n|---|---|\n| 1 | 2 |",
        &[(Paragraph, "a | b"), (Paragraph, "1 | 2")],
    );
    check(
        "a <b>c</b><br>d &amp; &lt;\n\n---\n\n<div>\nx\n</div>\n",
        &[(Paragraph, "a c\nd & <"), (Paragraph, "HTML 15")],
    );
}

/// Such a table is inside the quotation or the item; reading it as one around them never ended.
#[test]
fn a_table_has_no_quotation_or_item_for_its_head() {
    use BlockKind::*;
    check(
        "> q |\n|---|\n\nend",
        &[(Quotation, "q"), (Paragraph, "end")],
    );
    check(
        "- a | b\n|---|---|\n| 1 | 2 |",
        &[(ListItem, "a | b"), (ListItem, "1 | 2")],
    );
    let deep = format!("{}q |\n|---|", "> ".repeat(40));
    assert_eq!(read(&deep, &|_| HtmlArticle::default()).blocks.len(), 1);
}

#[test]
fn front_matter_says_what_is_known() {
    let source =
        "---\ntitle: \"A: b\"\nauthor: Ann Lee\ndate: 2031-05-03\ntags: [x]\n---\n\nText: here";
    let made = read(source, &|_| HtmlArticle::default());
    assert_eq!(
        (made.meta.title.as_str(), made.meta.author.as_str()),
        ("A: b", "Ann Lee")
    );
    assert_eq!(made.meta.date, "2031-05-03");
    assert_eq!(
        made.blocks,
        [(BlockKind::Paragraph, "Text: here".to_owned())]
    );
}

#[test]
fn only_the_looks_of_words_are_dropped() {
    for (source, words) in [
        ("a **b *c* d** __e__ f_g_h ***i***", "a b c d e f_g_h i"),
        ("2 * 3 * 4, a*, *b, **", "2 * 3 * 4, a*, *b, **"),
        ("`a *b* &amp; c` ``d ` e`` `f", "a *b* &amp; c d ` e `f"),
        (r"\*a\* \[b\] \\ \q", r"*a* [b] \ \q"),
        ("[a *b*](<x y> \"t\") [c](d(e)f 'g') [h]() i", "a b c h i"),
        ("[a [b](c) d](e) [f](g h) [i]", "[a b d](e) [f](g h) [i]"),
        ("![a [b](c)](d) !x [![e](f)](g)", "a b !x e"),
        ("*a [b* c](d)* ~~e~~ ~f~ ~~~g~~~", "a b* c e f ~~~g~~~"),
        (
            "[a][R] [r][] [r] [a][no] [no]\n\n[r]: /x 'y'",
            "a r r [a][no] [no]",
        ),
        (
            "<http://x.org> <a@b.org> <i class='>'>c</i> <!-- d -->e",
            "http://x.org a@b.org c e",
        ),
        ("1 < 2 > 0, a<b, c>d, <3", "1 < 2 > 0, a<b, c>d, <3"),
        (
            "&lt;&#233;&#x201C;&hellip;&nosuch;&#0;&amp",
            "<é“…&nosuch;\u{fffd}&amp",
        ),
        ("a\\\nb<br/>c  \nd \n e", "a\nb\nc\nd e"),
        ("“*a*”—**b**é*", "“a”—bé*"),
    ] {
        check(source, &[(BlockKind::Paragraph, words)]);
    }
}

#[test]
fn blocks_begin_and_end_as_in_commonmark() {
    use BlockKind::*;
    check(
        "One\ntwo\n===\nThree\n---\n## Four ##\n#no\n* * *\n***",
        &[
            (Heading(1), "One two"),
            (Heading(2), "Three"),
            (Heading(2), "Four"),
            (Paragraph, "#no"),
        ],
    );
    check(
        "1.\ta\n\n\tb\n2)\tc\n* d\n+ e\n-\n- # f\n-     g\nno 1. x\n7. y",
        &[
            (ListItem, "1. a"),
            (ListItem, "b"),
            (ListItem, "2. c"),
            (ListItem, "- d"),
            (ListItem, "- e"),
            (Heading(1), "f"),
            (ListItem, "g"),
            (Paragraph, "no 1. x 7. y"),
        ],
    );
    check(
        "> a\nlazy\n> - b\nlazy\n>\n> > c\n\n    code\n\n    more\n~~~\nx\n````\n~~~\n> ```\n> y\nz",
        &[
            (Quotation, "a lazy"),
            (ListItem, "- b lazy"),
            (Quotation, "c"),
            (Paragraph, "code\n\nmore"),
            (Paragraph, "x\n````"),
            (Quotation, "y"),
            (Paragraph, "z"),
        ],
    );
    check(
        "a\n| b | `c` |\n|:--|--:|\n| \\| | *d* | e |\n| f |\n\n| g\n|-",
        &[
            (Paragraph, "a"),
            (Paragraph, "b | c"),
            (Paragraph, "| | d"),
            (Paragraph, "f"),
            (Paragraph, "g"),
        ],
    );
    check(
        "<!-- a\n\nb -->\n<x-y z='1'>\nc\n\nd\n<x-y>\n\n[e]:\n/f\n\n[e]",
        &[
            (Paragraph, "HTML 14"),
            (Paragraph, "HTML 14"),
            (Paragraph, "d"),
            (Paragraph, "e"),
        ],
    );
}

/// Nothing here may take more than a moment, or overflow the stack.
#[test]
fn odd_texts_are_read_in_linear_time() {
    for part in [
        "[", "[a](", "![", "*a_ ", "`", "`` ` ", "<a ", "<!--", "> ", "- ", "1. ", "[](<", "&",
        "\\", "[a](\"", "_*", "|", "|\n|-", "~~", "(", "]", "[]:", "\n> - ", "```\n", "<a \"",
    ] {
        read(&part.repeat(100_000 / part.len()), &|_| {
            HtmlArticle::default()
        });
    }
}
