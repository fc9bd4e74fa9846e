//! Texts that are hard to mark, written as marked text: what goes out comes in again, to the
//! character, and the words marked are the words meant.

use std::sync::Arc;

use super::support::{bare_project, document_id, merged, project, read, read_marked, render, show};

/// Writes a project with this text, reads it where nothing is, and compares.
fn check(marked: &str) {
    let before = project(&[("d", marked)]);
    let file = render(&before);
    let reading = read(&bare_project(), "p.json", file.as_bytes()).expect(marked);
    assert_eq!(reading.problems, [], "{marked}");
    let after = merged(&bare_project(), reading.import);
    let id = document_id("d");
    let text = &after.document(&id).expect(marked).text;
    assert_eq!(show(text, after.annotations().of(&id)), marked);
    assert_eq!(render(&after), file, "{marked}");
}

#[test]
fn quotation_marks_of_every_kind() {
    check("“[quote:Never],” she said, “[quote:not once].”");
    check("\"[quote:Never],\" she said, \"[quote:not once].\"");
    check("He said: [quote:“She told me ‘[quote:stop it],’ so I stopped.”]");
    check("«[quote:Jamais]», dit-elle; „[quote:niemals]“, sagte er; 「[quote:いいえ]」");
    check("“[quote:Safety is our first passenger“] [claim:reads the banner]");
    check("[quote:The ferry was late]”, he wrote, and never opened the quotation.");
    check("‘Tis [claim:the captain’s] [opinion:so-called ‘plan’]");
}

#[test]
fn a_missing_closing_mark_runs_on() {
    check(
        "“[quote:We will pay, said the firm.\n\nAnd nobody was paid.]\n\n[claim:The end came in May.]",
    );
}

#[test]
fn lists_dashes_and_odd_capitals() {
    check(
        "What we know:\n\n- [claim:The chain broke at 7.40.]\n- [claim:Nobody] was hurt\n– [opinion:What a mess]",
    );
    check("[opinion:Firm Sets Course For Return]: [quote:“All Is Well“]");
    check("1. [claim:One]\n2) [claim:Two]\n\n   [claim:  indented  ]");
    check("FERRY FIRM [opinion:KNEW]—[claim:and said so]—IN MAY");
}

#[test]
fn headings_bylines_and_lines_of_one_sentence() {
    check(
        "[claim:Harbour Shut]\nBy Ann Lee\n\n3 May 2031\n\n[claim:It was shut.]\n\nWhy?\n\n[opinion:Nobody cares.]",
    );
    check("[claim:A text that has one line]");
}

#[test]
fn letters_that_are_more_than_one_unit() {
    check("[quote:🚲] — 👩‍🚒 [claim:e\u{301}t\u{e9}] [opinion:🇫🇷🇩🇪] 👍🏽");
    check("قال [quote:مرحبا بالعالم] ثم [claim:ذهب]");
    check("\u{202b}[quote:שלום]\u{202c} [claim:漢字、ひらがな。]");
    check("Z\u{351}\u{327}[claim:a\u{335}l\u{321}]go, [claim:ﬀi] and İ");
    check("no\u{a0}break[claim:\u{2009}thin\u{2009}]\u{3000}wide\u{200b}zero[quote:\u{ad}soft]");
    check("a\u{2028}[claim:b\u{2029}c]\u{85}d\u{b}e\u{c}f");
    check("A [claim:\u{feff}mark inside]");
}

#[test]
fn overlaps_nests_twins_and_fragments() {
    check("[claim:All [opinion:of [quote:it]]]");
    check("[1:claim:one [2:quote:two 1]three 2]four");
    check("[claim:[claim:[opinion:same]]]");
    check("“[1:quote:We will cut fares,1]” the mayor said, “[1:quote:by a fifth.1]”");
    check("[1:claim:a[2:quote:b[3:opinion:c1]d2]e3]");
}

#[test]
fn text_that_looks_like_code() {
    check("<script>alert(\"[quote:1]\")</script> & [claim:&amp;] <b>[opinion:bold]</b>");
    check("\\n \\\" \\u00e9 {\"text\": \"[quote:x]\"} [claim:\u{7f}\u{1}]");
    check("=1+1\t[claim:@SUM(A1)]\t-2\t__proto__ [quote:constructor]");
    check("[claim:[not a label] ] and [ and ] and [:] ]");
}

#[test]
fn line_ends_of_other_systems_become_line_feeds() {
    let (document, _) = read_marked("d", "one\n\n[claim:two]\nthree");
    for raw in [
        "one\r\n\r\ntwo\r\nthree",
        "one\r\rtwo\rthree",
        "\u{feff}one\r\n\ntwo\nthree",
    ] {
        let reading = read(&bare_project(), "a.txt", raw.as_bytes()).expect(raw);
        assert_eq!(reading.import.documents[0].text, document.text, "{raw:?}");
    }
    let marked = Arc::new(read_marked("d", "[claim:x]").1.remove(0));
    assert_eq!(marked.fragments().len(), 1);
}
