//! Several files at once, and texts that come twice.

use sourcelight::format::{Reading, is_plain, read_file, read_plain_file, reading_set};
use sourcelight::model::{DocumentId, Project};

use super::support::{document_id, merged, project, read, render, show, with_context};

fn open(project: &Project, files: &[(&str, &str)]) -> Reading {
    let mut all = Reading::default();
    for (name, content) in files {
        match read(project, name, content.as_bytes()) {
            Ok(reading) => all.merge(reading),
            Err(problem) => all.problems.push(problem),
        }
    }
    all
}

#[test]
fn a_text_that_is_here_is_a_duplicate() {
    let here = project(&[("d", "One [claim:two].")]);
    let reading = open(
        &here,
        &[
            ("a.txt", "One two."),
            ("b.txt", "Three."),
            ("c.md", "Three."),
            ("d.txt", ""),
        ],
    );
    assert_eq!(reading.import.documents.len(), 1);
    let duplicates: Vec<&str> = reading
        .duplicates
        .iter()
        .map(|it| it.imported_from.as_str())
        .collect();
    assert_eq!(duplicates, ["a.txt", "c.md"]);
    assert_eq!(reading.problems.len(), 1);
    let twice = read(&here, "x.jsonl", b"{\"text\": \"x\"}\n{\"text\": \"x\"}").expect("it opens");
    assert_eq!(
        (twice.import.documents.len(), twice.duplicates.len()),
        (1, 1)
    );
}

#[test]
fn two_project_files_become_one_import() {
    let one = render(&project(&[
        ("d", "One [claim:two] three."),
        ("e", "Left [claim:alone]."),
    ]));
    let two = render(&project(&[
        ("d", "Other [quote:words] altogether, you see."),
        ("x", "[opinion:One] two three."),
    ]));
    let reading = open(&Project::default(), &[("1.json", &one), ("2.json", &two)]);
    let after = merged(&Project::default(), reading.import);
    let shown: Vec<String> = after
        .documents()
        .iter()
        .map(|it| {
            format!(
                "{}: {}",
                it.id,
                show(&it.text, after.annotations().of(&it.id))
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "d: [opinion:One] [claim:two] three.",
            "e: Left [claim:alone].",
            "d-2: Other [quote:words] altogether, you see.",
        ]
    );
    assert_eq!(reading.placements.len(), 4);
    for placement in &reading.placements {
        let annotation = after.annotations().get(&placement.annotation);
        assert_eq!(annotation.map(|it| &it.document), Some(&placement.document));
    }
}

const SET: &str = r#"{"format": "sourcelight-reading-set", "version": "1.0", "title": "Set", "articles": [
    {"id": "wire", "file": "wire.txt", "title": "Wire", "outlet": "W", "author": "A", "date": "2031-05-03", "event": "E", "url": "https://x.org", "language": "nn"},
    {"file": "texts/Second one.md"},
    {"id": "lines", "file": "lines.jsonl"}
]}"#;

#[test]
fn a_reading_set_names_its_articles() {
    assert!(reading_set::is_reading_set(SET));
    for other in [
        "",
        "{}",
        "[1]",
        "{\"format\": \"span-annotations\"}",
        "text",
        "[[[[",
    ] {
        assert!(!reading_set::is_reading_set(other), "{other}");
    }
    let set = reading_set::parse("index.json", SET).expect("it is a set");
    assert_eq!((set.title.as_str(), set.articles.len()), ("Set", 3));
    assert_eq!(
        set,
        reading_set::parse("index.json", SET).expect("the same ids each time")
    );
    let read = |place: usize, bytes: &[u8]| {
        let article = &set.articles[place];
        let made = with_context(&Project::default(), |cx| {
            let reading = read_file(&article.file, bytes, cx)?;
            reading_set::documents(article, reading)
        });
        made.expect("it is an article")
    };
    let wire = &read(0, b"Some text")[0];
    assert_eq!(
        (wire.id.as_str(), wire.meta.title.as_str()),
        ("wire", "Wire")
    );
    assert_eq!(
        (wire.meta.event.as_str(), wire.meta.url.as_str()),
        ("E", "https://x.org")
    );
    assert_eq!(wire.meta.language, "nn");
    let second = &read(1, b"# Own title\n\nText")[0];
    assert_eq!(
        (second.id.clone(), second.meta.title.as_str()),
        (set.articles[1].id.clone(), "Own title")
    );
    let lines = read(
        2,
        b"{\"text\": \"a\", \"id\": \"own\"}\n{\"text\": \"b\"}\n{\"text\": \"c\"}",
    );
    let ids: Vec<&DocumentId> = lines.iter().map(|it| &it.id).collect();
    assert_eq!(
        ids,
        [
            &document_id("lines"),
            &document_id("lines-2"),
            &document_id("lines-3")
        ]
    );
}

