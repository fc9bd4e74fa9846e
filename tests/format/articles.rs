//! Articles of all kinds of files.

use sourcelight::model::{BlockKind, Document, Project};

use super::support::{document_id, project, read, render};

fn articles(name: &str, content: &str) -> Vec<Document> {
    let reading = read(&Project::default(), name, content.as_bytes()).expect(name);
    assert_eq!(reading.problems, [], "{name}");
    reading.import.documents
}

/// Checks title and text of the one article of a file.
fn check(name: &str, content: &str, title: &str, text: &str) {
    let [article] = &articles(name, content)[..] else {
        panic!("{name} has one article");
    };
    assert_eq!(
        (article.title(), article.text.as_str()),
        (title, text),
        "{name}"
    );
    assert_eq!(article.imported_from, name);
    if let Some(layout) = &article.layout {
        assert_eq!(layout.len(), article.text.blocks().len(), "{name}");
    }
}

#[test]
fn content_decides_before_the_name_does() {
    check("a.txt", "Title: One\r\n\r\nTwo", "One", "Title: One\n\nTwo");
    check(
        "a",
        "By Ann Lee\n\nSo it is.",
        "So it is.",
        "By Ann Lee\n\nSo it is.",
    );
    check(
        "a.txt",
        "[UPDATED] It is so",
        "[UPDATED] It is so",
        "[UPDATED] It is so",
    );
    check("a.txt", "{curly} words", "{curly} words", "{curly} words");
    check(
        "a.txt",
        "{\"text\": \"Two\", \"title\": \"One\"}",
        "One",
        "Two",
    );
    check(
        "a.txt",
        " <!DOCTYPE html><title>One</title><p>Two</p>",
        "One",
        "Two",
    );
    check(
        "a.txt",
        "# Not Markdown\n*here*",
        "# Not Markdown",
        "# Not Markdown\n*here*",
    );
    check(
        "a.html",
        "<title>One</title><h1>Two</h1><p>Three\r\n</p><li>Four</li>",
        "One",
        "Two\n\nThree\n\nFour",
    );
    check("a.md", "# One\n\nTwo *three*", "One", "One\n\nTwo three");
    check("a.md", "---\ntitle: Zero\n---\n# One", "Zero", "One");
    check("a.markdown", "just words", "just words", "just words");
    check(
        "a.json",
        "{\"text\": \"# One\\r\\ntwo\"}",
        "# One",
        "# One\ntwo",
    );
    check("a.utf16.txt", "x", "x", "x");
}

#[test]
fn markdown_and_html_keep_what_their_blocks_are() {
    let kinds = |name, content| {
        let article = &articles(name, content)[0];
        let blocks = 0..article.text.blocks().len();
        blocks.map(|at| article.block_kind(at)).collect::<Vec<_>>()
    };
    use BlockKind::*;
    assert_eq!(
        kinds("a.md", "Plain words\n===\n\nx  \ny\n\n> so\n\n- One\n- Two"),
        [
            Heading(1),
            Paragraph,
            Paragraph,
            Quotation,
            ListItem,
            ListItem
        ]
    );
    assert_eq!(
        kinds(
            "a.html",
            "<p>Looks Like A Heading</p><h1>no, this.</h1><li>x</li>"
        ),
        [Paragraph, Heading(1), ListItem]
    );
}

#[test]
fn json_articles_say_what_is_known_of_them() {
    let made = articles(
        "a.json",
        r#"[{"id": "x1", "text": "T", "headline": "H", "source": "S", "authors": ["A", "B"], "date": 2031, "link": "u", "event": "E", "lang": "pt-BR", "label": [[0, 1, "X"]], "layout": "two columns"},
            {"id": 7, "text": "U", "meta": {"title": "In meta", "author": "C", "more": [1 , 2]}, "source": {"a": 1}}]"#,
    );
    let meta = &made[0].meta;
    assert_eq!(
        (
            meta.title.as_str(),
            meta.outlet.as_str(),
            meta.author.as_str()
        ),
        ("H", "S", "A, B")
    );
    assert_eq!(
        (meta.date.as_str(), meta.url.as_str(), meta.event.as_str()),
        ("2031", "u", "E")
    );
    assert_eq!(meta.language, "pt-BR");
    assert_eq!(made[0].id, document_id("x1"));
    assert_eq!(
        (
            made[0].extra["label"].as_str(),
            made[0].extra["x-layout"].as_str()
        ),
        ("[[0,1,\"X\"]]", "\"two columns\"")
    );
    assert_eq!(
        (made[1].meta.title.as_str(), made[1].meta.author.as_str()),
        ("In meta", "C")
    );
    assert_eq!(
        (
            made[1].extra["x-id"].as_str(),
            made[1].extra["x-source"].as_str()
        ),
        ("7", "{\"a\":1}")
    );
    assert!(made[1].extra["meta"].contains("[1,2]"));
}

