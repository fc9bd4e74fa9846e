//! Articles out of feeds, Word documents, books and archives.

use std::path::Path;

use sourcelight::format::exchange::{InFile, OutFile, archive, sort_out};
use sourcelight::model::{BlockKind, Document};

use super::{nasty, read_files, written};
use crate::support::bare_project;

fn articles(name: &str, bytes: &[u8]) -> Vec<Document> {
    let readings =
        read_files(&bare_project(), &[(name, bytes)]).unwrap_or_else(|it| panic!("{it}"));
    assert_eq!(readings[0].problems, [], "{name}");
    readings[0].import.documents.clone()
}

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/exchange-in")
        .join(name);
    std::fs::read(path).expect(name)
}

#[test]
fn feeds_give_their_items() {
    let rss = "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"c\" xmlns:dc=\"d\"><channel>\
        <title>The Kel Post</title><item><title>Rain &amp; wind</title><link>https://example.org/1</link>\
        <pubDate>Sat, 03 May 2031 09:00:00 GMT</pubDate><dc:creator>Ann Lee</dc:creator>\
        <description>Short.</description><content:encoded><![CDATA[<p>It rained 🚲.</p><p>All day.</p>]]></content:encoded></item>\
        <item><title>Two</title><description>&lt;p&gt;It stopped.&lt;/p&gt;</description></item></channel></rss>";
    let found = articles("feed.xml", rss.as_bytes());
    let texts: Vec<&str> = found.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["It rained 🚲.\n\nAll day.", "It stopped."]);
    let meta = &found[0].meta;
    let known = [
        &meta.title,
        &meta.outlet,
        &meta.author,
        &meta.date,
        &meta.url,
    ];
    assert_eq!(
        known,
        [
            "Rain & wind",
            "The Kel Post",
            "Ann Lee",
            "2031-05-03",
            "https://example.org/1"
        ]
    );
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Kel</title><entry><title>T</title>\
        <link rel=\"self\" href=\"x\"/><link href=\"https://example.org/2\"/><author><name>Ben</name></author>\
        <updated>2031-05-04</updated><content type=\"html\">&lt;p&gt;Words.&lt;/p&gt;</content></entry></feed>";
    let found = articles("a.atom", atom.as_bytes());
    let meta = &found[0].meta;
    assert_eq!(
        [&meta.author, &meta.date, &meta.url],
        ["Ben", "2031-05-04", "https://example.org/2"]
    );
}

#[test]
fn feeds_may_hold_their_words_as_elements() {
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Kel</title><entry><title>T</title>\
        <media:content><media:title>A photo</media:title></media:content>\
        <summary>Short.</summary><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">\
        <x:p>It rained.</x:p><p>All day.</p></div></content><author><name>Ben</name></author></entry>\
        <entry><title>U</title><summary>&lt;p&gt;It stopped.</summary></entry></feed>";
    let found = articles("a.atom", atom.as_bytes());
    let texts: Vec<&str> = found.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["It rained.\n\nAll day.", "It stopped."]);
    assert_eq!(found[0].meta.author, "Ben");
}

#[test]
fn word_documents_have_moved_and_deleted_words_no_more() {
    let words = "<w:r><w:t>moved</w:t><w:tab/><w:br/></w:r>";
    let document = format!(
        "<w:document><w:body><w:p><w:r><w:t>One.</w:t></w:r><w:moveFrom>{words}</w:moveFrom>\
         <w:del><w:r><w:br/><w:noBreakHyphen/></w:r></w:del></w:p>\
         <w:p><w:moveTo><w:r><w:t>moved</w:t></w:r></w:moveTo></w:p></w:body></w:document>"
    );
    let packed = archive::pack(&[OutFile {
        name: "word/document.xml".to_owned(),
        mime: "",
        bytes: document.into_bytes(),
    }]);
    let found = articles("a.docx", &packed);
    assert_eq!(found[0].text.as_str(), "One.\n\nmoved");
}

#[test]
fn word_documents_keep_their_paragraphs() {
    let found = articles("ferry.docx", &fixture("ferry.docx"));
    let [document] = found.as_slice() else {
        panic!("one article");
    };
    assert_eq!(
        document.text.as_str(),
        "Ferry Stops\n\nIt stopped at 7.40 — 🚲 Zoe\u{301} & <all>.\n\nFirst line\nsecond\tline.\n\nAn item\n\nSo it is."
    );
    let kinds: Vec<BlockKind> = document.layout.as_ref().expect("it is told").to_vec();
    let paragraph = BlockKind::Paragraph;
    assert_eq!(
        kinds[..4],
        [BlockKind::Heading(1), paragraph, paragraph, paragraph]
    );
    assert_eq!(kinds[4..], [BlockKind::ListItem, BlockKind::Quotation]);
    assert_eq!(
        [&document.meta.title, &document.meta.author],
        ["Ferry stops", "Ann Lee"]
    );
}

#[test]
fn books_give_their_chapters() {
    let found = articles("kel.epub", &fixture("kel.epub"));
    let titles: Vec<(&str, &str)> = found
        .iter()
        .map(|it| (it.title(), it.text.as_str()))
        .collect();
    assert_eq!(
        titles,
        [("One", "One\n\nIt rained."), ("Two", "Two\n\nIt stopped.")]
    );
    assert_eq!(found[1].meta.outlet, "The Kel Reader");
}

#[test]
fn damaged_archives_get_a_sentence() {
    let whole = fixture("ferry.docx");
    for cut in [20, whole.len() / 2, whole.len() - 1] {
        let why = archive::unpack(&whole[..cut]);
        assert!(why.is_err(), "{cut}");
        let file = InFile {
            name: "x.docx",
            bytes: &whole[..cut],
        };
        assert!(sort_out(&[file])[0].candidates.is_empty());
    }
}

#[test]
fn other_programs_open_our_archives() {
    let files: Vec<OutFile> = written(
        sourcelight::format::exchange::by_id("brat").expect("it is there"),
        &nasty::project(),
    )
    .files;
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packed.zip");
    std::fs::write(&path, archive::pack(&files)).expect("room for a file");
    let check = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(len(z.namelist()))";
    let python = std::env::var_os("SOURCELIGHT_PYTHON").unwrap_or_else(|| "python3".into());
    match std::process::Command::new(python)
        .args(["-c", check])
        .arg(&path)
        .output()
    {
        Ok(answer) => {
            let count = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
            assert_eq!(
                count,
                files.len().to_string(),
                "{}",
                String::from_utf8_lossy(&answer.stderr)
            );
        }
        Err(_) => eprintln!("skipped: there is no Python to ask"),
    }
}