/// The short way, which the page takes before all of it is here, leads to the same place.
#[test]
fn what_is_plain_at_first_sight_is_read_the_same_both_ways() {
    let contents = [
        "Some text\n\nof two paragraphs",
        "  7 words after white space",
        "ID3 is a sound, or the start of a text",
        "PK\u{3}\u{4}",
        "NUL\0",
        "{\"text\": \"a\"}",
        " [{\"text\": \"a\"}]",
        "\u{a0}{\"text\": \"a\"}",
        "\u{feff}{\"text\": \"a\"}",
        "<html><p>a",
        "“Quoted” words",
        " ",
        "",
    ];
    let mut plain = Vec::new();
    for name in ["a.txt", "B.TXT", "a.md", "a.html", "a.json", "a.jsonl", "a"] {
        for content in contents.map(str::as_bytes) {
            let both = [read_plain_file, read_file]
                .map(|read| with_context(&Project::default(), |cx| read(name, content, cx)));
            if is_plain(name, content) {
                assert_eq!(both[0], both[1], "{name}: {content:?}");
                plain.push(name);
            }
        }
    }
    assert_eq!(plain, [["a.txt"; 5], ["B.TXT"; 5]].concat());
}

#[test]
fn a_bad_reading_set_gets_a_sentence() {
    for (from, to, says) in [
        ("wire.txt", "../secret.txt", "relative name"),
        ("wire.txt", "a/%2E%2e/b.txt", "relative name"),
        ("wire.txt", "/etc/passwd", "relative name"),
        ("wire.txt", "https://x.org/a.txt", "relative name"),
        ("wire.txt", "//x.org/a.txt", "relative name"),
        ("wire.txt", "a\\\\b.txt", "relative name"),
        ("wire.txt", "javascript:1", "relative name"),
        ("wire.txt", "", "relative name"),
        ("\"1.0\"", "\"2.0\"", "version"),
        ("\"lines\"", "\"wire\"", "Two articles"),
        ("\"articles\"", "\"things\"", "no articles"),
        ("\"Set\"", "[]", "title"),
        ("reading-set", "other", "format"),
    ] {
        let problem = reading_set::parse("index.json", &SET.replacen(from, to, 1)).expect_err(to);
        assert!(problem.to_string().contains(says), "{problem}");
    }
}

#[test]
fn an_article_that_several_files_describe_is_there_once() {
    let here = project(&[("one", "[claim:x] y")]);
    let dated = |time: &str| {
        let modified = format!("\"modified\": \"{time}\", \"annotations\"");
        render(&here).replacen("\"annotations\"", &modified, 1)
    };
    let (older, newer) = (dated("2041-01-01T00:00:00Z"), dated("2042-01-01T00:00:00Z"));
    let entry = older.find("  {\n   \"id\": \"one\"").expect("an article");
    let end = older.rfind("\n ]").expect("the end of the list");
    let twice = format!("{},\n{}", &older[..end], &older[entry..]);
    for files in [
        vec![("a.json", older.as_str()), ("b.json", newer.as_str())],
        vec![("b.json", newer.as_str()), ("a.json", older.as_str())],
        vec![("a.json", twice.as_str())],
    ] {
        let reading = open(&here, &files);
        assert_eq!(reading.problems, []);
        let after = merged(&here, reading.import);
        assert_eq!(after.documents().len(), 1, "of {} files", files.len());
        let is_newer = files.len() == 2;
        assert_eq!(render(&after).contains("2042-01-01"), is_newer);
    }
}