#[test]
fn a_bad_line_costs_that_line() {
    let lines = "{\"text\": \"one\"}\n\nnot json\n{\"title\": \"no text\"}\n{\"text\": 5}\n{\"text\": \" \"}\n[1]\n{\"text\": \"two\"}\r\n{\"text\": \"cut";
    let reading = read(&Project::default(), "a.jsonl", lines.as_bytes()).expect("it opens");
    let texts: Vec<&str> = reading
        .import
        .documents
        .iter()
        .map(|it| it.text.as_str())
        .collect();
    assert_eq!(texts, ["one", "5", "two"]);
    let lines: Vec<Option<u32>> = reading.problems.iter().map(|it| it.line).collect();
    assert_eq!(lines, [3, 4, 6, 7, 9].map(Some), "{:?}", reading.problems);
}

#[test]
fn json_lines_are_known_without_their_name() {
    assert_eq!(
        articles("a.txt", "{\"text\": \"one\"}\n{\"text\": \"two\"}\n").len(),
        2
    );
    assert_eq!(articles("a.jsonl", "{\"text\": \"one\"}").len(), 1);
    assert_eq!(
        articles("a.jsonl", "[{\"text\": \"one\"},\n{\"text\": \"two\"}]").len(),
        2
    );
    assert_eq!(articles("a.json", "{\n\"text\": \"one\"\n}").len(), 1);
}

#[test]
fn an_article_goes_out_as_it_came() {
    let file = "{\"text\": \"One\", \"source\": \"S\", \"meta\": {\"a\": 0.1}, \"scheme\": 1}";
    let here = read(&Project::default(), "a.json", file.as_bytes()).expect("it opens");
    let before = super::support::merged(&super::support::bare_project(), here.import);
    let out = render(&before);
    assert!(
        out.contains("\"x-scheme\": 1") && out.contains("{\"a\":0.1}"),
        "{out}"
    );
    let again = read(&super::support::bare_project(), "p.json", out.as_bytes()).expect("it opens");
    let after = super::support::merged(&super::support::bare_project(), again.import);
    assert_eq!(render(&after), out);
}

#[test]
fn only_chosen_articles_and_those_who_marked_them_are_written() {
    let project = project(&[("one", "[claim:x]"), ("two", "[quote:y]"), ("three", "z")]);
    let chosen = [
        document_id("three"),
        document_id("one"),
        document_id("none"),
    ];
    let file = sourcelight::format::render(&project, &chosen);
    let file: serde_json::Value = serde_json::from_str(&file).expect("it is JSON");
    let ids: Vec<&str> = file["documents"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|it| it["id"].as_str())
        .collect();
    assert_eq!(ids, ["three", "one"]);
    assert_eq!(file["annotators"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        file["schemes"][0]["labels"].as_array().map(Vec::len),
        Some(3)
    );
}

#[test]
fn a_title_that_is_too_long_is_cut_and_said_so() {
    let long = "Long ".repeat(1_000);
    for (name, content) in [
        ("a.md", format!("---\ntitle: {long}\n---\nWords.")),
        ("a.html", format!("<title>{long}</title><p>Words.</p>")),
    ] {
        let reading = read(&Project::default(), name, content.as_bytes()).expect(name);
        let [problem] = &reading.problems[..] else {
            panic!("{name}: {:?}", reading.problems);
        };
        assert!(problem.to_string().contains("“title” is longer than 2000"));
        let title = reading.import.documents[0].title();
        assert_eq!(title.chars().count(), 2_000);
    }
}

#[test]
fn what_is_kept_of_an_article_can_be_read_from_its_export() {
    for (depth, problems) in [(59, 0), (60, 1), (62, 1)] {
        let deep = format!("{}\"]{{\"{}", "[".repeat(depth), "]".repeat(depth));
        let file = format!("[{{\"text\": \"One\", \"deep\": {deep}}}]");
        let here = read(&Project::default(), "a.json", file.as_bytes()).expect("it opens");
        assert_eq!(here.problems.len(), problems, "{depth}");
        let out = render(&super::support::merged(&Project::default(), here.import));
        assert_eq!(out.contains("deep"), problems == 0, "{depth}");
        read(&Project::default(), "p.json", out.as_bytes()).expect("what is written is read");
    }
}
