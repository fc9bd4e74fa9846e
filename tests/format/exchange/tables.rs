//! Tables as people and other programs write them.

use sourcelight::format::exchange::{InFile, Options, by_id, sort_out};
use sourcelight::model::DocumentId;

use super::{nasty, read_files};
use crate::support::{bare_project, document_id, merged, project, show};

#[test]
fn columns_have_many_names_and_delimiters() {
    let articles = "\u{feff}document_id;headline;body\r\nd;T;\"One 🚲 two.\r\nThree\"\r\n";
    let marks = "id;document;tag;begin;stop;quote;speaker\r\nx;d;Claim;6;9;two;Ann\r\ny;d;rumour;12.0;17.0;;\r\n";
    let files = [
        ("marks.csv", marks.as_bytes()),
        ("texts.csv", articles.as_bytes()),
    ];
    let here = project(&[("other", "Something else.")]);
    let readings = read_files(&here, &files).expect("they open");
    let [reading] = readings.as_slice() else {
        panic!("they belong together");
    };
    assert_eq!(reading.problems, []);
    let after = merged(&here, reading.import.clone());
    let text = &after.document(&document_id("d")).expect("it is new").text;
    let marks = after.annotations().of(&document_id("d"));
    assert_eq!(show(text, marks), "One 🚲 [claim:two].\n[rumour:Three]");
}

#[test]
fn positions_alone_in_utf16_are_read_so() {
    let here = project(&[("d", "🚲 two")]);
    let file = "doc_id,label,start_utf16,end_utf16\r\nd,claim,3,6\r\n";
    let readings = read_files(&here, &[("m.csv", file.as_bytes())]).expect("it opens");
    let after = merged(&here, readings[0].import.clone());
    let text = &after.document(&document_id("d")).expect("it is here").text;
    assert_eq!(
        show(text, after.annotations().of(&document_id("d"))),
        "🚲 [claim:two]"
    );
}

#[test]
fn bad_rows_are_named_by_their_line_and_the_others_are_read() {
    let here = project(&[("d", "one two")]);
    let file = "doc_id,label,start,end,text\r\n\"d\",,0,3,one\r\nd,claim,zero,3,\r\nd,claim,0,3,one,more\r\nd,claim,4,7,two\r\n";
    let readings = read_files(&here, &[("m.csv", file.as_bytes())]).expect("it opens");
    let lines: Vec<Option<u32>> = readings[0].problems.iter().map(|it| it.line).collect();
    assert_eq!(
        lines[..3],
        [Some(2), Some(3), Some(4)],
        "{:?}",
        readings[0].problems
    );
    let placed = readings[0].import.annotations.len();
    assert_eq!((placed, readings[0].import.unplaced.len()), (1, 1));
}

#[test]
fn a_table_of_articles_alone_makes_articles() {
    let file = "title,text,date\nA,\"First text.\",2031-05-03\nB,,\nC,Third text.,\n";
    let readings = read_files(&bare_project(), &[("set.csv", file.as_bytes())]).expect("it opens");
    let titles: Vec<&str> = readings[0]
        .import
        .documents
        .iter()
        .map(|it| it.title())
        .collect();
    assert_eq!(titles, ["A", "C"]);
    assert_eq!(readings[0].problems[0].line, Some(3));
}

#[test]
fn prose_with_commas_is_no_table() {
    for text in [
        "One, two, text.\nAnd more, of it.",
        "text\nOnly words.",
        "Label, start, end.\n",
    ] {
        let file = InFile {
            name: "a.csv",
            bytes: text.as_bytes(),
        };
        assert_eq!(sort_out(&[file])[0].candidates.len(), 0, "{text}");
    }
}

#[test]
fn formulas_are_defused_only_where_somebody_asks() {
    let project = nasty::project();
    let all: Vec<DocumentId> = project.documents().iter().map(|it| it.id.clone()).collect();
    for (defuse_formulas, cell) in [(false, ",=1+1,"), (true, ",'=1+1,")] {
        let format = by_id("csv").expect("it is there");
        let written = format.write(
            &project,
            &all,
            Options {
                defuse_formulas,
                ..Options::default()
            },
        );
        let table = String::from_utf8(written.files[0].bytes.clone()).expect("it is text");
        assert!(table.contains(cell), "{table}");
    }
}