/// Each article, and the title of the one it is a later text of.
fn told(project: &Project) -> Vec<String> {
    let told = project.documents().iter().map(|it| {
        let earlier = it.version_of.as_ref().and_then(|id| project.document(id));
        let earlier = earlier.map_or("-", |it| it.text.as_str());
        format!("{} < {}", earlier, it.text.as_str())
    });
    told.collect()
}

#[test]
fn a_later_text_names_its_earlier_one_whatever_that_is_called_here() {
    let file = render(&project(&[("a", "One."), ("b", "One two three four.")]));
    let later = file.replacen(
        "\"annotations\"",
        "\"versionOf\": \"b\", \"annotations\"",
        1,
    );
    let both = ["One two three four. < One.", "- < One two three four."];
    let open_in = |here: &Project, file: &str| {
        let reading = open(here, &[("f.json", file)]);
        assert_eq!(reading.problems, []);
        told(&merged(here, reading.import))
    };
    assert_eq!(open_in(&Project::default(), &later), both);
    // Its id is that of something else here.
    let here = project(&[
        ("b", "Other words altogether, as you see here."),
        ("x", "Y."),
    ]);
    assert_eq!(open_in(&here, &later)[2..], both);
    // Its text is here already, as another article.
    let here = project(&[("x", "One two three four.")]);
    assert_eq!(
        open_in(&here, &later),
        ["- < One two three four.", "One two three four. < One."]
    );
    // It comes with another file that has the same ids.
    let two = render(&project(&[("a", "Aye."), ("b", "Bee.")]));
    let reading = open(&Project::default(), &[("1.json", &two), ("2.json", &later)]);
    let after = merged(&Project::default(), reading.import);
    assert_eq!(told(&after)[2..], both);
    // Written alone it names nothing that is not written with it.
    let ids: Vec<DocumentId> = after.documents().iter().map(|it| it.id.clone()).collect();
    let alone = sourcelight::format::render(&after, &ids[2..3]);
    assert!(!alone.contains("versionOf"), "{alone}");
    // What is no name of an article is kept as it is.
    let odd = later.replace("\"versionOf\": \"b\"", "\"versionOf\": 7");
    let reading = open(&Project::default(), &[("f.json", &odd)]);
    let after = merged(&Project::default(), reading.import);
    assert!(render(&after).contains("\"versionOf\": 7"));
}

#[test]
fn with_an_article_goes_that_another_is_a_later_text_of_it() {
    let file = render(&project(&[("a", "One."), ("b", "One two three four.")]));
    let later = file.replacen(
        "\"annotations\"",
        "\"versionOf\": \"b\", \"annotations\"",
        1,
    );
    let here = merged(
        &Project::default(),
        open(&Project::default(), &[("f.json", &later)]).import,
    );
    let mut cx = sourcelight::model::EditContext {
        now: super::support::NOW,
        annotator: super::support::annotator_id("ann"),
        new_annotation_id: &mut || unreachable!("nothing is marked"),
    };
    let edit = sourcelight::model::Edit::RemoveDocument(document_id("b"));
    let change = sourcelight::model::plan(&here, edit, &mut cx).expect("it can go");
    let mut without = here.clone();
    without.apply(&change);
    assert_eq!(told(&without), ["- < One."]);
    assert!(
        without
            .document(&document_id("a"))
            .is_some_and(|it| it.version_of.is_none())
    );
    without.apply(&change.inverse());
    assert_eq!(told(&without), told(&here));
}
